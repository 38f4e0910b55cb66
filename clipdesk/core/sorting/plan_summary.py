"""What a plan will do, in figures: by target folder, clashes, companions, and what stays by reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.sorting.steps import Plan, Reason, Stay, Step

#: Images that stand for a folder.
FIRST_IMAGES = 4


@dataclass
class FolderSummary:
    """One target folder: how many images and companions go there, their bytes, and the sources of the first images."""

    folder: Path
    images: int = 0
    companions: int = 0
    size_bytes: int = 0
    first_images: tuple[Path, ...] = ()


@dataclass(frozen=True)
class PlanSummary:
    """The figures of a plan. Indices are those of `Plan.steps`.

    `folders` are in the order of their paths. `stays` are by reason, in the order in which `Reason` lists them.
    """

    images: int
    companions: int
    size_bytes: int
    folders: Sequence[FolderSummary]
    clashes: Sequence[int]
    """Images that get a number because their name is taken."""
    companion_steps: Sequence[int]
    stays: Mapping[Reason, Sequence[Stay]]


def summarize(plan: Plan) -> PlanSummary:
    """Return the figures of a plan, at some µs for each file."""
    folders: dict[Path, FolderSummary] = {}
    clashes: list[int] = []
    companions: list[int] = []
    for number, step in enumerate(plan.steps):
        folder = _folder_of(step, folders)
        folder.size_bytes += step.size
        if step.reason is Reason.COMPANION:
            companions.append(number)
            folder.companions += 1
            continue
        folder.images += 1
        if folder.images <= FIRST_IMAGES:
            folder.first_images = (*folder.first_images, step.source)
        if step.is_numbered:
            clashes.append(number)
    stays: dict[Reason, list[Stay]] = {reason: [] for reason in Reason}
    for stay in plan.stays:
        stays[stay.reason].append(stay)
    return PlanSummary(
        images=len(plan.steps) - len(companions),
        companions=len(companions),
        size_bytes=sum(folder.size_bytes for folder in folders.values()),
        folders=tuple(folders[path] for path in sorted(folders)),
        clashes=clashes,
        companion_steps=companions,
        stays={reason: found for reason, found in stays.items() if found},
    )


def _folder_of(step: Step, folders: dict[Path, FolderSummary]) -> FolderSummary:
    parent = step.target.parent
    folder = folders.get(parent)
    if folder is None:
        folder = folders[parent] = FolderSummary(parent)
    return folder
