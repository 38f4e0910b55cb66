"""How a transfer handles the answers of a server: refusals, errors that pass, and ranges it does not understand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from clipdesk.core.errors import Cancelled, ModelNotAvailableError
from clipdesk.encoders.models.http_client import HttpClient
from clipdesk.encoders.models.progress import ByteCounter, LoadProgress
from clipdesk.encoders.models.transfer import Retries, Transfer, fetch

CONTENT = bytes(range(256)) * 100
QUICK = Retries(timeout_s=10.0, attempts=3, pause_s=0.001)


class Storage(ThreadingHTTPServer):
    """Answers GET requests with the next status in `statuses`, then with the content. `ranges` are those asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.statuses: list[int] = []
        self.understands_ranges = True
        self.ranges: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: Storage

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.ranges.append(wanted)
        if self.server.statuses:
            self.send_response(self.server.statuses.pop(0))
            self.end_headers()
            return
        start = int(wanted[len("bytes=") : -1]) if wanted and self.server.understands_ranges else 0
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start:])

    def log_message(self, *_: object) -> None:
        pass


class _SetInPause(threading.Event):
    """A cancel that comes as soon as the transfer pauses: nothing else waits for the event."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return super().wait(timeout)


@pytest.fixture
def storage() -> Iterator[Storage]:
    server = Storage()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def transfer(storage: Storage, tmp_path: Path) -> Transfer:
    url = f"http://127.0.0.1:{storage.server_port}/file"
    return Transfer(url=url, token="", size=len(CONTENT), checksum="", target=tmp_path / "file")


def _fetch(transfer: Transfer, retries: Retries = QUICK, cancel: threading.Event | None = None) -> list[LoadProgress]:
    said: list[LoadProgress] = []
    counter = ByteCounter(said.append, transfer.done_bytes, transfer.size)
    with HttpClient(cancel or threading.Event(), retries.timeout_s) as http:
        fetch(transfer, "a model", counter, http, retries)
    counter.report()
    return said


def test_a_partial_file_is_resumed(storage: Storage, transfer: Transfer) -> None:
    transfer.part.write_bytes(CONTENT[:1000])

    said = _fetch(transfer)

    assert storage.ranges == ["bytes=1000-"]
    assert transfer.part.read_bytes() == CONTENT
    assert [said[0].done_bytes, said[-1].done_bytes] == [1000, len(CONTENT)]


def test_a_server_that_ignores_ranges_sends_the_file_again(storage: Storage, transfer: Transfer) -> None:
    storage.understands_ranges = False
    transfer.part.write_bytes(b"x" * 1000)

    said = _fetch(transfer)

    assert transfer.part.read_bytes() == CONTENT
    assert said[-1] == LoadProgress("Downloading", len(CONTENT), len(CONTENT))


def test_a_range_that_the_server_does_not_have_starts_again(storage: Storage, transfer: Transfer) -> None:
    storage.statuses = [416]
    transfer.part.write_bytes(b"x" * 1000)

    said = _fetch(transfer)

    assert storage.ranges == ["bytes=1000-", ""]
    assert transfer.part.read_bytes() == CONTENT
    assert said[-1] == LoadProgress("Downloading", len(CONTENT), len(CONTENT))


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_an_error_that_may_pass_is_tried_again(storage: Storage, transfer: Transfer, status: int) -> None:
    storage.statuses = [status, status]

    _fetch(transfer)

    assert transfer.part.read_bytes() == CONTENT


@pytest.mark.parametrize("status", [300, 401, 403, 404, 410])
def test_a_refusal_is_final(storage: Storage, transfer: Transfer, status: int) -> None:
    storage.statuses = [status]

    with pytest.raises(ModelNotAvailableError, match=rf"“a model” was refused \(status {status}\)"):
        _fetch(transfer)
    assert len(storage.ranges) == 1


def test_errors_in_a_row_end_the_transfer(storage: Storage, transfer: Transfer) -> None:
    storage.statuses = [503] * 3

    with pytest.raises(ModelNotAvailableError, match="it goes on where it stopped"):
        _fetch(transfer)
    assert len(storage.ranges) == 3


def test_a_cancel_ends_the_pause_between_two_attempts(storage: Storage, transfer: Transfer) -> None:
    storage.statuses = [503]

    with pytest.raises(Cancelled):
        _fetch(transfer, Retries(timeout_s=10.0, pause_s=600.0), _SetInPause())

    assert len(storage.ranges) == 1
