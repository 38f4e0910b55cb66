from __future__ import annotations

import http.server
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from running_server import Serve, file_of, picture

from clipdesk.server.fetch import FetchError, ImageFetcher, is_public

PICTURE = file_of(picture(1))


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        # IPv4 embedded in IPv6: mapped, 6to4, NAT64.
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2002:c0a8:101::",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::7f00:1",
        # Forms that only local networks use: NAT64 with a prefix of one's own, IPv4-compatible, IPv4-translated.
        "64:ff9b:1::7f00:1",
        "64:ff9b:1::808:808",
        "64:ff9b:1:ffff::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:0:127.0.0.1",
        "::ffff:0:8.8.8.8",
        # Not assigned to the internet, or documentation.
        "100::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
    ],
)
def test_these_addresses_are_not_public(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "151.101.1.69", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_these_addresses_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.com/a.jpg", "https://"),
        ("file:///etc/passwd", "https://"),
        ("https:///a.jpg", "https://"),
        ("https://user:secret@example.com/a.jpg", "user name"),
        ("https://example.com:port/a.jpg", "not a URL"),
        ("https://example.com/a\0.jpg", "not a URL"),
        ("https://example.com/" + "a" * 100_000, "not a URL"),
        ("https://localhost/a.jpg", "private network"),
        ("https://127.0.0.1/a.jpg", "private network"),
        ("https://2130706433/a.jpg", "private network"),
        ("https://0x7f.1/a.jpg", "private network"),
        ("https://[::1]/a.jpg", "private network"),
        ("https://[::ffff:169.254.169.254]/latest/meta-data", "private network"),
        ("https://name.invalid/a.jpg", "cannot be found"),
    ],
)
def test_unsafe_urls_are_not_fetched(url: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason) as caught:
        ImageFetcher(1000).fetch(url)

    assert "secret" not in str(caught.value)


class _Pictures(http.server.BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]
    ended: threading.Event

    def do_GET(self) -> None:
        type(self).asked.append((self.path, self.headers["Host"]))
        match self.path.partition("?")[0]:
            case "/picture.png":
                self._answer(200, PICTURE, {"Content-Length": str(len(PICTURE))})
            case "/moved":
                self._answer(302, b"", {"Location": "/picture.png", "Content-Length": "0"})
            case "/missing":
                self._answer(404, b"", {"Content-Length": "0"})
            case "/large":
                self._answer(200, b"x" * 5000, {"Content-Length": "5000"})
            case "/endless":
                self._answer(200, b"x" * 5000, {})
            case "/cut":
                self._answer(200, b"x" * 10, {"Content-Length": "500"})
            case "/drip-head":
                self._drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")
            case "/drip-body":
                self._drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x")

    def _drip(self, start: bytes, more: bytes) -> None:
        self.wfile.write(start)
        with suppress(OSError):
            while not type(self).ended.wait(0.05):
                self.wfile.write(more)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a certificate for “localhost” and its private key."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem"
    subprocess.run(
        [*command.split(), "-addext", "subjectAltName=DNS:localhost"], cwd=folder, check=True, capture_output=True
    )
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


@pytest.fixture
def pictures(certificate: Path) -> Iterator[int]:
    """Run an https server on loopback; return its port."""
    _Pictures.asked, _Pictures.ended = [], threading.Event()
    server = http.server.HTTPServer(("127.0.0.1", 0), _Pictures)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    _Pictures.ended.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def fetcher(certificate: Path) -> ImageFetcher:
    """A fetcher that trusts the test's certificate and may connect to the loopback address of IPv4."""
    tls = ssl.create_default_context(cafile=str(certificate))
    return ImageFetcher(1000 + len(PICTURE), allows=lambda address: address.is_loopback, tls=tls)


