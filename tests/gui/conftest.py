"""Fixtures for all tests of the window."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit import theme
from clipdesk.gui.kit.translation import install_language


@pytest.fixture(scope="session", autouse=True)
def window_is_english(qapp: QApplication) -> None:
    """Show English texts, whatever the language of the system."""
    install_language(qapp, "en")


@pytest.fixture(autouse=True)
def no_button_stays_pressed(qtbot: QtBot) -> Iterator[None]:
    """Release the mouse button, which QTest's double click leaves pressed for all following tests."""
    yield
    if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
        window = QWidget()
        window.show()
        QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        window.close()
    assert QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton


@pytest.fixture
def set_font_scale(qapp: QApplication) -> Iterator[Callable[[float], None]]:
    """Sets the size of the application's font; the old one is restored after the test."""
    theme.apply_theme(qapp, "light")
    before = qapp.font()

    def set_scale(scale: float) -> None:
        font = QFont(before)
        font.setPixelSize(round(before.pixelSize() * scale))
        qapp.setFont(font)
        theme.apply_theme(qapp, "light")

    yield set_scale
    set_scale(1)


@pytest.fixture
def set_language(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Sets the language of the dialogs that are made from now on; the test ends in English."""
    yield functools.partial(install_language, qapp)
    install_language(qapp, "en")
