"""Addresses of servers: which are allowed, and what they are called."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from clipdesk.core.errors import AddressError

ROBOFLOW = "https://serverless.roboflow.com"
LOCAL_SERVER = "http://localhost:9001"

_EXAMPLE = "Write it as https://host or http://localhost:9001."


@dataclass(frozen=True)
class Address:
    """A server's address that was checked. `host` is how it is named: `localhost:9001`, `serverless.roboflow.com`.

    `unencrypted`: over plain http to another computer, so that others in that network can read along.
    """

    base: str
    host: str
    is_this_computer: bool
    unencrypted: bool = False

    def url(self, path: str) -> str:
        return f"{self.base}/{path}"


def parse_address(text: str) -> Address:
    """Check an address: https to anywhere, plain http to this computer or to a private network only.

    Looks up the host's name for plain http, so not on the GUI thread. Raises AddressError, which repeats nothing of
    the address but its host: a key may stand in the rest.
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"{_guessed_scheme(text)}://{text}")
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressError(f"This is not the address of a server. {_EXAMPLE}") from None
    if parts.scheme not in ("http", "https") or not _is_host(name):
        raise AddressError(f"This is not the address of a server. {_EXAMPLE}")
    if "@" in parts.netloc or "?" in text or "#" in text:
        raise AddressError(
            f"The address of {name} holds more than a host and a path. Leave out passwords, keys and everything "
            f"from “?” on; a key has a place of its own. {_EXAMPLE}"
        )
    shown = f"[{name}]" if ":" in name else name
    host = f"{shown}:{port}" if port is not None else shown
    base = f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
    local = _is_loopback(name)
    if parts.scheme == "https" or local:
        return Address(base, host, local)
    # From here on the address that was checked is used, whatever the name stands for later.
    checked = _private_address(name)
    checked = f"[{checked}]" if ":" in checked else checked
    base = f"http://{checked}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}"
    return Address(base, host, is_this_computer=False, unencrypted=True)


def _guessed_scheme(text: str) -> str:
    name = text.partition("/")[0].rpartition(":")[0] or text.partition("/")[0]
    return "http" if _is_loopback(name.strip("[]")) else "https"


def _is_host(name: str) -> bool:
    return bool(name) and not any(character.isspace() or character in "\\%<>\"'" for character in name)


def _is_loopback(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return _plain(name).is_loopback
    except ValueError:
        return False


def _private_address(name: str) -> str:
    """The address in a private network that the name stands for; refused when it stands for any other as well."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise AddressError(f"There is no computer named “{name}” in this network. Check the address.") from None
    for text in found:
        address = _plain(text)
        if address.is_global or address.is_unspecified or address.is_multicast:
            raise AddressError(
                f"“{name}” is reached through the internet, and http would send your pictures and your key there "
                f"readable for others. Use https://{name} instead."
            )
    return found[0]


def _plain(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    address = ipaddress.ip_address(text.partition("%")[0])
    # 3.11 takes ::ffff:8.8.8.8 for private.
    return getattr(address, "ipv4_mapped", None) or address
