from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from running_server import RunningServer, Serve, running_server

from clipdesk.core.errors import ServeError
from clipdesk.server.settings import ServerSettings, is_loopback, key_digest, read_key_file

KEYS = (key_digest("first-key"), key_digest("schlüssel"), key_digest("clé à"))


@pytest.fixture(scope="module")
def server(tiny_model_dir: Path) -> Iterator[RunningServer]:
    """A server that needs a key."""
    models = {"ViT-B-16": f"local-dir:{tiny_model_dir}"}
    with running_server(ServerSettings(models=models, device="cpu", key_digests=KEYS), pools_started=True) as server:
        yield server


@pytest.mark.parametrize(
    ("query", "headers", "body"),
    [
        ("", {}, {"api_key": "first-key"}),
        ("", {}, {"api_key": "schlüssel"}),
        ("", {"Authorization": "Bearer first-key"}, {}),
        ("", {"Authorization": "bearer  first-key "}, {}),
        ("", {"Authorization": "Bearer schlüssel".encode().decode("latin-1")}, {}),
        ("", {"Authorization": "Bearer schlüssel"}, {}),  # http.client sends Latin-1
        ("", {"Authorization": "Bearer clé à".encode().decode("latin-1")}, {}),  # ends with a no-break space
        ("?api_key=first-key", {}, {}),
        ("?api_key=wrong", {}, {"api_key": "first-key"}),
        ("?source=x&api_key=schl%C3%BCssel", {"Authorization": "Basic eDp5"}, {"api_key": None}),
    ],
)
def test_a_key_is_accepted_in_three_places(
    server: RunningServer, query: str, headers: dict[str, str], body: dict[str, str]
) -> None:
    answer = server.post(f"/clip/embed_text{query}", {"text": "dog", **body}, **headers)

    assert answer.status == 200


@pytest.mark.parametrize(
    ("query", "headers", "body"),
    [
        ("", {}, {"text": "dog"}),
        ("", {}, {"text": "dog", "api_key": "first-ke"}),
        ("", {}, {"text": "dog", "api_key": "first-key "}),
        ("", {}, {"text": "dog", "api_key": ["first-key"]}),
        ("", {}, ["first-key"]),
        ("", {"Authorization": "Basic first-key"}, {"text": "dog"}),
        ("", {"Authorization": "Bearer wrong"}, {"text": "dog", "api_key": "first-key"}),
        ("?api_key=", {}, {"text": "dog"}),
        ("?key=first-key", {}, {"text": "dog"}),
    ],
)
def test_requests_without_a_valid_key_are_refused(
    server: RunningServer, query: str, headers: dict[str, str], body: object
) -> None:
    answers = [
        server.post(f"/clip/{name}{query}", body, **headers) for name in ("embed_image", "embed_text", "compare")
    ]

    for answer in answers:
        assert answer.status == 401
        assert answer.json.keys() == {"status", "message"}
        assert answer.json["status"] == 401
        assert b"first-ke" not in answer.body


def test_health_checks_need_no_key_but_metrics_do(server: RunningServer) -> None:
    open_to_all = [server.get(path).status for path in ("/info", "/healthz", "/readiness", "/docs", "/openapi.json")]
    metrics = server.get("/metrics").status, server.get("/metrics", Authorization="Bearer first-key").status

    assert open_to_all == [200] * 5
    assert metrics == (401, 200)


def test_keys_are_in_no_log_and_no_answer(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "clipdesk")
    server = serve(key_digests=(key_digest("canary-7f3a"),))
    answers = []
    for key in ("canary-7f3a", "canary-wrong"):
        for body in ({"text": "dog"}, {"text": 5}, {"text": "word " * 20}, {"text": "dog", "clip_version_id": "x"}):
            for path in ("/clip/embed_text", "/clip/nothing", "/docs"):
                answers.append(server.post(path, {**body, "api_key": key}))
                answers.append(server.post(f"{path}?api_key={key}", body))
                answers.append(server.post(path, body, Authorization=f"Bearer {key}"))
    answers.append(server.post("/clip/embed_text?api_key=canary-7f3a", b'{"text": "canary-7f3a'))
    answers.append(server.get("/metrics?api_key=canary-7f3a"))

    assert {answer.status for answer in answers} == {200, 400, 401, 404, 405, 422}
    assert not [answer for answer in answers if b"canary" in answer.body or "canary" in str(answer.headers)]
    assert "canary" not in caplog.text
    assert "POST '/clip/embed_text' 200" in caplog.text
    assert "canary" not in repr(ServerSettings(key_digests=(key_digest("canary"),)))


def test_a_key_file_has_one_key_per_line(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("# the office\nfirst-key\n\n  schlüssel  \nclé à\n", encoding="utf-8")

    assert read_key_file(path) == KEYS


@pytest.mark.parametrize("content", [b"", b"\n# nothing\n", b"\xff\xfe", None])
def test_a_key_file_without_a_key_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "keys"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ServeError, match="key file"):
        read_key_file(path)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("0.0.0.0", False), ("::", False), ("", False)],
)
def test_only_loopback_addresses_are_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) == expected
