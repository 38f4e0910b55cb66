"""The window with text of 150 % (144 dpi) and 200 %: no word is cut, nothing overlaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cut_off import faults
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDockWidget, QScrollArea
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.order import ResultsFilter
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.translation import install_language
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.sorting.panel_folders import PanelFolders
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
    """Describe what is cut in the parts of the window."""
    panels = [dock.widget() for dock in window.findChildren(QDockWidget)]
    parts = [window.toolbar, window.centralWidget(), window.statusBar(), *panels]
    return [fault for part in parts for fault in faults(part)]


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    install_language(qapp, "ko")
    yield
    install_language(qapp, "en")


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_nothing_is_cut_in_the_window(
    qtbot: QtBot, open_window: Callable[[float], Application], folder: Path, scale: float
) -> None:
    look_at_the_window(qtbot, open_window(scale), folder)


@pytest.mark.usefixtures("korean")
def test_nothing_is_cut_in_the_korean_window(
    qtbot: QtBot, open_window: Callable[[float], Application], folder: Path
) -> None:
    look_at_the_window(qtbot, open_window(2.0), folder)


def look_at_the_window(qtbot: QtBot, application: Application, folder: Path) -> None:
    """Open everything that the window can show around the pictures, and find what is cut."""
    window = application.window

    def nothing_is_cut(state: str) -> None:
        def check() -> None:
            assert faults_of(window) == [], state

        qtbot.waitUntil(check)

    nothing_is_cut("empty")

    application.desk_commands.show_labels(LabelSet((Label("dog"), Label("a label with quite a long name"))))
    application.desk_commands.add_paths([folder])
    qtbot.waitUntil(lambda: application.model.rowCount() == 9)
    window.show_results(True)
    window.news.moves_less = True
    window.news.show_news("The server cannot be reached.", level="bad", action=("Try again", lambda: None))
    window.table.selectRow(0)
    nothing_is_cut("table")

    window.news.dismiss()
    window.filter_bar.finder.choose(ResultsFilter(minimum_probability=1.0))
    nothing_is_cut("filter")

    window.filter_bar.reset_filter()
    application.window_commands.choose_view("gallery")
    nothing_is_cut("gallery")

    window.search_bar.open_for("words")
    nothing_is_cut("search by words")
    window.search_bar.open_for("similar", [folder / "img1.png"], 8)
    nothing_is_cut("search by a picture")
    window.search_bar.hide()

    for section in (window.unsure_section, window.learning_section, window.none_section):
        section.set_open(True)
    nothing_is_cut("sections")

    window.actions_["show_folders"].setChecked(True)
    nothing_is_cut("no folders")
    window.folders.show_folders(PanelFolders().with_folder(folder / "dogs").with_folder(folder / "a long name of it"))
    nothing_is_cut("folders")


def test_text_of_chips_is_as_large_as_their_room(qtbot: QtBot, open_window: Callable[[float], Application]) -> None:
    """Chips paint their texts themselves."""
    window = open_window(2.0).window
    window.show_results(True)
    window.filter_bar.set_view("gallery")
    chip = window.filter_bar.chips.chips[0]
    image = chip.grab().toImage()

    inside = QRect(0, 0, image.width(), image.height()).adjusted(14, 6, -14, -6)
    ink = [
        (x, y)
        for x in range(inside.left(), inside.right())
        for y in range(inside.top(), inside.bottom())
        if image.pixelColor(x, y).lightness() < 90
    ]
    top, bottom = min(y for _, y in ink), max(y for _, y in ink)
    assert abs((top + bottom) / 2 - image.height() / 2) < 6
    assert bottom - top < chip.fontMetrics().height()


def test_folders_and_labels_fit_into_a_low_window(
    qtbot: QtBot, open_window: Callable[[float], Application], folder: Path
) -> None:
    application = open_window(1.0)
    window = application.window
    application.desk_commands.show_labels(LabelSet(tuple(Label(f"label {number}") for number in range(9))))
    window.resize(910, 440)  # a laptop of 1366 × 768 pixels at 144 dpi, less the bars of window and system

    window.actions_["show_folders"].trigger()
    window.folders.show_folders(PanelFolders().with_folder(folder / "dogs").with_folder(folder / "cats"))

    def everything_is_reached() -> None:
        assert window.height() == 440
        assert faults(window.labels) == []
        scroll = window.folders.parentWidget().parentWidget()
        assert isinstance(scroll, QScrollArea) and scroll.verticalScrollBar().maximum() > 0
        assert faults(scroll) == []

    qtbot.waitUntil(everything_is_reached)

    window.actions_["show_folders"].trigger()
    assert window.labels.minimumHeight() > 200
