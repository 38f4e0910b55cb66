"""The rules of a sort: which image goes into which folder."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from clipdesk.core.desk.decisions import Status
from clipdesk.core.labels.label_set import LabelId
from clipdesk.core.sorting.folder_names import folder_name, relative_folder
from clipdesk.core.sorting.steps import Action, Candidate, Reason


class SameContent(StrEnum):
    """What happens to a file whose target's name is taken by a file with the same bytes."""

    SKIP = "skip"
    NUMBER = "number"


@dataclass(frozen=True)
class SortingRules:
    """Where images go, below `root` or at absolute paths.

    - `folder_of`: a label's folder, where it is not the label's name: relative to `root`, absolute, or None for no
      folder. Several labels may have the same folder.
    - `min_probability`, `min_margin` (0…1): images below either are treated as unsure. Not asked of corrections.
    - `unsure`, `none`: the folder for unsure images and for those that the person gave no label; None: they stay.
    - `keep_tree`: keep the folders below the one of `bases` that an image is in. Otherwise all images of a label lie
      side by side.
    - `unticked`: images and companions that the person left out.
    - `renamed`: other names for planned folders, both relative to `root` or absolute.
    """

    root: Path
    action: Action = Action.COPY
    folder_of: Mapping[LabelId, Path | None] = field(default_factory=dict)
    min_probability: float = 0.0
    min_margin: float = 0.0
    unsure: Path | None = None
    none: Path | None = None
    keep_tree: bool = False
    bases: tuple[Path, ...] = ()
    same_content: SameContent = SameContent.SKIP
    with_companions: bool = True
    unticked: frozenset[Path] = frozenset()
    renamed: Mapping[Path, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Destination:
    """The folder that an image goes to, relative to the root or absolute, or None if it stays; and the reason.

    `is_by_name`: the folder comes from the label's name, and the person did not choose it.
    """

    folder: Path | None
    reason: Reason
    is_by_name: bool = False


class Destinations:
    """Finds the destination of each image. Remembers those of labels."""

    def __init__(self, rules: SortingRules) -> None:
        self._rules = rules
        self._renamed = {_safe(old): _safe(new) for old, new in rules.renamed.items()}
        self._unsure = self._chosen(rules.unsure)
        self._none = self._chosen(rules.none)
        self._of_label: dict[LabelId, Destination] = {}

    def of(self, candidate: Candidate) -> Destination:
        """Return where an image goes by its label, or why it stays."""
        match candidate.status:
            case Status.WAITING:
                return Destination(None, Reason.NOT_LABELLED)
            case Status.ERROR:
                return Destination(None, Reason.UNREADABLE)
            case Status.NONE:
                return Destination(self._none, Reason.NONE)
            case Status.UNSURE:
                return Destination(self._unsure, Reason.UNSURE)
        if not candidate.is_corrected:
            # Not `<`, so that NaN is too low as well.
            if not _reaches(candidate.probability, self._rules.min_probability):
                return Destination(self._unsure, Reason.LOW_PROBABILITY)
            if not _reaches(candidate.margin, self._rules.min_margin):
                return Destination(self._unsure, Reason.LOW_MARGIN)
        found = self._of_label.get(candidate.label_id)
        if found is None:
            found = self._of_label[candidate.label_id] = self._for_label(candidate.label_id, candidate.label)
        return found

    def _for_label(self, label_id: LabelId, label: str) -> Destination:
        if label_id in self._rules.folder_of:
            folder = self._chosen(self._rules.folder_of[label_id])
            return Destination(folder, Reason.LABEL if folder is not None else Reason.NO_FOLDER)
        by_name = Path(folder_name(label))
        folder = self._renamed.get(by_name, by_name)
        return Destination(folder, Reason.LABEL, is_by_name=folder == by_name)

    def _chosen(self, folder: Path | None) -> Path | None:
        if folder is None:
            return None
        safe = _safe(folder)
        return self._renamed.get(safe, safe)


def _reaches(value: float, minimum: float) -> bool:
    return minimum <= 0 or (not math.isnan(value) and value >= minimum)


def _safe(folder: Path) -> Path:
    return folder if folder.is_absolute() else relative_folder(folder)
