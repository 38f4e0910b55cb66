"""Another language: the window opens again with the same desk. In a process of its own, started as a person does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs settings in a folder of the test")

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from clipdesk.__main__ import main
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.labels.typed_labels import parse_typed_labels
from clipdesk.gui.application import Application

begin = Application.begin
windows = []

def state(application):
    desk = application.labelling.desk
    rows, ids = desk.corrections
    names = [desk.label_set.by_id(one).name for one in ids.tolist()]
    return len(desk), desk.label_set.names, rows.tolist(), names, application.model.sort_key

def show(application):
    window = application.window
    menu = window.menuBar().actions()[0].text()
    print(menu, window.toolbar.start_button.text(), state(application), sep="|", flush=True)

def is_done(application):
    labelling = application.labelling
    return len(labelling.desk) == 8 and not (labelling.is_running or labelling.is_scanning or labelling.is_loading)

def first(application):
    desk = application.labelling.desk
    application.labelling.correct([3], desk.label_set.ids[1])
    application.model.sort_by_key("name", descending=True)
    show(application)
    application.window_commands.show_preferences()
    dialog = application.window.findChild(PreferencesDialog)
    assert not dialog.reopen_button.isVisible()
    dialog.language.setCurrentIndex(dialog.language.findData("ko"))
    assert dialog.reopen_button.isVisible()
    dialog.reopen_button.click()

def second(application):
    show(application)
    application.window.close()

steps = [first, second]

def watch(application):
    if is_done(application):
        application.watching.stop()
        steps.pop(0)(application)

def begin_and_watch(self, labels=None):
    begin(self, labels)
    if len(steps) == 2:
        self.labelling.set_label_set(LabelSet(parse_typed_labels("red, blue")))
    self.watching = QTimer(self, interval=20)
    self.watching.timeout.connect(lambda: watch(self))
    self.watching.start()

Application.begin = begin_and_watch
from clipdesk.gui.settings.preferences_dialog import PreferencesDialog
sys.exit(main(sys.argv[1:]))
"""


def test_the_window_opens_again_in_korean_with_the_same_desk(
    folder: Path, tiny_model_dir: Path, tmp_path: Path
) -> None:
    (folder / "broken.jpg").unlink()
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "en_US.UTF-8",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "CLIPDESK_CACHE_DIR": str(tmp_path / "cache"),
        "CLIPDESK_DATA_DIR": str(tmp_path / "data"),
        "PYTHONIOENCODING": "utf-8",
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), "--model", f"local-dir:{tiny_model_dir}"],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        env=environment,
    )

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    english, korean = (line.split("|") for line in done.stdout.splitlines())
    assert english[:2] == ["&File", "Label now"]
    assert korean[:2] == ["파일(&F)", "라벨 붙이기"]
    assert english[2] == korean[2]  # pictures, labels, corrections and the order
    assert "'blue'" in korean[2]
