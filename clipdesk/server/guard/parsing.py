"""Parse the JSON of requests within limits, before anything is built or validated that a small request can make large.

Parsing holds the GIL, on whichever thread it runs, so it cannot be moved off the event loop. Its cost is bounded
instead: 20 MB of `[],[],…` take 17 s and several gigabytes, 20 MB of one long string 0.1 s.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

#: Commas and opening brackets in a body, of which each value needs one. Texts contain commas as well.
MAX_SEPARATORS = 100_000
#: Entries of any list or object: the most texts that one request may contain.
MAX_ENTRIES = 4096

_SEPARATORS = b",[{"
_CHUNK = 1 << 18


class CheckedRoute(APIRoute):
    """A route whose request parses its JSON with `parse_json`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_checked(request: Request) -> Response:
            return await handle(_CheckedRequest(request.scope, request.receive))

        return handle_checked


class _CheckedRequest(Request):
    _parsed: Any = None

    async def json(self) -> Any:
        if self._parsed is None:
            self._parsed = parse_json(await self.body())
        return self._parsed


def parse_json(body: bytes) -> Any:
    """Return the value of a JSON text in UTF-8.

    Raises HTTPException 400 if it is not UTF-8, or has too many values, a list that is too long, or a lone surrogate.
    Raises ValueError if it is not JSON, and RecursionError if it is nested too deeply.
    """
    if _has_more_separators(body, MAX_SEPARATORS):
        raise HTTPException(400, f"The request has more than {MAX_SEPARATORS} values.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HTTPException(400, "The request is not UTF-8.") from None
    value = json.loads(text)
    _require_usable(value)
    return value


def _has_more_separators(body: bytes, most: int) -> bool:
    # In pieces, because counting takes as long for matches as parsing does.
    count = 0
    for start in range(0, len(body), _CHUNK):
        chunk = body[start : start + _CHUNK]
        count += sum(chunk.count(separator) for separator in _SEPARATORS)
        if count > most:
            return True
    return False


def _require_usable(value: Any) -> None:
    """Raise HTTPException 400 for a list that is too long, or a text with a lone surrogate."""
    left = [value]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if value.isascii():  # which takes no time, unlike encoding a picture
                continue
            try:
                value.encode()
            except UnicodeEncodeError:
                raise HTTPException(400, "The request contains half a character (a lone surrogate).") from None
        elif isinstance(value, list | dict):
            if len(value) > MAX_ENTRIES:
                raise HTTPException(400, f"{len(value)} entries are more than the {MAX_ENTRIES} of one request.")
            left += value
            if isinstance(value, dict):
                left += value.values()
