"""The last desk comes back: after closing the window, after a kill, and in spite of damage."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from color_encoder import ColorEncoder, save_color_pictures
from kept_desk import keep_desk, keep_labels
from PIL import Image
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.desk_keeper import DeskKeeper, last_summary
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import VERSION
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.order import ResultsFilter
from clipdesk.core.labels.label_set import Label, LabelSet, label_set_to_json
from clipdesk.gui.application import Application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.store_settings import desks_folder

LABELS = LabelSet((Label("red"), Label("green"), Label("blue")))
COUNT = 9

Open = Callable[..., Application]


@pytest.fixture
def open_window(qtbot: QtBot, preferences: Preferences) -> Iterator[Open]:
    """Return a function that opens a window, whose encoder knows colours, when it has read the last desk."""
    opened: list[Application] = []

    def open_one(start: Start = Start()) -> Application:  # noqa: B008 - frozen
        application = Application(start, preferences, load=lambda *_, **__: ColorEncoder())
        opened.append(application)
        with qtbot.waitExposed(application.window):
            application.window.show()
        with qtbot.waitSignal(application.labelling.encoder_changed):
            application.begin()
        return application

    yield open_one
    for application in opened:
        application.window.close()


@pytest.fixture
def holiday(tmp_path: Path) -> Path:
    folder = save_color_pictures(tmp_path / "Holiday", COUNT)
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


def scored(application: Application) -> int:
    return int((application.labelling.desk.scores.best >= 0).sum())


def wait_for(qtbot: QtBot, application: Application, count: int = COUNT) -> None:
    qtbot.waitUntil(lambda: scored(application) == count == len(application.labelling.desk), timeout=30_000)


def type_labels(qtbot: QtBot, application: Application, *names: str) -> None:
    for name in names:
        qtbot.keyClicks(application.window.labels.input, name)
        qtbot.keyClick(application.window.labels.input, Qt.Key.Key_Return)


def click_continue(qtbot: QtBot, application: Application) -> None:
    with qtbot.waitSignal(application.autosave.desk_opened):
        qtbot.mouseClick(application.window.drop_zone.continue_button, Qt.MouseButton.LeftButton)


def test_labels_pictures_corrections_and_view_come_back(qtbot: QtBot, open_window: Open, holiday: Path) -> None:
    first = open_window()
    type_labels(qtbot, first, "red", "green", "blue")
    first.desk_commands.add_paths([holiday])
    wait_for(qtbot, first)
    desk = first.labelling.desk
    first.labelling._follow(desk.correct([4], desk.label_set.ids[2]))
    first.labelling.remove_images([8])
    first.labelling.set_threshold(0.25)
    first.window.filter_bar.finder.choose(ResultsFilter(labels=frozenset([desk.label_set.ids[2]])))
    first.model.sort_by_key("name", descending=True)
    first.window.table.select_desk_row(5)
    shown = first.model.shown_rows.tolist()
    first.window.close()

    second = open_window()
    button = second.window.drop_zone.continue_button
    assert second.labelling.desk.label_set.ids == desk.label_set.ids
    assert not len(second.labelling.desk)
    assert button.isVisible() and button.property("primary")
    assert button.text() == "Continue: Holiday · 8 pictures · 3 labels"
    assert not second.window.drop_zone.choose_button.property("primary")
    second.window.activateWindow()
    qtbot.waitUntil(second.window.isActiveWindow)
    button.setFocus()
    with qtbot.waitSignal(second.autosave.desk_opened):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    wait_for(qtbot, second, COUNT - 1)

    again = second.labelling.desk
    assert second.window.table.hasFocus()
    assert list(again.images) == list(desk.images)
    assert [rows.tolist() for rows in again.corrections] == [[4], [desk.label_set.ids[2]]]
    assert again.threshold == 0.25
    qtbot.waitUntil(lambda: second.model.shown_rows.tolist() == shown)
    assert second.model.filter == first.model.filter
    assert (second.model.sort_key, second.model.sort_order) == ("name", Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: second.window.table.current_desk_row() == 5)
    # What was taken off the desk stays off, and what is new in the folder is added.
    with qtbot.waitSignal(second.labelling.changes_seen, timeout=20_000):
        save_color_pictures(holiday / "more", 1)
        os.utime(next((holiday / "more").iterdir()), (1_700_000_000, 1_700_000_000))
        second.labelling.look_again()
    assert len(again) == COUNT


def test_own_labels_typed_on_the_samples_are_there_at_the_next_start(
    qtbot: QtBot, open_window: Open, holiday: Path
) -> None:
    first = open_window()
    first.desk_commands.open_samples()
    first.window.labels.label_set_changed.emit(LabelSet())
    type_labels(qtbot, first, "red", "green")
    first.desk_commands.add_paths([holiday])
    wait_for(qtbot, first)
    first.window.close()

    second = open_window()

    assert second.labelling.desk.label_set.names == ("red", "green")
    assert "Holiday · 9 pictures · 2 labels" in second.window.drop_zone.continue_button.text()


def test_the_samples_themselves_are_not_kept(qtbot: QtBot, open_window: Open, holiday: Path) -> None:
    keep_desk(DeskState(LABELS, images=ImageList(), sources=()))
    first = open_window()
    first.desk_commands.add_paths([holiday])
    wait_for(qtbot, first)
    first.desk_commands.open_samples()
    qtbot.waitUntil(lambda: len(first.labelling.desk) == 26, timeout=10_000)
    first.window.close()

    second = open_window()

    assert "Holiday · 9 pictures · 3 labels" in second.window.drop_zone.continue_button.text()


def test_labels_typed_before_continuing_are_kept(qtbot: QtBot, open_window: Open, holiday: Path) -> None:
    keep_labels(LABELS)
    first = open_window(Start(paths=(holiday,)))
    wait_for(qtbot, first)
    first.window.close()

    second = open_window()
    type_labels(qtbot, second, "white")
    assert "4 labels" in second.window.drop_zone.continue_button.text()
    click_continue(qtbot, second)
    wait_for(qtbot, second)

    assert second.labelling.desk.label_set.names == ("red", "green", "blue", "white")


def test_the_same_folder_continues_its_desk_and_another_one_begins_a_new_desk(
    qtbot: QtBot, open_window: Open, holiday: Path, tmp_path: Path
) -> None:
    keep_labels(LABELS)
    first = open_window(Start(paths=(holiday,)))
    wait_for(qtbot, first)
    first.labelling._follow(first.labelling.desk.correct([0], LABELS.ids[2]))
    first.window.close()

    same = open_window(Start(paths=(holiday,)))
    wait_for(qtbot, same)
    assert same.labelling.desk.corrections[0].tolist() == [0]
    same.window.close()

    birds = save_color_pictures(tmp_path / "Birds", 3)
    other = open_window(Start(paths=(birds,)))
    wait_for(qtbot, other, 3)
    assert not other.window.actions_["continue"].isEnabled()
    other.window.close()

    last = open_window()
    assert "Birds · 3 pictures" in last.window.drop_zone.continue_button.text()
    assert len(list(desks_folder().glob("*.clipdesk"))) == 2


def test_labels_of_an_older_version_move_into_a_document_once(
    qtbot: QtBot, open_window: Open, preferences: Preferences, tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("labels", json.dumps(label_set_to_json(LABELS, None)))
    settings.sync()
    preferences._settings.sync()

    first = open_window()
    assert first.labelling.desk.label_set.ids == LABELS.ids
    first.window.close()
    second = open_window()

    assert second.labelling.desk.label_set.ids == LABELS.ids
    assert preferences.old_label_set == LabelSet()


def test_a_second_window_neither_sees_nor_changes_the_first_one_s_desk(
    qtbot: QtBot, open_window: Open, holiday: Path
) -> None:
    keep_labels(LABELS)
    first = open_window(Start(paths=(holiday,)))
    wait_for(qtbot, first)
    first.autosave.save_now()
    qtbot.waitUntil(lambda: (last := last_summary(desks_folder())) is not None and last.image_count == COUNT)

    second = open_window()
    assert second.labelling.desk.label_set.names == LABELS.names
    assert not second.window.drop_zone.continue_button.isVisible()
    type_labels(qtbot, second, "white")
    second.window.close()
    first.labelling.set_threshold(0.75)
    first.window.close()

    third = open_window()
    assert third.labelling.desk.label_set.names == LABELS.names
    click_continue(qtbot, third)
    assert third.labelling.desk.threshold == 0.75


@pytest.mark.parametrize(("what", "said"), [("damaged", "was damaged"), ("newer", "newer version of ClipDesk")])
def test_a_desk_that_cannot_be_opened_is_told_and_the_window_works(
    qtbot: QtBot, open_window: Open, holiday: Path, what: str, said: str
) -> None:
    keep_labels(LABELS)
    path = next(desks_folder().glob("*.clipdesk"))
    data = bytearray(path.read_bytes())
    if what == "newer":
        data[60:64] = (VERSION + 1).to_bytes(4, "big")
    else:
        data[100:] = b"\x5a" * (len(data) - 100)
    path.write_bytes(data)

    window = open_window()
    assert said in window.window.news.text.text()
    type_labels(qtbot, window, "red", "green")
    window.desk_commands.add_paths([holiday])
    wait_for(qtbot, window)
    window.window.close()

    assert "9 pictures · 2 labels" in open_window().window.drop_zone.continue_button.text()
    if what == "newer":
        assert path.read_bytes() == data


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_killed_window_loses_at_most_the_last_two_seconds(
    qtbot: QtBot, open_window: Open, holiday: Path, tmp_path: Path
) -> None:
    script = Path(__file__).with_name("killed_window.py")
    program = subprocess.Popen(
        [sys.executable, str(script), str(holiday), str(tmp_path / "other.ini")], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline().strip() == "two seconds after the last change"
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()

    window = open_window()
    assert window.labelling.desk.label_set.names == ("red", "green", "blue")
    assert "Holiday · 9 pictures · 3 labels" in window.window.drop_zone.continue_button.text()
    click_continue(qtbot, window)
    wait_for(qtbot, window)
    assert window.labelling.desk.corrections[0].tolist() == [1]
    assert window.labelling.desk.reviewed.nonzero()[0].tolist() == [1]
    assert len(window.labelling.desk.review_marks) == COUNT


def test_a_job_that_was_closed_goes_on_where_it_was(qtbot: QtBot, open_window: Open, holiday: Path) -> None:
    keep_labels(LABELS)
    first = open_window(Start(paths=(holiday,)))
    qtbot.waitUntil(lambda: scored(first) > 0)
    first.window.close()
    done = scored(first)

    second = open_window()
    recalled: list[int] = []
    second.labelling._worker.images_recalled.connect(lambda *event: recalled.append(len(event[2].rows)))
    click_continue(qtbot, second)
    wait_for(qtbot, second)

    assert sum(recalled) >= done


def test_the_documents_are_free_again_when_the_window_is_closed(qtbot: QtBot, open_window: Open) -> None:
    keep_labels(LABELS)
    open_window().window.close()

    keeper = DeskKeeper(desks_folder(), print)
    assert keeper.read_last().is_kept
    assert not [path for path in desks_folder().iterdir() if "journal" in path.name]
    keeper.close()


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
def test_a_correction_follows_a_picture_that_is_renamed(
    qtbot: QtBot, open_window: Open, tmp_path: Path, is_open: bool
) -> None:
    folder = tmp_path / "Holiday"
    folder.mkdir()
    for number in range(4):
        Image.new("RGB", (8, 8), (60 * number, 10, 250 - 60 * number)).save(folder / f"{number}.png")
        os.utime(folder / f"{number}.png", (1_700_000_000, 1_700_000_000))
    window = open_window()
    type_labels(qtbot, window, "red", "green", "blue")
    window.desk_commands.add_paths([folder])
    wait_for(qtbot, window, 4)
    green = window.labelling.desk.label_set.ids[1]
    window.labelling.correct([2], green)
    if not is_open:
        window.window.close()

    (folder / "2.png").rename(folder / "renamed.png")
    if is_open:
        window.labelling.look_again()
    else:
        window = open_window()
        click_continue(qtbot, window)
    wait_for(qtbot, window, 5)  # the old place stays, as missing

    desk = window.labelling.desk
    assert [desk.images.path(row).name for row in desk.corrections[0].tolist()] == ["2.png", "renamed.png"]
    assert desk.corrections[1].tolist() == [green] * 2
    assert desk.is_missing(2)
    # It was kept without any other change.
    window.window.close()
    kept = last_summary(desks_folder())
    assert kept is not None and kept.image_count == 5
    again = open_window()
    click_continue(qtbot, again)
    assert again.labelling.desk.corrections[1].tolist() == [green] * 2
