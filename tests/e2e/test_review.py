"""The review by keys only: a fair sample, honest figures, and a round that goes on after a restart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from accessible_names import nameless
from color_encoder import COLORS, ColorEncoder
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, UNSURE_ID, Label, LabelSet
from clipdesk.core.teaching.rounds import read_round
from clipdesk.gui.application import Application
from clipdesk.gui.review.key_list import AnswerButton
from clipdesk.gui.review.review_view import ReviewView
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start

NAMES = ("red", "green", "blue")
PICTURES = 90
#: Every so many pictures show something else than their colour says.
WRONG_EVERY = 12
Key = Qt.Key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures whose file names say what they show. Their colours, by which they are labelled, are mostly right."""
    folder = tmp_path / "Holiday"
    folder.mkdir()
    generator = np.random.default_rng(5)
    for number in range(PICTURES):
        shows = NAMES[number % 3]
        looks = NAMES[(number + 1) % 3] if number % WRONG_EVERY == 0 else shows
        # Some are close to another colour, so that their labels are doubtful.
        color = [min(255, part + int(generator.integers(0, 200))) for part in COLORS[looks]]
        Image.new("RGB", (20 + number, 20), tuple(color)).save(folder / f"{number:02} {shows}.png")
    return folder


class Windows:
    """Opens one window after the other, with an encoder that knows colours."""

    def __init__(self, qtbot: QtBot, preferences: Preferences) -> None:
        self._qtbot = qtbot
        self._preferences = preferences
        self.opened: list[Application] = []

    def open(self, *paths: Path) -> Application:
        application = Application(Start(paths=paths), self._preferences, load=lambda *_, **__: ColorEncoder())
        # The range misses the truth in up to one of ten rounds, so these have to be the same in each run.
        application.review_commands.draw_seed = lambda: 5
        self.opened.append(application)
        window = application.window
        with self._qtbot.waitExposed(window):
            window.show()
        with self._qtbot.waitSignal(application.labelling.encoder_changed):
            application.begin()
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow)
        return application

    def wait(self, application: Application) -> None:
        desk = application.labelling.desk
        self._qtbot.waitUntil(
            lambda: (
                len(desk) == PICTURES and bool((desk.scores.best >= 0).all()) and not application.labelling.is_running
            ),
            timeout=30_000,
        )


@pytest.fixture
def windows(qtbot: QtBot, preferences: Preferences) -> Iterator[Windows]:
    opened = Windows(qtbot, preferences)
    yield opened
    for application in opened.opened:
        application.window.close()


@pytest.fixture
def labelled(windows: Windows, folder: Path) -> Application:
    """A window with labelled pictures."""
    application = windows.open(folder)
    application.desk_commands.show_labels(LabelSet(tuple(map(Label, NAMES))))
    windows.wait(application)
    application.window.table.setFocus()
    return application


def press(*keys: Key | str) -> None:
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)


def view_of(application: Application) -> ReviewView:
    return application.review_commands.view


def shown(application: Application) -> int:
    """Return the row of the picture that is shown."""
    path = view_of(application).path
    assert path is not None
    row = application.labelling.desk.row_of(path)
    assert row is not None
    return row


def answer(application: Application) -> bool:
    """Answer as a person does who sees the picture. Return whether the label was right when the round began.

    What the answers teach may have changed it since then.
    """
    row, desk = shown(application), application.labelling.desk
    shows = desk.images.path(row).stem.split()[1]
    round_ = read_round(desk)
    assert round_ is not None
    place = round_.place_of(row)
    proposed = desk.label_set.by_id(round_.proposed.item(place)) if place >= 0 else None
    is_right = desk.labels[desk.decisions.column.item(row)].name == shows
    press(Key.Key_Return if is_right else str(NAMES.index(shows) + 1))
    return is_right if proposed is None else proposed.name == shows


