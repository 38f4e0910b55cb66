"""Send a single request over HTTP, and return what the server answers or raise a `Fault`."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import numpy as np
from numpy.typing import NDArray

from clipdesk import __version__
from clipdesk.encoders.remote.clip_api import (
    MAX_ANSWER_BYTES,
    fault_of_answer,
    fault_of_error,
    parse_embeddings,
    reported_side,
)
from clipdesk.encoders.remote.pacing import Patience, Server

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class EmbedRequest:
    """A request for embeddings.

    `body` builds the body with the key of the given server. The answer must have `count` embeddings, of `dimension`
    numbers unless that is None. `cancel` stands for the job that the request belongs to.
    """

    path: str
    body: Callable[[Server], bytes]
    count: int
    dimension: int | None
    is_text: bool = False
    cancel: threading.Event | None = None


class Transport:
    """The HTTP connections of a client. Used from one event loop. `sent_bytes` counts the bodies of all requests."""

    def __init__(self, version: str, patience: Patience) -> None:
        self.sent_bytes = 0
        self._version = version
        self._patience = patience
        self._clients: dict[bool, httpx2.AsyncClient] = {}

    async def close(self) -> None:
        for client in self._clients.values():
            await client.aclose()

    async def embed(self, server: Server, request: EmbedRequest) -> Vectors:
        """Send the request once, and return the L2-normalised embeddings (count, dimension). Raises Fault."""
        host = server.address.host
        body = request.body(server)
        timeout_s = self._patience.answer_s if server.is_warm else self._patience.warm_up_s
        timeout = httpx2.Timeout(timeout_s, connect=self._patience.connect_s, pool=None)
        headers = {"Content-Type": "application/json", "Host": host}
        self.sent_bytes += len(body)
        try:
            # httpx times out between two chunks, so an answer that trickles in could take forever: limit the whole.
            async with asyncio.timeout(timeout_s):
                url = server.address.url(request.path)
                async with self._client(url).stream(
                    "POST", url, content=body, headers=headers, timeout=timeout
                ) as response:
                    answer = await _read(response)
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, OSError, ValueError) as error:
            # Not chained, because the error refers to the request, which contains the key.
            raise fault_of_error(error, host=host) from None
        if response.status_code != 200:
            raise fault_of_answer(
                response.status_code,
                response.headers,
                answer,
                host=host,
                version=self._version,
                key=server.key,
                is_text=request.is_text,
            )
        vectors = parse_embeddings(answer, request.count, request.dimension)
        if not server.is_warm:
            server.reported_side = reported_side(answer)
        return vectors

    async def get(self, server: Server, path: str) -> Any:
        """GET a path without a key; return its JSON, or None if there is none. Raises Fault if there is no answer."""
        url = server.address.url(path)
        try:
            async with asyncio.timeout(self._patience.connect_s):
                async with self._client(url).stream("GET", url, headers={"Host": server.address.host}) as response:
                    answer = await _read(response)
            return json.loads(answer) if response.status_code == 200 else None
        except (ValueError, RecursionError):  # not JSON
            return None
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, OSError) as error:
            raise fault_of_error(error, host=server.address.host) from None

    def _client(self, url: str) -> httpx2.AsyncClient:
        """Return the HTTP client for https, or the one for plain http, which uses no proxy: it would see the key."""
        secure = url.startswith("https:")
        if secure not in self._clients:
            # Plain http needs no certificates, and reading the system's takes time.
            trusted = True if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            self._clients[secure] = httpx2.AsyncClient(
                verify=trusted,
                trust_env=secure,
                follow_redirects=False,
                headers={"User-Agent": f"ClipDesk/{__version__}", "Accept": "application/json"},
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=64, keepalive_expiry=4.0),
            )
        return self._clients[secure]


async def _read(response: httpx2.Response) -> bytes:
    """Read the body. Raises DecodingError if it is larger than MAX_ANSWER_BYTES."""
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > MAX_ANSWER_BYTES:
            raise httpx2.DecodingError("The answer is too large.")
        parts.append(part)
    return b"".join(parts)
