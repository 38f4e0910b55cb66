"""Encode on this computer: decode ahead in threads, encode in batches that grow while they are quick."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from clipdesk.core.encoder import Encoder, as_stored
from clipdesk.core.errors import ImageError
from clipdesk.core.line.prepare import Prepared
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage

#: A batch that took less than this is followed by one of twice the size, up to the encoder's batch size. A slow
#: computer thus shows something new every second or two, and stops as soon after a cancel.
QUICK_BATCH_S = 0.8


def embed_in_batches(
    source: Iterator[tuple[int, Path]],
    encoder: Encoder,
    prepare: Callable[[Path], Prepared],
    pool: ThreadPoolExecutor,
    *,
    cancel: threading.Event,
    batch_size: int,
    least_ahead: int,
    quick_batch_s: float,
    store: EmbeddingStore | None,
) -> Iterator[list[EmbeddedImage]]:
    """Yield batches of results in input order; see `embed_images`.

    `prepare` runs in `pool`, for at most two batches ahead, but for at least `least_ahead` images, one per thread.
    """
    waiting: deque[_WaitingImage] = deque()
    size = 1
    while True:
        ahead = max(size + min(2 * size, batch_size), least_ahead)
        for row, path in islice(source, ahead - len(waiting)):
            waiting.append(_WaitingImage(row, path, pool.submit(prepare, path)))
        if not waiting or cancel.is_set():
            return
        batch = [waiting.popleft() for _ in range(min(size, len(waiting)))]
        began = time.perf_counter()
        results = _encode(batch, encoder, cancel, store)
        if results is None:
            return
        if time.perf_counter() - began < quick_batch_s:
            size = min(2 * size, batch_size)
        yield results


@dataclass(frozen=True)
class _WaitingImage:
    """An image in the decoding threads."""

    row: int
    path: Path
    prepared: Future[Prepared]


def _encode(
    batch: Sequence[_WaitingImage], encoder: Encoder, cancel: threading.Event, store: EmbeddingStore | None
) -> list[EmbeddedImage] | None:
    """Return the results of one batch in order, or None if it was cancelled while its images were being decoded."""
    ready: dict[int, Prepared] = {}
    errors: dict[int, str] = {}
    for image in batch:
        try:
            ready[image.row] = image.prepared.result()
        except ImageError as error:
            errors[image.row] = error.reason
    if cancel.is_set():
        return None
    pixels = {row: prepared.pixels for row, prepared in ready.items() if prepared.pixels is not None}
    vectors = as_stored(encoder.encode_images(list(pixels.values()))) if pixels else ()
    new = dict(zip(pixels, vectors, strict=True))
    if store is not None:
        store.put_images(
            encoder.identity,
            [
                StoredImage(prepared.content, new.get(row), prepared.file)
                for row, prepared in ready.items()
                if prepared.content
            ],
        )
    return [
        EmbeddedImage(image.row, image.path, None, errors[image.row])
        if image.row in errors
        else EmbeddedImage(image.row, image.path, new.get(image.row, ready[image.row].embedding))
        for image in batch
    ]
