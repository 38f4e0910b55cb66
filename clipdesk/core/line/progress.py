"""Count a job's progress and measure its speed."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

#: Speed is averaged over this many seconds.
_SPEED_WINDOW_S = 10.0

#: A measured speed is reported after this many images.
_LEAST_MEASURED = 20


@dataclass(frozen=True)
class Progress:
    """A job's progress in images. `per_second` and `seconds_left` are None until they are known."""

    done: int
    total: int
    per_second: float | None
    seconds_left: float | None


class JobProgress:
    """Counts the images of a job: waiting, recalled from the store, and embedded. `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._done = 0
        self._recalled = 0
        self._total = 0
        self._finished_at: deque[tuple[float, int]] = deque()

    def begin(self, waiting: int) -> None:
        """Start a job with `waiting` images, or continue it after a pause."""
        if self._done >= self._total:
            self._done = self._recalled = 0
            self._finished_at.clear()
        self._total = self._done + waiting
        self._mark()

    def add_waiting(self, count: int) -> None:
        """Count images that came in while the job runs."""
        self._total += count

    def add_recalled(self, count: int) -> None:
        self._done += count
        self._recalled += count
        # Recalling is not encoding: measure the speed anew.
        self._finished_at.clear()
        self._mark()

    def add_embedded(self, count: int) -> None:
        self._done += count
        self._mark()

    def end(self, *, paused: bool = False) -> None:
        """End the job. When `paused`, finished images still count once it continues."""
        if not paused:
            self._done = self._recalled = self._total = 0
        self._finished_at.clear()

    def _mark(self) -> None:
        self._finished_at.append((self._clock(), self._done))

    def current(self) -> Progress:
        """Return the progress, with the speed over the last seconds."""
        times = self._finished_at
        while len(times) > 2 and times[-1][0] - times[0][0] > _SPEED_WINDOW_S:
            times.popleft()
        speed = None
        if len(times) > 1 and times[-1][1] > times[0][1]:
            speed = (times[-1][1] - times[0][1]) / max(times[-1][0] - times[0][0], 1e-6)
        left = (self._total - self._done) / speed if speed else None
        return Progress(self._done, self._total, speed, left)

    def measured_speed(self) -> float | None:
        """Return images per second, or None if too few were embedded to tell."""
        return self.current().per_second if self._done - self._recalled >= _LEAST_MEASURED else None
