"""`DeskChange`: a record of one change to the desk, for views, undo and autosave."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import Columns
from clipdesk.core.desk.embedding_table import EmbeddingTable
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.kept_groups import KeptGroups
from clipdesk.core.labels.label_set import LabelSet

#: Measured memory per image in an `ImageList`, used to estimate `size_bytes`.
_BYTES_PER_IMAGE = 160
#: Of a pair of content keys in a set.
_BYTES_PER_KEPT = 120


@dataclass(frozen=True)
class RemovedImages:
    """n images that were removed, with their rows (n,) and all their data. `Desk.restore_images` puts them back."""

    rows: NDArray[np.intp]
    images: ImageList
    tables: dict[str, EmbeddingTable]
    corrections: Columns
    marks: Columns
    missing: frozenset[Path] = frozenset()

    @property
    def size_bytes(self) -> int:
        tables = sum(table.size_bytes for table in self.tables.values())
        return (
            self.rows.nbytes
            + _BYTES_PER_IMAGE * len(self.images)
            + tables
            + self.corrections.size_bytes
            + self.marks.size_bytes
        )


@dataclass(frozen=True)
class LabelsChange:
    """The label set before and after."""

    before: LabelSet
    after: LabelSet

    @cached_property
    def only_thresholds(self) -> bool:
        """Whether nothing but thresholds of labels differs, so that all scores stay."""
        before, after = (
            replace(one, labels=tuple(replace(label, threshold=None) for label in one.labels))
            for one in (self.before, self.after)
        )
        return before == after and before.ids == after.ids


@dataclass(frozen=True)
class Correction:
    """What the user said about n images: label ids (n,) before and after.

    `shares_before` (n,) are the entries of `ReviewMarks.shares` before. While `Desk.generation` is `generation`, the
    images are still in `DeskChange.rows`. Looking up a million paths takes 6 s.
    """

    images: ImageList
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    shares_before: NDArray[np.float32]
    generation: int


@dataclass(frozen=True)
class Relocation:
    """n images whose files are at other paths now: their rows (n,) after the change, and the files before and after."""

    rows: NDArray[np.intp]
    before: ImageList
    after: ImageList

    @property
    def paths(self) -> dict[Path, Path]:
        """The new path of each file, by its old one."""
        before, after = (map(images.path, range(len(images))) for images in (self.before, self.after))
        return dict(zip(before, after, strict=True))

    @property
    def renames(self) -> bool:
        """Whether any file has another name, and not only another folder."""
        return self.before.names != self.after.names

    def follow(self, images: ImageList) -> ImageList:
        """Return the list with the new paths of those images that were relocated."""
        places, taken = images.rows_of(self.before), images.rows_of(self.after)
        # A path that another image of the list has already stays that one's.
        found = np.flatnonzero((places >= 0) & ((taken < 0) | np.isin(taken, places)))
        if not len(found):
            return images
        followed = images.copy()
        followed.relocate(places[found], self.after.take(found))
        return followed


@dataclass(eq=False)
class SortedFiles:
    """A sort of files, as a step that can be undone. The desk does not change with it: `Relocation` does that.

    `sort_id` is the number, in the journal of sorts, of the sort that an undo of this step would take back now. It
    changes with each undo and redo, because these are sorts, too.
    """

    sort_id: int
    count: int


@dataclass(frozen=True)
class DeskChange:
    """What one call to a `Desk` method changed. False if nothing changed.

    - `added`: rows appended at the end.
    - `rows` (n,): rows whose scores, error, correction or missing flag changed.
    - `new_rows` (old row count,): the new row of each old row, or -1 if it was removed. None if no row moved.
    - `renewed`: files whose contents changed, or that are back after they were missing.
    - `scores_replaced`: all scores are new. The set of scored labels may be new too.
    - `relocated`: images whose files were moved. Undo of that is a matter of the files, so it cannot be reverted here.
    - `labels`, `threshold`, `corrected`, `removed`, `restored`, `kept_groups`: what the user changed, with everything
      that `Desk.revert` needs to undo it. At most one of these is set.
    - `follows_contents`: whether corrections changed because their pictures were found in other files.
    - `sorted_files`: files that were sorted, which the session undoes.
    - `round_began`: a round of review began, which cannot be undone.
    """

    added: range = range(0)
    rows: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    new_rows: NDArray[np.int32] | None = None
    renewed: tuple[Path, ...] = ()
    scores_replaced: bool = False
    relocated: Relocation | None = None
    labels: LabelsChange | None = None
    threshold: tuple[float, float] | None = None
    corrected: Correction | None = None
    removed: RemovedImages | None = None
    restored: ImageList | None = None
    sorted_files: SortedFiles | None = None
    round_began: bool = False
    follows_contents: bool = False
    kept_groups: tuple[KeptGroups, KeptGroups] | None = None

    def __bool__(self) -> bool:
        is_seen = self.moved or self.relocated is not None or self.can_revert or self.round_began
        return bool(len(self.added) or len(self.rows) or self.scores_replaced or is_seen)

    @property
    def moved(self) -> bool:
        """Whether rows moved because images were removed or inserted."""
        return self.new_rows is not None

    @property
    def can_revert(self) -> bool:
        """Whether this is a change by the user, which can be undone."""
        images = (self.corrected, self.removed, self.restored)
        parts = (*images, self.labels, self.threshold, self.sorted_files, self.kept_groups)
        return any(part is not None for part in parts)

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
            size += (_BYTES_PER_IMAGE + 20) * len(self.corrected.images)
        if self.kept_groups is not None:
            size += _BYTES_PER_KEPT * sum(map(len, self.kept_groups[0] ^ self.kept_groups[1]))
        if self.labels is not None:
            size += sum(len(repr(label)) for label in (*self.labels.before.labels, *self.labels.after.labels))
        return size

    def after_relocation(self, relocation: Relocation) -> DeskChange:
        """Return the change with the new paths of images that were relocated since, so that it can still be undone."""
        corrected, removed, restored, labels = self.corrected, self.removed, self.restored, self.labels
        if corrected is not None:
            corrected = replace(corrected, images=relocation.follow(corrected.images))
        if removed is not None:
            paths = relocation.paths
            missing = frozenset(paths.get(path, path) for path in removed.missing)
            removed = replace(removed, images=relocation.follow(removed.images), missing=missing)
        if restored is not None:
            restored = relocation.follow(restored)
        if labels is not None:
            before, after = (one.with_moved_references(relocation.paths) for one in (labels.before, labels.after))
            labels = LabelsChange(before, after)
        return replace(self, corrected=corrected, removed=removed, restored=restored, labels=labels)
