"""Sorting in the real window: by rule, by hand, back again, and after a restart."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from own_trash import use_own_trash
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.sorting.history_dialog import HistoryDialog
from clipdesk.gui.sorting.sort_dialog import SortDialog

READABLE, ALL = 8, 9


@pytest.fixture(autouse=True)
def own_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's trash."""
    return use_own_trash(tmp_path / "data-home", monkeypatch)


@pytest.fixture
def labelled(qtbot: QtBot, application: Application, folder: Path) -> Application:
    """The window with the labelled pictures of `folder`."""
    application.desk_commands.show_labels(LabelSet((Label("dog"), Label("cat"))))
    application.labelling.set_threshold(0.0)
    application.desk_commands.add_paths([folder])
    wait_until_labelled(qtbot, application)
    return application


def wait_until_labelled(qtbot: QtBot, application: Application) -> None:
    desk, labelling = application.labelling.desk, application.labelling

    def done() -> bool:
        finished = int((desk.scores.best >= 0).sum()) + len(desk.errors)
        return finished == len(desk) == ALL and not labelling.is_running and not labelling.is_scanning

    qtbot.waitUntil(done, timeout=30_000)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file by its path in the folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def open_dialog(qtbot: QtBot, application: Application, root: Path) -> SortDialog:
    application.window.actions_["sort"].trigger()
    dialog = application.window.findChild(SortDialog)
    assert dialog is not None
    dialog.form.root.setText(str(root))
    dialog.form.root.textEdited.emit(str(root))
    qtbot.waitUntil(dialog.sort_button.isEnabled)
    return dialog


def sort(qtbot: QtBot, application: Application, root: Path, action: str) -> None:
    dialog = open_dialog(qtbot, application, root)
    if action != "copy":
        dialog.form.action.segment(action).click()
        qtbot.waitUntil(dialog.sort_button.isEnabled)
    with qtbot.waitSignal(application.sorting_commands.runner.idle, timeout=10_000):
        dialog.sort_button.click()


def wait_for_idle(qtbot: QtBot, application: Application) -> None:
    qtbot.waitUntil(lambda: application.sorting_commands.runner.current is None, timeout=10_000)


def paths(application: Application) -> set[Path]:
    return {image.path for image in application.labelling.desk.images}


def watch_settles(qtbot: QtBot, application: Application) -> None:
    """Wait until the watched folders have been looked at once more."""
    with qtbot.waitSignal(application.labelling._intake.changes_found, timeout=700, raising=False):
        application.labelling.look_again()


def test_copying_leaves_the_originals_and_adds_nothing_to_the_list(
    qtbot: QtBot, labelled: Application, folder: Path
) -> None:
    before, root = hashes(folder), folder / "sorted"

    sort(qtbot, labelled, root, "copy")
    watch_settles(qtbot, labelled)

    assert len(hashes(root)) == READABLE
    assert {name: one for name, one in hashes(folder).items() if not name.startswith("sorted")} == before
    assert len(labelled.labelling.desk) == ALL
    assert f"{READABLE} files copied" in labelled.window.news.text.text()


def test_moving_and_ctrl_z(qtbot: QtBot, labelled: Application, folder: Path, tmp_path: Path) -> None:
    desk, before, root = labelled.labelling.desk, hashes(folder), tmp_path / "sorted"
    columns = zip(desk.images, desk.decisions.column, strict=True)
    names = {image.path.name: desk.labels[column].name for image, column in columns if column >= 0}
    rows, scores = len(desk), desk.scores.cosine.copy()

    sort(qtbot, labelled, root, "move")
    watch_settles(qtbot, labelled)

    # Rows keep their scores under the new paths, and each file is in the folder of its label.
    assert len(desk) == rows
    assert (desk.scores.cosine == scores)[desk.scores.best >= 0].all()
    assert not desk.missing
    assert {path.name: path.parent.name for path in root.rglob("*") if path.is_file()} == names
    assert {path for path in paths(labelled) if path.is_relative_to(root)} == {
        path for path in root.rglob("*") if path.is_file()
    }

    labelled.window.undo_stack.undo_action.trigger()
    wait_for_idle(qtbot, labelled)
    watch_settles(qtbot, labelled)

    assert hashes(folder) == before
    assert not root.exists()
    assert all(path.is_relative_to(folder) for path in paths(labelled))
    assert len(desk) == rows
    assert not desk.missing

    labelled.window.undo_stack.redo_action.trigger()
    wait_for_idle(qtbot, labelled)
    assert len(hashes(root)) == READABLE


def test_the_sort_of_last_week_is_undone_from_the_history_after_a_restart(
    qtbot: QtBot, labelled: Application, folder: Path, tmp_path: Path, preferences: Preferences
) -> None:
    before, root = hashes(folder), tmp_path / "sorted"
    sort(qtbot, labelled, root, "move")
    labelled.window.close()

    again = Application(Start(no_cache=True), preferences)
    try:
        again.window.show()
        again.sorting_commands.begin()
        again.sorting_commands.show_history()
        dialog = again.window.findChild(HistoryDialog)
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.files.rowCount() == READABLE)
        assert dialog.undo_button.text() == f"Undo {READABLE} files"
        with qtbot.waitSignal(again.sorting_commands.sorted, timeout=10_000):
            dialog.undo_button.click()
    finally:
        again.window.close()
        again.stop()

    assert hashes(folder) == before
    assert not root.exists()


