"""Give each image and its companions a free name in their target folder."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from clipdesk.core.errors import Cancelled
from clipdesk.core.sorting.companions import Companion, stem_of
from clipdesk.core.sorting.folder_names import clash_key, numbered
from clipdesk.core.sorting.listings import Listing, Listings

_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to be placed, or that is at the target: its path and its status."""

    path: str
    status: os.stat_result


@dataclass(frozen=True, slots=True)
class Placed:
    """The names of an image and of its companions, in their order."""

    name: str
    companions: tuple[str, ...]
    is_numbered: bool


@dataclass
class _Series:
    """The files `a.jpg`, `a (2).jpg`, … of one target folder: by size, and the first number that may be free."""

    number: int = 1
    files: dict[int, dict[str, SourceFile]] = field(default_factory=dict)

    def add(self, file: SourceFile) -> None:
        self.files.setdefault(file.status.st_size, {})[file.path] = file


@dataclass
class _Target:
    """A target folder: what is on disk, and what the plan puts there, by `clash_key` of the name."""

    on_disk: Listing
    planned: dict[str, SourceFile] = field(default_factory=dict)
    series: dict[str, _Series] = field(default_factory=dict)

    def is_taken(self, key: str) -> bool:
        return key in self.planned or (self.on_disk.is_there and key in self.on_disk.name_of)


class Placing:
    """Finds free names in target folders. Names that differ in case or Unicode form only count as equal."""

    def __init__(
        self, listings: Listings, leaving: frozenset[tuple[str, str]], *, skip_same: bool, cancel: threading.Event
    ) -> None:
        """With `skip_same` an image is not placed where a file of its name has the same bytes.

        `leaving` are the files that the plan moves away, as real folder and name: they do not count as such a file.
        """
        self._listings = listings
        self._leaving = leaving
        self._skip_same = skip_same
        self._cancel = cancel
        self._targets: dict[str, _Target] = {}
        self._digests: dict[str, bytes | None] = {}

    def place(
        self, folder: str, name: str, source: SourceFile, companions: Sequence[tuple[Companion, SourceFile]] = ()
    ) -> Placed | SourceFile:
        """Reserve names for an image and its companions, all with the same number if one of them is taken.

        Returns the file that is the same instead: a hard link of the source that has its name, or one with a number,
        and with `skip_same` a file with the same bytes, whether it is there already or the plan puts it there.
        """
        target = self._target(folder)
        key = clash_key(name)
        if not target.is_taken(key) and not companions:  # quick for most images
            target.planned[key] = source
            return Placed(name, (), False)
        series = target.series.setdefault(key, _Series())
        for number, names in _names(name, [companion for companion, _ in companions], series.number):
            keys = [clash_key(one) for one in names]
            if not any(map(target.is_taken, keys)):
                break
            if (there := self._file_at(target, keys[0])) is not None:
                series.add(there)
        series.number = number
        if (same := self._same(series, source)) is not None:
            return same
        target.planned.update(zip(keys, (source, *(file for _, file in companions)), strict=True))
        return Placed(names[0], tuple(names[1:]), number > 1)

    def _target(self, folder: str) -> _Target:
        target = self._targets.get(folder)
        if target is None:
            target = self._targets[folder] = _Target(self._listings.of(folder))
        return target

    def _file_at(self, target: _Target, key: str) -> SourceFile | None:
        """Return the regular file that has the name with this key or will have it, unless the plan moves it away."""
        if (planned := target.planned.get(key)) is not None:
            return planned
        name = target.on_disk.name_of.get(key)
        if name is None or (target.on_disk.real, name) in self._leaving:
            return None
        try:
            # DirEntry.stat has no st_ino on Windows.
            path = target.on_disk.entries[name].path
            status = os.stat(path)  # noqa: PTH116
        except OSError:
            return None
        return SourceFile(path, status) if stat.S_ISREG(status.st_mode) else None

    def _same(self, series: _Series, source: SourceFile) -> SourceFile | None:
        for file in series.files.get(source.status.st_size, {}).values():
            if file.path != source.path and _is_same_file(file.status, source.status):
                return file
            if self._skip_same and (digest := self._digest(source.path)) and digest == self._digest(file.path):
                return file
        return None

    def _digest(self, path: str) -> bytes | None:
        if path not in self._digests:
            try:
                self._digests[path] = _digest(path, self._cancel)
            except OSError:
                self._digests[path] = None
        return self._digests[path]


def _names(name: str, companions: Sequence[Companion], first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the names of an image and its companions with each number from `first` on; 1 is the plain name."""
    if first == 1:
        yield 1, [name, *(companion.name for companion in companions)]
    stem = stem_of(name)
    suffix = name[len(stem) :]
    longest = max([suffix, *_endings(companions, name)], key=len)
    number = max(first, 2)
    while True:
        image = numbered(stem, number, longest) + suffix
        yield number, [image, *(companion.renamed(name, image) for companion in companions)]
        number += 1


def _endings(companions: Iterable[Companion], image: str) -> Iterator[str]:
    """Yield what follows the stem of the image in the companions' names."""
    for companion in companions:
        yield companion.renamed(image, "x" + image[len(stem_of(image)) :])[1:]


def _is_same_file(one: os.stat_result, other: os.stat_result) -> bool:
    return bool(one.st_ino) and os.path.samestat(one, other)


def _digest(path: str, cancel: threading.Event) -> bytes:
    """Hash a file. Raises OSError, or Cancelled."""
    digest = hashlib.blake2b(digest_size=20)
    with open(path, "rb") as stream:  # noqa: PTH123
        while part := stream.read(_READ_BYTES):
            if cancel.is_set():
                raise Cancelled("Planning was stopped.")
            digest.update(part)
    return digest.digest()
