"""Connections that are idle, slow or too many."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from certificates import make_certificate
from running_server import RunningServer, Serve
from waiting import wait_until

from clipdesk.server.guard.connections import BACKLOG, max_connections
from clipdesk.server.settings import key_digest


def connect(server: RunningServer, data: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    connection.sendall(data)
    return connection


def is_open(connection: socket.socket) -> bool:
    """Return whether the server has not closed a connection on which it sends nothing."""
    connection.setblocking(False)
    try:
        return bool(connection.recv(1))
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False


def test_idle_and_unfinished_connections_lock_nobody_out(serve: Serve) -> None:
    server = serve(max_connections=20)
    head = b"POST /clip/embed_text HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
    with ExitStack() as stack:
        connections = [stack.enter_context(connect(server, data)) for data in (b"", b"GET", head) for _ in range(20)]

        answers = [server.post("/clip/embed_text", {"text": "dog"}).status for _ in range(5)]
        still_open = sum(map(is_open, connections))

    assert answers == [200] * 5
    assert 10 <= still_open < 20


@pytest.mark.parametrize("start", [b"", b"\r\n", b"POST /clip/e", b"GET /healthz HTTP/1.1\r\nHo"])
def test_a_request_that_does_not_begin_in_time_is_dropped(serve: Serve, start: bytes) -> None:
    server = serve(head_timeout_s=0.3)
    began = time.monotonic()
    with connect(server, start) as connection:
        connection.settimeout(0.05)
        while time.monotonic() - began < 10:
            try:
                received = connection.recv(1)
                break
            except TimeoutError:
                connection.sendall(start[-1:])  # slowly, but without a pause
            except ConnectionResetError:
                received = b""
                break

    assert received == b""
    assert 0.2 < time.monotonic() - began < 5


def test_a_connection_stays_open_between_requests(serve: Serve) -> None:
    server = serve(head_timeout_s=0.2)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        used = connection.sock
        assert used is not None
        with pytest.raises(TimeoutError):  # longer than the head of a request may take
            used.settimeout(0.5)
            used.recv(1)
        used.settimeout(10)
        connection.request("GET", "/healthz")

        assert connection.getresponse().status == 200
        assert connection.sock is used
    finally:
        connection.close()


def test_a_head_that_does_not_end_is_refused(serve: Serve) -> None:
    server = serve()
    with connect(server, b"GET / HTTP/1.1\r\n") as connection:
        with suppress(ConnectionResetError, BrokenPipeError):
            for number in range(1000):
                connection.sendall(b"X-%d: %s\r\n" % (number, b"x" * 500))
        try:
            received = connection.recv(100)
        except ConnectionResetError:
            return  # what was sent after the refusal resets the connection

    assert received.startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize("start", [b"1\r\n{\r\n0\r\n", b"1;"], ids=["trailers", "extension"])
def test_what_does_not_end_between_the_parts_of_a_body_is_refused(serve: Serve, start: bytes) -> None:
    server = serve()
    head = b"POST /clip/embed_text HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    more = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 500) for number in range(100))
    with connect(server, head + start) as connection, pytest.raises((ConnectionResetError, BrokenPipeError)):
        for _ in range(1000):  # 50 MB
            connection.sendall(more if b"0" in start else b"x" * len(more))

    assert server.post("/clip/embed_text", {"text": "dog"}).status == 200


def test_trailers_are_not_taken_for_headers(serve: Serve) -> None:
    server = serve(key_digests=(key_digest("my-key"),))
    request = (
        b"POST /clip/embed_text HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b'Transfer-Encoding: chunked\r\n\r\ne\r\n{"text":"dog"}\r\n0\r\nAuthorization: Bearer my-key\r\n\r\n'
    )
    with connect(server, request) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 401")


def test_the_rest_of_a_refused_request_is_read_so_that_the_answer_arrives(serve: Serve) -> None:
    server = serve(max_body_bytes=1000)

    answers = [server.post("/clip/embed_text", b" " * 5_000_000) for _ in range(3)]

    assert [answer.status for answer in answers] == [413] * 3


def test_a_client_that_does_not_read_its_answer_is_dropped(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clipdesk.server.guard.connections.READ_ANSWER_S", 0.3)
    server = serve()
    requests = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 2000  # more answers than fit into the buffers
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(10)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(requests)

        wait_until(lambda: bool(server.server.server_state.connections), 10)
        wait_until(lambda: not server.server.server_state.connections, 10)
    assert server.get("/healthz").status == 200


def test_clients_that_do_not_read_large_answers_cannot_fill_the_memory(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipdesk.server.guard.connections.MOST_UNREAD_BYTES", 1_000_000)
    monkeypatch.setattr("clipdesk.server.guard.connections.READ_ANSWER_S", 600.0)
    server = serve()
    body = json.dumps({"text": ["dog"] * 4096}).encode()  # its answer has 5 MB
    head = f"POST /clip/embed_text HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(60)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(f"{head}\r\n\r\n".encode() + body)
        wait_until(lambda: bool(server.server.server_state.connections))
        wait_until(lambda: not server.server.server_state.connections)

    assert len(server.post("/clip/embed_text", {"text": ["dog"] * 10}).embeddings) == 10


def test_connections_that_never_begin_their_handshake_lock_nobody_out(serve: Serve, tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    server = serve(certificate=made, max_connections=20)
    trusting = ssl.create_default_context(cafile=made.chain)
    with ExitStack() as stack:
        silent = [stack.enter_context(connect(server)) for _ in range(60)]
        statuses = []
        for _ in range(3):
            with trusting.wrap_socket(connect(server), server_hostname="127.0.0.1") as connection:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                statuses.append(connection.recv(100)[:12])
        still_open = sum(map(is_open, silent))

    assert statuses == [b"HTTP/1.1 200"] * 3
    assert 10 <= still_open < 20


def test_a_handshake_that_is_not_done_in_time_is_dropped(serve: Serve, tmp_path: Path) -> None:
    server = serve(certificate=make_certificate(tmp_path), head_timeout_s=0.3)

    with connect(server) as connection:
        assert connection.recv(1) == b""  # within its own 10 s; asyncio would wait 60


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit of open files")
def test_the_limit_of_open_files_is_raised_or_connections_are_fewer() -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= hard < 4000:
        pytest.skip("the limit cannot be raised here")
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))
        fits = max_connections(2000)
        raised = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert (fits, raised >= 2000 + BACKLOG) == (2000, True)
    if hard > 0:
        assert max_connections(hard) < hard - BACKLOG
