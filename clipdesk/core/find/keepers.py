"""Which image of a group of duplicates to keep: rules in the person's order, and what differs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from clipdesk.core.find.duplicates import DuplicateGroup


class KeeperRule(StrEnum):
    """What makes an image the one to keep."""

    LARGEST = "largest"
    """The most pixels."""
    SHARPEST = "sharpest"
    """Clearly sharper than the others. Counts only in bursts and groups of similar images."""
    OLDEST = "oldest"
    """Taken first, or else modified first."""
    NEWEST = "newest"
    HEAVIEST = "largest file"
    """The most bytes: the least compressed."""
    WITH_COMPANIONS = "with companions"
    """Files that belong to it, such as a sidecar or a RAW twin, so that they stay together."""
    CORRECTED = "labelled by hand"
    SHORTEST_NAME = "shortest name"
    """Not `IMG_1 (2).jpg` or `Copy of IMG_1.jpg`."""


#: The person may put them in another order, or leave some out.
DEFAULT_ORDER: tuple[KeeperRule, ...] = (
    KeeperRule.LARGEST,
    KeeperRule.SHARPEST,
    KeeperRule.HEAVIEST,
    KeeperRule.WITH_COMPANIONS,
    KeeperRule.CORRECTED,
    KeeperRule.OLDEST,
    KeeperRule.SHORTEST_NAME,
)


@dataclass(frozen=True)
class KeeperFacts:
    """What the rules read of one image. `sharpness` and `taken_s` are None where they are unknown."""

    path: Path
    width: int
    height: int
    size_bytes: int
    modified_s: float
    taken_s: float | None = None
    sharpness: float | None = None
    companions: tuple[str, ...] = ()
    is_corrected: bool = False


@dataclass(frozen=True)
class Proposal:
    """The row to keep of a group, and the rules that decided: those by which any other image falls behind."""

    group: DuplicateGroup
    keeper: int
    reasons: tuple[KeeperRule, ...]

    @property
    def others(self) -> tuple[int, ...]:
        """The rows of the images that may go."""
        return tuple(row for row in self.group.rows if row != self.keeper)


class Difference(StrEnum):
    """In what two images of a group differ."""

    PIXELS = "size in pixels"
    BYTES = "size in bytes"
    FORMAT = "format"
    NAME = "name"
    FOLDER = "folder"
    TAKEN = "time taken"
    MODIFIED = "time modified"
    SHARPNESS = "sharpness"
    COMPANIONS = "companions"


def propose(
    group: DuplicateGroup, facts: Sequence[KeeperFacts], rules: Sequence[KeeperRule] = DEFAULT_ORDER
) -> Proposal:
    """Return which image of a group to keep. `facts` are those of `group.rows`, in that order.

    The first rule that prefers an image decides; the next one decides between those that are equal to it.
    """
    raise NotImplementedError


def differences(facts: Sequence[KeeperFacts]) -> Collection[Difference]:
    """Return in what any of these images differ."""
    raise NotImplementedError
