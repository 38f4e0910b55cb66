"""Keep the selection while the table's rows move."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Signal, Slot

from clipdesk.core.desk.order import OrderChange, Rows
from clipdesk.gui.results.model import ResultsModel

#: If the selection splits into more ranges than this when rows move, only the current row stays selected: Qt searches
#: all ranges for every cell that it paints (17 ms per page at 5,000 ranges).
_MAX_RANGES = 5_000

_SELECT = QItemSelectionModel.SelectionFlag


class SelectionKeeper(QObject):
    """Keeps the selection and the current row of one selection model across moves, as desk rows.

    Qt would use one persistent index per cell, which takes minutes for a million rows. This class clears the selection
    before rows move and restores it afterwards. A current row that is filtered out becomes current again when it
    reappears. If it is removed from the desk, its neighbour becomes current.
    """

    current_changed = Signal(int)  # desk row, -1 for none
    selection_changed = Signal(object)  # desk rows, in table order

    def __init__(self, model: ResultsModel, selection_model: QItemSelectionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.selection_model = selection_model
        self._rows_move = False
        self._was_shown = False
        self._current = -1
        self._column = 0
        self._selected: Rows = np.empty(0, np.int32)
        self._shown: Rows = model.shown_rows
        model.order_changing.connect(self._on_order_changing)
        model.order_changed.connect(self._on_order_changed)
        selection_model.currentChanged.connect(self._on_current_changed)
        selection_model.selectionChanged.connect(self._on_selection_changed)

    @property
    def current(self) -> int:
        """The desk row of the current image, or -1 if there is none or it is not shown."""
        return self._current if self._rows_move else self._model.desk_row(self.selection_model.currentIndex())

    def selected(self) -> Rows:
        """Return the selected desk rows, in table order."""
        return self._selected if self._rows_move else self._model.shown_rows[self.mask()]

    def select(self, desk_rows: NDArray[Any]) -> None:
        """Select these images, as far as they are shown, and make the first of them current."""
        places = self._model.view_rows(desk_rows)
        places = places[places >= 0]
        if not len(places):
            self.selection_model.clearSelection()
            return
        # Current first: views scroll to it, and setting it must not change what is selected.
        index = self._model.index(places.min().item(), max(self._column, 0))
        self.selection_model.setCurrentIndex(index, _SELECT.NoUpdate)
        self._select(_ranges(places))

    def mask(self) -> NDArray[np.bool_]:
        """Return for each table row whether it is selected. Do not call while rows move."""
        ranges = self.selection_model.selection()
        mask = np.zeros(len(self._model.shown_rows), np.bool_)
        for place in range(ranges.count()):
            span = ranges.at(place)
            mask[span.top() : span.bottom() + 1] = True
        return mask

    @Slot()
    def _on_order_changing(self) -> None:
        self._selected = self.selected()
        index = self.selection_model.currentIndex()
        self._was_shown = index.isValid()
        if self._was_shown:
            # Otherwise keep the current row that was filtered out earlier.
            self._current, self._column = self._model.desk_row(index), index.column()
        self._shown = self._model.shown_rows
        self._rows_move = True
        self.selection_model.reset()

    @Slot(object)
    def _on_order_changed(self, change: OrderChange) -> None:
        selected, current = self._selected, self._current
        if change.new_rows is not None:
            selected = change.new_rows[selected]
            current = self._moved_current(change.new_rows)
        places = self._model.view_rows(selected)
        place = self._model.view_row(current)
        if place >= 0:
            index = self._model.index(place, min(self._column, self._model.columnCount() - 1))
            self.selection_model.setCurrentIndex(index, _SELECT.NoUpdate)
        ranges = _ranges(places[places >= 0])
        if len(ranges) > _MAX_RANGES or (not ranges and (len(self._selected) or not self._was_shown)):
            ranges = [(place, place)] if place >= 0 else []
        self._select(ranges)
        self._rows_move = False
        self._emit_changes(current, renumbered=change.new_rows is not None)

    def _emit_changes(self, current: int, *, renumbered: bool) -> None:
        """Emit signals for what changed while the rows moved."""
        was, self._current = self._current if self._was_shown else -1, current
        if renumbered or self.current != was:
            self.current_changed.emit(self.current)
        selected = self.selected()
        if renumbered or len(selected) != len(self._selected):
            self.selection_changed.emit(selected)

    def _moved_current(self, new_rows: Rows) -> int:
        """Return the current image's new desk row, or that of the nearest kept image if it was removed."""
        if self._current < 0 or new_rows[self._current] >= 0:
            return -1 if self._current < 0 else new_rows.item(self._current)
        stayed = new_rows[self._shown]
        at = int(np.flatnonzero(self._shown == self._current)[0]) if self._current in self._shown else 0
        following = stayed[at:][stayed[at:] >= 0]
        preceding = stayed[:at][stayed[:at] >= 0]
        if len(following):
            return following.item(0)
        return preceding.item(-1) if len(preceding) else -1

    def _select(self, ranges: list[tuple[int, int]]) -> None:
        selection, last_column = QItemSelection(), self._model.columnCount() - 1
        for first, last in ranges:
            selection.append(QItemSelectionRange(self._model.index(first, 0), self._model.index(last, last_column)))
        if ranges:
            self.selection_model.select(selection, _SELECT.ClearAndSelect)

    @Slot()
    def _on_current_changed(self) -> None:
        if not self._rows_move and self.current != self._current:
            self._current = self.current
            self.current_changed.emit(self._current)

    @Slot()
    def _on_selection_changed(self) -> None:
        if not self._rows_move:
            self.selection_changed.emit(self.selected())


def _ranges(places: Rows) -> list[tuple[int, int]]:
    """Return the first and last row of each run of adjacent rows."""
    if not len(places):
        return []
    places = np.sort(places)
    ends = np.flatnonzero(np.diff(places) > 1)
    firsts, lasts = places[np.r_[0, ends + 1]], places[np.r_[ends, len(places) - 1]]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
