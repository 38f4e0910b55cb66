"""Fixtures for all tests of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

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
