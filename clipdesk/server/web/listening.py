"""Listening sockets: small answers are sent at once, and accepted connections are reported."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any


class ListeningSocket(socket.socket):
    """A listening socket that calls `on_accept` with each connection it accepts and the client's address."""

    on_accept: Callable[[socket.socket, Any], None] | None = None

    def accept(self) -> tuple[socket.socket, Any]:
        connection, address = super().accept()
        if self.on_accept is not None:
            self.on_accept(connection, address)
        return connection, address


def with_no_delay(listening: socket.socket) -> ListeningSocket:
    """Return the listening socket, which is taken over, with TCP_NODELAY for the connections it accepts.

    Without it, every answer on a keep-alive connection waits about 40 ms for the client's delayed ACK. asyncio sets
    TCP_NODELAY only if the socket names its protocol, but `socket.create_server` leaves that at 0, and accepted sockets
    inherit the 0 (https://github.com/Kludex/uvicorn/issues/3149).
    """
    family, kind = listening.family, listening.type
    return ListeningSocket(family, kind, socket.IPPROTO_TCP, fileno=listening.detach())
