"""A real drag between two programs on a real X display. Runs where Xvfb, openbox and xdotool are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image

HERE = Path(__file__).parent
TOOLS = ("Xvfb", "openbox", "xdotool")

pytestmark = [
    pytest.mark.display,
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"),
]

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start programs on a separate X server, and stop them after the test."""
    with ExitStack() as stack:

        def run(*command: str, **environment: str) -> subprocess.Popen[str]:
            process = stack.enter_context(
                subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | environment)
            )
            stack.callback(process.terminate)
            return process

        server = run("Xvfb", "-displayfd", "1", "-screen", "0", "1600x900x24", "-nolisten", "tcp")
        assert server.stdout is not None
        display = {"DISPLAY": f":{server.stdout.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        run("openbox", **display)
        yield lambda *command, **environment: run(*command, **display, **environment)


def wait_for(process: subprocess.Popen[str], word: str) -> list[str]:
    """Return what follows `word` on the next line that begins with it. Fails after a minute without one."""
    assert process.stdout is not None
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    try:
        for line in process.stdout:
            if line.startswith(word):
                return line.split(maxsplit=1)[1].strip().split("\n")
    finally:
        watchdog.cancel()
        watchdog.join()
    pytest.fail(f"the program ended before it said “{word}”")


def place(process: subprocess.Popen[str]) -> tuple[int, int]:
    x, y = wait_for(process, "ready")[0].split()
    return int(x), int(y)


def drag(start: Start, source: tuple[int, int], target: tuple[int, int], is_held: Callable[[], object]) -> None:
    """Press, move in small steps, nudge once more, and release, as toolkits expect from a real mouse.

    Releases once `is_held` returns, which waits until the target has noticed the drag.
    """

    def xdotool(*arguments: object) -> None:
        assert start("xdotool", *map(str, arguments)).wait(10) == 0

    xdotool("mousemove", *source)
    xdotool("mousedown", 1)
    steps = 20
    for step in range(1, steps + 1):
        x, y = (a + (b - a) * step // steps for a, b in zip(source, target, strict=True))
        xdotool("mousemove", "--sync", x, y)
    xdotool("mousemove", "--sync", target[0] + 2, target[1] + 2)
    is_held()
    xdotool("mouseup", 1)


def test_a_folder_dragged_from_another_program_is_copied_not_moved(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "강아지 pictures"
    folder.mkdir()
    Image.new("RGB", (40, 30), "red").save(folder / "one.png")
    target = start(sys.executable, str(HERE / "drag_target.py"), str(tmp_path / "settings.ini"))
    to = place(target)
    source = start(sys.executable, str(HERE / "drag_source.py"), str(folder))

    drag(start, place(source), to, lambda: wait_for(target, "held"))

    assert wait_for(source, "dropped") == ["CopyAction"]
    assert wait_for(target, "image") == [str(folder / "one.png")]
    assert (folder / "one.png").exists()


def test_a_picture_dragged_onto_another_group_of_the_gallery_is_corrected(start: Start, tmp_path: Path) -> None:
    for number in range(12):
        Image.new("RGB", (60, 40), (20 * number, 80, 120)).save(tmp_path / f"{number}.png")
    tests = str(HERE.parent)
    window = start(
        sys.executable, str(HERE / "gallery_window.py"), str(tmp_path), PYTHONPATH=os.pathsep.join((*sys.path, tests))
    )
    x, y, label = wait_for(window, "heading")[0].split(maxsplit=2)
    from_x, from_y, name = wait_for(window, "ready")[0].split(maxsplit=2)

    drag(start, (int(from_x), int(from_y)), (int(x), int(y)), lambda: wait_for(window, "held"))

    assert wait_for(window, "corrected") == [f"{label} {name}"]
