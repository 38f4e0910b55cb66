"""The QApplication of the process."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from clipdesk import __version__
from clipdesk.gui.kit.icons import app_icon


def make_application() -> QApplication:
    """Return the QApplication, created on the first call, with our name and icon."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("ClipDesk")
    app.setApplicationDisplayName("ClipDesk")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("ClipDesk")
    app.setDesktopFileName("clipdesk")
    app.setWindowIcon(app_icon())
    return app
