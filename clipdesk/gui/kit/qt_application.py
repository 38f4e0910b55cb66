"""The QApplication of the process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from clipdesk import __version__
from clipdesk.gui.kit.icons import app_icon


def make_application() -> QApplication:
    """Return the QApplication, created on the first call, with our name and icon."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else FileOpeningApplication(sys.argv[:1])
    app.setApplicationName("ClipDesk")
    app.setApplicationDisplayName("ClipDesk")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("ClipDesk")
    app.setDesktopFileName("clipdesk")
    app.setWindowIcon(app_icon())
    return app


class FileOpeningApplication(QApplication):
    """Hands over every file or folder that the system asks it to open while it runs.

    macOS does so by events instead of arguments, also at the start, before the window can open anything: paths are kept
    until `open_files_with` is called. An event filter would do too, but Qt calls it for every event of every widget.
    """

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._open: Callable[[Sequence[Path]], object] | None = None
        self._waiting: list[Path] = []

    def open_files_with(self, open_paths: Callable[[Sequence[Path]], object]) -> None:
        """Call `open_paths` with the paths so far, and with every path from now on."""
        self._open = open_paths
        if self._waiting:
            open_paths(self._waiting)
        self._waiting = []

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            path = Path(event.file())
            if self._open is None:
                self._waiting.append(path)
            else:
                self._open([path])
            return True
        return super().event(event)
