"""HTTP connections with deadlines and limits of their own, so that idle and slow ones cannot lock anybody out.

uvicorn's `limit_concurrency` is no help here: it goes on accepting connections, and refuses everyone's requests.
When no file descriptor is left for a connection, asyncio logs a traceback thousands of times a second.
"""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from functools import partial
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from clipdesk.server.guard.clients import address_group
from clipdesk.server.guard.handshakes import Handshake
from clipdesk.server.settings import ServerSettings
from clipdesk.server.web.listening import ListeningSocket

#: The largest request line and headers together, as in Apache and nginx (four buffers of 8 kB).
MAX_HEAD_BYTES = 32_768

#: How many connections asyncio accepts at once, and with it the number that may be open for a moment above the limit.
BACKLOG = 256
#: File descriptors for everything else: models, downloads, pictures by URL.
_OTHER_FILES = 256

#: After an answer to a request that has not arrived completely, the rest is ignored for this long. Closing the
#: connection at once would keep the client from reading the answer.
_DRAIN_S = 5.0

#: Each TLS connection of asyncio takes 640 kB, even before the handshake.
MOST_WITH_TLS = 1024

#: Answers that have been written, but not read by their clients. An answer has up to 40 MB.
MOST_UNREAD_BYTES = 400_000_000
#: How long a client may take to read an answer that is larger than the socket's buffers: up to 40 MB for 4096 texts.
READ_ANSWER_S = 60.0


def guarded_protocol(settings: ServerSettings, listening: ListeningSocket) -> Any:
    """Return the protocol class for uvicorn's `http`, with the limits of one server.

    Raises the limit of open files. With a certificate, connections count from when `listening` has accepted them.
    """
    most = settings.max_connections
    if settings.certificate is not None:
        most = min(most, MOST_WITH_TLS)
    connections = Connections(max_connections(most), settings.head_timeout_s)
    if settings.certificate is not None:
        listening.on_accept = connections.accepted
    return partial(GuardedProtocol, connections=connections)


class Connection(Protocol):
    """A connection that counts: a `GuardedProtocol`, or a `Handshake` before it. `group` tells whose it is."""

    group: str

    def abort(self) -> None: ...


