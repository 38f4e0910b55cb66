"""Labels given by keys: the same in the table and the quick look, and always to the picture that was meant."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.order import ResultsFilter
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, UNSURE_ID, Label, LabelSet
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.gui.application import Application
from clipdesk.gui.labels.label_popup import LabelPopup
from clipdesk.gui.labels.model import Role
from clipdesk.gui.results.cells import Column
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.window.keys_dialog import KeysDialog

NAMES = ("dog", "cat", "red car", "강아지", "house", "tree", "sky", "sea", "ship", "shop & co", "10th")
LABELS = LabelSet(tuple(map(Label, NAMES)))
PICTURES = 40
Key = Qt.Key


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with small pictures that all differ."""
    folder = tmp_path / "many"
    folder.mkdir()
    generator = np.random.default_rng(1)
    for number in range(PICTURES):
        Image.fromarray(generator.integers(0, 256, (12, 12, 3), np.uint8)).save(folder / f"{number:02}.png")
    return folder


@pytest.fixture
def labelled(qtbot: QtBot, preferences: Preferences, many: Path) -> Iterator[Application]:
    """The window with scored pictures, the first of them selected and the focus in the table.

    The embeddings are random and no model is loaded, which takes most of the time of other tests.
    """
    application = Application(Start(no_cache=True), preferences, keeps_desk=False)
    window, desk = application.window, application.labelling.desk
    with qtbot.waitExposed(window):
        window.show()
    application.desk_commands.show_labels(LABELS)
    with qtbot.waitSignal(application.labelling.scan_ended):
        application.desk_commands.add_paths([many])
    vectors = np.random.default_rng(2).normal(size=(PICTURES, len(NAMES))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    application.labelling.desk_changed.emit(
        desk.choose_encoder(EncoderIdentity("m", "c", "p"), len(NAMES), ScoreRule(20.0))
    )
    desk.put([EmbeddedImage(row, Path(), vector) for row, vector in enumerate(vectors)])
    application.labelling.desk_changed.emit(desk.set_labels(LABELS.labels, np.eye(len(NAMES), dtype=np.float32)))
    qtbot.waitUntil(lambda: window.shows_results)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.table.setFocus()
    window.table.move_current(0)
    try:
        yield application
    finally:
        window.close()
        application.stop()


def given(application: Application) -> list[int]:
    """Return the ids that the person gave, by desk row; 0 for none."""
    ids = [NO_LABEL] * len(application.labelling.desk)
    for row, label in zip(*application.labelling.desk.corrections, strict=True):
        ids[row] = int(label)
    return ids


def show(application: Application, view: str) -> None:
    """Show the table, or the gallery without groups, and move the focus to it."""
    application.window.views.set_wants_groups(False)
    if view == "gallery":
        application.window.actions_["gallery"].trigger()
        assert application.window.gallery.isVisible()
    application.window.views.setFocus()


def press(*keys: Key | str) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)


@pytest.mark.parametrize("view", ["table", "gallery"])
def test_keys_label_the_selected_picture_and_go_on(labelled: Application, view: str) -> None:
    show(labelled, view)
    press("1", "3", "0", "u", Key.Key_Return, "9")

    desk, automatic = labelled.labelling.desk, labelled.labelling.desk.scores.best
    ids = LABELS.ids
    confirmed = ids[automatic[4]]
    assert given(labelled)[:7] == [ids[0], ids[2], NO_LABEL_FITS_ID, UNSURE_ID, confirmed, ids[8], NO_LABEL]
    assert desk.decisions.status[2] == Status.NONE
    assert desk.decisions.status[3] == Status.UNSURE
    assert desk.decisions.source[4] == Source.USER
    assert labelled.window.table.current_desk_row() == 6


def test_in_groups_the_picture_moves_and_the_next_one_is_selected(qtbot: QtBot, labelled: Application) -> None:
    labelled.window.views.set_wants_groups(True)
    labelled.window.actions_["gallery"].trigger()
    labelled.window.views.setFocus()
    rows = labelled.model.shown_rows.tolist()
    labelled.window.table.select_desk_row(rows[0])
    last = LABELS.ids[8]
    expected = dict.fromkeys(rows[:6], last)

    press(*"999999")
    qtbot.waitUntil(lambda: labelled.model.shown_rows.tolist() != rows)

    assert {row: label for row, label in enumerate(given(labelled)) if label} == expected
    assert labelled.window.table.selected_desk_rows() == [rows[6]]


