"""Open files in other programs, and say so if there is none."""

from __future__ import annotations

from pathlib import Path

from clipdesk.gui.kit.desktop import open_in_viewer, reveal_in_file_manager
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.window.main_window import MainWindow


def open_file(window: MainWindow, path: Path) -> None:
    """Open a picture in the system's viewer."""
    if not open_in_viewer(path):
        _say(window, tr("No program on this computer opens “{file}” for ClipDesk."), path)


def reveal(window: MainWindow, path: Path) -> None:
    """Show a file in the system's file manager."""
    words = tr("No file manager on this computer shows “{file}” for ClipDesk.")
    reveal_in_file_manager(path, on_failed=lambda: _say(window, words, path))


def _say(window: MainWindow, words: str, path: Path) -> None:
    remedy = tr("On Linux, install the package xdg-utils.")
    window.news.show_news(f"{words.format(file=path)} {remedy}", level="warn")
