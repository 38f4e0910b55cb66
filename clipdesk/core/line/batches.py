"""Encode on this computer: decode ahead in threads, encode in batches that grow while they are quick."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from clipdesk.core.encoder import Encoder, as_stored
from clipdesk.core.errors import ImageError
from clipdesk.core.line.prepare import Prepared
from clipdesk.core.line.recognise import FoundImage, ImageSource
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage

#: A batch that took less than this is followed by one of twice the size, up to the encoder's batch size. A slow
#: computer thus shows something new every second or two, and stops as soon after a cancel.
QUICK_BATCH_S = 0.8
#: Known images in one batch.
_MOST_KNOWN = 512


def embed_in_batches(
    source: ImageSource,
    encoder: Encoder,
    prepare: Callable[[FoundImage], Prepared],
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
    Known images need no preparation, and do not count.
    """
    waiting: deque[_WaitingImage] = deque()
    new_count, size = 0, 1  # of images in `waiting` to encode; of the next batch
    while True:
        ahead = max(size + min(2 * size, batch_size), least_ahead)
        while new_count < ahead:
            # Known images need not wait for others. Nor does a full batch.
            is_ready = new_count >= size or (bool(waiting) and waiting[0].prepared is None)
            if len(waiting) - new_count >= _MOST_KNOWN or (image := source.take(wait=not is_ready)) is None:
                break
            waiting.append(_WaitingImage(image, None if image.is_known else pool.submit(prepare, image)))
            new_count += not image.is_known
        if not waiting or cancel.is_set():
            return
        batch = _next_batch(waiting, size)
        new = sum(image.prepared is not None for image in batch)
        new_count -= new
        began = time.perf_counter()
        results = _encode(batch, encoder, cancel, store)
        if results is None:
            return
        if new and time.perf_counter() - began < quick_batch_s:
            size = min(2 * size, batch_size)
        yield results


@dataclass(frozen=True)
class _WaitingImage:
    """An image in the decoding threads (`prepared`), or one that is known."""

    found: FoundImage
    prepared: Future[Prepared] | None


def _next_batch(waiting: deque[_WaitingImage], size: int) -> list[_WaitingImage]:
    """Remove and return the known images at the head, or else `size` images to encode and known ones among them."""
    batch = [waiting.popleft()]
    left = 0 if batch[0].prepared is None else size - 1
    while waiting and (waiting[0].prepared is None or left):
        left -= waiting[0].prepared is not None
        batch.append(waiting.popleft())
    return batch


def _encode(
    batch: Sequence[_WaitingImage], encoder: Encoder, cancel: threading.Event, store: EmbeddingStore | None
) -> list[EmbeddedImage] | None:
    """Return the results of one batch in order, or None if it was cancelled while its images were being decoded."""
    ready: dict[int, Prepared] = {}
    errors: dict[int, str] = {}
    for image in batch:
        if image.prepared is not None:
            try:
                ready[image.found.row] = image.prepared.result()
            except ImageError as error:
                errors[image.found.row] = error.reason
    if cancel.is_set():
        return None
    vectors = as_stored(encoder.encode_images([prepared.pixels for prepared in ready.values()])) if ready else ()
    new = dict(zip(ready, vectors, strict=True))
    if store is not None:
        kept = [StoredImage(one.content, new[row], one.file, one.look) for row, one in ready.items() if one.content]
        kept += [path for image in batch if (path := image.found.new_path()) is not None]
        store.put_images(encoder.identity, kept)
    return [
        EmbeddedImage(one.row, one.path, new.get(one.row, one.embedding), errors.get(one.row, ""), _content(one, ready))
        for one in (image.found for image in batch)
    ]


def _content(image: FoundImage, ready: Mapping[int, Prepared]) -> bytes:
    """Return the content key of a result: that of the bytes that were decoded, or those that were recognised."""
    if image.row in ready:
        return ready[image.row].content
    return image.content.key if image.content is not None else b""