def test_backspace_goes_back_to_automatic_and_stays(labelled: Application) -> None:
    press("1", Key.Key_Up)
    press(Key.Key_Backspace)

    assert given(labelled) == [NO_LABEL] * PICTURES
    assert labelled.window.table.current_desk_row() == 0


def test_a_key_sets_and_never_toggles(labelled: Application) -> None:
    labelled.window.table.selectAll()

    press("2", "2")

    assert given(labelled) == [LABELS.ids[1]] * PICTURES
    assert labelled.window.news.text.text() == "That is what you had said already."


def test_thousands_are_one_step(labelled: Application) -> None:
    labelled.window.table.selectAll()

    press("2", Key.Key_Return, "u")
    assert given(labelled) == [UNSURE_ID] * PICTURES
    assert labelled.window.news.text.text() == f"{PICTURES} pictures marked as unsure."
    for expected in ([LABELS.ids[1]] * PICTURES, [NO_LABEL] * PICTURES):
        labelled.window.undo_stack.undo_action.trigger()
        assert given(labelled) == expected


def test_enter_gives_each_selected_picture_its_own_label(labelled: Application) -> None:
    labelled.window.table.selectAll()
    automatic = labelled.labelling.desk.decisions.label_id.tolist()

    press(Key.Key_Enter)

    assert given(labelled) == automatic
    assert labelled.window.news.text.text() == f"The labels of {PICTURES} pictures confirmed."
    labelled.window.undo_stack.undo_action.trigger()
    assert given(labelled) == [NO_LABEL] * PICTURES


def test_without_going_on_the_picture_stays(labelled: Application) -> None:
    labelled.window.actions_["advance"].trigger()

    press("1", "2")

    assert given(labelled)[:2] == [LABELS.ids[1], NO_LABEL]
    assert labelled.preferences.choices("advance") is False


def test_whether_to_go_on_is_remembered(labelled: Application, preferences: Preferences, qtbot: QtBot) -> None:
    assert labelled.window.actions_["advance"].isChecked()
    labelled.window.actions_["advance"].trigger()

    second = Application(Start(), preferences, keeps_desk=False)
    try:
        assert not second.window.actions_["advance"].isChecked()
    finally:
        second.window.close()
        second.stop()


def test_without_a_selection_nothing_is_labelled(labelled: Application) -> None:
    labelled.window.table.clearSelection()

    press("1")

    assert given(labelled) == [NO_LABEL] * PICTURES
    assert labelled.window.news.text.text() == "Select the pictures first."


def test_elsewhere_the_keys_mean_what_they_always_do(labelled: Application) -> None:
    labelled.window.actions_["find"].trigger()
    focus = QApplication.focusWidget()
    assert focus is not None

    QTest.keyClicks(focus, "u1")
    QTest.keyClick(focus, Key.Key_Backspace)
    QTest.keyClick(focus, Key.Key_Return)

    assert given(labelled) == [NO_LABEL] * PICTURES


# --- filters


def test_going_on_skips_no_picture_when_the_filter_takes_it_away(qtbot: QtBot, labelled: Application) -> None:
    model, table = labelled.model, labelled.window.table
    labelled.labelling.set_threshold(1.0)
    labelled.window.filter_bar.finder.choose(ResultsFilter(status=Status.UNSURE))
    qtbot.waitUntil(lambda: model.rowCount() == PICTURES)
    table.move_current(0)
    table.setFocus()

    for left in range(PICTURES - 1, PICTURES - 6, -1):
        press("1")
        qtbot.waitUntil(lambda left=left: model.rowCount() == left)

    assert [row for row, label in enumerate(given(labelled)) if label] == [0, 1, 2, 3, 4]
    assert table.selected_desk_rows() == [5]


def test_when_the_filter_takes_the_last_picture_away_the_one_before_it_is_selected(
    qtbot: QtBot, labelled: Application
) -> None:
    model, table = labelled.model, labelled.window.table
    labelled.labelling.set_threshold(1.0)
    labelled.window.filter_bar.finder.choose(ResultsFilter(status=Status.UNSURE))
    qtbot.waitUntil(lambda: model.rowCount() == PICTURES)
    table.setFocus()
    press(Key.Key_End, "1")

    qtbot.waitUntil(lambda: model.rowCount() == PICTURES - 1)

    assert table.selected_desk_rows() == [PICTURES - 2]


