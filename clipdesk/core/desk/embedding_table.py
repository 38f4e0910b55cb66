"""The embeddings of the pictures on the desk, row for row."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.line.results import EmbeddedImage


class RowState(IntEnum):
    """How far a picture has come with the chosen model."""

    WAITING = 0
    EMBEDDED = 1
    FAILED = 2


class EmbeddingTable:
    """The embeddings of the desk's pictures under one encoder identity, row for row.

    Waiting and failed rows are NaN. The arrays that the properties return are views: valid until the next `grow`. Room
    is made ahead by doubling, but not written to before there are pictures for it: until then it takes no memory.
    """

    def __init__(self, dimension: int) -> None:
        self.errors: dict[int, str] = {}
        self._vectors = np.empty((0, dimension), np.float32)
        self._states = np.empty(0, np.uint8)
        self._rows = 0

    @property
    def dimension(self) -> int:
        return int(self._vectors.shape[1])

    @property
    def vectors(self) -> NDArray[np.float32]:
        """(rows, dimension), NaN where there is none yet."""
        return self._vectors[: self._rows]

    @property
    def states(self) -> NDArray[np.uint8]:
        """(rows,) of RowState."""
        return self._states[: self._rows]

    def grow(self, rows: int) -> None:
        """Make room for `rows` pictures in all; new ones wait."""
        if rows > len(self._states):
            capacity = max(rows, 2 * len(self._states), 64)
            self._vectors = _with_room(self.vectors, capacity)
            self._states = _with_room(self.states, capacity)
        if rows > self._rows:
            self._vectors[self._rows : rows] = np.nan
            self._states[self._rows : rows] = RowState.WAITING
            self._rows = rows

    def put(self, results: Iterable[EmbeddedImage]) -> None:
        """Take finished pictures in."""
        for result in results:
            if result.embedding is None:
                self._states[result.row] = RowState.FAILED
                self.errors[result.row] = result.error
            else:
                self._vectors[result.row] = result.embedding
                self._states[result.row] = RowState.EMBEDDED
                self.errors.pop(result.row, None)

    def put_rows(self, rows: NDArray[np.intp], embeddings: NDArray[np.float32]) -> None:
        """Take embeddings (n, dimension) in for n rows at once."""
        self._vectors[rows] = embeddings
        self._states[rows] = RowState.EMBEDDED
        for row in self.errors.keys() & set(rows.tolist()) if self.errors else ():
            del self.errors[row]

    def waiting(self) -> NDArray[np.intp]:
        """The rows that are still to be embedded, in desk order."""
        return np.flatnonzero(self.states == RowState.WAITING)

    def wait_again(self, rows: NDArray[np.intp]) -> None:
        """Forget what is known of these rows."""
        self._vectors[rows] = np.nan
        self._states[rows] = RowState.WAITING
        for row in rows.tolist():
            self.errors.pop(row, None)

    def retry_failed(self) -> int:
        """Let the failed rows wait again; how many there were."""
        failed = self.states == RowState.FAILED
        self.states[failed] = RowState.WAITING
        self.errors.clear()
        return int(failed.sum())

    def take(self, rows: NDArray[np.intp]) -> EmbeddingTable:
        """A table of these rows alone, in this order."""
        taken = EmbeddingTable(self.dimension)
        taken._vectors, taken._states, taken._rows = self._vectors[rows], self._states[rows], len(rows)
        taken.errors = {new: self.errors[old] for new, old in enumerate(rows.tolist()) if old in self.errors}
        return taken

    def place(self, rows: NDArray[np.intp], part: EmbeddingTable) -> None:
        """Put the rows of `part` at these rows."""
        self.vectors[rows], self.states[rows] = part.vectors, part.states
        self.errors |= {int(rows[row]): error for row, error in part.errors.items()}


def _with_room(array: NDArray[Any], capacity: int) -> NDArray[Any]:
    """A copy with room for `capacity` rows. What nothing is written to takes no memory."""
    larger = np.empty((capacity, *array.shape[1:]), array.dtype)
    larger[: len(array)] = array
    return larger
