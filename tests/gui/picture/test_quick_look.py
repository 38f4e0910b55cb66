from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.picture.quick_look import QuickLook, QuickLookCaption

#: The offscreen platform warns about hints for a window manager that does not exist.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QLineEdit())
    window.resize(640, 480)
    window.show()
    return window


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    found = [tmp_path / f"{number}.png" for number in range(3)]
    for number, path in enumerate(found):
        Image.new("RGB", (300, 200), (80 * number, 90, 160)).save(path)
    return found


def wait_for_picture(qtbot: QtBot, look: QuickLook) -> None:
    qtbot.waitUntil(lambda: look.view.has_picture)


def test_it_covers_the_window_and_shows_a_caption(qtbot: QtBot, window: QMainWindow, paths: list[Path]) -> None:
    look = QuickLook(window)

    look.show_picture(paths[0], QuickLookCaption("0.png", "dog", "#0072B2", 0.974, 3, 1214))
    wait_for_picture(qtbot, look)

    assert look.isVisible()
    assert look.geometry() == window.rect()
    assert look.name.text() == "0.png"
    assert look.label.text().split() == ["dog", "97", "%"]
    assert look.place.text().startswith("3 of 1")
    look.grab()


def test_it_grows_with_the_window(window: QMainWindow, paths: list[Path]) -> None:
    look = QuickLook(window)
    look.show_picture(paths[0], QuickLookCaption("0.png"))

    window.resize(800, 600)

    assert look.geometry() == window.rect()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_keys_close_it_and_give_the_focus_back(
    qtbot: QtBot, window: QMainWindow, paths: list[Path], key: Qt.Key
) -> None:
    look = QuickLook(window)
    window.centralWidget().setFocus()
    look.show_picture(paths[0], QuickLookCaption("0.png"))

    with qtbot.waitSignal(look.closed):
        qtbot.keyClick(look.view, key)

    assert not look.isVisible()
    assert window.focusWidget() is window.centralWidget()


@pytest.mark.parametrize(
    ("key", "step"),
    [(Qt.Key.Key_Left, -1), (Qt.Key.Key_Up, -1), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 1)],
)
def test_arrow_keys_request_the_next_image(
    qtbot: QtBot, window: QMainWindow, paths: list[Path], key: Qt.Key, step: int
) -> None:
    look = QuickLook(window)
    look.show_picture(paths[0], QuickLookCaption("0.png", position=2, total=3))

    with qtbot.waitSignal(look.moved) as caught:
        qtbot.keyClick(look.view, key)

    assert caught.args == [step]


def test_shortcuts_of_the_window_do_not_take_its_keys(qtbot: QtBot, window: QMainWindow, paths: list[Path]) -> None:
    action = QAction("Quick look", window)
    action.setShortcut(QKeySequence(Qt.Key.Key_Space))
    window.addAction(action)
    look = QuickLook(window)
    look.show_picture(paths[0], QuickLookCaption("0.png"))

    with qtbot.assertNotEmitted(action.triggered):
        qtbot.keyClick(look.view, Qt.Key.Key_Space)

    assert not look.isVisible()


def test_moving_on_shows_the_next_image(qtbot: QtBot, window: QMainWindow, paths: list[Path]) -> None:
    look = QuickLook(window)
    look.moved.connect(lambda step: look.show_picture(paths[1], QuickLookCaption("1.png", position=2, total=3)))
    look.show_picture(paths[0], QuickLookCaption("0.png", position=1, total=3), neighbours=[paths[1]])
    wait_for_picture(qtbot, look)

    qtbot.mouseClick(look.next_button, Qt.MouseButton.LeftButton)

    assert look.path == paths[1]
    qtbot.waitUntil(lambda: look.view.grab().toImage().pixelColor(look.view.rect().center()).red() == 80)


def test_the_ends_of_the_list_cannot_be_passed(window: QMainWindow, paths: list[Path]) -> None:
    look = QuickLook(window)

    look.show_picture(paths[0], QuickLookCaption("0.png", position=1, total=1))

    assert not look.previous_button.isEnabled()
    assert not look.next_button.isEnabled()


def test_a_new_caption_for_the_same_image_keeps_the_zoom(qtbot: QtBot, window: QMainWindow, paths: list[Path]) -> None:
    look = QuickLook(window)
    look.show_picture(paths[0], QuickLookCaption("0.png"))
    wait_for_picture(qtbot, look)
    look.view.set_zoom(7.0)

    look.show_picture(paths[0], QuickLookCaption("0.png", "cat", "#E69F00", 0.4, unsure=True))

    assert look.view.zoom == pytest.approx(7.0)
    assert look.label.text().startswith("Unsure · cat")


def test_a_large_image_gets_its_detail_when_it_is_enlarged(qtbot: QtBot, window: QMainWindow, tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    Image.new("RGB", (4000, 3000), (200, 30, 30)).save(path)
    look = QuickLook(window)
    look.show_picture(path, QuickLookCaption("large.jpg"))
    wait_for_picture(qtbot, look)

    with qtbot.waitSignal(look.view.detail_wanted):
        look.view.show_actual_size()
    qtbot.waitUntil(lambda: look.view.image_size().width() == 4000)

    assert look.view.zoom == pytest.approx(1.0)


def test_a_double_click_goes_to_full_size_and_back(qtbot: QtBot, window: QMainWindow, paths: list[Path]) -> None:
    look = QuickLook(window)
    look.show_picture(paths[0], QuickLookCaption("0.png"))
    wait_for_picture(qtbot, look)

    qtbot.mouseDClick(look.view, Qt.MouseButton.LeftButton)
    enlarged = look.view.zoom
    qtbot.mouseDClick(look.view, Qt.MouseButton.LeftButton)

    assert enlarged == pytest.approx(1.0)
    assert look.view.is_fitted


def test_an_unreadable_image_says_why(qtbot: QtBot, window: QMainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_text("no picture", encoding="utf-8")
    look = QuickLook(window)

    look.show_picture(path, QuickLookCaption("a.jpg"))

    qtbot.waitUntil(lambda: look.view.message == "This is a text file, not a picture.")


def test_tab_stays_inside(qtbot: QtBot, window: QMainWindow, paths: list[Path]) -> None:
    look = QuickLook(window)
    look.show_picture(paths[0], QuickLookCaption("0.png"))

    for _ in range(12):
        focus = window.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        focus = window.focusWidget()
        assert focus is not None
        assert look.isAncestorOf(focus)


def test_closing_does_not_cancel_loading_for_the_inspector(
    qtbot: QtBot, window: QMainWindow, paths: list[Path]
) -> None:
    loader = PictureLoader(window)
    look = QuickLook(window, loader=loader)

    with qtbot.waitSignal(loader.picture_loaded):
        loader.load(paths[0])
        look.show_picture(paths[0], QuickLookCaption("0.png"))
        look.close()


def test_unknown_keys_are_ignored(qtbot: QtBot, window: QMainWindow, paths: list[Path]) -> None:
    look = QuickLook(window)
    look.show_picture(paths[0], QuickLookCaption("0.png"))

    QApplication.sendEvent(look.view, QKeyEvent(QEvent.Type.KeyPress, 0x0FEDCBA9, Qt.KeyboardModifier.NoModifier))

    assert look.isVisible()
