"""Open a folder in the window, and print what was known before torch was imported. Run by a test."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings

from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start


def main(folder: str, model: str, settings: str) -> None:
    make_application()
    preferences = Preferences(QSettings(settings, QSettings.Format.IniFormat))
    application = Application(Start(paths=(Path(folder),), model=f"local-dir:{model}"), preferences)
    labelling, loop = application.labelling, QEventLoop()
    labelling.job_ended.connect(loop.quit)
    application.window.show()
    application.begin()
    loop.exec()
    desk = labelling.desk
    scores = {
        image.path.name: [desk.scored_labels[desk.scores.best[row]], float(desk.scores.top[row])]
        for row, image in enumerate(desk.images)
        if desk.scores.best[row] >= 0
    }
    place = labelling.encoder.place if labelling.encoder else ""
    print(json.dumps({"torch": "torch" in sys.modules, "scores": scores, "errors": len(desk.errors), "place": place}))
    application.stop()
    application.window.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
