"""Decode base64, and recognise the other alphabet of it."""

from __future__ import annotations

import base64
import binascii

from clipdesk.server.errors import bad_image


def decode_base64(text: str) -> bytes:
    """Return the bytes of a base64 text, which may be broken into lines.

    Raises RequestError 400 for URL-safe base64, whose - and _ the decoder would silently skip, and ValueError or
    binascii.Error for anything else that is not base64.
    """
    if ("-" in text or "_" in text) and _is_url_safe(text):
        raise bad_image("the picture's value is URL-safe base64, with - and _. Send standard base64, with + and /.")
    return base64.b64decode(text)


def _is_url_safe(text: str) -> bool:
    compact = "".join(text.split()).rstrip("=")
    try:
        base64.b64decode(compact + "=" * (-len(compact) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
