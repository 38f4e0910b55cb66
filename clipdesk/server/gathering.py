"""Decide how long a batch waits for the clients that the previous batch has just answered.

Clients that send one request after the other fall into two groups: while one is encoded, the other is answered and asks
again, so batches have half of the clients in them. A batch of 4 takes 20 % less CPU time per image than two of 2
(ViT-B/32, OpenVINO bf16), so it pays to wait for the second group, as long as its requests arrive quickly.
"""

from __future__ import annotations

#: The longest wait, as a share of the time that the previous batch took: merging batches saves less than this.
_MOST_WAIT = 0.4
#: How far clients may be slower than they usually are.
_SLACK = 2.0
#: The weight of the latest turnaround in the average.
_NEWEST = 0.3


class Gathering:
    """Measures how fast answered clients ask again. Called with the lock of the encoder thread held.

    All times are in seconds of one monotonic clock. `turnaround_s` is the average time from an answer until all clients
    of that batch have asked again; None while nothing has been measured.
    """

    def __init__(self) -> None:
        self.turnaround_s: float | None = None
        self._answered_at = 0.0
        self._batch_s = 0.0
        self._missing = 0

    def answered(self, jobs: int, batch_s: float, now: float) -> None:
        """Note that a batch with this many jobs has been answered after `batch_s` seconds of encoding."""
        if self._missing:
            # Some clients of the batch before are gone, or have been slower than the encoder.
            self._measured(now - self._answered_at)
        self._answered_at, self._batch_s, self._missing = now, batch_s, jobs

    def arrived(self, now: float) -> None:
        """Note that a job has arrived."""
        if self._missing:
            self._missing -= 1
            if not self._missing:
                self._measured(now - self._answered_at)

    def wait_until(self) -> float:
        """Return until when the next batch should wait for more jobs; 0 if it should start."""
        if not self._missing:
            return 0.0
        longest_s = _MOST_WAIT * self._batch_s
        usual_s = self.turnaround_s or 0.0
        return self._answered_at + min(longest_s, _SLACK * usual_s) if usual_s <= longest_s else 0.0

    def _measured(self, seconds: float) -> None:
        # Bounded, so that one client that has gone does not end the waiting for the others, but two in a row do.
        seconds = min(seconds, 2 * _MOST_WAIT * self._batch_s)
        if self.turnaround_s is None:
            self.turnaround_s = seconds
        else:
            self.turnaround_s += _NEWEST * (seconds - self.turnaround_s)
