"""Writing a file whole or not at all."""

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
    """A UTF-8 text stream whose content takes the place of `path` when the block ends without an error.

    The text goes to a temporary file in the same folder, is flushed to the disk, then renamed over `path`, so that
    a reader (or a power cut) sees the old file or the whole new one. Line ends are written as given. A symbolic
    link stays a link: the file that it points to is replaced. Raises ExportError when the disk or the folder
    refuses; the old file is then untouched. A device or a pipe (`/dev/stdout`) is written to as it is.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        if _is_device(path):
            # Renaming a file over it would take its place: as root, /dev/null would be no more.
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                yield stream
            return
        descriptor, name = tempfile.mkstemp(prefix=".clipdesk-", suffix=".part", dir=target.parent)
        temporary = Path(name)
        # A file name that is not valid Unicode is written with \udcXX escapes instead of failing the export.
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
    """Raise ExportError if `replace_atomically` would be refused: to know it before long work, not after."""
    try:
        if not _is_device(path):
            # Not os.access, which does not know a read-only share on Windows.
            with tempfile.TemporaryFile(dir=Path(os.path.realpath(path)).parent):
                pass
    except OSError as error:
        raise _export_error(path, error) from error


def _export_error(path: Path, error: OSError) -> ExportError:
    return ExportError(f"“{path}” could not be written: {error.strerror or error}. Choose another place.")


def _is_device(path: Path) -> bool:
    """Whether something is there that is neither a file nor a folder."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _mode_for(target: Path) -> int:
    """The mode of the file that is replaced, or what a new file gets (mkstemp's own is 0600)."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
