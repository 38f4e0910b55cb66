"""What one change of the desk did: all that views, undo and whatever saves the desk have to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import Columns
from clipdesk.core.desk.embedding_table import EmbeddingTable
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.labels.label_set import LabelSet

#: What an image costs in an ImageList, measured (see ImageList), for `DeskChange.size_bytes`.
_BYTES_PER_IMAGE = 160


@dataclass(frozen=True)
class RemovedImages:
    """What `Desk.restore_images` needs to put n images back: their rows (n,), and everything that was known of them."""

    rows: NDArray[np.intp]
    images: ImageList
    tables: dict[str, EmbeddingTable]
    corrections: Columns
    missing: frozenset[Path] = frozenset()

    @property
    def size_bytes(self) -> int:
        tables = sum(table.size_bytes for table in self.tables.values())
        return self.rows.nbytes + _BYTES_PER_IMAGE * len(self.images) + tables + self.corrections.size_bytes


@dataclass(frozen=True)
class LabelsChange:
    """The label set before and after."""

    before: LabelSet
    after: LabelSet


@dataclass(frozen=True)
class Correction:
    """What the user said of n images: the ids (n,) of their labels before and after."""

    images: ImageList
    before: NDArray[np.int64]
    after: NDArray[np.int64]


@dataclass(frozen=True)
class DeskChange:
    """What one method of the desk changed; false when nothing did.

    - `added`: rows that are new at the end.
    - `rows` (n,): rows of which scores, errors, corrections or the mark of a missing file are new.
    - `new_rows` (rows before,): where each row is now, -1 when it left; None when none moved.
    - `renewed`: files whose contents are new, or that are back after they were gone.
    - `scores_replaced`: all scores are new, and perhaps the labels that they have columns for.
    - `labels`, `threshold`, `corrected`, `removed`, `restored`: what the user changed, with all that `Desk.revert`
      needs to take it back. At most one of these is set.
    """

    added: range = range(0)
    rows: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    new_rows: NDArray[np.int32] | None = None
    renewed: tuple[Path, ...] = ()
    scores_replaced: bool = False
    labels: LabelsChange | None = None
    threshold: tuple[float, float] | None = None
    corrected: Correction | None = None
    removed: RemovedImages | None = None
    restored: ImageList | None = None

    def __bool__(self) -> bool:
        return bool(len(self.added) or len(self.rows) or self.scores_replaced or self.moved or self.can_revert)

    @property
    def moved(self) -> bool:
        """Whether rows moved: images left, or came in between others."""
        return self.new_rows is not None

    @property
    def can_revert(self) -> bool:
        """Whether the user did this, so that it can be taken back."""
        return any(
            part is not None for part in (self.labels, self.threshold, self.corrected, self.removed, self.restored)
        )

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes to keep this, for instance on the undo stack."""
        size = 0 if self.new_rows is None else self.new_rows.nbytes
        size += self.rows.nbytes
        if self.removed is not None:
            size += self.removed.size_bytes
        if self.restored is not None:
            size += _BYTES_PER_IMAGE * len(self.restored)
        if self.corrected is not None:
            size += (_BYTES_PER_IMAGE + 16) * len(self.corrected.images)
        if self.labels is not None:
            size += sum(len(repr(label)) for label in (*self.labels.before.labels, *self.labels.after.labels))
        return size
