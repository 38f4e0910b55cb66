"""A virtual screen for tests: shows programs, looks at their pixels, and moves mouse and keyboard as a person does.

Needs Xvfb, openbox and xdotool. The pixels are read by PySide6, which the environment of the build has.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

SIZE = (1600, 900)
DRAG_SOURCE = Path(__file__).resolve().parent.parent / "tests" / "e2e" / "drag_source.py"
#: Pixels that are not black where a window is. openbox leaves the screen black.
_WINDOW_PIXELS = 300_000


class Screen:
    """One X server with a window manager. Create it with `screen()`."""

    def __init__(self, display: str, stack: ExitStack) -> None:
        self.display = display
        self._stack = stack
        os.environ["DISPLAY"], os.environ["QT_QPA_PLATFORM"] = display, "xcb"
        from PySide6.QtGui import QGuiApplication

        self._application = QGuiApplication([])
        # Before its server ends, and although a failed test still refers to it: there can be only one.
        stack.callback(self._application.shutdown)

    def start(self, command: Sequence[str], **options: object) -> subprocess.Popen[str]:
        """Start a program on this screen. It is ended with the screen."""
        process = self._stack.enter_context(subprocess.Popen(command, text=True, **options))  # type: ignore[call-overload]
        self._stack.callback(process.kill)
        return process  # type: ignore[no-any-return]

    def shows_window(self) -> bool:
        """Return whether a window of the app's size is painted."""
        return self._pixels() >= _WINDOW_PIXELS

    def save(self, path: Path) -> None:
        """Save a picture of the screen."""
        self._grab().save(str(path))

    def keys(self, *names: str) -> None:
        """Press keys, named as in `xdotool key`."""
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)
            time.sleep(0.15)  # as fast as a person; dialogs need time to open

    def windows(self, title: str) -> int:
        """Return how many visible windows have this title."""
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        return len(subprocess.run(command, capture_output=True, text=True).stdout.split())

    def type(self, text: str) -> None:
        """Type a text, a key after the other."""
        self._xdotool("type", "--delay", "30", text)

    def drag(self, path: str, to: tuple[int, int]) -> str:
        """Drag a file from another program to a place on the screen, and return what was done there: CopyAction."""
        source = self.start([sys.executable, str(DRAG_SOURCE), path], stdout=subprocess.PIPE)
        assert source.stdout is not None
        x, y = map(int, source.stdout.readline().split()[1:])
        self._xdotool("mousemove", str(x), str(y))
        self._xdotool("mousedown", "1")
        for step in range(1, 21):
            place = (start + (end - start) * step // 20 for start, end in zip((x, y), to, strict=True))
            self._xdotool("mousemove", *map(str, place))
            time.sleep(0.02)
        self._xdotool("mousemove", str(to[0] + 2), str(to[1] + 2))
        time.sleep(0.5)  # until the target has answered that it would take it
        self._xdotool("mouseup", "1")
        action = source.stdout.readline().split()[1]
        time.sleep(3)  # the target asks the source for the data only now
        source.kill()
        source.wait()
        return action

    def _grab(self):  # type: ignore[no-untyped-def]
        return self._application.primaryScreen().grabWindow(0).toImage()

    def _pixels(self) -> int:
        """Return about how many pixels are not black, from every eighth in both directions."""
        image = self._grab()
        black = 0xFF000000
        bright = sum(
            image.pixel(x, y) != black for y in range(0, image.height(), 16) for x in range(0, image.width(), 16)
        )
        return 256 * bright

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], check=True)


@contextmanager
def screen() -> Iterator[Screen]:
    """Run an X server with a window manager until the end of the block."""
    with ExitStack() as stack:
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-ac"]
        server = stack.enter_context(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        )
        stack.callback(server.kill)
        assert server.stdout is not None
        display = f":{server.stdout.readline().strip()}"
        result = Screen(display, stack)
        result.start(["openbox"], stderr=subprocess.DEVNULL)
        yield result


def wait_until(is_true: Callable[[], object], timeout_s: float, what: str, interval_s: float = 0.1) -> float:
    """Wait until `is_true`, and return how long it took in seconds. Raises TimeoutError."""
    started_s = time.monotonic()
    while not is_true():
        if time.monotonic() - started_s > timeout_s:
            raise TimeoutError(f"{what}: not within {timeout_s:.0f} s")
        time.sleep(interval_s)
    return time.monotonic() - started_s
