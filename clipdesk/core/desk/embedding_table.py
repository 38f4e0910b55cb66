"""The embeddings of the images on the desk, row for row."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import Columns, other_rows
from clipdesk.core.line.results import EmbeddedImage


class RowState(IntEnum):
    """How far an image has come with the chosen model."""

    WAITING = 0
    EMBEDDED = 1
    FAILED = 2


class EmbeddingTable:
    """The embeddings of the desk's images under one encoder identity.

    Waiting and failed rows are NaN. The arrays that the properties return are views: valid until rows are added or
    removed.
    """

    def __init__(self, dimension: int) -> None:
        self.errors: dict[int, str] = {}
        """Why rows could not be read, by row."""
        self._columns = Columns(np.full((1, dimension), np.nan, np.float32), np.full(1, RowState.WAITING, np.uint8))

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def dimension(self) -> int:
        return int(self.vectors.shape[1])

    @property
    def vectors(self) -> NDArray[np.float32]:
        """(rows, dimension), NaN where there is none yet."""
        return self._columns[0]

    @property
    def states(self) -> NDArray[np.uint8]:
        """(rows,) of RowState."""
        return self._columns[1]

    @property
    def is_failed(self) -> NDArray[np.bool_]:
        """(rows,): whether the file could not be read."""
        return np.asarray(self.states == RowState.FAILED) if self.errors else np.zeros(len(self), np.bool_)

    @property
    def is_embedded(self) -> NDArray[np.bool_]:
        """(rows,): whether there is an embedding."""
        return np.asarray(self.states == RowState.EMBEDDED)

    @property
    def size_bytes(self) -> int:
        return self._columns.size_bytes

    def grow(self, rows: int) -> None:
        """Make it `rows` rows; new ones wait."""
        self._columns.grow(rows)

    def put(self, results: Iterable[EmbeddedImage]) -> None:
        """Store finished images."""
        vectors, states = self.vectors, self.states
        for result in results:
            if result.embedding is None:
                states[result.row] = RowState.FAILED
                self.errors[result.row] = result.error
            else:
                vectors[result.row] = result.embedding
                states[result.row] = RowState.EMBEDDED
                self.errors.pop(result.row, None)

    def put_rows(self, rows: NDArray[np.intp], embeddings: NDArray[np.float32]) -> None:
        """Store embeddings (n, dimension) for n rows at once."""
        self.vectors[rows] = embeddings
        self.states[rows] = RowState.EMBEDDED
        for row in self.errors.keys() & set(rows.tolist()) if self.errors else ():
            del self.errors[row]

    def waiting(self) -> NDArray[np.intp]:
        """Return the rows that are still to be embedded, in desk order."""
        return np.flatnonzero(self.states == RowState.WAITING)

    def wait_again(self, rows: NDArray[np.intp]) -> None:
        """Forget what is known of these rows."""
        self._columns.empty(rows)
        for row in rows.tolist():
            self.errors.pop(row, None)

    def remove(self, rows: NDArray[np.intp]) -> EmbeddingTable:
        """Take these rows out, and return them as a table of their own."""
        removed, places = EmbeddingTable(self.dimension), _places_without(rows, len(self))
        removed._columns = self._columns.remove(rows)
        removed.errors = {new: self.errors[old] for new, old in enumerate(rows.tolist()) if old in self.errors}
        self.errors = {int(places[old]): error for old, error in self.errors.items() if places[old] >= 0}
        return removed

    def insert(self, rows: NDArray[np.intp], part: EmbeddingTable | None) -> None:
        """Make room for rows that will be at `rows`, and put those of `part` there, or let them wait."""
        total = len(self) + len(rows)
        stayed = other_rows(rows, total)
        self.errors = {int(stayed[old]): error for old, error in self.errors.items()}
        self._columns.insert(rows, None if part is None else part._columns)
        if part is not None:
            self.errors |= {int(rows[row]): error for row, error in part.errors.items()}

    def take(self, rows: NDArray[np.intp]) -> EmbeddingTable:
        """Return a table of these rows alone, in this order."""
        taken = EmbeddingTable(self.dimension)
        taken._columns = self._columns.take(rows)
        taken.errors = {new: self.errors[old] for new, old in enumerate(rows.tolist()) if old in self.errors}
        return taken


def _places_without(gone: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return (count,): where each row is once the rows `gone` are taken out, -1 for those."""
    stays = np.ones(count, np.bool_)
    stays[gone] = False
    return np.where(stays, np.cumsum(stays) - 1, -1)
