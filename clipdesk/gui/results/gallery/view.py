"""The view of the gallery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
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
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from clipdesk.core.desk.groups import Group
from clipdesk.core.desk.order import OrderChange
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.results.cells import Column
from clipdesk.gui.results.drag_pixmap import drag_rows
from clipdesk.gui.results.gallery.captions import Captions
from clipdesk.gui.results.gallery.drops import GroupDrops
from clipdesk.gui.results.gallery.headings import Headings
from clipdesk.gui.results.gallery.layout import MARGIN, GalleryLayout
from clipdesk.gui.results.gallery.painting import GalleryPainter
from clipdesk.gui.results.gallery.position import GalleryPosition
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.nothing_matches import NothingMatches
from clipdesk.gui.results.selection import SelectionKeeper

Index = QModelIndex | QPersistentModelIndex
Key = Qt.Key
Flag = QItemSelectionModel.SelectionFlag
CursorAction = QAbstractItemView.CursorAction

#: Widths and heights of thumbnails in px.
GALLERY_SIZES = (96, 128, 160, 192, 240, 320)
_WHEEL_NOTCH = 120
_MAX_SCROLL_STEP = 48
_NAVIGATION = (
    Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown,
)  # fmt: skip
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class ResultsGallery(QListView):
    """Shows a ResultsModel as thumbnails, with a heading for each group if the model has groups.

    It derives from QListView only for screen readers and for what all item views have in common. It lays out and paints
    by itself: QListView takes 0.25 to 0.4 s to lay out 100,000 icons whenever rows move, and has no headings.
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
        super().__init__(parent)
        self.results = model
        self.keeper = keeper
        self.captions = Captions(model.desk)
        self.headings = Headings(self)
        self.drops = GroupDrops(self)
        self._position = GalleryPosition(self)
        self._nothing_matches = NothingMatches(model, self)
        self._nothing_matches.show_all_requested.connect(self.show_all_requested)
        self._painter = GalleryPainter(self.font(), GALLERY_SIZES[0])
        self._layout: GalleryLayout | None = None
        self._is_selected: NDArray[np.bool_] | None = None
        self._hovered = -1
        self._wheel = 0
        self._is_pressed = False  # anything but a heading
        self._band_start: QPoint | None = None  # in content coordinates
        self._band = QRect()
        self._refresh_soon = single_shot(self, 0, self.updateGeometries)
        self._set_up_view()
        self.setModel(model)
        self.setModelColumn(Column.PICTURE)
        self.setSelectionModel(keeper.selection_model)
        model.order_changing.connect(self._on_order_changing)
        model.order_changed.connect(self._on_order_changed)
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged, model.modelReset):
            signal.connect(self._invalidate)
        self.doubleClicked.connect(self.open_requested)

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        # Otherwise Qt repaints everything when it scrolls, because the stylesheet sets the background.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Results"))

    # --- geometry

    @property
    def geometry_now(self) -> GalleryLayout:
        """Where everything is."""
        if self._layout is None:
            groups, rows = self.results.groups, self.results.rowCount()
            # While rows move, the groups are those of before.
            counts = [group.count for group in groups] if sum(group.count for group in groups) == rows else []
            self._layout = GalleryLayout(
                rows,
                counts or None,
                [self.headings.is_collapsed(group) for group in groups],
                self.viewport().width(),
                self._painter.measures,
            )
        return self._layout

    @property
    def offset(self) -> int:
        """How far the content is scrolled, in px."""
        return self.verticalScrollBar().value()

    def visible_cells(self) -> Iterator[tuple[int, QRect]]:
        """Yield the rows and the areas in the viewport of all cells that are at least partly visible."""
        if self.isVisible():
            top, height = self.offset, self.viewport().height()
            for row, cell in self.geometry_now.cells_in(top, top + height - 1):
                yield row, cell.translated(0, -top)

    def scroll_row_to(self, row: int, y: int) -> None:
        """Scroll so that a row's cell is at distance `y` from the top, but wholly visible if it fits."""
        self.updateGeometries()
        layout = self.geometry_now
        top = layout.measures.heading if layout.has_headings else 0
        lowest = self.viewport().height() - layout.measures.cell_height
        self.verticalScrollBar().setValue(layout.cell(row).y() - max(min(y, lowest), top))

    def group_at(self, position: QPoint) -> Group | None:
        """Return the group whose heading or cells are at this point of the viewport."""
        layout, y = self.geometry_now, position.y() + self.offset
        if not layout.has_headings or not 0 <= y < layout.height:
            return None
        place = self.headings.at(position)
        return self.results.groups[place if place >= 0 else layout.section_at(y)]

    @Slot()
    def _invalidate(self, *_: object) -> None:
        self._layout = self._is_selected = None
        self._nothing_matches.refresh()
        self.viewport().update()
        self._refresh_soon.start()

    def relayout(self) -> None:
        """Lay out again, after groups were collapsed or expanded, and keep what is at the top."""
        self._layout = None
        self.updateGeometries()
        self.viewport().update()

    # --- size

    @property
    def size_(self) -> int:
        """The maximum width and height of thumbnails, in px."""
        return self._painter.size

    @Slot(int)
    def set_size(self, size: int) -> None:
        """Set the size, one of GALLERY_SIZES. The selected current picture, or what is at the top, stays in place."""
        if size == self.size_ or size not in GALLERY_SIZES:
            return
        cells = list(self.visible_cells())
        current = [(row, cell) for row, cell in cells if row == self.currentIndex().row() and self._selected(row)]
        anchor = next(iter(current or cells), None)
        self._painter = GalleryPainter(self.font(), size)
        self._layout = None
        self.updateGeometries()
        if anchor is not None:
            row, cell = anchor
            grown = self._painter.measures.cell_height - cell.height()
            self.scroll_row_to(row, cell.y() - grown // 2 if current else cell.y())
        self.viewport().update()

    # --- rows

    def show_row(self, row: int) -> None:
        """Scroll to a row if it is not visible, to the middle of the view."""
        self.updateGeometries()
        cell = self.geometry_now.cell(row).translated(0, -self.offset)
        if not self.viewport().rect().contains(cell):
            self.scroll_row_to(row, (self.viewport().height() - cell.height()) // 2)

    def first_visible_row(self) -> int:
        """Return the first row that is wholly or partly visible, or -1."""
        return self.geometry_now.first_row_at(self.offset)

    def move_current(self, step: int) -> None:
        """Select only the image `step` pictures further, leaving out collapsed groups."""
        row = self.currentIndex().row()
        if row < 0 or not self._selected(row):
            row, step = max(self.first_visible_row(), 0), 0
        row = self.geometry_now.beside(row, step)
        if row >= 0:
            self.selectionModel().setCurrentIndex(self._index(row), Flag.ClearAndSelect | Flag.Rows)

    def select_rows(self, ranges: list[tuple[int, int]], flags: Flag = Flag.ClearAndSelect) -> None:
        """Select these ranges of rows, given by their first and last rows."""
        selection, last_column = QItemSelection(), self.results.columnCount() - 1
        for first, last in ranges:
            selection.append(QItemSelectionRange(self.results.index(first, 0), self.results.index(last, last_column)))
        self.selectionModel().select(selection, flags)

    def deselect_hidden(self) -> None:
        """Deselect the pictures in collapsed groups: what is done to the selection must be visible."""
        sections, is_selected = self.geometry_now.sections, self.keeper.mask()
        hidden = [(one.first, one.first + one.count - 1) for one in sections if one.is_collapsed and one.count]
        if any(is_selected[first : last + 1].any() for first, last in hidden):
            self.select_rows(hidden, Flag.Deselect)

    def _selected(self, row: int) -> bool:
        if self._is_selected is None or len(self._is_selected) != self.results.rowCount():
            self._is_selected = self.keeper.mask()
        return bool(self._is_selected[row])

    def _index(self, row: int) -> QModelIndex:
        return self.results.index(row, max(self.currentIndex().column(), Column.NAME)) if row >= 0 else QModelIndex()

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

    # --- what QAbstractItemView asks for

    def visualRect(self, index: Index) -> QRect:
        is_row = 0 <= index.row() < self.results.rowCount()
        cell = self.geometry_now.cell(index.row()) if is_row else QRect()
        return cell.translated(0, -self.offset) if cell.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.headings.at(point) >= 0:
            return QModelIndex()
        return self._index(self.geometry_now.row_at(point + QPoint(0, self.offset)))

    def isIndexHidden(self, index: Index) -> bool:
        return index.isValid() and self.geometry_now.is_hidden(index.row())

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.offset

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        row = index.row()
        if not index.isValid() or row >= self.results.rowCount():
            return
        self.updateGeometries()
        if self.geometry_now.is_hidden(row):
            if not self._selected(row):
                return
            self.headings.set_collapsed(self.geometry_now.section_of(row), False)
        layout = self.geometry_now
        cell, top, height = layout.cell(row), self.offset, self.viewport().height()
        above = layout.measures.heading if layout.has_headings else MARGIN
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            self.scroll_row_to(row, (height - cell.height()) // 2)
        elif cell.y() - above < top or cell.height() + above > height:
            self.verticalScrollBar().setValue(cell.y() - above)
        elif cell.bottom() + MARGIN > top + height:
            self.verticalScrollBar().setValue(cell.bottom() + MARGIN - height)

    def moveCursor(self, cursorAction: CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        layout, row = self.geometry_now, self.currentIndex().row()
        ranges = layout.visible_ranges()
        if not ranges:
            return QModelIndex()
        page = max((self.viewport().height() - layout.measures.heading) // layout.line_height, 1)
        lines = {
            CursorAction.MoveUp: -1, CursorAction.MoveDown: 1,
            CursorAction.MovePageUp: -page, CursorAction.MovePageDown: page,
        }  # fmt: skip
        steps = {
            CursorAction.MoveLeft: -1, CursorAction.MovePrevious: -1,
            CursorAction.MoveRight: 1, CursorAction.MoveNext: 1,
        }  # fmt: skip
        if row < 0 or cursorAction == CursorAction.MoveHome:
            row = ranges[0][0]
        elif cursorAction == CursorAction.MoveEnd:
            row = ranges[-1][1]
        elif cursorAction in lines:
            row = layout.above_or_below(row, lines[cursorAction])
        else:
            row = layout.beside(row, steps[cursorAction])
        return self._index(row)

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

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def selectAll(self) -> None:
        """Select all pictures, except those in collapsed groups."""
        self.select_rows(self.geometry_now.visible_ranges())

    def updateGeometries(self) -> None:
        self._refresh_soon.stop()
        layout, bar, height = self.geometry_now, self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(min(layout.line_height // 3, _MAX_SCROLL_STEP))
        bar.setRange(0, max(layout.height - height, 0))

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)
        # What does not scroll: the heading at the top, the target of a drop and the rubber band.
        if self._band.isValid() or self.drops.is_shown:
            self.viewport().update()
        else:
            heading = self.geometry_now.measures.heading
            self.viewport().update(0, 0, self.viewport().width(), heading + max(dy, 0))
        self._set_hovered(-1)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._is_selected = None
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (previous, current):
            self.viewport().update(self.visualRect(index))
        if current.isValid() and self.hasFocus() and QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

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
        first = self.first_visible_row()
        top = self.geometry_now.cell(first).y() - self.offset if first >= 0 else 0
        QAbstractItemView.resizeEvent(self, event)
        self._nothing_matches.fit()
        if event.size().width() == event.oldSize().width():
            self.updateGeometries()
            return
        self._layout = None
        self.updateGeometries()
        if first >= 0 and self.offset:
            self.verticalScrollBar().setValue(self.geometry_now.cell(first).y() - top)

    def showEvent(self, event: QShowEvent) -> None:
        self._layout = None
        self.updateGeometries()
        super().showEvent(event)

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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._painter = GalleryPainter(self.font(), self.size_)
            self._layout = None
            self.updateGeometries()
