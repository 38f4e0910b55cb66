"""The contents of folders, each read once while a sort is planned."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from clipdesk.core.reasons import os_reason
from clipdesk.core.sorting.folder_names import clash_key


@dataclass
class Listing:
    """What is in one folder. Empty if the folder does not exist.

    `entries` are the entries by name. `real` is the folder's path without links, `device` its disk; -1 if unknown.
    `problem` says why the folder cannot be read although it is there.
    """

    folder: str
    real: str
    entries: dict[str, os.DirEntry[str]] = field(default_factory=dict)
    device: int = -1
    is_there: bool = False
    problem: str = ""

    @cached_property
    def name_of(self) -> dict[str, str]:
        """A name in the folder by its `clash_key`."""
        return {clash_key(name): name for name in self.entries}

    @cached_property
    def folder_of(self) -> dict[str, str]:
        """The name of a subfolder by its `clash_key`; one of them if several differ only in case or Unicode form."""
        return {clash_key(name): name for name, entry in self.entries.items() if _is_folder(entry)}

    @cached_property
    def can_take_away(self) -> bool:
        """Whether files may be moved out of the folder."""
        return os.access(self.folder, os.W_OK | os.X_OK)


class Listings:
    """Reads each folder once, when it is first asked for."""

    def __init__(self) -> None:
        self._of: dict[str, Listing] = {}
        self._of_real: dict[str, Listing] = {}

    def of(self, folder: str) -> Listing:
        """Return the contents of a folder. Two paths to the same folder share one listing."""
        listing = self._of.get(folder)
        if listing is None:
            real = os.path.realpath(folder)
            key = os.path.normcase(real)
            listing = self._of_real.get(key)
            if listing is None:
                listing = self._of_real[key] = _read(folder, real)
            self._of[folder] = listing
        return listing

    def existing(self, parent: str, name: str) -> str:
        """Return the name of the subfolder of `parent` that is called `name`, or `name` if there is none.

        Prefers the exact name. Otherwise takes one that differs in case or Unicode form only: on many disks it is the
        same folder, and on the others the two would look alike.
        """
        listing = self.of(parent)
        return name if name in listing.entries else listing.folder_of.get(clash_key(name), name)


def nearest_existing(folder: str) -> str:
    """Return the folder itself, or the nearest of its parents, that exists (as a file or folder)."""
    while not os.path.lexists(folder):
        parent = os.path.dirname(folder)  # noqa: PTH120 - the paths of a plan are strings until it is finished
        if parent == folder:
            break
        folder = parent
    return folder


def split(path: Path) -> tuple[str, str]:
    """Split an absolute path into its folder and its name."""
    text = str(path)
    cut = text.rfind(os.sep)
    return text[:cut] or os.sep, text[cut + 1 :]


def _read(folder: str, real: str) -> Listing:
    try:
        device = os.stat(folder).st_dev  # noqa: PTH116
        with os.scandir(folder) as entries:
            return Listing(folder, real, {entry.name: entry for entry in entries}, device, is_there=True)
    except FileNotFoundError:
        return Listing(folder, real)
    except OSError as error:
        return Listing(folder, real, problem=os_reason(error))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that points to itself
        return False
