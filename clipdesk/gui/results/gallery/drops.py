"""Correct pictures by dropping them on another group of the gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDropEvent, QPainter

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.groups import Group
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID
from clipdesk.gui.kit.desktop import OWN_PICTURES_TYPE, local_paths

if TYPE_CHECKING:
    from clipdesk.gui.results.gallery.painting import GalleryPainter
    from clipdesk.gui.results.gallery.view import ResultsGallery


class GroupDrops(QObject):
    """Offers what a drop does while pictures hover over a group, and emits the gallery's `correction_dropped`."""

    def __init__(self, gallery: ResultsGallery) -> None:
        super().__init__(gallery)
        self._gallery = gallery
        self._target: Group | None = None

    @property
    def is_shown(self) -> bool:
        """Whether pictures hover over a group that would take them."""
        return self._target is not None

    def offer(self, event: QDropEvent, *, entering: bool = False) -> None:
        """Accept the drag of pictures in the list over a group that has a label, and show what a drop would do.

        Other files are left to the window, which adds them to the list.
        """
        if not event.mimeData().hasFormat(OWN_PICTURES_TYPE) or not self._gallery.results.groups:
            event.ignore()
            return
        self._show(self._target_at(event.position().toPoint()))
        if self._target is None and not entering:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def end(self) -> None:
        """Show no offer."""
        self._show(None)

    def drop(self, event: QDropEvent) -> None:
        """Emit the correction."""
        is_own = event.mimeData().hasFormat(OWN_PICTURES_TYPE)
        target = self._target_at(event.position().toPoint()) if is_own else None
        self.end()
        if target is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        label_id = NO_LABEL_FITS_ID if target.status == Status.NONE else target.label
        self._gallery.correction_dropped.emit(local_paths(event.mimeData()), label_id)

    def _target_at(self, position: QPoint) -> Group | None:
        """Return the group at this point, unless all selected pictures are in it, or it stands for no decision."""
        gallery = self._gallery
        group = gallery.group_at(position)
        if group is None or group.status not in (Status.OK, Status.NONE):
            return None
        is_selected = gallery.keeper.mask()
        others = is_selected[: group.first].any() or is_selected[group.first + group.count :].any()
        return group if others or not is_selected.any() else None

    def _show(self, target: Group | None) -> None:
        if target != self._target:
            self._target = target
            self._gallery.viewport().update()

    def paint(self, painter: QPainter, style: GalleryPainter) -> None:
        """Paint the group that would take the pictures."""
        gallery = self._gallery
        groups = gallery.results.groups
        if self._target is None or self._target not in groups:
            return
        section = gallery.geometry_now.sections[groups.index(self._target)]
        area = QRect(0, section.top - gallery.offset, gallery.viewport().width(), section.bottom - section.top)
        text = self.tr("Correct to {label}").format(label=gallery.captions.of_group(self._target).label)
        style.paint_target(painter, area & gallery.viewport().rect(), text)
