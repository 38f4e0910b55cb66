"""Keeps what is selected, by desk row, while the table's rows move."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Signal, Slot

from clipdesk.core.desk.order import OrderChange, Rows
from clipdesk.gui.results.model import ResultsModel

#: A selection scattered into more pieces than this is given up when rows move, all but the current row: Qt looks
#: through all pieces for every cell that it paints (5,000 pieces: 17 ms a page).
_MOST_PIECES = 5_000

_SELECT = QItemSelectionModel.SelectionFlag


class SelectionKeeper(QObject):
    """The selection and the current row of one selection model, as rows of the desk.

    Qt would keep them too, with one persistent index for every cell: minutes for a million rows. Here the selection
    model is emptied before rows move and filled again after. A current row that is filtered out comes back with the
    rest; one that left the desk hands over to its neighbour.
    """

    current_changed = Signal(int)  # desk row, -1 for none
    selection_changed = Signal(object)  # desk rows, in the table's order

    def __init__(self, model: ResultsModel, selection_model: QItemSelectionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._selection_model = selection_model
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
        """The desk row of the current picture, -1 for none that is shown."""
        return self._current if self._rows_move else self._model.desk_row(self._selection_model.currentIndex())

    def selected(self) -> Rows:
        """The selected desk rows, in the table's order."""
        if self._rows_move:
            return self._selected
        pieces = self._selection_model.selection()
        mask = np.zeros(len(self._model.shown_rows), np.bool_)
        for place in range(pieces.count()):
            piece = pieces.at(place)
            mask[piece.top() : piece.bottom() + 1] = True
        return self._model.shown_rows[mask]

    @Slot()
    def _on_order_changing(self) -> None:
        self._selected = self.selected()
        index = self._selection_model.currentIndex()
        self._was_shown = index.isValid()
        if self._was_shown:
            # Else one that was filtered out before is still remembered.
            self._current, self._column = self._model.desk_row(index), index.column()
        self._shown = self._model.shown_rows
        self._rows_move = True
        self._selection_model.reset()

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
            self._selection_model.setCurrentIndex(index, _SELECT.NoUpdate)
        pieces = _pieces(places[places >= 0])
        if len(pieces) > _MOST_PIECES or (not pieces and (len(self._selected) or not self._was_shown)):
            pieces = [(place, place)] if place >= 0 else []
        self._select(pieces)
        self._rows_move = False
        self._tell(current, renumbered=change.new_rows is not None)

    def _tell(self, current: int, *, renumbered: bool) -> None:
        """Emit what is different from before the rows moved."""
        was, self._current = self._current if self._was_shown else -1, current
        if renumbered or self.current != was:
            self.current_changed.emit(self.current)
        selected = self.selected()
        if renumbered or len(selected) != len(self._selected):
            self.selection_changed.emit(selected)

    def _moved_current(self, new_rows: Rows) -> int:
        """The current row's new desk row. Where it is gone, that of the next picture that stayed, or the last."""
        if self._current < 0 or new_rows[self._current] >= 0:
            return -1 if self._current < 0 else new_rows.item(self._current)
        stayed = new_rows[self._shown]
        at = int(np.flatnonzero(self._shown == self._current)[0]) if self._current in self._shown else 0
        following = stayed[at:][stayed[at:] >= 0]
        preceding = stayed[:at][stayed[:at] >= 0]
        if len(following):
            return following.item(0)
        return preceding.item(-1) if len(preceding) else -1

    def _select(self, pieces: list[tuple[int, int]]) -> None:
        selection, last_column = QItemSelection(), self._model.columnCount() - 1
        for first, last in pieces:
            selection.append(QItemSelectionRange(self._model.index(first, 0), self._model.index(last, last_column)))
        if pieces:
            self._selection_model.select(selection, _SELECT.ClearAndSelect)

    @Slot()
    def _on_current_changed(self) -> None:
        if not self._rows_move and self.current != self._current:
            self._current = self.current
            self.current_changed.emit(self._current)

    @Slot()
    def _on_selection_changed(self) -> None:
        if not self._rows_move:
            self.selection_changed.emit(self.selected())


def _pieces(places: Rows) -> list[tuple[int, int]]:
    """The first and the last of each run of neighbours among these rows."""
    if not len(places):
        return []
    places = np.sort(places)
    ends = np.flatnonzero(np.diff(places) > 1)
    firsts, lasts = places[np.r_[0, ends + 1]], places[np.r_[ends, len(places) - 1]]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
