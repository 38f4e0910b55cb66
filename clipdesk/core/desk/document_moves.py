"""Find the pictures of a document that was moved together with them, as on a USB stick."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path

#: The fact that holds the folders in which the document was saved.
HOMES = "homes"

_MAX_HOMES = 8


def with_home(homes: Sequence[str], document: Path) -> tuple[str, ...]:
    """Return these folders with that of the document as the last one. Each ends with a separator."""
    home = os.path.join(document.absolute().parent, "")  # noqa: PTH118 - keeps the separator at the end
    return (*(one for one in homes if one != home), home)[-_MAX_HOMES:]


def homes_to_text(homes: Sequence[str]) -> str:
    """Return the folders as text in hexadecimal, because their names need not be valid Unicode."""
    return " ".join(os.fsencode(home).hex() for home in homes)


def homes_from_text(text: str) -> tuple[str, ...]:
    """Return what `homes_to_text` was given. Raises ValueError."""
    return tuple(os.fsdecode(bytes.fromhex(word)) for word in text.split())


def follow_move(connection: sqlite3.Connection, homes: Sequence[str], document: Path) -> None:
    """Replace folders that are gone, and were beside the document or below, by those at the same place beside it now.

    A folder counts only if the new one exists. So a document that was moved alone keeps its paths, and finds pictures
    that follow later. Paths may be those of another system: `E:\\Holiday` is found as `/media/stick/Holiday`.
    """
    new_home = with_home((), document)[-1]

    @cache
    def moved(folder: str) -> str | None:
        """Return the new path of a folder, or None if it stays. Both end with a separator."""
        for home in reversed(homes):
            if home != new_home and os.path.normcase(folder).startswith(os.path.normcase(home)):
                place = new_home + folder[len(home) :].replace(_separator(home), os.sep)
                if not os.path.isdir(folder) and os.path.isdir(place):  # noqa: PTH112 - Path raises if a disk fails
                    return place
        return None

    def moved_path(path: str) -> str | None:
        """Return the new path of a file or folder, or None if it stays."""
        separator = _separator(path)
        if as_folder := moved(path + separator):
            return as_folder[: -len(os.sep)]
        folder, _, name = path.rpartition(separator)
        new_folder = moved(folder + separator)
        return None if new_folder is None else new_folder + name

    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, column, find in (
        ("folders", "path", moved),
        ("sources", "path", moved_path),
        ("prompts", "image", moved_path),
        ("corrections", "path", moved_path),
        ("judgements", "path", moved_path),
        ("set_aside", "path", moved_path),
        ("set_aside", "home", moved_path),
    ):
        if table not in tables:  # made when it is needed
            continue
        paths = connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()
        found = [(find(os.fsdecode(path)), path) for (path,) in paths if isinstance(path, bytes)]
        changed = [(os.fsencode(new), path) for new, path in found if new is not None]
        # Ignored: the pictures at the new place are on the desk already.
        connection.executemany(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", changed)


def _separator(path: str) -> str:
    """Return the separator of the system on which an absolute path was written."""
    return "/" if path.startswith("/") else "\\"
