"""Which keys text fields leave to the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.gui.window.actions import Actions
from clipdesk.gui.window.field_keys import FieldKeys

CONTROL = Qt.KeyboardModifier.ControlModifier
WITH_SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
#: Pressing them is an event, too.
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift)


class EmacsField(QLineEdit):
    """Claims Ctrl with every letter and arrow, as Qt's field claims Ctrl+E under X11, and tells which it received."""

    def __init__(self) -> None:
        super().__init__("dog")
        self.received: list[str] = []

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.modifiers() & CONTROL and event.key() not in _MODIFIERS:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.received.append(QKeySequence(event.keyCombination()).toString())
            return True
        return super().event(event)


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.actions_ = Actions(self)
        self.triggered: list[str] = []
        for name in self.actions_:
            self.actions_[name].triggered.connect(lambda _=False, name=name: self.triggered.append(name))
        self.field, self.number = EmacsField(), QDoubleSpinBox()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.addWidget(self.field)
        column.addWidget(self.number)
        self.setCentralWidget(middle)
        self.field_keys = FieldKeys(self, self.actions_)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.field.setFocus()
    return window


def test_shortcuts_of_the_window_work_while_a_field_has_the_focus(qtbot: QtBot, window: Window) -> None:
    for key, modifiers in ((Qt.Key.Key_E, CONTROL), (Qt.Key.Key_K, CONTROL), (Qt.Key.Key_S, WITH_SHIFT)):
        qtbot.keyClick(window.field, key, modifiers)

    assert window.triggered == ["export", "compare", "sort"]
    assert window.field.received == []


def test_a_field_keeps_the_keys_for_editing(qtbot: QtBot, window: Window) -> None:
    window.actions_.set_keys("export", [QKeySequence("Ctrl+Right")])
    for key in (Qt.Key.Key_C, Qt.Key.Key_A, Qt.Key.Key_Right):
        qtbot.keyClick(window.field, key, CONTROL)

    assert window.triggered == []
    assert window.field.received == ["Ctrl+C", "Ctrl+A", "Ctrl+Right"]


def test_a_field_keeps_the_key_of_an_action_that_is_not_available(qtbot: QtBot, window: Window) -> None:
    window.actions_["export"].setEnabled(False)

    qtbot.keyClick(window.field, Qt.Key.Key_E, CONTROL)

    assert window.field.received == ["Ctrl+E"]


def test_fields_for_numbers_and_fields_made_later_are_watched(qtbot: QtBot, window: Window) -> None:
    later = EmacsField()
    window.centralWidget().layout().addWidget(later)
    later.show()

    for field in (window.number, later):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_E, CONTROL)

    assert window.triggered == ["export", "export"]
