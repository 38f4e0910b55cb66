from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.labels.label_popup import LabelPopup, matching

LABELS = LabelSet(tuple(map(Label, ("red car", "cat", "Scarf", "강아지", "고양이", "Ärmel", "vacation")))).labels


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(600, 500)
    qtbot.addWidget(window)
    QLineEdit(window).setObjectName("before")
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", [label.name for label in LABELS]),
        ("ca", ["cat", "red car", "Scarf", "vacation"]),
        ("CAR", ["red car", "Scarf"]),
        ("ㄱ", ["강아지", "고양이"]),
        ("가", ["강아지"]),
        ("고야", ["고양이"]),
        ("a", ["Ärmel", "red car", "cat", "Scarf", "vacation"]),
        ("dog", []),
    ],
)
def test_names_that_begin_come_before_words_and_parts(typed: str, names: list[str]) -> None:
    assert [label.name for label in matching(LABELS, typed)] == names


def test_without_a_match_nothing_is_chosen_and_the_reason_is_shown(qtbot: QtBot, window: QWidget) -> None:
    popup = LabelPopup(LABELS, window)
    chosen: list[int] = []
    popup.chosen.connect(chosen.append)
    popup.open()

    qtbot.keyClicks(popup.field, "dog")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)

    assert popup.list.item(0).text() == "No label has “dog” in its name"
    assert chosen == []
    assert popup.isVisible()


def test_it_closes_and_gives_the_focus_back(qtbot: QtBot, window: QWidget) -> None:
    before = window.findChild(QLineEdit, "before")
    assert before is not None
    before.setFocus()
    popup = LabelPopup(LABELS, window)
    popup.open()
    assert popup.field.hasFocus()
    assert window.rect().contains(popup.geometry())

    with qtbot.waitSignal(popup.destroyed):
        qtbot.keyClick(popup.field, Qt.Key.Key_Escape)

    assert before.hasFocus()


def test_it_closes_when_the_focus_goes_elsewhere(qtbot: QtBot, window: QWidget) -> None:
    before = window.findChild(QLineEdit, "before")
    assert before is not None
    popup = LabelPopup(LABELS, window)
    popup.open()

    with qtbot.waitSignal(popup.destroyed):
        before.setFocus(Qt.FocusReason.MouseFocusReason)

    assert before.hasFocus()
