"""Which images were drawn by the review queue, and what the current round of review needs to go on after a restart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import Columns
from clipdesk.core.labels.label_set import NO_LABEL

Floats = NDArray[np.float32]


def _floats() -> Floats:
    return np.empty(0, np.float32)


@dataclass(frozen=True)
class ReviewMarks:
    """The images that were reviewed in a queue, or are in the queue of the current round. Rows ascend.

    - `rows` (k,): rows on the desk.
    - `shares` (k,): above 0 if the image was reviewed: how probable it was to be drawn, as of the end of its round, or
      1 while the round goes on. 0 if it has yet to be reviewed.
    - `keys` (k,): the key in the current round, which gives the order; 0 if it is not in this round.
    - `sizes` (k,): how doubtful the image was when the round began.
    - `proposed` (k,): the id of its automatic label at that time.
    """

    rows: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    shares: Floats = field(default_factory=_floats)
    keys: Floats = field(default_factory=_floats)
    sizes: Floats = field(default_factory=_floats)
    proposed: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    def __len__(self) -> int:
        return len(self.rows)

    def columns(self) -> tuple[NDArray[Any], ...]:
        """Return the arrays in the order of the fields."""
        return self.rows, self.shares, self.keys, self.sizes, self.proposed

    def take(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> ReviewMarks:
        """Return the marks at these places."""
        return ReviewMarks(*(column[places] for column in self.columns()))

    def places_unlike(self, before: ReviewMarks) -> NDArray[np.intp]:
        """Return the places of marks that are not the same `before`."""
        if not len(before):
            return np.arange(len(self))
        places = np.minimum(np.searchsorted(before.rows, self.rows), len(before) - 1)
        pairs = zip(self.columns(), before.columns(), strict=True)
        return np.flatnonzero(np.any([column != other[places] for column, other in pairs], axis=0))

    def is_valid(self) -> bool:
        """Return whether all values are in their ranges."""
        numbers = np.stack([self.shares, self.keys, self.sizes])
        in_range = bool(np.isfinite(numbers).all() and (numbers >= 0).all() and (self.shares <= 1).all())
        return in_range and bool((self.sizes[self.keys > 0] > 0).all())


#: A row that was not reviewed: share, key, size, proposed label.
_EMPTY = (np.zeros(1, np.float32), np.zeros(1, np.float32), np.zeros(1, np.float32), np.full(1, NO_LABEL, np.int64))


def mark_columns() -> Columns:
    """Return the columns of `ReviewMarks`, with one row for each image on the desk."""
    return Columns(*_EMPTY)


def inclusion(shares: Floats, keys: Floats, sizes: Floats, is_judged: NDArray[np.bool_]) -> Floats:
    """Return (n,): how probable it was for each image to be drawn by the queue; 0 if it was not, or is not judged.

    Follows `core.teaching.review.Queue.inclusion`: the next key of the round gives that of all drawn so far. An image
    that the user labelled elsewhere before its turn is no longer in the round.
    """
    found: Floats = np.where(is_judged, shares, np.float32(0.0))
    drawn = np.flatnonzero((keys > 0) & (found > 0))
    if len(drawn):
        is_next = (keys > keys[drawn].max()) & ~is_judged
        following = keys[is_next].min() if is_next.any() else np.float32(np.inf)
        found[drawn] = np.minimum(np.float32(1.0), following * sizes[drawn])
    return found
