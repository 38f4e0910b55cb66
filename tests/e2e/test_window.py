"""Everything a person does in the window, from dropping a folder to the exported file."""

from __future__ import annotations

import csv
import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from desk_changes import replaces_scores
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from raw_files import dng, preview

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.results.cells import MISSING_ROLE
from clipdesk.gui.results.model import Column
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.settings.preferences_dialog import PreferencesDialog

PICTURES = 9


def drop(target: QWidget, paths: Sequence[Path], position: QPoint | None = None) -> tuple[bool, Qt.DropAction]:
    """Drag and drop files on a widget, like a file manager that prefers to move them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    point = position or target.rect().center()
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(point, actions, mime, buttons, keys))
    QApplication.sendEvent(target, QDragMoveEvent(point, actions, mime, buttons, keys))
    event = QDropEvent(QPointF(point), actions, mime, buttons, keys)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(target, event)
    return event.isAccepted(), event.dropAction()


def type_labels(qtbot: QtBot, application: Application, *names: str) -> None:
    field = application.window.labels.input
    for name in names:
        qtbot.keyClicks(field, name)
        qtbot.keyClick(field, Qt.Key.Key_Return)


def label_folder(qtbot: QtBot, application: Application, folder: Path, *names: str) -> None:
    """Drop the folder, type the labels, and wait for the job to end."""
    drop(application.window, [folder])
    type_labels(qtbot, application, *(names or ("dog", "cat", "red car")))
    wait_until_done(qtbot, application)


def wait_until_done(qtbot: QtBot, application: Application, pictures: int = PICTURES) -> None:
    def done() -> bool:
        desk = application.labelling.desk
        finished = int((desk.scores.best >= 0).sum()) + len(desk.errors)
        return finished == len(desk) == pictures and not application.labelling.is_running

    qtbot.waitUntil(done, timeout=30_000)


def export(qtbot: QtBot, application: Application, path: Path) -> None:
    application.export_commands.export(path)
    qtbot.waitUntil(lambda: path.name in application.window.news.text.text())


def names(application: Application) -> list[str]:
    model = application.model
    rows = [model.desk_row(model.index(row, 0)) for row in range(model.rowCount())]
    return [application.labelling.desk.images[row].path.name for row in rows]


def test_drop_type_and_read_the_csv_back(qtbot: QtBot, application: Application, folder: Path, tmp_path: Path) -> None:
    accepted, action = drop(application.window, [folder])
    assert accepted
    assert action == Qt.DropAction.CopyAction
    type_labels(qtbot, application, "dog", "cat", "red car")
    wait_until_done(qtbot, application)

    application.preferences.export_details = True
    export(qtbot, application, tmp_path / "scores.csv")

    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    desk = application.labelling.desk
    assert [row["filepath"] for row in rows] == [str(image.path) for image in desk.images]
    assert [row["status"] for row in rows].count("error") == 1
    for row, scores in zip(rows, desk.scores.cosine, strict=True):
        if row["status"] != "error":
            assert [np.float32(row[f"cosine:{name}"]) for name in ("dog", "cat", "red car")] == scores.tolist()
    assert (tmp_path / "scores.csv.json").exists()


def test_labels_typed_as_the_hint_says_are_scored_one_by_one(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    drop(application.window, [folder])

    type_labels(qtbot, application, "dog, cat, red car")

    wait_until_done(qtbot, application)
    assert application.labelling.desk.label_set.names == ("dog", "cat", "red car")
    assert application.labelling.desk.scores.cosine.shape == (PICTURES, 3)


def test_the_empty_window_asks_for_pictures(qtbot: QtBot, application: Application, folder: Path) -> None:
    window = application.window
    assert not window.shows_results
    assert window.drop_zone.isVisible()

    label_folder(qtbot, application, folder)

    qtbot.waitUntil(lambda: window.shows_results)
    assert application.model.rowCount() == PICTURES


@pytest.mark.parametrize("place", ["table", "filter_bar", "inspector", "job_bar", "drop_zone", "toolbar"])
def test_pictures_may_be_dropped_on_any_part(qtbot: QtBot, application: Application, folder: Path, place: str) -> None:
    window = application.window
    if place in ("table", "filter_bar"):
        drop(window, [folder / "more"])
        qtbot.waitUntil(lambda: window.shows_results)
    part = getattr(window, place)
    # Qt delivers a drag to the innermost widget that accepts drops; no part of the window may do so.
    point = part.mapTo(window, part.rect().center())
    child = window.childAt(point)
    while child is not None and child is not window and not child.acceptDrops():
        child = child.parentWidget()
    assert child is window

    drop(window, [folder], point)

    qtbot.waitUntil(lambda: len(application.labelling.desk) == PICTURES)


def test_a_drag_over_the_table_shows_the_drop_frame(qtbot: QtBot, application: Application, folder: Path) -> None:
    window = application.window
    drop(window, [folder / "more"])
    qtbot.waitUntil(lambda: window.shows_results)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    held = QDragEnterEvent(window.rect().center(), copy, mime, left, none)
    QApplication.sendEvent(window, held)
    assert window.drop_frame.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drop_frame.isVisible()


def test_files_and_folders_together_count_once(qtbot: QtBot, application: Application, folder: Path) -> None:
    drop(application.window, [folder / "img1.png", folder, folder / "more" / "1.gif"])

    qtbot.waitUntil(lambda: len(application.labelling.desk) == PICTURES and not application.labelling.is_scanning)


def test_copied_files_are_pasted_even_while_typing(qtbot: QtBot, application: Application, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    mime.setText(str(folder))
    QGuiApplication.clipboard().setMimeData(mime)
    application.window.labels.focus_input()

    qtbot.keyClick(application.window.labels.input, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    if not application.labelling.is_scanning and not len(application.labelling.desk):
        # The offscreen platform has no active window, so shortcuts do not fire; the field must ignore the key.
        assert application.window.labels.input.text() == ""
        application.window.actions_["paste"].trigger()

    qtbot.waitUntil(lambda: len(application.labelling.desk) == PICTURES)
    assert application.window.labels.input.text() == ""
    # On the offscreen platform, Qt would delete this after Python has exited, and crash.
    QGuiApplication.clipboard().clear()


def test_a_click_on_a_header_sorts_and_again_reverses(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    table, header = application.window.table, application.window.table.horizontalHeader()
    column = Column.PROBABILITY

    def click() -> None:
        x = header.sectionViewportPosition(column) + 20
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, header.height() // 2))

    def order() -> list[float]:
        scores = application.labelling.desk.scores
        rows = [application.model.desk_row(application.model.index(row, 0)) for row in range(PICTURES)]
        return [float(scores.top[row]) for row in rows if scores.best[row] >= 0]

    table.resize(900, 500)
    click()
    first = order()
    click()
    second = order()

    assert first in (sorted(first), sorted(first, reverse=True))
    assert second == first[::-1]
    assert names(application)[-1] == "broken.jpg"


def test_names_sort_in_natural_order(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)

    application.window.table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)

    listed = [name for name in names(application) if name.startswith("img")]
    assert listed == ["img1.png", "img2.jpg", "img10.png"]


def test_the_filter_shows_some_and_shows_all_again(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    bar = application.window.filter_bar

    bar.finder.search.setText("IMG1")
    qtbot.waitUntil(lambda: application.model.rowCount() == 2)
    assert sorted(names(application)) == ["img1.png", "img10.png"]

    bar.reset_filter()
    qtbot.waitUntil(lambda: application.model.rowCount() == PICTURES)


def test_korean_labels_and_file_names_are_kept(qtbot: QtBot, application: Application, folder: Path) -> None:
    drop(application.window, [folder])
    field = application.window.labels.input
    field.setText("강아지")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_until_done(qtbot, application)

    assert application.labelling.desk.scored_labels == ("강아지",)
    assert "강아지.webp" in names(application)


def test_changed_prompts_and_templates_rescore_all_rows(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder, "dog", "cat")
    before = application.labelling.desk.scores.cosine.copy()
    changed = LabelSet((Label("dog", ("a puppy",)), Label("cat")), ("a photo of a {}",))

    with qtbot.waitSignal(application.labelling.desk_changed, check_params_cb=replaces_scores, timeout=10_000):
        application.window.labels.label_set_changed.emit(changed)

    after = application.labelling.desk.scores.cosine
    rows = application.labelling.desk.scores.best >= 0
    assert (before[rows] != after[rows]).all()
    assert not application.labelling.is_running


def test_undo_brings_the_labels_back(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder, "dog", "cat")
    undo = application.window.actions_.submenus["undo"].actions()[0]

    undo.trigger()

    assert application.labelling.desk.label_set.names == ("dog",)
    assert application.window.labels.label_set().names == ("dog",)
    qtbot.waitUntil(lambda: application.labelling.desk.scored_labels == ("dog",))


def test_the_selection_stays_when_the_order_changes(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    table = application.window.table
    table.selectRow(3)
    selected = application.picture_commands.selected_paths()
    assert len(selected) == 1

    for column in (Column.PROBABILITY, Column.NAME, Column.MARGIN):
        table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        assert application.picture_commands.selected_paths() == selected

    application.window.labels.label_set_changed.emit(LabelSet((Label("x"), Label("y"))))
    qtbot.waitUntil(lambda: application.labelling.desk.scored_labels == ("x", "y"))
    assert application.picture_commands.selected_paths() == selected


def test_cancel_keeps_finished_scores(qtbot: QtBot, application: Application, folder: Path, tmp_path: Path) -> None:
    for number in range(3000):
        (folder / f"copy{number}.png").hardlink_to(folder / "img1.png")
    type_labels(qtbot, application, "dog", "cat")
    drop(application.window, [folder])
    desk = application.labelling.desk
    qtbot.waitUntil(lambda: (desk.scores.best >= 0).sum() > 20 and application.labelling.is_running, timeout=20_000)

    with qtbot.waitSignal(application.labelling.job_ended, timeout=10_000):
        application.window.actions_["cancel"].trigger()
        assert application.window.job_bar.text.text() == "Stopping…"

    assert "Stopped" in application.window.job_bar.text.text()
    finished = int((desk.scores.best >= 0).sum())
    assert 20 < finished < 3000
    export(qtbot, application, tmp_path / "scores.csv")
    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        statuses = [row["status"] for row in csv.DictReader(stream)]
    assert statuses.count("ok") + statuses.count("unsure") == finished
    assert statuses.count("none") > 0


def test_unreadable_pictures_are_reported_and_can_be_shown(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    label_folder(qtbot, application, folder)
    qtbot.waitUntil(lambda: "could not be read" in application.window.news.text.text())

    application.window.filter_bar.show_unreadable()

    qtbot.waitUntil(lambda: names(application) == ["broken.jpg"])


def test_removed_pictures_stay_on_disk(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    application.window.table.selectRow(0)
    (path,) = application.picture_commands.selected_paths()

    application.window.actions_["remove"].trigger()

    assert application.model.rowCount() == PICTURES - 1
    assert path.exists()
    application.window.news.action_button.click()
    assert application.model.rowCount() == PICTURES


def test_arrows_move_in_the_quick_look(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    table = application.window.table
    table.selectRow(0)
    first = application.picture_commands.selected_paths()

    application.window.actions_["quick_look"].trigger()
    look = application.picture_commands.quick_look
    qtbot.waitUntil(look.isVisible)
    qtbot.keyClick(look, Qt.Key.Key_Right)
    assert application.picture_commands.selected_paths() != first
    qtbot.keyClick(look, Qt.Key.Key_Left)
    assert application.picture_commands.selected_paths() == first
    qtbot.keyClick(look, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not look.isVisible())


def test_light_and_dark_can_be_switched(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    light = application.window.palette().window().color().lightness()

    application.window.actions_["appearance_dark"].trigger()
    dark = application.window.palette().window().color().lightness()
    application.window.actions_["appearance_light"].trigger()

    assert dark < 80 < light
    assert application.window.palette().window().color().lightness() == light


def test_every_action_has_a_text_and_is_in_a_menu(application: Application) -> None:
    window = application.window
    in_menus = {
        action
        for menu in window.menuBar().findChildren(type(window.menuBar().actions()[0].menu()))
        for action in menu.actions()
    }
    shortcuts: dict[str, str] = {}
    for action in in_menus:
        if action.isSeparator() or action.menu() or not action.objectName():
            continue
        assert action.text()
        assert action.statusTip()
        for keys in action.shortcuts():
            text = keys.toString()
            assert text not in shortcuts, f"{text} is {action.objectName()} and {shortcuts[text]}"
            shortcuts[text] = action.objectName()


def test_the_layout_is_restored(qtbot: QtBot, application: Application, folder: Path, tiny_model_dir: Path) -> None:
    label_folder(qtbot, application, folder, "dog", "cat")
    application.window.actions_["show_inspector"].setChecked(False)
    application.window.resize(780, 600)
    application.window.close()
    application.stop()

    again = Application(Start(), application.preferences)
    try:
        with qtbot.waitExposed(again.window):
            again.window.show()
        with qtbot.waitSignal(again.labelling.encoder_changed, timeout=30_000) as loaded:
            again.begin()
        assert loaded.args[0].model == f"local-dir:{tiny_model_dir}"
        assert again.labelling.desk.label_set.names == ("dog", "cat")
        assert not again.window.inspector.isVisible()
        assert again.window.width() == 780
        assert again.preferences.recent_folders == [folder]
    finally:
        again.window.close()
        again.stop()


def test_text_fields_leave_dropped_files_to_the_window(application: Application) -> None:
    fields = application.window.findChildren(QLineEdit)

    assert fields
    assert not [field.objectName() for field in fields if field.acceptDrops()]


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows torch has to come before Qt")
def test_the_window_is_painted_before_torch_is_imported(tmp_path: Path, tiny_model_dir: Path) -> None:
    script = f"""
