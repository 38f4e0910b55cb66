"""Errors of the operating system and of SQLite in plain words.

The words are half a sentence without a full stop, such as “the disk is full”, to be put into one of our messages. Raise
that message `from` the original error, whose text is then shown under *Details*.
"""

from __future__ import annotations

import errno

from clipdesk.core.messages import Message, message

_FULL = message("core", "the disk is full")
_NO_PERMISSION = message("core", "you have no permission for that")
_READ_ONLY = message("core", "the disk is write-protected")
_IN_USE = message("core", "another program is using it")
_DISK_FAULT = message("core", "the disk reports a fault")
_AWAY = message("core", "the disk or network drive does not answer")
_REFUSED = message("core", "the system refused it")
_UNEXPECTED = message("core", "it could not be read as expected")


def os_reason(error: OSError) -> str:
    """Return why the operating system refused something. The system's own words depend on its language.

    Returns the words of an OSError that we raised ourselves.
    """
    if isinstance(error.strerror, Message):
        return error.strerror
    code = getattr(error, "winerror", None)
    if code in _WINDOWS_WORDS:
        return _WINDOWS_WORDS[code]
    return _WORDS.get(error.errno, _REFUSED)


def sqlite_reason(error: Exception) -> str:
    """Return why a database file cannot be used. Returns the words of an error that we raised ourselves."""
    if isinstance(error, OSError):
        return os_reason(error)
    if error.args and isinstance(error.args[0], Message):
        return error.args[0]
    code = getattr(error, "sqlite_errorcode", _SQLITE_ERROR)
    return _SQLITE_WORDS.get(code & 0xFF, _UNEXPECTED)


def _numbers(*names: str) -> list[int]:
    """Return the error numbers of these names. Not every system has all of them."""
    return [number for name in names if (number := getattr(errno, name, None)) is not None]


_WORDS: dict[int | None, str] = {
    number: words
    for words, names in {
        _FULL: ("ENOSPC",),
        message("core", "your share of the disk is used up"): ("EDQUOT",),
        _NO_PERMISSION: ("EACCES", "EPERM"),
        _READ_ONLY: ("EROFS",),
        _DISK_FAULT: ("EIO", "ENXIO"),
        message("core", "it does not exist"): ("ENOENT", "ENOTDIR"),
        message("core", "it is a folder"): ("EISDIR",),
        message("core", "the name is too long"): ("ENAMETOOLONG",),
        message("core", "the disk does not allow such a name"): ("EINVAL", "EILSEQ"),
        message("core", "the file is too large for this disk"): ("EFBIG", "EOVERFLOW"),
        message("core", "too many files are open"): ("EMFILE", "ENFILE"),
        message("core", "there is not enough memory"): ("ENOMEM",),
        _IN_USE: ("EBUSY", "ETXTBSY", "EAGAIN", "EDEADLK"),
        message("core", "its links go round in a circle"): ("ELOOP",),
        _AWAY: (
            "ENODEV",
            "ESTALE",
            "ETIMEDOUT",
            "EHOSTDOWN",
            "EHOSTUNREACH",
            "ENETDOWN",
            "ENETUNREACH",
            "ENOTCONN",
            "ECONNRESET",
            "ECONNABORTED",
            "ECONNREFUSED",
            "EREMOTEIO",
        ),
    }.items()
    for number in _numbers(*names)
}

#: https://learn.microsoft.com/windows/win32/debug/system-error-codes
_WINDOWS_WORDS: dict[int | None, str] = {
    5: _NO_PERMISSION,  # SQLITE_BUSY
    19: _READ_ONLY,
    21: _AWAY,
    23: _DISK_FAULT,  # SQLITE_AUTH
    32: _IN_USE,
    33: _IN_USE,
    39: _FULL,
    53: _AWAY,
    59: _AWAY,
    64: _AWAY,
    67: _AWAY,
    112: _FULL,
    123: message("core", "the disk does not allow such a name"),
    206: message("core", "the name is too long"),
    1117: _DISK_FAULT,
}

#: SQLite's result codes (https://www.sqlite.org/rescode.html), as numbers: the module would delay the first paint.
_SQLITE_ERROR = 1

_SQLITE_WORDS: dict[int | None, str] = {
    13: _FULL,  # SQLITE_FULL
    8: message("core", "it may not be written to"),  # SQLITE_READONLY
    3: _NO_PERMISSION,  # SQLITE_PERM
    23: _NO_PERMISSION,  # SQLITE_AUTH
    14: message("core", "it cannot be opened"),  # SQLITE_CANTOPEN
    10: _DISK_FAULT,  # SQLITE_IOERR
    11: message("core", "its content is damaged"),  # SQLITE_CORRUPT
    26: message("core", "it is not a database"),  # SQLITE_NOTADB
    5: _IN_USE,  # SQLITE_BUSY
    6: _IN_USE,  # SQLITE_LOCKED
    15: _IN_USE,  # SQLITE_PROTOCOL
    7: message("core", "there is not enough memory"),  # SQLITE_NOMEM
    18: message("core", "an entry is too large"),  # SQLITE_TOOBIG
}
