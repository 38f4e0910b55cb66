"""The window on a real display. Prints its position and the images that were dropped on it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer

from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start


def main(settings: Path) -> None:
    app = make_application()
    preferences = Preferences(QSettings(str(settings), QSettings.Format.IniFormat))
    application = Application(Start(), preferences)
    window = application.window
    window.setGeometry(700, 40, 880, 700)
    window.show()

    def say_place() -> None:
        center = window.mapToGlobal(window.rect().center())
        print(f"ready {center.x()} {center.y()}", flush=True)

    def say_images(_rows: object) -> None:
        for image in application.labelling.desk.images:
            print(f"image {image.path}", flush=True)

    application.labelling.desk_changed.connect(say_images)
    QTimer.singleShot(1500, say_place)
    app.exec()
    application.stop()


main(Path(sys.argv[1]))
