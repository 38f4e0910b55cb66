"""Rankings: what a search says of each image of the desk, which a table of results filters and sorts by."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.find.query import Term
from clipdesk.core.find.search import search
from clipdesk.core.find.similar import Likeness, find_similar
from clipdesk.core.find.vectors import FloatArray, Rows, Vectors, best_rows


@dataclass(frozen=True)
class Ranking:
    """How well each of n images fits a search by t terms, in the order of the desk.

    - `scores` (n,): what images are ranked by; NaN for those that were not found.
    - `parts` (n, t): what each term contributed to the score. Of a search for similar images (n, 0).
    - `alike` (n,): of such a search, the share of random pairs that are less similar, 0…1. None for words.
    - `count`: show at most this many, the best; None for all.
    """

    scores: FloatArray
    parts: FloatArray
    terms: tuple[Term, ...]
    alike: FloatArray | None = None
    count: int | None = None

    def __len__(self) -> int:
        return len(self.scores)

    @property
    def is_by_similarity(self) -> bool:
        """Whether similar images were searched for, so that scores are cosines."""
        return self.alike is not None

    def found(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return those of these rows that are shown: found, and among the best `count` of them. Keep their order."""
        known = rows[rows < len(self)]
        known = known[~np.isnan(self.scores[known])]
        if self.count is None or len(known) <= self.count:
            return known
        return known[np.sort(best_rows(self.scores[known], self.count))]

    def keys(self, rows: NDArray[np.int32]) -> FloatArray:
        """Return the scores of these rows, NaN for images that came after the search."""
        return _padded(self.scores, int(rows.max(initial=-1)) + 1)[rows]

    def moved(self, new_rows: NDArray[np.int32], count: int) -> Ranking:
        """Return the ranking after rows moved: `new_rows` is that of `DeskChange`, and there are `count` now."""
        old = np.flatnonzero(new_rows[: len(self)] >= 0)
        new = new_rows[old]

        def follow(values: FloatArray) -> FloatArray:
            result = np.full((count, *values.shape[1:]), np.nan, np.float32)
            result[new] = values[old]
            return result

        alike = None if self.alike is None else follow(self.alike)
        return replace(self, scores=follow(self.scores), parts=follow(self.parts), alike=alike)


def rank_by_terms(
    vectors: Vectors, terms: Sequence[Term], term_vectors: FloatArray, cancel: threading.Event | None = None
) -> Ranking:
    """Rank all images by terms, whose vectors are (t, d). Raises Cancelled."""
    found = search(vectors, term_vectors, np.array([term.weight for term in terms]), cancel=cancel)
    scores = _scattered(found.scores, found.rows, len(vectors))
    return Ranking(scores, _scattered(found.parts, found.rows, len(vectors)), tuple(terms))


def rank_by_likeness(
    vectors: Vectors,
    terms: Sequence[Term],
    examples: FloatArray,
    likeness: Likeness,
    least_alike: float,
    cancel: threading.Event | None = None,
) -> Ranking:
    """Rank images by their similarity to examples (e, d). `least_alike`: see `find_similar`. Raises Cancelled."""
    found = find_similar(vectors, examples, likeness, least_alike=least_alike, cancel=cancel)
    return Ranking(
        _scattered(found.cosine, found.rows, len(vectors)),
        np.empty((len(vectors), 0), np.float32),
        tuple(terms),
        _scattered(found.alike, found.rows, len(vectors)),
    )


def _scattered(values: FloatArray, rows: Rows, count: int) -> FloatArray:
    result = np.full((count, *values.shape[1:]), np.nan, np.float32)
    result[rows] = values
    return result


def _padded(values: FloatArray, count: int) -> FloatArray:
    missing = count - len(values)
    return values if missing <= 0 else np.append(values, np.full(missing, np.nan, np.float32))
