"""Plan a sort: what goes where, what stays and why. Nothing on disk changes."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.errors import Cancelled
from clipdesk.core.pictures.scan import LATEST_NS
from clipdesk.core.sorting.companions import Companion, FolderCompanions, find_companions
from clipdesk.core.sorting.listings import Listings, split
from clipdesk.core.sorting.placing import Placing, SourceFile
from clipdesk.core.sorting.problems import FolderLoad, find_problems, shared_folder_problems
from clipdesk.core.sorting.rules import Destinations, SameContent, SortingRules
from clipdesk.core.sorting.steps import Action, Candidate, Plan, Reason, Stay, Step
from clipdesk.core.sorting.target_folders import TargetFolders


def make_plan(candidates: Sequence[Candidate], rules: SortingRules, *, cancel: threading.Event | None = None) -> Plan:
    """Plan a sort of these images by their labels.

    Reads each folder once, and file contents only where names clash and sizes are equal. Images that changed or
    vanished since they were labelled stay. Steps are in the order of `candidates`, companions behind their image. The
    companions of an image that stays are not listed. Raises Cancelled once `cancel` is set.
    """
    destinations = Destinations(rules)
    stays: list[Stay] = []
    goals: list[_Goal] = []
    by_name: dict[Path, set[str]] = {}
    for candidate in candidates:
        found = destinations.of(candidate)
        if found.folder is None:
            stays.append(Stay(candidate.path, found.reason))
        elif rules.unticked and candidate.path in rules.unticked:
            stays.append(Stay(candidate.path, Reason.UNTICKED))
        else:
            if found.is_by_name:
                by_name.setdefault(found.folder, set()).add(candidate.label)
            state = candidate.size, candidate.mtime_ns
            goals.append(_Goal(candidate.path, found.folder, found.reason, candidate.label, state))
    return _Planner(rules, cancel).plan(goals, stays, shared_folder_problems(by_name))


def plan_by_hand(
    images: Iterable[Path],
    folder: Path,
    action: Action,
    *,
    same_content: SameContent = SameContent.SKIP,
    with_companions: bool = True,
    cancel: threading.Event | None = None,
) -> Plan:
    """Plan to put these images into one folder, with the same rules for names and companions as `make_plan`.

    They go as they are now, whether or not they changed since they were labelled.
    """
    rules = SortingRules(folder, action, same_content=same_content, with_companions=with_companions)
    goals = [_Goal(path, Path(), Reason.BY_HAND, "", None) for path in images]
    return _Planner(rules, cancel).plan(goals)


@dataclass(frozen=True, slots=True)
class _Goal:
    """An image that should go to a folder, and the size and mtime_ns that it must have, if any."""

    path: Path
    folder: Path
    reason: Reason
    label: str
    state: tuple[int, int] | None


class _Planner:
    """Makes one plan."""

    def __init__(self, rules: SortingRules, cancel: threading.Event | None) -> None:
        self._rules = rules
        self._cancel = cancel or threading.Event()
        self._listings = Listings()
        self._targets = TargetFolders(rules, self._listings)
        self._images: dict[str, set[str]] = {}  # the names of the images in each folder, those that stay included
        self._companions: dict[str, FolderCompanions] = {}
        self._steps: list[Step] = []
        self._stays: list[Stay] = []
        self._ambiguous: dict[str, tuple[str, ...]] = {}
        self._loads: dict[str, FolderLoad] = {}

    def plan(self, goals: Sequence[_Goal], stays: Sequence[Stay] = (), problems: Sequence[str] = ()) -> Plan:
        self._stays += stays
        for stay in stays:
            self._note_image(*split(stay.path))
        places = self._places(goals)
        leaving = frozenset(
            (self._listings.of(folder).real, name) for _, folder, name in places if self._rules.action is Action.MOVE
        )
        skip_same = self._rules.same_content is SameContent.SKIP
        placing = Placing(self._listings, leaving, skip_same=skip_same, cancel=self._cancel)
        for goal, folder, name in places:
            if self._cancel.is_set():
                raise Cancelled("Planning was stopped.")
            self._plan_image(goal, folder, name, placing)
        for path, images in self._ambiguous.items():
            self._stays.append(Stay(Path(path), Reason.AMBIGUOUS_COMPANION, ", ".join(images)))
        found = find_problems(self._targets.root, self._rules.action, self._loads)
        return Plan(
            Path(self._targets.root), self._rules.action, tuple(self._steps), tuple(self._stays), (*problems, *found)
        )

    def _places(self, goals: Sequence[_Goal]) -> list[tuple[_Goal, str, str]]:
        """Return each goal with the folder and name of its image. A file that two paths lead to goes once."""
        places: list[tuple[_Goal, str, str]] = []
        seen: dict[str, dict[str, Path]] = {}  # for each folder without links: the images by name
        for goal in goals:
            folder, name = split(goal.path)
            self._note_image(folder, name)
            in_folder = seen.setdefault(self._listings.of(folder).real, {})
            first = in_folder.get(name)
            if first is None:
                in_folder[name] = goal.path
                places.append((goal, folder, name))
            elif first != goal.path:
                self._stays.append(Stay(goal.path, Reason.SAME_CONTENT, str(first)))
        return places

    def _note_image(self, folder: str, name: str) -> None:
        self._images.setdefault(folder, set()).add(name)

    def _plan_image(self, goal: _Goal, folder: str, name: str, placing: Placing) -> None:
        source = self._source(goal, folder, name)
        if isinstance(source, Stay):
            self._stays.append(source)
            return
        target = self._targets.of(goal.folder, folder)
        if target.is_reached:
            self._stays.append(Stay(goal.path, Reason.ALREADY_THERE))
            return
        companions = self._companions_of(folder, name)
        placed = placing.place(target.folder, name, source, companions)
        if isinstance(placed, SourceFile):
            self._stays.append(Stay(goal.path, Reason.SAME_CONTENT, placed.path))
            return
        image = len(self._steps)
        self._add(goal.path, target.folder, placed.name, source, goal.reason, goal.label, image, placed.is_numbered)
        for (_, file), new in zip(companions, placed.companions, strict=True):
            path = Path(file.path)
            self._add(path, target.folder, new, file, Reason.COMPANION, goal.label, image, placed.is_numbered)

    def _source(self, goal: _Goal, folder: str, name: str) -> SourceFile | Stay:
        """Return the image's file, or why it stays."""
        listing = self._listings.of(folder)
        entry = listing.entries.get(name)
        try:
            # A name that is not listed as it is written may still exist where case does not matter.
            status = entry.stat() if entry is not None else os.stat(goal.path)  # noqa: PTH116
        except FileNotFoundError:
            return Stay(goal.path, Reason.GONE)
        except OSError as error:
            return Stay(goal.path, Reason.NOT_ALLOWED, error.strerror or str(error))
        takes_away = self._rules.action is Action.MOVE
        if not stat.S_ISREG(status.st_mode):
            return Stay(goal.path, Reason.GONE)
        if goal.state is not None and goal.state != (status.st_size, min(status.st_mtime_ns, LATEST_NS)):
            return Stay(goal.path, Reason.CHANGED)
        if entry is not None and entry.is_symlink() and self._rules.action in (Action.MOVE, Action.HARD_LINK):
            return Stay(goal.path, Reason.NOT_ALLOWED, "It is a link to a file in another place, which can be copied.")
        if takes_away and not listing.can_take_away:
            return Stay(goal.path, Reason.NOT_ALLOWED, "Files cannot be moved out of this folder.")
        return SourceFile(str(goal.path), status)

    def _companions_of(self, folder: str, name: str) -> list[tuple[Companion, SourceFile]]:
        """Return the files that travel with an image, and note those that might belong to it."""
        if not self._rules.with_companions:
            return []
        found = self._companions.get(folder)
        if found is None:
            listing = self._listings.of(folder)
            found = self._companions[folder] = find_companions(listing, self._images[folder])
        for ambiguous in found.ambiguous_of.get(name, ()):
            self._ambiguous[os.path.join(folder, ambiguous)] = found.ambiguous[ambiguous]  # noqa: PTH118
        companions: list[tuple[Companion, SourceFile]] = []
        for companion in found.of_image.get(name, ()):
            path = companion.entry.path
            if self._rules.unticked and Path(path) in self._rules.unticked:
                self._stays.append(Stay(Path(path), Reason.UNTICKED))
                continue
            with contextlib.suppress(OSError):  # gone meanwhile
                companions.append((companion, SourceFile(path, companion.entry.stat())))
        return companions

    def _add(
        self,
        source: Path,
        folder: str,
        name: str,
        file: SourceFile,
        reason: Reason,
        label: str,
        image: int,
        is_numbered: bool,
    ) -> None:
        status = file.status
        target = self._targets.path(folder, name)
        action = self._rules.action
        self._steps.append(
            Step(source, target, action, status.st_size, status.st_mtime_ns, reason, label, image, is_numbered)
        )
        load = self._loads.get(folder)
        if load is None:
            load = self._loads[folder] = FolderLoad()
        load.add(name, status.st_size, status.st_dev)
