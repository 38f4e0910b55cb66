"""Give each image and its companions a free name in their target folder."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from clipdesk.core.errors import Cancelled
from clipdesk.core.messages import message
from clipdesk.core.pictures.scan import IMAGE_SUFFIXES
from clipdesk.core.sorting.companions import COMPANION_SUFFIXES, RAW_SUFFIXES, Companion, split_suffix, stem_of
from clipdesk.core.sorting.folder_names import clash_key, numbered
from clipdesk.core.sorting.listings import Listing, Listings

_READ_BYTES = 1 << 20


@dataclass(slots=True)
class SourceFile:
    """A file that is to be placed, or that is at the target. The inode is 0 if it is not known."""

    path: str
    size: int
    mtime_ns: int
    device: int
    inode: int

    @classmethod
    def of(cls, path: str, status: os.stat_result, device: int) -> SourceFile:
        """Return the file at `path`, whose status is `status`. The status itself would take 1 kB.

        `device` is that of its folder: on Windows, the status of a directory entry does not tell.
        """
        return cls(path, status.st_size, status.st_mtime_ns, status.st_dev or device, status.st_ino)

    def is_same_file(self, other: SourceFile) -> bool:
        """Return whether the two are hard links of one file."""
        return bool(self.inode) and (self.device, self.inode) == (other.device, other.inode)


@dataclass(slots=True)
class Placed:
    """The names of an image and of its companions, in their order."""

    name: str
    companions: Sequence[str]
    is_numbered: bool


@dataclass
class _Series:
    """The files `a.jpg`, `a (2).jpg`, … of one target folder: by size, and the first number that may be free."""

    number: int = 1
    files: dict[int, dict[str, SourceFile]] = field(default_factory=dict)

    def add(self, file: SourceFile) -> None:
        self.files.setdefault(file.size, {})[file.path] = file


class _Target:
    """A target folder: what is on disk, and what the plan puts there, by `clash_key` of the name.

    Besides, the stems of images and of companions. RAW files count as neither: beside an image of the same stem they
    are its twin.
    """

    def __init__(self, on_disk: Listing) -> None:
        self.on_disk = on_disk
        self.planned: dict[str, SourceFile] = {}
        self.series: dict[str, _Series] = {}
        self._on_disk = on_disk.name_of
        self._image_stems: set[str] = set()
        self._companion_stems: set[str] = set()
        for key in self._on_disk:
            stem, suffix = split_suffix(key)
            if suffix in RAW_SUFFIXES:
                continue
            if suffix in IMAGE_SUFFIXES:
                self._image_stems.add(stem)
            elif suffix in COMPANION_SUFFIXES:
                self._companion_stems.add(stem)

    def is_free(self, key: str) -> bool:
        return key not in self.planned and key not in self._on_disk

    def are_free(self, keys: Sequence[str]) -> bool:
        """Return whether an image and its companions can have these names, so that the companions remain its own.

        `a.xmp` may not come beside `a.jpg` and `a.png`, nor `a.png` beside `a.jpg` and `a.xmp`.
        """
        for key in keys:
            if not self.is_free(key):
                return False
        stem, suffix = split_suffix(keys[0])
        has_companions = len(keys) > 1 or stem in self._companion_stems
        return not has_companions or suffix in RAW_SUFFIXES or stem not in self._image_stems

    def plan(self, keys: Sequence[str], files: Sequence[SourceFile]) -> None:
        """Reserve these names for an image and its companions."""
        for key, file in zip(keys, files, strict=True):
            self.planned[key] = file
        stem, suffix = split_suffix(keys[0])
        if suffix not in RAW_SUFFIXES:
            self._image_stems.add(stem)
        if len(keys) > 1:
            self._companion_stems.add(stem)


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
        group = [companion for companion, _ in companions]
        names = _names(name, group, 1) if group else [name]
        keys = [clash_key(one) for one in names]
        if not target.are_free(keys):
            series = target.series.setdefault(keys[0], _Series())
            names, keys = self._free_names(target, series, name, group)
            if (same := self._same(series, source)) is not None:
                return same
        target.plan(keys, [source, *(file for _, file in companions)])
        return Placed(names[0], names[1:], names[0] != name)

    def place_beside(self, folder: str, name: str, file: SourceFile) -> bool:
        """Reserve a name for a companion of images that are placed already. Return whether it was free."""
        target, key = self._target(folder), clash_key(name)
        if not target.is_free(key):
            return False
        target.planned[key] = file
        return True

    def _free_names(
        self, target: _Target, series: _Series, name: str, companions: Sequence[Companion]
    ) -> tuple[list[str], list[str]]:
        """Return the first names of a series that are all free, and their keys. Notes the files that took others."""
        while True:
            names = _names(name, companions, series.number)
            keys = [clash_key(one) for one in names]
            if (there := self._file_at(target, keys[0])) is not None:
                series.add(there)
            if target.are_free(keys):
                return names, keys
            series.number += 1

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
        return SourceFile.of(path, status, target.on_disk.device) if stat.S_ISREG(status.st_mode) else None

    def _same(self, series: _Series, source: SourceFile) -> SourceFile | None:
        for file in series.files.get(source.size, {}).values():
            if file.path != source.path and file.is_same_file(source):
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


def _names(name: str, companions: Sequence[Companion], number: int) -> list[str]:
    """Return the names of an image and its companions with this number. 1 leaves the image's name as it is."""
    image = name
    if number > 1:
        stem = stem_of(name)
        suffix = name[len(stem) :]
        # What follows the stem in the longest of the names.
        endings = [companion.renamed(name, "x" + suffix)[1:] for companion in companions]
        image = numbered(stem, number, max([suffix, *endings], key=len)) + suffix
    names = [image]
    keys = {clash_key(image)}
    for companion in companions:
        new = plain = companion.name if number == 1 else companion.renamed(name, image)
        again = 1
        while clash_key(new) in keys:  # as `a.xmp` and `a.XMP`
            again += 1
            stem = stem_of(plain)
            new = numbered(stem, again, plain[len(stem) :]) + plain[len(stem) :]
        keys.add(clash_key(new))
        names.append(new)
    return names


def _digest(path: str, cancel: threading.Event) -> bytes:
    """Hash a file. Raises OSError, or Cancelled."""
    digest = hashlib.blake2b(digest_size=20)
    with open(path, "rb") as stream:  # noqa: PTH123
        while part := stream.read(_READ_BYTES):
            if cancel.is_set():
                raise Cancelled(message("core", "Planning was stopped."))
            digest.update(part)
    return digest.digest()
