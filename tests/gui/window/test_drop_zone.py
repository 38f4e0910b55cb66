from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clipdesk.gui.window.drop_zone import DropZone

#: Of the offscreen platform, about hints for a window manager that is not there.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def zone(qtbot: QtBot) -> DropZone:
    zone = DropZone()
    qtbot.addWidget(zone)
    zone.resize(700, 500)
    zone.show()
    return zone


def test_the_buttons_ask(qtbot: QtBot, zone: DropZone) -> None:
    with qtbot.waitSignal(zone.choose_folder_requested):
        qtbot.mouseClick(zone.choose_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(zone.samples_requested):
        qtbot.keyClick(zone.samples_button, Qt.Key.Key_Space)


def test_the_last_desk_is_offered_first(qtbot: QtBot, zone: DropZone) -> None:
    plain = zone.choose_button.icon().cacheKey()
    assert not zone.continue_button.isVisible()

    zone.set_offer("Continue: Cats & dogs · 300 pictures · 5 labels")
    assert zone.continue_button.text() == "Continue: Cats && dogs · 300 pictures · 5 labels"
    assert zone.continue_button.y() < zone.choose_button.y()
    assert [bool(one.property("primary")) for one in (zone.continue_button, zone.choose_button)] == [True, False]
    assert zone.choose_button.icon().cacheKey() != plain
    with qtbot.waitSignal(zone.continue_requested):
        qtbot.keyClick(zone.continue_button, Qt.Key.Key_Space)

    zone.set_offer("")
    assert not zone.continue_button.isVisible()
    assert zone.choose_button.property("primary")


def test_the_privacy_note_names_the_server_in_use(zone: DropZone) -> None:
    assert "Nothing leaves this computer" in zone.sentence.text()
    zone.set_server("gpu.office")
    assert "are sent to gpu.office" in zone.sentence.text()
    assert "Nothing leaves" not in zone.sentence.text()


def test_it_is_highlighted_during_a_drag(zone: DropZone) -> None:
    calm = zone.grab().toImage()

    zone.set_hovered(True)
    hovered = zone.grab().toImage()
    zone.set_hovered(False)

    assert hovered != calm
    assert zone.grab().toImage() == calm


def test_words_wrap_instead_of_being_cut(zone: DropZone) -> None:
    zone.resize(360, 360)
    zone.grab()

    for label in zone.findChildren(QLabel):
        if label.text():
            assert label.height() >= label.heightForWidth(label.width())
