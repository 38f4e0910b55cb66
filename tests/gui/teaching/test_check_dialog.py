"""The dialog that asks which of two labels is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import NO_LABEL
from clipdesk.core.teaching.check import CheckResult
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.teaching.check_dialog import CheckAnswers, CheckDialog, Choice, Question

OLD = Choice(11, "cat", QColor("red"), is_new=False)
NEW = Choice(22, "dog", QColor("blue"), is_new=True)


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[PictureLoader]:
    loader = PictureLoader()
    yield loader
    loader.stop()


@pytest.fixture
def questions(tmp_path: Path) -> list[Question]:
    """Twenty pictures; the learned label is first for every other one."""
    for number in range(20):
        Image.new("RGB", (40, 30), (10 * number, 90, 90)).save(tmp_path / f"{number}.png")
    return [Question(tmp_path / f"{number}.png", *((NEW, OLD) if number % 2 else (OLD, NEW))) for number in range(20)]


@pytest.fixture
def dialog(qtbot: QtBot, loader: PictureLoader, questions: list[Question]) -> CheckDialog:
    dialog = CheckDialog(questions, loader)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def answer(qtbot: QtBot, dialog: CheckDialog, choice: Choice | None) -> None:
    question = dialog._questions[dialog.place]
    key = Qt.Key.Key_0 if choice is None else Qt.Key.Key_1 if question.first == choice else Qt.Key.Key_2
    qtbot.keyClick(dialog, key)


def test_keys_answer_until_the_result_is_certain(qtbot: QtBot, dialog: CheckDialog, questions: list[Question]) -> None:
    decided: list[CheckAnswers] = []
    dialog.decided.connect(decided.append)
    while not dialog.is_decided:
        answer(qtbot, dialog, NEW)
    (answers,) = decided
    assert answers.result == CheckResult.USE
    assert 13 <= len(answers.paths) < 20  # stopped as soon as no other answer could change it
    assert set(answers.labels) == {NEW.label_id}
    assert answers.paths == tuple(question.path for question in questions[: len(answers.paths)])
    assert "right 13 times" in dialog.result_text.text()


def test_it_is_blind(qtbot: QtBot, dialog: CheckDialog) -> None:
    for number in range(3):
        texts = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
        assert not any(word in " ".join(texts).casefold() for word in ("learned", "words", "new"))
        names = [button.accessibleName() for button in (dialog.first_button, dialog.second_button)]
        assert names == (["dog", "cat"] if number % 2 else ["cat", "dog"])
        answer(qtbot, dialog, None)


def test_neither_says_nothing_about_the_label(qtbot: QtBot, dialog: CheckDialog) -> None:
    decided: list[CheckAnswers] = []
    dialog.decided.connect(decided.append)
    while not dialog.is_decided:
        answer(qtbot, dialog, None)
    (answers,) = decided
    assert answers.result == CheckResult.KEEP_WORDS
    assert set(answers.labels) == {NO_LABEL}


def test_an_answer_can_be_taken_back(qtbot: QtBot, dialog: CheckDialog) -> None:
    assert not dialog.back_button.isEnabled()
    answer(qtbot, dialog, OLD)
    answer(qtbot, dialog, NEW)
    qtbot.keyClick(dialog, Qt.Key.Key_Backspace)
    assert dialog.place == 1
    assert dialog._counts() == (0, 1, 0)
    assert dialog.count.text() == "2 of at most 20"


def test_closing_early_decides_nothing(qtbot: QtBot, dialog: CheckDialog) -> None:
    decided: list[CheckAnswers] = []
    dialog.decided.connect(decided.append)
    answer(qtbot, dialog, NEW)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert decided == []


def test_the_picture_belongs_to_the_question(qtbot: QtBot, dialog: CheckDialog) -> None:
    qtbot.waitUntil(lambda: dialog.picture.has_picture)
    answer(qtbot, dialog, NEW)
    qtbot.waitUntil(lambda: dialog.picture._image.pixelColor(5, 5).red() == 10)


def test_a_picture_that_is_gone_can_still_be_answered(
    qtbot: QtBot, loader: PictureLoader, questions: list[Question]
) -> None:
    questions[0].path.unlink()
    dialog = CheckDialog(questions, loader)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.picture.accessibleDescription()))
    assert not dialog.picture.has_picture
    answer(qtbot, dialog, None)
    assert dialog.place == 1
