"""What is said in a terminal, and by exit codes."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from clipdesk.cli.table import printable, text_table
from clipdesk.core.errors import ExportError

if TYPE_CHECKING:
    from clipdesk.core.export.rows import ResultRow
    from clipdesk.encoders.models.progress import LoadProgress

OK, FAILED, WRONG_ARGUMENTS, SOME_UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130


def fail(message: str, code: int = FAILED) -> int:
    """Say in one line what is wrong, and return the exit code."""
    tell(f"clipdesk: {printable(message)}")
    return code


def tell(text: str, end: str = "\n") -> None:
    """Say something on standard error. Nobody has to listen: the work goes on when the reader is gone."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        _let_go(sys.stderr)


def put_out(lines: Iterable[str]) -> None:
    """Write lines to standard output, escaping what its encoding lacks. Raises ExportError when the disk is full.

    A reader that has seen enough (head, less) ends the lines and nothing else.
    """
    encoding = sys.stdout.encoding or "utf-8"
    try:
        for line in lines:
            print(line.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)
    except OSError as error:
        _let_go(sys.stdout)
        raise ExportError(f"The results could not be written to standard output: {error.strerror}.") from error


def _let_go(stream: IO[str]) -> None:
    """Lead a stream that cannot be written to nowhere: else its last lines fail once more at exit, with code 120."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def open_closed_streams() -> None:
    """Streams are None where a script closed them (`2>&-`), and in a window program on Windows."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def notice(text: str) -> None:
    """What takes long; on a terminal in the place of the bar, which is drawn again with the next pictures."""
    tell(f"\r\x1b[K{text}" if sys.stderr.isatty() else text)


def print_table(rows: Sequence[ResultRow], names: Sequence[str]) -> None:
    """Print results as a table."""
    put_out(text_table(rows, names))


def report_headless(
    message: str, rows: Sequence[ResultRow], names: Sequence[str], files: Sequence[Path], ok: bool
) -> int:
    """Print what a run without a display gave, and where it is."""
    if rows:
        print_table(rows, names)
    put_out(f"Saved {path}" for path in files)
    if message:
        put_out([message])
    return OK if ok else FAILED


@contextmanager
def interrupt_sets() -> Iterator[threading.Event]:
    """An event that the first Ctrl+C or `kill` sets; the second interrupts at once."""
    event = threading.Event()

    def on_interrupt(number: int, frame: object) -> None:
        signal.signal(number, signal.default_int_handler)
        event.set()

    previous = {number: signal.signal(number, on_interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield event
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


class ProgressLine:
    """Progress on standard error: a bar on a terminal, a plain line every few seconds otherwise."""

    _INTERVAL_S = 5.0
    _BAR_COLUMNS = 24

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._started = time.monotonic()
        self._shown = self._started
        self._open = False

    def show(self, done: int, total: int, more: str = "") -> None:
        seconds = time.monotonic() - self._started
        speed = done / max(seconds, 1e-6)
        left = (total - done) / max(speed, 1e-6)
        self._say(done / max(total, 1), f"{done:,} of {total:,} · {speed:.1f} a second · {left:.0f} s left{more}")

    def show_load(self, progress: LoadProgress) -> None:
        if progress.total_bytes:
            share = progress.done_bytes / progress.total_bytes
            size = f"{progress.done_bytes / 1e6:,.0f} of {progress.total_bytes / 1e6:,.0f} MB"
            self._say(share, f"{progress.stage} · {size}")
        elif self._terminal:
            self._say(0.0, progress.stage)

    def end(self) -> None:
        if self._open:
            tell("")
            self._open = False

    def _say(self, share: float, text: str) -> None:
        if self._terminal:
            full = round(self._BAR_COLUMNS * min(share, 1.0))
            bar = "█" * full + "░" * (self._BAR_COLUMNS - full)
            tell(f"\r\x1b[K{bar} {text}", end="")
            self._open = True
        elif time.monotonic() - self._shown >= self._INTERVAL_S:
            self._shown = time.monotonic()
            tell(text)
