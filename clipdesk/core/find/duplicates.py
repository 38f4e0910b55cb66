"""Find exact copies, other copies of the same picture, bursts, and similar pictures, and tell them apart."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.kept_groups import KeptGroups, KeptIndex
from clipdesk.core.errors import raise_if_set
from clipdesk.core.find.looks import Looks
from clipdesk.core.find.pairs import Pairs, compare_all, pair_cosines, tile_likeness
from clipdesk.core.find.progress import OnProgress, ignore_progress
from clipdesk.core.find.similar import Likeness
from clipdesk.core.find.stars import star_groups
from clipdesk.core.find.vectors import Rows, Vectors, take_vectors


class Kind(StrEnum):
    """How the images of a group belong together, the closest first."""

    EXACT = "exact copies"
    """The same bytes."""
    SAME = "same picture"
    """Resized, recompressed, or a little cropped or edited."""
    BURST = "burst"
    """Similar, and taken within seconds of each other."""
    SIMILAR = "similar"
    """Similar, taken at other times or nobody knows when."""


@dataclass(frozen=True)
class DuplicateGroup:
    """Images that belong together: at least two `rows`, in ascending order.

    All resemble the image in the row `hub`, but need not resemble each other. `cosine` is the least similarity with
    it, NaN if it is unknown.
    """

    kind: Kind
    rows: tuple[int, ...]
    hub: int
    cosine: float


@dataclass(frozen=True)
class DuplicateRules:
    """Which kinds to look for, and within how many seconds the images of a burst were taken."""

    kinds: frozenset[Kind] = frozenset(Kind)
    burst_s: float = 10.0


DEFAULT_RULES = DuplicateRules()


def find_duplicates(
    looks: Looks,
    vectors: Vectors | None,
    likeness: Likeness | None,
    *,
    rules: DuplicateRules = DEFAULT_RULES,
    kept: KeptGroups = frozenset(),
    twins: Iterable[tuple[int, int]] = (),
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> list[DuplicateGroup]:
    """Return the groups of duplicates among n images: by kind, and within it in the order of their first rows.

    Each image is in one group of copies at most, and in one burst or group of similar images at most, in which one
    stands for its copies. `kept` are groups of contents that the person wants to keep. `twins` are pairs of rows
    that belong together anyway, such as a RAW file and its JPEG. Without vectors, only exact copies are found. The
    vectors (n, d) are those of the same images, and `likeness` is measured on them and the looks. Raises Cancelled.

    To move the others of groups away, plan it with `sorting.plan.plan_by_hand(paths, folder, Action.MOVE,
    same_content=SameContent.NUMBER)`: companions, the journal and undo then work as in any sort, and copies of one file
    go although the first of them is there already.
    """
    apart = _Apart(looks.contents, kept, twins)
    finder = _Finder(looks, apart, rules)
    # One row for each content stands for its copies from here on.
    rows = finder.group_exact()
    if vectors is not None and likeness is not None and rules.kinds != {Kind.EXACT}:
        rows = rows[looks.is_known[rows]]
        embeddings = take_vectors(vectors, rows)
        compared = compare_all(
            looks.dhash[rows],
            embeddings,
            close_bits=_COPY_BITS,
            bits=_SIMILAR_BITS,
            least_cosine=likeness.cosine_at(_SIMILAR),
            on_progress=on_progress,
            cancel=cancel,
        )
        pairs = Pairs(rows[compared.first], rows[compared.second], compared.bits, compared.cosine)
        alike = tile_likeness(looks.tiles, pairs.first, pairs.second)
        is_copy = _are_copies(looks, pairs, alike, likeness)
        finder.group(Kind.SAME, pairs.take(is_copy))
        raise_if_set(cancel)
        finder.group(Kind.BURST, _burst_pairs(looks, vectors, rows, rules.burst_s, likeness))
        is_similar = (pairs.cosine >= likeness.cosine_at(_SIMILAR)) & (alike >= _SIMILAR_TILES) & ~is_copy
        finder.group(Kind.SIMILAR, pairs.take(is_similar))
        finder.measure(vectors)
    order = list(Kind)
    return sorted(finder.groups, key=lambda group: (order.index(group.kind), group.rows))


#: What makes a copy: few different bits and the same tiles with any likeness, or more of both with much likeness. Of 51
#: million pairs of different pictures, none passes, while 99 % of copies do (`packaging/bench/find.py`). At most 6 bits
#: alone let 37 pass.
_CLOSE_BITS, _CLOSE_TILES, _CLOSE_LIKE = 6, 0.97, 0.9
_COPY_BITS, _COPY_TILES, _COPY_LIKE = 10, 0.9, 0.9999
#: What makes a similar picture. Without the tiles, ten times as many different pictures passed.
_SIMILAR_BITS, _SIMILAR_TILES, _SIMILAR = 20, 0.8, 0.9999
#: Of a burst, the time says the most.
_BURST_LIKE = 0.999
#: Frames of one second and size differ by more than recompression does.
_SAME_FRAME_TILES = 0.995
#: Images that are compared with those taken after them.
_MOST_NEXT = 100


def _are_copies(looks: Looks, pairs: Pairs, alike: NDArray[np.float32], likeness: Likeness) -> NDArray[np.bool_]:
    """Return which pairs (k,) are copies of the same picture."""
    is_close = (pairs.bits <= _CLOSE_BITS) & (alike >= _CLOSE_TILES)
    is_close &= pairs.cosine >= likeness.cosine_at(_CLOSE_LIKE)
    is_copy = (pairs.bits <= _COPY_BITS) & (alike >= _COPY_TILES) & (pairs.cosine >= likeness.cosine_at(_COPY_LIKE))
    first, second = pairs.first, pairs.second
    # A copy was taken when the original was, or does not know when. Frames of a burst from a tripod look the same.
    apart_s = np.abs(looks.taken_s[first] - looks.taken_s[second])
    same_size = (looks.widths[first] == looks.widths[second]) & (looks.heights[first] == looks.heights[second])
    is_frame = (apart_s > 0) | ((apart_s == 0) & same_size & (alike < _SAME_FRAME_TILES))
    return np.asarray((is_close | is_copy) & ~is_frame)


def _burst_pairs(looks: Looks, vectors: Vectors, rows: Rows, burst_s: float, likeness: Likeness) -> Pairs:
    """Return the pairs of these rows that were taken within so many seconds, and are similar."""
    rows = rows[~np.isnan(looks.taken_s[rows])]
    rows = rows[np.argsort(looks.taken_s[rows], kind="stable")]
    times = looks.taken_s[rows]
    found: list[tuple[Rows, Rows]] = []
    for step in range(1, min(_MOST_NEXT, len(rows) - 1) + 1):
        near = np.flatnonzero(times[step:] - times[:-step] <= burst_s)
        if not len(near):
            break
        found.append((rows[near], rows[near + step]))
    first = np.concatenate([a for a, _ in found]) if found else np.empty(0, np.intp)
    second = np.concatenate([b for _, b in found]) if found else np.empty(0, np.intp)
    cosine = pair_cosines(vectors, first, second)
    pairs = Pairs(first, second, np.zeros(len(first), np.int16), cosine)
    return pairs.take(cosine >= likeness.cosine_at(_BURST_LIKE))


class _Apart:
    """Which rows must not be in one group."""

    def __init__(self, contents: Sequence[bytes], kept: KeptGroups, twins: Iterable[tuple[int, int]]) -> None:
        self._contents = contents
        self._kept = KeptIndex(kept)
        self._twins = {(min(pair), max(pair)) for pair in twins}

    def may_join(self, row: int, others: Iterable[int]) -> bool:
        """Return whether a row may be in one group with all of the others."""
        if not self._kept and not self._twins:
            return True
        return all(
            (min(row, other), max(row, other)) not in self._twins
            and not self._kept.are_kept(self._contents[row], self._contents[other])
            for other in others
        )


class _Finder:
    """Makes groups, kind after kind, and remembers which row stands for others."""

    def __init__(self, looks: Looks, apart: _Apart, rules: DuplicateRules) -> None:
        self.groups: list[DuplicateGroup] = []
        self._looks = looks
        self._apart = apart
        self._rules = rules
        self._copies: dict[int, tuple[int, ...]] = {}  # the rows that a row stands for, itself included
        self._stands_for: dict[int, int] = {}  # the row that stands for a row

    def group_exact(self) -> Rows:
        """Group images of the same content. Return the rows that stand for all images with a known content."""
        by_content: dict[bytes, list[int]] = {}
        for row, content in enumerate(self._looks.contents):
            if content:
                by_content.setdefault(content, []).append(row)
        for rows in by_content.values():
            if len(rows) > 1 and self._apart.may_join(rows[0], rows[1:2]):
                self._copies[rows[0]] = tuple(rows)
                if Kind.EXACT in self._rules.kinds:
                    self.groups.append(DuplicateGroup(Kind.EXACT, tuple(rows), rows[0], 1.0))
        return np.array([rows[0] for rows in by_content.values()], np.intp)

    def group(self, kind: Kind, pairs: Pairs) -> None:
        """Group images by pairs. A pair counts for the images that stand for its two."""
        if kind not in self._rules.kinds:
            return
        stand = self._stands_for
        edges = {
            (min(a, b), max(a, b))
            for a, b in (
                (stand.get(a, a), stand.get(b, b))
                for a, b in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
            )
            if a != b
        }
        for hub, *others in star_groups(edges, self._apart.may_join):
            rows = {hub, *others}
            stand.update(dict.fromkeys(others, hub))
            if kind is Kind.SAME:
                rows = {copy for row in rows for copy in self._copies.get(row, (row,))}
                self._copies[hub] = tuple(sorted(rows))
                # One group says it all: the copies of copies are in it.
                self.groups = [group for group in self.groups if group.hub not in rows]
            self.groups.append(DuplicateGroup(kind, tuple(sorted(rows)), hub, float("nan")))

    def measure(self, vectors: Vectors) -> None:
        """Fill in the least cosine of each group."""
        for place, group in enumerate(self.groups):
            if np.isnan(group.cosine):
                rows = np.array(group.rows)
                least = pair_cosines(vectors, np.full(len(rows), group.hub), rows).min()
                self.groups[place] = DuplicateGroup(group.kind, group.rows, group.hub, float(min(least, 1.0)))