class Connections:
    """The open connections of a server, at most `most`.

    One more closes another: of the client with the most unfinished requests and idle connections the oldest one. Only
    connections that are waiting for their answer are safe.
    """

    def __init__(self, most: int, head_timeout_s: float) -> None:
        self.most = max(1, most)
        self.head_timeout_s = head_timeout_s
        self._count = 0
        self._waiting: dict[str, dict[Connection, None]] = {}  # by client, the longest waiting first
        self._handshakes: dict[Any, Handshake] = {}  # by the client's address and port
        self._unread: dict[GuardedProtocol, None] = {}  # whose answers wait for their clients, the oldest first

    def open(self, connection: Connection) -> None:
        """Count a new connection, and close one if there are too many: the new one if no other is waiting."""
        self._count += 1
        self.waits(connection)
        if self._count > self.most:
            self._forget_failed_handshakes()
        if self._count > self.most:
            busiest = max(self._waiting.values(), key=len)
            oldest = next(iter(busiest))
            self.is_answered(oldest)
            oldest.abort()

    def close(self, connection: Connection) -> None:
        self._count -= 1
        self.is_answered(connection)

    def waits(self, connection: Connection) -> None:
        """Note that a connection waits for its client: for a request, or for the rest of one."""
        self._waiting.setdefault(connection.group, {})[connection] = None

    def is_answered(self, connection: Connection) -> None:
        """Note that a connection's client waits for the server, or that the connection is being closed."""
        others = self._waiting.get(connection.group)
        if others is not None:
            others.pop(connection, None)
            if not others:
                del self._waiting[connection.group]

    def accepted(self, raw: socket.socket, address: Any) -> None:
        """Count a connection whose TLS handshake begins. Call `shook_hands` when it has succeeded."""
        handshake = Handshake(raw, address_group(str(address[0])), partial(self.shook_hands, address))
        self._handshakes[address] = handshake
        handshake.end_in(self.head_timeout_s)
        self.open(handshake)

    def shook_hands(self, address: Any) -> None:
        """Count a connection no longer as a handshake."""
        handshake = self._handshakes.pop(address, None)
        if handshake is not None:
            handshake.is_over()
            self.close(handshake)

    def _forget_failed_handshakes(self) -> None:
        # asyncio tells nobody about them.
        for address in [address for address, handshake in self._handshakes.items() if handshake.has_failed]:
            self.shook_hands(address)

    def does_not_read(self, connection: GuardedProtocol) -> None:
        """Note that an answer waits for its client to read it, and close connections if there is too much of that."""
        self._unread[connection] = None
        while sum(one.unread_bytes for one in self._unread) > MOST_UNREAD_BYTES:
            by_client: Counter[str] = Counter()
            for one in self._unread:
                by_client[one.group] += one.unread_bytes
            busiest = by_client.most_common(1)[0][0]
            oldest = next(one for one in self._unread if one.group == busiest)
            del self._unread[oldest]
            oldest.abort()

    def reads(self, connection: GuardedProtocol) -> None:
        """Note that nothing more waits for the client to read it."""
        self._unread.pop(connection, None)


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with a deadline and a limit in bytes for the head of each request (see `Connections`).

    `limits.Gate` limits the body.
    """

    def __init__(self, *args: Any, connections: Connections, **options: Any) -> None:
        super().__init__(*args, **options)
        self.group = ""
        self._all = connections
        self._timer: asyncio.TimerHandle | None = None
        self._reading_timer: asyncio.TimerHandle | None = None
        self._head_bytes = 0
        self._has_head = False
        self._is_in_request = False

    def abort(self) -> None:
        self.transport.abort()

    @property
    def unread_bytes(self) -> int:
        """The bytes of answers that the client has not read yet, apart from those in the buffers of the system."""
        return int(self.transport.get_write_buffer_size())

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._all.shook_hands(transport.get_extra_info("peername"))
        # The peer itself: whom a proxy forwards for is known only once the headers are.
        self.group = address_group(self.client[0] if self.client else "")
        self._all.open(self)
        self._close_in(self._all.head_timeout_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        self.resume_writing()  # ends what waits for the client to read
        self._all.close(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._head_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._head_bytes > MAX_HEAD_BYTES:
            self._refuse_head()
        elif not self._has_head and self._timer is None and (self._is_in_request or not self._is_answering()):
            self._close_in(self._all.head_timeout_s)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_bytes, self._has_head, self._is_in_request = 0, False, True

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._has_head:  # trailers, which nobody needs, would be added to the headers
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._has_head = True
        self._stop_timer()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._head_bytes = 0  # counts what comes between two parts of the body: sizes, extensions and trailers
        super().on_body(body)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._head_bytes, self._has_head, self._is_in_request = 0, False, False
        if self._is_answering():
            self._all.is_answered(self)
        else:  # refused before it had arrived
            self._close_in(self._all.head_timeout_s)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._all.waits(self)
        if self._is_in_request and self._has_head:
            self._close_in(_DRAIN_S)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._all.does_not_read(self)
        self._reading_timer = self.loop.call_later(READ_ANSWER_S, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._all.reads(self)
        if self._reading_timer is not None:
            self._reading_timer.cancel()
            self._reading_timer = None

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _refuse_head(self) -> None:
        if self._has_head and self.cycle.response_started:
            self.abort()
            return
        self.transport.write(b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def _close_in(self, seconds: float) -> None:
        self._stop_timer()
        self._timer = self.loop.call_later(seconds, self._on_timeout)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_timeout(self) -> None:
        self._timer = None
        if not self._is_answering():
            self.transport.abort()


def max_connections(wanted: int) -> int:
    """Raise this process's limit of open files as far as needed and allowed, and return how many connections fit.

    `wanted` is returned where there is no such limit (Windows).
    """
    try:
        import resource
    except ImportError:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    needed = wanted + BACKLOG + _OTHER_FILES
    if soft != unlimited and soft < needed:
        soft = needed if hard == unlimited else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == unlimited else max(16, min(wanted, soft - BACKLOG - _OTHER_FILES))
