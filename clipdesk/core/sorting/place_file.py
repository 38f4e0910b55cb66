"""Give a file a name without ever replacing the file that has it already."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path

#: From <fcntl.h> and <linux/fs.h>.
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
#: From <sys/stdio.h> of macOS.
_RENAME_EXCL = 4

#: The file system, the kernel or the C library lacks it.
_LACKING = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
_WITHOUT_LINKS = _LACKING | {errno.EPERM, errno.EMLINK}


def rename_no_replace(source: Path, target: Path) -> None:
    """Rename a file on one disk, unless the target exists. Atomic.

    Linux: renameat2(RENAME_NOREPLACE). macOS: renamex_np(RENAME_EXCL). Windows: `os.rename`, which does not replace.
    Elsewhere, and on file systems that lack these: a hard link, then the removal of the old name. A crash in between
    leaves both names for one file, which recovery finishes.

    Raises FileExistsError if the target exists, OSError with EXDEV if it is on another disk, and with ENOTSUP if the
    file system has neither (memory cards on some systems): `os.rename` alone would overwrite.
    """
    rename = _system_rename()
    if rename is not None:
        code = rename(os.fsencode(source), os.fsencode(target))
        if code == 0:
            return
        if code not in _LACKING:
            raise OSError(code, os.strerror(code), str(source), None, str(target))
    elif sys.platform == "win32":
        source.rename(target)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno in _WITHOUT_LINKS:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(source), None, str(target)) from error
        raise
    source.unlink()


def sync_folder(folder: Path) -> None:
    """Wait until new names in a folder are on the disk. Does nothing where folders cannot be synchronised."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@functools.cache
def _system_rename() -> Callable[[bytes, bytes], int] | None:
    """Return a function that renames without replacing and returns 0 or the error's number, or None."""
    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        try:
            rename_mac = library.renamex_np
        except AttributeError:
            return None
        rename_mac.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
        return lambda source, target: ctypes.get_errno() if rename_mac(source, target, _RENAME_EXCL) else 0
    try:
        rename = library.renameat2
    except AttributeError:
        return None
    rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)

    def rename_linux(source: bytes, target: bytes) -> int:
        return ctypes.get_errno() if rename(_AT_FDCWD, source, _AT_FDCWD, target, _RENAME_NOREPLACE) else 0

    return rename_linux
