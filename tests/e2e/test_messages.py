"""What the window says: while a model loads, when a file cannot be opened, and which messages stay."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from clipdesk.core.encoder import Encoder
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.encoders.opening import open_encoder
from clipdesk.gui.application import Application
from clipdesk.gui.labels.model import Role
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.window.first_steps_dialog import FirstStepsDialog
from clipdesk.gui.window.keys_dialog import KeysDialog, key_groups

DOG_AND_CAT = LabelSet((Label("dog"), Label("cat")))


def shown_counts(application: Application) -> list[int | None]:
    model = application.window.labels.model
    return [model.index(row, 0).data(Role.COUNT) for row in range(model.rowCount())]


def label(qtbot: QtBot, application: Application, folder: Path) -> None:
    application.desk_commands.show_labels(DOG_AND_CAT)
    with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
        application.desk_commands.add_paths([folder])


def test_while_a_model_loads_counts_are_unknown_instead_of_0(
    qtbot: QtBot, preferences: Preferences, tiny_model_dir: Path, folder: Path
) -> None:
    may_load = threading.Event()

    def load(model: str, **options: Any) -> Encoder:
        assert may_load.wait(60)
        return open_encoder(model, store=None, **options)

    application = Application(Start(model=f"local-dir:{tiny_model_dir}"), preferences, load=load)
    window = application.window
    try:
        with qtbot.waitExposed(window):
            window.show()
        application.begin()
        application.desk_commands.show_labels(DOG_AND_CAT)
        application.desk_commands.add_paths([folder])
        qtbot.waitUntil(lambda: not application.labelling.is_scanning and window.shows_results)

        qtbot.waitUntil(lambda: shown_counts(application) == [-1, -1])
        assert window.job_bar.text.text() == f"Loading {tiny_model_dir.name}…"

        with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
            may_load.set()
        qtbot.waitUntil(lambda: sum(count or 0 for count in shown_counts(application)) == 8)
    finally:
        may_load.set()
        window.close()
        application.stop()


def test_unreadable_pictures_stay_reported_until_closed_and_only_new_ones_are_reported_again(
    qtbot: QtBot, application: Application, folder: Path, preferences: Preferences, tiny_model_dir: Path
) -> None:
    label(qtbot, application, folder)
    news = application.window.news
    assert news.current is not None and news.current.timeout_ms == 0
    assert news.text.text() == "1 picture could not be read."
    news.close_button.click()
    application.window.close()

    again = Application(Start(model=f"local-dir:{tiny_model_dir}"), preferences)
    try:
        with qtbot.waitSignal(again.labelling.encoder_changed, timeout=60_000):
            again.begin()
        label(qtbot, again, folder)
        assert again.window.news.current is None

        (folder / "broken too.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut off")
        with qtbot.waitSignal(again.labelling.job_ended, timeout=60_000):
            again.desk_commands.add_paths([folder / "broken too.jpg"])
        assert again.window.news.text.text() == "2 pictures could not be read."
    finally:
        again.window.close()
        again.stop()


def test_the_report_goes_when_its_pictures_go(qtbot: QtBot, application: Application, folder: Path) -> None:
    label(qtbot, application, folder)
    news = application.window.news
    report = news.current
    assert report is not None

    application.desk_commands.clear()

    news.close_news()  # the offer to undo
    assert news.current is not report


@pytest.fixture
def no_opener() -> Iterator[None]:
    """The offscreen platform opens no files, like a desktop without xdg-open."""
    QDesktopServices.unsetUrlHandler("file")
    yield


@pytest.mark.usefixtures("no_opener")
def test_a_picture_that_no_program_opens_is_reported(qtbot: QtBot, application: Application, folder: Path) -> None:
    label(qtbot, application, folder)
    application.window.table.selectRow(0)

    application.window.actions_["open_picture"].trigger()

    text = application.window.news.text.text()
    assert text.startswith("No program on this computer opens “")
    assert "xdg-utils" in text


@pytest.mark.usefixtures("no_opener")
def test_a_folder_that_no_program_shows_is_reported(qtbot: QtBot, application: Application, folder: Path) -> None:
    label(qtbot, application, folder)
    application.window.table.selectRow(0)

    application.window.actions_["reveal"].trigger()

    qtbot.waitUntil(lambda: application.window.news.text.text().startswith("No file manager on this computer"))


def test_the_keys_are_those_of_the_actions(qtbot: QtBot, application: Application) -> None:
    actions = application.window.actions_
    actions["export"].setShortcut("Ctrl+Alt+9")

    rows = {row.text: row.keys for group in key_groups(application.window.menuBar()) for row in group.rows}

    assert rows["Export"] == "Ctrl+Alt+9"
    assert rows["Undo"] == "Ctrl+Z"
    assert rows["Quick look"] == "Space"
    assert rows["Keys"] == "?"
    assert rows["None of these"] == "0"


def test_a_question_mark_shows_the_keys_and_help_the_first_steps(qtbot: QtBot, application: Application) -> None:
    window = application.window
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()

    qtbot.keyClick(window, "?")
    window.actions_["first_steps"].trigger()

    assert window.findChild(KeysDialog) is not None
    steps = window.findChild(FirstStepsDialog)
    assert steps is not None
    with qtbot.waitSignal(window.actions_["samples"].triggered):
        steps.samples_button.click()
