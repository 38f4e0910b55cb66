"""A cache of thumbnails on disk: one SQLite file beside that of the embeddings, and just as expendable.

The key of a thumbnail is the path, size, modification time and stamp of its image file. Each row has a CRC-32 over
key and JPEG. A row whose checksum fails counts as absent, and its thumbnail is made again from the file.
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

#: The longer side of a stored thumbnail in pixels: the table's largest rows on a screen with a scale factor of 2.
EDGE = 192
#: Smaller files are not stored, because decoding them takes no longer than a lookup.
LEAST_FILE_BYTES = 200_000

_JPEG_QUALITY = 85
#: Increase it when images are decoded to other pixels, so that older thumbnails are made again. Version 2: sRGB.
_PIXELS_VERSION = 2
#: Thumbnails are written in batches of this many, or after this time, because each commit waits for the disk.
_BATCH_SIZE = 32
_BATCH_S = 1.0

# `entries` is separate from `pictures`, so that an update of `used` rewrites 100 bytes of a row instead of 6,000.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY, path BLOB UNIQUE, size INTEGER, mtime_ns INTEGER, used INTEGER, stamp INTEGER
);
CREATE TABLE IF NOT EXISTS pictures (id INTEGER PRIMARY KEY, crc INTEGER, jpeg BLOB)
"""
#: See StoreFile. Version 1 added the stamp. Thumbnails of version 0 do not match any, and are made once more.
_UPGRADES = ("ALTER TABLE entries ADD COLUMN stamp INTEGER",)


class ThumbnailStore:
    """JPEGs of at most EDGE px in one file, which several windows may share. Thread-safe.

    Faults of the file or the disk never raise (see StoreFile). Thumbnails are found as soon as they were put, and
    written in batches shortly after.
    """

    def __init__(
        self, path: Path, *, limit_bytes: int = DEFAULT_LIMIT_BYTES, clock: Callable[[], float] = time.time
    ) -> None:
        # Faults are only logged: a lost thumbnail costs a moment, and EmbeddingStore reports the same disk's faults.
        self._file = StoreFile(path, _SCHEMA, logger.info, upgrades=_UPGRADES)
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
        """Return the JPEG of an unchanged file; None if it is not stored."""
        path = os.fsencode(file.path)
        with self._lock:
            waiting = self._waiting.get(path)
        if waiting is not None:
            return waiting[1] if waiting[0] == file else None
        query = (
            "SELECT e.id, e.size, e.mtime_ns, e.stamp, e.used, p.crc, p.jpeg "
            "FROM entries e JOIN pictures p ON p.id = e.id WHERE e.path = ?"
        )
        nothing: list[tuple[Any, ...]] = []
        found = self._file.read(lambda connection: connection.execute(query, (path,)).fetchall(), nothing)
        for entry, size, mtime_ns, stamp, used, crc, jpeg in found:
            is_same = (size, mtime_ns, stamp) == (file.size_bytes, file.mtime_ns, file.stamp)
            if is_same and isinstance(jpeg, bytes) and crc == _crc(file, jpeg):
                if not isinstance(used, int) or used < self._now() - USE_STEP_S:
                    self._touch(entry)
                return bytes(jpeg)
            if is_same:
                self._file.repair()
        return None

    def put(self, file: ImageFile, jpeg: bytes) -> None:
        """Store the thumbnail of a file in its present state."""
        now = time.monotonic()
        with self._lock:
            if not self._waiting:
                self._waits_since = now
            self._waiting[os.fsencode(file.path)] = file, jpeg
            is_due = len(self._waiting) >= _BATCH_SIZE or now - self._waits_since > _BATCH_S
        if is_due and self._writing.acquire(blocking=False):
            # Otherwise another thread is writing already.
            try:
                self._flush()
            finally:
                self._writing.release()

    def put_image(self, file: ImageFile, image: Image.Image) -> None:
        """Store a thumbnail of an image that was decoded for another purpose, unless it is too small for one.

        Takes about 2 ms, while decoding 12 megapixels takes 40.
        """
        from PIL import Image

        if file.size_bytes < LEAST_FILE_BYTES or max(image.size) < EDGE:
            return
        width, height = image.size
        scale = EDGE / max(width, height)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        try:
            small = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
            stream = io.BytesIO()
            small.save(stream, "JPEG", quality=_JPEG_QUALITY)
        except (OSError, ValueError, MemoryError) as error:
            logger.debug("No thumbnail of %s: %s", file.path, error)
            return
        self.put(file, stream.getvalue())

    def flush(self) -> None:
        """Write the thumbnails that wait in memory."""
        with self._writing:
            self._flush()

    def _flush(self) -> None:
        with self._lock:
            waiting = dict(self._waiting)

        def write(connection: sqlite3.Connection) -> None:
            for path, (file, jpeg) in waiting.items():
                connection.execute(
                    "INSERT INTO entries (path, size, mtime_ns, stamp, used) VALUES (?, ?, ?, ?, ?) "
                    "ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, "
                    "stamp = excluded.stamp, used = excluded.used",
                    (path, file.size_bytes, file.mtime_ns, file.stamp, self._now()),
                )
                found = connection.execute("SELECT id FROM entries WHERE path = ?", (path,)).fetchone()
                if found is None:
                    raise sqlite3.DatabaseError("its index contradicts its table")
                row = (found[0], _crc(file, jpeg), jpeg)
                connection.execute("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?)", row)
            self._evict(connection)

        if waiting:
            self._file.write(write)
            with self._lock:
                for path, written in waiting.items():
                    if self._waiting.get(path) is written:
                        del self._waiting[path]

    def set_limit(self, limit_bytes: int) -> None:
        """Limit the file to about this size from now on, and delete the least recently used rows beyond it."""
        self._limit_bytes = limit_bytes
        self._file.allow_writes()
        self._file.write(self._evict)
        self._file.shrink()

    def clear(self) -> None:
        """Delete everything."""

        def empty(connection: sqlite3.Connection) -> None:
            for table in ("entries", "pictures"):
                connection.execute(f"DELETE FROM {table}")

        with self._writing:
            with self._lock:
                self._waiting.clear()
            self._file.allow_writes()
            self._file.write(empty)
        self._file.shrink()

    def move(self, path: Path) -> bool:
        """Move to another file (see StoreFile.move). Return whether that worked."""
        self.flush()
        return self._file.move(path)

    def close(self) -> None:
        """Write the thumbnails that wait in memory, and close the file. It is opened again when it is needed."""
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
    key = os.fsencode(file.path) + struct.pack("<Bqqq", _PIXELS_VERSION, file.size_bytes, file.mtime_ns, file.stamp)
    return zlib.crc32(jpeg, zlib.crc32(key))
