"""The start of the window: its frame is shown at once, and all behind it is built when that is on the screen.

So this module imports nothing that takes long: no numpy, and no part of the window but the frame.
"""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from clipdesk import __version__
from clipdesk.gui import theme
from clipdesk.gui.icons import app_icon
from clipdesk.gui.main_window import MainWindow
from clipdesk.gui.preferences import Preferences

if TYPE_CHECKING:
    from clipdesk.encoders.servers import ServerChoice
    from clipdesk.gui.application import Application

#: A window that starts minimised is not painted.
_LATEST_MS = 500
#: How often Python looks for Ctrl+C.
_SIGNALS_MS = 200


@dataclass(frozen=True)
class Start:
    """What the command line asked for. An empty model means: the one chosen last, or the default."""

    paths: tuple[Path, ...] = ()
    samples: bool = False
    model: str = ""
    device: str = "auto"
    threshold: float | None = None
    server: ServerChoice | None = None
    no_cache: bool = False


def run(start: Start) -> int:
    """Open the window and return the exit code when it is closed."""
    app = make_application()
    preferences = Preferences()
    theme.apply_theme(app, theme.chosen_scheme(preferences.scheme))
    window = MainWindow(preferences)
    opened: list[Application] = []

    def furnish() -> None:
        if not opened and window.isVisible():
            opened.append(_furnished(start, preferences, window))
            opened[0].begin()

    window.first_painted.connect(furnish, Qt.ConnectionType.QueuedConnection)
    QTimer.singleShot(_LATEST_MS, furnish)
    window.show()
    # Python handles Ctrl+C in the terminal only when its interpreter runs: let it, several times a second.
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(_SIGNALS_MS)
    code = app.exec()
    for application in opened:
        application.stop()
    return code


def _furnished(start: Start, preferences: Preferences, window: MainWindow) -> Application:
    from clipdesk.gui.error_dialog import install_excepthook

    install_excepthook(lambda: window)  # first: what follows may fail
    from clipdesk.gui.application import Application

    return Application(start, preferences, window=window)


def make_application() -> QApplication:
    """The one QApplication, with our name and icon."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("ClipDesk")
    app.setApplicationDisplayName("ClipDesk")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("ClipDesk")
    app.setDesktopFileName("clipdesk")
    app.setWindowIcon(app_icon())
    return app
