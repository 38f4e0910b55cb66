"""The files at their new places after a sort, for the desk to follow."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.sorting.steps import Action, SortReport


def moved_files(pairs: Iterable[tuple[Path, Path]]) -> dict[Path, ImageFile]:
    """Return the file at each new path, by its old path, as `Desk.move_images` takes it. Reads the disk.

    `pairs` are (from, to), as in `SortReport.done` of a move or of its undo. Files that are gone again are left out.
    """
    files: dict[Path, ImageFile] = {}
    for old, new in pairs:
        try:
            files[old] = ImageFile.of(new, new.stat())
        except OSError:
            continue
    return files


def new_files(report: SortReport) -> list[ImageFile]:
    """Return the copies and links that a sort has made. A watched folder need not report them as new images."""
    if report.action is Action.MOVE or report.is_undo:
        return []
    return list(moved_files(report.done).values())
