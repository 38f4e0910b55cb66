"""A server on this computer: bind, answer, stop gracefully."""

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
from clipdesk.server.service import ClipService
from clipdesk.server.settings import ServerSettings

_log = logging.getLogger(__name__)

#: Longer than clients keep a connection for later, so that theirs is the end that closes it.
_KEEP_ALIVE_S = 75


def serve(settings: ServerSettings, host: str, port: int, on_listening: Callable[[str], None]) -> None:
    """Serve until Ctrl+C or SIGTERM, then finish what is in flight. `on_listening` hears the address.

    Raises ServeError when the address cannot be used, UnknownModelError for a model that no one knows, and what
    loading the default model raised.
    """
    for name in settings.models.values():
        parse_model(name)
    with _bound(host, port) as listening:
        app = build_app(settings)
        server = uvicorn.Server(server_config(app, settings))
        service: ClipService = app.state.service
        loading = service.shelf.preload().ready

        def stop_if_failed(ready: Future[OpenClipEncoder]) -> None:
            server.should_exit = server.should_exit or ready.exception() is not None

        loading.add_done_callback(stop_if_failed)
        on_listening(address_text(listening))
        try:
            with _signals_only_stop_the_server():
                server.run(sockets=[listening])
        finally:
            service.close()  # done before, unless it was stopped while it started
    error = loading.exception()
    if error is not None and not isinstance(error, Cancelled):
        raise error


def server_config(app: object, settings: ServerSettings) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_config=None,
        access_log=False,  # it has the query string, which may hold a key; limits.Gate writes its own
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=round(settings.stop_within_s),
    )


def address_text(listening: socket.socket) -> str:
    """The address to type into a client."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.create_server(address[:2], family=family)
    except OSError as error:
        raise ServeError(
            f"The server cannot listen on {host}:{port}: {error.strerror}. "
            "Stop the program that uses this port, or choose another with --port."
        ) from None
    with listening:
        yield listening


@contextmanager
def _signals_only_stop_the_server() -> Iterator[None]:
    """uvicorn raises the signal that stopped it once more at its end, when there is nothing left to end."""
    handled = (signal.SIGINT, signal.SIGTERM)
    previous = [signal.signal(number, lambda *_: None) for number in handled]
    try:
        yield
    finally:
        for number, handler in zip(handled, previous, strict=True):
            signal.signal(number, handler)
