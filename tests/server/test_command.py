"""`clipdesk serve` in a separate process."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from running_server import Answer, RunningServer, metric, picture, wire
from waiting import wait_until

from clipdesk.__main__ import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops its servers with signals")


class Process:
    """A server process; `said` is what it has written to standard error so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = ""
        self._said_more = threading.Condition()
        self._has_ended = False
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._client: RunningServer | None = None

    @property
    def client(self) -> RunningServer:
        assert self._client is not None
        return self._client

    def wait_for_address(self) -> RunningServer:
        address = re.compile(r"http://127\.0\.0\.1:(\d+)")
        self.wait_until_said(lambda said: address.search(said) is not None)
        found = address.search(self.said)
        assert found is not None
        self._client = client = RunningServer(int(found[1]), None, None)  # type: ignore[arg-type]
        return client

    def wait_until_ready(self) -> None:
        client = self.wait_for_address()
        wait_until(lambda: client.get("/readiness").status == 200)

    def wait_until_said(self, is_enough: Callable[[str], bool]) -> None:
        with self._said_more:
            assert self._said_more.wait_for(lambda: is_enough(self.said) or self._has_ended, 240), self.said
        assert is_enough(self.said), self.said

    def end(self) -> int:
        code = self.process.wait(timeout=120)
        self._reader.join()
        return code

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._said_more:
                self.said += line
                self._said_more.notify_all()
        with self._said_more:
            self._has_ended = True
            self._said_more.notify_all()