# --- keys that are faster than the window


@pytest.mark.parametrize("view", ["table", "gallery", "quick look"])
@pytest.mark.parametrize("goes_on", [False, True])
def test_keys_faster_than_painting_never_reach_the_neighbour(labelled: Application, view: str, goes_on: bool) -> None:
    """200 keys arrive one after the other, without any event between them."""
    show(labelled, view)
    labelled.window.actions_["advance"].setChecked(goes_on)
    if view == "quick look":
        press(Key.Key_Space)
    back, on = (Key.Key_Left, Key.Key_Right) if view == "gallery" else (Key.Key_Up, Key.Key_Down)
    generator = random.Random(3)
    expected, row = [NO_LABEL] * PICTURES, 0
    for _ in range(100):
        number = generator.randrange(9)
        step = 1 if row == 0 or (row < PICTURES - 1 and generator.random() < 0.6) else -1
        expected[row] = LABELS.ids[number]
        press(str(number + 1))
        if goes_on:
            row = min(row + 1, PICTURES - 1)
        press(on if step > 0 else back)
        row = min(max(row + step, 0), PICTURES - 1)

    assert given(labelled) == expected
    assert labelled.window.table.current_desk_row() == row


def test_keys_faster_than_sorting_reach_the_picture_that_was_selected(qtbot: QtBot, labelled: Application) -> None:
    """The table is sorted by label, so that each answer moves its picture a moment later."""
    labelled.window.actions_["advance"].setChecked(False)
    labelled.model.sort_by_key("label", descending=False)
    table = labelled.window.table
    expected = [NO_LABEL] * PICTURES
    table.move_current(-PICTURES)
    for number in range(30):
        row = table.current_desk_row()
        assert row is not None
        expected[row] = LABELS.ids[number % 9]
        press(str(number % 9 + 1), Key.Key_Down)
        if number % 7 == 6:
            qtbot.waitUntil(lambda: not labelled.model._merge_timer.isActive())

    assert given(labelled) == expected


# --- the quick look


def test_in_the_quick_look_the_keys_are_for_the_picture_that_is_shown(labelled: Application) -> None:
    labelled.window.table.selectAll()
    press(Key.Key_Space)
    look = labelled.picture_commands.quick_look
    assert look.isVisible()

    press("2", Key.Key_Return, "0")

    ids = LABELS.ids
    assert given(labelled)[:4] == [ids[1], ids[labelled.labelling.desk.scores.best[1]], NO_LABEL_FITS_ID, NO_LABEL]
    assert look.path == labelled.labelling.desk.images.path(3)


# --- more than nine labels


def test_the_popup_finds_a_label_by_its_first_letters(qtbot: QtBot, labelled: Application) -> None:
    for typed, place in (("10", 10), ("sho", 9), ("ca", 1), ("강", 3), ("ㄱ", 3), ("car", 2)):
        press("l")
        popup = labelled.window.findChild(LabelPopup)
        assert popup is not None
        qtbot.waitUntil(popup.field.hasFocus)
        popup.field.setText(typed)  # an input method composes the Korean letters
        row = labelled.window.table.current_desk_row()
        assert row is not None
        qtbot.keyClick(popup.field, Key.Key_Return)
        assert given(labelled)[row] == LABELS.ids[place], typed
        qtbot.waitUntil(lambda: labelled.window.findChild(LabelPopup) is None)
        assert labelled.window.table.hasFocus()


def test_arrows_choose_in_the_popup_and_escape_closes_it(qtbot: QtBot, labelled: Application) -> None:
    press("l")
    popup = labelled.window.findChild(LabelPopup)
    assert popup is not None
    assert popup.list.count() == len(NAMES)
    qtbot.keyClick(popup.field, Key.Key_Down)
    qtbot.keyClick(popup.field, Key.Key_Return)
    assert given(labelled)[0] == LABELS.ids[1]
    qtbot.waitUntil(lambda: labelled.window.findChild(LabelPopup) is None)
    press("l")
    popup = labelled.window.findChild(LabelPopup)
    assert popup is not None
    qtbot.keyClick(popup.field, Key.Key_Escape)
    qtbot.waitUntil(lambda: labelled.window.findChild(LabelPopup) is None)
    assert given(labelled)[1] == NO_LABEL