def figures(qtbot: QtBot, application: Application) -> tuple[str, str]:
    """Return the headline and the sentence below, once they are computed."""
    qtbot.waitUntil(lambda: not application.labelling.background.is_busy)
    view = view_of(application)
    return view.wrong.text(), view.looked.text()


def wrong_labels(application: Application) -> int:
    """Return how many labels are wrong now."""
    desk = application.labelling.desk
    names = [desk.labels[column].name for column in desk.decisions.column.tolist()]
    return sum(desk.images.path(row).stem.split()[1] != name for row, name in enumerate(names))


def test_from_labels_to_an_honest_figure_by_keys_only_with_a_restart(
    qtbot: QtBot, windows: Windows, folder: Path
) -> None:
    first = windows.open(folder)
    for name in NAMES:
        QTest.keyClicks(first.window.labels.input, name)
        QTest.keyClick(first.window.labels.input, Key.Key_Return)
    windows.wait(first)
    first.window.setFocus()
    press(Key.Key_F7)
    assert view_of(first).isVisible()
    assert figures(qtbot, first)[1] == "Answer some pictures to learn how many labels are wrong."

    right = sum(answer(first) for _ in range(30))
    before = figures(qtbot, first)
    assert before[1] == f"30 pictures looked at. The automatic label was right for {right}."
    found = re.fullmatch(r"About (\d+) of 90 wrong \((\d+) to (\d+)\)", before[0])
    assert found is not None
    low, high = int(found[2]), int(found[3])
    assert low <= wrong_labels(first) <= high
    next_row = shown(first)
    press(Key.Key_Escape)
    assert not view_of(first).isVisible()
    assert first.window.table.current_desk_row() == next_row
    first.window.close()

    second = windows.open()
    press(Key.Key_Return)  # the button that continues has the focus
    windows.wait(second)
    second.window.focus_results()
    press(Key.Key_F7)
    assert shown(second) == next_row
    assert figures(qtbot, second) == before

    enough = view_of(second).enough
    while not enough.text().startswith(("That is enough", "There is nothing left")):
        for _ in range(10):
            if view_of(second).path is not None:
                answer(second)
        figures(qtbot, second)
    reviewed = second.labelling.desk.reviewed
    assert (reviewed > 0).sum() >= 60
    assert wrong_labels(second) <= 0.05 * PICTURES


def test_the_marks_say_how_probable_each_picture_was(labelled: Application) -> None:
    press(Key.Key_F7)
    rows = [shown(labelled)]
    for _ in range(9):
        answer(labelled)
        rows.append(shown(labelled))
    press(Key.Key_Escape)
    desk = labelled.labelling.desk
    labelled.window.table.select_desk_row(next(row for row in range(PICTURES) if row not in rows))
    press("0")

    reviewed = desk.reviewed

    assert np.flatnonzero(reviewed).tolist() == sorted(rows[:9])
    assert (reviewed[rows[:9]] < 1).any()


def test_undo_brings_the_picture_back_and_the_other_answer_counts(qtbot: QtBot, labelled: Application) -> None:
    press(Key.Key_F7)
    rows = []
    for _ in range(3):
        rows.append(shown(labelled))
        press(Key.Key_Return)

    labelled.window.undo_stack.undo_action.trigger()
    assert shown(labelled) == rows[2]
    labelled.window.undo_stack.undo_action.trigger()
    assert shown(labelled) == rows[1]
    press("0")
    assert shown(labelled) == rows[2]

    assert figures(qtbot, labelled)[1] == "2 pictures looked at. The automatic label was right for 1."
    assert labelled.labelling.desk.corrections[1].tolist().count(NO_LABEL_FITS_ID) == 1


