"""`DeskChange`: a record of one change to the desk, for views, undo and autosave."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import Columns
from clipdesk.core.desk.embedding_table import EmbeddingTable
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.labels.label_set import LabelSet

#: Measured memory per image in an `ImageList`, used to estimate `size_bytes`.
_BYTES_PER_IMAGE = 160


@dataclass(frozen=True)
class RemovedImages:
    """n images that were removed, with their rows (n,) and all their data. `Desk.restore_images` puts them back."""

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
    """The labels that the user gave n images: label ids (n,) before and after."""

    images: ImageList
    before: NDArray[np.int64]
    after: NDArray[np.int64]


@dataclass(frozen=True)
class DeskChange:
    """What one call to a `Desk` method changed. False if nothing changed.

    - `added`: rows appended at the end.
    - `rows` (n,): rows whose scores, error, correction or missing flag changed.
    - `new_rows` (old row count,): the new row of each old row, or -1 if it was removed. None if no row moved.
    - `renewed`: files whose contents changed, or that are back after they were missing.
    - `scores_replaced`: all scores are new. The set of scored labels may be new too.
    - `labels`, `threshold`, `corrected`, `removed`, `restored`: what the user changed, with everything that
      `Desk.revert` needs to undo it. At most one of these is set.
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
        """Whether rows moved because images were removed or inserted."""
        return self.new_rows is not None

    @property
    def can_revert(self) -> bool:
        """Whether this is a change by the user, which can be undone."""
        return any(
            part is not None for part in (self.labels, self.threshold, self.corrected, self.removed, self.restored)
        )

    @property
    def size_bytes(self) -> int:
        """The approximate memory that this change occupies while it is kept, for example for undo."""
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
