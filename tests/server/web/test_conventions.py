from __future__ import annotations

import http.client
import logging
import uuid

import pytest
from running_server import RunningServer, Serve

ORIGIN = "https://shop.example"


@pytest.mark.parametrize("path", ["/info", "/healthz", "/readiness", "/docs"])
def test_head_is_answered_like_get_without_a_body(server: RunningServer, path: str) -> None:
    get, head = server.get(path), server.request("HEAD", path, None, {})

    assert head.status == get.status == 200
    assert head.body == b""
    assert head.headers["content-length"] == get.headers["content-length"]


def test_a_connection_stays_usable_after_head(server: RunningServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    statuses = []
    for method in ("HEAD", "GET", "HEAD", "GET"):
        connection.request(method, "/healthz")
        answer = connection.getresponse()
        statuses.append((answer.status, answer.read()))
    connection.close()

    healthy = (200, b'{"status":"healthy"}')
    assert statuses == [(200, b""), healthy, (200, b""), healthy]


def test_a_slash_at_the_end_makes_no_difference_and_redirects_nowhere(server: RunningServer) -> None:
    answer = server.post("/clip/embed_text/", {"text": "dog"}, Host="evil.example")

    assert answer.status == 200
    assert "evil" not in str(answer.headers)
    assert 'endpoint="/clip/embed_text"' in server.get("/metrics/").body.decode()


def test_every_answer_has_a_request_id(server: RunningServer) -> None:
    answers = [
        server.get("/healthz"),
        server.get("/nothing"),
        server.post("/clip/embed_text", {"text": "dog"}),
        server.post("/clip/embed_text", b"{"),
    ]

    ids = {str(uuid.UUID(answer.headers["x-request-id"])) for answer in answers}
    assert [answer.status for answer in answers] == [200, 404, 200, 422]
    assert len(ids) == 4


def test_the_client_s_request_id_is_returned_and_logged_if_it_is_a_plain_one(
    server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "clipdesk")

    found = [server.get("/healthz", **{"X-Request-ID": name}).headers["x-request-id"] for name in ("my-7.b", "a b\tc")]

    assert found[0] == "my-7.b"
    assert str(uuid.UUID(found[1])) == found[1]
    assert "ms my-7.b" in caplog.text
    assert "a b\tc" not in caplog.text


def test_an_internal_error_has_the_request_id_as_well(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve()
    monkeypatch.setattr(server.service, "embed_texts", None)  # calling it raises TypeError

    answer = server.post("/clip/embed_text", {"text": "dog"}, **{"X-Request-ID": "mine"})

    assert (answer.status, answer.headers["x-request-id"]) == (500, "mine")


def test_without_cors_origins_no_answer_allows_any(server: RunningServer) -> None:
    preflight = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}

    answers = [server.get("/info", Origin=ORIGIN), server.request("OPTIONS", "/clip/compare", None, preflight)]

    assert not [name for answer in answers for name in answer.headers if name.startswith("access-control")]


def test_pages_of_the_given_origins_may_call_the_api(serve: Serve) -> None:
    server = serve(cors_origins=(ORIGIN,), max_body_bytes=100)
    preflight = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }

    asked = server.request("OPTIONS", "/clip/embed_text", None, preflight)
    answers = [
        server.post("/clip/embed_text", {"text": "dog"}, Origin=ORIGIN),
        server.post("/clip/embed_text", {"text": "dog" * 100}, Origin=ORIGIN),
    ]
    other = server.post("/clip/embed_text", {"text": "dog"}, Origin="https://other.example")

    assert asked.status == 200
    assert asked.headers["access-control-allow-origin"] == ORIGIN
    assert "authorization" in asked.headers["access-control-allow-headers"].lower()
    assert [answer.status for answer in answers] == [200, 413]  # the page can read the reason of an error, too
    assert all(answer.headers["access-control-allow-origin"] == ORIGIN for answer in answers)
    assert "access-control-allow-origin" not in other.headers
