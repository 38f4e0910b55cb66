from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit.accessible_roles import set_accessible_role


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_a_painted_widget_has_the_role_and_name_that_it_was_given(qtbot: QtBot) -> None:
    picture = QWidget()
    qtbot.addWidget(picture)
    set_accessible_role(picture, QAccessible.Role.Graphic)
    picture.setAccessibleName("cat.jpg")

    assert role(picture) == QAccessible.Role.Graphic
    assert QAccessible.queryAccessibleInterface(picture).text(QAccessible.Text.Name) == "cat.jpg"


def test_widgets_of_qt_keep_their_roles(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    set_accessible_role(QWidget(window), QAccessible.Role.Graphic)
    button, label = QPushButton("Press", window), QLabel("Text", window)

    assert role(button) == QAccessible.Role.Button
    assert role(label) == QAccessible.Role.StaticText


def test_the_contents_of_a_scroll_area_are_still_found(qtbot: QtBot) -> None:
    set_accessible_role(QWidget(), QAccessible.Role.Graphic)
    area, button = QScrollArea(), QPushButton("Press")
    qtbot.addWidget(area)
    area.setWidget(button)

    assert role(area) == QAccessible.Role.Pane
    found = [QAccessible.queryAccessibleInterface(area)]
    for one in found:
        found += [one.child(place) for place in range(one.childCount())]
    assert any(one.object() is button for one in found)
