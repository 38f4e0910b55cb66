"""The window on a real display. Prints its position, when a drag is held over it, and the images dropped on it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer

from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start


class HoldReporter(QObject):
    """Prints a line whenever a drag is held over the window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragMove:
            print("held", "here", flush=True)
        return super().eventFilter(watched, event)


def main(settings: Path) -> None:
    app = make_application()
    preferences = Preferences(QSettings(str(settings), QSettings.Format.IniFormat))
    application = Application(Start(), preferences)
    window = application.window
    reporter = HoldReporter()
    window.installEventFilter(reporter)
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
