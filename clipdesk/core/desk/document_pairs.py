"""The table of a document that keeps pairs of images that are no duplicates to its user.

It is made when it is needed. Programs that do not know it leave it alone, so it needs no new version of the format.
"""

from __future__ import annotations

import sqlite3

from clipdesk.core.desk.kept_pairs import KeptPairs, Pair, pair_of
from clipdesk.core.pictures.content import KEY_BYTES

_TABLE = "CREATE TABLE IF NOT EXISTS kept_pairs (one BLOB, other BLOB, PRIMARY KEY (one, other)) WITHOUT ROWID"


def read_kept_pairs(connection: sqlite3.Connection) -> KeptPairs:
    """Return the pairs in the document. Raises ValueError for values that ClipDesk cannot have written."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept_pairs'").fetchone():
        return frozenset()
    return frozenset(_pair(one, other) for one, other in connection.execute("SELECT one, other FROM kept_pairs"))


def write_kept_pairs(connection: sqlite3.Connection, pairs: KeptPairs, before: KeptPairs) -> None:
    """Write the pairs that differ from those `before`, which are in the document."""
    if pairs == before:
        return
    connection.execute(_TABLE)
    connection.executemany("DELETE FROM kept_pairs WHERE one = ? AND other = ?", before - pairs)
    connection.executemany("INSERT OR IGNORE INTO kept_pairs VALUES (?, ?)", pairs - before)


def _pair(one: object, other: object) -> Pair:
    if not (isinstance(one, bytes) and isinstance(other, bytes) and len(one) == len(other) == KEY_BYTES):
        raise ValueError("not a pair of contents")
    return pair_of(one, other)
