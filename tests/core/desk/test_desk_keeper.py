from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clipdesk.core.desk.desk_keeper import MAX_KEPT, DeskKeeper, last_summary
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import SUFFIX, VERSION, DeskDocument
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile

LABELS = LabelSet((Label("dog"), Label("cat")))


def desk(count: int, label_set: LabelSet = LABELS) -> DeskState:
    """A desk with images, of which the last is corrected."""
    images = ImageList(ImageFile(Path(f"/pictures/Holiday/{number}.jpg"), 1, number) for number in range(count))
    rows = np.arange(count)[-1:]
    return DeskState(label_set, 0.5, images, rows, np.full(len(rows), 7), sources=(Path("/pictures/Holiday"),))


class Window:
    """A keeper and what it has reported."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self.keeper = DeskKeeper(folder, self.problems.append)
        self.last = self.keeper.read_last()


def documents(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)


def close_later(window: Window, folder: Path) -> None:
    """Close a window at a later time than all others, however coarse the clock of the file system is."""
    latest = max((path.stat().st_mtime_ns for path in documents(folder)), default=0)
    while time.time_ns() <= latest:
        pass
    window.keeper.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desks"


def test_the_first_window_begins_with_the_labels_of_an_older_version(folder: Path) -> None:
    keeper = DeskKeeper(folder, print)

    last = keeper.read_last(LABELS)

    assert (last.label_set, last.is_kept, last.offer) == (LABELS, False, None)
    keeper.save(DeskState(LABELS))
    keeper.close()
    again = DeskKeeper(folder, print)
    assert again.read_last(LabelSet((Label("older"),))).label_set == LABELS
    again.close()


def test_a_desk_is_offered_and_continued_in_its_document(folder: Path) -> None:
    first = Window(folder)
    first.keeper.save(desk(3))
    first.keeper.close()

    second = Window(folder)
    offer = second.last.offer
    state = second.keeper.continue_last()
    assert offer is not None and state is not None
    second.keeper.save(replace(state, threshold=0.9))
    second.keeper.close()

    assert (offer.title, offer.image_count, offer.label_set.ids) == ("Holiday", 3, LABELS.ids)
    assert second.last.label_set.ids == LABELS.ids
    assert state.corrected_rows.tolist() == [2]
    assert len(documents(folder)) == 1
    third = Window(folder)
    assert (continued := third.keeper.continue_last()) is not None
    assert continued.threshold == 0.9
    third.keeper.close()


def test_labels_typed_before_the_desk_is_continued_do_not_change_it_yet(folder: Path) -> None:
    first = Window(folder)
    first.keeper.save(desk(3))
    first.keeper.close()
    others = LabelSet((Label("invoice"),))

    second = Window(folder)
    second.keeper.save(DeskState(others))
    close_later(second, folder)

    third = Window(folder)
    assert third.last.label_set == others
    assert third.last.offer is not None and third.last.offer.label_set == LABELS
    # Continued, the desk is the only one again.
    assert third.keeper.continue_last() is not None
    third.keeper.save(desk(3, others))
    third.keeper.close()
    assert len(documents(folder)) == 1


def test_another_desk_gets_a_document_of_its_own(folder: Path) -> None:
    first = Window(folder)
    first.keeper.save(desk(3))
    first.keeper.begin_new()
    first.keeper.save(desk(5))
    first.keeper.close()

    assert sorted(len(_load(path).images) for path in documents(folder)) == [3, 5]


def test_an_empty_desk_gets_no_document(folder: Path) -> None:
    window = Window(folder)
    window.keeper.save(DeskState())
    window.keeper.save(desk(1), may_create=False)
    window.keeper.close()

    assert not folder.exists()


def test_two_windows_never_write_the_same_document(folder: Path) -> None:
    first = Window(folder)
    first.keeper.save(desk(3))

    second = Window(folder)
    assert second.last.label_set.ids == LABELS.ids
    assert second.last.offer is None
    assert second.keeper.continue_last() is None
    second.keeper.save(desk(5))
    first.keeper.save(desk(4))
    second.keeper.close()
    first.keeper.close()

    assert sorted(len(_load(path).images) for path in documents(folder)) == [4, 5]
    assert not [path for path in folder.iterdir() if path.suffix != SUFFIX]
    assert not first.problems + second.problems


def test_the_desk_that_was_closed_last_is_offered(folder: Path) -> None:
    first, second = Window(folder), Window(folder)
    first.keeper.save(desk(3))
    second.keeper.save(desk(5))
    second.keeper.close()
    close_later(first, folder)

    third = Window(folder)
    assert third.last.offer is not None and third.last.offer.image_count == 3
    third.keeper.close()


def test_the_oldest_desks_are_deleted(folder: Path) -> None:
    for number in range(MAX_KEPT + 3):
        window = Window(folder)
        window.keeper.save(desk(number + 1))
        window.keeper.close()
        newest = max(documents(folder), key=lambda path: path.stat().st_ino)
        for path in documents(folder):
            if len(_load(path).images) == number + 1:
                newest = path
        os.utime(newest, (number, number))

    kept = [len(_load(path).images) for path in documents(folder)]
    assert len(kept) == MAX_KEPT
    assert min(kept) == 4


def test_a_damaged_document_is_renamed_and_told_and_the_one_before_is_offered(folder: Path) -> None:
    for count in (3, 5):
        window = Window(folder)
        window.keeper.save(desk(count))
        close_later(window, folder)
    newest = documents(folder)[-1]
    newest.write_bytes(b"damaged")

    window = Window(folder)
    window.keeper.close()

    assert window.last.offer is not None and window.last.offer.image_count == 3
    assert len(window.problems) == 1
    aside = next(path for path in folder.iterdir() if "damaged" in path.name)
    assert str(aside) in window.problems[0]
    # It is told once.
    again = Window(folder)
    again.keeper.close()
    assert again.problems == []


def test_a_newer_document_is_told_and_stays(folder: Path) -> None:
    window = Window(folder)
    window.keeper.save(desk(3))
    window.keeper.close()
    path = documents(folder)[0]
    data = bytearray(path.read_bytes())
    data[60:64] = (VERSION + 1).to_bytes(4, "big")
    path.write_bytes(data)

    again = Window(folder)
    again.keeper.save(desk(5))
    again.keeper.close()

    assert "newer version of ClipDesk" in again.problems[0]
    assert again.last.offer is None
    assert path.read_bytes() == data


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_cannot_be_written_is_told_once(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o500)
    window = Window(folder)

    window.keeper.save(desk(3))
    window.keeper.save(desk(4))
    window.keeper.close()
    folder.chmod(0o700)

    assert len(window.problems) == 1


def test_a_file_in_place_of_the_folder_is_told_once(folder: Path) -> None:
    folder.write_text("in the way")
    window = Window(folder)

    window.keeper.save(desk(3))
    window.keeper.save(desk(4))
    window.keeper.close()

    assert len(window.problems) == 1
    assert "not saved" in window.problems[0]


def test_the_summary_is_read_beside_an_open_window(folder: Path) -> None:
    assert last_summary(folder) is None
    window = Window(folder)
    window.keeper.save(desk(3))

    summary = last_summary(folder)

    assert summary is not None and summary.label_set == LABELS
    window.keeper.close()


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from core_desk_writer import write_desks
write_desks(Path(sys.argv[1]), int(sys.argv[2]))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_kill_at_any_statement_leaves_a_whole_state(folder: Path) -> None:
    tests = str(Path(__file__).resolve().parents[2])
    for statement in (1, 2, 3, 5, 9, 14, 16, 20, 25, 31, 40, 55):
        done = subprocess.run(
            [sys.executable, "-c", WRITER.format(tests=tests), str(folder), str(statement)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        saved = int(done.stdout.split()[-1]) if done.stdout else 0

        window = Window(folder)
        state = window.keeper.continue_last()
        window.keeper.close()

        assert window.problems == []
        found = 0 if state is None else len(state.images)
        assert found in (saved, saved + 10)  # what was committed, told or not
        if state is not None:
            assert state.corrected_rows.tolist() == [found - 1]
        for path in folder.iterdir():
            path.unlink()


def _load(path: Path) -> DeskState:
    document = DeskDocument(path)
    try:
        return document.load()
    finally:
        document.close()