def test_a_picture_is_fetched_from_the_address_that_was_checked(fetcher: ImageFetcher, pictures: int) -> None:
    assert fetcher.fetch(f"https://localhost:{pictures}/picture.png?size=1") == PICTURE
    assert _Pictures.asked == [("/picture.png?size=1", f"localhost:{pictures}")]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("강아지.png", "/%EA%B0%95%EC%95%84%EC%A7%80.png"),
        ("my dog.png?name=my cat", "/my%20dog.png?name=my%20cat"),
        ("100%25.png", "/100%25.png"),
    ],
)
def test_what_is_not_ascii_in_a_url_is_quoted(fetcher: ImageFetcher, pictures: int, url: str, path: str) -> None:
    with pytest.raises(FetchError):  # an empty answer
        fetcher.fetch(f"https://localhost:{pictures}/{url} ")

    assert [asked for asked, _ in _Pictures.asked] == [path]


@pytest.mark.parametrize("path", ["/drip-head", "/drip-body"])
def test_an_answer_that_drips_is_given_up(certificate: Path, pictures: int, path: str) -> None:
    tls = ssl.create_default_context(cafile=str(certificate))
    fetcher = ImageFetcher(100_000, allows=lambda address: address.is_loopback, tls=tls, timeout_s=0.5)
    started = time.monotonic()

    with pytest.raises(FetchError, match=r"^The URL could not be read\.$"):
        fetcher.fetch(f"https://localhost:{pictures}{path}")

    assert time.monotonic() - started < 3


def test_ports_cannot_be_told_apart(certificate: Path) -> None:
    fetcher = ImageFetcher(1000, allows=lambda address: True, timeout_s=0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.create_server(("127.0.0.1", 0)) as other:
        closed = other.getsockname()[1]
        other.close()
        reasons = []
        for port in (silent.getsockname()[1], closed):
            with pytest.raises(FetchError) as caught:
                fetcher.fetch(f"https://127.0.0.1:{port}/a.png")
            reasons.append(str(caught.value))

    assert reasons == ["The URL could not be read."] * 2


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/moved", "status 302"),
        ("/missing", "status 404"),
        ("/large", "larger than"),
        ("/endless", "larger than"),
        ("/cut", "incomplete"),
    ],
)
def test_redirects_and_faults_are_not_followed(fetcher: ImageFetcher, pictures: int, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        fetcher.fetch(f"https://localhost:{pictures}{path}")

    assert len(_Pictures.asked) == 1


def test_a_self_signed_certificate_is_refused(pictures: int) -> None:
    with pytest.raises(FetchError, match=r"^The URL could not be read\.$"):
        ImageFetcher(1000, allows=lambda address: True).fetch(f"https://localhost:{pictures}/picture.png")


def test_a_certificate_for_another_name_is_refused(fetcher: ImageFetcher, pictures: int) -> None:
    with pytest.raises(FetchError, match=r"^The URL could not be read\.$"):
        fetcher.fetch(f"https://127.0.0.1:{pictures}/picture.png")


def test_one_private_address_among_public_ones_is_enough_to_refuse(certificate: Path, pictures: int) -> None:
    seen: list[str] = []

    def allows(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
        seen.append(str(address))
        return False

    with pytest.raises(FetchError, match="private network"):
        ImageFetcher(1000, allows=allows).fetch(f"https://localhost:{pictures}/picture.png")

    assert seen
    assert not _Pictures.asked


def test_a_server_that_allows_urls_still_refuses_private_addresses(serve: Serve) -> None:
    server = serve(allow_urls=True)

    for url in ("https://localhost/a.jpg", "https://192.168.0.1/a.jpg", "http://example.com/a.jpg"):
        answer = server.post("/clip/embed_image", {"image": {"type": "url", "value": url}})
        bare = server.post("/clip/compare", {"subject": url, "prompt": "dog"})

        assert (answer.status, bare.status) == (400, 400)
        assert "Could not load input image." in answer.json["message"]
        assert url not in answer.json["message"]
