"""Write files atomically."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from clipdesk.core.errors import ExportError


@contextlib.contextmanager
def replace_atomically(path: Path) -> Iterator[TextIO]:
    """Open a UTF-8 text stream whose content replaces the file at `path` if the block ends without an error.

    The text goes to a temporary file in the same folder, which is flushed to the disk and then renamed to `path`. A
    reader, or a crash, finds either the old file or the complete new one. Line ends are written as given. If `path` is
    a symbolic link, the file that it points to is replaced. Devices and pipes (`/dev/stdout`) are written directly.

    Raises ExportError if the file cannot be written. The old file is then untouched.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        if _is_device(path):
            # A rename would replace the device itself: run as root, it would delete /dev/null.
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                yield stream
            return
        descriptor, name = tempfile.mkstemp(prefix=".clipdesk-", suffix=".part", dir=target.parent)
        temporary = Path(name)
        # Escapes (\udcXX) keep a file name that is not valid Unicode from failing the export.
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
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


def check_writable(path: Path) -> None:
    """Raise ExportError if `replace_atomically` would fail. Call it before long work whose result is to be written."""
    try:
        if not _is_device(path):
            # Not os.access, which does not recognise read-only shares on Windows.
            with tempfile.TemporaryFile(dir=Path(os.path.realpath(path)).parent):
                pass
    except OSError as error:
        raise _export_error(path, error) from error


def _export_error(path: Path, error: OSError) -> ExportError:
    return ExportError(f"“{path}” could not be written: {error.strerror or error}. Choose another place.")


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
