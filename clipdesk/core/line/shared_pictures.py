"""Decode each image once, whether the job or a view needs it first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from clipdesk.core.line.decoding_threads import wait_for_any
from clipdesk.core.line.prepare import OnPicture, Prepared
from clipdesk.core.line.recognise import FoundImage
from clipdesk.core.pictures.content import read_content

if TYPE_CHECKING:
    from PIL import Image

#: Images that views have prepared for the job wait for it in this much memory: 400 of 224 × 224 pixels.
_MOST_BYTES = 64_000_000

_Prepare = Callable[[FoundImage, OnPicture], Prepared]


@dataclass(frozen=True)
class _Job:
    """The job that is running. `hashes`: its results are stored, so they need the key of the content."""

    prepare: _Prepare
    cancel: threading.Event
    hashes: bool


@dataclass
class _Entry:
    """An image that is being prepared, or was prepared for a view and waits for the job.

    `picture` is None once the image is prepared, because decoded pixels take twenty times as much memory.
    """

    picture: Future[Image.Image] | None = field(default_factory=Future)
    prepared: Future[Prepared] = field(default_factory=Future)
    kept_bytes: int = 0


class SharedPictures:
    """Where the job and the views meet. Thread-safe.

    A view that needs an image which the job has yet to read prepares it for the job, and shows the decoded pixels. If
    one of both is decoding an image already, the other waits for that.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._job: _Job | None = None
        self._entries: dict[Path, _Entry] = {}
        self._kept_bytes = 0

    def begin(self, prepare: _Prepare, cancel: threading.Event, *, hashes: bool) -> Callable[[FoundImage], Prepared]:
        """Begin a job; return what prepares its images. Both functions are those of its decoding threads."""
        with self._lock:
            self._job = job = _Job(prepare, cancel, hashes)
        return lambda found: self._prepare_for_job(found, job)

    def end(self) -> None:
        """End the job, and forget what was prepared for it."""
        with self._lock:
            self._job = None
            self._entries.clear()
            self._kept_bytes = 0

    @property
    def is_open(self) -> bool:
        """Whether a job is running, and there is room for more of its images."""
        with self._lock:
            return self._job is not None and self._kept_bytes < self._most_bytes

    def picture(self, path: Path) -> Image.Image | None:
        """Return an image that the running job has yet to encode, as decoded for it: larger than the model's size.

        None if no job is running, or if it is too late or too early for that: then decode the file. None also if it
        cannot be read.
        """
        with self._lock:
            job, entry, is_mine = self._job, self._entries.get(path), False
            if job is None or (entry is None and self._kept_bytes >= self._most_bytes):
                return None
            if entry is None:
                entry, is_mine = _Entry(), True
                self._entries[path] = entry
            picture = entry.picture
        if is_mine:
            self._prepare_for_view(path, entry, job)
        if picture is None or not wait_for_any([picture], job.cancel) or picture.exception() is not None:
            return None
        return picture.result()

    def _prepare_for_view(self, path: Path, entry: _Entry, job: _Job) -> None:
        content = read_content(path, job.cancel) if job.hashes else None
        succeeded = _fill(entry, FoundImage(-1, path, content), job)
        with self._lock:
            if self._entries.get(path) is not entry:
                return  # the job has ended, or waits for this image
            if succeeded:
                entry.kept_bytes = entry.prepared.result().pixels.nbytes
                self._kept_bytes += entry.kept_bytes
            else:
                del self._entries[path]

    def _prepare_for_job(self, found: FoundImage, job: _Job) -> Prepared:
        mine = _Entry()
        with self._lock:
            entry = self._entries.pop(found.path, None)
            if entry is None:
                self._entries[found.path] = mine
            else:
                self._kept_bytes -= entry.kept_bytes
        if entry is not None:
            wait_for_any([entry.prepared], job.cancel)
            key = found.content.key if found.content is not None else b""
            is_usable = entry.prepared.done() and entry.prepared.exception() is None
            if is_usable and entry.prepared.result().content == key:
                return entry.prepared.result()
        try:
            _fill(mine, found, job)
        finally:
            with self._lock:
                if self._entries.get(found.path) is mine:
                    del self._entries[found.path]
        return mine.prepared.result()


def _fill(entry: _Entry, found: FoundImage, job: _Job) -> bool:
    """Prepare an image and set the entry's futures. Return whether it could be read."""
    picture = entry.picture
    assert picture is not None
    try:
        prepared = job.prepare(found, picture.set_result)
    except BaseException as error:
        if not picture.done():
            picture.set_exception(error)
        entry.prepared.set_exception(error)
        return False
    finally:
        entry.picture = None
    entry.prepared.set_result(prepared)
    return True
