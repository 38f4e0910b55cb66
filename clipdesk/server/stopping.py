"""End the server in time after SIGTERM or Ctrl+C, whatever its threads are doing."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn

logger = logging.getLogger(__name__)


def graceful_s(stop_within_s: float) -> int:
    """Return for how many seconds requests are finished: most of the time, but the models also have to be unloaded."""
    return max(1, int(stop_within_s * 0.8))


class StoppingServer(uvicorn.Server):
    """A server whose process ends at most `stop_within_s` after the first signal.

    uvicorn stops waiting for requests after a while, but a thread that decodes or encodes cannot be interrupted, and
    Python waits for it before it exits. So the process then ends without waiting. `on_stop` is called on the event loop
    when the server stops, before requests in flight are waited for.
    """

    def __init__(self, config: uvicorn.Config, stop_within_s: float, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_stop = on_stop
        self._stop_within_s = stop_within_s
        self._stopping = threading.Event()
        self._has_ended = threading.Event()
        # Started now, because starting a thread in a signal handler can deadlock.
        self._watch = threading.Thread(target=self._end_in_time, name="stop", daemon=True)
        self._watch.start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._stopping.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_stop()
        await super().shutdown(sockets)

    def finished(self) -> None:
        """Note that all threads have ended by themselves."""
        self._has_ended.set()
        self._stopping.set()
        self._watch.join()

    def _end_in_time(self) -> None:
        self._stopping.wait()
        if self._has_ended.wait(self._stop_within_s):
            return
        logger.warning("Stopped after %g s, although a request or a model was not finished.", self._stop_within_s)
        logging.shutdown()
        os._exit(0)