def test_nobody_can_pass_a_picture_by_but_answers_can_be_changed(qtbot: QtBot, labelled: Application) -> None:
    press(Key.Key_F7)
    first = shown(labelled)
    press(Key.Key_Right, Key.Key_Down)
    assert shown(labelled) == first
    press("u")
    second = shown(labelled)

    press(Key.Key_Left)
    assert shown(labelled) == first
    assert [one.name for one in view_of(labelled).keys.answers if one.is_given] == ["give_unsure"]
    press(Key.Key_Return)

    assert shown(labelled) == second
    assert figures(qtbot, labelled)[1] == "1 picture looked at. The automatic label was right for 1."
    press(Key.Key_Left, Key.Key_Backspace, Key.Key_Right)
    assert shown(labelled) == first
    assert labelled.labelling.desk.corrections[1].tolist() == []


def test_unsure_counts_as_wrong_and_says_so(qtbot: QtBot, labelled: Application) -> None:
    press(Key.Key_F7, "u", Key.Key_Return)

    assert figures(qtbot, labelled)[1].endswith("right for 1. 1 unsure, taken as wrong.")
    assert UNSURE_ID in labelled.labelling.desk.corrections[1]


def test_without_going_on_the_arrows_move(labelled: Application) -> None:
    labelled.window.actions_["advance"].setChecked(False)
    press(Key.Key_F7)
    first = shown(labelled)

    press(Key.Key_Return, "2")
    assert shown(labelled) == first
    press(Key.Key_Right)

    assert shown(labelled) != first


def test_keys_faster_than_painting_answer_each_picture_in_its_turn(labelled: Application) -> None:
    press(Key.Key_F7)
    round_ = read_round(labelled.labelling.desk)
    assert round_ is not None
    rows = round_.queue.rows[:60].tolist()

    press(*["123"[place % 3] for place in range(60)])

    ids = labelled.labelling.desk.label_set.ids
    given = dict(zip(*(part.tolist() for part in labelled.labelling.desk.corrections), strict=True))
    assert given == {row: ids[place % 3] for place, row in enumerate(rows)}


def test_the_second_order_shows_the_most_doubtful_first_and_no_range(qtbot: QtBot, labelled: Application) -> None:
    press(Key.Key_F7)
    press(Key.Key_Return)
    view_of(labelled).orders.segment("doubtful").click()
    assert view_of(labelled).view.hasFocus()
    probability = labelled.labelling.desk.decisions.probability.copy()
    rows = []
    for _ in range(5):
        rows.append(shown(labelled))
        answer(labelled)

    assert (np.diff(probability[rows]) >= 0).all()
    headline, sentence = figures(qtbot, labelled)
    assert headline == ""
    assert sentence.startswith("5 pictures looked at.")
    assert (labelled.labelling.desk.reviewed > 0).sum() == 1
    view_of(labelled).orders.segment("queue").click()
    round_ = read_round(labelled.labelling.desk)
    assert round_ is not None
    assert len(round_) == PICTURES - 5


def test_other_labels_and_new_pictures_are_told_and_a_new_round_takes_them(
    qtbot: QtBot, labelled: Application, folder: Path
) -> None:
    press(Key.Key_F7)
    press(*[Key.Key_Return] * 3)
    desk = labelled.labelling.desk
    assert not view_of(labelled).round_button.isVisible()

    Image.new("RGB", (7, 7), (250, 1, 1)).save(folder / "new red.png")
    labelled.labelling.look_again()
    qtbot.waitUntil(lambda: len(desk) == PICTURES + 1 and bool((desk.scores.best >= 0).all()), timeout=30_000)
    qtbot.waitUntil(lambda: view_of(labelled).note.text() == "1 picture not in this round.")
    tabs = 0
    while not view_of(labelled).round_button.hasFocus() and tabs < 20:
        press(Key.Key_Tab)
        tabs += 1
    press(Key.Key_Space)

    round_ = read_round(desk)
    assert round_ is not None
    assert (len(round_), round_.reviewed) == (PICTURES - 2, 0)
    target = view_of(labelled).target.value()
    press("1")  # answers, and does not go to the field that follows the button
    assert (desk.reviewed > 0).sum() == 4
    assert view_of(labelled).target.value() == target
    labelled.window.undo_stack.undo()
    assert (desk.reviewed > 0).sum() == 3
    qtbot.waitUntil(lambda: view_of(labelled).note.text() == "")


