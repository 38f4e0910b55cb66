"""Corrections follow a picture to other files, by its content: real files, a real store, and a document between."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from color_encoder import ColorEncoder
from PIL import Image

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.desk.folder_changes import find_changes
from clipdesk.core.labels.label_set import NO_LABEL, Label, LabelSet
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.line.run import EmbeddedBatch, LineJob, run_line
from clipdesk.core.pictures.scan import find_images
from clipdesk.core.store.embedding_store import EmbeddingStore

LABELS = LabelSet((Label("cat"), Label("dog")))
CAT, DOG = LABELS.ids


class Opened:
    """A desk on the pictures of a folder, as the window keeps it."""

    def __init__(self, folder: Path, store: EmbeddingStore) -> None:
        self.folder = folder
        self.store = store
        self.desk = Desk()
        self.desk.set_label_set(LABELS)
        encoder = ColorEncoder()
        self.desk.choose_encoder(encoder.identity, encoder.dimension, encoder.score_rule)

    def label(self) -> list[DeskChange]:
        """Recall or embed what is waiting."""
        rows, changes = self.desk.waiting(), []
        for event in run_line(LineJob(rows, self.desk.images.take(rows)), ColorEncoder(), store=self.store):
            if isinstance(event, RecalledImages):
                changes.append(self.desk.put_recalled(event))
            elif isinstance(event, EmbeddedBatch):
                changes.append(self.desk.put(event.images))
        return changes

    def add(self) -> None:
        self.desk.add_images(find_images([self.folder]))

    def look(self) -> list[DeskChange]:
        """See what has changed in the folder, and label that."""
        images = self.desk.images.copy()
        changes, _ = find_changes([self.folder], images, set(), on_folder=lambda _: None, cancel=threading.Event())
        self.desk.update_files(changes)
        return self.label()

    def correct(self, name: str, label: int) -> None:
        self.desk.correct([self.row(name)], label)

    def row(self, name: str) -> int:
        row = self.desk.row_of(self.folder / name)
        assert row is not None
        return row

    def corrected(self) -> dict[str, int]:
        """Return the corrected labels of the files that are there."""
        rows, ids = self.desk.corrections
        there = [
            (row, one) for row, one in zip(rows.tolist(), ids.tolist(), strict=True) if not self.desk.is_missing(row)
        ]
        return {self.desk.images.path(row).name: one for row, one in there}

    def closed_and_opened(self, document: Path) -> Opened:
        """Return the desk after it was saved and read again."""
        rows, ids = self.desk.corrections
        state = DeskState(LABELS, None, self.desk.images.copy(), rows, ids, corrected_contents=self.desk.contents(rows))
        written = DeskDocument(document)
        written.save(state, self.store.find_contents)
        written.close()
        read = DeskDocument(document)
        state = read.load()
        read.close()
        again = Opened(self.folder, self.store)
        again.desk.open_images(
            state.images, state.corrected_rows, state.corrected_ids, state.corrected_contents, state.absent_contents
        )
        again.label()
        return again


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Four different pictures; a.png is a cat and b.png a dog."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number, name in enumerate(("a.png", "b.png", "c.png", "d.png")):
        Image.new("RGB", (8, 8), (60 * number, 250 - 60 * number, 40)).save(folder / name)
        os.utime(folder / name, (1_700_000_000, 1_700_000_000))
    store = EmbeddingStore(tmp_path / "s.sqlite3")
    opened = Opened(folder, store)
    opened.add()
    opened.label()
    opened.correct("a.png", CAT)
    opened.correct("b.png", DOG)
    yield opened
    store.close()


@pytest.fixture(params=["open", "closed"])
def after(request: pytest.FixtureRequest, opened: Opened, tmp_path: Path) -> Opened:
    """The desk, whose files are changed next: while it is open, or before it is opened again."""
    return opened if request.param == "open" else opened.closed_and_opened(tmp_path / "desk.clipdesk")


def exchange(one: Path, other: Path) -> None:
    between = one.with_name("between.tmp")
    one.rename(between)
    other.rename(one)
    between.rename(other)


def test_a_renamed_picture_keeps_its_correction(after: Opened) -> None:
    (after.folder / "a.png").rename(after.folder / "z.png")

    changes = after.look()

    assert after.corrected() == {"z.png": CAT, "b.png": DOG}
    assert any(change.follows_contents for change in changes)
    assert not any(change.can_revert for change in changes)


def test_a_moved_picture_keeps_its_correction(after: Opened) -> None:
    (after.folder / "more").mkdir()
    (after.folder / "a.png").rename(after.folder / "more" / "a.png")

    after.look()

    assert after.corrected() == {"a.png": CAT, "b.png": DOG}


def test_a_copy_gets_the_same_correction(after: Opened) -> None:
    shutil.copy2(after.folder / "b.png", after.folder / "copy.png")

    after.look()

    assert after.corrected() == {"a.png": CAT, "b.png": DOG, "copy.png": DOG}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a.png", "b.png", {"a.png": DOG, "b.png": CAT}),
        ("a.png", "c.png", {"c.png": CAT, "b.png": DOG}),
        ("d.png", "b.png", {"a.png": CAT, "d.png": DOG}),
        ("c.png", "d.png", {"a.png": CAT, "b.png": DOG}),
    ],
)
def test_pictures_that_exchange_their_names_keep_their_own(
    after: Opened, one: str, other: str, expected: dict[str, int]
) -> None:
    exchange(after.folder / one, after.folder / other)

    after.look()

    assert after.corrected() == expected


@pytest.mark.parametrize("first", [("a.png",), ("c.png",)])
def test_the_order_in_which_the_files_are_read_does_not_matter(opened: Opened, first: tuple[str, ...]) -> None:
    exchange(opened.folder / "a.png", opened.folder / "c.png")
    changes, _ = find_changes(
        [opened.folder], opened.desk.images.copy(), set(), on_folder=lambda _: None, cancel=threading.Event()
    )
    opened.desk.update_files(changes)

    for names in (first, ("a.png", "c.png")):
        images = [opened.desk.images[opened.row(name)] for name in names]
        rows = opened.desk.images.rows_of(opened.desk.images.take([opened.row(name) for name in names]))
        for event in run_line(LineJob(rows, images), ColorEncoder(), store=opened.store):
            if isinstance(event, EmbeddedBatch):
                opened.desk.put(event.images)
            elif isinstance(event, RecalledImages):
                opened.desk.put_recalled(event)

    assert opened.corrected() == {"c.png": CAT, "b.png": DOG}


def test_an_edited_picture_keeps_its_correction(after: Opened) -> None:
    Image.new("RGB", (8, 8), (9, 9, 9)).save(after.folder / "a.png")
    os.utime(after.folder / "a.png", (1_600_000_000, 1_600_000_000))

    after.look()

    assert after.corrected() == {"a.png": CAT, "b.png": DOG}


def test_an_edited_picture_keeps_its_correction_beside_a_copy(after: Opened) -> None:
    shutil.copy2(after.folder / "a.png", after.folder / "copy.png")
    after.look()
    Image.new("RGB", (8, 8), (9, 9, 9)).save(after.folder / "a.png")
    os.utime(after.folder / "a.png", (1_600_000_000, 1_600_000_000))

    after.look()

    assert after.corrected() == {"a.png": CAT, "b.png": DOG, "copy.png": CAT}


def test_a_removed_correction_does_not_come_back(opened: Opened, tmp_path: Path) -> None:
    shutil.copy2(opened.folder / "a.png", opened.folder / "copy.png")
    opened.look()
    opened.correct("copy.png", NO_LABEL)

    again = opened.closed_and_opened(tmp_path / "desk.clipdesk")

    assert again.corrected() == {"a.png": CAT, "b.png": DOG}


def test_what_was_on_the_desk_before_is_left_alone(opened: Opened) -> None:
    """A copy that was there when the picture was corrected is not labelled behind the person's back."""
    shutil.copy2(opened.folder / "c.png", opened.folder / "copy.png")
    opened.look()
    opened.correct("c.png", CAT)

    opened.look()

    assert opened.corrected() == {"a.png": CAT, "b.png": DOG, "c.png": CAT}


def test_a_picture_that_is_no_longer_on_the_desk_is_known_by_its_content(opened: Opened, tmp_path: Path) -> None:
    again = Opened(opened.folder, opened.store)
    rows, ids = opened.desk.corrections
    contents = opened.desk.contents(rows)

    again.desk.open_images(
        opened.desk.images.take([2, 3]), rows[:0], ids[:0], (), dict(zip(contents, ids.tolist(), strict=True))
    )
    (opened.folder / "a.png").rename(opened.folder / "z.png")
    again.look()

    assert again.corrected() == {"z.png": CAT, "b.png": DOG}


def test_without_a_store_nothing_is_known_and_nothing_follows(tmp_path: Path, opened: Opened) -> None:
    desk = Opened(opened.folder, opened.store)
    desk.store = None  # type: ignore[assignment]
    desk.add()
    desk.label()
    desk.correct("a.png", CAT)
    (desk.folder / "a.png").rename(desk.folder / "z.png")

    desk.look()

    assert desk.corrected() == {}
