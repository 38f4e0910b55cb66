"""Documents with a name: opened, saved under another one, and locked."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clipdesk.core.desk.desk_keeper import DeskKeeper, last_summary
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.errors import DocumentError
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile

LABELS = LabelSet((Label("dog"), Label("cat")))


def desk(count: int) -> DeskState:
    images = ImageList(ImageFile(Path(f"/pictures/{number}.jpg"), 1, number) for number in range(count))
    return DeskState(LABELS, 0.5, images, np.arange(count)[-1:], np.full(min(count, 1), 7))


class Window(DeskKeeper):
    def __init__(self, tmp_path: Path) -> None:
        self.problems: list[str] = []
        self.folder = tmp_path / "desks"
        super().__init__(self.folder, self.problems.append)

    def open_and_use(self, path: Path) -> DeskState:
        opened = self.open(path)
        self.use(opened)
        return opened.state


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A document of three images."""
    path = tmp_path / "Holiday.clipdesk"
    window = Window(tmp_path)
    window.save(desk(3))
    window.save_as(path, desk(3))
    window.close()
    return path


def load(path: Path) -> DeskState:
    document = DeskDocument(path, read_only=True)
    try:
        return document.load()
    finally:
        document.close()


def test_a_desk_with_a_name_leaves_nothing_else_behind(path: Path, tmp_path: Path) -> None:
    assert sorted(one.name for one in tmp_path.iterdir()) == ["Holiday.clipdesk", "desks"]
    assert not list((tmp_path / "desks").iterdir())
    assert len(load(path).images) == 3


def test_save_as_keeps_what_the_state_does_not_have(path: Path, tmp_path: Path) -> None:
    window = Window(tmp_path)
    state = window.open_and_use(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE corrections SET content = ?", (b"k" * 20,))
    connection.close()
    copy = tmp_path / "Copy.clipdesk"

    window.save_as(copy, replace(state, threshold=0.25))
    window.save(replace(state, threshold=0.75))
    window.close()

    assert (load(path).threshold, load(copy).threshold) == (0.5, 0.75)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT content FROM corrections").fetchall() == [(b"k" * 20,)]
    connection.close()


def test_save_as_replaces_a_file_and_its_journal(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other.clipdesk"
    other.write_bytes(b"anything")
    other.with_name(f"{other.name}-journal").write_bytes(b"of a killed program")
    other.with_name(f".{other.name}.part").write_bytes(b"of a killed program")
    window = Window(tmp_path)
    state = window.open_and_use(path)

    window.save_as(other, state)
    window.close()

    assert len(load(other).images) == 3
    assert sorted(one.name for one in tmp_path.iterdir()) == ["Holiday.clipdesk", "Other.clipdesk", "desks"]


def test_a_failed_save_as_changes_nothing(path: Path, tmp_path: Path) -> None:
    window = Window(tmp_path)
    state = window.open_and_use(path)
    folder = tmp_path / "folder.clipdesk"
    folder.mkdir()
    (folder / "file").touch()

    for place in (folder, tmp_path / "nowhere" / "a.clipdesk", tmp_path / ("n" * 300 + ".clipdesk")):
        with pytest.raises(DocumentError, match=r"could not be written: .*\. Choose another place\.") as raised:
            window.save_as(place, state)
        assert ".part" not in str(raised.value)
    window.save(replace(state, threshold=0.75))
    window.close()

    assert load(path).threshold == 0.75
    assert sorted(one.name for one in tmp_path.iterdir()) == ["Holiday.clipdesk", "desks", "folder.clipdesk"]


def test_a_second_window_reads_a_snapshot_and_writes_nothing(path: Path, tmp_path: Path) -> None:
    first, second = Window(tmp_path), Window(tmp_path)
    state = first.open_and_use(path)

    opened = second.open(path)
    second.use(opened)
    assert opened.read_only == "open elsewhere"
    second.save(replace(state, threshold=0.125))
    first.save(replace(state, threshold=0.75))
    with pytest.raises(DocumentError, match="open in another window"):
        second.save_as(path, state)
    copy = second.save_as(tmp_path / "Copy.clipdesk", replace(state, threshold=0.25))
    second.save(replace(state, threshold=0.375))
    second.close()
    first.close()

    assert (load(path).threshold, load(copy).threshold) == (0.75, 0.375)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]
    assert first.problems + second.problems == []
    # The lock was released with the first window.
    third = Window(tmp_path)
    assert third.open(path).read_only == ""
    third.close()


def test_a_link_to_a_document_is_the_document(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.clipdesk"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("no links here")
    first, second = Window(tmp_path), Window(tmp_path)
    first.open_and_use(path)

    with pytest.raises(DocumentError, match="open in this window already"):
        first.open(link)
    assert second.open(link).read_only == "open elsewhere"
    first.close()
    second.close()


def test_a_document_that_was_replaced_is_not_written_to(path: Path, tmp_path: Path) -> None:
    window = Window(tmp_path)
    state = window.open_and_use(path)
    other = tmp_path / "other"
    other.write_bytes(path.read_bytes())
    other.replace(path)

    window.save(replace(state, threshold=0.75))
    window.save(replace(state, threshold=0.8))
    assert len(window.problems) == 1 and "was moved, replaced or deleted" in window.problems[0]
    assert load(path).threshold == 0.5
    window.save_as(path, replace(state, threshold=0.9))
    window.close()

    assert load(path).threshold == 0.9


def test_the_last_desk_may_have_a_name(path: Path, tmp_path: Path) -> None:
    window = Window(tmp_path)
    window.save(desk(5))
    window.close()

    named = Window(tmp_path)
    offer = named.read_last(named=path).offer
    assert offer is not None and (offer.document, offer.image_count) == (path, 3)
    holder = Window(tmp_path)
    assert holder.open_and_use(path).images.path(0).name == "0.jpg"  # it was only looked at
    offer = named.read_last(named=path).offer
    assert offer is not None and (offer.document, offer.image_count) == (None, 5)
    assert (summary := last_summary(named.folder, path)) is not None and summary.image_count == 3
    for one in (named, holder):
        one.close()


def test_a_last_desk_with_a_name_that_is_damaged_is_told_and_left_alone(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"damaged")
    window = Window(tmp_path)

    assert window.read_last(named=path).offer is None

    window.close()
    assert len(window.problems) == 1 and "is damaged" in window.problems[0]
    assert path.read_bytes() == b"damaged"


def test_desks_without_a_name_are_listed_and_opened(path: Path, tmp_path: Path) -> None:
    first = Window(tmp_path)
    first.save(desk(5))
    first.begin_new()
    first.save(desk(2))
    second = Window(tmp_path)

    (kept,) = second.kept()
    opened = second.open(kept.path)
    second.use(opened)

    assert (kept.title, kept.image_count) == ("pictures", 5)
    assert not opened.is_named and len(opened.state.images) == 5
    assert first.kept() == []
    second.begin_new(offers_old=True)
    assert [one.image_count for one in second.kept()] == [5]
    assert (state := second.continue_last()) is not None and len(state.images) == 5
    first.close()
    second.close()


def test_a_document_without_images_is_never_deleted(path: Path, tmp_path: Path) -> None:
    window = Window(tmp_path)
    window.save(desk(5))
    window.begin_new(offers_old=True)
    empty = window.save_as(tmp_path / "Labels.clipdesk", DeskState(LABELS))
    assert window.continue_last() is not None
    window.close()

    assert load(empty).label_set == LABELS
