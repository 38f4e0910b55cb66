"""Fixtures for all tests of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


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
