"""Open files in other programs, and say so if there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from clipdesk import __version__
from clipdesk.gui.kit.desktop import open_in_viewer, reveal_in_file_manager
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.resources import release_page


def open_file(window: MainWindow, path: Path) -> None:
    """Open a picture in the system's viewer."""
    if not open_in_viewer(path):
        _say(window, tr("No program on this computer opens “{file}” for ClipDesk."), path)


def reveal(window: MainWindow, path: Path) -> None:
    """Show a file in the system's file manager."""
    words = tr("No file manager on this computer shows “{file}” for ClipDesk.")
    reveal_in_file_manager(path, on_failed=lambda: _say(window, words, path))


def open_release_page(window: MainWindow) -> None:
    """Open the page with releases in the browser. ClipDesk itself sends nothing, and never looks by itself."""
    address = release_page()
    if not address:
        words = tr("This copy of ClipDesk does not say where new versions are published. It is version {version}.")
        window.news.show_news(words.format(version=__version__))
    elif not QDesktopServices.openUrl(QUrl(address)):
        words = tr("No browser opened. New versions are at {address}.")
        window.news.show_news(words.format(address=address), level="warn", timeout_ms=0)


def _say(window: MainWindow, words: str, path: Path) -> None:
    remedy = tr("On Linux, install the package xdg-utils.")
    window.news.show_news(f"{words.format(file=path)} {remedy}", level="warn")
