"""Listening sockets whose connections send small answers at once."""

from __future__ import annotations

import socket


def with_no_delay(listening: socket.socket) -> socket.socket:
    """Return the listening socket, which is taken over, with TCP_NODELAY for the connections it accepts.

    Without it, every answer on a keep-alive connection waits about 40 ms for the client's delayed ACK. asyncio sets
    TCP_NODELAY only if the socket names its protocol, but `socket.create_server` leaves that at 0, and accepted sockets
    inherit the 0 (https://github.com/Kludex/uvicorn/issues/3149).
    """
    family, kind = listening.family, listening.type
    return socket.socket(family, kind, socket.IPPROTO_TCP, fileno=listening.detach())
