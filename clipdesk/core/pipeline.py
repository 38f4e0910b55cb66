"""Pictures in, embeddings out: decode ahead in threads, encode in batches, yield as it goes."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.decode import decode
from clipdesk.core.encoder import Encoder
from clipdesk.core.errors import ImageError


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
    """
    size = batch_size or encoder.batch_size
    threads = workers or default_workers()
    source = iter(images)
    waiting: deque[tuple[int, Path, Future[NDArray[np.uint8]]]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")
    try:
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
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


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
