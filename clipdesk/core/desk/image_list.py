"""The pictures on the desk, a million if need be, in columns."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clipdesk.core.pictures.scan import ImageFile

#: Rows whose ImageFile are made together while a list is gone through.
_PART = 4_096

#: Folder with its separator at the end, name, size in bytes, modification time in ns, stamp.
_Entry = tuple[str, str, int, int, int]


class ImageList(Sequence[ImageFile]):
    """Picture files, each once, by row and by path.

    A list of ImageFile and a dict of their paths take 630 bytes a picture; here it is about 160: each folder is kept
    once, numbers lie side by side, and an ImageFile is made when one is asked for. What goes through all pictures uses
    the columns instead. Rows are found by a dict of names for each folder, made when the first row is looked up.
    Used from one thread; others get a `copy`.
    """

    def __init__(self, images: Iterable[ImageFile] = ()) -> None:
        self._names: list[str] = []
        self._sizes = array("q")
        self._times = array("q")
        self._stamps = array("q")
        self._folder_of = array("i")
        self._folders: list[str] = []
        self._is_indexed = True
        self._number_of: dict[str, int] = {}  # of a folder
        self._rows: list[dict[str, int]] = []  # for each folder, by name
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
        return ImageFile(self.path(row), self._sizes[row], self._times[row], self._stamps[row])

    def __iter__(self) -> Iterator[ImageFile]:
        for folder, name, size, time, stamp in self._entries():
            yield ImageFile(Path(folder + name), size, time, stamp)

    def path(self, row: int) -> Path:
        """The file in this row."""
        return Path(self.path_text(row))

    def path_text(self, row: int) -> str:
        """`str(path(row))`, at a tenth of the time."""
        return self._folders[self._folder_of[row]] + self._names[row]

    def row_of(self, path: Path) -> int | None:
        """The row of a file."""
        self._index()
        folder, name = _split(path)
        return self._rows_in(folder).get(os.path.normcase(name))

    def rows_of(self, images: ImageList) -> NDArray[np.intp]:
        """The rows of these files, -1 where one is not here."""
        self._index()
        here = [self._rows_in(folder) for folder in images._folders]
        rows = (
            here[number].get(os.path.normcase(name), -1)
            for number, name in zip(images._folder_of, images._names, strict=True)
        )
        return np.fromiter(rows, np.intp, len(images))

    # --- changes

    def add(self, images: Iterable[ImageFile]) -> range:
        """Put those at the end that are not here yet; their rows."""
        first = len(self)
        self._index()
        last_folder, number, rows = None, 0, dict[str, int]()
        for folder, name, size, time, stamp in (
            images._entries() if isinstance(images, ImageList) else map(_entry, images)
        ):
            if folder != last_folder:
                last_folder, number = folder, self._number(folder)
                rows = self._rows[number]
            row = len(self._names)
            if rows.setdefault(os.path.normcase(name), row) == row:
                self._names.append(name)
                self._folder_of.append(number)
                self._sizes.append(size)
                self._times.append(time)
                self._stamps.append(stamp)
        return range(first, len(self))

    def renew(self, images: Iterable[ImageFile]) -> NDArray[np.intp]:
        """Take over the state of files that have changed, and return the rows of those that are here, in order."""
        changed = set()
        for image in images:
            if (row := self.row_of(image.path)) is not None:
                self._sizes[row], self._times[row], self._stamps[row] = image.size_bytes, image.mtime_ns, image.stamp
                changed.add(row)
        return np.array(sorted(changed), np.intp)

    def copy(self) -> ImageList:
        """A list of the same files that stays as it is."""
        numbers = self._sizes[:], self._times[:], self._stamps[:]
        return _made(self._names[:], numbers, self._folder_of[:], self._folders[:])

    def take(self, rows: ArrayLike) -> ImageList:
        """A list of these rows alone, each once, in this order."""
        places = np.asarray(rows, np.intp)
        numbers, folders = _used(self.folder_numbers[places], self._folders)
        return _made(
            [self._names[row] for row in places.tolist()],
            (
                _column("q", np.array(self._sizes)[places]),
                _column("q", np.array(self._times)[places]),
                _column("q", np.array(self._stamps)[places]),
            ),
            _column("i", numbers),
            folders,
        )

    def with_images_at(self, rows: NDArray[np.intp], images: ImageList) -> ImageList:
        """A list where `images` are in these rows, and those of this list around them; none may be in both."""
        order = np.full(len(self) + len(images), -1, np.intp)
        order[rows] = len(self) + np.arange(len(images))
        order[order < 0] = np.arange(len(self))
        names = self._names + images._names
        numbers = np.concatenate((self.folder_numbers, images.folder_numbers + np.int32(len(self._folders))))[order]
        numbers, folders = _used(numbers, self._folders + images._folders)
        return _made(
            [names[row] for row in order.tolist()],
            (
                _column("q", np.concatenate((self._sizes, images._sizes))[order]),
                _column("q", np.concatenate((self._times, images._times))[order]),
                _column("q", np.concatenate((self._stamps, images._stamps))[order]),
            ),
            _column("i", numbers),
            folders,
        )

    # --- inside

    def _entries(self) -> Iterator[_Entry]:
        for start in range(0, len(self), _PART):
            part = slice(start, start + _PART)
            folders = [self._folders[number] for number in self._folder_of[part]]
            numbers = self._sizes[part], self._times[part], self._stamps[part]
            yield from zip(folders, self._names[part], *numbers, strict=True)

    def _index(self) -> None:
        """Make the dicts by which rows are found, unless they are there."""
        if not self._is_indexed:
            self._is_indexed = True
            self._number_of = {os.path.normcase(folder): number for number, folder in enumerate(self._folders)}
            self._rows = [{} for _ in self._folders]
            for row, (number, name) in enumerate(zip(self._folder_of, self._names, strict=True)):
                self._rows[number][os.path.normcase(name)] = row

    def _rows_in(self, folder: str) -> dict[str, int]:
        """The rows of a folder's pictures, by name."""
        number = self._number_of.get(os.path.normcase(folder))
        return {} if number is None else self._rows[number]

    def _number(self, folder: str) -> int:
        """Of a folder, which is put down if it is new."""
        number = self._number_of.setdefault(os.path.normcase(folder), len(self._folders))
        if number == len(self._folders):
            self._folders.append(folder)
            self._rows.append({})
        return number


