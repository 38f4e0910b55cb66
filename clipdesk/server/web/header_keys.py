"""Keys in headers, which may contain any character."""

from __future__ import annotations

from collections.abc import Iterator


def readings(token: str) -> Iterator[str]:
    """Yield the keys that a header's token may stand for. `token` is decoded as Latin-1, as HTTP headers are.

    Clients send a key with other than ASCII characters in Latin-1 or, like curl, in UTF-8.
    """
    token = token.strip(" \t")  # not the no-break space, which is a byte of some letters in UTF-8
    if not token:
        return
    yield token
    if not token.isascii():
        try:
            yield token.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return
