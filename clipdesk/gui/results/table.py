"""The view of the results table."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from clipdesk.core.desk.order import OrderChange
from clipdesk.gui.results.cells import FIRST_LABEL, Column
from clipdesk.gui.results.columns import ColumnLayout
from clipdesk.gui.results.delegates import (
    THUMBNAIL_MARGIN,
    BestDelegate,
    CellDelegate,
    CellStyle,
    HeatDelegate,
    LabelDelegate,
    NameDelegate,
    NumberDelegate,
    ThumbnailDelegate,
)
from clipdesk.gui.results.drag_pixmap import drag_rows
from clipdesk.gui.results.header import ResultsHeader
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.nothing_matches import NothingMatches
from clipdesk.gui.results.row_background import RowBackground
from clipdesk.gui.results.scroll_position import ScrollPosition
from clipdesk.gui.results.selection import SelectionKeeper

#: Row heights in px. Thumbnails are slightly smaller than their row.
THUMBNAIL_SIZES = (48, 64, 96)
_WHEEL_NOTCH = 120
_SELECT_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ResultsTable(QTableView):
    """Shows a ResultsModel, and keeps selection and scroll position when rows move."""

    current_changed = Signal(int)  # desk row, -1 for none
    selection_changed_rows = Signal(object)  # desk rows, in table order
    quick_look_requested = Signal()
    open_requested = Signal()
    remove_requested = Signal()
    show_all_requested = Signal()
    thumbnail_size_changed = Signal(int)  # by the mouse wheel
    menu_requested = Signal(QPoint)  # in screen coordinates

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._wheel = 0
        self._background = RowBackground(self)
        self._position = ScrollPosition(self)
        self._header = ResultsHeader(self)
        self._style = CellStyle(self.font())
        self._delegates = self._make_delegates()
        self._set_up_view()
        self._nothing_matches = NothingMatches(model, self)
        self._nothing_matches.show_all_requested.connect(self.show_all_requested)

        self.setHorizontalHeader(self._header)
        self.setModel(model)
        self._quiet_header_selection()
        # Connect before the keeper, which clears the selection, and after it, when it has restored it.
        model.order_changing.connect(self._on_order_changing)
        self._keeper = SelectionKeeper(model, self.selectionModel(), self)
        model.order_changed.connect(self._on_order_changed)
        model.modelAboutToBeReset.connect(self._header.learn_layout)
        model.sort_changed.connect(self._on_sort_changed)
        model.search_changed.connect(self._header.set_searches)
        model.rowsInserted.connect(self._nothing_matches.refresh)
        self._keeper.current_changed.connect(self.current_changed)
        self._keeper.selection_changed.connect(self.selection_changed_rows)
        self.doubleClicked.connect(self.open_requested)
        self.setSortingEnabled(True)
        self.set_thumbnail_size(THUMBNAIL_SIZES[0])
        self._header.apply_layout()

    def _set_up_view(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget(self))
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Results"))
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(THUMBNAIL_SIZES[0])
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _make_delegates(self) -> list[CellDelegate]:
        style = self._style
        number = NumberDelegate(self._model, style, self)
        of_column: dict[int, CellDelegate] = {
            Column.PICTURE: ThumbnailDelegate(self._model, style, self),
            Column.NAME: NameDelegate(self._model, style, self),
            Column.MATCH: number,
            Column.LABEL: LabelDelegate(self._model, style, self),
            Column.PROBABILITY: number,
            Column.MARGIN: number,
            Column.BEST: BestDelegate(self._model, style, self),
        }
        assert len(of_column) == FIRST_LABEL
        for column, delegate in of_column.items():
            self.setItemDelegateForColumn(column, delegate)
        heat = HeatDelegate(self._model, style, self)
        self.setItemDelegate(heat)
        return [heat, *of_column.values()]

    def _quiet_header_selection(self) -> None:
        """Give the headers selection models of their own.

        With the table's own model, selecting 1,000,000 rows takes 17 s instead of 9 ms.
        """
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSelectionModel(QItemSelectionModel(self._model, header))

    # --- rows

    @property
    def keeper(self) -> SelectionKeeper:
        """The selection, which the gallery shares."""
        return self._keeper

    def current_desk_row(self) -> int | None:
        """Return the desk row of the current image, or None."""
        return self._keeper.current if self._keeper.current >= 0 else None

    def selected_desk_rows(self) -> list[int]:
        """Return the desk rows of the selected images, in table order."""
        return self._keeper.selected().tolist()  # type: ignore[no-any-return]  # list[int] from int32

    def move_current(self, step: int) -> None:
        """Select only the image `step` rows further down."""
        rows = self._model.rowCount()
        if rows:
            current = self.currentIndex()
            # Qt makes the first row current on focus. The user has only chosen it if it is selected.
            is_chosen = self.selectionModel().isSelected(current)
            row = min(max(current.row() + step, 0), rows - 1) if is_chosen else 0
            self._select_row(row)

    def select_desk_row(self, desk_row: int) -> None:
        """Select only this image, if it is shown."""
        row = self._model.view_row(desk_row)
        if row >= 0:
            self._select_row(row)

    def show_row(self, row: int) -> None:
        """Scroll to a row if it is not visible, to the middle of the view."""
        height = self.viewport().height()
        if not 0 <= self.rowViewportPosition(row) <= height - self.thumbnail_size:
            self._position.scroll_to(row, (height - self.thumbnail_size) // 2)

    def _select_row(self, row: int) -> None:
        index = self._model.index(row, max(self.currentIndex().column(), Column.NAME))
        self.selectionModel().setCurrentIndex(index, _SELECT_ROW)

    # --- appearance

    @property
    def thumbnail_size(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    @Slot(int)
    def set_thumbnail_size(self, size: int) -> None:
        """Set the row height in px, one of THUMBNAIL_SIZES, and keep the scroll position."""
        before = self.thumbnail_size
        anchor = self._position.visible_anchor()
        self._model.set_thumbnail_size(size - 2 * THUMBNAIL_MARGIN)
        self.verticalHeader().setDefaultSectionSize(size)
        self._header.set_row_height(size)
        if before:
            self._position.scroll_to(anchor.row, round(anchor.y * size / before))

    def save_state(self) -> QByteArray:
        """Return the order, widths and visibility of the columns, and the sort order."""
        layout = self._header.layout_now()
        layout.sort_key = self._model.sort_key
        layout.descending = self._model.sort_order == Qt.SortOrder.DescendingOrder
        return QByteArray(layout.to_bytes())

    def restore_state(self, state: QByteArray | bytes) -> None:
        """Restore a state from `save_state`, or do nothing if it is invalid. Also applies to labels added later."""
        try:
            layout = ColumnLayout.from_bytes(bytes(state.data() if isinstance(state, QByteArray) else state))
        except ValueError:
            return
        self._header.set_layout(layout)
        self._model.sort_by_key(layout.sort_key, descending=layout.descending)

    def fill_columns_menu(self, menu: QMenu) -> None:
        """Fill this menu with the columns each time it opens."""
        menu.aboutToShow.connect(lambda: self._header.fill_menu(menu))
        self._header.fill_menu(menu)

    def fill_sort_menu(self, menu: QMenu) -> None:
        """Fill this menu with the columns to sort by each time it opens."""
        menu.aboutToShow.connect(lambda: self._header.fill_sort_menu(menu))
        self._header.fill_sort_menu(menu)

    @Slot(int, Qt.SortOrder)
    def _on_sort_changed(self, column: int, order: Qt.SortOrder) -> None:
        """Update the sort indicator: the column of a label may have moved or disappeared."""
        self._header.blockSignals(True)
        self._header.setSortIndicator(column, order)
        self._header.blockSignals(False)
        self._header.viewport().update()

    @Slot()
    def _on_order_changing(self) -> None:
        self._position.save()
        # Keep the view from scrolling to the current row while it is restored.
        self.setAutoScroll(False)

    @Slot(object)
    def _on_order_changed(self, change: OrderChange) -> None:
        if change.columns_changed:
            self._header.apply_layout()
        self._on_sort_changed(self._model.sort_column, self._model.sort_order)
        self._nothing_matches.refresh()
        self._position.restore(change)
        self.setAutoScroll(True)

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._background.paint_rows(painter, event.rect())
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._background.paint_marks(painter, event.rect())
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            # The mark of the current row does not scroll horizontally.
            self.viewport().update()
        if self._background.is_hovered:
            self._background.set_hovered(self.rowAt(self.viewport().mapFromGlobal(QCursor.pos()).y()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._header.fill_width()
        self._nothing_matches.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._style = CellStyle(self.font())
            for delegate in self._delegates:
                delegate.style_ = self._style

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._background.set_hovered(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._background.set_hovered(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.indexAt(event.pos()).isValid() and self.selected_desk_rows():
            self.menu_requested.emit(self.viewport().mapToGlobal(event.pos()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        steps, self._wheel = int(self._wheel / _WHEEL_NOTCH), int(self._wheel % _WHEEL_NOTCH)
        place = THUMBNAIL_SIZES.index(self.thumbnail_size) + steps
        size = THUMBNAIL_SIZES[min(max(place, 0), len(THUMBNAIL_SIZES) - 1)]
        if size != self.thumbnail_size:
            self.set_thumbnail_size(size)
            self.thumbnail_size_changed.emit(size)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        requests = {
            Qt.Key.Key_Space: self.quick_look_requested,
            Qt.Key.Key_Delete: self.remove_requested,
        }
        request = requests.get(Qt.Key(event.key()))
        if self._chooses_first(event):
            self.move_current(0)  # Qt has made the first row current on focus, but the user has not chosen it yet
            if event.key() != Qt.Key.Key_Space:
                return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if request is not None and plain:
            request.emit()
        elif event.matches(QKeySequence.StandardKey.Copy) or (event.text().isprintable() and event.text()):
            # Leave copying and letters to the window. Qt's keyboard search would query up to a million rows.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _chooses_first(self, event: QKeyEvent) -> bool:
        """Return whether a key that needs a row was pressed before there is one."""
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return event.key() in keys and plain and not self.selectionModel().hasSelection()

    def moveCursor(self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Move to the first or last row on Home and End, because whole rows are selected."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._model.rowCount() - 1,
        }
        if cursorAction in ends:
            return self._model.index(ends[cursorAction], max(self.currentIndex().column(), Column.NAME))
        return super().moveCursor(cursorAction, modifiers)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Drag the selected files."""
        rows = self.selected_desk_rows()
        if rows:
            drag_rows(self, self._model, rows, self.currentIndex())
