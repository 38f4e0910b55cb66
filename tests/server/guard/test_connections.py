"""Connections that are idle, slow or too many."""

from __future__ import annotations

import http.client
import socket
import sys
import time
from contextlib import ExitStack, suppress

import pytest
from running_server import RunningServer, Serve
from waiting import wait_until

from clipdesk.server.guard.connections import BACKLOG, max_connections


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


def test_the_rest_of_a_refused_request_is_read_so_that_the_answer_arrives(serve: Serve) -> None:
    server = serve(max_body_bytes=1000)

    answers = [server.post("/clip/embed_text", b" " * 5_000_000) for _ in range(3)]

    assert [answer.status for answer in answers] == [413] * 3


def test_a_client_that_does_not_read_its_answer_is_dropped(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clipdesk.server.guard.connections._READ_ANSWER_S", 0.3)
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
