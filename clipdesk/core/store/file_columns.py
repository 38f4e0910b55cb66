"""Image files as columns, so that many are looked up without an object for each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.pictures.scan import ImageFile


@dataclass(frozen=True)
class FileColumns:
    """The columns of n image files, as in ImageFile.

    `folders[folder_of[row]] + names[row]` is the path of a row; folders end with a separator. `states` (n, 3) has size,
    modification time and stamp.
    """

    folders: Sequence[str]
    folder_of: NDArray[np.int32]
    names: Sequence[str]
    states: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)

    def by_folder(self) -> Iterator[tuple[str, NDArray[np.intp]]]:
        """Yield each folder, in the order in which folders first appear, with its rows in their order."""
        order = np.argsort(self.folder_of, kind="stable")
        bounds = np.flatnonzero(np.diff(self.folder_of[order])) + 1
        parts = np.split(order, bounds) if len(self) else []
        for rows in sorted(parts, key=lambda part: int(part[0])):
            yield self.folders[self.folder_of[rows[0]]], rows

    def take(self, rows: NDArray[np.intp]) -> FileColumns:
        """Return these rows in this order."""
        return FileColumns(self.folders, self.folder_of[rows], self.names_of(rows), self.states[rows])

    def names_of(self, rows: NDArray[np.intp]) -> list[str]:
        """Return the names of these rows."""
        return [self.names[row] for row in rows.tolist()]

    def paths(self) -> list[bytes]:
        """Return the path of each row as the system spells it."""
        folders = [self.folders[number] for number in self.folder_of.tolist()]
        return [os.fsencode(folder + name) for folder, name in zip(folders, self.names, strict=True)]


@runtime_checkable
class HasColumns(Protocol):
    """A sequence of image files that has them as columns already."""

    def columns(self) -> FileColumns:
        """Return the columns as they are now."""


def columns_of(images: Sequence[ImageFile]) -> FileColumns:
    """Return image files as columns."""
    if isinstance(images, HasColumns):
        return images.columns()
    numbers: dict[str, int] = {}
    folder_of, names, states = [], [], []
    for image in images:
        text = str(image.path)
        cut = text.rfind(os.sep) + 1
        folder_of.append(numbers.setdefault(text[:cut], len(numbers)))
        names.append(text[cut:])
        states.append((image.size_bytes, image.mtime_ns, image.stamp))
    return FileColumns(
        list(numbers), np.array(folder_of, np.int32), names, np.array(states, np.int64).reshape(len(names), 3)
    )
