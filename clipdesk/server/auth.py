"""Whether a request brings one of the server's keys."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from typing import Any

from starlette.requests import Request

from clipdesk.server.errors import RequestError
from clipdesk.server.settings import key_digest


class KeyCheck:
    """A dependency for routes: raises RequestError 401 unless the request brings a key, where keys are asked for.

    A key may come in the header `Authorization: Bearer`, in the query or as `api_key` in the JSON body.
    """

    def __init__(self, digests: tuple[bytes, ...]) -> None:
        self._digests = digests

    async def __call__(self, request: Request) -> None:
        if not self._digests:
            return
        candidates = [*_outer_keys(request), *await _body_key(request)]
        if not candidates:
            raise RequestError(
                401, "This server wants an API key: as api_key in the body, or in an Authorization: Bearer header."
            )
        if not self._accepts_any(candidates):
            raise RequestError(401, "This API key is not one of the server's. Check it with whoever runs the server.")

    def _accepts_any(self, candidates: Iterable[str]) -> bool:
        accepted = False
        for candidate in candidates:
            digest = key_digest(candidate)
            for known in self._digests:
                # No early end: the time it takes says nothing about how far a guess is right.
                accepted |= hmac.compare_digest(digest, known)
        return accepted


def _outer_keys(request: Request) -> Iterator[str]:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        yield token.strip()
    yield from request.query_params.getlist("api_key")


async def _body_key(request: Request) -> list[str]:
    try:
        body: Any = await request.json()
    except ValueError:  # no JSON: then there is no key in it
        return []
    key = body.get("api_key") if isinstance(body, dict) else None
    return [key] if isinstance(key, str) and key else []
