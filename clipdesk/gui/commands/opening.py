"""Open files in other programs, and say so if there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from clipdesk import __version__
from clipdesk.gui.kit.desktop import open_in_viewer, reveal_in_file_manager
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.resources import release_page


def open_file(window: MainWindow, path: Path) -> None:
    """Open a picture in the system's viewer."""
    if not open_in_viewer(path):
        _say(
            window, QCoreApplication.translate("opening", "No program on this computer opens “{}” for ClipDesk."), path
        )


def reveal(window: MainWindow, path: Path) -> None:
    """Show a file in the system's file manager."""
    words = QCoreApplication.translate("opening", "No file manager on this computer shows “{}” for ClipDesk.")
    reveal_in_file_manager(path, on_failed=lambda: _say(window, words, path))


def open_release_page(window: MainWindow) -> None:
    """Open the page with releases in the browser. ClipDesk itself sends nothing, and never looks by itself."""
    address = release_page()
    if not address:
        words = QCoreApplication.translate(
            "opening", "This copy of ClipDesk does not say where new versions are published. It is version {}."
        )
        window.news.show_news(words.format(__version__))
    elif not QDesktopServices.openUrl(QUrl(address)):
        words = QCoreApplication.translate("opening", "No browser opened. New versions are at {}.")
        window.news.show_news(words.format(address), level="warn", timeout_ms=0)


def _say(window: MainWindow, words: str, path: Path) -> None:
    remedy = QCoreApplication.translate("opening", "On Linux, install the package xdg-utils.")
    window.news.show_news(f"{words.format(path)} {remedy}", level="warn")
