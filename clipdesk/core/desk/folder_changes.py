"""Find what changed in folders since their images were added to the desk."""

from __future__ import annotations

import itertools
import os
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.pictures.raw_files import RAW_SUFFIXES
from clipdesk.core.pictures.scan import ImageFile, find_images

#: A file modified more recently than this may still be being written, so it is checked again later.
SETTLE_S = 2.0


@dataclass(frozen=True)
class Changes:
    """Differences between folders and the desk.

    `there` lists unchanged files, including those that were missing before.
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
    join_pairs: bool = True,
) -> tuple[Changes, set[Path]]:
    """Compare folders with the desk's `images`. Return the changes, and the folders that are still being written to.

    Compares the files directly in each folder, and enters only subfolders that are not in `known_folders`. If a folder
    no longer exists, all images below it are gone. With `join_pairs`, a raw file beside its JPEG is not new.
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
    found = find_images(
        listed,
        cancel=cancel,
        on_folder=on_folder,
        enter=lambda folder: folder not in known_folders,
        join_pairs=join_pairs,
    )
    for image in itertools.chain(found, _present(images, unseen)):
        row = images.row_of(image.path)
        if row is not None:
            unseen.discard(row)
        if row is not None and images[row] == image:
            there.append(image.path)
        elif abs(time.time() - image.mtime_ns / 1e9) < SETTLE_S or (
            row is None and join_pairs and _may_get_its_jpeg(image.path)
        ):
            unsettled.add(image.path if image.path in places else image.path.parent)
        elif row is not None:
            changed.append(image)
        elif not (image.path.is_symlink() and images.row_of(Path(os.path.realpath(image.path))) is not None):
            new.append(image)
    gone = tuple(sorted(map(images.path, unseen)))
    return Changes(tuple(new), tuple(changed), gone, tuple(there)), unsettled


def _present(images: ImageList, rows: set[int]) -> Iterator[ImageFile]:
    """Yield the files of these rows that are there.

    `find_images` skips files with other suffixes and raw files beside their JPEG. They may have been added by name.
    """
    for row in sorted(rows):
        path = images.path(row)
        try:
            status = path.stat()
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(status.st_mode):
            yield ImageFile.of(path, status)


def _may_get_its_jpeg(path: Path) -> bool:
    """Return whether a file is a raw file that has just been copied. Its JPEG may be the next one to be copied.

    Copying preserves the modification time, but not the change time (on Windows: the time of creation).
    """
    try:
        return path.suffix.lower() in RAW_SUFFIXES and abs(time.time() - path.stat().st_ctime) < SETTLE_S
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Return whether there is a file or folder. Never raises: a disk that fails counts as unplugged."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises on most errors


def _rows_in(images: ImageList, listed: set[Path], lost: set[Path]) -> list[int]:
    """Return the rows of images directly in a `listed` folder or anywhere below a `lost` one."""
    below = tuple(f"{folder}{os.sep}" for folder in lost)
    is_meant = [Path(folder) in listed or folder.startswith(below) for folder in images.folders]
    return np.flatnonzero(np.array(is_meant, np.bool_)[images.folder_numbers]).tolist()
