"""Identify files by their content, so that a renamed or copied image is recognised."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.pictures.scan import ImageFile

#: Length of a content key in bytes.
KEY_BYTES = 20

#: A file that was modified less than this before it was read may change again without a new modification time: FAT
#: stores times in steps of two seconds.
_SETTLED_NS = 2_000_000_000

#: Change times come from a clock that ticks every 1 to 10 ms (`CONFIG_HZ`). A change within the tick of the one before
#: does not show in them.
_TICK_S = 0.02

_READ_BYTES = 1 << 20


@dataclass(frozen=True)
class Content:
    """A hash of a file's bytes, and the file's path, size, time and stamp when they were read.

    `is_settled`: any later change of the file will show in its size, time or stamp.
    """

    key: bytes
    file: ImageFile
    is_settled: bool


def read_content(path: Path, cancel: threading.Event | None = None) -> Content | None:
    """Hash a file. Return None if it cannot be read, is not a regular file, is empty, or `cancel` was set meanwhile.

    BLAKE2b, 160 bits, at 1.0 GB/s. SHA-256 was faster (1.3 GB/s), but half as fast on CPUs without instructions for it.
    Decoding reads the file a second time, from the system's page cache: keeping the bytes instead would hold whole
    scans of gigabytes in memory. A file that was changed a moment ago is read up to 20 ms later, so that any change
    after that shows in its change time.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            wait_for_tick(status, cancel)
            file = ImageFile.of(path, status)
            digest = hashlib.blake2b(digest_size=KEY_BYTES, person=b"clipdesk picture")
            while part := stream.read(_READ_BYTES):
                digest.update(part)
                if cancel is not None and cancel.is_set():
                    return None
    except (OSError, ValueError):
        return None
    if not file.size_bytes:
        return None
    return Content(digest.digest(), file, abs(time.time_ns() - file.mtime_ns) > _SETTLED_NS)


def is_unchanged(content: Content) -> bool:
    """Return whether the file still has the size, time and stamp that it had when it was read."""
    try:
        return ImageFile.of(content.file.path, content.file.path.stat()) == content.file
    except OSError:
        return False


def wait_for_tick(status: os.stat_result, cancel: threading.Event | None = None) -> None:
    """Wait, at most 20 ms, until a new change of the file with this status would get a new change time."""
    since_s = time.time() - status.st_ctime_ns / 1e9
    if 0 <= since_s < _TICK_S:
        (cancel or threading.Event()).wait(_TICK_S - since_s)


def text_key(text: str) -> bytes:
    """Return the content key of a text, which never equals that of a file."""
    encoded = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=KEY_BYTES, person=b"clipdesk text").digest()
