"""Which image of a group of duplicates to keep: rules in the person's order, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from clipdesk.core.find.duplicates import DuplicateGroup, Kind


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


_NOTHING_CHOSEN: Mapping[int, int] = MappingProxyType({})


def propose_all(
    groups: Sequence[DuplicateGroup],
    facts: Mapping[int, KeeperFacts],
    rules: Sequence[KeeperRule] = DEFAULT_ORDER,
    chosen: Mapping[int, int] = _NOTHING_CHOSEN,
) -> list[Proposal]:
    """Return which image to keep of each group of `find_duplicates`, whose rows `facts` has.

    `chosen` has the rows that the person chose to keep, by the places of their groups. The rules decide about the
    other groups.

    In a burst or group of similar images, the image that is kept of its copies takes the place of the one that stood
    for them. So the others of all groups can be moved away together, and one of each remains.
    """
    keeper_of: dict[int, int] = {}
    proposals: list[Proposal] = []
    for place, group in enumerate(groups):
        rows = tuple(sorted({keeper_of.get(row, row) for row in group.rows}))
        changed = replace(group, rows=rows, hub=keeper_of.get(group.hub, group.hub))
        kept = chosen.get(place)
        if kept is not None and kept in rows:
            proposal = Proposal(changed, kept, ())
        else:
            proposal = propose(changed, [facts[row] for row in rows], rules)
        proposals.append(proposal)
        keeper_of |= dict.fromkeys((*group.rows, *rows), proposal.keeper)
    return proposals


def rows_to_measure(groups: Iterable[DuplicateGroup]) -> list[int]:
    """Return the rows whose sharpness counts for what is proposed."""
    groups = list(groups)
    chosen = {row for group in groups if group.kind in _SHARPNESS_COUNTS for row in group.rows}
    copies = {row for group in groups if group.hub in chosen for row in group.rows}
    return sorted(chosen | copies)


def propose(
    group: DuplicateGroup, facts: Sequence[KeeperFacts], rules: Sequence[KeeperRule] = DEFAULT_ORDER
) -> Proposal:
    """Return which image of a group to keep. `facts` are those of `group.rows`, in that order.

    The first rule that prefers an image decides, the next one between those that are equal to it. Where all are equal,
    the first row is kept.
    """
    left = list(range(len(facts)))
    reasons: list[KeeperRule] = []
    for rule in rules:
        if rule is KeeperRule.SHARPEST and group.kind not in _SHARPNESS_COUNTS:
            continue
        values = [_value(rule, facts[place]) for place in left]
        known = [value for value in values if value is not None]
        if not known:
            continue
        least = max(known) - _TOLERANCE.get(rule, 0.0)
        # What is unknown neither wins nor loses.
        better = [place for place, value in zip(left, values, strict=True) if value is None or value >= least]
        if len(better) < len(left):
            reasons.append(rule)
        left = better
        if len(left) == 1:
            break
    return Proposal(group, group.rows[left[0]], tuple(reasons))


def differences(facts: Sequence[KeeperFacts]) -> tuple[Difference, ...]:
    """Return in what any of these images differ."""
    seen: dict[Difference, set[object]] = {
        Difference.PIXELS: {(one.width, one.height) for one in facts},
        Difference.BYTES: {one.size_bytes for one in facts},
        Difference.FORMAT: {one.path.suffix.lower() for one in facts},
        Difference.NAME: {one.path.stem for one in facts},
        Difference.FOLDER: {one.path.parent for one in facts},
        Difference.TAKEN: {one.taken_s for one in facts},
        Difference.MODIFIED: {one.modified_s for one in facts},
        Difference.COMPANIONS: {one.companions for one in facts},
    }
    found = [difference for difference, values in seen.items() if len(values) > 1]
    sharpness = [one.sharpness for one in facts if one.sharpness is not None]
    if sharpness and max(sharpness) - min(sharpness) > _TOLERANCE[KeeperRule.SHARPEST]:
        found.append(Difference.SHARPNESS)
    return tuple(found)


#: Copies of one picture differ in size, not in focus: a reduced one would often count as sharper.
_SHARPNESS_COUNTS = (Kind.BURST, Kind.SIMILAR)
#: What a value may fall behind without losing: decibels that nobody sees.
_TOLERANCE = {KeeperRule.SHARPEST: 1.0}


def _value(rule: KeeperRule, facts: KeeperFacts) -> float | None:
    """Return what the rule prefers to be high; None if it is unknown."""
    match rule:
        case KeeperRule.LARGEST:
            return facts.width * facts.height
        case KeeperRule.SHARPEST:
            return facts.sharpness
        case KeeperRule.OLDEST:
            return -_time(facts)
        case KeeperRule.NEWEST:
            return _time(facts)
        case KeeperRule.HEAVIEST:
            return facts.size_bytes
        case KeeperRule.WITH_COMPANIONS:
            return len(facts.companions)
        case KeeperRule.CORRECTED:
            return facts.is_corrected
        case KeeperRule.SHORTEST_NAME:
            return -len(facts.path.stem)


def _time(facts: KeeperFacts) -> float:
    return facts.modified_s if facts.taken_s is None else facts.taken_s