import sys
import time
from PySide6.QtCore import QSettings
from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.startup import Start
from clipdesk.gui.settings.preferences_dialog import PreferencesDialog
from clipdesk.gui.session.preferences import Preferences
app = make_application()
settings = QSettings({str(tmp_path / "settings.ini")!r}, QSettings.Format.IniFormat)
application = Application(Start(model="local-dir:{tiny_model_dir}"), Preferences(settings))
application.window.show()
app.processEvents()
assert application.window.grab().width() > 0
print([name for name in ("torch", "open_clip", "transformers") if name in sys.modules])
application.stop()
"""

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.strip() == "[]"


def test_dropping_a_file_that_is_not_an_image_says_so(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    drop(application.window, [tmp_path / "empty"])

    qtbot.waitUntil(lambda: "No pictures" in application.window.news.text.text())
    assert not application.window.shows_results


def test_pictures_that_are_passed_over_are_counted(qtbot: QtBot, application: Application, folder: Path) -> None:
    for name in ("1.r3d", "2.eip", "a.jxl"):
        (folder / name).touch()

    drop(application.window, [folder])

    sentence = "2 camera raw files and 1 JPEG XL picture were passed over."
    qtbot.waitUntil(lambda: sentence in application.window.news.text.text())
    qtbot.waitUntil(lambda: application.window.shows_results)


def test_after_the_job_the_bar_still_names_what_was_passed_over(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    (folder / "1.r3d").touch()
    type_labels(qtbot, application, "dog", "cat")

    drop(application.window, [folder])

    bar = application.window.job_bar
    qtbot.waitUntil(lambda: bar.text.text() == "Done. 1 camera raw file was passed over.", timeout=60_000)


def test_a_raw_file_stands_behind_its_jpeg_until_the_preference_is_changed(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    pytest.importorskip("rawpy")
    folder = tmp_path / "camera"
    folder.mkdir()
    for name, data in (("1.dng", dng(preview())), ("1.jpg", preview()), ("2.dng", dng(preview()))):
        (folder / name).write_bytes(data)
        os.utime(folder / name, (1_700_000_000, 1_700_000_000))
    labelling = application.labelling

    with qtbot.waitSignal(labelling.scan_ended):
        drop(application.window, [folder])
    assert [image.path.name for image in labelling.desk.images] == ["1.jpg", "2.dng"]

    application.window_commands.show_preferences()
    dialog = application.window.findChild(PreferencesDialog)
    with qtbot.waitSignal(labelling.changes_seen, timeout=20_000):
        dialog.pairs.click()
    dialog.close()

    assert [image.path.name for image in labelling.desk.images] == ["1.jpg", "2.dng", "1.dng"]
    assert not application.preferences.join_pairs


def test_a_missing_folder_is_reported(qtbot: QtBot, application: Application, tmp_path: Path) -> None:
    application.desk_commands.add_paths([tmp_path / "gone"])

    qtbot.waitUntil(lambda: "gone" in application.window.news.text.text())


# --- undo, Escape, menus


def test_undo_puts_removed_pictures_back_and_redo_takes_them_off(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    label_folder(qtbot, application, folder)
    actions = application.window.actions_
    before = application.labelling.desk.scores.cosine.copy()
    application.window.table.selectRow(2)

    actions["remove"].trigger()
    actions["clear"].trigger()
    assert application.model.rowCount() == 0
    actions["undo"].trigger()
    assert application.model.rowCount() == PICTURES - 1
    actions["undo"].trigger()
    assert application.model.rowCount() == PICTURES
    assert np.allclose(application.labelling.desk.scores.cosine, before, atol=1e-6, equal_nan=True)
    actions["redo"].trigger()
    assert application.model.rowCount() == PICTURES - 1


def test_the_offer_to_undo_closes_after_undo(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    application.window.table.selectRow(0)
    application.window.actions_["remove"].trigger()
    assert "removed from the list" in application.window.news.text.text()

    application.window.actions_["undo"].trigger()

    qtbot.waitUntil(lambda: "removed from the list" not in application.window.news.text.text())


def test_undo_leaves_other_news_alone(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    window = application.window
    window.table.selectRow(0)
    window.actions_["remove"].trigger()
    offer = window.news.current
    assert offer is not None
    later = window.news.show_news(offer.text, level="bad")

    window.actions_["undo"].trigger()

    assert window.news.current is later


def test_a_deleted_label_can_be_restored_from_the_message(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder, "dog", "cat {}")
    application.window.labels.list.select_row(1)

    application.window.labels.list.remove_selected()
    assert application.window.news.text.text() == "“cat {}” deleted."
    application.window.news.action_button.click()

    assert application.labelling.desk.label_set.names == ("dog", "cat {}")


def test_a_field_without_undo_leaves_it_to_the_window(application: Application) -> None:
    window = application.window
    key = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    key.accept()
    assert window.field_keys.eventFilter(window.labels.input, key)
    assert not key.isAccepted()
    window.labels.input.insert("dog")
    assert not window.field_keys.eventFilter(window.labels.input, key)


def test_escape_closes_what_was_opened_last(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)
    window = application.window
    qtbot.waitUntil(lambda: window.news.isVisible())  # a picture could not be read
    window.filter_bar.show_label(application.labelling.desk.label_set.ids[0])
    window.actions_["full_screen"].setChecked(True)

    qtbot.keyClick(window.table, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert not window.actions_["full_screen"].isChecked()
    assert not application.model.filter.shows_all
    qtbot.keyClick(window.table, Qt.Key.Key_Escape)
    assert application.model.filter.shows_all
    assert window.news.isVisible()
    qtbot.keyClick(window.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.news.isVisible())


def test_a_right_click_offers_what_can_be_done_with_the_pictures(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    label_folder(qtbot, application, folder)
    table = application.window.table
    table.selectRow(1)
    place = table.visualRect(table.currentIndex()).center()

    on_screen = table.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, on_screen, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(table.viewport(), event)

    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.objectName() for action in menu.actions() if action.isEnabled()}
    assert {"quick_look", "open_picture", "reveal", "copy_path", "use_as_label", "remove"} <= offered
    menu.close()


def test_the_table_is_sorted_from_the_menu(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder)

    def sort_by(title: str) -> None:
        menu = application.window.actions_.submenus["sort"]
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.text() == title).trigger()

    added = names(application)
    sort_by("Name")
    assert names(application)[0] == "1.gif"
    sort_by("Name")
    assert names(application)[-1] == "1.gif"
    sort_by("red car")
    column = application.labelling.desk.scores.probability[:, 2]
    rows = [application.model.desk_row(application.model.index(row, 0)) for row in range(PICTURES - 1)]
    assert [column[row] for row in rows] == sorted((column[row] for row in rows), reverse=True)
    sort_by("Order added")
    assert names(application) == added


def test_similarity_and_probability_are_switched_from_the_menu(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    label_folder(qtbot, application, folder)
    action, switch = application.window.actions_["show_similarity"], application.window.filter_bar.value_switch

    action.trigger()
    assert switch.mode == application.model.value_mode == "cosine"
    action.trigger()
    assert switch.mode == application.model.value_mode == "probability"


# --- what is said about the work


def test_the_filter_is_in_the_toolbar_once_there_are_pictures(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    finder = application.window.filter_bar.finder
    application.window.resize(1024, 640)
    assert application.window.toolbar.isAncestorOf(finder)
    assert not finder.isVisible()

    label_folder(qtbot, application, folder)

    qtbot.waitUntil(finder.isVisible)


@pytest.mark.parametrize("width", [760, 900, 1024, 1180, 1280, 1600])
def test_all_of_the_toolbar_is_there_in_a_narrow_window(
    qtbot: QtBot, application: Application, folder: Path, width: int
) -> None:
    window, toolbar = application.window, application.window.toolbar
    window.resize(width, 640)
    label_folder(qtbot, application, folder)
    qtbot.waitUntil(window.filter_bar.finder.isVisible)
    # Very long names.
    toolbar.show_model("Model: ViT-B-16-SigLIP-384:webli with a name", "its whole name")
    toolbar.show_place("Run on: clip.example.org")
    QApplication.processEvents()

    buttons = [button for button in toolbar.children() if isinstance(button, QToolButton) and button.text()]
    assert [button.text() for button in buttons if not button.isVisible()] == []
    assert len(buttons) == 6
    assert all(button.toolTip() for button in buttons)
    assert not toolbar.findChild(QToolButton, "qt_toolbar_ext_button").isVisible()
    assert toolbar.add_button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_the_start_button_is_highlighted_while_pictures_wait(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    label_folder(qtbot, application, folder)
    window = application.window
    qtbot.waitUntil(lambda: not window.toolbar.start_button.isEnabled())
    assert not window.toolbar.start_button.property("primary")

    application.labelling.set_paused(True)
    for number in range(9):
        (folder / f"new{number}.png").hardlink_to(folder / "img1.png")
    drop(window, [folder])

    qtbot.waitUntil(lambda: window.toolbar.start_button.isEnabled())
    assert window.toolbar.start_button.property("primary")
    window.toolbar.start_button.click()
    wait_until_done(qtbot, application, PICTURES + 9)
    qtbot.waitUntil(lambda: not window.toolbar.start_button.property("primary"))


def test_the_bar_says_that_a_model_loads_also_while_pictures_are_found(
    qtbot: QtBot, preferences: Preferences, tiny_model_dir: Path, folder: Path
) -> None:
    application = Application(Start(paths=(folder,), model=f"local-dir:{tiny_model_dir}"), preferences)
    window = application.window
    try:
        with qtbot.waitExposed(window):
            window.show()
        application.begin()
        with qtbot.waitSignal(application.labelling.scan_ended):
            pass
        if application.labelling.is_loading:
            assert "Looking" not in window.job_bar.text.text()
            assert tiny_model_dir.name in window.toolbar.model_button.text()
        qtbot.waitUntil(lambda: application.labelling.encoder is not None, timeout=60_000)
    finally:
        window.close()
        application.stop()


def test_the_table_does_not_jump_when_a_job_begins(application: Application) -> None:
    bar = application.window.job_bar
    bar.set_idle("Done")
    QApplication.processEvents()
    before = application.window.statusBar().height()

    bar.set_progress(3, 9, 2.0, 3.0)
    QApplication.processEvents()

    assert application.window.statusBar().height() == before


def test_the_window_stays_responsive_while_a_job_runs(qtbot: QtBot, application: Application, folder: Path) -> None:
    picture = (folder / "img1.png").read_bytes()
    for number in range(3000):
        # Contents that differ, because those that are known take no time.
        (folder / f"copy{number}.png").write_bytes(picture + str(number).encode())
    window = application.window
    turns: list[float] = []
    before = [time.thread_time()]

    def measure() -> None:
        # CPU time of this thread, so that a busy computer does not matter.
        now = time.thread_time()
        turns.append(now - before[0])
        before[0] = now

    timer = QTimer(interval=0, timeout=measure)
    drop(window, [folder])
    type_labels(qtbot, application, "dog", "cat")
    qtbot.waitUntil(lambda: application.labelling.is_running, timeout=20_000)
    gc.freeze()  # what earlier tests left is not the window's to look through
    before[0] = time.thread_time()
    timer.start()
    for step in (
        lambda: window.table.sortByColumn(Column.PROBABILITY, Qt.SortOrder.DescendingOrder),
        lambda: window.table.selectAll(),
        lambda: window.filter_bar.finder.search.setText("copy1"),
        lambda: window.labels.label_set_changed.emit(LabelSet(tuple(Label(f"thing {n}") for n in range(30)))),
        lambda: window.filter_bar.reset_filter(),
        lambda: window.table.scrollToBottom(),
    ):
        step()
        with qtbot.waitSignals([application.labelling.job_progressed] * 2, timeout=20_000):
            pass
    qtbot.waitUntil(lambda: len(turns) > 20, timeout=20_000)  # a busy computer lets it turn less often
    timer.stop()
    gc.unfreeze()
    application.labelling.cancel()

    assert len(turns) > 20
    # The goal is 0.1 s, measured by `make bench`. This test only detects a window that waits for a job.
    assert max(turns) < 0.7


def test_a_model_that_cannot_be_loaded_leaves_the_next_step(
    qtbot: QtBot, preferences: Preferences, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "open_clip_config.json").write_text("{}")
    application = Application(Start(paths=(folder,), model=f"local-dir:{tmp_path / 'bad'}"), preferences)
    window = application.window
    try:
        with qtbot.waitExposed(window):
            window.show()
        with qtbot.waitSignal(application.labelling.load_failed, timeout=60_000):
            application.begin()
            type_labels(qtbot, application, "dog")
        qtbot.waitUntil(lambda: not application.labelling.is_scanning and len(application.labelling.desk) == PICTURES)

        assert window.news.action_button.text() == "Choose a model…"
        assert window.job_bar.text.text() == "Choose a model to begin"
        assert "none yet" in window.toolbar.model_button.text()
    finally:
        window.close()
        application.stop()


def test_a_picture_whose_file_is_missing_is_marked_in_the_table(
    qtbot: QtBot, application: Application, folder: Path, tmp_path: Path
) -> None:
    label_folder(qtbot, application, folder)
    row = names(application).index("img2.jpg")
    name = application.model.index(row, Column.NAME)
    assert not name.data(MISSING_ROLE)

    shutil.move(folder / "img2.jpg", tmp_path / "img2.jpg")
    qtbot.waitUntil(lambda: name.data(MISSING_ROLE), timeout=10_000)

    assert "no longer exists" in name.data(Qt.ItemDataRole.ToolTipRole)
    assert application.model.index(row, Column.LABEL).data() in ("dog", "cat", "red car", "dog?", "cat?", "red car?")
    application.window.table.selectRow(row)
    qtbot.waitUntil(lambda: "no longer exists" in application.window.inspector.error_text.text())
    qtbot.waitUntil(lambda: "1 picture missing" in application.window.news.text.text())


def test_the_inspector_follows_the_threshold_of_the_preferences(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    label_folder(qtbot, application, folder)
    row = int(np.flatnonzero(application.labelling.desk.decisions.column >= 0)[0])
    application.window.table.selectRow(row)
    headline = application.window.inspector.headline

    application.window_commands.show_preferences()
    dialog = application.window.findChild(PreferencesDialog)
    assert dialog is not None
    dialog.threshold.setValue(0)
    qtbot.waitUntil(lambda: not headline.text().startswith("Unsure"))
    dialog.threshold.setValue(100)

    qtbot.waitUntil(lambda: headline.text().startswith("Unsure"))
    dialog.close()


def drop_rows(application: Application, rows: Sequence[int], label_row: int, share: float) -> None:
    """Drop rows of the table on a label, `share` of its width from the left."""
    panel, desk = application.window.labels, application.labelling.desk
    mime = application.model.mime_data(list(rows))
    area = panel.list.visualRect(panel.model.index(label_row))
    at = QPoint(area.left() + round(share * area.width()), area.center().y())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(panel.list.viewport(), QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys))
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(panel.list.viewport(), event)
    assert event.isAccepted()
    assert len(desk)


def test_rows_dropped_on_a_label_correct_it_and_that_can_be_undone(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    label_folder(qtbot, application, folder)
    desk, window = application.labelling.desk, application.window
    before = desk.decisions.label_id.tolist()
    cat = desk.label_set.labels[1]

    drop_rows(application, [0, 1], 1, 0.2)

    assert desk.decisions.label_id[:2].tolist() == [cat.id, cat.id]
    assert window.news.text.text() == "2 pictures corrected to “cat”."
    assert window.undo_stack.undo_text == "label of 2 pictures"
    window.table.select_desk_row(0)
    assert window.inspector.headline.text() == "cat · by you"
    with qtbot.waitSignal(application.labelling.desk_changed, check_params_cb=replaces_scores, timeout=30_000):
        type_labels(qtbot, application, "tree")
    assert desk.decisions.label_id[:2].tolist() == [cat.id, cat.id]
    window.undo_stack.undo()  # the label

    window.undo_stack.undo()

    qtbot.waitUntil(lambda: desk.decisions.label_id.tolist() == before, timeout=30_000)


def test_rows_dropped_on_the_second_zone_are_examples_and_that_can_be_undone(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    label_folder(qtbot, application, folder)
    desk, window = application.labelling.desk, application.window

    drop_rows(application, [0, 1], 1, 0.9)

    assert desk.label_set.labels[1].references == (desk.images.path(0), desk.images.path(1))
    assert window.news.text.text() == "2 examples of “cat” added."
    window.news.action_button.click()
    assert desk.label_set.labels[1].references == ()


def test_one_label_alone_offers_a_counter_label(qtbot: QtBot, application: Application, folder: Path) -> None:
    label_folder(qtbot, application, folder, "dog")
    window, desk = application.window, application.labelling.desk
    qtbot.waitUntil(window.labels.alone_note.isVisible)
    assert window.filter_bar.summary.text().startswith("9 pictures · ranked by similarity to dog")
    window.table.move_current(0)
    assert "%" not in window.inspector.percentage.text() + window.inspector.bars.bars[0].value
    assert window.inspector.alone_note.isVisible()

    window.labels.alone_note.button.click()

    qtbot.waitUntil(lambda: len(desk.scored) == 2, timeout=30_000)
    assert desk.scored_labels == ("dog", "something else")
    qtbot.waitUntil(lambda: not window.labels.alone_note.isVisible())
