"""Plan a sort: what goes where, what stays and why. Nothing on disk changes."""

from __future__ import annotations

import contextlib
import gc
import os
import stat
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.errors import Cancelled
from clipdesk.core.messages import message
from clipdesk.core.pictures.scan import LATEST_NS
from clipdesk.core.reasons import os_reason
from clipdesk.core.sorting.companions import Companion, FolderCompanions, find_companions, is_pair, stem_of
from clipdesk.core.sorting.listings import Listings, split
from clipdesk.core.sorting.placing import Placing, SourceFile
from clipdesk.core.sorting.problems import FolderLoad, find_problems, shared_folder_problems
from clipdesk.core.sorting.rules import Destinations, SameContent, SortingRules
from clipdesk.core.sorting.steps import Action, Candidate, Plan, Reason, Stay, Step
from clipdesk.core.sorting.target_folders import TargetFolders


def make_plan(candidates: Sequence[Candidate], rules: SortingRules, *, cancel: threading.Event | None = None) -> Plan:
    """Plan a sort of these images by their labels.

    Reads each folder once, and file contents only where names clash and sizes are equal. Images that changed or
    vanished since they were labelled stay. Steps are in the order of `candidates`, companions behind their image, and
    at the end those that an image shares with its RAW twin. The companions of an image that stays are not listed.
    Raises Cancelled once `cancel` is set.
    """
    with _gc_paused():
        return _make_plan(candidates, rules, cancel)


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
    goals = [_Goal(path, *split(path), Path(), Reason.BY_HAND) for path in images]
    return _Planner(rules, cancel).plan(goals)


def _make_plan(candidates: Sequence[Candidate], rules: SortingRules, cancel: threading.Event | None) -> Plan:
    destinations = Destinations(rules)
    stays: list[Stay] = []
    goals: list[_Goal] = []
    by_name: dict[Path, set[str]] = {}
    for one in candidates:
        found = destinations.of(one)
        if found.folder is None:
            stays.append(Stay(one.path, found.reason))
        elif rules.unticked and one.path in rules.unticked:
            stays.append(Stay(one.path, Reason.UNTICKED))
        else:
            if found.is_by_name:
                by_name.setdefault(found.folder, set()).add(one.label)
            goals.append(_Goal(one.path, *split(one.path), found.folder, found.reason, one.label, one))
    return _Planner(rules, cancel).plan(goals, stays, shared_folder_problems(by_name))


