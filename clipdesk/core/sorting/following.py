"""What the desk has to know after a sort: where its files are now."""

from __future__ import annotations

import contextlib
from pathlib import Path

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.sorting.steps import Action, SortReport


def moved_files(report: SortReport) -> dict[Path, ImageFile]:
    """Return the present file by its old path, for each file that a sort or its undo has moved.

    Companions are among them. Copies and links move nothing: their originals stay where they are. Files that are gone
    meanwhile are left out.
    """
    if report.action is not Action.MOVE:
        return {}
    moved: dict[Path, ImageFile] = {}
    for before, after in report.done:
        with contextlib.suppress(OSError):
            moved[before] = ImageFile.of(after, after.stat())
    return moved


def new_files(report: SortReport) -> list[ImageFile]:
    """Return the copies and links that a sort has made. A watched folder need not report them as new pictures."""
    if report.action is Action.MOVE or report.is_undo:
        return []
    files: list[ImageFile] = []
    for _, target in report.done:
        with contextlib.suppress(OSError):
            files.append(ImageFile.of(target, target.stat()))
    return files
