"""The desk as a file: new, open, save under a name, two windows, faults, and a folder that moves along."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from color_encoder import ColorEncoder, save_color_pictures
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from clipdesk.__main__ import main
from clipdesk.cli import WRONG_ARGUMENTS
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import VERSION, DeskDocument
from clipdesk.core.desk.order import ResultsFilter
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.store_settings import desks_folder

LABELS = LabelSet((Label("red", ("a red thing",)), Label("green"), Label("blue")))
COUNT = 9

Open = Callable[..., Application]


@pytest.fixture
def open_window(qtbot: QtBot, preferences: Preferences) -> Iterator[Open]:
    """Return a function that opens a window, whose encoder knows colours, when it has read the last desk."""
    preferences.add_closed_news(["better model"])  # the offer of one, which would cover other news
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
    (tmp_path / "stick").mkdir()
    folder = save_color_pictures(tmp_path / "stick" / "Holiday", COUNT)
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "stick" / "My holiday.clipdesk"


def wait_for(qtbot: QtBot, application: Application, count: int = COUNT) -> None:
    desk = application.labelling.desk
    qtbot.waitUntil(lambda: int((desk.scores.best >= 0).sum()) == count == len(desk), timeout=30_000)


def open_desk(qtbot: QtBot, application: Application, document: Path) -> None:
    with qtbot.waitSignal(application.autosave.desk_opened, timeout=10_000):
        application.file_commands.open(document)


def save_as(qtbot: QtBot, application: Application, document: Path) -> None:
    with qtbot.waitSignal(application.documents.saved, timeout=10_000):
        application.file_commands.save_as(document)


def labelled(qtbot: QtBot, application: Application, folder: Path) -> None:
    """Give the window labels and the pictures of a folder."""
    application.labelling.set_label_set(LABELS)
    application.desk_commands.add_paths([folder])
    wait_for(qtbot, application, sum(1 for _ in folder.iterdir()))


@pytest.fixture
def saved(qtbot: QtBot, open_window: Open, holiday: Path, document: Path) -> Path:
    """A document with labels, pictures and a correction, which no window has open."""
    application = open_window()
    labelled(qtbot, application, holiday)
    application.labelling.correct([1], LABELS.ids[2])
    save_as(qtbot, application, document)
    application.window.close()
    return document


def read(document: Path) -> DeskState:
    opened = DeskDocument(document, read_only=True)
    try:
        return opened.load()
    finally:
        opened.close()


def news(application: Application) -> str:
    return application.window.news.text.text() if application.window.news.isVisible() else ""


def actions_named(application: Application, menu: str) -> list[str]:
    return [action.text() for action in application.window.actions_.submenus[menu].actions()]


# --- round trip


def test_everything_comes_back_from_a_document(
    qtbot: QtBot, open_window: Open, holiday: Path, document: Path, tmp_path: Path
) -> None:
    first = open_window()
    labelled(qtbot, first, holiday)
    desk = first.labelling.desk
    first.labelling.correct([4], LABELS.ids[2])
    first.labelling.remove_images([8])
    first.labelling.set_threshold(0.25)
    save_as(qtbot, first, document)
    assert first.window.windowTitle() == "My holiday — ClipDesk"
    assert "Saved as “My holiday”" in news(first)
    assert not list(desks_folder().glob("*.clipdesk"))  # it has a name now
    # What follows is saved by itself.
    first.window.filter_bar.finder.choose(ResultsFilter(labels=frozenset([LABELS.ids[2]])))
    first.model.sort_by_key("name", descending=True)
    first.window.table.select_desk_row(5)
    first.labelling.set_threshold(0.75)
    shown = first.model.shown_rows.tolist()
    qtbot.waitUntil(lambda: read(document).threshold == 0.75, timeout=5000)
    first.window.close()

    second = open_window()
    other = save_color_pictures(tmp_path / "Birds", 3)
    second.labelling.set_label_set(LabelSet((Label("white"), Label("black"))))
    second.desk_commands.add_paths([other])
    wait_for(qtbot, second, 3)
    second.window.undo_stack.push(second.labelling.remove_images([0]))
    open_desk(qtbot, second, document)
    wait_for(qtbot, second, COUNT - 1)

    again = second.labelling.desk
    assert second.window.windowTitle() == "My holiday — ClipDesk"
    assert again.label_set == LABELS and again.label_set.ids == LABELS.ids
    assert list(again.images) == list(desk.images)
    assert [rows.tolist() for rows in again.corrections] == [[4], [LABELS.ids[2]]]
    assert again.threshold == 0.75
    assert second.labelling.sources == (holiday,)
    assert [image.path.name for image in second.labelling.taken_off] == ["08 blue.png"]
    qtbot.waitUntil(lambda: second.model.shown_rows.tolist() == shown)
    assert second.model.filter == first.model.filter
    assert (second.model.sort_key, second.model.sort_order) == ("name", Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: second.window.table.current_desk_row() == 5)
    assert not second.window.undo_stack.undo_text  # the steps were those of the other desk
    # The other desk was saved before it was replaced.
    kept = [read(path) for path in desks_folder().glob("*.clipdesk")]
    assert [len(state.images) for state in kept] == [2]
    # Nothing of the other desk has got into this one.
    second.window.close()
    after = read(document)
    assert len(after.images) == COUNT - 1 and len(after.taken_off) == 1
    assert after.sources == (holiday,)


def test_the_next_window_offers_the_document_and_continues_in_it(qtbot: QtBot, open_window: Open, saved: Path) -> None:
    application = open_window()
    button = application.window.drop_zone.continue_button
    assert button.text() == "Continue: My holiday · 9 pictures · 3 labels"
    assert application.window.windowTitle() == "ClipDesk"

    with qtbot.waitSignal(application.autosave.desk_opened):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(qtbot, application)
    application.labelling.correct([0], LABELS.ids[1])

    assert application.window.windowTitle() == "My holiday — ClipDesk"
    qtbot.waitUntil(lambda: read(saved).corrected_rows.tolist() == [0, 1], timeout=5000)
    assert not list(desks_folder().glob("*.clipdesk"))


def test_a_new_desk_is_empty_and_the_one_before_can_be_continued(
    qtbot: QtBot, open_window: Open, saved: Path, tmp_path: Path
) -> None:
    application = open_window(Start(paths=(saved,)))
    wait_for(qtbot, application)
    application.labelling.set_threshold(0.9)

    application.window.actions_["new_desk"].trigger()

    assert application.window.windowTitle() == "ClipDesk"
    assert not len(application.labelling.desk) and not application.labelling.desk.label_set.labels
    assert "My holiday · 9 pictures" in application.window.drop_zone.continue_button.text()
    qtbot.waitUntil(lambda: read(saved).threshold == 0.9)
    with qtbot.waitSignal(application.autosave.desk_opened):
        application.desk_commands.continue_last()
    wait_for(qtbot, application)
    assert application.window.windowTitle() == "My holiday — ClipDesk"
    # A new desk with pictures is the last one from then on.
    application.window.actions_["new_desk"].trigger()
    labelled(qtbot, application, save_color_pictures(tmp_path / "Birds", 3))
    application.window.close()
    assert "Continue: Birds · 3 pictures" in open_window().window.drop_zone.continue_button.text()


def test_a_new_desk_keeps_an_unnamed_one(qtbot: QtBot, open_window: Open, holiday: Path) -> None:
    application = open_window()
    labelled(qtbot, application, holiday)
    application.labelling.correct([3], LABELS.ids[0])

    application.window.actions_["new_desk"].trigger()
    assert "Holiday · 9 pictures · 3 labels" in application.window.drop_zone.continue_button.text()
    with qtbot.waitSignal(application.autosave.desk_opened):
        application.desk_commands.continue_last()

    assert application.labelling.desk.corrections[0].tolist() == [3]
    assert application.labelling.desk.label_set.ids == LABELS.ids


def test_the_desk_is_not_replaced_while_its_pictures_are_sorted(qtbot: QtBot, open_window: Open, saved: Path) -> None:
    application = open_window(Start(paths=(saved,)))
    wait_for(qtbot, application)
    application.labelling.hold_changes()

    application.window.actions_["new_desk"].trigger()

    assert "Pictures are being sorted" in news(application)
    assert len(application.labelling.desk) == COUNT
    application.labelling.release_changes()
    application.window.actions_["new_desk"].trigger()
    assert not len(application.labelling.desk)


def test_recent_desks_are_in_the_menu(qtbot: QtBot, open_window: Open, saved: Path) -> None:
    application = open_window()
    menu = application.window.actions_.submenus["recent_documents"]
    assert actions_named(application, "recent_documents") == ["My holiday", "", "Clear this list"]

    with qtbot.waitSignal(application.autosave.desk_opened):
        menu.actions()[0].trigger()
    menu.actions()[-1].trigger()

    assert not menu.isEnabled()


def test_desks_without_a_name_are_in_the_menu(qtbot: QtBot, open_window: Open, saved: Path, tmp_path: Path) -> None:
    application = open_window()
    labelled(qtbot, application, save_color_pictures(tmp_path / "Birds", 3))
    application.labelling.correct([2], LABELS.ids[0])
    open_desk(qtbot, application, saved)
    menu = application.window.actions_.submenus["recent_documents"]
    with qtbot.waitSignal(application.documents.kept_listed):
        application.file_commands.list_desks()
    texts = actions_named(application, "recent_documents")
    assert texts[:-1] == ["My holiday", "", "Clear this list", "", "Kept without a name"]
    assert texts[-1].startswith("Birds · 3 pictures · ")

    with qtbot.waitSignal(application.autosave.desk_opened):
        menu.actions()[-1].trigger()
    wait_for(qtbot, application, 3)

    assert application.window.windowTitle() == "ClipDesk"
    assert application.labelling.desk.corrections[0].tolist() == [2]
    application.window.close()
    assert "Continue: Birds" in open_window().window.drop_zone.continue_button.text()


def test_the_samples_are_saved_under_a_name_if_the_person_wants_that(
    qtbot: QtBot, open_window: Open, document: Path, holiday: Path
) -> None:
    application = open_window()
    application.desk_commands.open_samples()
    qtbot.waitUntil(lambda: len(application.labelling.desk) == 26, timeout=10_000)

    save_as(qtbot, application, document)
    application.desk_commands.add_paths([holiday])
    qtbot.waitUntil(lambda: len(application.labelling.desk) == 26 + COUNT, timeout=10_000)

    qtbot.waitUntil(lambda: len(read(document).images) == 26 + COUNT, timeout=5000)


# --- ways in


def drop(application: Application, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window = application.window
    center, copy = window.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(center, copy, mime, buttons, keys))
    assert window.drop_frame._text == "Open this desk"
    QApplication.sendEvent(window, QDropEvent(QPointF(center), copy, mime, buttons, keys))


def test_a_dropped_document_is_opened_and_pictures_with_it_are_added(
    qtbot: QtBot, open_window: Open, saved: Path, tmp_path: Path
) -> None:
    birds = save_color_pictures(tmp_path / "Birds", 3)
    application = open_window()

    with qtbot.waitSignal(application.autosave.desk_opened):
        drop(application, saved, birds)
    wait_for(qtbot, application, COUNT + 3)

    assert application.window.windowTitle() == "My holiday — ClipDesk"
    qtbot.waitUntil(lambda: len(read(saved).images) == COUNT + 3, timeout=5000)


def test_a_document_on_the_command_line_is_opened(qtbot: QtBot, open_window: Open, saved: Path) -> None:
    application = open_window(Start(paths=(saved,)))
    wait_for(qtbot, application)

    assert application.window.windowTitle() == "My holiday — ClipDesk"
    assert application.labelling.desk.corrections[0].tolist() == [1]


def test_without_a_window_a_document_is_refused(
    tmp_path: Path, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--headless", str(tmp_path / "out"), str(saved)]) == WRONG_ARGUMENTS

    assert "is a desk: open it without --headless" in capsys.readouterr().err


def test_ctrl_s_asks_for_a_name_once(qtbot: QtBot, open_window: Open, holiday: Path, document: Path) -> None:
    application = open_window()
    labelled(qtbot, application, holiday)

    application.window.actions_["save_desk"].trigger()
    dialog = application.window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.defaultSuffix() == "clipdesk"
    dialog.fileSelected.emit(str(document))
    dialog.reject()
    qtbot.waitUntil(lambda: application.window.windowTitle() == "My holiday — ClipDesk")
    with qtbot.waitSignal(application.documents.saved):
        application.window.actions_["save_desk"].trigger()

    assert read(document).label_set.ids == LABELS.ids


# --- two windows


def test_a_second_window_reads_only_until_it_saves_under_another_name(
    qtbot: QtBot, open_window: Open, saved: Path
) -> None:
    first = open_window(Start(paths=(saved,)))
    wait_for(qtbot, first)
    before = saved.read_bytes()

    second = open_window(Start(paths=(saved,)))
    wait_for(qtbot, second)
    assert second.window.windowTitle() == "My holiday (read-only) — ClipDesk"
    assert "“My holiday” is open in another window, so changes made here are not saved." in news(second)
    second.labelling.correct([0, 2, 5], LABELS.ids[0])
    second.autosave.save_now()
    assert second.autosave._last is not None
    second.autosave._last.result()
    assert saved.read_bytes() == before
    assert not list(desks_folder().glob("*.clipdesk"))

    with qtbot.waitSignal(second.documents.failed):
        second.file_commands.save_as(saved)
    assert "is open in another window of ClipDesk" in news(second)
    copy = saved.with_name("Copy.clipdesk")
    save_as(qtbot, second, copy)
    assert second.window.windowTitle() == "Copy — ClipDesk"
    assert "read-only" not in second.window.windowTitle()
    second.labelling.set_threshold(0.125)
    qtbot.waitUntil(lambda: read(copy).threshold == 0.125, timeout=5000)
    assert read(copy).corrected_rows.tolist() == [0, 1, 2, 5]
    assert read(saved).corrected_rows.tolist() == [1]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_write_protected_document_is_read_only(qtbot: QtBot, open_window: Open, saved: Path) -> None:
    saved.chmod(0o400)
    application = open_window(Start(paths=(saved,)))
    wait_for(qtbot, application)

    assert "write-protected" in news(application)


# --- faults


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("newer", "was saved by a newer version of ClipDesk. Update ClipDesk to open it."),
        ("damaged", "is damaged"),
        ("foreign", "is not a desk of ClipDesk"),
        ("gone", "does not exist"),
    ],
)
def test_a_document_that_cannot_be_opened_is_refused_and_the_desk_stays(
    qtbot: QtBot, open_window: Open, holiday: Path, saved: Path, what: str, said: str
) -> None:
    data = bytearray(saved.read_bytes())
    if what == "newer":
        data[60:64] = (VERSION + 1).to_bytes(4, "big")
    elif what == "foreign":
        data[68:72] = bytes(4)
    else:
        data[100:] = b"\x5a" * (len(data) - 100)
    saved.write_bytes(data)
    if what == "gone":
        saved.unlink()
    application = open_window()
    labelled(qtbot, application, holiday)

    with qtbot.waitSignal(application.documents.failed):
        application.file_commands.open(saved)

    assert said in news(application)
    assert len(application.labelling.desk) == COUNT
    assert application.window.windowTitle() == "ClipDesk"
    if what != "gone":
        assert saved.read_bytes() == data
        assert sorted(path.name for path in saved.parent.iterdir()) == ["Holiday", saved.name]
    # It is still saved, without a name.
    application.labelling.set_threshold(0.875)
    application.window.close()
    assert [read(path).threshold for path in desks_folder().glob("*.clipdesk")] == [0.875]


def test_saving_to_a_place_that_does_not_exist_is_told_and_nothing_is_lost(
    qtbot: QtBot, open_window: Open, saved: Path
) -> None:
    application = open_window(Start(paths=(saved,)))
    wait_for(qtbot, application)

    with qtbot.waitSignal(application.documents.failed):
        application.file_commands.save_as(saved.parent / "nowhere" / "a.clipdesk")
    application.labelling.set_threshold(0.125)

    assert "could not be written" in news(application)
    assert application.window.windowTitle() == "My holiday — ClipDesk"
    qtbot.waitUntil(lambda: read(saved).threshold == 0.125, timeout=5000)


def test_a_document_that_is_deleted_while_it_is_open_is_told_and_saved_again(
    qtbot: QtBot, open_window: Open, saved: Path
) -> None:
    application = open_window(Start(paths=(saved,)))
    wait_for(qtbot, application)
    saved.unlink()

    with qtbot.waitSignal(application.autosave.failed, timeout=5000):
        application.labelling.set_threshold(0.125)
    assert "was moved, replaced or deleted" in news(application)
    save_as(qtbot, application, saved)
    application.labelling.set_threshold(0.25)

    qtbot.waitUntil(lambda: read(saved).threshold == 0.25, timeout=5000)
    assert read(saved).corrected_rows.tolist() == [1]


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_killed_window_loses_at_most_the_last_two_seconds(
    qtbot: QtBot, open_window: Open, saved: Path, tmp_path: Path
) -> None:
    script = Path(__file__).with_name("killed_document.py")
    program = subprocess.Popen(
        [sys.executable, str(script), str(saved), str(tmp_path / "other.ini")], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline().strip() == "two seconds after the last change"
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()

    application = open_window(Start(paths=(saved,)))
    wait_for(qtbot, application)
    assert application.window.windowTitle() == "My holiday — ClipDesk"
    assert application.labelling.desk.corrections[0].tolist() == [1, 6]


# --- pictures that are elsewhere


def test_missing_pictures_of_a_document_are_struck_out(
    qtbot: QtBot, open_window: Open, saved: Path, holiday: Path
) -> None:
    (holiday / sorted(path.name for path in holiday.iterdir())[0]).unlink()
    application = open_window(Start(paths=(saved,)))
    qtbot.waitUntil(lambda: len(application.labelling.desk.missing) == 1, timeout=10_000)
    application.window.close()
    shutil.rmtree(holiday)

    application = open_window(Start(paths=(saved,)))

    qtbot.waitUntil(lambda: len(application.labelling.desk.missing) == COUNT, timeout=10_000)
    assert application.labelling.desk.corrections[0].tolist() == [1]


def test_a_document_finds_the_pictures_that_moved_with_it(
    qtbot: QtBot, open_window: Open, saved: Path, tmp_path: Path
) -> None:
    saved.parent.rename(tmp_path / "other stick")
    moved = tmp_path / "other stick" / saved.name

    application = open_window(Start(paths=(moved,)))
    wait_for(qtbot, application)

    desk = application.labelling.desk
    assert {path.parent for path in map(desk.images.path, range(COUNT))} == {tmp_path / "other stick" / "Holiday"}
    assert desk.corrections[0].tolist() == [1]
    assert application.labelling.sources == (tmp_path / "other stick" / "Holiday",)
    assert not desk.missing
