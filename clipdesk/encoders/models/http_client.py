"""HTTP requests that a person can cancel at any moment, with the system's proxies and certificates."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import AsyncIterator, Coroutine
from typing import Any, Self, TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from clipdesk import __version__
from clipdesk.core.errors import Cancelled
from clipdesk.core.messages import message

Result = TypeVar("Result")

_CANCEL_POLL_S = 0.1
_MAX_REDIRECTS = 10


class HttpClient:
    """Sends HTTP requests, one at a time, and abandons the current one as soon as `cancel` is set.

    Only an asyncio request can be abandoned while it waits for a silent server, so the client has an event loop, which
    runs inside `run`. Use it as a context manager, on a thread that runs no other event loop.

    `timeout_s` limits how long connecting may take, and how long a server may stay silent.
    """

    def __init__(self, cancel: threading.Event, timeout_s: float) -> None:
        self.cancel = cancel
        self._timeout_s = timeout_s
        self._loop = asyncio.new_event_loop()
        self._ssl_context: ssl.SSLContext | None = None
        self._clients: dict[str, httpx2.AsyncClient] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Not asyncio.Runner: on exit, it waits for name lookups in its threads, which may hang for half a minute.
        try:
            self._loop.run_until_complete(self._close())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return the result of a coroutine that uses `stream` or `head`.

        Raises Cancelled within 0.1 s after `cancel` is set, and what the coroutine raises.
        """
        return self._loop.run_until_complete(self._until_cancelled(work))

    async def head(self, url: str, token: str = "", *, follow_redirects: bool = False) -> httpx2.Response:
        """Return the response to a HEAD request, whatever its status. Raises httpx2.HTTPError and OSError."""
        async with self.stream("HEAD", url, token, follow_redirects=follow_redirects) as response:
            return response

    @contextlib.asynccontextmanager
    async def stream(
        self, method: str, url: str, token: str = "", start: int = 0, *, follow_redirects: bool = True
    ) -> AsyncIterator[httpx2.Response]:
        """Send a request and yield the response, whatever its status, with a body that has not been read.

        `start` is the first byte wanted. Redirects are followed to http and https only, at most ten in a row; the last
        response is then yielded as it is. The token is never sent to another host. Raises httpx2.HTTPError and OSError.
        """
        for redirects_left in reversed(range(_MAX_REDIRECTS + 1)):
            response = await self._send(method, url, token, start)
            target = redirect_target(response) if follow_redirects and redirects_left else ""
            if not target:
                break
            await response.aclose()
            token = token if may_send_token(url, target) else ""
            url = target
        try:
            yield response
        finally:
            await response.aclose()

    async def _send(self, method: str, url: str, token: str, start: int) -> httpx2.Response:
        # Identity: Content-Length and ranges must count the bytes of the file itself.
        headers = {"User-Agent": f"clipdesk/{__version__}", "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            client = self._client(_proxy_for(url))
            return await client.send(client.build_request(method, url, headers=headers), stream=True)
        except httpx2.InvalidURL as error:
            raise httpx2.UnsupportedProtocol(str(error)) from error

    def _client(self, proxy: str) -> httpx2.AsyncClient:
        if self._ssl_context is None:
            self._ssl_context = httpx2.create_ssl_context()
        if proxy not in self._clients:
            try:
                # trust_env would also read ~/.netrc, and fail on the SOCKS proxies that desktops announce as all_proxy.
                self._clients[proxy] = httpx2.AsyncClient(
                    verify=self._ssl_context, trust_env=False, proxy=proxy or None, timeout=self._timeout_s
                )
            except (ImportError, ValueError) as error:
                # A proxy that speaks SOCKS, or whose URL makes no sense.
                raise httpx2.ProxyError(str(error)) from error
        return self._clients[proxy]

    async def _close(self) -> None:
        # A KeyboardInterrupt leaves the current request behind.
        requests = asyncio.all_tasks() - {asyncio.current_task()}
        for request in requests:
            request.cancel()
        await asyncio.gather(*requests, return_exceptions=True)
        for client in self._clients.values():
            await client.aclose()

    async def _until_cancelled(self, work: Coroutine[Any, Any, Result]) -> Result:
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                if self.cancel.is_set():
                    raise Cancelled(message("core", "Stopped."))
                await asyncio.wait([task], timeout=_CANCEL_POLL_S)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        return task.result()


def redirect_target(response: httpx2.Response) -> str:
    """Return the URL that a response redirects to, or an empty string if there is none that can be followed."""
    if not response.has_redirect_location:
        return ""
    try:
        target = urljoin(str(response.url), response.headers["Location"])
        return target if urlsplit(target).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def may_send_token(url: str, target: str) -> bool:
    """Return whether a token for `url` may go to `target`: to the same host, and not from https to http."""
    before, after = urlsplit(url), urlsplit(target)
    return before.netloc == after.netloc and after.scheme in (before.scheme, "https")


def host_of(url: str) -> str:
    """Return a URL's host, with its port if it has one."""
    return urlsplit(url).netloc


def _proxy_for(url: str) -> str:
    """Return the URL of the system's proxy for `url`, or an empty string."""
    proxy = getproxies().get(urlsplit(url).scheme, "")
    if not proxy or proxy_bypass(host_of(url)):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"
