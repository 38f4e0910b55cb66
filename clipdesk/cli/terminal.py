"""Terminal output, progress, signals and exit codes of the commands."""

from __future__ import annotations

import logging
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
from clipdesk.core.reasons import os_reason

if TYPE_CHECKING:
    from clipdesk.core.export.rows import ResultRow
    from clipdesk.encoders.models.progress import LoadProgress

OK, FAILED, WRONG_ARGUMENTS, SOME_UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130


def start_logging(*, verbose: bool, form: str = logging.BASIC_FORMAT) -> None:
    """Log warnings to standard error, and with `verbose` everything that contains no secrets."""
    logging.basicConfig(level=logging.DEBUG if verbose else logging.WARNING, format=form)
    # These log the headers of answers, to which a server may copy the key that it was sent, and every EXIF tag of a
    # picture, including where it was taken.
    for name in ("httpx2", "httpcore2", "httpx", "httpcore", "PIL"):
        logging.getLogger(name).setLevel(logging.WARNING)


def fail(message: str, code: int = FAILED) -> int:
    """Print an error in one line on standard error, and return the exit code."""
    tell(f"clipdesk: {printable(message)}")
    return code


def tell(text: str, end: str = "\n") -> None:
    """Print text on standard error. The work goes on if the stream's reader has gone."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


def put_out(lines: Iterable[str]) -> None:
    """Write lines to standard output, escaping characters that its encoding lacks.

    A reader that closes the pipe early (head, less) ends the output without an error. Raises ExportError for other
    failures, such as a full disk.
    """
    encoding = sys.stdout.encoding or "utf-8"
    try:
        for line in lines:
            print(line.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        _discard(sys.stdout)
        raise ExportError(f"The results could not be written to standard output: {os_reason(error)}.") from error


def _discard(stream: IO[str]) -> None:
    """Redirect a broken stream to the null device: otherwise flushing it at exit fails again, with exit code 120."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def open_closed_streams() -> None:
    """Replace missing standard streams by the null device.

    They are None if a script closed them (`2>&-`), and in programs without a console on Windows.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def notice(text: str) -> None:
    """Print a message about a long wait. On a terminal it overwrites the progress bar, which is redrawn later."""
    tell(f"\r\x1b[K{text}" if sys.stderr.isatty() else text)


def print_table(rows: Sequence[ResultRow], names: Sequence[str]) -> None:
    """Print results as a table on standard output. `names` are the labels."""
    put_out(text_table(rows, names))


def report_headless(
    message: str, rows: Sequence[ResultRow], names: Sequence[str], files: Sequence[Path], ok: bool
) -> int:
    """Print the results, files and message of a run without a display, and return the exit code."""
    if rows:
        print_table(rows, names)
    put_out(f"Saved {path}" for path in files)
    if message:
        put_out([message])
    return OK if ok else FAILED


@contextmanager
def interrupt_sets() -> Iterator[threading.Event]:
    """Yield an event that the first SIGINT (Ctrl+C) or SIGTERM sets; the second one raises KeyboardInterrupt."""
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
    """Shows progress on standard error: a bar on a terminal, otherwise a line every few seconds."""

    _INTERVAL_S = 5.0
    _BAR_COLUMNS = 24

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._started = time.monotonic()
        self._shown_at = self._started
        self._has_bar = False

    def show(self, done: int, total: int, more: str = "", *, unit: str = "") -> None:
        """Show the number of finished pictures (or `unit`), the speed and the remaining time, with `more` appended."""
        seconds = time.monotonic() - self._started
        speed = done / max(seconds, 1e-6)
        left = (total - done) / max(speed, 1e-6)
        self._draw(
            done / max(total, 1),
            f"{done:,} of {total:,}{unit and f' {unit}'} · {speed:.1f} a second · {left:.0f} s left{more}",
        )

    def show_load(self, progress: LoadProgress) -> None:
        """Show the progress of loading or downloading a model."""
        if progress.total_bytes:
            fraction = progress.done_bytes / progress.total_bytes
            size = f"{progress.done_bytes / 1e6:,.0f} of {progress.total_bytes / 1e6:,.0f} MB"
            self._draw(fraction, f"{progress.stage} · {size}")
        elif self._is_terminal:
            self._draw(0.0, progress.stage)

    def end(self) -> None:
        """End the line of the bar, if there is one, so that the next output starts on a new line."""
        if self._has_bar:
            tell("")
            self._has_bar = False

    def _draw(self, fraction: float, text: str) -> None:
        if self._is_terminal:
            full = round(self._BAR_COLUMNS * min(fraction, 1.0))
            bar = "█" * full + "░" * (self._BAR_COLUMNS - full)
            tell(f"\r\x1b[K{bar} {text}", end="")
            self._has_bar = True
        elif time.monotonic() - self._shown_at >= self._INTERVAL_S:
            self._shown_at = time.monotonic()
            tell(text)
