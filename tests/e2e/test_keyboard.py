"""The window by keyboard: where the focus is, what it can reach, and that it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from accessible_names import nameless, roleless, tagged
from focus_rings import tab_stops, without_ring
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.kit import theme
from clipdesk.gui.sorting.panel_folders import PanelFolders


@pytest.fixture
def labelled(qtbot: QtBot, application: Application, folder: Path) -> Iterator[Application]:
    """The window with scored pictures and an open message with two buttons."""
    application.desk_commands.show_labels(LabelSet((Label("dog"), Label("cat"))))
    with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
        application.desk_commands.add_paths([folder])
    qtbot.waitUntil(lambda: application.window.shows_results)
    application.window.news.show_news(
        "Trouble", level="bad", action=("Help", lambda: None), second=("Details…", lambda: None)
    )
    application.window.table.selectRow(0)
    application.window.activateWindow()
    qtbot.waitUntil(lambda: application.window.isActiveWindow())
    yield application


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_stop_shows_its_focus(qtbot: QtBot, labelled: Application, scheme: theme.Scheme) -> None:
    window = labelled.window
    labelled.window_commands.choose_scheme(scheme)
    window.job_bar.set_progress(1, 2, 1.0, 1.0)

    assert without_ring(window) == []
    assert len(tab_stops(window)) > 10


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_stop_of_the_empty_window_shows_its_focus(
    qtbot: QtBot, application: Application, scheme: theme.Scheme
) -> None:
    application.window_commands.choose_scheme(scheme)
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)

    assert without_ring(application.window) == []


def test_every_tab_stop_of_what_can_be_opened_shows_its_focus(
    qtbot: QtBot, labelled: Application, folder: Path
) -> None:
    window = labelled.window
    window.news.dismiss()
    labelled.window_commands.choose_view("gallery")
    window.search_bar.open_for("similar", [folder / "img1.png"], 8)
    for section in (window.unsure_section, window.learning_section, window.none_section):
        section.set_open(True)
    window.resize(1280, 1000)
    window.actions_["show_folders"].setChecked(True)
    window.folders.show_folders(PanelFolders().with_folder(folder))
    scroll = window.folders.parentWidget().parentWidget()
    assert isinstance(scroll, QScrollArea)
    # The panel grows with its folders.
    qtbot.waitUntil(lambda: window.folders.list.isVisible() and scroll.verticalScrollBar().maximum() == 0)

    assert tagged(window) == []
    assert without_ring(window) == []


def test_label_now_and_export_are_reached_by_tab_and_work(qtbot: QtBot, labelled: Application) -> None:
    window = labelled.window
    export = window.toolbar.widgetForAction(window.actions_["export"])
    assert isinstance(export, QToolButton)
    window.actions_["start"].setEnabled(True)
    stops = tab_stops(window)
    assert export in stops
    assert window.toolbar.start_button in stops

    for button, action in ((export, "export"), (window.toolbar.start_button, "start")):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        window.actions_[action].triggered.disconnect()
        with qtbot.waitSignal(window.actions_[action].triggered):
            qtbot.keyClick(button, Qt.Key.Key_Space)


def test_after_the_samples_the_focus_is_in_the_table(qtbot: QtBot, application: Application) -> None:
    application.window.activateWindow()
    application.window.labels.focus_input()

    application.window.drop_zone.samples_button.click()

    qtbot.waitUntil(lambda: QApplication.focusWidget() is application.window.table, timeout=30_000)


def test_after_the_samples_replace_pictures_the_focus_is_in_the_table(
    qtbot: QtBot, application: Application, tmp_path: Path
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "one.png")
    application.desk_commands.add_paths([tmp_path / "one.png"])
    qtbot.waitUntil(lambda: application.window.shows_results)
    application.window.activateWindow()
    application.window.labels.focus_input()

    application.window.actions_["samples"].trigger()

    qtbot.waitUntil(lambda: application.model.rowCount() > 1, timeout=30_000)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is application.window.table)


def test_a_tab_stop_without_a_ring_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    plain = QWidget(window)
    plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    plain.setAccessibleName("plain")
    plain.setGeometry(20, 20, 50, 50)
    with qtbot.waitExposed(window):
        window.show()

    assert without_ring(window) == ["QWidget  plain"]


def test_every_control_of_the_window_has_an_accessible_name_and_a_role(labelled: Application) -> None:
    window = labelled.window
    window.labels.edit_templates()

    assert nameless(window) == []
    assert roleless(window) == []
    assert tagged(window) == []
