"""A desk remembers pairs of images that are both wanted, by content, in its document and through undo."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import VERSION, DeskDocument
from clipdesk.core.desk.kept_pairs import pair_of, pairs_of
from clipdesk.core.errors import DamagedDocumentError
from clipdesk.core.labels.label_set import Label, LabelSet

A, B, C = (bytes([number]) * 20 for number in (1, 2, 3))
LABELS = LabelSet((Label("dog"),))


def saved(path: Path, *states: DeskState) -> DeskState:
    """Save these states one after the other, and return what is read back."""
    for state in states:
        with closing(DeskDocument(path)) as document:
            document.save(state)
    with closing(DeskDocument(path)) as document:
        return document.load()


def test_pairs_of_contents() -> None:
    assert pair_of(B, A) == (A, B)
    assert pairs_of([B, A, C]) == {(A, B), (A, C), (B, C)}
    assert pairs_of([A, A]) == {(A, A)}  # two copies of one file
    assert pairs_of([A, b"", B]) == {(A, B)}


def test_pairs_come_back_from_the_document(tmp_path: Path) -> None:
    first, second = pairs_of([A, B, C]), pairs_of([A, A])

    assert saved(tmp_path / "a.clipdesk", DeskState(LABELS, kept_pairs=first)).kept_pairs == first
    assert saved(tmp_path / "a.clipdesk", DeskState(LABELS, kept_pairs=second)).kept_pairs == second
    assert saved(tmp_path / "a.clipdesk", DeskState(LABELS)).kept_pairs == frozenset()


def test_a_document_without_the_table_is_read_and_gets_it_when_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "old.clipdesk"

    assert saved(path, DeskState(LABELS)).kept_pairs == frozenset()
    assert _tables(path) & {"kept_pairs"} == set()
    assert saved(path, DeskState(LABELS, kept_pairs=pairs_of([A, B]))).kept_pairs == pairs_of([A, B])
    assert _tables(path) & {"kept_pairs"} == {"kept_pairs"}
    # Programs of the first version open it: they read their own tables only.
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,) == (1,)


def _tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_values_that_clipdesk_cannot_have_written_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.clipdesk"
    saved(path, DeskState(LABELS, kept_pairs=pairs_of([A, B])))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE kept_pairs SET other = 'text'")

    with pytest.raises(DamagedDocumentError):
        saved(path)


def test_keeping_pairs_can_be_undone_and_redone() -> None:
    desk = Desk()
    desk.keep_pairs(pairs_of([A, C]))

    change = desk.keep_pairs(pairs_of([A, B, C]))
    assert change.can_revert
    assert change.size_bytes > 0
    desk.keep_pairs(pairs_of([B, B]))

    redo = desk.revert(change)
    assert desk.kept_pairs == pairs_of([A, C]) | pairs_of([B, B])
    desk.revert(redo)
    assert desk.kept_pairs == pairs_of([A, B, C]) | pairs_of([B, B])
    assert not desk.keep_pairs(pairs_of([A, B]))
