"""The certificate of a server that speaks HTTPS itself."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clipdesk.core.errors import ServeError


@dataclass(frozen=True)
class Certificate:
    """A certificate chain and its private key, both as PEM files."""

    chain: Path
    key: Path

    def uvicorn_options(self) -> dict[str, Any]:
        return {"ssl_certfile": str(self.chain), "ssl_keyfile": str(self.key)}


def certificate(chain: Path | None, key: Path | None) -> Certificate | None:
    """Return the certificate that two files make, None without files.

    Raises ServeError if one of them is missing, cannot be read or does not fit the other.
    """
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        raise ServeError("HTTPS needs both --tls-cert and --tls-key.")
    try:
        # With an empty password an encrypted key is an error, instead of a question on the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key, password="")
    except OSError as error:  # ssl.SSLError is one
        reason = error.strerror if not isinstance(error, ssl.SSLError) else _reason(error)
        raise ServeError(f"The certificate “{chain}” cannot be used with the key “{key}”: {reason}.") from None
    return Certificate(chain, key)


def _reason(error: ssl.SSLError) -> str:
    if error.reason == "KEY_VALUES_MISMATCH":
        return "they do not belong together"
    return "one of them is not a PEM file, or the key is encrypted"
