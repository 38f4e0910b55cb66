"""Start the window: show its frame at once, and build the rest when the frame is on the screen.

For this, the module imports nothing slow: no numpy, and no part of the window except the frame.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler

from clipdesk.gui.kit import theme
from clipdesk.gui.kit.qt_application import FileOpeningApplication, make_application
from clipdesk.gui.kit.translation import install_language
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.window.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from clipdesk.gui.application import Application

#: Called with Qt's reason if the window cannot be opened. Returns the exit code.
OnNoDisplay = Callable[[str], int]

#: Build the rest after this time at the latest: a window that starts minimised is never painted.
_MAX_DELAY_MS = 500
#: How often Python gets to handle Ctrl+C.
_SIGNAL_INTERVAL_MS = 200


def run(start: Start, on_no_display: OnNoDisplay) -> int:
    """Open the window, and return the exit code after it is closed.

    Without a usable display, calls `on_no_display` and ends the process with the exit code that it returns.
    """
    with _exit_instead_of_abort(on_no_display):
        app = make_application()
    # Python handles Ctrl+C only while its interpreter runs, so run it several times a second.
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(_SIGNAL_INTERVAL_MS)
    preferences, following = Preferences(), start
    while True:
        code, again = _open_window(app, preferences, following)
        if again is None:
            return code
        following = again


def _open_window(app: QApplication, preferences: Preferences, start: Start) -> tuple[int, Start | None]:
    """Open a window and wait until it is closed. Return the exit code, and how to open the next window if one follows.

    Texts are made for the language that was installed before, so a change of language takes a new window. That has the
    desk of the closed one, which was saved as at every end.
    """
    install_language(app, preferences.language)
    theme.apply_theme(app, theme.chosen_scheme(preferences.scheme))
    window = MainWindow(preferences)
    opened: list[Application] = []
    following: list[Start] = []

    def furnish() -> None:
        if not opened and window.isVisible():
            opened.append(_furnished(start, preferences, window))
            opened[0].begin()
            if isinstance(app, FileOpeningApplication):
                app.open_files_with(opened[0].open_paths)

    def on_closing() -> None:
        if window.is_reopening:
            following.extend(application.start_again() for application in opened)

    window.first_painted.connect(furnish, Qt.ConnectionType.QueuedConnection)
    window.closed.connect(on_closing)  # first, before the application stops
    QTimer.singleShot(_MAX_DELAY_MS, window, furnish)
    window.show()
    code = app.exec()
    for application in opened:
        application.stop()
        application.deleteLater()  # before the window, which its timers would use otherwise
    window.deleteLater()
    return code, following[0] if following else None


@contextmanager
def _exit_instead_of_abort(on_no_display: OnNoDisplay) -> Iterator[None]:
    """End the process if Qt finds no usable display, where Qt would abort it after a dozen lines.

    Qt reports this as a fatal message and aborts as soon as the handler returns, so the handler does not return.
    """
    reasons: list[str] = []

    def handle(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        reasons.append(text)
        if kind == QtMsgType.QtFatalMsg:
            os._exit(on_no_display(reasons[0]))

    previous = qInstallMessageHandler(handle)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)


def _furnished(start: Start, preferences: Preferences, window: MainWindow) -> Application:
    from clipdesk.gui.kit.error_dialog import install_excepthook

    install_excepthook(lambda: window)  # first, because building the window may fail
    from clipdesk.gui.application import Application

    return Application(start, preferences, window=window)
