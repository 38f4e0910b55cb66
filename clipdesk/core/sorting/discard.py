"""Put duplicates into the system's trash, with the files that belong to them. Nothing is ever deleted."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.messages import message
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.reasons import os_reason
from clipdesk.core.sorting.companions import find_companions
from clipdesk.core.sorting.listings import Listings
from clipdesk.core.sorting.steps import Reason, Skipped
from clipdesk.core.sorting.trash import move_to_trash


@dataclass(frozen=True)
class DiscardReport:
    """How many pictures are in the trash, and how many files that belong to them. `skipped` stay where they are."""

    pictures: int = 0
    companions: int = 0
    skipped: tuple[Skipped, ...] = ()
    was_stopped: bool = False


def discard_others(
    keeper_of: Mapping[ImageFile, Path],
    *,
    trash: Callable[[Path], None] = move_to_trash,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> DiscardReport:
    """Put these pictures into the trash. `keeper_of` has the picture that is kept in place of each.

    A picture stays if its keeper is not there, or if its size or time is no longer that of the ImageFile. A file that
    belongs to several pictures stays, too. `on_progress` gets the numbers of pictures that are done and of all.
    """
    listings = Listings()
    names: dict[str, list[str]] = {}
    for image in keeper_of:
        names.setdefault(str(image.path.parent), []).append(image.path.name)
    companions = {folder: find_companions(listings.of(folder), found) for folder, found in names.items()}
    pictures = files = 0
    skipped: list[Skipped] = []
    for done, (image, keeper) in enumerate(keeper_of.items()):
        if should_stop():
            return DiscardReport(pictures, files, tuple(skipped), was_stopped=True)
        on_progress(done, len(keeper_of))
        problem = _problem(image, keeper) or _discard(image.path, trash)
        if problem is not None:
            skipped.append(problem)
            continue
        pictures += 1
        for companion in companions[str(image.path.parent)].of_image.get(image.path.name, ()):
            problem = _discard(image.path.with_name(companion.name), trash)
            if problem is None:
                files += 1
            else:
                skipped.append(problem)
    return DiscardReport(pictures, files, tuple(skipped))


def _problem(image: ImageFile, keeper: Path) -> Skipped | None:
    """Return why a picture has to stay, or None."""
    try:
        status = os.lstat(image.path)
        if (status.st_size, status.st_mtime_ns) != (image.size_bytes, image.mtime_ns):
            return Skipped(image.path, Reason.CHANGED, message("core", "changed since the duplicates were found"))
        if image.path.samefile(keeper):
            # Two names of one file, by a link or by case: the trash would take the picture that is kept.
            words = message("core", "another name of the picture to keep, “{name}”").of(name=keeper.name)
            return Skipped(image.path, Reason.FAILED, words)
    except FileNotFoundError as error:
        gone = image.path if error.filename == str(image.path) else keeper
        return Skipped(gone, Reason.GONE)
    except OSError as error:
        return Skipped(image.path, Reason.FAILED, os_reason(error))
    return None


def _discard(path: Path, trash: Callable[[Path], None]) -> Skipped | None:
    try:
        trash(path)
    except OSError as error:
        return Skipped(path, Reason.FAILED, os_reason(error))
    return None
