"""Middleware in front of the routes: limits the number, size and duration of requests, and logs each one."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from starlette.requests import Request

from clipdesk.server.auth import KeyCheck
from clipdesk.server.errors import RequestError, not_ready, stopping
from clipdesk.server.guard.clients import Shares, address_group, current_client
from clipdesk.server.metrics import Metrics
from clipdesk.server.settings import ServerSettings
from clipdesk.server.web.refusals import refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

#: The paths that metrics are labelled with. Others count as “other”, so that clients cannot create endless labels.
ENDPOINTS = ("/clip/embed_image", "/clip/embed_text", "/clip/compare", "/v1/embeddings")


class Gate:
    """ASGI middleware that reads the whole body of a POST, within limits, before the route runs.

    In this order: a wrong key in a header is answered with 401 before the body is read; a body that is too large with
    413, one that has not arrived in time with 408; and what exceeds the client's share of bytes or of requests with 503
    and Retry-After. A request counts among `max_requests` once it has been read, so slow clients occupy nothing.
    """

    def __init__(self, app: ASGIApp, *, settings: ServerSettings, metrics: Metrics) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self._keys = KeyCheck(settings.key_digests)
        self._requests = Shares(settings.max_requests)
        self._bytes = Shares(settings.max_waiting_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def send_and_record(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            if scope["method"] == "POST":
                await self._within_limits(scope, receive, send_and_record)
            else:
                # No other method has a body that a route needs, so none is read.
                await self._app(scope, _replay(b"", receive), send_and_record)
        except asyncio.CancelledError:
            # Only a server that is ending cancels requests. uvicorn would answer with a 500 and log a traceback.
            if status:
                raise
            await _refuse(stopping(), scope, receive, send_and_record)
        finally:
            self._record(scope, status, time.perf_counter() - started)

    async def _within_limits(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._metrics.request_started()
        body = bytearray()
        client = ""
        try:
            try:
                client = self._client(scope)
                is_complete = await self._read(client, body, scope, receive)
                if is_complete and not self._requests.take(client):
                    raise _busy()
            except RequestError as error:
                await _refuse(error, scope, receive, send)
                return
            if is_complete:
                current_client.set(client)
                try:
                    await self._app(scope, _replay(bytes(body), receive), send)
                finally:
                    self._requests.give_back(client)
        finally:
            if body:
                self._bytes.give_back(client, len(body))
            self._metrics.request_ended()

    def _client(self, scope: Scope) -> str:
        """Return whose request this is. Raises RequestError 401 if its headers have a wrong key."""
        return self._keys.client_of(Request(scope)) or address_group((scope.get("client") or ("",))[0])

    async def _read(self, client: str, body: bytearray, scope: Scope, receive: Receive) -> bool:
        """Read the request's body into `body`; return False if the client has disconnected. Raises RequestError."""
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared[:20]) > self._settings.max_body_bytes:
            raise self._too_large()
        try:
            # One deadline for the whole body: a byte a second would keep any timeout between two of them from expiring.
            async with asyncio.timeout(self._settings.body_timeout_s):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        return False
                    chunk = message.get("body", b"")
                    if len(body) + len(chunk) > self._settings.max_body_bytes:
                        raise self._too_large()
                    if not self._bytes.take(client, len(chunk)):
                        raise _busy()
                    body += chunk
                    if not message.get("more_body", False):
                        return True
        except TimeoutError:
            raise RequestError(408, "The rest of the request did not arrive in time.") from None

    def _too_large(self) -> RequestError:
        limit = f"{self._settings.max_body_bytes / 1e6:g} MB"
        return RequestError(413, f"The request is larger than {limit}. Send a smaller copy of the picture.")

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        """Count a request in the metrics, and log it."""
        path = scope["path"]
        self._metrics.request_answered(path if path in ENDPOINTS else "other", status, seconds)
        # Never log the query: it may contain a key.
        client = (scope.get("client") or ("?",))[0]
        request_id = scope.get("request_id", "-")
        logger.debug("%s %s %r %d %.0f ms %s", client, scope["method"], path[:200], status, seconds * 1000, request_id)


async def _refuse(error: RequestError, scope: Scope, receive: Receive, send: Send) -> None:
    await refusal(error, scope["path"])(scope, receive, send)


def _busy() -> RequestError:
    return not_ready("The server is busy. Try again in a second.")


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body in one message, then the messages that follow it."""
    first = True

    async def replay() -> Message:
        nonlocal first
        if first:
            first = False
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return replay
