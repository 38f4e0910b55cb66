"""Copy a file to a part file and verify it."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from clipdesk.core.messages import message

_READ_BYTES = 1 << 20
_DIGEST_BYTES = 20


class SourceChangedError(OSError):
    """The source was changed since it was planned, or while it was read."""


def part_path(target: Path, token: str, number: int) -> Path:
    """Return the name of the part file of a sort's step, beside its target. `token` is the sort's, so it is unique.

    Not `.part`: an export into the same folder would take it for its own and remove it.
    """
    return target.with_name(f".clipdesk-{token}-{number}.copy")


def copy_verified(
    source: Path,
    part: Path,
    on_bytes: Callable[[int], None],
    *,
    is_expected: Callable[[os.stat_result], bool],
    mtime_ns: int | None = None,
) -> tuple[bytes, os.stat_result]:
    """Copy `source` to the new file `part`, flush it to the disk, read it back and compare the hashes.

    Times (ns), permissions and, as far as both file systems have them, extended attributes are kept. Returns the hash
    and the status of the part file. `is_expected` tells whether the opened file is the one that is meant.
    `mtime_ns` replaces the modification time. `on_bytes` gets the number of bytes
    copied; it may raise Cancelled.

    Raises OSError, SourceChangedError, or Cancelled. The part file is then gone, if the disk allows it.
    """
    try:
        with source.open("rb") as reader:
            before = os.fstat(reader.fileno())
            if not is_expected(before):
                raise SourceChangedError(errno.EAGAIN, message("core", "it was changed"), str(source))
            times_ns = (before.st_atime_ns, before.st_mtime_ns if mtime_ns is None else mtime_ns)
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
            descriptor = os.open(part, flags, 0o600)
            try:
                digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
                while block := reader.read(_READ_BYTES):
                    digest.update(block)
                    _write(descriptor, block)
                    on_bytes(len(block))
                if _version(os.fstat(reader.fileno())) != _version(before):
                    raise SourceChangedError(
                        errno.EAGAIN, message("core", "it was changed while it was copied"), str(source)
                    )
                _copy_attributes(source, part)
                os.utime(part, ns=times_ns)
                os.fsync(descriptor)
                if _read_back(descriptor) != digest.digest():
                    raise OSError(errno.EIO, message("core", "the copy differs from the original"), str(part))
                status = os.fstat(descriptor)
            finally:
                os.close(descriptor)
        with contextlib.suppress(OSError):
            # Last, because a file that is not writable could not be given times on some systems.
            part.chmod(stat.S_IMODE(before.st_mode))
        return digest.digest(), status
    except FileExistsError:
        raise
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def hash_file(path: Path) -> bytes:
    """Hash a file. Raises OSError."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    with path.open("rb") as stream:
        while block := stream.read(_READ_BYTES):
            digest.update(block)
    return digest.digest()


def _version(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _write(descriptor: int, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(descriptor, view) :]


def _read_back(descriptor: int) -> bytes:
    """Hash what is on the disk: the system's cache of the file is dropped first, where it can be."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.lseek(descriptor, 0, os.SEEK_SET)
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    while block := os.read(descriptor, _READ_BYTES):
        digest.update(block)
    return digest.digest()


def _copy_attributes(source: Path, part: Path) -> None:
    """Copy the extended attributes that both file systems allow: tags and comments of file managers."""
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(source):
            with contextlib.suppress(OSError):
                os.setxattr(part, name, os.getxattr(source, name))
