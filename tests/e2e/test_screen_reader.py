"""The main job by a real AT-SPI client, as Orca is one. Runs where Xvfb, openbox, at-spi2-core and pyatspi are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image

HERE = Path(__file__).parent
TOOLS = ("Xvfb", "openbox", "dbus-daemon")
#: pyatspi is a package of the system, for its own Python.
SYSTEM_PYTHON = "/usr/bin/python3"


def _has_pyatspi() -> bool:
    if not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.display,
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"),
    pytest.mark.skipif(not _has_pyatspi(), reason="needs python3-pyatspi and at-spi2-core"),
]


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Start an X server, a session bus and a window manager, and return the environment to reach them."""
    with ExitStack() as stack:

        def run(*command: str, **environment: str) -> subprocess.Popen[str]:
            process = stack.enter_context(
                subprocess.Popen(
                    command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ | environment
                )
            )
            stack.callback(process.terminate)
            return process

        server = run("Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp")
        assert server.stdout is not None
        display = {"DISPLAY": f":{server.stdout.readline().strip()}"}
        # The bus starts what it activates, such as AT-SPI's own bus, in its own environment.
        bus = run("dbus-daemon", "--session", "--nofork", "--print-address", **display)
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        run("openbox", **display)
        yield display | {"DBUS_SESSION_BUS_ADDRESS": address}


def test_a_screen_reader_does_the_main_job(desktop: dict[str, str], tiny_model_dir: Path, tmp_path: Path) -> None:
    pictures = tmp_path / "사진"
    pictures.mkdir()
    for number in range(3):
        Image.new("RGB", (60, 40), (60 * number, 80, 120)).save(pictures / f"{number}.png")
    environment = os.environ | desktop | {
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    command = [sys.executable, "-m", "clipdesk", "--device", "cpu", "--model", f"local-dir:{tiny_model_dir}"]
    # The system's Python must not see the packages of this one.
    apart = {name: value for name, value in environment.items() if name != "PYTHONPATH"}
    with subprocess.Popen(command, env=environment) as window:
        try:
            reader = subprocess.run(
                [SYSTEM_PYTHON, str(HERE / "screen_reader.py"), str(pictures)],
                capture_output=True, text=True, timeout=120, check=False, env=apart,
            )  # fmt: skip
        finally:
            window.terminate()

    assert reader.returncode == 0, reader.stderr + reader.stdout
    read = dict(line.split(maxsplit=1) for line in reader.stdout.splitlines())
    assert re.fullmatch(r"\d+ without name or role:", read["controls"])
    assert read["folder"] == "3"
    assert re.search(r"\d+ ?%", read["score"])
    assert read["after"].endswith("by you")  # which is said, not only drawn
    assert {read["before"].split(" · ")[0], read["after"].split(" · ")[0]} == {"cat", "beach"}
