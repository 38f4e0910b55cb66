from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clipdesk import __version__
from clipdesk.gui.kit.error_dialog import (
    ErrorDialog,
    ExceptionReporter,
    install_excepthook,
    show_error,
    without_secrets,
)

#: Of the offscreen platform, about hints for a window manager that is not there.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def reporter(qtbot: QtBot) -> Iterator[ExceptionReporter]:
    reporter = install_excepthook(lambda: None)
    yield reporter
    reporter.uninstall()


def raise_in_hook(message: str) -> None:
    """Do what Python does with an uncaught exception."""
    try:
        raise ValueError(message)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_details_are_hidden_until_they_are_opened(qtbot: QtBot) -> None:
    dialog = show_error(None, "It broke", "Something went wrong.", "Traceback: line 1")
    qtbot.addWidget(dialog)
    folded = dialog.details.isVisible()
    height = dialog.height()

    qtbot.mouseClick(dialog.details_button, Qt.MouseButton.LeftButton)

    assert not folded
    assert dialog.details.isVisible()
    assert dialog.details.toPlainText() == "Traceback: line 1"
    assert dialog.height() > height
    assert not dialog.isModal()


def test_without_details_there_is_no_details_button(qtbot: QtBot) -> None:
    dialog = ErrorDialog(None, "It broke", "Something went wrong.", "")
    qtbot.addWidget(dialog)
    dialog.show()

    assert not dialog.details_button.isVisible()


def test_the_report_has_versions_and_no_home_folder(qtbot: QtBot) -> None:
    dialog = show_error(None, "It broke", "Something", f'File "{Path.home() / "pictures" / "a.jpg"}"')
    qtbot.addWidget(dialog)

    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)

    report = QGuiApplication.clipboard().text()
    assert f"ClipDesk {__version__}" in report
    assert f"Qt {qVersion()}" in report
    assert "It broke" in report
    assert str(Path.home()) not in report
    assert str(Path("~/pictures/a.jpg")) in report


@pytest.mark.parametrize(
    "text",
    [
        "https://host/clip/embed?api_key=CANARY&x=1",
        "{'api_key': 'CANARY', 'image': 1}",
        "Authorization: Bearer CANARY",
        'token="CANARY"',
        "API-KEY = CANARY",
    ],
)
def test_keys_are_removed_from_reports(text: str) -> None:
    assert "CANARY" not in without_secrets(text)


def test_other_words_are_not_removed_from_reports() -> None:
    text = "KeyError: 'key'\n  File x.py, line 3: tokens() = panel; CUDA out of memory"

    assert without_secrets(text) == text


def test_a_folder_whose_name_starts_like_home_is_not_replaced() -> None:
    assert without_secrets(f"{Path.home()}-old/x") == f"{Path.home()}-old/x"


def test_an_uncaught_error_is_shown_once(qtbot: QtBot, reporter: ExceptionReporter) -> None:
    with qtbot.waitSignal(reporter.error_shown) as caught:
        raise_in_hook("first")
    assert caught.args is not None
    dialog = caught.args[0]
    qtbot.addWidget(dialog)

    with qtbot.assertNotEmitted(reporter.error_shown, wait=100):
        raise_in_hook("again, from the same line")

    assert "ValueError: first" in dialog.details.toPlainText()


def test_errors_are_logged_each_time(
    qtbot: QtBot, reporter: ExceptionReporter, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(reporter.error_shown) as caught:
        for message in ("one", "two"):
            raise_in_hook(message)
    assert caught.args is not None
    qtbot.addWidget(caught.args[0])

    assert "ValueError: one" in caplog.text
    assert "ValueError: two" in caplog.text


def test_an_error_in_a_thread_is_shown_in_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    reporter = install_excepthook(lambda: window)

    def work() -> None:
        raise RuntimeError("in a thread")

    try:
        with qtbot.waitSignal(reporter.error_shown) as caught:
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
    finally:
        reporter.uninstall()

    assert caught.args is not None
    dialog = caught.args[0]
    assert dialog.parent() is window
    assert "in a thread" in dialog.details.toPlainText()


def test_ctrl_c_is_left_to_python(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    before: list[str] = []
    original = sys.excepthook
    sys.excepthook = lambda kind, error, trace: before.append(kind.__name__)
    reporter = install_excepthook(lambda: None)
    try:
        with qtbot.assertNotEmitted(reporter.error_shown, wait=50):
            sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    finally:
        reporter.uninstall()
        sys.excepthook = original

    assert before == ["KeyboardInterrupt"]
