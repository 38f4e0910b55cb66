"""The threads of one job that read and decode images, and how they end."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

#: How long the end of a cancelled job waits for its threads. Most stop within milliseconds. Some decoders cannot be
#: stopped (see `opened`): their thread ends with the image, whose pixels nobody takes any more.
_PATIENCE_S = 0.5
#: How often a wait looks for a cancel.
_POLL_S = 0.05


class DecodingThreads(ThreadPoolExecutor):
    """A thread pool that a cancelled job does not wait for."""

    def __init__(self, count: int) -> None:
        self._own: list[threading.Thread] = []
        super().__init__(
            count, thread_name_prefix="decode", initializer=lambda: self._own.append(threading.current_thread())
        )

    def end(self, cancel: threading.Event) -> None:
        """Drop what has not begun, and wait for the threads: not for long if `cancel` is set."""
        self.shutdown(wait=not cancel.is_set(), cancel_futures=True)
        deadline = time.monotonic() + _PATIENCE_S
        for thread in self._own:
            thread.join(max(0.0, deadline - time.monotonic()))


def wait_for_any(futures: Collection[Future[Any]], cancel: threading.Event, most_s: float = float("inf")) -> bool:
    """Wait until one of these is done, for at most `most_s` seconds. Return False if `cancel` is set before."""
    deadline = time.monotonic() + most_s
    while not any(future.done() for future in futures):
        left_s = deadline - time.monotonic()
        if cancel.is_set() or left_s <= 0:
            return not cancel.is_set()
        wait(futures, min(_POLL_S, left_s), FIRST_COMPLETED)
    return True
