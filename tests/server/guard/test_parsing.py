"""Requests that are small to send, and would be expensive to parse or to answer."""

from __future__ import annotations

import json
import socket
import time

import pytest
from running_server import RunningServer, Serve, picture, wire

from clipdesk.server.settings import key_digest

_N = 250_000

#: Each kept the whole server busy for between 2 and 20 s.
EXPENSIVE = {
    "wrong texts": ("embed_text", b'{"text":[%s1]}' % (b"1," * 2 * _N)),
    "wrong images": ("embed_image", b'{"image":[%s1]}' % (b"{}," * _N)),
    "wrong prompts": ("compare", b'{"subject":"","prompt":{%s"":1}}' % b"".join(b'"%d":1,' % n for n in range(_N))),
    "lists": ("embed_text", b'{"text":"dog","more":[%s1]}' % (b"[]," * 2 * _N)),
    "prefix": ("embed_image", b'{"image":{"type":"base64","value":"data:%s"}}' % (b";" * 19_000_000)),
}


@pytest.mark.parametrize("name", EXPENSIVE)
def test_an_expensive_request_is_refused_at_once(server: RunningServer, name: str) -> None:
    path, body = EXPENSIVE[name]
    started = time.monotonic()

    answer = server.post(f"/clip/{path}", body)

    assert answer.status == 400
    assert time.monotonic() - started < 3
    assert len(answer.body) < 1000


def test_a_list_longer_than_any_that_is_needed_is_refused_wherever_it_is(server: RunningServer) -> None:
    longest, longer = (server.post("/clip/embed_text", {"text": "dog", "more": {"a": [1] * n}}) for n in (4096, 4097))

    assert (longest.status, longer.status) == (200, 400)
    assert "4096" in longer.json["message"]


def test_the_answer_to_an_invalid_request_lists_five_problems(server: RunningServer) -> None:
    answer = server.post("/clip/embed_text", {"text": [1] * 4096})

    assert answer.status == 422
    assert len(answer.json["detail"]) == 5


@pytest.mark.parametrize(
    "body",
    [
        rb'{"text": "\ud800"}',
        rb'{"text": "dog", "id": "\udfff\ud800"}',
        rb'{"text": ["dog", "a\uDC00"]}',
        rb'{"text": "dog", "api_key": "\ud800"}',
        rb'{"text": "dog", "clip_version_id": "\ud800"}',
        rb'{"text": "dog", "more": {"\ud800": 1}}',
        b'{"text": "\xed\xa0\x80"}',
        b'{"text": "\xff"}',
        '{"text": "dog"}'.encode("utf-16"),
    ],
)
def test_half_a_character_is_a_bad_request(server: RunningServer, body: bytes) -> None:
    answer = server.post("/clip/embed_text", body)

    assert answer.status == 400
    assert answer.json.keys() == {"message"}


def test_half_a_character_is_a_bad_request_in_names_of_prompts_and_in_images(server: RunningServer) -> None:
    image = json.dumps(wire(picture(1))).encode()

    names = server.post("/clip/compare", b'{"subject": %s, "prompt": {"\\ud800": "dog"}}' % image)
    kind = server.post("/clip/embed_image", rb'{"image": {"type": "\ud800", "value": "x"}}')

    assert (names.status, kind.status) == (400, 400)


@pytest.mark.parametrize("text", [rb"\ud83d\ude00", "😀".encode(), "\ufeff".encode(), rb"\\ud800"])
def test_whole_characters_are_accepted(server: RunningServer, text: bytes) -> None:
    assert server.post("/clip/embed_text", b'{"text": "dog %s"}' % text).status == 200


def test_a_byte_order_mark_is_ignored(server: RunningServer) -> None:
    assert server.post("/clip/embed_text", '{"text": "dog"}'.encode("utf-8-sig")).status == 200


@pytest.mark.parametrize("body", [b'{"text": %s}' % (b"1" * 5000), b'{"a":' * 50_000])
def test_json_that_python_refuses_is_a_bad_request(server: RunningServer, body: bytes) -> None:
    assert server.post("/clip/embed_text", body).status == 400


def test_a_wrong_key_in_a_header_is_refused_before_the_body_is_read(serve: Serve) -> None:
    server = serve(key_digests=(key_digest("right"),), body_timeout_s=20)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(
            b"POST /clip/embed_text HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\nContent-Length: 999\r\n\r\n"
        )

        assert connection.recv(100).startswith(b"HTTP/1.1 401")
    # The key of a body is found by parsing it, so this body is parsed, but not for long.
    assert server.post("/clip/embed_text", EXPENSIVE["lists"][1]).status == 400


def test_only_requests_that_have_a_body_are_read(serve: Serve) -> None:
    server = serve(key_digests=(key_digest("right"),))

    answer = server.request("GET", "/metrics", b'{"api_key": "right"}', {"Content-Type": "application/json"})

    assert answer.status == 401
