"""Check the API key of a request."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from typing import Any

from starlette.requests import Request

from clipdesk.server.errors import RequestError
from clipdesk.server.settings import key_digest
from clipdesk.server.web.header_keys import readings


class KeyCheck:
    """A route dependency that raises RequestError 401 unless the request has one of the keys.

    The key may be in the header `Authorization: Bearer`, or be called `api_key` in the query or the JSON body.
    `digests` are the SHA-256 digests of the keys; without any, every request is accepted.
    """

    def __init__(self, digests: tuple[bytes, ...]) -> None:
        self._digests = digests

    async def __call__(self, request: Request) -> None:
        if not self._digests:
            return
        candidates = list(_header_and_query_keys(request))
        if request.method == "POST":  # the only requests whose body `guard.limits.Gate` reads, within limits
            candidates += await _body_key(request)
        if not candidates:
            raise RequestError(
                401, "This server needs an API key: as api_key in the body, or in an Authorization: Bearer header."
            )
        if not self._accepts_any(candidates):
            raise _wrong_key()

    def client_of(self, request: Request) -> str:
        """Return the digest of the key in the headers or the query as hex; empty if there is none that is accepted.

        Does not read the body. Raises RequestError 401 for a wrong Bearer key, unless the query has a right one. A
        wrong key in the query alone is no error yet, because the body may have a right one.
        """
        if not self._digests:
            return ""
        for candidate in _header_and_query_keys(request):
            if self._accepts_any([candidate]):
                return key_digest(candidate).hex()
        if any(_bearer_keys(request)):
            raise _wrong_key()
        return ""

    def _accepts_any(self, candidates: Iterable[str]) -> bool:
        accepted = False
        for candidate in candidates:
            digest = key_digest(candidate)
            for known in self._digests:
                # Compare with all keys even after a match, so that the time taken reveals nothing.
                accepted |= hmac.compare_digest(digest, known)
        return accepted


def _wrong_key() -> RequestError:
    return RequestError(401, "The server does not accept this API key. Ask whoever runs it for a valid one.")


def _header_and_query_keys(request: Request) -> Iterator[str]:
    yield from _bearer_keys(request)
    yield from request.query_params.getlist("api_key")


def _bearer_keys(request: Request) -> Iterator[str]:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        yield from readings(token)


async def _body_key(request: Request) -> list[str]:
    try:
        body: Any = await request.json()
    except ValueError:  # not JSON, so there is no key in it
        return []
    key = body.get("api_key") if isinstance(body, dict) else None
    return [key] if isinstance(key, str) and key else []
