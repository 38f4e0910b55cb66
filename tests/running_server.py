"""`clipdesk serve` in this process, on a free port, and a simple client for it."""

from __future__ import annotations

import base64
import http.client
import io
import json
import random
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import uvicorn
from PIL import Image

from clipdesk.server.app import build_app
from clipdesk.server.run import server_config
from clipdesk.server.service import ClipService
from clipdesk.server.settings import ServerSettings
from clipdesk.server.stopping import StoppingServer
from clipdesk.server.web.listening import with_no_delay

Body = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def embeddings(self) -> np.ndarray:
        assert self.status == 200, self.body
        return np.array(self.json["embeddings"], np.float32)


@dataclass
class RunningServer:
    port: int
    server: uvicorn.Server
    service: ClipService
    thread: threading.Thread = field(default_factory=threading.Thread)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def post(self, path: str, body: Body | bytes, **headers: str) -> Answer:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.request("POST", path, data, {"Content-Type": "application/json", **headers})

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, None, headers)

    def request(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()


@contextmanager
def running_server(
    settings: ServerSettings, *, loaded: bool = True, pools_started: bool = False
) -> Iterator[RunningServer]:
    """Run a server with these settings, and stop it gracefully at the end.

    `loaded`: wait until its default model is loaded. `pools_started`: start all threads now, so that a test that shares
    the server does not seem to leave threads behind.
    """
    app = build_app(settings)
    with with_no_delay(socket.create_server(("127.0.0.1", 0))) as listening:
        service: ClipService = app.state.service
        server = StoppingServer(
            server_config(app, settings, listening), settings.stop_within_s, service.shelf.stop_loading
        )
        running = RunningServer(listening.getsockname()[1], server, service)
        if loaded:
            for thread in running.service.shelf.preload():
                thread.ready.result(timeout=60)
        if pools_started:
            for pool in (running.service._decoding, running.service._writing):
                _start_threads(pool)
        running.thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.thread.start()
        try:
            yield running
        finally:
            server.should_exit = True
            running.thread.join(timeout=60)
            assert not running.thread.is_alive()
            server.finished()


def _start_threads(pool: ThreadPoolExecutor) -> None:
    together = threading.Barrier(pool._max_workers)
    # Not by the pool's own `submit`, which reserves a thread for other clients.
    for waiting in [ThreadPoolExecutor.submit(pool, together.wait, 60) for _ in range(pool._max_workers)]:
        waiting.result()


@contextmanager
def decoding_held(server: RunningServer) -> Iterator[None]:
    """Let no picture be decoded during the block."""
    held = threading.Event()
    pool = server.service._decoding
    waiting = [ThreadPoolExecutor.submit(pool, held.wait, 60) for _ in range(pool._max_workers)]
    try:
        yield
    finally:
        held.set()
        assert all(one.result() for one in waiting)


Serve = Callable[..., RunningServer]


def metric(server: RunningServer, name: str) -> float:
    """Return the value of a metric without labels."""
    lines = server.get("/metrics").body.decode().splitlines()
    return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])


def port_for_later() -> int:
    """Return a free port outside the ephemeral range, so that no other test's server gets it meanwhile."""
    while True:
        with suppress(OSError), socket.create_server(("127.0.0.1", random.randrange(20_000, 32_000))) as free:
            return int(free.getsockname()[1])


def picture(seed: int, size: tuple[int, int] = (32, 32), mode: str = "RGB") -> Image.Image:
    """Return an image of noise. Different seeds give clearly different embeddings."""
    channels = len(mode)
    pixels = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], channels), np.uint8)
    return Image.fromarray(pixels, mode)


def file_of(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def wire(data: bytes | Image.Image) -> Body:
    """Return the JSON of an image in a request."""
    return {"type": "base64", "value": text_of(data)}


def text_of(data: bytes | Image.Image) -> str:
    return base64.b64encode(data if isinstance(data, bytes) else file_of(data)).decode()


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
