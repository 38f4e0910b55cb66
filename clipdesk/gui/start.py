"""The start of the window: its frame is shown at once, and all behind it is built when that is on the screen.

So this module imports nothing that takes long: no numpy, and no part of the window but the frame.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from clipdesk.gui.kit import theme
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.window.main_window import MainWindow

if TYPE_CHECKING:
    from clipdesk.gui.application import Application

#: A window that starts minimised is not painted.
_LATEST_MS = 500
#: How often Python looks for Ctrl+C.
_SIGNALS_MS = 200


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
    from clipdesk.gui.kit.error_dialog import install_excepthook

    install_excepthook(lambda: window)  # first: what follows may fail
    from clipdesk.gui.application import Application

    return Application(start, preferences, window=window)
