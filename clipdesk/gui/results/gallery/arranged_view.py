"""Where the gallery's pictures are, and what Qt asks an item view about them."""

from __future__ import annotations

from collections.abc import Iterator

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
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.results.cells import Column
from clipdesk.gui.results.gallery.captions import Captions
from clipdesk.gui.results.gallery.headings import Headings
from clipdesk.gui.results.gallery.layout import MARGIN, GalleryLayout
from clipdesk.gui.results.gallery.painting import GalleryPainter
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.selection import SelectionKeeper

Index = QModelIndex | QPersistentModelIndex
Flag = QItemSelectionModel.SelectionFlag
CursorAction = QAbstractItemView.CursorAction

#: Widths and heights of thumbnails in px.
GALLERY_SIZES = (96, 128, 160, 192, 240, 320)
_MAX_SCROLL_STEP = 48


class ArrangedView(QListView):
    """Lays out the rows of a ResultsModel as cells below headings, and scrolls, selects and moves among them.

    It derives from QListView only for screen readers and for what all item views have in common. It lays out by itself:
    QListView takes 0.25 to 0.4 s to lay out 100,000 icons whenever rows move, and has no headings.
    """

    def __init__(self, model: ResultsModel, keeper: SelectionKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = model
        self.keeper = keeper
        self.captions = Captions(model.desk, lambda: model.ranking)
        self.headings = Headings(self)
        self._painter = GalleryPainter(self.font(), GALLERY_SIZES[0])
        self._layout: GalleryLayout | None = None
        self._is_selected: NDArray[np.bool_] | None = None
        self._refresh_soon = single_shot(self, 0, self.updateGeometries)
        self._set_up_view()
        self.setModel(model)
        self.setModelColumn(Column.PICTURE)
        self.setSelectionModel(keeper.selection_model)
        for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged, model.modelReset):
            signal.connect(self._invalidate)

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

    @Slot()
    def _invalidate(self, *_: object) -> None:
        self._layout = self._is_selected = None
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

    # --- other events

    def resizeEvent(self, event: QResizeEvent) -> None:
        first = self.first_visible_row()
        top = self.geometry_now.cell(first).y() - self.offset if first >= 0 else 0
        QAbstractItemView.resizeEvent(self, event)
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._painter = GalleryPainter(self.font(), self.size_)
            self._layout = None
            self.updateGeometries()
