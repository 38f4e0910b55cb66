"""The tables of a document for what its user decided about duplicates: which are all wanted, and which are set aside.

They are made when they are needed. Programs that do not know them leave them alone, so they need no new version of the
format. Groups of two have a table of their own, which earlier programs know.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from clipdesk.core.desk.kept_groups import KeptGroup, KeptGroups, kept_group
from clipdesk.core.pictures.content import KEY_BYTES

_PAIRS = "CREATE TABLE IF NOT EXISTS kept_pairs (one BLOB, other BLOB, PRIMARY KEY (one, other)) WITHOUT ROWID"
#: The keys of a group, one after another.
_LARGER = "CREATE TABLE IF NOT EXISTS kept_groups (contents BLOB PRIMARY KEY) WITHOUT ROWID"
_SET_ASIDE = "CREATE TABLE IF NOT EXISTS set_aside (path BLOB PRIMARY KEY, home BLOB NOT NULL) WITHOUT ROWID"


def read_kept_groups(connection: sqlite3.Connection) -> KeptGroups:
    """Return the groups in the document. Raises ValueError for values that ClipDesk cannot have written."""
    groups: set[KeptGroup] = set()
    if _has_table(connection, "kept_pairs"):
        for one, other in connection.execute("SELECT one, other FROM kept_pairs"):
            groups |= _group([one, other])
    if _has_table(connection, "kept_groups"):
        for (contents,) in connection.execute("SELECT contents FROM kept_groups"):
            if not isinstance(contents, bytes):
                raise ValueError("not a group of contents")
            groups |= _group([contents[start : start + KEY_BYTES] for start in range(0, len(contents), KEY_BYTES)])
    return frozenset(groups)


def write_kept_groups(connection: sqlite3.Connection, groups: KeptGroups, before: KeptGroups) -> None:
    """Write the groups that differ from those `before`, which are in the document."""
    gone, new = before - groups, groups - before
    if any(len(group) == 2 for group in gone | new):
        connection.execute(_PAIRS)
        connection.executemany("DELETE FROM kept_pairs WHERE one = ? AND other = ?", _pairs(gone))
        connection.executemany("INSERT OR IGNORE INTO kept_pairs VALUES (?, ?)", _pairs(new))
    if any(len(group) > 2 for group in gone | new):
        connection.execute(_LARGER)
        connection.executemany("DELETE FROM kept_groups WHERE contents = ?", _larger(gone))
        connection.executemany("INSERT OR IGNORE INTO kept_groups VALUES (?)", _larger(new))


def read_set_aside(connection: sqlite3.Connection) -> dict[Path, Path]:
    """Return where duplicates were, by where they were moved. Raises ValueError as `read_kept_groups`."""
    if not _has_table(connection, "set_aside"):
        return {}
    rows = connection.execute("SELECT path, home FROM set_aside")
    return {_path(path): _path(home) for path, home in rows}


def write_set_aside(connection: sqlite3.Connection, paths: Mapping[Path, Path], before: Mapping[Path, Path]) -> None:
    """Write the paths that differ from those `before`, which are in the document."""
    if paths == before:
        return
    connection.execute(_SET_ASIDE)
    gone = [(os.fsencode(path),) for path in before if path not in paths]
    connection.executemany("DELETE FROM set_aside WHERE path = ?", gone)
    new = [(os.fsencode(path), os.fsencode(home)) for path, home in paths.items() if before.get(path) != home]
    connection.executemany("INSERT OR REPLACE INTO set_aside VALUES (?, ?)", new)


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone() is not None


def _pairs(groups: KeptGroups) -> list[KeptGroup]:
    return [group for group in groups if len(group) == 2]


def _larger(groups: KeptGroups) -> list[tuple[bytes]]:
    return [(b"".join(group),) for group in groups if len(group) > 2]


def _group(contents: Sequence[object]) -> KeptGroups:
    keys = [key for key in contents if isinstance(key, bytes) and len(key) == KEY_BYTES]
    if len(keys) != len(contents):
        raise ValueError("not a group of contents")
    return kept_group(keys)


def _path(value: object) -> Path:
    if not isinstance(value, bytes) or not value:
        raise ValueError("not a path")
    return Path(os.fsdecode(value))
