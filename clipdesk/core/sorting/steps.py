"""What a sort consists of: steps, the files that stay, and how each step ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from clipdesk.core.labels.label_set import LabelId


class Action(StrEnum):
    """What happens to each file of a sort."""

    COPY = "copy"
    MOVE = "move"
    HARD_LINK = "hard"
    SYMBOLIC_LINK = "symbolic"


class Reason(StrEnum):
    """Why an image goes where it goes, or why a file stays."""

    LABEL = "label"
    UNSURE = "unsure"
    NONE = "none"
    BY_HAND = "by hand"
    COMPANION = "companion"

    NO_FOLDER = "no folder for its label"
    NOT_LABELLED = "not labelled yet"
    UNREADABLE = "unreadable"
    LOW_PROBABILITY = "probability too low"
    LOW_MARGIN = "margin too small"
    UNTICKED = "left out"
    ALREADY_THERE = "already there"
    SAME_CONTENT = "the same file is there already"
    AMBIGUOUS_COMPANION = "belongs to several pictures"
    CHANGED = "changed since it was labelled"
    GONE = "no longer there"
    NOT_ALLOWED = "access refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An image that may be sorted, as the desk knows it.

    `label_id` and `label` are its decided label (NO_LABEL and "" if there is none), `status` the decision's status.
    `size` (bytes) and `mtime_ns` are those of the file when it was labelled. Probability and margin are 0…1, NaN if
    there is no score. `is_corrected`: the person chose the label, so that no minimum applies.
    """

    path: Path
    size: int
    mtime_ns: int
    label_id: LabelId
    label: str
    status: int
    probability: float
    margin: float
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One file that goes to one target.

    `size` and `mtime_ns` are those of the source when it was planned: a source that differs when its turn comes is
    skipped. `image` is the index, in the plan's steps, of the image that a companion follows, or the step's own index.
    `is_numbered` tells that the target's name was taken, so that a number was added to it.
    """

    source: Path
    target: Path
    action: Action
    size: int
    mtime_ns: int
    reason: Reason
    label: str = ""
    image: int = -1
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """A file that stays where it is, and why. `detail` completes the reason in words that a person reads."""

    path: Path
    reason: Reason
    detail: str = ""


@dataclass(frozen=True)
class Plan:
    """What a sort will do. Making it changes nothing on disk, and applying it does exactly this.

    `problems` are sentences that forbid applying the plan: too little space on a disk, two labels that would share a
    folder. `root` is the folder that the target folders are in.
    """

    root: Path
    action: Action
    steps: tuple[Step, ...]
    stays: tuple[Stay, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step that was not carried out, or a file that undo left alone."""

    path: Path
    reason: Reason
    detail: str = ""


@dataclass(frozen=True)
class SortReport:
    """How a sort, an undo or a recovery ended.

    `sort_id` is the journal's number of the sort. `done` are the pairs (from, to) of the files that were moved, copied
    or linked, companions included; of an undo, the pairs that were put back: (where it was, where it is again). The
    copy or link that an undo removes is the first of its pair. `was_cancelled`: the rest was not begun. `message` is a
    sentence when the sort ended early, or when recovery had to finish it.
    """

    sort_id: int
    action: Action
    done: tuple[tuple[Path, Path], ...]
    skipped: tuple[Skipped, ...] = ()
    was_cancelled: bool = False
    is_undo: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True)
class SortProgress:
    """How far a sort or an undo is, companions included."""

    files: int
    all_files: int
    bytes: int
    all_bytes: int
