"""Parse server addresses, and refuse those that would send pictures or keys unencrypted through the internet."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from clipdesk.core.errors import AddressError
from clipdesk.core.messages import message, sentences

ROBOFLOW = "https://serverless.roboflow.com"
LOCAL_SERVER = "http://localhost:9001"

_EXAMPLE = message("core", "Write it as https://host or http://localhost:9001.")
_NO_ADDRESS = sentences(message("core", "This is not a server address."), _EXAMPLE)


@dataclass(frozen=True)
class Address:
    """A validated server address.

    `base` is the URL that requests are sent to, without a trailing slash. `host` is the name shown to the person and
    sent in the Host header, with the port if one was given: `localhost:9001`, `serverless.roboflow.com`.
    `unencrypted` marks plain http to another computer, which others on the same network can read.
    """

    base: str
    host: str
    is_this_computer: bool
    unencrypted: bool = False

    def url(self, path: str) -> str:
        return f"{self.base}/{path}"


def parse_address(text: str) -> Address:
    """Validate an address: https to any host, plain http only to this computer or a private network.

    A missing scheme is added: `localhost:9001` becomes http, `models.example.com` becomes https. Plain http to
    another host does a DNS lookup, so do not call this on the GUI thread. Raises AddressError, whose message contains
    only the host, because the rest of the address may contain a key.
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"{_guessed_scheme(text)}://{text}")
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressError(_NO_ADDRESS) from None
    if parts.scheme not in ("http", "https") or not _is_host(name):
        raise AddressError(_NO_ADDRESS)
    if "@" in parts.netloc or "?" in text or "#" in text:
        words = message(
            "core",
            "The address of {host} contains more than a host and a path. Remove passwords, keys and everything from "
            "“?” on; enter the key in its own field.",
        )
        raise AddressError(sentences(words.of(host=name), _EXAMPLE))
    shown = f"[{name}]" if ":" in name else name
    host = f"{shown}:{port}" if port is not None else shown
    base = f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
    local = _is_loopback(name)
    if parts.scheme == "https" or local:
        return Address(base, host, local)
    # Connect to the IP address that was checked, so that a later DNS answer cannot redirect the requests.
    ip = _private_address(name)
    ip = f"[{ip}]" if ":" in ip else ip
    base = f"http://{ip}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}"
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
        return _ip_address(name).is_loopback
    except ValueError:
        return False


def _private_address(name: str) -> str:
    """Resolve a host name to a private IP address. Raises AddressError if any of its addresses is public."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        words = message("core", "There is no computer named “{host}” on this network. Check the address.")
        raise AddressError(words.of(host=name)) from None
    for text in found:
        address = _ip_address(text)
        if address.is_global or address.is_unspecified or address.is_multicast:
            words = message(
                "core",
                "“{host}” is on the internet, and plain http would let others read your pictures and your key. "
                "Use https://{host} instead.",
            )
            raise AddressError(words.of(host=name))
    return found[0]


def _ip_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Parse an IP address, without an IPv6 scope id and with IPv4-mapped IPv6 reduced to IPv4."""
    address = ipaddress.ip_address(text.partition("%")[0])
    # Python 3.11 considers ::ffff:8.8.8.8 private, so look at the IPv4 address itself.
    return getattr(address, "ipv4_mapped", None) or address
