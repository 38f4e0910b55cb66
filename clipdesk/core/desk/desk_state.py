"""What a document keeps of a desk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.comparison import Comparison
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.kept_groups import KeptGroups
from clipdesk.core.desk.review_marks import ReviewMarks
from clipdesk.core.labels.label_set import LabelId, LabelSet

#: Content key of a corrected image (empty if it is not known), and the label that the user gave it, by path.
Corrections = dict[Path, tuple[bytes, LabelId]]


@dataclass(frozen=True)
class DeskState:
    """A copy of everything that is worth keeping: embeddings and scores are in the store, or can be computed again.

    `corrected_rows` (k,) and `corrected_ids` (k,) are the corrections of the images. `absent_corrections` are those of
    files that are not on the desk at the moment. `sources` are the files and folders that the user added, which are
    watched. `taken_off` are images in them that the user does not want. `threshold` is None if nobody has set one.
    `model` is the name of the model, and `encoder` its identity key; both are empty if there was none. `view` is what
    the window wants to keep, and `teaching` what the session knows about learning from corrections, in formats of their
    own. `comparisons` are those of wordings, the latest last. `reviews` are the images in rounds of review. Nobody
    changes the arrays and lists.
    """

    label_set: LabelSet = field(default_factory=LabelSet)
    threshold: float | None = None
    images: ImageList = field(default_factory=ImageList)
    corrected_rows: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    corrected_ids: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    absent_corrections: Corrections = field(default_factory=dict)
    sources: tuple[Path, ...] = ()
    taken_off: ImageList = field(default_factory=ImageList)
    model: str = ""
    encoder: str = ""
    view: str = ""
    comparisons: tuple[Comparison, ...] = ()
    teaching: str = ""
    reviews: ReviewMarks = field(default_factory=ReviewMarks)
    corrected_contents: tuple[bytes, ...] = ()
    """The content keys of the corrected rows, empty for those that are not known; or () if none is known."""
    kept_groups: KeptGroups = frozenset()
    """Images that look alike and are all wanted, by content."""
    set_aside: Mapping[Path, Path] = field(default_factory=dict)
    """Where duplicates were before they were moved away, by where they are now."""

    @property
    def title(self) -> str:
        """The name of the source that holds the first image, or else of the image's folder; empty without images."""
        if not len(self.images):
            return ""
        folder = self.images.folders[self.images.folder_numbers[0]]
        holders = (source for source in self.sources if folder.startswith(os.path.join(source, "")))  # noqa: PTH118
        place = next(holders, Path(folder))
        return place.name or str(place)

    @property
    def absent_contents(self) -> dict[bytes, LabelId]:
        """The labels of contents that are not on the desk at the moment."""
        return {content: label for content, label in self.absent_corrections.values() if content}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not self.label_set.labels and not len(self.images)


@dataclass(frozen=True)
class DeskSummary:
    """What a document contains, without its images. `document` is its path if it has a name."""

    title: str
    label_set: LabelSet
    threshold: float | None
    model: str
    sources: tuple[Path, ...]
    image_count: int
    document: Path | None = None
