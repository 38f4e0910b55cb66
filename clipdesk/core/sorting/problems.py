"""What forbids applying a plan, as sentences: no space, no permission, paths too long, folders shared by mistake."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clipdesk.core.messages import decimal, listed, message
from clipdesk.core.reasons import os_reason
from clipdesk.core.sorting.folder_names import clash_key
from clipdesk.core.sorting.listings import nearest_existing
from clipdesk.core.sorting.steps import Action

#: Most file systems store files in blocks of this size.
_BLOCK_BYTES = 4096
_MAX_PATH_WINDOWS, _MAX_PATH_MACOS, _MAX_PATH_LINUX = 259, 1023, 4095


@dataclass
class FolderLoad:
    """The files that go into one folder: their count, the longest name, and bytes by the device that they come from."""

    folder: Path
    files: int = 0
    longest: str = ""
    bytes_from: dict[int, int] = field(default_factory=dict)

    def add(self, name: str, size: int, device: int) -> None:
        self.files += 1
        if len(name) > len(self.longest):
            self.longest = name
        self.bytes_from[device] = self.bytes_from.get(device, 0) + -(-size // _BLOCK_BYTES) * _BLOCK_BYTES


def shared_folder_problems(labels_of: Mapping[Path, Iterable[str]]) -> tuple[str, ...]:
    """Return a sentence for each folder that several labels would share because their names become the same.

    `labels_of` holds the labels whose folder comes from their name, by folder.
    """
    groups: dict[str, dict[str, Path]] = {}
    for folder, labels in labels_of.items():
        for label in labels:
            groups.setdefault(clash_key(str(folder)), {})[label] = folder
    return tuple(
        message(
            "core",
            "The labels {labels} would share the folder “{folder}”. Rename one of them, or choose their folders.",
        ).of(labels=listed(f"“{label}”" for label in sorted(group)), folder=next(iter(group.values())))
        for group in groups.values()
        if len(group) > 1
    )


def find_problems(root: str, action: Action, loads: Mapping[str, FolderLoad]) -> tuple[str, ...]:
    """Return a sentence for each thing that stands against putting these files into these folders."""
    problems: dict[str, None] = dict.fromkeys(_root_problems(root))
    needed: dict[int, int] = {}
    place_of: dict[int, str] = {}
    crosses = False
    for folder, load in loads.items():
        existing = nearest_existing(folder)
        try:
            status = os.stat(existing)  # noqa: PTH116
        except OSError as error:
            problems[_closed(existing, error)] = None
            continue
        problems |= dict.fromkeys(_folder_problems(existing, status))
        problems |= dict.fromkeys(_length_problems(folder, existing, load.longest))
        place_of.setdefault(status.st_dev, existing)
        for device, size in load.bytes_from.items():
            is_other_disk = device != status.st_dev
            crosses |= is_other_disk
            if action is Action.COPY or (action is Action.MOVE and is_other_disk):
                needed[status.st_dev] = needed.get(status.st_dev, 0) + size
    if crosses and action is Action.HARD_LINK:
        words = message(
            "core", "Hard links work on one disk only, and some pictures are on another one. Choose copying instead."
        )
        problems[words] = None
    for device, size in needed.items():
        problems |= dict.fromkeys(_space_problems(place_of[device], size))
    return tuple(problems)


def size_text(size_bytes: int) -> str:
    """Return a size in decimal units: `605 kB`, `12.3 MB`, `1.7 GB`."""
    if size_bytes < 999.5:
        return message("core", "{size} bytes").of(size=size_bytes)
    if size_bytes < 999.5e3:
        return message("core", "{size} kB").of(size=decimal(size_bytes / 1e3, 0))
    if size_bytes < 999.5e6:
        return message("core", "{size} MB").of(size=decimal(size_bytes / 1e6, 1))
    return message("core", "{size} GB").of(size=decimal(size_bytes / 1e9, 1))


def _root_problems(root: str) -> Iterator[str]:
    try:
        if not stat.S_ISDIR(os.stat(root).st_mode):  # noqa: PTH116
            yield _not_a_folder(root)
    except FileNotFoundError:
        if os.path.lexists(root):
            yield message("core", "“{folder}” is a link to a folder that is not there. Choose another folder.").of(
                folder=root
            )
    except NotADirectoryError:
        yield _not_a_folder(nearest_existing(root))
    except OSError as error:
        yield _closed(root, error)


def _folder_problems(existing: str, status: os.stat_result) -> Iterator[str]:
    if not stat.S_ISDIR(status.st_mode):
        yield _not_a_folder(existing)
    elif not os.access(existing, os.W_OK | os.X_OK):
        yield message(
            "core", "Files cannot be written into “{folder}”. Change its permissions, or choose another folder."
        ).of(folder=existing)


def _length_problems(folder: str, existing: str, longest: str) -> Iterator[str]:
    new_parts = Path(os.path.relpath(folder, existing)).parts
    longest_name = max(_length(part) for part in (longest, *new_parts))
    if longest_name > _max_name(existing) or _length(folder) + 1 + _length(longest) > _max_path():
        yield message(
            "core",
            "Some paths in “{folder}” would be longer than this system allows. Choose a folder with a shorter path.",
        ).of(folder=folder)


def _space_problems(place: str, needed: int) -> Iterator[str]:
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        return
    if needed > free:
        yield message(
            "core",
            "The disk of “{folder}” has {free} left, but {needed} are needed. Make room, choose another disk, or sort "
            "fewer pictures.",
        ).of(folder=place, free=size_text(free), needed=size_text(needed))


def _not_a_folder(path: str) -> str:
    return message(
        "core", "“{path}” is a file, so there can be no folder of this name. Rename it, or choose another folder."
    ).of(path=path)


def _closed(folder: str, error: OSError) -> str:
    return message("core", "“{folder}” cannot be opened: {reason}. Choose another folder.").of(
        folder=folder, reason=os_reason(error)
    )


def _max_name(folder: str) -> int:
    if sys.platform == "win32":
        return 255
    try:
        return os.pathconf(folder, "PC_NAME_MAX")
    except (OSError, ValueError):
        return 255


def _max_path() -> int:
    if sys.platform == "win32":
        import ctypes

        return 32_000 if ctypes.windll.ntdll.RtlAreLongPathsEnabled() else _MAX_PATH_WINDOWS
    return _MAX_PATH_MACOS if sys.platform == "darwin" else _MAX_PATH_LINUX


def _length(text: str) -> int:
    """Return the length in the unit of the system's limits: UTF-16 units on Windows, bytes elsewhere."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if sys.platform == "win32" else len(os.fsencode(text))
