"""A server of the CLIP API on loopback, with an encoder behind it, that can be told to fail in many ways."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import json
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image

from clipdesk.core.encoder import Encoder


@dataclass(frozen=True)
class Answer:
    """A fault: send this HTTP answer instead of the right one."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Spoil:
    """A fault: pass the JSON of the right answer through `change`, and send what it returns."""

    change: Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Break:
    """A fault of the connection: reset, close, cut (in the body), drip (endless single bytes) or stall (no answer)."""

    how: str


Fault = Answer | Spoil | Break


@dataclass(frozen=True)
class Received:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def fields(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed

    @property
    def image(self) -> bytes:
        return base64.b64decode(self.fields["image"]["value"])


class ClipServer:
    """Listens on a free port of 127.0.0.1.

    Each POST takes the next fault from `next_faults`; once they are used up, `fault_of` decides. Between `hold` and
    `release` answers to images wait; `held` is set when the first one does. `latency_s` delays every answer. `requests`
    are all that arrived, `count` their number, and `busiest` the largest number of requests at the same time.
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        key: str = "",
        latency_s: float = 0.0,
        keep_requests: bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.encoder = encoder
        self.key = key
        self.latency_s = latency_s
        self.keep_requests = keep_requests
        self.tls = tls
        self.next_faults: deque[Fault | None] = deque()
        self.fault_of: Callable[[Received], Fault | None] = lambda _: None
        self.resolved_model: Any = {"model_id": "clip/ViT-B-16"}
        self.requests: list[Received] = []
        self.count = 0
        self.now = self.busiest = 0
        self.held = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._release: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="clip-server")
        self._started = threading.Event()
        self._port = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def images(self) -> list[Received]:
        return [request for request in self.requests if request.path.endswith("embed_image")]

    def texts(self) -> list[Received]:
        return [request for request in self.requests if request.path.endswith("embed_text")]

    def hold(self) -> None:
        """Let answers to images wait until `release`."""
        self._release = asyncio.Event()

    def release(self) -> None:
        """Send the answers that `hold` has kept back, and all later ones at once."""
        release, self._release = self._release, None
        if release is not None:
            self._loop.call_soon_threadsafe(release.set)

    def start(self) -> None:
        self._thread.start()
        assert self._started.wait(10)

    def stop(self) -> None:
        self.release()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls))
        self._port = server.sockets[0].getsockname()[1]
        self._started.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            try:
                while await self._one(reader, writer):
                    pass
            finally:
                writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return False if the connection ends with it."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            return False
        first, *lines = head.split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        request = Received(method, path, headers, body)
        self.count += 1
        if self.keep_requests:
            self.requests.append(request)
        self.now += 1
        self.busiest = max(self.busiest, self.now)
        try:
            return await self._answer(request, writer)
        finally:
            self.now -= 1

    async def _answer(self, request: Received, writer: asyncio.StreamWriter) -> bool:
        if request.method == "GET":
            info = {"name": "Roboflow Inference Server", "version": "1.8.3", "uuid": "u"}
            known = request.path == "/info"
            return _send(writer, 200 if known else 404, json.dumps(info if known else {"message": "?"}).encode())
        fault = self.next_faults.popleft() if self.next_faults else self.fault_of(request)
        if self.latency_s:
            await asyncio.sleep(self.latency_s)
        if request.path.endswith("embed_image") and self._release is not None:
            self.held.set()
            await self._release.wait()
        if isinstance(fault, Answer):
            return _send(writer, fault.status, fault.body, fault.headers)
        if isinstance(fault, Break):
            return await _break(writer, fault.how)
        if self.key and request.fields.get("api_key") != self.key:
            return _send(writer, 401, json.dumps({"status": 401, "message": "Unauthorized api_key"}).encode())
        answer: Any = {"inference_id": None, "frame_id": None, "time": 0.01, "embeddings": self._embed(request)}
        answer["resolved_model"] = self.resolved_model
        if isinstance(fault, Spoil):
            answer = fault.change(answer)
        return _send(writer, 200, answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def _embed(self, request: Received) -> list[list[float]]:
        fields = request.fields
        if request.path.endswith("embed_text"):
            texts = fields["text"] if isinstance(fields["text"], list) else [fields["text"]]
            vectors = self.encoder.encode_texts(texts)
        else:
            image = Image.open(io.BytesIO(request.image)).convert("RGB")
            vectors = self.encoder.encode_images([self.encoder.prepare_image(image)])
        # Not normalised, like the embeddings of the real server.
        return (np.asarray(vectors, np.float64) * 9.5).tolist()


def _send(writer: asyncio.StreamWriter, status: int, body: bytes, headers: dict[str, str] | None = None) -> bool:
    lines = {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    writer.write(f"HTTP/1.1 {status} So\r\n{head}\r\n".encode() + body)
    return True


async def _break(writer: asyncio.StreamWriter, how: str) -> bool:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n"
    if how == "stall":
        await asyncio.Event().wait()  # never set: waits until the server stops
    elif how == "drip":
        writer.write(head)
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.02)
    elif how == "cut":
        writer.write(head + b'{"embeddings": [[0.1')
        await writer.drain()
    elif how == "reset":
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    return False


@contextlib.contextmanager
def running(server: ClipServer) -> Iterator[ClipServer]:
    """Start the server, and stop it at the end."""
    server.start()
    try:
        yield server
    finally:
        server.stop()
