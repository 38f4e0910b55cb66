"""Start the window: show its frame at once, and build the rest when the frame is on the screen.

For this, the module imports nothing slow: no numpy, and no part of the window except the frame.
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

#: Build the rest after this time at the latest: a window that starts minimised is never painted.
_MAX_DELAY_MS = 500
#: How often Python gets to handle Ctrl+C.
_SIGNAL_INTERVAL_MS = 200


def run(start: Start) -> int:
    """Open the window, and return the exit code after it is closed."""
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
    QTimer.singleShot(_MAX_DELAY_MS, furnish)
    window.show()
    # Python handles Ctrl+C only while its interpreter runs, so run it several times a second.
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(_SIGNAL_INTERVAL_MS)
    code = app.exec()
    for application in opened:
        application.stop()
    return code


def _furnished(start: Start, preferences: Preferences, window: MainWindow) -> Application:
    from clipdesk.gui.kit.error_dialog import install_excepthook

    install_excepthook(lambda: window)  # first, because building the window may fail
    from clipdesk.gui.application import Application

    return Application(start, preferences, window=window)
