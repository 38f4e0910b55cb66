"""Middleware for what clients, load balancers and people expect of any HTTP server."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from starlette.middleware.cors import CORSMiddleware

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "x-request-id"
#: Clients' request ids that are kept. Others are replaced, so that no client can write what it likes into the log.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


def add_conventions(app: FastAPI, cors_origins: tuple[str, ...]) -> None:
    """Add the middleware to the app. Call it last, as the middleware added last is the outermost.

    Pages of `cors_origins` may call the API from a browser: each is an origin such as `https://example.com`, or `*`.
    """
    app.add_middleware(Conventions)
    if cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=cors_origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=("Authorization", "Content-Type", REQUEST_ID),
            expose_headers=(REQUEST_ID, "Retry-After"),
        )


class Conventions:
    """ASGI middleware: HEAD is answered like GET without a body, a slash at the end of a path makes no difference, and
    every answer has an `x-request-id`.

    The id is the client's own, or a new one. It is in `scope["request_id"]`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        request_id = _request_id(scope)

        async def send_by_convention(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (REQUEST_ID.encode(), request_id.encode())]}
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        scope["request_id"] = request_id
        # A redirect to the path without the slash would copy the Host header, which anybody can set.
        path, raw_path = scope["path"].rstrip("/") or "/", scope.get("raw_path", b"").rstrip(b"/") or b"/"
        method = "GET" if is_head else scope["method"]
        await self._app({**scope, "path": path, "raw_path": raw_path, "method": method}, receive, send_by_convention)


def _request_id(scope: Scope) -> str:
    given = next((value.decode("latin-1") for name, value in scope["headers"] if name == REQUEST_ID.encode()), "")
    return given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
