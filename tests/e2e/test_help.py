"""The Help menu: licences, and the page with new versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from clipdesk import __version__, resources
from clipdesk.gui.application import Application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.window.licences_dialog import LicencesDialog


@pytest.fixture
def window_only(qtbot: QtBot, preferences: Preferences) -> Iterator[Application]:
    """The window without a model, which nothing here needs."""
    application = Application(Start(), preferences)
    with qtbot.waitExposed(application.window):
        application.window.show()
    yield application
    application.window.close()
    application.stop()


class Browser(QObject):
    """Takes the place of the system's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    yield browser
    QDesktopServices.unsetUrlHandler("https")


@pytest.fixture
def own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The resources of a built app, apart from the checkout's."""
    folder = tmp_path / "clipdesk" / "resources"
    (folder / "licences").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", folder.parent)
    return folder


def test_a_dialog_that_is_closed_before_the_licences_are_read_does_no_harm(
    qtbot: QtBot, window_only: Application, own_resources: Path
) -> None:
    (own_resources / "licences" / "clipdesk.txt").write_text("ours", encoding="utf-8")
    (own_resources / "licences" / "third-party.txt").write_text("theirs", encoding="utf-8")
    window_only.window.actions_["licences"].trigger()
    (dialog,) = window_only.window.findChildren(LicencesDialog)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()

    qtbot.waitUntil(lambda: not window_only.labelling.background.is_busy, timeout=10_000)


def test_check_for_updates_opens_the_release_page(
    window_only: Application, browser: Browser, own_resources: Path
) -> None:
    (own_resources / "release-page.txt").write_text("https://example.org/clipdesk/releases\n", encoding="utf-8")

    window_only.window.actions_["check_updates"].trigger()

    assert browser.opened == ["https://example.org/clipdesk/releases"]


@pytest.mark.parametrize("content", [None, "file:///etc/passwd"])
def test_a_copy_without_a_release_page_says_so(
    window_only: Application, browser: Browser, own_resources: Path, content: str | None
) -> None:
    if content is not None:
        (own_resources / "release-page.txt").write_text(content, encoding="utf-8")

    window_only.window.actions_["check_updates"].trigger()

    assert browser.opened == []
    assert __version__ in window_only.window.news.text.text()


def test_a_built_app_shows_the_licences_that_its_build_gathered(
    qtbot: QtBot, window_only: Application, own_resources: Path
) -> None:
    (own_resources / "licences" / "clipdesk.txt").write_text("ours", encoding="utf-8")
    (own_resources / "licences" / "third-party.txt").write_text("theirs", encoding="utf-8")

    window_only.window.actions_["licences"].trigger()
    (dialog,) = window_only.window.findChildren(LicencesDialog)
    qtbot.waitUntil(lambda: dialog.others.toPlainText() == "theirs", timeout=10_000)

    assert dialog.own.toPlainText() == "ours"
    dialog.close()
