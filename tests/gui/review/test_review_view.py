"""The view of the review by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from accessible_names import nameless
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit import theme
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.review.key_list import Answer, AnswerButton
from clipdesk.gui.review.label_ranges import LabelRange
from clipdesk.gui.review.review_view import ReviewCaption, ReviewFigures, ReviewView

ANSWERS = [
    Answer("confirm", "“dog” is right", "Enter"),
    *(Answer(f"give_{number}", f"label {number} 강아지", str(number), "#0072B2") for number in range(1, 10)),
    Answer("give_none", "None of these", "0", is_given=True),
]
FIGURES = ReviewFigures(
    "About 12 of 1,000 wrong (5 to 21)",
    "200 pictures looked at. The automatic label was right for 170.",
    "That is enough.",
    True,
    "37 pictures got another label since this round began.",
    tuple(LabelRange(f"label {number} with a long name", "#009E73", "12 of 14", "3 (1 to 9)") for number in range(30)),
)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ReviewView]:
    window = QMainWindow()
    window.resize(760, 400)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    loader = PictureLoader(window)
    view = ReviewView(window, loader)
    view.open()
    view.show_answers(ANSWERS)
    view.show_figures(FIGURES)
    yield view
    loader.stop()


def test_all_of_it_is_reached_in_a_low_window(view: ReviewView, qtbot: QtBot) -> None:
    area = view.panel.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 600)

    assert area.horizontalScrollBar().maximum() == 0
    assert view.geometry() == view.parentWidget().rect()
    assert nameless(view) == []
    assert "label 29 with a long name: right 12 of 14, wrong 3 (1 to 9)" in view.ranges.accessibleDescription()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answer_that_was_given_is_seen(view: ReviewView, scheme: theme.Scheme) -> None:
    theme.apply_theme(theme.application(), scheme)
    given = next(button for button in view.keys.findChildren(AnswerButton) if button.answer.is_given)
    marked = given.grab().toImage()

    given.show_answer(Answer("give_none", "None of these", "0"))

    assert given.grab().toImage() != marked
    theme.apply_theme(theme.application(), "light")


def test_a_picture_is_shown_and_space_shows_it_alone(view: ReviewView, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (30, 20), (200, 10, 10)).save(path)
    view.show_picture(path, ReviewCaption("a.png", "dog", "#0072B2", place="1 of 3"))
    qtbot.waitUntil(lambda: view.view.has_picture)
    wide = view.view.width()

    QTest.keyClick(view.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view.view.width() > wide)
    assert not view.panel.isVisible()
    QTest.keyClick(view.view, Qt.Key.Key_Space)

    assert view.panel.isVisible()


def test_keys_and_buttons_ask_for_what_they_say(view: ReviewView, qtbot: QtBot) -> None:
    steps: list[int] = []
    view.moved.connect(lambda step: steps.append(step))
    QTest.keyClick(view.view, Qt.Key.Key_Left)
    QTest.keyClick(view.view, Qt.Key.Key_Down)
    assert steps == [-1, 1]
    with qtbot.waitSignal(view.answer_clicked) as clicked:
        view.keys.findChildren(AnswerButton)[0].click()
    assert clicked.args == ["confirm"]
    with qtbot.waitSignal(view.target_changed) as changed:
        view.target.setValue(2.5)
    assert changed.args == [0.025]
    with qtbot.waitSignal(view.closed):
        QTest.keyClick(view.view, Qt.Key.Key_Escape)


def test_nothing_is_said_before_there_are_figures(view: ReviewView) -> None:
    view.show_figures(ReviewFigures())

    for widget in (view.wrong, view.looked, view.enough, view.note, view.round_button, view.target):
        assert not widget.isVisible()


def test_the_check_is_offered_and_taken_back_without_losing_the_keys(view: ReviewView, qtbot: QtBot) -> None:
    view.show_check("4 other labels would change.")
    assert view.check.isVisible()
    view.check_button.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(view.check_wanted):
        QTest.keyClick(view.check_button, Qt.Key.Key_Space)

    view.show_check("")

    assert not view.check_button.isVisible()
    assert view.view.hasFocus()


def test_tab_goes_around_in_the_review_from_top_to_bottom(view: ReviewView, qtbot: QtBot) -> None:
    window = view.parentWidget()
    assert isinstance(window, QMainWindow)
    first, toolbar = QLineEdit(window), window.addToolBar("tools")
    action = toolbar.addWidget(QLabel("made by Qt itself"))
    view.raise_()
    view.view.setFocus()
    reached: list[QWidget] = []
    while (widget := QApplication.focusWidget()) not in reached and len(reached) < 50:
        assert widget is not None and (widget is view.view or view.panel.isAncestorOf(widget))
        reached.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is view.view
    assert reached[1] is view.close_button
    assert reached.index(view.keys.findChildren(AnswerButton)[0]) < reached.index(view.round_button)
    # PySide must not take one for the child of the other.
    shiboken6.delete(first)
    assert shiboken6.isValid(action)
