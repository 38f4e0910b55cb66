"""The pictures on the desk, a million if need be, in columns."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clipdesk.core.scan import ImageFile

#: Rows whose ImageFile are made together while a list is gone through.
_PART = 4_096

#: Folder with its separator at the end, name, size in bytes, time of the last change in ns.
_Entry = tuple[str, str, int, int]


class ImageList(Sequence[ImageFile]):
    """Picture files, each once, by row and by path.

    A list of ImageFile and a dict of their paths take 630 bytes a picture; here it is about 170: each folder is kept
    once, numbers lie side by side, and an ImageFile is made when one is asked for. What goes through all pictures uses
    the columns instead. Rows are found by a dict of names for each folder, made when the first row is looked up.
    Used from one thread; others get a `copy`.
    """

    def __init__(self, images: Iterable[ImageFile] = ()) -> None:
        self._names: list[str] = []
        self._sizes = array("q")
        self._times = array("q")
        self._folder_of = array("i")
        self._folders: list[str] = []
        self._rows: list[dict[str, int]] | None = None  # for each folder
        self._number_of: dict[str, int] = {}  # of a folder
        self.add(images)

    # --- columns

    @property
    def names(self) -> Sequence[str]:
        """The file names, row by row."""
        return self._names

    @property
    def folders(self) -> Sequence[str]:
        """The folders that pictures are in, each with its separator at the end: with a name behind it, it is a path."""
        return self._folders

    @property
    def folder_numbers(self) -> NDArray[np.int32]:
        """(rows,): the place in `folders` of each picture's own."""
        return np.array(self._folder_of, np.int32)

    def total_bytes(self, rows: ArrayLike) -> int:
        """How large the files of these rows are together."""
        return int(np.array(self._sizes, np.int64)[np.asarray(rows, np.intp)].sum())

    # --- rows

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, row: int) -> ImageFile: ...
    @overload
    def __getitem__(self, row: slice) -> ImageList: ...
    def __getitem__(self, row: int | slice) -> ImageFile | ImageList:
        if isinstance(row, slice):
            return self.take(range(*row.indices(len(self))))
        return ImageFile(self.path(row), self._sizes[row], self._times[row])

    def __iter__(self) -> Iterator[ImageFile]:
        for folder, name, size, time in self._entries():
            yield ImageFile(Path(folder + name), size, time)

    def path(self, row: int) -> Path:
        """The file in this row."""
        return Path(self.path_text(row))

    def path_text(self, row: int) -> str:
        """`str(path(row))`, at a tenth of the time."""
        return self._folders[self._folder_of[row]] + self._names[row]

    def row_of(self, path: Path) -> int | None:
        """The row of a file."""
        return self._row_of(*_split(path))

    def rows_of(self, images: ImageList) -> NDArray[np.intp]:
        """The rows of these files, -1 where one is not here."""
        rows = (self._row_of(folder, name) for folder, name, _, _ in images._entries())
        return np.fromiter((-1 if row is None else row for row in rows), np.intp, len(images))

    # --- changes

    def add(self, images: Iterable[ImageFile]) -> range:
        """Put those at the end that are not here yet; their rows."""
        first = len(self)
        all_rows = self._index()
        for folder, name, size, time in images._entries() if isinstance(images, ImageList) else map(_entry, images):
            number = self._number(folder)
            rows = all_rows[number]
            if rows.setdefault(os.path.normcase(name), len(self._names)) == len(self._names):
                self._names.append(name)
                self._folder_of.append(number)
                self._sizes.append(size)
                self._times.append(time)
        return range(first, len(self))

    def renew(self, images: Iterable[ImageFile]) -> NDArray[np.intp]:
        """Take over size and time of files that have changed; the rows of those that are here, in order."""
        changed = set()
        for image in images:
            if (row := self.row_of(image.path)) is not None:
                self._sizes[row], self._times[row] = image.size_bytes, image.mtime_ns
                changed.add(row)
        return np.array(sorted(changed), np.intp)

    def take(self, rows: ArrayLike) -> ImageList:
        """A list of these rows alone, in this order."""
        places = np.asarray(rows, np.intp)
        taken = ImageList()
        taken._names = [self._names[row] for row in places.tolist()]
        taken._sizes, taken._times = _taken(self._sizes, places), _taken(self._times, places)
        numbers = self.folder_numbers[places]
        is_used = np.zeros(len(self._folders), np.bool_)
        is_used[numbers] = True
        taken._folders = list(compress(self._folders, is_used))
        taken._folder_of = array("i", (np.cumsum(is_used, dtype=np.int32) - 1)[numbers].tobytes())
        taken._rows = None
        return taken

    def copy(self) -> ImageList:
        """A list of the same files that stays as it is."""
        return self.take(np.arange(len(self)))

    # --- inside

    def _entries(self) -> Iterator[_Entry]:
        for start in range(0, len(self), _PART):
            part = slice(start, start + _PART)
            folders = [self._folders[number] for number in self._folder_of[part]]
            yield from zip(folders, self._names[part], self._sizes[part], self._times[part], strict=True)

    def _index(self) -> list[dict[str, int]]:
        if self._rows is None:
            self._number_of = {os.path.normcase(folder): number for number, folder in enumerate(self._folders)}
            self._rows = [{} for _ in self._folders]
            for row, (number, name) in enumerate(zip(self._folder_of, self._names, strict=True)):
                self._rows[number][os.path.normcase(name)] = row
        return self._rows

    def _row_of(self, folder: str, name: str) -> int | None:
        all_rows = self._index()
        number = self._number_of.get(os.path.normcase(folder))
        return None if number is None else all_rows[number].get(os.path.normcase(name))

    def _number(self, folder: str) -> int:
        """Of a folder, which is put down if it is new."""
        number = self._number_of.setdefault(os.path.normcase(folder), len(self._folders))
        if number == len(self._folders):
            self._folders.append(folder)
            self._index().append({})
        return number


def _entry(image: ImageFile) -> _Entry:
    return *_split(image.path), image.size_bytes, image.mtime_ns


def _split(path: Path) -> tuple[str, str]:
    """Folder and name, which together are the path's text again."""
    text = str(path)
    cut = text.rfind(os.sep) + 1
    return text[:cut], text[cut:]


def _taken(column: array[Any], places: NDArray[np.intp]) -> array[Any]:
    return array(column.typecode, np.array(column)[places].tobytes())
