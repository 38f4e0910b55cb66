"""TLS connections before their handshake is done.

asyncio tells a protocol of a connection only after the handshake, for which it waits 60 s. So connections that never
begin one would count for nothing, and thousands of them would lock everybody else out.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress


class Handshake:
    """A connection whose handshake is not done, of the client `group`. `on_end` is called when it is aborted."""

    def __init__(self, raw: socket.socket, group: str, on_end: Callable[[], None]) -> None:
        self.group = group
        self._raw = raw
        self._on_end = on_end
        self._timer: asyncio.TimerHandle | None = None

    @property
    def has_failed(self) -> bool:
        """Whether the connection has been closed."""
        return self._raw.fileno() < 0

    def end_in(self, seconds: float) -> None:
        """Abort after this time, unless the handshake is over."""
        self._timer = asyncio.get_running_loop().call_later(seconds, self.abort)

    def is_over(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def abort(self) -> None:
        """End the connection: asyncio then closes it."""
        with suppress(OSError):  # it has been closed meanwhile
            self._raw.shutdown(socket.SHUT_RDWR)
        self._on_end()
