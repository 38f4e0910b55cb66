"""Find exact copies, copies of the same picture, similar pictures and bursts."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from clipdesk.core.desk.kept_pairs import KeptPairs
from clipdesk.core.find.looks import Looks
from clipdesk.core.find.progress import OnProgress, ignore_progress
from clipdesk.core.find.similar import Likeness
from clipdesk.core.find.vectors import Vectors


class Kind(StrEnum):
    """How the images of a group belong together, the closest first."""

    EXACT = "exact copies"
    """The same bytes."""
    SAME = "same picture"
    """Resized, recompressed, or cropped or edited a little."""
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
    """What counts as a duplicate; the defaults are measured (see docs/details.md)."""

    kinds: frozenset[Kind] = frozenset(Kind)
    same_bits: int = 6
    similar_bits: int = 20
    alike: float = 0.9999
    burst_s: float = 10.0


DEFAULT_RULES = DuplicateRules()


def find_duplicates(
    looks: Looks,
    vectors: Vectors | None,
    likeness: Likeness | None,
    *,
    rules: DuplicateRules = DEFAULT_RULES,
    kept: KeptPairs = frozenset(),
    twins: Sequence[tuple[int, int]] = (),
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> list[DuplicateGroup]:
    """Return the groups of duplicates among n images, the largest first within each kind.

    Each image is in one group of exact copies or of the same picture at most, and in one burst or group of similar
    images at most, in which one stands for its copies. `kept` are pairs of contents that the person wants to keep both.
    `twins` are pairs of rows that belong together anyway, such as a RAW file and its JPEG. Without vectors, only copies
    are found. Raises Cancelled.

    To move the others of a group away, plan it with `sorting.plan.plan_by_hand(paths, folder, Action.MOVE)`, so that
    companions, the journal and undo work as in any sort.
    """
    raise NotImplementedError
