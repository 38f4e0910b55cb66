"""Run the app with uvicorn on this computer, and stop it gracefully."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import uvicorn

from clipdesk.core.errors import Cancelled, ServeError
from clipdesk.encoders.local.open_clip import OpenClipEncoder
from clipdesk.encoders.models.names import parse_model
from clipdesk.server.app import build_app
from clipdesk.server.guard.connections import BACKLOG, guarded_protocol
from clipdesk.server.service import ClipService
from clipdesk.server.settings import ServerSettings
from clipdesk.server.stopping import StoppingServer, graceful_s
from clipdesk.server.web.listening import ListeningSocket, with_no_delay

logger = logging.getLogger(__name__)

#: Longer than clients keep idle connections, so that the client closes them: a server that closes one just as the
#: client reuses it loses the request.
_KEEP_ALIVE_S = 75


def serve(settings: ServerSettings, host: str, port: int, on_listening: Callable[[str], None]) -> None:
    """Serve until Ctrl+C or SIGTERM, then finish the requests in flight. `on_listening` gets the address.

    Raises ServeError if it cannot listen on the address, UnknownModelError for an unknown model name, and whatever
    loading the default model or a preloaded one raises, which ends the server.
    """
    for name in settings.models.values():
        parse_model(name)
    with _listening_socket(host, port) as listening:
        app = build_app(settings)
        service: ClipService = app.state.service
        server = StoppingServer(
            server_config(app, settings, listening), settings.stop_within_s, service.shelf.stop_loading
        )
        loading = [thread.ready for thread in service.shelf.preload()]

        def stop_if_failed(ready: Future[OpenClipEncoder]) -> None:
            server.should_exit = server.should_exit or ready.exception() is not None

        for ready in loading:
            ready.add_done_callback(stop_if_failed)
        on_listening(address_text(listening, "https" if settings.certificate else "http"))
        try:
            with signals_handled_by(server):
                server.run(sockets=[listening])
        finally:
            service.close()  # only needed if it was stopped during start-up; a second call does nothing
            server.finished()
    for error in [ready.exception() for ready in loading]:
        if error is not None and not isinstance(error, Cancelled):
            raise error


def server_config(app: object, settings: ServerSettings, listening: ListeningSocket) -> uvicorn.Config:
    """Return uvicorn's configuration for the app, which is served on one socket."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=guarded_protocol(settings, listening),
        ws="none",
        backlog=BACKLOG,
        log_config=None,
        access_log=False,  # contains the query, which may contain a key; `guard.limits.Gate` logs requests without it
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=graceful_s(settings.stop_within_s),
        **(settings.certificate.uvicorn_options() if settings.certificate else {}),
    )


def address_text(listening: socket.socket, scheme: str = "http") -> str:
    """Return the base URL for clients of a server on this socket."""
    host, port = listening.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


@contextmanager
def _listening_socket(host: str, port: int) -> Iterator[ListeningSocket]:
    """Listen on an address, and close the socket at the end. Raises ServeError."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = with_no_delay(socket.create_server(address[:2], family=family))
    except OSError as error:
        raise ServeError(
            f"The server cannot listen on {host}:{port}: {error.strerror}. "
            "Stop the program that uses this port, or choose another with --port."
        ) from None
    with listening:
        yield listening


@contextmanager
def signals_handled_by(server: uvicorn.Server) -> Iterator[None]:
    """Let SIGINT and SIGTERM stop the server also before uvicorn sets its own handlers.

    After it has stopped, they do nothing: uvicorn raises the signal that stopped it again.
    """
    handled = (signal.SIGINT, signal.SIGTERM)
    previous = [signal.signal(number, server.handle_exit) for number in handled]
    try:
        yield
    finally:
        for number, handler in zip(handled, previous, strict=True):
            signal.signal(number, handler)
