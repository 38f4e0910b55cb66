"""Label a folder in the window, correct an image, and wait to be killed. Run by a test."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from color_encoder import ColorEncoder
from PySide6.QtCore import QEventLoop, QSettings, QTimer

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.teaching.rounds import begin_round
from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start


def main(folder: str, settings: str) -> None:
    make_application()
    preferences = Preferences(QSettings(settings, QSettings.Format.IniFormat))
    application = Application(Start(paths=(Path(folder),)), preferences, load=lambda *_, **__: ColorEncoder())
    labelling, loop = application.labelling, QEventLoop()
    labelling.job_ended.connect(lambda _: loop.quit() if not labelling.is_scanning else None)
    application.window.show()
    labelling.set_label_set(LabelSet(tuple(map(Label, ("red", "green", "blue")))))
    application.begin()
    loop.exec()
    labelling.follow_round(begin_round(labelling.desk, 0))
    labelling.correct([1], labelling.desk.label_set.ids[2], in_queue=True)
    QTimer.singleShot(2000, lambda: print("two seconds after the last change", flush=True))
    loop.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
