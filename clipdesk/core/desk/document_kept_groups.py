"""The tables of a document that keep groups of images that are no duplicates to its user.

They are made when they are needed. Programs that do not know them leave them alone, so they need no new version of the
format. Groups of two have a table of their own, which earlier programs know.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from clipdesk.core.desk.kept_groups import KeptGroup, KeptGroups, kept_group
from clipdesk.core.pictures.content import KEY_BYTES

_PAIRS = "CREATE TABLE IF NOT EXISTS kept_pairs (one BLOB, other BLOB, PRIMARY KEY (one, other)) WITHOUT ROWID"
_LARGER = (
    "CREATE TABLE IF NOT EXISTS kept_groups (contents BLOB PRIMARY KEY) WITHOUT ROWID"  # the keys, one after another
)


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