def test_a_part_of_a_sort_is_undone(qtbot: QtBot, labelled: Application, folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "sorted"
    sort(qtbot, labelled, root, "move")
    labelled.sorting_commands.show_history()
    dialog = labelled.window.findChild(HistoryDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.files.rowCount() == READABLE)
    role = Qt.ItemDataRole.CheckStateRole
    for row in range(1, READABLE):
        dialog.files.setData(dialog.files.index(row, 0), Qt.CheckState.Unchecked.value, role)
    kept = len(hashes(folder))

    with qtbot.waitSignal(labelled.sorting_commands.sorted, timeout=10_000):
        dialog.undo_button.click()

    assert len(hashes(folder)) == kept + 1
    assert len(hashes(root)) == READABLE - 1


def test_a_key_moves_the_selected_pictures_and_the_list_follows(
    qtbot: QtBot, labelled: Application, folder: Path, tmp_path: Path
) -> None:
    window, panel = labelled.window, labelled.window.folders
    window.actions_["show_folders"].trigger()
    panel.show_folders(panel.model.folders.with_folder(tmp_path / "Holiday"))
    window.table.setFocus()
    window.table.selectRow(0)
    source = labelled.labelling.desk.images.path(window.table.selected_desk_rows()[0])

    with qtbot.waitSignal(labelled.sorting_commands.sorted, timeout=10_000):
        QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    assert not source.exists()
    target = tmp_path / "Holiday" / source.name
    assert target.exists()
    assert target in paths(labelled)

    window.undo_stack.undo_action.trigger()
    wait_for_idle(qtbot, labelled)
    assert source.exists()
    assert not target.exists()


class FromTheList(QDropEvent):
    """A drop whose source is a widget of the window, which Qt sets in real drags only."""

    def source(self) -> QObject:
        return QApplication.instance() or QObject()


def test_dropping_rows_on_a_folder_moves_them(
    qtbot: QtBot, labelled: Application, folder: Path, tmp_path: Path
) -> None:
    panel = labelled.window.folders
    labelled.window.actions_["show_folders"].trigger()
    panel.show_folders(panel.model.folders.with_folder(tmp_path / "Holiday"))
    qtbot.waitUntil(panel.isVisible)
    pictures = [folder / "img1.png", folder / "img2.jpg"]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in pictures])
    center = QPointF(panel.list.visualRect(panel.model.index(0)).center())
    none = Qt.KeyboardModifier.NoModifier
    event = FromTheList(center, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)

    with qtbot.waitSignal(labelled.sorting_commands.sorted, timeout=10_000):
        panel.list.dropEvent(event)

    assert sorted(path.name for path in (tmp_path / "Holiday").iterdir()) == ["img1.png", "img2.jpg"]
    assert not any(path.exists() for path in pictures)
    assert len(labelled.labelling.desk) == ALL


def test_fast_keys_are_carried_out_one_after_the_other(
    qtbot: QtBot, labelled: Application, folder: Path, tmp_path: Path
) -> None:
    commands, one, two = labelled.sorting_commands, tmp_path / "one", tmp_path / "two"
    pictures = [folder / "img1.png", folder / "img2.jpg", folder / "img10.png"]

    for number, path in enumerate(pictures):
        commands.sort_by_hand((one, two)[number % 2], [path])
    wait_for_idle(qtbot, labelled)

    assert {path.name for path in one.iterdir()} == {"img1.png", "img10.png"}
    assert {path.name for path in two.iterdir()} == {"img2.jpg"}
    for _ in pictures:
        labelled.window.undo_stack.undo_action.trigger()
    wait_for_idle(qtbot, labelled)
    assert all(path.exists() for path in pictures)


def test_a_picture_that_changed_since_it_was_labelled_stays(
    qtbot: QtBot, labelled: Application, folder: Path, tmp_path: Path
) -> None:
    labelled.labelling.hold_changes()  # the folder watch must not be faster than this test
    path = folder / "img1.png"
    path.write_bytes(path.read_bytes() + b" ")

    dialog = open_dialog(qtbot, labelled, tmp_path / "sorted")

    assert dialog.sort_button.text().startswith(f"Copy {READABLE - 1} pictures into")
    assert dialog.view.stays.row_count == 2  # that one, and the one that cannot be read
    labelled.labelling.release_changes()


def test_nothing_can_be_sorted_before_there_are_scores(application: Application) -> None:
    assert not application.window.actions_["sort"].isEnabled()
    assert application.window.actions_["sort_history"].isEnabled()


def test_a_paused_sort_waits_and_a_cancelled_one_stops_between_files(
    qtbot: QtBot, labelled: Application, folder: Path, tmp_path: Path
) -> None:
    runner, before = labelled.sorting_commands.runner, len(hashes(folder))
    runner.started.connect(lambda task: task.resumed.clear())
    labelled.sorting_commands.sort_by_hand(tmp_path / "one", [folder / "img1.png", folder / "img2.jpg"])
    qtbot.waitUntil(lambda: runner.is_paused)
    QTest.qWait(150)
    assert len(hashes(folder)) == before

    runner.cancel()
    wait_for_idle(qtbot, labelled)

    assert len(hashes(folder)) == before
    assert "Stopped" in labelled.window.news.text.text()
