"""How far a job is, and how fast."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

#: Speed is the mean over this many seconds.
_SPEED_WINDOW_S = 10.0

#: A speed is worth remembering after this many pictures.
_LEAST_MEASURED = 20


@dataclass(frozen=True)
class Progress:
    """How far a job is. `per_second` and `seconds_left` are None until they are known."""

    done: int
    total: int
    per_second: float | None
    seconds_left: float | None


class JobProgress:
    """Counts the pictures of a job: those that wait, were recalled from the store, and were embedded."""

    def __init__(self) -> None:
        self._done = 0
        self._recalled = 0
        self._total = 0
        self._finished_at: deque[tuple[float, int]] = deque()

    def begin(self, waiting: int) -> None:
        """A job starts, or goes on after a pause, with so many pictures."""
        if self._done >= self._total:
            self._done = self._recalled = 0
            self._finished_at.clear()
        self._total = self._done + waiting
        self._mark()

    def add_waiting(self, count: int) -> None:
        """More pictures came in meanwhile."""
        self._total += count

    def add_recalled(self, count: int) -> None:
        self._done += count
        self._recalled += count
        # The speed is that of the encoder.
        self._finished_at.clear()
        self._mark()

    def add_embedded(self, count: int) -> None:
        self._done += count
        self._mark()

    def end(self, *, paused: bool = False) -> None:
        """The job ends; when paused, what is done still counts as it goes on."""
        if not paused:
            self._done = self._recalled = self._total = 0
        self._finished_at.clear()

    def _mark(self) -> None:
        self._finished_at.append((time.monotonic(), self._done))

    def current(self) -> Progress:
        """How far the job is, and how fast it was over the last seconds."""
        times = self._finished_at
        while len(times) > 2 and times[-1][0] - times[0][0] > _SPEED_WINDOW_S:
            times.popleft()
        speed = None
        if len(times) > 1 and times[-1][1] > times[0][1]:
            speed = (times[-1][1] - times[0][1]) / max(times[-1][0] - times[0][0], 1e-6)
        left = (self._total - self._done) / speed if speed else None
        return Progress(self._done, self._total, speed, left)

    def measured_speed(self) -> float | None:
        """Pictures a second, once enough were embedded to tell."""
        return self.current().per_second if self._done - self._recalled >= _LEAST_MEASURED else None
