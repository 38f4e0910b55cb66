"""Wait for conditions that no event announces: the state of another process, or of a server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_INTERVAL_S = 0.01


def wait_until(is_met: Callable[[], bool], timeout_s: float = 120.0) -> None:
    """Return as soon as the condition is met; fail the test if that takes longer than `timeout_s`."""
    deadline = time.monotonic() + timeout_s
    pause = threading.Event()
    while not is_met():
        assert time.monotonic() < deadline, f"not within {timeout_s:.0f} s"
        pause.wait(_INTERVAL_S)
