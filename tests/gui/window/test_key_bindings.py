from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from clipdesk.gui.window.actions import Actions
from clipdesk.gui.window.key_bindings import KeyBindings, pressed_key

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    window = QMainWindow()
    qtbot.addWidget(window)
    yield Actions(window)


def keys(actions: Actions, name: str) -> list[str]:
    return [key.toString(QKeySequence.SequenceFormat.PortableText) for key in actions[name].shortcuts()]


def test_no_two_actions_have_the_same_key(actions: Actions) -> None:
    taken = [key for name in actions for key in keys(actions, name)]

    assert len(taken) == len(set(taken))


def test_a_changed_key_is_kept_and_the_default_forgets_it(actions: Actions) -> None:
    bindings = KeyBindings(actions)

    assert bindings.assign("export", QKeySequence("Ctrl+Alt+X")) == ""
    assert keys(actions, "export") == ["Ctrl+Alt+X"]
    assert bindings.changed == {"export": "Ctrl+Alt+X"}
    assert "(Ctrl+Alt+X)" in actions["export"].toolTip()
    assert bindings.assign("export", QKeySequence("Ctrl+E")) == ""

    assert keys(actions, "export") == ["Ctrl+E"]
    assert bindings.changed == {}


def test_enter_is_the_key_of_both_enters(actions: Actions) -> None:
    bindings = KeyBindings(actions)
    assert bindings.assign("confirm", QKeySequence("C")) == ""

    assert bindings.assign("give_none", QKeySequence("Return")) == ""

    assert keys(actions, "give_none") == ["Return", "Enter"]
    assert "“Enter” is the key of “None of these”" in bindings.assign("confirm", QKeySequence("Return"))


@pytest.mark.parametrize("key", ["Left", "Space", "Esc", "Del", "F", "+", "Shift+Down", ""])
def test_keys_of_the_views_are_refused(actions: Actions, key: str) -> None:
    assert KeyBindings(actions).assign("give_1", QKeySequence(key)) != ""
    assert keys(actions, "give_1") == ["1"]


def test_actions_without_a_key_of_their_own_keep_none(actions: Actions) -> None:
    bindings = KeyBindings(actions)

    assert not bindings.can_change("appearance_dark")
    assert bindings.assign("quick_look", QKeySequence("Q")) != ""


@pytest.mark.parametrize(
    "saved",
    [None, 3, [], {"nothing": "X"}, {"give_1": 7}, {"give_1": ""}, {"give_1": "Left"}, {"give_1": "2"}, {1: "X"}],
)
def test_what_cannot_be_restored_is_ignored(actions: Actions, saved: object) -> None:
    bindings = KeyBindings(actions)

    bindings.restore(saved)

    assert bindings.changed == {}
    assert keys(actions, "give_1") == ["1"]


def test_swapped_keys_are_restored_and_a_broken_swap_is_not(actions: Actions) -> None:
    bindings = KeyBindings(actions)
    bindings.restore({"give_1": "2", "give_2": "1", "give_3": "X"})
    assert [keys(actions, f"give_{number}") for number in (1, 2, 3)] == [["2"], ["1"], ["X"]]
    bindings.reset()
    assert bindings.changed == {}

    bindings.restore({"give_1": "2", "give_2": "Left", "give_3": "X"})

    assert [keys(actions, f"give_{number}") for number in (1, 2, 3)] == [["1"], ["2"], ["X"]]


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "expected"),
    [
        (Key.Key_D, Modifier.NoModifier, "d", "D"),
        (Key.Key_D, Modifier.ShiftModifier, "D", "Shift+D"),
        (Key.Key_Question, Modifier.ShiftModifier, "?", "?"),
        (Key.Key_1, Modifier.KeypadModifier, "1", "1"),
        (Key.Key_X, Modifier.ControlModifier, "\x18", "Ctrl+X"),
        (Key.Key_Shift, Modifier.ShiftModifier, "", None),
        (Key.Key_F9, Modifier.NoModifier, "", "F9"),
    ],
)
def test_a_pressed_key_is_read_as_a_shortcut(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, expected: str | None
) -> None:
    found = pressed_key(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))

    assert (found.toString() if found is not None else None) == expected
