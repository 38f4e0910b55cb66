"""The samples for reverse proxies, with a real nginx or Caddy in front of a server."""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from certificates import make_certificate
from running_server import Answer, RunningServer, decoding_held, picture, port_for_later, running_server, wire
from waiting import wait_until

from clipdesk.encoders.remote.addresses import parse_address
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.clip_client import ClipClient
from clipdesk.encoders.remote.pacing import Server
from clipdesk.server.settings import ServerSettings, key_digest

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "packaging" / "server" / "nginx.conf"
OFFICE = ROOT / "docs" / "office.md"

needs_nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="needs nginx")


@dataclass
class Proxied:
    """An nginx with the sample configuration, and the server behind it."""

    port: int
    folder: Path
    chain: Path
    server: RunningServer

    def post(self, path: str, body: dict[str, Any] | bytes, key: str = "my-key", **headers: str) -> Answer:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {}), **headers}
        return self.request("POST", path, data, headers)

    def request(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> Answer:
        trusting = ssl.create_default_context(cafile=self.chain)
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=120, context=trusting)
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def proxied(tiny_model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("nginx")
    models = {"ViT-B-16": f"local-dir:{tiny_model_dir}"}
    keys = (key_digest("my-key"), key_digest("schlüssel"), key_digest("canary-5b"))
    settings = ServerSettings(models=models, device="cpu", key_digests=keys)
    with running_server(settings, pools_started=True) as server:
        port, chain = port_for_later(), make_certificate(folder)
        (folder / "sample.conf").write_text(sample_for(server.port, port, folder))
        (folder / "nginx.conf").write_text(
            # Started as root, it would read its temporary files as somebody else.
            ("user root;\n" if os.geteuid() == 0 else "")
            + "daemon off; worker_processes 1; pid nginx.pid; error_log stderr; events { worker_connections 256; }\n"
            + "http { access_log off;\n"
            + "".join(f"{kind}_temp_path {kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
            + "include sample.conf; }\n"
        )
        with subprocess.Popen(["nginx", "-p", folder, "-c", "nginx.conf"], stderr=subprocess.PIPE, text=True) as nginx:
            try:
                wait_until(lambda: is_listening(port) or nginx.poll() is not None)
                assert nginx.poll() is None, nginx.stderr and nginx.stderr.read()
                yield Proxied(port, folder, chain.chain, server)
            finally:
                nginx.terminate()


def sample_for(server_port: int, port: int, folder: Path) -> str:
    """Return the sample configuration with the addresses and files of a test."""
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in (
        ("127.0.0.1:9001", f"127.0.0.1:{server_port}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/clip.example.com.pem", f"{folder}/server.pem"),
        ("/etc/ssl/private/clip.example.com.key", f"{folder}/server.key"),
        ("/var/log/nginx", str(folder)),
    ):
        assert old in text
        text = text.replace(old, new)
    return text


def is_listening(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=30).close()
    except OSError:
        return False
    return True


@needs_nginx
def test_the_client_of_clipdesk_works_through_nginx(proxied: Proxied, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(proxied.chain))
    address = parse_address(f"https://127.0.0.1:{proxied.port}")
    client = ClipClient([Server(address, ApiKey("my-key"), 1)], "ViT-B-16")
    try:
        found = client.embed_texts(["dog", "cat"]).result(timeout=120)
    finally:
        client.close()

    assert found.shape == (2, 64)


@needs_nginx
def test_keys_and_request_ids_pass_through_nginx(proxied: Proxied) -> None:
    body = {"text": "dog"}
    answers = [
        proxied.post("/clip/embed_text", body, key=""),
        proxied.post("/clip/embed_text", body, key="wrong"),
        proxied.post("/clip/embed_text", body, key="schlüssel"),  # http.client sends Latin-1
        proxied.post("/clip/embed_text", body, key="schlüssel".encode().decode("latin-1")),
        proxied.post("/clip/embed_text", {**body, "api_key": "my-key"}, key=""),
        proxied.post("/clip/embed_text?api_key=my-key", body, key=""),
        proxied.post("/v1/embeddings", {"input": "dog", "model": "ViT-B-16"}),
        proxied.post("/clip/embed_text", body, **{"X-Request-ID": "mine-7"}),
    ]

    assert [answer.status for answer in answers] == [401, 401, 200, 200, 200, 200, 200, 200]
    assert answers[-1].headers["x-request-id"] == "mine-7"
    assert proxied.request("HEAD", "/healthz", None, {}).status == 200


@needs_nginx
def test_what_is_too_large_gets_the_answer_of_the_server(proxied: Proxied) -> None:
    body = json.dumps({"image": wire(picture(1))}).encode()

    fits, too_large = (proxied.post("/clip/embed_image", body.ljust(size)) for size in (20_000_000, 20_000_001))

    assert (fits.status, too_large.status) == (200, 413)
    assert "larger than 20 MB" in too_large.json["message"]


@needs_nginx
def test_an_answer_that_takes_its_time_and_a_large_one_arrive_through_nginx(proxied: Proxied) -> None:
    with ThreadPoolExecutor(1) as pool:
        with decoding_held(proxied.server):
            waiting = pool.submit(proxied.post, "/clip/embed_image", {"image": wire(picture(1))})
            metrics = {"Authorization": "Bearer my-key"}
            in_flight = "clipdesk_requests_in_flight 1.0"
            wait_until(lambda: in_flight in proxied.server.get("/metrics", **metrics).body.decode())
        late = waiting.result()
    large = proxied.post("/clip/embed_text", {"text": [f"dog {number}" for number in range(1500)]})

    assert late.embeddings.shape == (1, 64)
    assert large.embeddings.shape == (1500, 64)


@needs_nginx
@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/metrics//", "//metrics", "/%6detrics", "/x/../metrics/"])
def test_only_one_computer_sees_the_metrics(proxied: Proxied, path: str) -> None:
    answer = proxied.request("GET", path, None, {"Authorization": "Bearer my-key"})

    assert answer.status == 403


@needs_nginx
def test_clients_cannot_pretend_to_have_another_address(proxied: Proxied, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "clipdesk")

    proxied.post("/clip/embed_text", {"text": "dog"}, **{"X-Forwarded-For": "10.1.2.3", "X-Request-ID": "pretender"})

    wait_until(lambda: "pretender" in caplog.text)
    assert "127.0.0.1 POST" in caplog.text
    assert "10.1.2.3" not in caplog.text


@needs_nginx
def test_the_documentation_page_names_the_address_of_the_proxy(proxied: Proxied) -> None:
    assert f"https://127.0.0.1:{proxied.port}" in proxied.request("GET", "/docs", None, {}).body.decode()


@needs_nginx
def test_the_logs_of_nginx_contain_no_key(proxied: Proxied) -> None:
    path = "/clip/embed_text?api_key=canary-5b"
    answers = [
        proxied.post(path, {"text": "dog"}, key="canary-5b"),
        proxied.post(path, b" " * 27_000_000, key="canary-5b"),  # refused by nginx itself, with a line in its error log
    ]

    assert [answer.status for answer in answers] == [200, 413]
    log, errors = proxied.folder / "clipdesk.log", proxied.folder / "clipdesk-error.log"
    wait_until(lambda: '"POST /clip/embed_text" 413' in log.read_text())
    assert '"POST /clip/embed_text" 200' in log.read_text()
    assert "canary" not in log.read_text() + errors.read_text()


@pytest.mark.skipif(not shutil.which("caddy"), reason="needs Caddy")
def test_caddy_understands_its_sample(tmp_path: Path) -> None:
    sample = re.search(
        r"\n\n((?:    .*\n)*    clip\.example\.com \{\n(?:    .*\n)+)", OFFICE.read_text(encoding="utf-8")
    )
    assert sample is not None
    (tmp_path / "Caddyfile").write_text(re.sub(r"^    ", "", sample[1], flags=re.MULTILINE))

    found = subprocess.run(
        ["caddy", "adapt", "--config", tmp_path / "Caddyfile"], capture_output=True, text=True, timeout=60
    )

    assert found.returncode == 0, found.stderr
    assert '"max_size":25000000' in found.stdout
