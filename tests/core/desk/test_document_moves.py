"""Paths of a document that was moved together with its pictures."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.desk.document_moves import HOMES, homes_from_text, homes_to_text, with_home
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with two pictures in `Holiday`, one of them taken off, one beside the document, and one elsewhere."""
    stick = tmp_path / "stick"
    (stick / "Holiday").mkdir(parents=True)
    (tmp_path / "home").mkdir()
    return stick


def save(stick: Path) -> Path:
    home = stick.parent / "home"
    images = ImageList(ImageFile(path, 1, 1) for path in (stick / "Holiday" / "a.jpg", stick / "b.jpg", home / "c.jpg"))
    labels = LabelSet((Label("dog", references=(stick / "Holiday" / "dog.jpg", home / "dog.jpg")),))
    state = DeskState(
        labels,
        0.5,
        images,
        np.array([0, 2]),
        np.array([labels.ids[0]] * 2),
        {stick / "Holiday" / "away.jpg": (b"k" * 20, labels.ids[0])},
        (stick / "Holiday", stick, stick / "b.jpg", home),
        ImageList([ImageFile(stick / "Holiday" / "no.jpg", 1, 1)]),
    )
    document = DeskDocument(stick / "a.clipdesk")
    document.save(state, lambda files: {file.path: b"c" * 20 for file in files})
    document.close()
    return stick / "a.clipdesk"


def load(path: Path, *, read_only: bool = False) -> DeskState:
    document = DeskDocument(path, read_only=read_only)
    try:
        return document.load()
    finally:
        document.close()


def paths(images: ImageList) -> list[Path]:
    return [image.path for image in images]


@pytest.mark.parametrize("read_only", [False, True])
def test_paths_below_the_document_follow_it(stick: Path, read_only: bool) -> None:
    save(stick)
    home, new = stick.parent / "home", stick.parent / "new stick"
    stick.rename(new)
    before = (new / "a.clipdesk").read_bytes()

    state = load(new / "a.clipdesk", read_only=read_only)

    assert paths(state.images) == [new / "Holiday" / "a.jpg", new / "b.jpg", home / "c.jpg"]
    assert state.corrected_rows.tolist() == [0, 2]
    assert list(state.absent_corrections) == [new / "Holiday" / "away.jpg"]
    assert state.sources == (new / "Holiday", new, new / "b.jpg", home)
    assert paths(state.taken_off) == [new / "Holiday" / "no.jpg"]
    assert state.label_set.labels[0].references == (new / "Holiday" / "dog.jpg", home / "dog.jpg")
    assert ((new / "a.clipdesk").read_bytes() == before) == read_only


def test_content_keys_of_corrections_stay(stick: Path) -> None:
    save(stick)
    new = stick.rename(stick.parent / "new stick")
    load(new / "a.clipdesk")

    with sqlite3.connect(new / "a.clipdesk") as connection:
        found = dict(connection.execute("SELECT path, content FROM corrections"))
    connection.close()

    assert found[os.fsencode(new / "Holiday" / "a.jpg")] == b"c" * 20


def test_a_copy_keeps_its_paths_while_the_old_folders_are_there(stick: Path) -> None:
    save(stick)
    new = stick.parent / "copy"
    shutil.copytree(stick, new)

    assert load(new / "a.clipdesk").images.path(0) == stick / "Holiday" / "a.jpg"
    shutil.rmtree(stick)
    assert load(new / "a.clipdesk").images.path(0) == new / "Holiday" / "a.jpg"


def test_a_document_that_was_moved_alone_finds_pictures_that_follow_later(stick: Path) -> None:
    path = save(stick)
    new = stick.parent / "mail"
    new.mkdir()
    moved = path.rename(new / path.name)
    (stick / "Holiday").rename(stick.parent / "Holiday")

    document = DeskDocument(moved)
    state = document.load()
    document.save(state)
    document.close()
    assert state.images.path(0) == stick / "Holiday" / "a.jpg"
    (stick.parent / "Holiday").rename(new / "Holiday")

    assert load(moved).images.path(0) == new / "Holiday" / "a.jpg"


def test_pictures_that_are_on_the_desk_at_the_new_place_are_not_there_twice(stick: Path) -> None:
    path = save(stick)
    new = stick.parent / "new stick"
    document = DeskDocument(path)
    state = document.load()
    state.images.add([ImageFile(new / "Holiday" / "a.jpg", 1, 1)])
    document.save(state)
    document.close()
    stick.rename(new)

    found = load(new / "a.clipdesk")

    assert len(found.images) == 4
    assert len(set(paths(found.images))) == 4


@pytest.mark.skipif(os.name == "nt", reason="the paths are those of the other system")
def test_a_stick_from_windows_is_found(stick: Path) -> None:
    path = save(stick)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE facts SET value = ? WHERE name = ?", (homes_to_text(["E:\\desks\\"]), HOMES))
        connection.execute("DELETE FROM folders")
        connection.execute("INSERT INTO folders VALUES (1, ?)", (b"E:\\desks\\Holiday\\",))
        connection.execute("UPDATE images SET folder = 1")
        connection.execute("DELETE FROM taken_off")
        connection.execute("DELETE FROM sources")
        connection.execute("INSERT INTO sources VALUES (0, ?)", (b"E:\\desks\\Holiday",))
        connection.execute("DELETE FROM corrections")
        connection.execute("INSERT INTO corrections VALUES (?, NULL, 7)", (b"E:\\desks\\Holiday\\a.jpg",))
    connection.close()

    state = load(path)

    assert state.images.path(0) == stick / "Holiday" / "a.jpg"
    assert state.sources == (stick / "Holiday",)
    assert state.corrected_rows.tolist() == [0]


def test_homes_are_kept_in_order_and_bounded() -> None:
    homes: tuple[str, ...] = ()
    for number in (*range(12), 5):
        homes = with_home(homes, Path(f"/{number}/a.clipdesk"))

    assert len(homes) == 8
    assert homes[-1] == os.path.join(Path("/5/a.clipdesk").absolute().parent, "")  # noqa: PTH118
    assert homes_from_text(homes_to_text(homes)) == homes
