"""Fetch images by URL, for servers that allow it: https only, public addresses only, no redirects."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

_CONNECT_TIMEOUT_S = 10.0
_TOTAL_TIMEOUT_S = 30.0
_CHUNK = 65536

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


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
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052


class ImageFetcher:
    """Downloads files of up to `max_bytes` over https. May be called from several threads.

    `allows` decides which IP addresses may be connected to. `tls` defaults to the system's certificates.
    """

    def __init__(
        self,
        max_bytes: int,
        *,
        allows: Callable[[Address], bool] = is_public,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._max_bytes = max_bytes
        self._allows = allows
        self._tls = tls or ssl.create_default_context()

    def fetch(self, url: str) -> bytes:
        """Download the file at a URL. Raises FetchError."""
        deadline = time.monotonic() + _TOTAL_TIMEOUT_S
        host, port, path = _parse_url(url)
        address = self._checked_address(host, port)
        connection = _PinnedConnection(host, port, address, self._tls)
        try:
            connection.request("GET", path, headers={"Accept": "image/*", "User-Agent": "ClipDesk"})
            # The response owns the socket if the server closes the connection after it, so it must be closed as well.
            with connection.getresponse() as response:
                if response.status != 200:
                    raise FetchError(f"The URL returned status {response.status}.")
                return self._read(response, deadline)
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise FetchError(f"The URL could not be read ({type(error).__name__}).") from error
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

    def _read(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        too_large = FetchError(f"The file is larger than {self._max_bytes / 1e6:.0f} MB.")
        if response.length is not None and response.length > self._max_bytes:
            raise too_large
        data = bytearray()
        while chunk := response.read1(_CHUNK):
            data += chunk
            if len(data) > self._max_bytes:
                raise too_large
            if time.monotonic() > deadline:
                raise FetchError("The URL took too long to answer.")
        if response.length:
            raise FetchError("The file is incomplete.")
        return bytes(data)


def _parse_url(url: str) -> tuple[str, int, str]:
    """Return host, port, and path with query. Raises FetchError for anything but https without credentials."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as error:
        raise FetchError("This is not a URL.") from error
    if parts.scheme != "https" or not parts.hostname:
        raise FetchError("Only URLs that begin with https:// are read.")
    if parts.username is not None or parts.password is not None:
        raise FetchError("URLs with a user name or password are not read.")
    path = parts.path or "/"
    return parts.hostname, port, f"{path}?{parts.query}" if parts.query else path


class _PinnedConnection(http.client.HTTPSConnection):
    """Connects to a fixed IP address, and verifies the certificate for the host name."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=_CONNECT_TIMEOUT_S, context=tls)
        self._address = address
        self._tls = tls

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), timeout=_CONNECT_TIMEOUT_S)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
