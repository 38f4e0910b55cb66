"""The headings of the groups in the gallery: which are collapsed, where they are, and their menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QMenu

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.groups import Group
from clipdesk.core.labels.label_set import LabelId

if TYPE_CHECKING:
    from clipdesk.gui.results.gallery.arranged_view import ArrangedView
    from clipdesk.gui.results.gallery.painting import GalleryPainter


class Headings(QObject):
    """The heading of the group at the top stays there while the group is scrolled."""

    def __init__(self, gallery: ArrangedView) -> None:
        super().__init__(gallery)
        self._gallery = gallery
        self._collapsed: set[tuple[LabelId, Status]] = set()
        self._hovered = -1

    def is_collapsed(self, group: Group) -> bool:
        return group.key in self._collapsed

    def at(self, position: QPoint) -> int:
        """Return the index of the group whose heading is at this point of the viewport, or -1."""
        return next((place for place in self._visible() if self._area(place).contains(position)), -1)

    def region(self) -> QRegion:
        """Return what the visible headings cover of the viewport."""
        region = QRegion()
        for place in self._visible():
            region |= self._area(place)
        return region

    def _visible(self) -> range:
        layout, top = self._gallery.geometry_now, self._gallery.offset
        return layout.sections_in(top, top + self._gallery.viewport().height()) if layout.has_headings else range(0)

    def toggle(self, section: int) -> None:
        """Collapse or expand a group."""
        self.set_collapsed(section, not self._gallery.geometry_now.sections[section].is_collapsed)

    def set_collapsed(self, section: int, collapsed: bool) -> None:
        """Collapse or expand a group. Its heading stays where it is."""
        gallery = self._gallery
        y = self._area(section).y()
        self._set(gallery.results.groups[section], collapsed)
        gallery.relayout()
        gallery.verticalScrollBar().setValue(gallery.geometry_now.sections[section].top - max(y, 0))
        gallery.deselect_hidden()

    def set_all_collapsed(self, collapsed: bool) -> None:
        """Collapse or expand all groups."""
        for group in self._gallery.results.groups:
            self._set(group, collapsed)
        self._gallery.relayout()
        self._gallery.deselect_hidden()

    def _set(self, group: Group, collapsed: bool) -> None:
        if collapsed:
            self._collapsed.add(group.key)
        else:
            self._collapsed.discard(group.key)

    def set_hovered(self, section: int) -> None:
        """Highlight the heading under the mouse, none if it is -1."""
        if section != self._hovered:
            self._hovered = section
            self._gallery.viewport().update()

    def show_menu(self, section: int, at: QPoint) -> None:
        """Open the menu of a group, `at` in screen coordinates."""
        menu = QMenu(self._gallery)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, section)
        menu.popup(at)

    def fill_menu(self, menu: QMenu, section: int) -> None:
        """Fill the menu with the actions for a group."""
        gallery = self._gallery
        group, is_collapsed = gallery.results.groups[section], gallery.geometry_now.sections[section].is_collapsed
        select = menu.addAction(self.tr("Select these pictures"))
        select.setEnabled(not is_collapsed)
        select.triggered.connect(lambda: self._select(group))
        menu.addSeparator()
        menu.addAction(self.tr("Expand") if is_collapsed else self.tr("Collapse")).triggered.connect(
            lambda: self.toggle(section)
        )
        menu.addAction(self.tr("Collapse all")).triggered.connect(lambda: self.set_all_collapsed(True))
        menu.addAction(self.tr("Expand all")).triggered.connect(lambda: self.set_all_collapsed(False))

    def _select(self, wanted: Group) -> None:
        for group in self._gallery.results.groups:  # it may have moved meanwhile
            if group.key == wanted.key:
                self._gallery.select_rows([(group.first, group.first + group.count - 1)])

    def paint(self, painter: QPainter, style: GalleryPainter, region: QRegion, ratio: float) -> None:
        """Paint the headings that are visible."""
        gallery = self._gallery
        for place in self._visible():
            area = self._area(place)
            if region.intersects(area):
                caption = gallery.captions.of_group(gallery.results.groups[place])
                is_collapsed = gallery.geometry_now.sections[place].is_collapsed
                style.paint_heading(
                    painter, area, caption, collapsed=is_collapsed, hovered=place == self._hovered, ratio=ratio
                )

    def _area(self, section: int) -> QRect:
        """Return the area of a heading in the viewport."""
        layout, top = self._gallery.geometry_now, self._gallery.offset
        area, bottom = layout.heading(section), layout.sections[section].bottom
        area.moveTop(max(area.y(), min(top, bottom - area.height())) - top)
        return area