def _entry(image: ImageFile) -> _Entry:
    return *_split(image.path), image.size_bytes, image.mtime_ns, image.stamp


def _split(path: Path) -> tuple[str, str]:
    """Folder and name, which together are the path's text again."""
    text = str(path)
    cut = text.rfind(os.sep) + 1
    return text[:cut], text[cut:]


def _made(
    names: list[str],
    numbers: tuple[array[int], array[int], array[int]],
    folder_of: array[int],
    folders: list[str],
) -> ImageList:
    made = ImageList()
    made._names = names
    made._sizes, made._times, made._stamps = numbers
    made._folder_of, made._folders = folder_of, folders
    made._is_indexed = False
    return made


def _column(kind: Literal["i", "q"], values: NDArray[np.integer]) -> array[int]:
    return array(kind, values.tobytes())


def _used(numbers: NDArray[np.int32], folders: Sequence[str]) -> tuple[NDArray[np.int32], list[str]]:
    """Those folders alone that are used, each once, and their numbers among these."""
    is_used = np.zeros(len(folders), np.bool_)
    is_used[numbers] = True
    used: dict[str, int] = {}
    texts: list[str] = []
    new_numbers = np.zeros(len(folders), np.int32)
    for number in np.flatnonzero(is_used).tolist():
        new_numbers[number] = used.setdefault(os.path.normcase(folders[number]), len(texts))
        if new_numbers[number] == len(texts):
            texts.append(folders[number])
    return new_numbers[numbers], texts
