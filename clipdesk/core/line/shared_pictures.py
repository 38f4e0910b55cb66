"""Decode each image once, whether the job or a view needs it first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from clipdesk.core.errors import ImageError
from clipdesk.core.line.decoding_threads import wait_for_any
from clipdesk.core.line.prepare import Decoded, OnPicture, Prepared, decode_file
from clipdesk.core.line.recognise import FoundImage
from clipdesk.core.pictures.content import read_content
from clipdesk.core.pictures.scan import ImageFile

if TYPE_CHECKING:
    from PIL import Image

#: Images that views have prepared for the job wait for it in this much memory: 400 of 224 × 224 pixels. Those that were
#: decoded before the model was loaded take as much again: about 20, a page of the table.
_MOST_BYTES = 64_000_000
#: What most models want, as long as no model is known.
_USUAL_SIZE = (224, 224)

_Prepare = Callable[[FoundImage, OnPicture], Prepared]


@dataclass(frozen=True)
class _Job:
    """The job that is running.

    `hashes`: its results are stored, so they need the key of the content. `is_ready` returns whether its model is
    loaded: until then, preparing an image would wait for that.
    """

    prepare: _Prepare
    cancel: threading.Event
    hashes: bool
    is_ready: Callable[[], bool]


@dataclass(frozen=True)
class _Early:
    """An image that was decoded for a view before the model was loaded."""

    file: ImageFile
    image_size: tuple[int, int]
    decoded: Decoded

    @property
    def size_bytes(self) -> int:
        width, height = self.decoded.picture.size
        return 4 * width * height


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
    one of both is decoding an image already, the other waits for that. Before the model is loaded, a view only decodes.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._job: _Job | None = None
        self._entries: dict[Path, _Entry] = {}
        self._kept_bytes = 0
        self._early: dict[Path, _Early] = {}
        self._image_size = _USUAL_SIZE

    def begin(
        self,
        prepare: _Prepare,
        cancel: threading.Event,
        *,
        image_size: tuple[int, int],
        hashes: bool,
        is_ready: Callable[[], bool],
    ) -> Callable[[FoundImage], Prepared]:
        """Begin a job; return what prepares its images. Both functions are those of its decoding threads."""
        with self._lock:
            self._job = job = _Job(prepare, cancel, hashes, is_ready)
            self._image_size = image_size
            self._early = {path: early for path, early in self._early.items() if early.image_size == image_size}
        return lambda found: self._prepare_for_job(found, job)

    def decode(self, path: Path, image_size: tuple[int, int], cancel: threading.Event) -> Decoded:
        """Do as `decode_file`, but take what a view has decoded before. For the job's decoding threads."""
        with self._lock:
            early = self._early.pop(path, None)
        if early is not None and early.image_size == image_size and early.file == _file_at(path):
            return early.decoded
        return decode_file(path, image_size, cancel)

    def end(self) -> None:
        """End the job, and forget what was prepared for it."""
        with self._lock:
            self._job = None
            self._entries.clear()
            self._early.clear()
            self._kept_bytes = 0

    @property
    def is_open(self) -> bool:
        """Whether a job is running, its model is loaded, and there is room for more of its images."""
        with self._lock:
            return self._job is not None and self._job.is_ready() and self._kept_bytes < self._most_bytes

    def picture(self, path: Path) -> Image.Image | None:
        """Return an image that a job has yet to encode, as decoded for it: larger than the model's size.

        None if there is no room for it, or if it cannot be read: then decode the file.
        """
        with self._lock:
            job, entry, is_mine = self._job, self._entries.get(path), False
            is_early = entry is None and (job is None or not job.is_ready())
            if job is not None and entry is None and not is_early:
                if self._kept_bytes >= self._most_bytes:
                    return None
                entry, is_mine = _Entry(), True
                self._entries[path] = entry
        if is_early:
            return self._decode_early(path)
        assert job is not None and entry is not None
        picture = entry.picture
        if is_mine:
            self._prepare_for_view(path, entry, job)
        if picture is None or not wait_for_any([picture], job.cancel) or picture.exception() is not None:
            return None
        return picture.result()

    def _decode_early(self, path: Path) -> Image.Image | None:
        with self._lock:
            image_size = self._image_size
            if sum(early.size_bytes for early in self._early.values()) >= self._most_bytes:
                return None
        file = _file_at(path)
        try:
            decoded = decode_file(path, image_size)
        except ImageError:
            return None
        if file is not None:
            early = _Early(file, image_size, decoded)
            with self._lock:
                self._early[path] = early
        return decoded.picture

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


def _file_at(path: Path) -> ImageFile | None:
    try:
        return ImageFile.of(path, path.stat())
    except (OSError, ValueError):
        return None


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
