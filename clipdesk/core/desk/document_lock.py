"""Keep two windows from writing the same document."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class DocumentLock:
    """A lock on a document, which the system releases when the process ends, however it ends.

    Not on the document itself: SQLite loses its own locks when another descriptor of the file is closed
    (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, document: Path) -> DocumentLock | None:
        """Return the lock, or None if another window has the document open. Raises OSError if it cannot be created.

        On a file system without locks, nothing is locked.
        """
        path = document.with_name(f".{document.name}.lock")
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if not _lock(descriptor):
                    os.close(descriptor)
                    return None
                # The window that held the lock may have deleted the file after we opened it.
                if _is_at(descriptor, path):
                    return cls(path, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def release(self) -> None:
        """Release the lock. Call it once."""
        if sys.platform == "win32":  # where an open file cannot be deleted
            os.close(self._descriptor)
            with contextlib.suppress(OSError):
                self._path.unlink()
        else:
            with contextlib.suppress(OSError):
                self._path.unlink()
            os.close(self._descriptor)


def _lock(descriptor: int) -> bool:
    """Return False if another process has locked the file."""
    if sys.platform == "win32":
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