# --- menus


def test_the_menus_name_the_labels_and_their_keys(labelled: Application) -> None:
    menu = labelled.window.actions_.submenus["give"]

    shown = [(action.text(), action.shortcut().toString()) for action in menu.actions() if action.isVisible()]

    assert shown[:2] == [("dog", "1"), ("cat", "2")]
    assert ("ship", "9") in shown
    assert ("&None of these", "0") in shown
    labelled.desk_commands.show_labels(LabelSet((Label("a & b"),)))
    assert [action.text() for action in menu.actions() if action.isVisible()][:2] == ["a && b", "&Other label…"]


def test_the_panel_shows_the_keys_in_use(qtbot: QtBot, labelled: Application) -> None:
    model = labelled.window.labels.model

    keys = [model.index(row).data(Role.KEY) for row in range(len(NAMES))]
    assert keys == [*"123456789", "", ""]
    labelled.window_commands.key_bindings.assign("give_1", QKeySequence("D"))

    assert model.index(0).data(Role.KEY) == "D"
    assert "Key D" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert not labelled.window.labels.list.grab().isNull()


def test_a_mark_of_unsure_is_told_from_a_low_probability(labelled: Application) -> None:
    labelled.labelling.set_threshold(0.0)
    press("u")

    tip = labelled.model.index(0, Column.LABEL).data(Qt.ItemDataRole.ToolTipRole)

    assert "You marked it as unsure." in tip
    assert labelled.model.index(0, Column.LABEL).data().endswith("?")


def test_the_context_menu_labels_pictures(labelled: Application) -> None:
    labelled.picture_commands.show_menu(QPoint(0, 0))
    menu = next(menu for menu in labelled.window.findChildren(QMenu) if menu.isVisible())

    assert labelled.window.actions_.submenus["give"].menuAction() in menu.actions()
    menu.close()


# --- other keys


def open_keys(labelled: Application) -> KeysDialog:
    press("?")
    dialog = labelled.window.findChild(KeysDialog)
    assert dialog is not None
    return dialog


def test_a_key_can_be_changed_and_is_remembered(qtbot: QtBot, labelled: Application, preferences: Preferences) -> None:
    dialog = open_keys(labelled)
    button = dialog.button("give_1")
    button.click()
    assert button.text() == "Press a key…"
    qtbot.keyClick(button, Key.Key_D)
    assert button.text() == "D"
    dialog.close()
    labelled.window.table.setFocus()

    press("d", "1", "2")

    assert given(labelled)[:3] == [LABELS.ids[0], LABELS.ids[1], NO_LABEL]
    second = Application(Start(), preferences, keeps_desk=False)
    try:
        assert second.window.actions_["give_1"].shortcut().toString() == "D"
    finally:
        second.window.close()
        second.stop()


def test_a_key_in_use_is_refused_with_a_sentence(qtbot: QtBot, labelled: Application) -> None:
    dialog = open_keys(labelled)
    button = dialog.button("give_1")

    for key, sentence in (
        (Key.Key_U, "“U” is the key of “Unsure”. Give that another key first."),
        (Key.Key_2, "“2” is the key of “cat”. Give that another key first."),
        (Key.Key_Left, "“Left” is used to move, to look at pictures, or to close. Choose another key."),
    ):
        button.click()
        qtbot.keyClick(button, key)
        assert dialog.hint.text() == sentence
        assert button.text() == "1"
    assert labelled.window.actions_["give_1"].shortcut().toString() == "1"


def test_keys_that_were_swapped_come_back_and_can_be_reset(
    qtbot: QtBot, labelled: Application, preferences: Preferences
) -> None:
    dialog = open_keys(labelled)
    for name, key in (("give_1", Key.Key_X), ("give_2", Key.Key_1), ("give_1", Key.Key_2)):
        dialog.button(name).click()
        qtbot.keyClick(dialog.button(name), key)

    second = Application(Start(), preferences, keeps_desk=False)
    try:
        keys = [second.window.actions_[f"give_{number}"].shortcut().toString() for number in (1, 2)]
        assert keys == ["2", "1"]
    finally:
        second.window.close()
        second.stop()
    dialog.reset_button.click()
    assert [dialog.button(f"give_{number}").text() for number in (1, 2)] == ["1", "2"]
    assert preferences.choices("keys") == {}
