"""Redirects, proxies and tokens, against a real server on loopback."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from clipdesk.encoders.models.http_client import HttpClient, may_send_token


@dataclass(frozen=True)
class Seen:
    """A request that a server has received."""

    method: str
    target: str
    authorization: str


@dataclass(frozen=True)
class Server:
    """A server on loopback that redirects as `redirects` says, from path to location, and answers 200 otherwise."""

    port: int
    seen: list[Seen]
    redirects: dict[str, str]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def _serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    seen: list[Seen] = []
    redirects: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            seen.append(Seen(self.command, self.path, self.headers.get("Authorization", "")))
            location = redirects.get(self.path)
            self.send_response(302 if location else 200)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        httpd.socket = tls.wrap_socket(httpd.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Server(httpd.server_port, seen, redirects)
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    with _serving() as server:
        yield server


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def _head(url: str, token: str = "", *, follow_redirects: bool = True) -> httpx2.Response:
    with HttpClient(threading.Event(), timeout_s=10.0) as http:
        return http.run(http.head(url, token, follow_redirects=follow_redirects))


# --- redirects


def test_redirects_are_followed_only_on_request(server: Server) -> None:
    server.redirects["/old"] = "/new"

    assert _head(server.url("/old"), follow_redirects=False).status_code == 302
    assert _head(server.url("/old")).status_code == 200


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://[bad"])
def test_redirects_lead_to_http_only(server: Server, location: str) -> None:
    server.redirects["/old"] = location

    assert _head(server.url("/old")).status_code == 302
    assert [seen.target for seen in server.seen] == ["/old"]


def test_a_redirect_loop_ends(server: Server) -> None:
    server.redirects["/loop"] = "/loop"

    assert _head(server.url("/loop")).status_code == 302
    assert len(server.seen) == 11


def test_a_token_stays_with_its_host(server: Server) -> None:
    server.redirects.update({"/1": "/2", "/2": server.url("/3", "localhost"), "/3": server.url("/4")})

    _head(server.url("/1"), "canary")

    assert [(seen.target, seen.authorization) for seen in server.seen] == [
        ("/1", "Bearer canary"),
        ("/2", "Bearer canary"),
        ("/3", ""),
        ("/4", ""),
    ]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://hub.test/b", True),
        ("https://cdn.test/b", False),
        ("https://hub.test:8443/b", False),
        ("http://hub.test/b", False),
    ],
)
def test_a_token_is_not_sent_elsewhere_or_unencrypted(target: str, expected: bool) -> None:
    assert may_send_token("https://hub.test/a", target) == expected


# --- proxies


@pytest.mark.parametrize("proxy", ["http://{}", "{}"], ids=["url", "host and port"])
def test_the_systems_proxy_is_used(server: Server, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy.format(f"127.0.0.1:{server.port}"))

    response = _head("http://hub.test/file")

    assert response.status_code == 200
    assert [seen.target for seen in server.seen] == ["http://hub.test/file"]


def test_a_host_that_needs_no_proxy_gets_none(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with _serving() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        monkeypatch.setenv("no_proxy", "127.0.0.1")

        _head(server.url("/file"))

    assert proxy.seen == []
    assert [seen.target for seen in server.seen] == ["/file"]


def test_a_proxy_for_all_protocols_does_not_count(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks://127.0.0.1:9")

    assert _head(server.url("/file")).status_code == 200


def test_a_proxy_that_cannot_be_used_is_an_error(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")

    with pytest.raises(httpx2.ProxyError):
        _head("http://hub.test/file")


# --- certificates


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for “localhost”, with its key in the same file."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    path = tmp_path / "certificate.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run([*command.split(), "-keyout", path, "-out", tmp_path / "out.pem"], check=True, capture_output=True)
    path.write_text(path.read_text() + (tmp_path / "out.pem").read_text())
    return path


def test_only_trusted_certificates_are_accepted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with _serving(tls) as server:
        url = f"https://localhost:{server.port}/file"
        with pytest.raises(httpx2.ConnectError, match="certificate"):
            _head(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

        assert _head(url).status_code == 200
