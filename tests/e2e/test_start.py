"""Start `clipdesk` in a separate process, as a person does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs settings in a folder of the test")

#: What each test adds is run once the parts below are imported, before the window is.
PREFACE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow
from clipdesk.__main__ import main
from clipdesk.gui.window.main_window import MainWindow

paint, furnish = MainWindow.paintEvent, MainWindow.furnish

def when_rows_are_there(window):
    if window.table.model().rowCount() and window.table.isVisible():
        print("rows", window.table.model().rowCount(), flush=True)
        window.close()

def furnish_and_watch(self, *parts):
    furnish(self, *parts)
    timer = QTimer(self, interval=20)
    timer.timeout.connect(lambda: when_rows_are_there(self))
    timer.start()

MainWindow.furnish = furnish_and_watch
"""


def started(program: str, folder: Path) -> list[str]:
    """Return what a start on the samples prints. The exit code must be 0."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),
        "CLIPDESK_CACHE_DIR": str(folder / "cache"),
    }
    program = f"{PREFACE}\n{program}\nsys.exit(main(['--samples']))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


def test_the_frame_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    watch = """
seen = []
def painted(self, event):
    paint(self, event)
    if not seen:
        seen.append(1)
        print([name for name in ("numpy", "PIL", "sqlite3", "http.client", "torch") if name in sys.modules])
        print(self.drop_zone.isVisible(), self.toolbar.add_button.isVisible())
MainWindow.paintEvent = painted
"""

    assert started(watch, tmp_path) == ["[]", "True True", "rows 26"]


def test_a_window_that_is_never_painted_is_built_too(tmp_path: Path) -> None:
    assert started("MainWindow.paintEvent = QMainWindow.paintEvent", tmp_path) == ["rows 26"]


def test_a_window_closed_at_once_exits_cleanly(tmp_path: Path) -> None:
    close = """
from PySide6.QtCore import QMetaObject, Qt
def painted(self, event):
    QMetaObject.invokeMethod(self, "close", Qt.ConnectionType.QueuedConnection)
    paint(self, event)
MainWindow.paintEvent = painted
MainWindow.furnish = lambda *_: print("furnished")
"""

    assert started(close, tmp_path) == []
