"""What requests get that cannot be answered any more when the server stops."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from running_server import RunningServer, Serve, decoding_held, metric, picture, wire
from waiting import wait_until

from clipdesk.encoders.local.open_clip import load_encoder


@pytest.fixture
def hold_loading(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Return a function from whose call on no model is loaded until the test has ended."""
    held = threading.Event()

    def load(*arguments: Any, **options: Any) -> Any:
        assert held.wait(120)
        return load_encoder(*arguments, **options)

    yield lambda: monkeypatch.setattr("clipdesk.server.models.load_encoder", load)
    held.set()


def ask(server: RunningServer, pool: ThreadPoolExecutor, body: dict[str, Any]) -> Future[Any]:
    path = "/clip/embed_image" if "image" in body else "/clip/embed_text"
    return pool.submit(server.post, path, body)


def stop(server: RunningServer) -> None:
    """Stop as a signal does. Returns at once."""
    server.server.should_exit = True


def test_a_request_that_waits_for_a_model_is_refused_at_once_and_the_others_are_finished(
    serve: Serve, tiny_model_dir: Path, hold_loading: Callable[[], None]
) -> None:
    server = serve(models=dict.fromkeys(("ViT-B-16", "cold", "colder"), f"local-dir:{tiny_model_dir}"))
    hold_loading()
    with ThreadPoolExecutor(2) as pool, half_sent(server) as half:
        waiting = [ask(server, pool, {"text": "dog", "clip_version_id": name}) for name in ("cold", "colder")]
        wait_until(lambda: len(server.service.shelf._waiting) == 2)

        stop(server)
        answers = [one.result() for one in waiting]
        half.sendall(b' "dog"}')
        status, _ = read_answer(half)

    for answer in answers:
        assert (answer.status, answer.headers["retry-after"]) == (503, "1")
        assert "stopping" in answer.json["message"]
    assert status == 200, "its model was loaded"


def test_what_is_not_finished_in_time_gets_a_503(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    server = serve(stop_within_s=1)  # uvicorn waits for whole seconds, at least one
    with ThreadPoolExecutor(8) as pool, ExitStack() as stack:
        stack.enter_context(decoding_held(server))
        half = stack.enter_context(half_sent(server))
        waiting = [ask(server, pool, {"image": wire(picture(1))}) for _ in range(7)]
        waiting.append(pool.submit(server.post, "/v1/embeddings", {"input": "data:image/png;base64,AAAA"}))
        wait_until(lambda: metric(server, "clipdesk_requests_in_flight") == 9)

        stop(server)
        answers = [one.result() for one in waiting]
        status, content = read_answer(half)

    assert (status, [answer.status for answer in answers]) == (503, [503] * 8)
    assert all(answer.headers["retry-after"] == "1" for answer in answers)
    assert "stopping" in content["message"]
    assert "stopping" in answers[-1].json["error"]["message"]
    assert not [record for record in caplog.records if record.exc_info], "no traceback for each of them"


#: In a process of its own, which a signal that is not handled ends.
RAISING = """
import signal, sys, uvicorn
from clipdesk.server import run
from clipdesk.server.stopping import StoppingServer

server = StoppingServer(uvicorn.Config("nothing:app", log_config=None), 30, lambda: None)
with run.signals_handled_by(server):
    signal.raise_signal(int(sys.argv[1]))
server.finished()
print(server.should_exit)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="raises signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_before_the_server_serves_is_not_lost(number: signal.Signals) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RAISING, str(int(number))], capture_output=True, text=True, timeout=120
    )

    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr


def half_sent(server: RunningServer) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=120)
    head = "POST /clip/embed_text HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
    connection.sendall(head.encode() + b'{"text":')
    return connection


def read_answer(connection: socket.socket) -> tuple[int, Any]:
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, json.loads(response.read())
