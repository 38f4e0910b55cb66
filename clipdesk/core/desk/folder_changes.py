"""Find what has changed in folders since their images were put on the desk."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.pictures.scan import ImageFile, find_images

#: A file that was modified less than this ago may still be being written: compare it again later.
SETTLE_S = 2.0


@dataclass(frozen=True)
class Changes:
    """How folders differ from the desk: files that are new, changed, gone, or there as they were.

    Some of those that are there may be marked as missing on the desk, because they were gone before.
    """

    new: tuple[ImageFile, ...]
    changed: tuple[ImageFile, ...]
    gone: tuple[Path, ...]
    there: tuple[Path, ...]


def find_changes(
    folders: Iterable[Path],
    images: ImageList,
    known_folders: set[Path],
    *,
    on_folder: Callable[[Path], None],
    cancel: threading.Event,
) -> tuple[Changes, set[Path]]:
    """Compare folders with the desk's `images`. Return the differences, and the folders with files still being written.

    Compares the files right in each folder, and enters only those subfolders that are not in `known_folders`. If a
    folder is gone, everything below it is gone. `on_folder` gets each folder before it is listed. `folders` may name
    single files, too, which are compared without their neighbours.
    """
    places = set(folders)
    lost = {place for place in places if not is_there(place)}
    listed = sorted(places - lost)
    unseen = set(_rows_in(images, places - lost, lost))
    unseen.update(row for place in places if (row := images.row_of(place)) is not None)
    new: list[ImageFile] = []
    changed: list[ImageFile] = []
    there: list[Path] = []
    unsettled: set[Path] = set()
    found = find_images(listed, cancel=cancel, on_folder=on_folder, enter=lambda folder: folder not in known_folders)
    for image in found:
        row = images.row_of(image.path)
        if row is not None:
            unseen.discard(row)
        if row is not None and images[row] == image:
            there.append(image.path)
        elif abs(time.time() - image.mtime_ns / 1e9) < SETTLE_S:
            unsettled.add(image.path if image.path in places else image.path.parent)
        elif row is not None:
            changed.append(image)
        elif not (image.path.is_symlink() and images.row_of(Path(os.path.realpath(image.path))) is not None):
            new.append(image)
    # A file that the person named, whatever its suffix, is not found in its folder.
    gone = tuple(path for path in sorted(map(images.path, unseen)) if not os.path.isfile(path))  # noqa: PTH113
    return Changes(tuple(new), tuple(changed), gone, tuple(there)), unsettled


def is_there(path: Path) -> bool:
    """Return whether there is a file or folder. Never raises: a disk that fails counts as unplugged."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises on most errors


def _rows_in(images: ImageList, listed: set[Path], lost: set[Path]) -> list[int]:
    """Return the rows of the images right in the folders `listed`, or anywhere below the folders `lost`."""
    below = tuple(f"{folder}{os.sep}" for folder in lost)
    is_meant = [Path(folder) in listed or folder.startswith(below) for folder in images.folders]
    return np.flatnonzero(np.array(is_meant, np.bool_)[images.folder_numbers]).tolist()
