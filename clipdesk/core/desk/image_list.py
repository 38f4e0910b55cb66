"""A compact list of image files, for up to a million or so."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import eq
from pathlib import Path
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.file_columns import FileColumns

#: Rows that iteration takes from the columns at a time.
_PART = 4_096

#: Folder with its separator at the end, name, size in bytes, modification time in ns, stamp.
Entry = tuple[str, str, int, int, int]


class ImageList(Sequence[ImageFile]):
    """Unique image files, found by row or by path.

    Takes about 160 bytes per image, where a list of ImageFile with a dict of their paths takes 630: each folder is
    stored once, numbers are stored in arrays, and an ImageFile is created on access. Code that visits every image
    should read the columns instead. Paths are looked up in one dict of names per folder, which is built when an image
    of that folder is first looked up: all of them take 1.5 s at a million images. Not thread-safe: give other threads a
    `copy`.
    """

    def __init__(self, images: Iterable[ImageFile] = ()) -> None:
        self._names: list[str] = []
        self._sizes = array("q")
        self._times = array("q")
        self._stamps = array("q")
        self._folder_of = array("i")
        self._folders: list[str] = []
        self._is_indexed = True
        self._number_of: dict[str, int] = {}  # folder index, by folder
        self._rows: list[dict[str, int] | None] = []  # for each folder: row, by file name, once it is needed
        self._grouped: _Grouped | None = None  # the rows of each folder, until rows are added or relocated
        self.add(images)

    # --- columns

    @property
    def names(self) -> Sequence[str]:
        """The file name of each row."""
        return self._names

    @property
    def folders(self) -> Sequence[str]:
        """The images' folders with trailing separator, so that folder + name is a path."""
        return self._folders

    @property
    def folder_numbers(self) -> NDArray[np.int32]:
        """The index in `folders` of each image's folder, shape (rows,)."""
        return np.array(self._folder_of, np.int32)

    def columns(self) -> FileColumns:
        """Return a copy of the columns."""
        states = np.stack([np.array(numbers, np.int64) for numbers in (self._sizes, self._times, self._stamps)], axis=1)
        return FileColumns(self._folders[:], self.folder_numbers, self._names[:], states)

    def total_bytes(self, rows: ArrayLike) -> int:
        """Return the total file size of these rows."""
        return int(np.array(self._sizes, np.int64)[np.asarray(rows, np.intp)].sum())

    def sizes_and_times(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the file sizes in bytes and the modification times in ns of these rows, each shape (len(rows),)."""
        return np.array(self._sizes, np.int64)[rows], np.array(self._times, np.int64)[rows]

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
        for folder, name, size, time, stamp in self.entries():
            yield ImageFile(Path(folder + name), size, time, stamp)

    def entries(self) -> Iterator[Entry]:
        """Yield the values of each row, which is faster than yielding ImageFiles."""
        for start in range(0, len(self), _PART):
            part = slice(start, start + _PART)
            folders = [self._folders[number] for number in self._folder_of[part]]
            numbers = self._sizes[part], self._times[part], self._stamps[part]
            yield from zip(folders, self._names[part], *numbers, strict=True)

    def entries_of(self, rows: NDArray[np.intp]) -> Iterator[tuple[int, Entry]]:
        """Yield each of these rows with its values. Never makes a list of them all, which would block other threads."""
        folders, folder_of, names = self._folders, self._folder_of, self._names
        sizes, times, stamps = self._sizes, self._times, self._stamps
        for start in range(0, len(rows), _PART):
            for row in rows[start : start + _PART].tolist():
                yield row, (folders[folder_of[row]], names[row], sizes[row], times[row], stamps[row])

    def path(self, row: int) -> Path:
        """Return the path of this row."""
        return Path(self.path_text(row))

    def path_text(self, row: int) -> str:
        """Return `str(path(row))`, ten times faster."""
        return self._folders[self._folder_of[row]] + self._names[row]

    def row_of(self, path: Path) -> int | None:
        """Return the row of a file, or None if it is not in the list."""
        folder, name = _split(path)
        return self._rows_in(folder).get(os.path.normcase(name))

    def rows_of(self, images: ImageList) -> NDArray[np.intp]:
        """Return the rows of these files, shape (len(images),), -1 for those that are not in the list."""
        here = [self._rows_in(folder) for folder in images._folders]
        rows = (
            here[number].get(os.path.normcase(name), -1)
            for number, name in zip(images._folder_of, images._names, strict=True)
        )
        return np.fromiter(rows, np.intp, len(images))

    def rows_unlike(self, other: ImageList) -> NDArray[np.intp]:
        """Return the sorted rows whose values are not those of the same row of `other`, which may be shorter."""
        count = min(len(self), len(other))
        number_of = {folder: number for number, folder in enumerate(other._folders)}
        numbers = np.array([number_of.get(folder, -1) for folder in self._folders], np.int32)
        is_alike = numbers[self.folder_numbers[:count]] == other.folder_numbers[:count]
        for mine, others in ((self._sizes, other._sizes), (self._times, other._times), (self._stamps, other._stamps)):
            is_alike &= np.array(mine[:count]) == np.array(others[:count])
        # Comparing lists is fast, because a copy has the very same names.
        if (names := self._names[:count]) != (other_names := other._names[:count]):
            is_alike &= np.fromiter(map(eq, names, other_names), np.bool_, count)
        return np.concatenate((np.flatnonzero(~is_alike), np.arange(count, len(self))))

    # --- changes

    def add(self, images: Iterable[ImageFile]) -> range:
        """Append the images that are not in the list yet. Return the new rows."""
        return self.add_entries(images.entries() if isinstance(images, ImageList) else map(_entry, images))

    def add_entries(self, entries: Iterable[Entry]) -> range:
        """Append images as `add` does, by their values."""
        first = len(self)
        last_folder, number, rows = None, 0, dict[str, int]()
        for folder, name, size, time, stamp in entries:
            if folder != last_folder:
                last_folder, number = folder, self._folder_number(folder)
                rows = self._rows_of_folder(number)
            row = len(self._names)
            if rows.setdefault(os.path.normcase(name), row) == row:
                self._names.append(name)
                self._folder_of.append(number)
                self._sizes.append(size)
                self._times.append(time)
                self._stamps.append(stamp)
        return range(first, len(self))

    def renew(self, images: Iterable[ImageFile]) -> NDArray[np.intp]:
        """Update size, times and stamp of changed files. Return the sorted rows of those that are in the list."""
        changed = set()
        for image in images:
            if (row := self.row_of(image.path)) is not None:
                self._sizes[row], self._times[row], self._stamps[row] = image.size_bytes, image.mtime_ns, image.stamp
                changed.add(row)
        return np.array(sorted(changed), np.intp)

    def relocate(self, rows: NDArray[np.intp], images: Sequence[ImageFile]) -> None:
        """Give these rows other files: the same images at other paths. None of the paths may belong to another row."""
        for row in rows.tolist():
            del self._rows_of_folder(self._folder_of[row])[os.path.normcase(self._names[row])]
        entries = [_entry(image) for image in images]
        numbers = [self._folder_number(folder) for folder, *_ in entries]
        for number in numbers:
            self._rows_of_folder(number)  # before any row moves into it
        for row, number, (_, name, size, time, stamp) in zip(rows.tolist(), numbers, entries, strict=True):
            self._sizes[row], self._times[row], self._stamps[row] = size, time, stamp
            self._names[row], self._folder_of[row] = name, number
            self._rows_of_folder(number)[os.path.normcase(name)] = row
        self._grouped = None

    def copy(self) -> ImageList:
        """Return an independent copy."""
        numbers = self._sizes[:], self._times[:], self._stamps[:]
        return _from_columns(self._names[:], numbers, self._folder_of[:], self._folders[:])

    def take(self, rows: ArrayLike) -> ImageList:
        """Return a list of these rows in this order. `rows` must not repeat."""
        places = np.asarray(rows, np.intp)
        if np.array_equal(places, np.arange(len(self))):
            return self.copy()  # a tenth of the time
        numbers, folders = _used_folders(self.folder_numbers[places], self._folders)
        return _from_columns(
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
        """Return a list with `images` inserted so that they end up at `rows`. None of them may be in this list."""
        order = np.full(len(self) + len(images), -1, np.intp)
        order[rows] = len(self) + np.arange(len(images))
        order[order < 0] = np.arange(len(self))
        names = self._names + images._names
        numbers = np.concatenate((self.folder_numbers, images.folder_numbers + np.int32(len(self._folders))))[order]
        numbers, folders = _used_folders(numbers, self._folders + images._folders)
        return _from_columns(
            [names[row] for row in order.tolist()],
            (
                _column("q", np.concatenate((self._sizes, images._sizes))[order]),
                _column("q", np.concatenate((self._times, images._times))[order]),
                _column("q", np.concatenate((self._stamps, images._stamps))[order]),
            ),
            _column("i", numbers),
            folders,
        )

    # --- internals

    def _index(self) -> None:
        """Prepare for lookups by path, unless that was done."""
        if not self._is_indexed:
            self._is_indexed = True
            self._number_of = {os.path.normcase(folder): number for number, folder in enumerate(self._folders)}
            self._rows = [None] * len(self._folders)

    def _rows_in(self, folder: str) -> dict[str, int]:
        """Return the rows of the images in a folder, by file name."""
        self._index()
        number = self._number_of.get(os.path.normcase(folder))
        return {} if number is None else self._rows_of_folder(number)

    def _rows_of_folder(self, number: int) -> dict[str, int]:
        """Return the rows of the images in the folder of this index, by file name."""
        self._index()
        found = self._rows[number]
        if found is None:
            # Rows that were added since are those of folders whose dicts were built before.
            if self._grouped is None:
                self._grouped = _Grouped(self.folder_numbers, len(self._folders))
            names = self._names
            found = {os.path.normcase(names[row]): row for row in self._grouped.rows(number)}
            self._rows[number] = found
        return found

    def _folder_number(self, folder: str) -> int:
        """Return the index of a folder, adding it if it is new."""
        self._index()
        number = self._number_of.setdefault(os.path.normcase(folder), len(self._folders))
        if number == len(self._folders):
            self._folders.append(folder)
            self._rows.append({})
        return number


class _Grouped:
    """The rows of each of a list's folders."""

    def __init__(self, numbers: NDArray[np.int32], folders: int) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._bounds = np.searchsorted(numbers[self._order], np.arange(folders + 1))

    def rows(self, folder: int) -> list[int]:
        """Return the rows of a folder, in their order."""
        rows: list[int] = self._order[self._bounds[folder] : self._bounds[folder + 1]].tolist()
        return rows


def _entry(image: ImageFile) -> Entry:
    return *_split(image.path), image.size_bytes, image.mtime_ns, image.stamp


def _split(path: Path) -> tuple[str, str]:
    """Split a path into its folder, with trailing separator, and its name."""
    text = str(path)
    cut = text.rfind(os.sep) + 1
    return text[:cut], text[cut:]


def _from_columns(
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


def _used_folders(numbers: NDArray[np.int32], folders: Sequence[str]) -> tuple[NDArray[np.int32], list[str]]:
    """Drop unused and repeated folders. Return the new folder index of each row, and the folders."""
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
