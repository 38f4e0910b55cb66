"""Middleware in front of the routes: limits the number, size and duration of requests, and logs each one."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from clipdesk.server.errors import RequestError, not_ready
from clipdesk.server.metrics import Metrics
from clipdesk.server.settings import ServerSettings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

#: The paths that metrics are labelled with. Others count as “other”, so that clients cannot create endless labels.
ENDPOINTS = ("/clip/embed_image", "/clip/embed_text", "/clip/compare", "/v1/embeddings")


class Gate:
    """ASGI middleware that reads the whole body of a POST, within limits, before the route runs.

    Answers with 413 if the body is too large, 408 if it stops arriving, and 503 with Retry-After if too many requests
    or bytes are waiting.
    """

    def __init__(self, app: ASGIApp, *, settings: ServerSettings, metrics: Metrics) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self._requests = 0
        self._bytes = 0

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
                await self._app(scope, receive, send_and_record)
        finally:
            self._record(scope, status, time.perf_counter() - started)

    async def _within_limits(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._requests >= self._settings.max_requests:
            await _refuse(_busy(), scope, receive, send)
            return
        self._requests += 1
        self._metrics.request_started()
        body = bytearray()
        try:
            try:
                is_complete = await self._read(body, scope, receive)
            except RequestError as error:
                await _refuse(error, scope, receive, send)
                return
            if is_complete:
                await self._app(scope, _replay(bytes(body), receive), send)
        finally:
            self._requests -= 1
            self._bytes -= len(body)
            self._metrics.request_ended()

    async def _read(self, body: bytearray, scope: Scope, receive: Receive) -> bool:
        """Read the request's body into `body`; return False if the client has disconnected. Raises RequestError."""
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > self._settings.max_body_bytes:
            raise self._too_large()
        while True:
            try:
                message = await asyncio.wait_for(receive(), self._settings.body_timeout_s)
            except TimeoutError:
                raise RequestError(408, "The rest of the request did not arrive in time.") from None
            if message["type"] != "http.request":
                return False
            chunk = message.get("body", b"")
            if len(body) + len(chunk) > self._settings.max_body_bytes:
                raise self._too_large()
            if self._bytes + len(chunk) > self._settings.max_waiting_bytes:
                raise _busy()
            body += chunk
            self._bytes += len(chunk)
            if not message.get("more_body", False):
                return True

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
        logger.debug("%s %s %r %d %.0f ms %s", client, scope["method"], path, status, seconds * 1000, request_id)


def _busy() -> RequestError:
    return not_ready("The server is busy. Try again in a second.")


async def _refuse(error: RequestError, scope: Scope, receive: Receive, send: Send) -> None:
    await JSONResponse(error.body, error.status, error.headers)(scope, receive, send)


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
