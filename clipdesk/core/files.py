"""Write files atomically."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from clipdesk.core.errors import ExportError
from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason

if sys.platform != "win32":
    import fcntl

_PREFIX, _SUFFIX = ".clipdesk-", ".part"

#: Where files cannot be locked, a temporary file counts as abandoned once it has not been written for this long.
_ABANDONED_S = 600.0


@contextlib.contextmanager
def replace_atomically(path: Path) -> Iterator[TextIO]:
    """Open a UTF-8 text stream whose content replaces the file at `path` if the block ends without an error.

    Line ends are written as given. Otherwise as `replace_bytes`. Raises ExportError.
    """
    with replace_bytes(path) as stream:
        # Escapes (\udcXX) keep a file name that is not valid Unicode from failing the export.
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="")
        try:
            yield text
            text.flush()
        finally:
            with contextlib.suppress(OSError, ValueError):  # of a stream that failed before
                text.detach()


@contextlib.contextmanager
def replace_bytes(path: Path, *, tidy: bool = True) -> Iterator[BinaryIO]:
    """Open a binary stream whose content replaces the file at `path` if the block ends without an error.

    The bytes go to a temporary file in the same folder, which is flushed to the disk and then renamed to `path`. A
    reader, or a crash, finds either the old file or the complete new one. If `path` is a symbolic link, the file that
    it points to is replaced. Devices and pipes (`/dev/stdout`) are written directly. With `tidy`, temporary files that
    killed programs left in the folder are removed.

    Raises ExportError if the file cannot be written. The old file is then untouched.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    lock: int | None = None
    try:
        if _is_device(path):
            # A rename would replace the device itself: run as root, it would delete /dev/null.
            with path.open("wb") as stream:
                yield stream
            return
        if tidy:
            remove_abandoned(target.parent)
        descriptor, temporary = _create_temporary(target.parent)
        if sys.platform != "win32":
            # Held until the file has its final name. On Windows, an open file can be neither renamed nor deleted.
            lock = os.dup(descriptor)
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode_for(target))
        temporary.replace(target)
        temporary = None
    except OSError as error:
        raise _export_error(path, error) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        if lock is not None:
            os.close(lock)


def check_writable(path: Path) -> None:
    """Raise ExportError if `replace_atomically` would fail. Call it before long work whose result is to be written."""
    try:
        if not _is_device(path):
            # Not os.access, which does not recognise read-only shares on Windows.
            with tempfile.TemporaryFile(dir=Path(os.path.realpath(path)).parent):
                pass
    except OSError as error:
        raise _export_error(path, error) from error


def _create_temporary(folder: Path) -> tuple[int, Path]:
    """Create a temporary file, and lock it so that other programs do not take it for abandoned.

    Another program may find the new file before it is locked. Then we create another one.
    """
    while True:
        descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
        if _lock(descriptor) is not False and os.fstat(descriptor).st_nlink:
            return descriptor, Path(name)
        os.close(descriptor)


def remove_abandoned(folder: Path) -> None:
    """Delete the temporary files in a folder whose program was killed. Those of running programs stay."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
                with contextlib.suppress(OSError):
                    _remove_if_abandoned(Path(entry.path))


def _remove_if_abandoned(path: Path) -> None:
    """Delete a temporary file unless a program is writing it. Raises OSError."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return
    is_old = time.time() - status.st_mtime > _ABANDONED_S
    if sys.platform == "win32":
        if is_old:
            path.unlink()
        return
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        is_locked = _lock(descriptor)
        if is_locked or (is_locked is None and is_old):
            path.unlink()
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool | None:
    """Lock an open file until it is closed. Return False if it is locked elsewhere, None if files cannot be locked."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return None
    return True


def _export_error(path: Path, error: OSError) -> ExportError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        words = message("core", "“{path}” could not be written: its folder does not exist. Choose another place.")
        return ExportError(words.of(path=path))
    if error.errno == errno.ENAMETOOLONG:
        words = message("core", "“{path}” could not be written: the name is too long. Choose a shorter one.")
        return ExportError(words.of(path=path))
    words = message("core", "“{path}” could not be written: {reason}. Choose another place.")
    return ExportError(words.of(path=path, reason=os_reason(error)))


def _is_device(path: Path) -> bool:
    """Return whether `path` exists and is neither a regular file nor a folder."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _mode_for(target: Path) -> int:
    """Return the mode of the old file, or that of any new file. (mkstemp creates files with 0600.)"""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
