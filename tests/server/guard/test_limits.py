from __future__ import annotations

import socket
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import numpy as np
import pytest
from PIL import Image
from running_server import Answer, RunningServer, Serve, decoding_held, file_of, picture, wire
from waiting import wait_until

from clipdesk.server.settings import key_digest


def test_a_request_that_is_too_large_is_refused_by_its_length(serve: Serve) -> None:
    server = serve(max_body_bytes=10_000)

    answer = server.post("/clip/embed_text", {"text": "x" * 10_000})

    assert answer.status == 413
    assert "larger than 0.01 MB" in answer.json["message"]
    assert server.post("/clip/embed_text", {"text": "dog"}).status == 200


def test_a_request_without_a_length_is_refused_when_it_has_become_too_large(serve: Serve) -> None:
    def pieces():
        for _ in range(50):
            yield b" " * 1000

    answer = serve(max_body_bytes=10_000).request(
        "POST", "/clip/embed_text", pieces(), {"Content-Type": "application/json"}
    )

    assert answer.status == 413


def test_a_picture_with_too_many_pixels_is_refused(serve: Serve) -> None:
    server = serve(max_pixels=10_000)

    large = server.post("/clip/embed_image", {"image": wire(file_of(picture(1, (101, 100)), "JPEG"))})
    small = server.post("/clip/embed_image", {"image": wire(file_of(picture(1, (100, 100)), "JPEG"))})

    assert (large.status, small.status) == (400, 200)
    assert "megapixels" in large.json["message"]


def test_a_decompression_bomb_is_refused_before_it_is_decoded(server: RunningServer) -> None:
    # Its header says 400 megapixels. A server that decoded it would find too little data, and report that instead.
    file = file_of(Image.new("1", (20, 20), 1))
    head = b"IHDR" + struct.pack(">II", 20_000, 20_000) + file[24:29]
    bomb = file[:12] + head + struct.pack(">I", zlib.crc32(head)) + file[33:]

    answer = server.post("/clip/embed_image", {"image": wire(bomb)})

    assert answer.status == 400
    assert "megapixels" in answer.json["message"]


def open_request(server: RunningServer, declared: int = 100) -> socket.socket:
    """Send a request without the rest of its body."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    head = f"POST /clip/embed_text HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {declared}"
    connection.sendall(f"{head}\r\n\r\n".encode() + b'{"text":')
    return connection


def wait_for_in_flight(server: RunningServer, count: int, **headers: str) -> None:
    wait_until(lambda: f"clipdesk_requests_in_flight {count}.0" in server.get("/metrics", **headers).body.decode())


def test_requests_that_have_not_arrived_occupy_no_place(serve: Serve) -> None:
    server = serve(max_requests=2)
    with ExitStack() as stack:
        for _ in range(6):
            stack.enter_context(open_request(server))
        wait_for_in_flight(server, 6)

        assert server.post("/clip/embed_text", {"text": "dog"}).status == 200


def test_a_client_gets_half_of_the_queue_and_then_a_503_with_retry_after(serve: Serve) -> None:
    server = serve(max_requests=4, key_digests=(key_digest("ann"), key_digest("bob")))
    body = {"image": wire(picture(1))}
    ann, bob = {"Authorization": "Bearer ann"}, {"Authorization": "Bearer bob"}
    with ThreadPoolExecutor(2) as pool:
        with decoding_held(server):
            waiting = [pool.submit(server.post, "/clip/embed_image", body, **ann) for _ in range(2)]
            wait_for_in_flight(server, 2, **ann)

            refused = server.post("/clip/embed_image", body, **ann)
            other = server.post("/clip/embed_text", {"text": "dog"}, **bob)
            health = server.get("/healthz")
        answered = [one.result().status for one in waiting]

    assert (refused.status, refused.headers["retry-after"]) == (503, "1")
    assert (other.status, health.status, answered) == (200, 200, [200, 200])
    assert server.post("/clip/embed_image", body, **ann).status == 200


def test_the_total_size_of_waiting_requests_is_limited(serve: Serve) -> None:
    server = serve(max_waiting_bytes=1000)

    answer = server.post("/clip/embed_text", {"text": "x" * 2000})

    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert server.post("/clip/embed_text", {"text": "dog"}).status == 200


def test_a_body_that_stops_arriving_gives_up_its_place(serve: Serve) -> None:
    server = serve(max_requests=1, body_timeout_s=0.5)
    with open_request(server) as connection:
        received = connection.recv(100)

        assert received.startswith(b"HTTP/1.1 408")
        assert server.post("/clip/embed_text", {"text": "dog"}).status == 200


def test_a_body_that_arrives_too_slowly_gives_up_its_place(serve: Serve) -> None:
    server = serve(body_timeout_s=0.5)
    with open_request(server) as connection:
        connection.settimeout(0.05)
        received = b""
        for _ in range(60):
            with suppress(TimeoutError):
                received = connection.recv(100)
                break
            connection.sendall(b" ")

    assert received.startswith(b"HTTP/1.1 408")


def test_a_client_that_disconnects_gives_up_its_place(serve: Serve) -> None:
    server = serve(max_requests=1)
    with open_request(server):
        wait_for_in_flight(server, 1)

    wait_for_in_flight(server, 0)
    assert server.post("/clip/embed_text", {"text": "dog"}).status == 200


def test_with_a_small_queue_every_request_is_answered_or_gets_a_503(serve: Serve) -> None:
    server = serve(max_requests=4)
    bodies = [{"image": wire(picture(seed, (64, 64)))} for seed in range(8)]
    expected = [server.post("/clip/embed_image", body).embeddings[0] for body in bodies]

    def ask(number: int) -> int:
        """Ask until there is an answer, and return how often the server was busy."""
        answers: list[Answer] = []

        def is_answered() -> bool:
            answers.append(server.post("/clip/embed_image", bodies[number % 8]))
            return answers[-1].status != 503

        wait_until(is_answered)
        *refusals, answer = answers
        assert all(refusal.headers["retry-after"] == "1" for refusal in refusals)
        np.testing.assert_allclose(answer.embeddings[0], expected[number % 8], rtol=0, atol=1e-4)
        return len(refusals)

    with ThreadPoolExecutor(16) as pool:
        refused = sum(pool.map(ask, range(200)))

    metrics = server.get("/metrics").body.decode()
    assert 'clipdesk_requests_total{endpoint="/clip/embed_image",status="200"} 208.0' in metrics
    if refused:
        assert f'clipdesk_requests_total{{endpoint="/clip/embed_image",status="503"}} {refused}.0' in metrics


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_refused(server: RunningServer, method: str) -> None:
    assert server.request(method, "/clip/embed_text", None, {}).status == 405