@dataclass(slots=True)
class _Goal:
    """An image, as its path and as its folder and name, that should go to `target`.

    `labelled` is the image when it was labelled, if it must not have changed since.
    """

    path: Path
    folder: str
    name: str
    target: Path
    reason: Reason
    label: str = ""
    labelled: Candidate | None = None


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
        self._ambiguous: dict[tuple[str, str], tuple[str, ...]] = {}  # images that claim a file, by its folder and name
        self._image_steps: dict[tuple[str, str], int] = {}  # of the images that claim such files
        self._loads: dict[str, FolderLoad] = {}

    def plan(self, goals: Sequence[_Goal], stays: Sequence[Stay] = (), problems: Sequence[str] = ()) -> Plan:
        self._stays += stays
        for stay in stays:
            folder, name = split(stay.path)
            self._images.setdefault(folder, set()).add(name)
        goals = self._distinct(goals)
        leaving = frozenset[tuple[str, str]]()
        if self._rules.action is Action.MOVE:
            away = (goal for goal in goals if not self._targets.of(goal.target, goal.folder).is_reached)
            leaving = frozenset((self._listings.of(goal.folder).real, goal.name) for goal in away)
        skip_same = self._rules.same_content is SameContent.SKIP
        placing = Placing(self._listings, leaving, skip_same=skip_same, cancel=self._cancel)
        for goal in goals:
            if self._cancel.is_set():
                raise Cancelled(message("core", "Planning was stopped."))
            self._plan_image(goal, placing)
        for (folder, name), images in self._ambiguous.items():
            if not self._plan_shared(folder, name, images, placing):
                self._stays.append(Stay(Path(folder, name), Reason.AMBIGUOUS_COMPANION, ", ".join(images)))
        root, action = self._targets.root, self._rules.action
        found = find_problems(root, action, self._loads)
        return Plan(Path(root), action, tuple(self._steps), tuple(self._stays), (*problems, *found))

    def _distinct(self, goals: Sequence[_Goal]) -> list[_Goal]:
        """Return one goal for each file, and note all images. A file that two paths lead to goes once."""
        distinct: list[_Goal] = []
        seen: dict[str, dict[str, Path]] = {}  # for each folder without links: the images by name
        for goal in goals:
            self._images.setdefault(goal.folder, set()).add(goal.name)
            in_folder = seen.setdefault(self._listings.of(goal.folder).real, {})
            first = in_folder.get(goal.name)
            if first is None:
                in_folder[goal.name] = goal.path
                distinct.append(goal)
            elif first != goal.path:
                self._stays.append(Stay(goal.path, Reason.SAME_CONTENT, str(first)))
        return distinct

    def _plan_image(self, goal: _Goal, placing: Placing) -> None:
        source = self._source(goal)
        if isinstance(source, Stay):
            self._stays.append(source)
            return
        target = self._targets.of(goal.target, goal.folder)
        if target.is_reached:
            self._stays.append(Stay(goal.path, Reason.ALREADY_THERE))
            return
        companions = self._companions_of(goal.folder, goal.name)
        placed = placing.place(target.folder, goal.name, source, companions)
        if isinstance(placed, SourceFile):
            self._stays.append(Stay(goal.path, Reason.SAME_CONTENT, placed.path))
            return
        image, load = len(self._steps), self._load(target.folder)
        if self._ambiguous:
            self._image_steps[goal.folder, goal.name] = image
        self._add(goal.path, load, placed.name, source, goal.reason, goal.label, image, placed.is_numbered)
        for (_, file), name in zip(companions, placed.companions, strict=True):
            path = Path(file.path)
            self._add(path, load, name, file, Reason.COMPANION, goal.label, image, placed.is_numbered)

    def _add(
        self,
        source: Path,
        load: FolderLoad,
        name: str,
        file: SourceFile,
        reason: Reason,
        label: str,
        image: int,
        is_numbered: bool,
    ) -> None:
        target, action = load.folder / name, self._rules.action
        self._steps.append(Step(source, target, action, file.size, file.mtime_ns, reason, label, image, is_numbered))
        load.add(name, file.size, file.device)

    def _plan_shared(self, folder: str, name: str, images: Sequence[str], placing: Placing) -> bool:
        """Plan a companion of an image and its RAW twin. Return False if it is ambiguous, as they go different ways."""
        numbers = [number for image in images if (number := self._image_steps.get((folder, image))) is not None]
        if not is_pair(images) or len(numbers) != len(images):
            return False
        image, twin = (self._steps[number] for number in numbers)
        stem, old_stem = stem_of(image.target.name), stem_of(images[0])
        if image.target.parent != twin.target.parent or stem_of(twin.target.name) != stem:
            return False
        if not name.startswith(old_stem):
            return False
        if (file := self._companion_file(folder, name)) is None:
            return True
        target, new = str(image.target.parent), stem + name[len(old_stem) :]
        if not placing.place_beside(target, new, file):
            return False
        path, load = Path(folder, name), self._load(target)
        self._add(path, load, new, file, Reason.COMPANION, image.label, numbers[0], image.is_numbered)
        return True

    def _load(self, folder: str) -> FolderLoad:
        load = self._loads.get(folder)
        if load is None:
            load = self._loads[folder] = FolderLoad(Path(folder))
        return load

    def _source(self, goal: _Goal) -> SourceFile | Stay:
        """Return the image's file, or why it stays."""
        listing = self._listings.of(goal.folder)
        entry = listing.entries.get(goal.name)
        try:
            # A name that is not listed as it is written may still exist where case does not matter.
            status = entry.stat() if entry is not None else os.stat(goal.path)  # noqa: PTH116
        except FileNotFoundError:
            return Stay(goal.path, Reason.GONE)
        except OSError as error:
            return Stay(goal.path, Reason.NOT_ALLOWED, os_reason(error))
        if not stat.S_ISREG(status.st_mode):
            return Stay(goal.path, Reason.GONE)
        size, mtime_ns = status.st_size, status.st_mtime_ns
        labelled, action = goal.labelled, self._rules.action
        if labelled is not None and (labelled.size != size or labelled.mtime_ns != min(mtime_ns, LATEST_NS)):
            return Stay(goal.path, Reason.CHANGED)
        if entry is not None and action in (Action.MOVE, Action.HARD_LINK) and entry.is_symlink():
            return Stay(
                goal.path,
                Reason.NOT_ALLOWED,
                message("core", "It is a link to a file in another place, which can be copied."),
            )
        if action is Action.MOVE and not listing.can_take_away:
            return Stay(goal.path, Reason.NOT_ALLOWED, message("core", "Files cannot be moved out of this folder."))
        return SourceFile.of(str(goal.path), status, listing.device)

    def _companions_of(self, folder: str, name: str) -> list[tuple[Companion, SourceFile]]:
        """Return the files that travel with an image, and note those that might belong to it."""
        if not self._rules.with_companions:
            return []
        found = self._companions.get(folder)
        if found is None:
            listing = self._listings.of(folder)
            found = self._companions[folder] = find_companions(listing, self._images[folder])
        for ambiguous in found.ambiguous_of.get(name, ()):
            self._ambiguous[folder, ambiguous] = found.ambiguous[ambiguous]
        files = (
            (companion, self._companion_file(folder, companion.name)) for companion in found.of_image.get(name, ())
        )
        return [(companion, file) for companion, file in files if file is not None]

    def _companion_file(self, folder: str, name: str) -> SourceFile | None:
        """Return a companion's file, or None if the person left it out or it is gone."""
        listing = self._listings.of(folder)
        entry = listing.entries[name]
        if self._rules.unticked and Path(entry.path) in self._rules.unticked:
            self._stays.append(Stay(Path(entry.path), Reason.UNTICKED))
            return None
        try:
            return SourceFile.of(entry.path, entry.stat(), listing.device)
        except OSError:
            return None


@contextlib.contextmanager
def _gc_paused() -> Iterator[None]:
    """Pause the garbage collector, which takes a third of the time that planning 200,000 images takes.

    It looks at all of the plan's objects again and again, and finds no cycle.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
