"""The embeddings of the images on the desk under one encoder, one row per image."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import Columns, other_rows
from clipdesk.core.line.results import EmbeddedImage


class RowState(IntEnum):
    """Whether an image has been embedded."""

    WAITING = 0
    EMBEDDED = 1
    FAILED = 2


class EmbeddingTable:
    """The embeddings of the desk's images under one encoder identity.

    Waiting and failed rows are NaN. Properties return views, valid until rows are added or removed. The vectors grow
    with the results, not with the rows: filling those of 100,000 images at once blocked the window for 250 ms.
    """

    def __init__(self, dimension: int) -> None:
        self.errors: dict[int, str] = {}
        """Error texts of files that could not be read, by row."""
        self._vectors = Columns(np.full((1, dimension), np.nan, np.float32))
        self._states = Columns(np.full(1, RowState.WAITING, np.uint8))

    def __len__(self) -> int:
        return len(self._states)

    @property
    def dimension(self) -> int:
        return int(self.vectors.shape[1])

    @property
    def vectors(self) -> NDArray[np.float32]:
        """Embeddings (up to rows, dimension), NaN for rows without one. Rows beyond the end have none either."""
        return self._vectors[0]

    def all_vectors(self) -> NDArray[np.float32]:
        """Return embeddings of all rows (rows, dimension), NaN for rows without one, as a view like `vectors`."""
        self._reach(len(self))
        return self.vectors

    @property
    def states(self) -> NDArray[np.uint8]:
        """`RowState` values (rows,)."""
        return self._states[0]

    @property
    def is_failed(self) -> NDArray[np.bool_]:
        """Whether each file could not be read, shape (rows,)."""
        return np.asarray(self.states == RowState.FAILED) if self.errors else np.zeros(len(self), np.bool_)

    @property
    def is_embedded(self) -> NDArray[np.bool_]:
        """Whether each row has an embedding, shape (rows,)."""
        return np.asarray(self.states == RowState.EMBEDDED)

    @property
    def size_bytes(self) -> int:
        return self._vectors.size_bytes + self._states.size_bytes

    def grow(self, rows: int) -> None:
        """Grow to `rows` rows. New rows are waiting."""
        self._states.grow(rows)

    def _reach(self, rows: int) -> None:
        """Have vectors for the first `rows` rows."""
        if rows > len(self._vectors):
            self._vectors.reserve(len(self))
            self._vectors.grow(rows)

    def put(self, results: Sequence[EmbeddedImage]) -> None:
        """Store the results of embedding: a vector or an error per image."""
        self._reach(max((result.row for result in results), default=-1) + 1)
        vectors, states = self.vectors, self.states
        for result in results:
            if result.embedding is None:
                vectors[result.row] = np.nan
                states[result.row] = RowState.FAILED
                self.errors[result.row] = result.error
            else:
                vectors[result.row] = result.embedding
                states[result.row] = RowState.EMBEDDED
                self.errors.pop(result.row, None)

    def put_rows(self, rows: NDArray[np.intp], embeddings: NDArray[np.float32]) -> None:
        """Store embeddings (n, dimension) in n rows."""
        first = int(rows[0]) if len(rows) else 0
        if first <= len(self._vectors) and np.array_equal(rows, np.arange(first, first + len(rows))):
            self._vectors.reserve(len(self))
            self._vectors.write(first, embeddings)
        else:
            self._reach(int(rows.max(initial=-1)) + 1)
            self.vectors[rows] = embeddings
        self.states[rows] = RowState.EMBEDDED
        for row in self.errors.keys() & set(rows.tolist()) if self.errors else ():
            del self.errors[row]

    def waiting(self) -> NDArray[np.intp]:
        """Return the rows that have yet to be embedded, in desk order."""
        return np.flatnonzero(self.states == RowState.WAITING)

    def wait_again(self, rows: NDArray[np.intp]) -> None:
        """Drop the embeddings and errors of these rows, so that they wait to be embedded."""
        self._vectors.empty(rows[rows < len(self._vectors)])
        self._states.empty(rows)
        for row in rows.tolist():
            self.errors.pop(row, None)

    def remove(self, rows: NDArray[np.intp]) -> EmbeddingTable:
        """Remove these sorted rows and return them as a table. If that is all of them, nothing is copied."""
        if len(rows) == len(self):
            removed = EmbeddingTable(self.dimension)
            removed._vectors = self._vectors.remove(np.arange(len(self._vectors)))
            removed._states = self._states.remove(rows)
            removed.errors, self.errors = self.errors, {}
            return removed
        removed, places = self.take(rows), _places_without(rows, len(self))
        self._vectors.drop(rows[rows < len(self._vectors)])
        self._states.drop(rows)
        self.errors = {int(places[old]): error for old, error in self.errors.items() if places[old] >= 0}
        return removed

    def insert(self, rows: NDArray[np.intp], part: EmbeddingTable | None) -> None:
        """Insert rows so that they end up at `rows`: those of `part`, or waiting ones if it is None."""
        total = len(self) + len(rows)
        stayed = other_rows(rows, total)
        self.errors = {int(stayed[old]): error for old, error in self.errors.items()}
        self._reach(len(self))
        self._vectors.insert(rows, None if part is None else part._vectors)
        self._states.insert(rows, None if part is None else part._states)
        if part is not None:
            self.errors |= {int(rows[row]): error for row, error in part.errors.items()}

    def take(self, rows: NDArray[np.intp]) -> EmbeddingTable:
        """Return a copy of these rows, in this order."""
        taken = EmbeddingTable(self.dimension)
        self._reach(int(rows.max(initial=-1)) + 1)
        taken._vectors, taken._states = self._vectors.take(rows), self._states.take(rows)
        if self.errors:
            taken.errors = {new: self.errors[old] for new, old in enumerate(rows.tolist()) if old in self.errors}
        return taken


def _places_without(gone: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return the new row of each of `count` rows after `gone` are removed, -1 for removed ones. Shape (count,)."""
    stays = np.ones(count, np.bool_)
    stays[gone] = False
    return np.where(stays, np.cumsum(stays) - 1, -1)