@contextmanager
def serving(model: Path, *options: str) -> Iterator[Process]:
    command = [sys.executable, "-m", "clipdesk", "serve", "--model", f"local-dir:{model}", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        running = Process(process)
        try:
            running.wait_until_ready()
            yield running
        finally:
            if process.poll() is None:
                process.terminate()
            running.end()


@pytest.fixture(scope="module")
def server(tiny_model_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A server that needs a key, with verbose logs."""
    keys = tmp_path_factory.mktemp("keys") / "keys"
    keys.write_text("canary-41c2\nmy-key\n")
    with serving(tiny_model_dir, "--api-key-file", str(keys), "-v") as server:
        yield server
    assert server.process.returncode == 0
    assert server.said.endswith("Stopped.\n")
    assert "canary" not in server.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_finishes_the_requests_in_flight(tiny_model_dir: Path, number: signal.Signals) -> None:
    body = json.dumps({"image": [wire(picture(seed)) for seed in range(8)]}).encode()
    with serving(tiny_model_dir) as server, ExitStack() as stack:
        client = server.client
        requests = [stack.enter_context(half_sent(client, body)) for _ in range(4)]
        wait_until(lambda: "clipdesk_requests_in_flight 4.0" in client.get("/metrics").body.decode())
        server.process.send_signal(number)
        wait_until(lambda: not is_listening(client.port))
        for connection in requests:
            connection.sendall(body[len(body) // 2 :])
        answers = [read_answer(connection) for connection in requests]
        code = server.end()

    assert [status for status, _ in answers] == [200] * 4
    assert all(len(found["embeddings"]) == 8 for _, found in answers)
    assert code == 0
    assert server.said.endswith("Stopped.\n")


#: A server whose pictures or models take minutes, and which promises to stop within two seconds.
SLOW_SERVER = """
import logging, sys, time
from clipdesk.server import images, models
from clipdesk.server.run import serve
from clipdesk.server.settings import ServerSettings

logging.basicConfig(level=logging.INFO)
if sys.argv[2] == "pictures":
    images.decode_bytes = lambda *_, **__: time.sleep(300)
else:
    models.load_encoder = lambda *_, **__: time.sleep(300)
settings = ServerSettings(models={"ViT-B-16": sys.argv[1]}, device="cpu", stop_within_s=2)
serve(settings, "127.0.0.1", 0, lambda address: print(address, file=sys.stderr, flush=True))
"""


def test_stopping_does_not_wait_for_a_picture_that_takes_minutes(tiny_model_dir: Path) -> None:
    command = [sys.executable, "-c", SLOW_SERVER, f"local-dir:{tiny_model_dir}", "pictures"]
    body = json.dumps({"image": wire(picture(1))}).encode()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        server = Process(process)
        server.wait_until_ready()
        client = server.client
        with half_sent(client, body) as connection:
            connection.sendall(body[len(body) // 2 :])
            wait_until(lambda: "clipdesk_requests_in_flight 1.0" in client.get("/metrics").body.decode())
            began = time.monotonic()
            process.terminate()
            code = server.end()
            took = time.monotonic() - began

    assert code == 0
    assert took < 10
    assert "was not finished" in server.said


def test_stopping_does_not_wait_for_a_model_that_takes_minutes_to_load(tiny_model_dir: Path) -> None:
    command = [sys.executable, "-c", SLOW_SERVER, f"local-dir:{tiny_model_dir}", "models"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process, ThreadPoolExecutor(1) as pool:
        server = Process(process)
        client = server.wait_for_address()
        asked = pool.submit(client.post, "/clip/embed_text", {"text": "dog"})
        wait_until(lambda: metric(client, "clipdesk_requests_in_flight") == 1)
        process.terminate()
        answer = asked.result()
        code = server.end()

    assert code == 0
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert "was not finished" in server.said


def half_sent(client: RunningServer, body: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", client.port), timeout=120)
    head = "POST /clip/embed_image HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[: len(body) // 2])
    return connection


def read_answer(connection: socket.socket) -> tuple[int, Any]:
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, json.loads(response.read())


def is_listening(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=30).close()
    except OSError:
        return False
    return True


def test_no_output_contains_a_key(server: Process) -> None:
    answers: list[Answer] = []
    for key in ("canary-41c2", "canary-wrong"):
        answers.append(server.client.post("/clip/embed_text", {"text": "dog", "api_key": key}))
        answers.append(server.client.post(f"/clip/embed_text?api_key={key}", {"text": "dog"}))
        answers.append(server.client.post(f"/clip/embed_text?api_key={key}", {"text": 5, "api_key": key}))
        answers.append(server.client.post("/clip/embed_text", {"text": "dog"}, Authorization=f"Bearer {key}"))
    with socket.create_connection(("127.0.0.1", server.client.port)) as connection:
        connection.sendall(b"GET /?api_key=canary-41c2 HTTP/canary-41c2\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400")

    assert [answer.status for answer in answers] == [200, 200, 422, 200, 401, 401, 401, 401]
    # It logs a request a moment after it has answered it.
    server.wait_until_said(lambda said: "Invalid HTTP request" in said and said.count("' 401 ") == 4)
    assert "POST '/clip/embed_text' 200" in server.said
    assert "canary" not in server.said
    assert not any(b"canary" in answer.body for answer in answers)


def test_curl_compares_a_picture_with_three_words(server: Process) -> None:
    if not shutil.which("curl"):
        pytest.skip("needs curl")
    body = {
        "api_key": "my-key",
        "clip_version_id": "ViT-B-16",
        "subject": wire(picture(1)),
        "subject_type": "image",
        "prompt": ["dog", "cat", "car"],
        "prompt_type": "text",
    }
    command = ["curl", "-sS", "--fail", "--location", "--request", "POST", f"{server.client.url}/clip/compare"]
    command += ["--header", "Content-Type: application/json", "--data-raw", json.dumps(body)]

    found = subprocess.run(command, capture_output=True, text=True, check=True)

    similarity = json.loads(found.stdout)["similarity"]
    assert len(similarity) == 3
    assert all(-1 <= value <= 1 for value in similarity)


def test_a_model_that_cannot_be_loaded_ends_the_server_with_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = main(["serve", "--port", "0", "--model", f"local-dir:{tmp_path / 'nothing'}"])

    assert code == 1
    assert capfd.readouterr().err.splitlines()[-1].startswith("clipdesk: There is no folder")


def test_a_preloaded_model_that_cannot_be_loaded_ends_the_server(
    tiny_model_dir: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    models = ["--model", f"local-dir:{tiny_model_dir}", "--serve-model", f"broken=local-dir:{tmp_path / 'nothing'}"]

    code = main(["serve", "--port", "0", *models, "--preload", "broken"])

    assert code == 1
    assert capfd.readouterr().err.splitlines()[-1].startswith("clipdesk: There is no folder")


def test_an_unknown_model_ends_the_server_before_it_listens(capfd: pytest.CaptureFixture[str]) -> None:
    code = main(["serve", "--port", "0", "--serve-model", "mine=ViT-B-32:laion"])

    assert code == 1
    assert capfd.readouterr().err.startswith("clipdesk: “ViT-B-32:laion” is not the name of a model.")


def test_a_public_address_needs_a_key_file_or_no_auth(capfd: pytest.CaptureFixture[str]) -> None:
    code = main(["serve", "--host", "0.0.0.0", "--port", "0"])

    assert code == 2
    said = capfd.readouterr().err
    assert "--api-key-file" in said
    assert "--no-auth" in said


def test_a_port_in_use_is_reported(tiny_model_dir: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        code = main(["serve", "--model", f"local-dir:{tiny_model_dir}", "--port", str(port)])

    assert code == 1
    assert f"cannot listen on 127.0.0.1:{port}" in capfd.readouterr().err


@pytest.mark.parametrize(("missing", "options", "extra"), [("fastapi", [], "server"), ("ray", ["--ray"], "ray")])
def test_missing_packages_are_reported_with_the_command_that_installs_them(
    missing: str, options: list[str], extra: str
) -> None:
    # None in sys.modules makes Python raise ModuleNotFoundError.
    program = (
        f"import sys; sys.modules[{missing!r}] = None; "
        f"from clipdesk.__main__ import main; sys.exit(main(['serve', *{options!r}]))"
    )

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)

    assert found.returncode == 1
    assert found.stderr == (
        "clipdesk: “clipdesk serve” needs packages that are not installed. In ClipDesk's folder, run: "
        f'python -m pip install ".[{extra}]"\n'
    )


def test_the_command_line_itself_needs_no_web_framework() -> None:
    program = (
        "import sys, clipdesk.cli.arguments; "
        "sys.exit(any(name in sys.modules for name in ('fastapi', 'uvicorn', 'torch')))"
    )

    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0
