"""Fetch images by URL, for servers that allow it: https only, public addresses only, no redirects."""

from __future__ import annotations

import http.client
import ipaddress
import logging
import math
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any

import httpx2

_CHUNK = 65536

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

logger = logging.getLogger(__name__)


class FetchError(Exception):
    """The image could not be fetched. The message is a sentence for the client and does not repeat the URL."""


def is_public(address: Address) -> bool:
    """Return whether an address is on the public internet.

    Loopback and private addresses are not, nor are link-local ones such as a cloud's metadata service.
    """
    if isinstance(address, ipaddress.IPv6Address):
        # An IPv6 address that embeds an IPv4 address is judged by the latter.
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _GLOBAL_UNICAST or address in _DOCUMENTATION:
            return False
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
#: The only part of IPv6 that is assigned to the internet. Everything else is local, or embeds an IPv4 address in a form
#: that only local networks use: ::/96, ::ffff:0:0:0/96 (RFC 2765), 64:ff9b:1::/48 (RFC 8215).
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_DOCUMENTATION = ipaddress.IPv6Network("3fff::/20")  # RFC 9637, newer than Python's list

# The same for closed and silent ports, and for those that do not speak TLS, so that nobody can scan ports with it.
_UNREADABLE = "The URL could not be read."


class ImageFetcher:
    """Downloads files of up to `max_bytes` over https, each within `timeout_s`. May be called from several threads.

    `allows` decides which IP addresses may be connected to. `tls` defaults to the system's certificates.
    """

    def __init__(
        self,
        max_bytes: int,
        *,
        allows: Callable[[Address], bool] = is_public,
        tls: ssl.SSLContext | None = None,
        timeout_s: float = 30.0,
    ) -> None:
        self._max_bytes = max_bytes
        self._allows = allows
        self._tls = tls or ssl.create_default_context()
        self._tls.sslsocket_class = _DeadlineSocket
        self._timeout_s = timeout_s

    def fetch(self, url: str) -> bytes:
        """Download the file at a URL. Raises FetchError."""
        deadline = time.monotonic() + self._timeout_s
        parsed = _parse_url(url)
        host, port = parsed.raw_host.decode(), parsed.port or 443
        connection = _PinnedConnection(host, port, self._checked_address(host, port), self._tls, deadline)
        try:
            headers = {"Accept": "image/*", "User-Agent": "ClipDesk"}
            connection.request("GET", parsed.raw_path.decode(), headers=headers)
            # The response owns the socket if the server closes the connection after it, so it must be closed as well.
            with connection.getresponse() as response:
                if response.status != 200:
                    raise FetchError(f"The URL returned status {response.status}.")
                return self._read(response)
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            logger.debug("A picture could not be fetched (%s).", type(error).__name__)
            raise FetchError(_UNREADABLE) from error
        finally:
            connection.close()

    def _checked_address(self, host: str, port: int) -> str:
        """Resolve a host to the IP address to connect to: a second lookup could give one that was not checked."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError("The URL's host cannot be found.") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not addresses or not all(self._allows(ipaddress.ip_address(text)) for text in addresses):
            raise FetchError("The URL is on a private network, which this server does not read from.")
        return addresses[0]

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        too_large = FetchError(f"The file is larger than {self._max_bytes / 1e6:.0f} MB.")
        if response.length is not None and response.length > self._max_bytes:
            raise too_large
        data = bytearray()
        while chunk := response.read1(_CHUNK):
            data += chunk
            if len(data) > self._max_bytes:
                raise too_large
        if response.length:
            raise FetchError("The file is incomplete.")
        return bytes(data)


class _DeadlineSocket(ssl.SSLSocket):
    """A socket with one deadline for everything it receives. A plain timeout begins anew with every byte."""

    deadline = math.inf

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(_left(self.deadline))
        return super().recv_into(*args, **options)


class _PinnedConnection(http.client.HTTPSConnection):
    """Connects to a fixed IP address, verifies the certificate for the host name, and has one deadline for it all."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext, deadline: float) -> None:
        super().__init__(host, port, context=tls)
        self._address = address
        self._tls = tls
        self._deadline = deadline

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), timeout=_left(self._deadline))
        try:
            plain.settimeout(_left(self._deadline))  # of the whole handshake
            secure = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        assert isinstance(secure, _DeadlineSocket)
        secure.deadline = self._deadline
        self.sock = secure


def _left(deadline: float) -> float:
    """Return the seconds until a deadline. Raises TimeoutError after it."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _parse_url(text: str) -> httpx2.URL:
    """Parse a URL, and quote what is not ASCII in it. Raises FetchError for anything but https without credentials."""
    try:
        url = httpx2.URL(text.strip())
        host, _ = url.raw_host, url.raw_path
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchError("This is not a URL.") from error
    if url.scheme != "https" or not host:
        raise FetchError("Only URLs that begin with https:// are read.")
    if url.userinfo:
        raise FetchError("URLs with a user name or password are not read.")
    return url
