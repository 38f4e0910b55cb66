"""Encode on this computer: decode ahead in threads, encode in batches that grow while they are quick."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from clipdesk.core.encoder import Encoder, as_stored
from clipdesk.core.errors import EncoderError, ImageError
from clipdesk.core.line.decoding_threads import wait_for_any
from clipdesk.core.line.prepare import Prepared
from clipdesk.core.line.recognise import FoundImage, ImageSource
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage

#: No batch should take longer, because a cancel waits for the one that runs. Batches of two to eight cost a CPU hardly
#: more for an image than those of 32 do.
LONGEST_BATCH_S = 0.8
#: How long a batch waits for images that are still being decoded, when others are ready.
_PATIENCE_S = 0.5
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
    longest_batch_s: float,
    store: EmbeddingStore | None,
) -> Iterator[list[EmbeddedImage]]:
    """Yield batches of results, about in input order; see `embed_images`.

    `prepare` runs in `pool`, for at most two batches ahead, but for at least `least_ahead` images, one per thread.
    Known images need no preparation, and do not count. An image that is still being decoded after `_PATIENCE_S` is
    overtaken by those that are ready.
    """
    waiting: deque[_WaitingImage] = deque()
    new_count = 0  # of images in `waiting` to encode
    alone = 0  # images at the head that are done one by one
    sizes = _BatchSizes(batch_size, longest_batch_s)
    while True:
        ahead = max(sizes.now + min(2 * sizes.now, batch_size), least_ahead)
        while new_count < ahead:
            # Known images need not wait for others. Nor does a full batch.
            is_ready = new_count >= sizes.now or (bool(waiting) and waiting[0].prepared is None)
            if len(waiting) - new_count >= _MOST_KNOWN or (image := source.take(wait=not is_ready)) is None:
                break
            waiting.append(_WaitingImage(image, None if image.is_known else pool.submit(prepare, image)))
            new_count += not image.is_known
        if not waiting or cancel.is_set():
            return
        batch = _next_batch(waiting, sizes.now, 1 if alone else len(waiting), cancel)
        if cancel.is_set():
            return
        new = sum(image.prepared is not None for image in batch)
        began = time.perf_counter()
        try:
            results = _encode(batch, encoder, store)
        except EncoderError:
            if len(batch) == 1:
                raise
            # An image that the model fails on should not cost the others of its batch.
            waiting.extendleft(reversed(batch))
            alone = len(batch)
            continue
        alone = max(0, alone - 1)
        new_count -= new
        if new:
            sizes.follow(new, time.perf_counter() - began)
        yield results


class _BatchSizes:
    """The size of the next batch: starts with one, and follows how long batches take."""

    def __init__(self, largest: int, longest_s: float) -> None:
        self.now = 1
        self._largest = largest
        self._longest_s = longest_s

    def follow(self, size: int, took_s: float) -> None:
        """Double the size if twice as many images would not take too long; halve it if these did."""
        if took_s > self._longest_s:
            self.now = max(1, self.now // 2)
        elif size == self.now and 2 * took_s <= self._longest_s:
            self.now = min(2 * self.now, self._largest)


@dataclass(frozen=True, eq=False)
class _WaitingImage:
    """An image in the decoding threads (`prepared`), or one that is known."""

    found: FoundImage
    prepared: Future[Prepared] | None

    @property
    def is_ready(self) -> bool:
        return self.prepared is None or self.prepared.done()


def _next_batch(waiting: deque[_WaitingImage], size: int, most: int, cancel: threading.Event) -> list[_WaitingImage]:
    """Remove and return the next images: see `_head`. At most `most`.

    Waits until those are decoded. Once others have been ready for `_PATIENCE_S`, it takes these instead. Empty if
    `cancel` is set before.
    """
    deadline: float | None = None
    while not cancel.is_set():
        batch = _head(waiting, size)[:most]
        missing = {image.prepared for image in batch if image.prepared is not None and not image.prepared.done()}
        ready = [image for image in waiting if image.is_ready]
        if missing and ready and deadline is not None and time.monotonic() >= deadline:
            batch, missing = _head(ready, size)[:most], set()
        if not missing:
            for image in batch:
                waiting.remove(image)
            return batch
        if ready and deadline is None:
            deadline = time.monotonic() + _PATIENCE_S
        if deadline is None:
            missing = {image.prepared for image in waiting if image.prepared is not None}
        wait_for_any(missing, cancel, float("inf") if deadline is None else deadline - time.monotonic())
    return []


def _head(images: Sequence[_WaitingImage], size: int) -> list[_WaitingImage]:
    """Return the known images at the head, or else `size` images to encode and known ones among them."""
    batch: list[_WaitingImage] = []
    left = 0 if images and images[0].prepared is None else size
    for image in images:
        if image.prepared is not None:
            if not left:
                break
            left -= 1
        batch.append(image)
    return batch


def _encode(batch: Sequence[_WaitingImage], encoder: Encoder, store: EmbeddingStore | None) -> list[EmbeddedImage]:
    """Return the results of one batch, whose images are decoded, in order."""
    ready: dict[int, Prepared] = {}
    errors: dict[int, str] = {}
    for image in batch:
        if image.prepared is not None:
            try:
                ready[image.found.row] = image.prepared.result()
            except ImageError as error:
                errors[image.found.row] = error.reason
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
