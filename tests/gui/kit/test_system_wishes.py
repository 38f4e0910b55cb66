"""High contrast and less motion, as a real settings portal on a real session bus asks for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit.system_wishes import SystemWishes
from clipdesk.gui.window.news_bar import NewsBar

PORTAL = Path(__file__).resolve().parents[2] / "settings_portal.py"
SYSTEM_PYTHON = "/usr/bin/python3"

PROGRAM = """
import sys
from PySide6.QtCore import QSettings
from clipdesk.gui.application import Application
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start

app = make_application()
application = Application(Start(), Preferences(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
window, wishes = application.window, application.window_commands._wishes

def tell():
    print(theme.tokens() is theme.LIGHT_CONTRAST, window.isAnimated(), window.news.moves_less, flush=True)
    if wishes.less_motion:
        window.close()
        app.quit()

wishes.changed.connect(tell)
app.exec()
application.stop()
"""


def _has_dbus() -> bool:
    if shutil.which("dbus-daemon") is None or not Path(SYSTEM_PYTHON).exists():
        return False
    tried = subprocess.run([SYSTEM_PYTHON, "-c", "import dbus, gi"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.fixture
def portal() -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Start a session bus with a settings portal. Return the portal and the environment to reach it."""
    with ExitStack() as stack:

        def run(*command: str, **environment: str) -> subprocess.Popen[str]:
            process = stack.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                    env=os.environ | environment,
                )
            )  # fmt: skip
            stack.callback(process.terminate)
            return process

        bus = run("dbus-daemon", "--session", "--nofork", "--print-address")
        assert bus.stdout is not None
        environment = {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        process = run(SYSTEM_PYTHON, str(PORTAL), **environment)
        assert process.stdout is not None and process.stdout.readline().startswith("ready")
        yield process, environment


@pytest.mark.skipif(not _has_dbus(), reason="needs dbus-daemon, python3-dbus and python3-gi")
def test_the_window_follows_the_settings_of_the_desktop(
    portal: tuple[subprocess.Popen[str], dict[str, str]], tmp_path: Path
) -> None:
    process, environment = portal
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "settings.ini")]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | environment) as window:
        assert window.stdout is not None and process.stdin is not None
        # high contrast, whether docks are animated, whether messages appear at once
        assert window.stdout.readline() == "True True False\n"
        process.stdin.write("less motion\n")
        process.stdin.flush()
        assert window.stdout.readline() == "True False True\n"
        assert window.wait(30) == 0


def test_without_a_desktop_nothing_is_wished(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    wishes = SystemWishes()

    assert not wishes.less_motion
    assert not wishes.contrast


def test_with_less_motion_messages_appear_at_once(qtbot: QtBot) -> None:
    bar = NewsBar()
    qtbot.addWidget(bar)
    bar.moves_less = True

    bar.show_news("Sorted 12 pictures")

    assert bar.isVisible()
    assert bar.maximumHeight() >= bar.sizeHint().height()
