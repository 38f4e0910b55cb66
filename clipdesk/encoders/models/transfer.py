"""Transferring one file: resumed where an earlier attempt ended, through lost connections, and checked at the end."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Literal

import httpx2

from clipdesk.core.errors import Cancelled, ModelNotAvailableError
from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason
from clipdesk.encoders.models.http_client import HttpClient
from clipdesk.encoders.models.hub_cache import cache_folder
from clipdesk.encoders.models.progress import ByteCounter

logger = logging.getLogger(__name__)

_HASH_CHUNK_BYTES = 1 << 20
_GIT_SHA1_LENGTH = 40


@dataclass(frozen=True)
class Retries:
    """How long to wait for a silent server, and how often to try again.

    `timeout_s` limits each wait for the server. `attempts` in a row without a new byte end the download; what has
    arrived is kept. The first pause between two such attempts lasts `pause_s`, and each further one twice as long.
    """

    timeout_s: float = 5.0
    attempts: int = 4
    pause_s: float = 1.0


@dataclass(frozen=True)
class Transfer:
    """One file on its way from `url` to `target`, by way of `part`. `size` is in bytes, or 0 if unknown.

    `checksum` is a SHA-256 or its beginning, git's SHA-1 (40 digits) for small files, or empty if unknown. `repo`,
    `name` and `commit` are empty for a file that is not in a Hub repository.
    """

    url: str
    token: str
    size: int
    checksum: str
    target: Path
    repo: str = ""
    name: str = ""
    commit: str = ""

    @property
    def part(self) -> Path:
        """The partial file, kept between attempts."""
        return self.target.with_name(f"{self.target.name}.incomplete")

    @property
    def done_bytes(self) -> int:
        """How much of the file is on this computer, at most `size`."""
        try:
            return min(self.size, (self.target if self.target.exists() else self.part).stat().st_size)
        except OSError:
            return 0


def fetch(transfer: Transfer, title: str, counter: ByteCounter, http: HttpClient, retries: Retries) -> None:
    """Download until `transfer.part` has its full size, starting where it ends.

    `title` names the model in messages. Raises ModelNotAvailableError and Cancelled.
    """
    attempts_in_vain = 0
    while True:
        before = transfer.done_bytes
        if transfer.size and before == transfer.size:
            return
        try:
            if http.run(_receive(transfer, before, title, counter, http)):
                return
        except (httpx2.HTTPError, OSError) as error:
            logger.info("connection lost: %s", error)
        attempts_in_vain = 0 if transfer.done_bytes > before else attempts_in_vain + 1
        if attempts_in_vain >= retries.attempts:
            raise ModelNotAvailableError(
                message(
                    "core",
                    "The download of “{model}” broke off. Try again: it goes on where it stopped "
                    "({done} of {size} MB are here).",
                ).of(model=title, done=transfer.done_bytes // 10**6, size=transfer.size // 10**6)
            )
        if attempts_in_vain and http.cancel.wait(retries.pause_s * 2 ** (attempts_in_vain - 1)):
            raise Cancelled(message("core", "Stopped."))


async def _receive(transfer: Transfer, start: int, title: str, counter: ByteCounter, http: HttpClient) -> bool:
    """Append what one connection delivers to the partial file. Return whether the file is complete."""
    async with http.stream("GET", transfer.url, transfer.token, start) as response:
        if not response.is_success:
            _handle_refusal(transfer, response.status_code, start, title, counter)
            return False
        if start and response.status_code != 206:
            # The server ignores ranges and sends the whole file again.
            counter.add(-start)
            start = 0
        bytes_left = int(response.headers.get("Content-Length") or 0)
        with _opened(transfer.part, "ab" if start else "wb", title) as part:
            async for chunk in response.aiter_raw():
                _write(part, chunk, title)
                bytes_left -= len(chunk)
                counter.add(len(chunk))
                if http.cancel.is_set():
                    raise Cancelled(message("core", "Stopped."))
    size = transfer.part.stat().st_size
    return size == transfer.size if transfer.size else bytes_left <= 0


def _handle_refusal(transfer: Transfer, status: int, start: int, title: str, counter: ByteCounter) -> None:
    """Prepare for another attempt after an error status, or raise ModelNotAvailableError if none would help."""
    if status == 416:
        # The partial file is longer than the file, so it is part of something else.
        counter.add(-start)
        transfer.part.unlink(missing_ok=True)
    elif status < 500 and status not in (408, 429):
        words = message("core", "The download of “{model}” was refused (status {status}). Try again later.")
        raise ModelNotAvailableError(words.of(model=title, status=str(status)))


def _opened(path: Path, mode: Literal["ab", "wb"], title: str) -> FileIO:
    """Open the partial file without a buffer: a full disk fails the write, not the closing of the file."""
    with disk_errors(title):
        return path.open(mode, buffering=0)


def _write(part: FileIO, chunk: bytes, title: str) -> None:
    left = memoryview(chunk)
    with disk_errors(title):
        while left:
            left = left[part.write(left) :]


@contextlib.contextmanager
def disk_errors(title: str) -> Iterator[None]:
    """Turn an OSError of the disk into a ModelNotAvailableError, so that it is not taken for a lost connection."""
    try:
        yield
    except OSError as error:
        raise ModelNotAvailableError(
            message(
                "core",
                "“{model}” could not be downloaded: {reason}. Models are kept in “{folder}”: make room there, or check "
                "that the folder can be written to.",
            ).of(model=title, reason=os_reason(error), folder=cache_folder())
        ) from error


def verify(transfer: Transfer, title: str, http: HttpClient) -> None:
    """Compare the complete partial file with its checksum.

    Raises Cancelled, and ModelNotAvailableError for a damaged file, which is deleted: resuming it would not repair it.
    """
    is_git_sha1 = len(transfer.checksum) == _GIT_SHA1_LENGTH
    digest = hashlib.sha1(usedforsecurity=False) if is_git_sha1 else hashlib.sha256()
    if is_git_sha1:
        digest.update(b"blob %d\0" % transfer.part.stat().st_size)
    with transfer.part.open("rb") as part:
        while chunk := part.read(_HASH_CHUNK_BYTES):
            if http.cancel.is_set():
                raise Cancelled(message("core", "Stopped."))
            digest.update(chunk)
    if not digest.hexdigest().startswith(transfer.checksum):
        transfer.part.unlink()
        words = message("core", "The download of “{model}” arrived damaged and was thrown away. Try again.")
        raise ModelNotAvailableError(words.of(model=title))
