"""A desk remembers groups of images that are all wanted, by content, in its document and through undo."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import VERSION, DeskDocument
from clipdesk.core.desk.kept_groups import KeptIndex, kept_group
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


def test_a_group_of_contents() -> None:
    assert kept_group([B, A, C]) == {(A, B, C)}
    assert kept_group([A, A, A]) == {(A, A)}  # copies of one file
    assert kept_group([A, b"", B]) == {(A, B)}
    assert kept_group([A, b""]) == frozenset()


def test_which_images_are_kept() -> None:
    index = KeptIndex(kept_group([A, B, B]) | kept_group([B, C]))

    assert index.are_kept(A, B) and index.are_kept(C, B) and index.are_kept(B, B)
    assert not index.are_kept(A, C) and not index.are_kept(A, A) and not index.are_kept(A, b"")
    assert index.are_all_kept([B, A, B]) and index.are_all_kept([C, B])
    assert not index.are_all_kept([A, B, C]) and not index.are_all_kept([A, A])
    assert KeptIndex(kept_group([A, C]) | kept_group([A, B]) | kept_group([B, C])).are_all_kept([A, B, C])
    assert not KeptIndex(frozenset()).are_all_kept([A, B])


def test_a_large_group_takes_one_key_for_each_image(tmp_path: Path) -> None:
    contents = [number.to_bytes(20, "big") for number in range(5_000)]
    path = tmp_path / "a.clipdesk"

    groups = saved(path, DeskState(LABELS, kept_groups=kept_group(contents))).kept_groups

    assert KeptIndex(groups).are_all_kept(contents)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*), sum(length(contents)) FROM kept_groups").fetchone() == (1, 100_000)


def test_groups_come_back_from_the_document(tmp_path: Path) -> None:
    first, second = kept_group([A, B, C]), kept_group([A, A])

    assert saved(tmp_path / "a.clipdesk", DeskState(LABELS, kept_groups=first)).kept_groups == first
    assert saved(tmp_path / "a.clipdesk", DeskState(LABELS, kept_groups=second)).kept_groups == second
    assert saved(tmp_path / "a.clipdesk", DeskState(LABELS)).kept_groups == frozenset()


def test_a_document_without_the_table_is_read_and_gets_it_when_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "old.clipdesk"

    assert saved(path, DeskState(LABELS)).kept_groups == frozenset()
    assert _tables(path) & {"kept_pairs", "kept_groups"} == set()
    assert saved(path, DeskState(LABELS, kept_groups=kept_group([A, B]))).kept_groups == kept_group([A, B])
    assert _tables(path) & {"kept_pairs", "kept_groups"} == {"kept_pairs"}  # which earlier versions know
    # Programs of the first version open it: they read their own tables only.
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,) == (1,)


def _tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@pytest.mark.parametrize(("table", "column"), [("kept_pairs", "other"), ("kept_groups", "contents")])
def test_values_that_clipdesk_cannot_have_written_are_damage(tmp_path: Path, table: str, column: str) -> None:
    path = tmp_path / "a.clipdesk"
    saved(path, DeskState(LABELS, kept_groups=kept_group([A, B]) | kept_group([A, B, C])))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE {table} SET {column} = 'text'")

    with pytest.raises(DamagedDocumentError):
        saved(path)


def test_duplicates_that_are_set_aside_come_back_from_the_document(tmp_path: Path) -> None:
    aside = {
        tmp_path / "Duplicates" / "b.jpg": tmp_path / "b.jpg",
        tmp_path / "Duplicates" / "c.jpg": tmp_path / "c.jpg",
    }
    other = {tmp_path / "Duplicates" / "b.jpg": tmp_path / "new" / "b.jpg"}

    for paths in (aside, other, {}):
        assert saved(tmp_path / "a.clipdesk", DeskState(LABELS, set_aside=paths)).set_aside == paths


def test_what_is_set_aside_moves_with_its_document(tmp_path: Path) -> None:
    stick, new = tmp_path / "stick", tmp_path / "new stick"
    (stick / "Duplicates").mkdir(parents=True)
    aside = {stick / "Duplicates" / "b.jpg": stick / "b.jpg"}
    saved(stick / "a.clipdesk", DeskState(LABELS, set_aside=aside))
    stick.rename(new)

    with closing(DeskDocument(new / "a.clipdesk")) as document:
        assert document.load().set_aside == {new / "Duplicates" / "b.jpg": new / "b.jpg"}


def test_keeping_groups_can_be_undone_and_redone() -> None:
    desk = Desk()
    desk.keep_groups(kept_group([A, C]))

    change = desk.keep_groups(kept_group([A, B, C]))
    assert change.can_revert
    assert change.size_bytes > 0
    desk.keep_groups(kept_group([B, B]))

    redo = desk.revert(change)
    assert desk.kept_groups == kept_group([A, C]) | kept_group([B, B])
    desk.revert(redo)
    assert desk.kept_groups == kept_group([A, C]) | kept_group([A, B, C]) | kept_group([B, B])
    assert not desk.keep_groups(kept_group([A, B]))
