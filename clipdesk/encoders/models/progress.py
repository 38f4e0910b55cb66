"""How far the download and the loading of a model have got."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from clipdesk.core.messages import message

_REPORT_INTERVAL_S = 0.1


@dataclass(frozen=True)
class LoadProgress:
    """A stage of loading a model, with the bytes done so far. `total_bytes` is 0 if unknown."""

    stage: str
    done_bytes: int = 0
    total_bytes: int = 0


Progress = Callable[[LoadProgress], None]


class ByteCounter:
    """Adds up the bytes of all files of a download, and reports about ten times a second."""

    def __init__(self, progress: Progress | None, done: int, total: int) -> None:
        self._progress = progress
        self._done = done
        self._total = total
        self.report()
        # The first bytes are reported at once: they show that the server answers.
        self._reported_at = -_REPORT_INTERVAL_S

    def add(self, count: int) -> None:
        """Count bytes as done. Negative: bytes that have to be downloaded again."""
        self._done += count
        if time.monotonic() - self._reported_at >= _REPORT_INTERVAL_S:
            self.report()

    def report(self) -> None:
        """Report now, whenever the last report was."""
        self._reported_at = time.monotonic()
        if self._progress is not None:
            self._progress(LoadProgress(message("core", "Downloading"), self._done, max(self._total, self._done)))
