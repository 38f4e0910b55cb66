"""The window with text of 150 % (144 dpi) and 200 %: no word is cut, nothing overlaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cut_off import faults
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDockWidget
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.kit import theme
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.window.main_window import MainWindow

#: 1920 × 1080 pixels, less the frame of the window and a task bar.
SIZE = QSize(1904, 1000)


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, preferences: Preferences) -> Iterator[Callable[[float], Application]]:
    """Return a function that opens the window with text of this size."""
    theme.apply_theme(qapp, "light")
    usual = qapp.font()
    opened: list[Application] = []

    def open_one(scale: float) -> Application:
        font = QFont(usual)
        font.setPixelSize(round(usual.pixelSize() * scale))
        qapp.setFont(font)
        application = Application(Start(), preferences)
        opened.append(application)
        application.window.resize(SIZE)
        with qtbot.waitExposed(application.window):
            application.window.show()
        return application

    yield open_one
    for application in opened:
        application.window.close()
        application.stop()
    qapp.setFont(usual)
    theme.apply_theme(qapp, "light")


def faults_of(window: MainWindow) -> list[str]:
    """Describe what is cut in the parts of the window. The toolbar has its own tests of what it hides when."""
    parts = [window.centralWidget(), window.statusBar(), *(dock.widget() for dock in window.findChildren(QDockWidget))]
    return [fault for part in parts for fault in faults(part)]


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_nothing_is_cut_in_the_window(
    qtbot: QtBot, open_window: Callable[[float], Application], folder: Path, scale: float
) -> None:
    application = open_window(scale)
    window = application.window
    qtbot.waitUntil(lambda: faults_of(window) == [])  # the empty window

    application.desk_commands.show_labels(LabelSet((Label("dog"), Label("a label with quite a long name"))))
    application.desk_commands.add_paths([folder])
    qtbot.waitUntil(lambda: application.model.rowCount() == 9)
    window.show_results(True)
    window.news.moves_less = True
    window.news.show_news("The server cannot be reached.", level="bad", action=("Try again", lambda: None))
    window.table.selectRow(0)
    QApplication.sendPostedEvents()

    qtbot.waitUntil(lambda: faults_of(window) == [])
