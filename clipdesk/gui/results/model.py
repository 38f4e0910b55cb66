"""The Qt model of the results table: the desk's images, filtered and sorted."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QPixmap

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.groups import Group, group_rows
from clipdesk.core.desk.order import Cause, NameIndex, OrderChange, ResultsCounts, ResultsFilter, Rows, count_rows
from clipdesk.core.find.ranking import Ranking
from clipdesk.gui.kit.desktop import OWN_PICTURES_TYPE
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.cells import FIRST_LABEL, MATCH_KEY, Cells, Column, Score, ValueMode
from clipdesk.gui.results.rows import RowOrder
from clipdesk.gui.session.background import Background

Index = QModelIndex | QPersistentModelIndex

#: Minimum interval at which new scores move rows. Increased so that sorting takes at most a fifth of the time.
_MERGE_MS = 250
#: More new names than this are indexed in the background, because they would block the window for 100 ms or more.
_NAMES_AT_ONCE = 20_000
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_NO_PARENT = QModelIndex()


class ResultsModel(QAbstractTableModel):
    """The rows of the results table. Report every change of the desk to `desk_changed` right after it.

    Rows move only between `order_changing` and `order_changed`. A SelectionKeeper keeps the selection across moves.
    For columns and roles see `cells`.
    """

    order_changing = Signal()
    order_changed = Signal(object)  # OrderChange
    sort_changed = Signal(int, Qt.SortOrder)  # column or -1
    filter_changed = Signal(object)  # ResultsFilter
    search_changed = Signal(bool)  # a search began, or ended

    def __init__(
        self, desk: Desk, thumbnails: Thumbnails, parent: QObject | None = None, background: Background | None = None
    ) -> None:
        """Without a `background`, names are indexed on the GUI thread, however long that takes."""
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._reading: NameIndex | None = None  # the index being built in the background
        self._waiting: Cause = "arrived"  # why rows will move when it is done
        self._thumbnails = thumbnails
        self._cells = Cells(desk, thumbnails, self)
        self._rows = RowOrder(desk, self._cells)
        self._groups: tuple[Group, ...] = ()
        self._images = desk.images
        self._sort_before = ("", False)  # the key and direction before a search
        self._merge_timer = single_shot(self, _MERGE_MS, self._on_merge)
        thumbnails.thumbnails_loaded.connect(self._on_thumbnails_loaded)

    # --- what is shown

    @property
    def filter(self) -> ResultsFilter:
        return self._rows.filter

    @property
    def value_mode(self) -> ValueMode:
        return self._cells.value_mode

    @property
    def sort_column(self) -> int:
        """The column that the table is sorted by, or -1 for desk order."""
        return self._rows.column

    @property
    def sort_key(self) -> str:
        """The COLUMN_KEY_ROLE of the column to sort by, or "" for desk order."""
        return self._rows.key

    @property
    def sort_order(self) -> Qt.SortOrder:
        return Qt.SortOrder.DescendingOrder if self._rows.descends else Qt.SortOrder.AscendingOrder

    @Slot(object)
    def set_filter(self, wanted: ResultsFilter) -> None:
        """Show only the images that pass this filter."""
        if wanted != self._rows.filter:
            self._rows.filter = wanted
            self._arrange(OrderChange("filtered"))
            self.filter_changed.emit(wanted)

    @property
    def ranking(self) -> Ranking | None:
        """What a search says of the images, None without one."""
        return self._cells.ranking

    @property
    def shows_all(self) -> bool:
        """Whether neither a filter nor a search hides images."""
        return self._rows.shows_all

    def set_ranking(self, ranking: Ranking | None) -> None:
        """Show what a search found, the best first, or everything in the order of before if it is None."""
        before, self._cells.ranking = self._cells.ranking, ranking
        begins, ends = before is None and ranking is not None, before is not None and ranking is None
        if begins:
            self._sort_before = self._rows.key, self._rows.descending
            self._rows.key, self._rows.descending = MATCH_KEY, True
        elif ends and self._rows.key == MATCH_KEY:
            self._rows.key, self._rows.descending = self._sort_before
        if begins or ends:
            self.search_changed.emit(begins)
        is_answer = ranking is not None and (before is None or before.terms != ranking.terms)
        self._arrange(OrderChange("found" if is_answer else "filtered" if ends else "arrived"))
        self._repaint()
        self.sort_changed.emit(self.sort_column, self.sort_order)

    @Slot(str)
    def set_value_mode(self, mode: str) -> None:
        """Show `probability` or `cosine` similarity in the label columns."""
        if mode in ("probability", "cosine") and mode != self._cells.value_mode:
            self._cells.value_mode = cast(ValueMode, mode)
            if self.sort_column >= FIRST_LABEL:
                self._arrange(OrderChange("sorted"))
            self._repaint()

    def sort_by_key(self, key: str, *, descending: bool) -> None:
        """Sort by the column with this COLUMN_KEY_ROLE, or "" for desk order.

        If the column of a label does not exist yet, sorting starts when it does.
        """
        wanted = key, descending and bool(key)
        if wanted != (self._rows.key, self._rows.descending):
            self._rows.key, self._rows.descending = wanted
            self._arrange(OrderChange("sorted"))
        self.sort_changed.emit(self.sort_column, self.sort_order)

    @property
    def is_grouped(self) -> bool:
        return self._rows.is_grouped

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the rows that are shown; empty unless `is_grouped`."""
        return self._groups

    def set_grouped(self, grouped: bool) -> None:
        """Show the rows label by label. The sort order and the filter apply within each label."""
        if grouped != self._rows.is_grouped:
            self._rows.is_grouped = grouped
            self._arrange(OrderChange("sorted"))

    def set_thumbnail_size(self, size: int) -> None:
        """Set the maximum width and height of thumbnails in DecorationRole, in px."""
        self._cells.thumbnail_size = size

    def counts(self) -> ResultsCounts:
        """Return the current counts. Without a filter all images count, also those that have yet to be sorted in."""
        return count_rows(self._desk, None if self._rows.shows_all else self._rows.shown)

    # --- rows and columns

    @property
    def desk(self) -> Desk:
        return self._desk

    @property
    def shown_rows(self) -> Rows:
        """The desk rows that are shown, in table order. Do not modify."""
        return self._rows.shown

    def desk_row(self, index: Index) -> int:
        """Return the desk row at an index, or -1."""
        return self._rows.shown.item(index.row()) if index.isValid() else -1

    def desk_rows(self, indexes: Iterable[Index]) -> Rows:
        """Return the unique desk rows at these indexes, in table order."""
        return self._rows.shown[np.unique(np.fromiter((index.row() for index in indexes), np.int32))]

    def view_row(self, desk_row: int) -> int:
        """Return the table row of a desk row, or -1 if it is not shown."""
        return self.view_rows(np.array([desk_row])).item(0)

    def view_rows(self, desk_rows: NDArray[Any]) -> Rows:
        """Return the table rows of these desk rows, -1 for those that are not shown."""
        return self._rows.places(desk_rows)

    def value(self, index: Index, role: int) -> Any:
        """Return what `data` does for a valid index, without the detour through Qt. `role` is a plain int."""
        return self._cells.read(role, self._rows.shown.item(index.row()), index.column())

    def score(self, index: Index) -> Score | None:
        """Return what to paint in a label's cell, None without a score."""
        return self._cells.score(self._rows.shown.item(index.row()), index.column())

    def column_of(self, key: str) -> int:
        """Return the column with this COLUMN_KEY_ROLE, or -1."""
        return self._cells.column_of(key)

    def thumbnail(self, row: int, size: int) -> QPixmap | None:
        """Return the thumbnail of a table row that fits `size` × `size` px. See `Thumbnails.pixmap`."""
        return self._thumbnails.pixmap(self._images.path(self._rows.shown.item(row)), size)

    def paths(self, desk_rows: Sequence[int]) -> list[Path]:
        """Return the paths of these desk rows."""
        return [self._images.path(row) for row in desk_rows]

    def mime_data(self, desk_rows: Sequence[int]) -> QMimeData:
        """Return the files of these desk rows for drag and drop or the clipboard."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(self._images.path_text(row)) for row in desk_rows])
        data.setData(OWN_PICTURES_TYPE, b"")
        return data

    # --- changes of the desk

    @Slot(object)
    def desk_changed(self, change: DeskChange) -> None:
        """Apply a change of the desk."""
        if change.relocated is not None and change.relocated.renames:
            self._rows.names = NameIndex()
        if change.new_rows is not None:
            if self._cells.ranking is not None:
                self._cells.ranking = self._cells.ranking.moved(change.new_rows, len(self._desk))
            self.desk_reset(change.new_rows)
        elif change.scores_replaced:
            self.scores_replaced()
        elif change.relocated is not None:
            self.rows_relocated(change.relocated.rows)
        elif change.labels is not None:
            self.labels_changed()
        else:
            if change.added:
                self._images = self._desk.images  # another list, if they came from a document
            if len(change.rows):
                self.rows_changed(change.rows, only_labels=change.corrected is not None)
            if change.added:
                self.rows_added(change.added)
        if change.threshold is not None or (change.labels is not None and change.labels.only_thresholds):
            self.threshold_changed()

    def labels_changed(self) -> None:
        """Show new names and colours of labels. Their scores come later."""
        if self._cells.columns_are_old:
            self.scores_replaced()
            return
        before = self._cells.column_colors
        self._cells.read_desk(np.empty(0, np.intp))
        if self._cells.column_colors != before:
            self._repaint()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        if self._rows.is_grouped:
            self._arrange(OrderChange("arrived"))  # groups have the order of the labels

    def threshold_changed(self) -> None:
        """Update what depends on the threshold."""
        self._cells.read_desk(np.empty(0, np.intp))
        if self._rows.filter.status is not None:
            self._arrange(OrderChange("filtered"))
        self._repaint()

    @Slot(object)
    def rows_added(self, rows: range) -> None:
        """Show images that were appended to the desk."""
        if self._cells.columns_are_old:
            self.scores_replaced()
            return
        self._cells.read_desk(np.arange(rows.start, rows.stop))
        if self._rows.is_plain and len(self._rows.shown) == rows.start:
            self.beginInsertRows(_NO_PARENT, rows.start, rows.stop - 1)
            self._rows.show(np.arange(rows.stop, dtype=np.int32))
            self.endInsertRows()
        else:
            self._merge_soon()

    @Slot(object)
    def rows_changed(self, rows: NDArray[Any], *, only_labels: bool = False) -> None:
        """Show new scores or errors of these desk rows, or `only_labels` that were given by hand."""
        if self._cells.columns_are_old:
            self.scores_replaced()
            return
        self._cells.read_desk(rows[:0] if only_labels else rows)
        if not only_labels:
            self._thumbnails.retry(self._images.path(row) for row in self._cells.waiting(rows))
        places = self.view_rows(np.asarray(rows))
        places = places[places >= 0]
        if len(places):
            self._repaint(int(places.min()), int(places.max()))
        if self._rows.follows_scores:
            self._merge_soon()

    @Slot()
    def scores_replaced(self) -> None:
        """Show new scores of all rows, and possibly new label columns."""
        if not self._cells.columns_are_old:
            self._cells.read_desk()
            self._arrange(OrderChange("arrived"))
            self._repaint()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        else:
            self._reset(OrderChange("arrived", columns_changed=True))

    def rows_relocated(self, rows: NDArray[Any]) -> None:
        """Show new paths of these desk rows, at the places that follow from them."""
        self.rows_changed(rows)
        self._merge_soon()

    def desk_reset(self, new_rows: Rows | None = None) -> None:
        """Show the desk after images were removed or inserted. `new_rows`: see `DeskChange`."""
        if new_rows is None:
            new_rows = self._desk.images.rows_of(self._images).astype(np.int32)
        self._rows.names = NameIndex()
        self._reset(OrderChange("moved", new_rows, self._cells.columns_are_old))

    # --- order

    def _arrange(self, change: OrderChange) -> None:
        """Filter and sort the rows again."""
        self._merge_timer.stop()
        if self._must_wait(change.cause):
            return
        rows = self._rows.wanted()
        if not np.array_equal(rows, self._rows.shown) or self._rows.groups != self._groups:
            self.order_changing.emit()
            self._move_rows(rows)
            self._groups = self._rows.groups
            self.order_changed.emit(change)

    def _must_wait(self, cause: Cause) -> bool:
        """Return whether names must be indexed in the background first. Rows are arranged when that is done."""
        names = self._rows.names
        if self._background is None or self._rows.unread_names <= _NAMES_AT_ONCE:
            return False
        if self._reading is None or cause in ("sorted", "filtered", "found"):
            self._waiting = cause
        if self._reading is not names:
            self._reading = names
            self._background.run(
                self._rows.names_reader(),
                lambda _: self._on_names_read(names, is_read=True),
                lambda _: self._on_names_read(names, is_read=False),
            )
        return True

    def _on_names_read(self, names: NameIndex, *, is_read: bool) -> None:
        if self._reading is names:
            self._reading = None
            # Indexing fails if images were removed meanwhile, but then a new index has replaced this one.
            if is_read and self._rows.names is names:
                self._arrange(OrderChange(self._waiting))

    def _move_rows(self, rows: Rows) -> None:
        """Move rows in three steps for the views: one insertion, one layout change, one removal."""
        moves, shown = self._rows.moves_to(rows), len(self._rows.shown)
        if len(moves.with_coming) > shown:
            self.beginInsertRows(_NO_PARENT, shown, len(moves.with_coming) - 1)
            self._rows.show(moves.with_coming)
            self.endInsertRows()
        if not np.array_equal(moves.moved, self._rows.shown):
            # Without arguments, because PySide 6.11 mishandles an empty list of parents.
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            desk_rows = self._rows.shown[[index.row() for index in before]]
            self._rows.show(moves.moved)
            places = self._rows.places(desk_rows).tolist()
            after = [self.index(place, index.column()) for place, index in zip(places, before, strict=True)]
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
        if len(moves.moved) > len(rows):
            self.beginRemoveRows(_NO_PARENT, len(rows), len(moves.moved) - 1)
            self._rows.show(rows)
            self.endRemoveRows()

    def _reset(self, change: OrderChange) -> None:
        """Reset the model. Views restore selection and position on `order_changed`."""
        self._merge_timer.stop()
        self.order_changing.emit()
        self.beginResetModel()
        self._cells.read_desk()
        self._images = self._desk.images
        if self._must_wait("arrived"):
            rows = self._stayed(change)
            if self._rows.has_groups:
                rows, self._groups = group_rows(self._desk, rows)
        else:
            rows, self._groups = self._rows.wanted(), self._rows.groups
        self._rows.show(rows)
        self.endResetModel()
        self.order_changed.emit(change)

    def _stayed(self, change: OrderChange) -> Rows:
        """Return the rows that are shown, without removed ones."""
        rows = self._rows.shown if change.new_rows is None else change.new_rows[self._rows.shown]
        return rows[rows >= 0]

    def _merge_soon(self) -> None:
        if not self._merge_timer.isActive():
            self._merge_timer.start()

    @Slot()
    def _on_merge(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            # Never move rows while a mouse button is pressed.
            self._merge_timer.start()
            return
        began = time.perf_counter()
        self._arrange(OrderChange("arrived"))
        took_ms = (time.perf_counter() - began) * 1000
        self._merge_timer.setInterval(max(_MERGE_MS, round(4 * took_ms)))

    def _repaint(self, first: int = 0, last: int | None = None) -> None:
        last = len(self._rows.shown) - 1 if last is None else last
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))

    @Slot(list)
    def _on_thumbnails_loaded(self, paths: list[Path]) -> None:
        rows = [row for path in paths if (row := self._desk.row_of(path)) is not None]
        for place in self.view_rows(np.array(rows, np.int32)).tolist():
            if place >= 0:
                index = self.index(place, Column.PICTURE)
                self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    # --- Qt

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows.shown)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else FIRST_LABEL + len(self._cells.labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._cells.read(role, self._rows.shown.item(index.row()), index.column()) if index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        in_range = orientation == Qt.Orientation.Horizontal and 0 <= section < self.columnCount()
        return self._cells.header(role, section) if in_range else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, stable and with missing values last. -1 and PICTURE mean desk order."""
        key = self._cells.keys[column] if Column.PICTURE < column < self.columnCount() else ""
        self.sort_by_key(key, descending=order == Qt.SortOrder.DescendingOrder)

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self.mime_data(self.desk_rows(indexes).tolist())

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction
