"""The view of the gallery."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from clipdesk.core.desk.groups import Group
from clipdesk.core.desk.order import OrderChange
from clipdesk.gui.results.drag_pixmap import drag_rows
from clipdesk.gui.results.gallery.arranged_view import GALLERY_SIZES, ArrangedView
from clipdesk.gui.results.gallery.drops import GroupDrops
from clipdesk.gui.results.gallery.position import GalleryPosition
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.nothing_matches import NothingMatches
from clipdesk.gui.results.selection import SelectionKeeper

Index = QModelIndex | QPersistentModelIndex
Key = Qt.Key
Flag = QItemSelectionModel.SelectionFlag

_WHEEL_NOTCH = 120
_NAVIGATION = (
    Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown,
)  # fmt: skip
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class ResultsGallery(ArrangedView):
    """Shows a ResultsModel as thumbnails, with a heading for each group if the model has groups.

    It paints them, and takes keys, mouse and drops. Where they are is known to `ArrangedView`.
    """

    quick_look_requested = Signal()
    open_requested = Signal()
    remove_requested = Signal()
    show_all_requested = Signal()
    size_changed = Signal(int)  # by the mouse wheel
    menu_requested = Signal(QPoint)  # in screen coordinates
    correction_dropped = Signal(list, object)  # list[Path] of images on the desk, LabelId

    def __init__(self, model: ResultsModel, keeper: SelectionKeeper, parent: QWidget | None = None) -> None:
        """`keeper` is the selection of another view of the model, which the gallery shares."""
        super().__init__(model, keeper, parent)
        self.drops = GroupDrops(self)
        self._position = GalleryPosition(self)
        self._nothing_matches = NothingMatches(model, self)
        self._nothing_matches.show_all_requested.connect(self.show_all_requested)
        self._hovered = -1
        self._wheel = 0
        self._is_pressed = False  # anything but a heading
        self._band_start: QPoint | None = None  # in content coordinates
        self._band = QRect()
        model.order_changing.connect(self._on_order_changing)
        model.order_changed.connect(self._on_order_changed)
        self.doubleClicked.connect(self.open_requested)

    def group_at(self, position: QPoint) -> Group | None:
        """Return the group whose heading or cells are at this point of the viewport."""
        layout, y = self.geometry_now, position.y() + self.offset
        if not layout.has_headings or not 0 <= y < layout.height:
            return None
        place = self.headings.at(position)
        return self.results.groups[place if place >= 0 else layout.section_at(y)]

    def _invalidate(self, *_: object) -> None:
        super()._invalidate()
        self._nothing_matches.refresh()

    # --- the order of the pictures

    @Slot()
    def _on_order_changing(self) -> None:
        self._position.save()
        self.setAutoScroll(False)

    @Slot(object)
    def _on_order_changed(self, change: OrderChange) -> None:
        self._invalidate()
        self.updateGeometries()
        if self.isVisible():
            self._position.restore(change)
            self.deselect_hidden()
        self.setAutoScroll(True)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ratio, style = self.devicePixelRatioF(), self._painter
        results, current = self.results, self.currentIndex().row()
        shown, region = results.shown_rows, event.region() - self.headings.region()
        style.paint_ground(painter, event.rect())
        for row, cell in self.visible_cells():
            if region.intersects(cell):
                style.paint_cell(
                    painter,
                    cell,
                    results.thumbnail(row, style.size),
                    self.captions.of_row(shown.item(row)),
                    selected=self._selected(row),
                    hovered=row == self._hovered,
                    ratio=ratio,
                )
                if row == current:
                    style.paint_current(painter, cell, focused=self.hasFocus())
        self.headings.paint(painter, style, event.region(), ratio)
        self.drops.paint(painter, style)
        if self._band.isValid():
            style.paint_band(painter, self._band)
        painter.end()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Repaint one cell, or all of them."""
        if first.row() == last.row():
            self.viewport().update(self.visualRect(first))
        else:
            self.viewport().update()

    def _set_hovered(self, row: int) -> None:
        if row != self._hovered:
            for one in (self._hovered, row):
                if 0 <= one < self.results.rowCount():
                    self.viewport().update(self.visualRect(self._index(one)))
            self._hovered = row

    # --- the rubber band and scrolling

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Select the pictures in a rubber band, or with Shift all from the first to the last."""
        rect = rect.translated(0, self.offset)
        layout = self.geometry_now
        if self._band_start is not None:
            self.select_rows(layout.ranges_in(rect.normalized()), command)
            return
        first, last = sorted((layout.row_at(rect.topLeft()), layout.row_at(rect.bottomRight())))
        if first < 0:
            self.select_rows([], command)
            return
        visible = [(max(start, first), min(end, last)) for start, end in layout.visible_ranges()]
        self.select_rows([(start, end) for start, end in visible if start <= end], command)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)
        # What does not scroll: the heading at the top, the target of a drop and the rubber band.
        if self._band.isValid() or self.drops.is_shown:
            self.viewport().update()
        else:
            heading = self.geometry_now.measures.heading
            self.viewport().update(0, 0, self.viewport().width(), heading + max(dy, 0))
        self._set_hovered(-1)

    # --- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave everything that the gallery does not know to the window."""
        requests = {
            Key.Key_Space: self.quick_look_requested,
            Key.Key_Delete: self.remove_requested,
        }
        key, modifiers = Key(event.key()), event.modifiers()
        is_plain = modifiers in _PLAIN
        moves = key in _NAVIGATION and not modifiers & Qt.KeyboardModifier.AltModifier
        if is_plain and (moves or key == Key.Key_Space) and not self.selectionModel().hasSelection():
            self.move_current(0)  # the person has not chosen a picture yet
            if moves:
                return
        if is_plain and key in requests:
            requests[key].emit()
        elif moves or (key == Key.Key_Space and modifiers == Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        heading = self.headings.at(position)
        self._is_pressed = heading < 0
        if heading >= 0:
            if event.button() == Qt.MouseButton.LeftButton:
                self.headings.toggle(heading)
            return
        is_beside = not self.indexAt(position).isValid()
        if is_beside and event.button() == Qt.MouseButton.LeftButton:
            self._band_start = position + QPoint(0, self.offset)
            if not event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
                self.clearSelection()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        position = event.position().toPoint()
        self._set_hovered(self.indexAt(position).row())
        self.headings.set_hovered(self.headings.at(position))
        if self._band_start is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._band = QRect(self._band_start - QPoint(0, self.offset), position).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_pressed:
            return  # a heading was pressed: Qt would clear the selection
        super().mouseReleaseEvent(event)
        self._is_pressed = False
        self._band_start, self._band = None, QRect()
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.headings.at(event.position().toPoint()) < 0:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.visualRect(self.currentIndex()).center()
        elif (heading := self.headings.at(at)) >= 0:
            self.headings.show_menu(heading, self.viewport().mapToGlobal(at))
            return
        if self.indexAt(at).isValid() and self.keeper.mask().any():
            self.menu_requested.emit(self.viewport().mapToGlobal(at))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        steps, self._wheel = int(self._wheel / _WHEEL_NOTCH), int(self._wheel % _WHEEL_NOTCH)
        place = min(max(GALLERY_SIZES.index(self.size_) + steps, 0), len(GALLERY_SIZES) - 1)
        if GALLERY_SIZES[place] != self.size_:
            self.set_size(GALLERY_SIZES[place])
            self.size_changed.emit(GALLERY_SIZES[place])
        event.accept()

    # --- drag and drop

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        rows = self.keeper.selected().tolist()
        if rows:
            drag_rows(self, self.results, rows, self.currentIndex())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.drops.offer(event, entering=True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.drops.offer(event)
        if not self.viewport().rect().adjusted(0, 24, 0, -24).contains(event.position().toPoint()):
            self.startAutoScroll()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.stopAutoScroll()
        self.drops.end()

    def dropEvent(self, event: QDropEvent) -> None:
        self.stopAutoScroll()
        self.drops.drop(event)

    # --- other events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._nothing_matches.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hovered(-1)
        self.headings.set_hovered(-1)