def test_a_key_begins_a_new_round_inside_and_outside_the_review(labelled: Application) -> None:
    press(Key.Key_F7, *[Key.Key_Return] * 3)
    assert view_of(labelled).round_button.text() == "Begin a new round (Shift+F7)"
    view_of(labelled).orders.segment("doubtful").click()

    QTest.keyClick(labelled.window, Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)

    assert view_of(labelled).orders.choice == "queue"
    press(Key.Key_Return)
    round_ = read_round(labelled.labelling.desk)
    assert round_ is not None
    assert (len(round_), round_.reviewed) == (PICTURES - 3, 1)
    press(Key.Key_Escape)
    QTest.keyClick(labelled.window, Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert view_of(labelled).isVisible()
    round_ = read_round(labelled.labelling.desk)
    assert round_ is not None
    assert (len(round_), round_.reviewed) == (PICTURES - 4, 0)


def test_pictures_that_are_removed_meanwhile_leave_the_round(labelled: Application) -> None:
    press(Key.Key_F7)
    path = view_of(labelled).path
    row = shown(labelled)

    labelled.labelling.remove_images([other for other in range(PICTURES) if other != row][:80])

    assert view_of(labelled).path == path
    labelled.labelling.remove_images([shown(labelled)])
    assert view_of(labelled).path != path


def test_when_all_are_looked_at_the_view_says_so(qtbot: QtBot, labelled: Application) -> None:
    labelled.labelling.remove_images(range(4, PICTURES))
    press(Key.Key_F7)

    press(*[Key.Key_Return] * 6)

    assert figures(qtbot, labelled)[0] == "All 4 pictures looked at"
    assert view_of(labelled).view.message == "All pictures have been looked at."
    press(Key.Key_Left)
    assert view_of(labelled).path is not None


def test_without_labels_there_is_nothing_to_review(qtbot: QtBot, windows: Windows) -> None:
    application = windows.open()

    application.window.actions_["review"].trigger()

    assert not application.review_commands.is_open
    assert application.window.news.text.text().startswith("There is nothing to review yet.")


def test_what_is_enough_is_remembered(qtbot: QtBot, labelled: Application) -> None:
    press(Key.Key_F7)
    press(*[Key.Key_Return] * 20)
    figures(qtbot, labelled)
    view_of(labelled).target.setValue(50.0)

    qtbot.waitUntil(lambda: view_of(labelled).enough.text().startswith("That is enough: at most 50 %"))
    assert labelled.review_commands.target == 0.5


def test_a_click_answers_and_tab_stays_inside(qtbot: QtBot, labelled: Application) -> None:
    press(Key.Key_F7)
    view = view_of(labelled)
    row = shown(labelled)
    buttons = {button.answer.name: button for button in view.keys.findChildren(AnswerButton)}
    buttons["give_none"].click()
    assert labelled.labelling.desk.corrections[0].tolist() == [row]
    assert nameless(view) == []
    for _ in range(30):
        press(Key.Key_Tab)
        focus = labelled.window.focusWidget()
        assert focus is not None
        assert view.isAncestorOf(focus)


def test_the_review_shows_the_labels_of_the_first_nine_keys(labelled: Application) -> None:
    press(Key.Key_F7)

    answers = view_of(labelled).keys.answers

    assert [(one.keys, one.text) for one in answers[1:]] == [
        ("1", "red"),
        ("2", "green"),
        ("3", "blue"),
        ("0", "None of these"),
        ("U", "Unsure"),
    ]
    assert answers[0].keys == "Enter"
    assert answers[0].text.endswith("is right")
