"""Pictures in, embeddings out: decode ahead in threads, encode in batches or by a server, yield as it goes."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.decode import decode
from clipdesk.core.encoder import Encoder, RemoteEncoder
from clipdesk.core.errors import ImageError, ImageRefusedError

#: How often a wait for a server looks whether the job was cancelled, and how long finished pictures are gathered.
_LOOK_S = 0.05


@dataclass(frozen=True)
class EmbeddedImage:
    """One finished picture: either `embedding` (d,) is set, or `error` says in one sentence why not.

    `row` is the number that it came in with.
    """

    row: int
    path: Path
    embedding: NDArray[np.float32] | None
    error: str = ""


def embed_images(
    images: Iterable[tuple[int, Path]],
    encoder: Encoder,
    *,
    cancel: threading.Event,
    workers: int | None = None,
    batch_size: int | None = None,
) -> Iterator[list[EmbeddedImage]]:
    """Embeddings of (row, path) pairs, a batch at a time, in the order in which they come.

    At most two batches of decoded pictures wait in memory, however long `images` is. The first batches are
    small, so that a first answer comes soon. A picture that cannot be read is a result with an error. Setting
    `cancel` ends the generator before the next batch; what was yielded stays valid. EncoderError is passed on.
    A remote encoder has as many pictures under way as it likes, and what it answered before the end is yielded too.
    """
    size = batch_size or encoder.batch_size
    threads = workers or default_workers()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")
    try:
        if isinstance(encoder, RemoteEncoder):
            yield from _embed_by_server(iter(images), encoder, cancel, pool, size)
        else:
            yield from _embed_in_batches(iter(images), encoder, cancel, pool, size, threads)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _embed_in_batches(
    source: Iterator[tuple[int, Path]],
    encoder: Encoder,
    cancel: threading.Event,
    pool: ThreadPoolExecutor,
    size: int,
    threads: int,
) -> Iterator[list[EmbeddedImage]]:
    waiting: deque[tuple[int, Path, Future[NDArray[np.uint8]]]] = deque()
    for batch in _growing_sizes(size):
        for row, path in islice(source, max(batch + size, threads) - len(waiting)):
            waiting.append((row, path, pool.submit(_prepare, path, encoder, cancel)))
        if not waiting or cancel.is_set():
            return
        taken = [waiting.popleft() for _ in range(min(batch, len(waiting)))]
        finished = _encode(taken, encoder, cancel)
        if finished is None:
            return
        yield finished


def embed_references(paths: Sequence[Path], encoder: Encoder) -> NDArray[np.float32]:
    """Embeddings (n, d) of n reference pictures. Raises ImageError for the first that cannot be read."""
    vectors = []
    for batch in embed_images(enumerate(paths), encoder, cancel=threading.Event()):
        for result in batch:
            if result.embedding is None:
                raise ImageError(result.path, result.error)
            vectors.append(result.embedding)
    return np.stack(vectors)


def default_workers() -> int:
    """Decoding threads: one a core, as Pillow lets go of the interpreter while it decodes."""
    return max(2, min(16, os.cpu_count() or 2))


def _growing_sizes(size: int) -> Iterator[int]:
    """1, 2, 4, … then always `size`."""
    batch = 1
    while True:
        yield min(batch, size)
        batch = min(batch * 2, size)


def _prepare(path: Path, encoder: Encoder, cancel: threading.Event) -> NDArray[np.uint8]:
    if cancel.is_set():
        raise ImageError(path, "Stopped before it was read.")
    try:
        return encoder.prepare_image(decode(path, encoder.image_size))
    except MemoryError as error:
        raise ImageError(path, "There is not enough memory to open this picture.") from error


def _encode(
    taken: list[tuple[int, Path, Future[NDArray[np.uint8]]]], encoder: Encoder, cancel: threading.Event
) -> list[EmbeddedImage] | None:
    """One batch, in order; None when it was cancelled while its pictures were being read."""
    prepared: list[NDArray[np.uint8]] = []
    failed: dict[int, str] = {}
    for row, _, future in taken:
        try:
            prepared.append(future.result())
        except ImageError as error:
            failed[row] = error.reason
    if cancel.is_set():
        return None
    vectors = iter(encoder.encode_images(prepared)) if prepared else iter(())
    return [
        EmbeddedImage(row, path, None, failed[row]) if row in failed else EmbeddedImage(row, path, next(vectors))
        for row, path, _ in taken
    ]


# --- By a server ------------------------------------------------------------------------------------------------------


def _embed_by_server(
    source: Iterator[tuple[int, Path]],
    encoder: RemoteEncoder,
    cancel: threading.Event,
    pool: ThreadPoolExecutor,
    size: int,
) -> Iterator[list[EmbeddedImage]]:
    """Like batches that overlap: the next pictures are sent while the answers to earlier ones are awaited."""
    sent: deque[_Sent] = deque()
    try:
        while True:
            for row, path in islice(source, 2 * size - len(sent)):
                sent.append(_Sent(row, path, pool.submit(_send, path, encoder, cancel)))
            if not sent:
                return
            if not _head_came(sent, cancel):
                if answered := [one.result() for one in sent if one.has_embedding()]:
                    yield answered
                if not cancel.is_set():
                    sent[0].result()  # raises what ended the job
                return
            yield _take_answers(sent, size, cancel)
    finally:
        # Decoding first: a picture that is being decoded is handed over when it is done.
        pool.shutdown(wait=True, cancel_futures=True)
        for one in sent:
            one.give_up()


@dataclass(frozen=True)
class _Sent:
    """A picture on its way: `sending` ends when it is decoded and handed to the encoder, the future in it later."""

    row: int
    path: Path
    sending: Future[Future[NDArray[np.float32]]]

    def answer(self) -> Future[Any]:
        """What is to be waited for next."""
        handed_over = self.sending.done() and not self.sending.cancelled() and self.sending.exception() is None
        return self.sending.result() if handed_over else self.sending

    def is_done(self) -> bool:
        answer = self.answer()
        return answer.done() and (answer is not self.sending or answer.cancelled() or answer.exception() is not None)

    def has_embedding(self) -> bool:
        answer = self.answer()
        return answer is not self.sending and answer.done() and not answer.cancelled() and answer.exception() is None

    def ends_the_job(self) -> bool:
        answer = self.answer()
        error = CancelledError() if answer.cancelled() else answer.exception()
        return error is not None and not isinstance(error, ImageError | ImageRefusedError)

    def result(self) -> EmbeddedImage:
        try:
            return EmbeddedImage(self.row, self.path, self.sending.result().result())
        except ImageError as error:
            return EmbeddedImage(self.row, self.path, None, error.reason)
        except ImageRefusedError as error:
            return EmbeddedImage(self.row, self.path, None, str(error))

    def give_up(self) -> None:
        self.sending.cancel()
        if (answer := self.answer()) is not self.sending:
            answer.cancel()


def _head_came(sent: deque[_Sent], cancel: threading.Event) -> bool:
    """Wait for the first answer; False when the job was cancelled, or when what came ends it."""
    while not sent[0].is_done():
        if cancel.is_set():
            return False
        wait([sent[0].answer()], _LOOK_S)
    return not sent[0].ends_the_job()


def _take_answers(sent: deque[_Sent], most: int, cancel: threading.Event) -> list[EmbeddedImage]:
    """The answers at the head, in order: those that are there, and those that come in the next moment."""
    taken = [sent.popleft().result()]
    until = time.monotonic() + _LOOK_S
    while sent and len(taken) < most and not cancel.is_set():
        wait([sent[0].answer()], max(0.0, until - time.monotonic()))
        if sent[0].is_done() and not sent[0].ends_the_job():
            taken.append(sent.popleft().result())
        elif sent[0].is_done() or time.monotonic() >= until:
            break
    return taken


def _send(path: Path, encoder: RemoteEncoder, cancel: threading.Event) -> Future[NDArray[np.float32]]:
    return encoder.send_image(_prepare(path, encoder, cancel))
