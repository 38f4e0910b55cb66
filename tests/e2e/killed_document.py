"""Open a document in the window, correct an image, and wait to be killed. Run by a test."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from color_encoder import ColorEncoder
from PySide6.QtCore import QEventLoop, QSettings, QTimer

from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start


def main(document: str, settings: str) -> None:
    make_application()
    preferences = Preferences(QSettings(settings, QSettings.Format.IniFormat))
    application = Application(Start(paths=(Path(document),)), preferences, load=lambda *_, **__: ColorEncoder())
    labelling, loop = application.labelling, QEventLoop()
    application.autosave.desk_opened.connect(loop.quit)
    application.window.show()
    application.begin()
    loop.exec()
    labelling.correct([6], labelling.desk.label_set.ids[2])
    QTimer.singleShot(2000, lambda: print("two seconds after the last change", flush=True))
    loop.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
