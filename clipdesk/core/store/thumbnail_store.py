"""Thumbnails that outlive the program: one SQLite file beside that of the embeddings, as expendable as that one.

A thumbnail belongs to a path, a size and a time of the last change: another one is another picture. Each has a CRC over
all of these; what fails is as good as absent, and what is absent is made again from its file.
"""

from __future__ import annotations

import io
import logging
import os
import sqlite3
import struct
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.store_file import USE_STEP_S, StoreFile, evict_oldest, used_bytes

if TYPE_CHECKING:
    from PIL import Image

logger = logging.getLogger(__name__)

THUMBNAILS_NAME = "thumbnails-1.sqlite3"
DEFAULT_LIMIT_BYTES = 500_000_000

#: The longer side of what is kept, in pixels: the table's largest rows on a screen of two device pixels a pixel.
EDGE = 192
#: Files smaller than this are not worth it: they are decoded in the time that it takes to find them here.
LEAST_FILE_BYTES = 200_000

_QUALITY = 85
#: So many wait to be written together: a commit waits for the disk.
_GATHERED = 32
_GATHER_S = 1.0

# `entries` is apart from `pictures` so that a change of `used` rewrites 100 bytes of a row, not 6,000.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY, path BLOB UNIQUE, size INTEGER, mtime_ns INTEGER, used INTEGER
);
CREATE TABLE IF NOT EXISTS pictures (id INTEGER PRIMARY KEY, crc INTEGER, jpeg BLOB)
"""


class ThumbnailStore:
    """JPEGs of at most EDGE px in one file that several windows may share. Safe to use from several threads.

    Never raises for what is wrong with the file or the disk (see StoreFile): a broken file is renamed aside and begun
    anew, and where the disk refuses, nothing is kept. What is put is written with others, soon.
    """

    def __init__(
        self, path: Path, *, limit_bytes: int = DEFAULT_LIMIT_BYTES, clock: Callable[[], float] = time.time
    ) -> None:
        # Not for the person: nothing is lost but a moment, and the store of embeddings speaks about the same disk.
        self._file = StoreFile(path, _SCHEMA, logger.info)
        self._limit_bytes = limit_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: dict[bytes, tuple[ImageFile, bytes]] = {}
        self._waits_since = 0.0

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def size_bytes(self) -> int:
        """The size of the file."""
        return self._file.size_bytes

    def find(self, file: ImageFile) -> bytes | None:
        """The JPEG of a file that has not changed, if it is kept."""
        path = os.fsencode(file.path)
        with self._lock:
            waiting = self._waiting.get(path)
        if waiting is not None:
            return waiting[1] if waiting[0] == file else None
        query = (
            "SELECT e.id, e.size, e.mtime_ns, e.used, p.crc, p.jpeg "
            "FROM entries e JOIN pictures p ON p.id = e.id WHERE e.path = ?"
        )
        nothing: list[tuple[Any, ...]] = []
        found = self._file.read(lambda connection: connection.execute(query, (path,)).fetchall(), nothing)
        for entry, size, mtime_ns, used, crc, jpeg in found:
            is_same = (size, mtime_ns) == (file.size_bytes, file.mtime_ns) and isinstance(jpeg, bytes)
            if is_same and crc == _crc(file, jpeg):
                if not isinstance(used, int) or used < self._now() - USE_STEP_S:
                    self._touch(entry)
                return bytes(jpeg)
        return None

    def put(self, file: ImageFile, jpeg: bytes) -> None:
        """Keep the thumbnail of a file as it is now."""
        now = time.monotonic()
        with self._lock:
            if not self._waiting:
                self._waits_since = now
            self._waiting[os.fsencode(file.path)] = file, jpeg
            is_due = len(self._waiting) >= _GATHERED or now - self._waits_since > _GATHER_S
        if is_due and self._writing.acquire(blocking=False):
            # Else another thread is at it.
            try:
                self._flush()
            finally:
                self._writing.release()

    def put_picture(self, file: ImageFile, picture: Image.Image) -> None:
        """Keep a thumbnail of a picture that was decoded for something else, if it is large enough for one.

        Its `info` may hold an `icc_profile`, which is kept, and `transparency`, of which a JPEG has none: the picture
        is then left to whoever shows it. Takes about 2 ms, where decoding 12 megapixels has taken 40.
        """
        from PIL import Image

        is_wanted = file.size_bytes >= LEAST_FILE_BYTES and max(picture.size) >= EDGE
        if not is_wanted or "transparency" in picture.info:
            return
        width, height = picture.size
        scale = EDGE / max(width, height)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        try:
            small = picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
            stream = io.BytesIO()
            small.save(stream, "JPEG", quality=_QUALITY, icc_profile=picture.info.get("icc_profile"))
        except (OSError, ValueError, MemoryError) as error:
            logger.debug("no thumbnail of %s: %s", file.path, error)
            return
        self.put(file, stream.getvalue())

    def flush(self) -> None:
        """Write what waits."""
        with self._writing:
            self._flush()

    def _flush(self) -> None:
        with self._lock:
            waiting = dict(self._waiting)

        def write(connection: sqlite3.Connection) -> None:
            for path, (file, jpeg) in waiting.items():
                connection.execute(
                    "INSERT INTO entries (path, size, mtime_ns, used) VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE "
                    "SET size = excluded.size, mtime_ns = excluded.mtime_ns, used = excluded.used",
                    (path, file.size_bytes, file.mtime_ns, self._now()),
                )
                (entry,) = connection.execute("SELECT id FROM entries WHERE path = ?", (path,)).fetchone()
                row = (entry, _crc(file, jpeg), jpeg)
                connection.execute("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?)", row)
            self._evict(connection)

        if waiting:
            self._file.write(write)
            with self._lock:
                for path, kept in waiting.items():
                    if self._waiting.get(path) is kept:
                        del self._waiting[path]

    def set_limit(self, limit_bytes: int) -> None:
        """From now on the file is at most about this large; what was used least recently leaves first."""
        self._limit_bytes = limit_bytes
        self._file.try_again()
        self._file.write(self._evict)
        self._file.give_back()

    def clear(self) -> None:
        """Forget everything."""

        def empty(connection: sqlite3.Connection) -> None:
            for table in ("entries", "pictures"):
                connection.execute(f"DELETE FROM {table}")

        with self._writing:
            with self._lock:
                self._waiting.clear()
            self._file.try_again()
            self._file.write(empty)
        self._file.give_back()

    def move(self, path: Path) -> bool:
        """Go on in another file and take along what is kept (see StoreFile)."""
        self.flush()
        return self._file.move(path)

    def close(self) -> None:
        """Write what waits, and let the file go. It is opened again when it is needed."""
        self.flush()
        self._file.close()

    def _touch(self, entry: int) -> None:
        query = "UPDATE entries SET used = ? WHERE id = ?"
        self._file.write(lambda connection: connection.execute(query, (self._now(), entry)))

    def _evict(self, connection: sqlite3.Connection) -> None:
        while used_bytes(connection) > self._limit_bytes:
            if not evict_oldest(connection, "pictures", self._limit_bytes):
                return

    def _now(self) -> int:
        return int(self._clock())


def _crc(file: ImageFile, jpeg: bytes) -> int:
    return zlib.crc32(
        jpeg, zlib.crc32(struct.pack("<qq", file.size_bytes, file.mtime_ns), zlib.crc32(os.fsencode(file.path)))
    )
