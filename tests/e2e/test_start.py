"""Start `clipdesk` in a separate process, as a person does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

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


def started(program: str, folder: Path, *arguments: str) -> list[str]:
    """Return what a start on the samples, or with other arguments, prints. The exit code must be 0."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),
        "CLIPDESK_CACHE_DIR": str(folder / "cache"),
        "CLIPDESK_DATA_DIR": str(folder / "data"),
    }
    program = f"{PREFACE}\n{program}\nsys.exit(main({list(arguments or ['--samples'])}))"
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


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with three pictures, whose name a file manager has to quote."""
    folder = tmp_path / "my 사진 & more"
    folder.mkdir()
    for name in ("a.png", "b.png", "c.png"):
        Image.new("RGB", (8, 8)).save(folder / name)
    return folder


def test_a_folder_and_then_a_desk_from_the_file_manager_are_opened(tmp_path: Path, pictures: Path) -> None:
    assert started("", tmp_path, str(pictures)) == ["rows 3"]

    (kept,) = (tmp_path / "data").rglob("*.clipdesk")
    desk = shutil.copy(kept, tmp_path / "My holiday.clipdesk")
    shutil.rmtree(tmp_path / "data")
    # macOS sends what is opened in Finder as an event, here before the window can open anything.
    send = f"""
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
sent = []
def painted(self, event):
    paint(self, event)
    if not sent:
        sent.append(QFileOpenEvent(QUrl.fromLocalFile({str(desk)!r})))
        QCoreApplication.sendEvent(QCoreApplication.instance(), sent[0])
MainWindow.paintEvent = painted
"""

    assert started(send, tmp_path, "--device", "cpu") == ["rows 3"]


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


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":987"}, {"QT_QPA_PLATFORM": "bogus"}])
def test_without_a_display_one_sentence_names_the_commands(display: dict[str, str], tmp_path: Path) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in names} | display
    environment |= {"XDG_CONFIG_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-m", "clipdesk"], capture_output=True, text=True, timeout=120, env=environment
    )

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "--headless" in done.stderr
    assert "clipdesk label" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--headless", "out", "--samples"]])
def test_a_missing_library_of_the_system_is_named_in_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    program = f"""
import sys
class NoEgl:
    def find_spec(self, name, *_):
        if name == "PySide6.QtGui":
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
sys.meta_path.insert(0, NoEgl())
from clipdesk.__main__ import main
sys.exit(main({arguments}))
"""

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, cwd=tmp_path)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "libEGL.so.1" in done.stderr
    assert "clipdesk label" in done.stderr
