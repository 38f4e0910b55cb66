"""Encode on a server: several requests run at once, and their answers are yielded about in input order."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, wait

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import RemoteEncoder, as_stored
from clipdesk.core.errors import ImageError, ImageRefusedError
from clipdesk.core.line.decoding_threads import DecodingThreads
from clipdesk.core.line.prepare import Prepared
from clipdesk.core.line.recognise import FoundImage, ImageSource
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.look import Look
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage

#: How often a wait for an answer checks for a cancel, and how long finished images are collected into one batch.
_POLL_S = 0.05
#: How long an answer waits for earlier ones, of images that take long to read or to embed.
_PATIENCE_S = 0.5


def embed_on_server(
    source: ImageSource,
    encoder: RemoteEncoder,
    prepare: Callable[[FoundImage], Prepared],
    pool: DecodingThreads,
    *,
    cancel: threading.Event,
    batch_size: int,
    store: EmbeddingStore | None,
) -> Iterator[list[EmbeddedImage]]:
    """Yield batches of results, about in input order; see `embed_images`.

    Works like overlapping batches: the next images are decoded and sent while earlier answers are awaited.
    """
    pending: deque[_ImageRequest] = deque()

    def send_more() -> None:
        while len(pending) < 2 * batch_size and (image := source.take(wait=not pending)) is not None:
            request = _ImageRequest(image)
            pending.append(request)
            if not image.is_known:
                pool.submit(request.send, encoder, prepare, cancel)

    try:
        while True:
            send_more()
            if not pending:
                return
            if not _wait_for_head(pending, cancel, send_more):
                if answered := [request for request in pending if request.has_embedding]:
                    yield _stored_results(answered, encoder, store)
                if not cancel.is_set():
                    pending[0].result()  # raises the error that ends the job
                return
            yield _stored_results(_take_answered(pending, batch_size, cancel), encoder, store)
    finally:
        # Stop decoding first: unless the job was cancelled, an image that is being decoded is sent when it is done.
        pool.end(cancel)
        # Give up the last request first: each one given up frees a connection, which would go to the next in line.
        for request in reversed(pending):
            request.give_up()


class _ImageRequest:
    """One image on its way: decoded in a thread, sent, answered.

    `outcome` is the single future of the whole way. It raises ImageError or ImageRefusedError when this image alone
    has no embedding, and any other error when the job cannot continue.
    """

    def __init__(self, found: FoundImage) -> None:
        self.outcome: Future[NDArray[np.float32]] = Future()
        self._found = found
        self._answer: Future[NDArray[np.float32]] | None = None
        self._content = b""
        self._file: ImageFile | None = None
        self._look: Look | None = None
        if found.embedding is not None:
            self.outcome.set_result(found.embedding)

    def send(self, encoder: RemoteEncoder, prepare: Callable[[FoundImage], Prepared], cancel: threading.Event) -> None:
        """Decode the image and send it. Runs in a decoding thread."""
        try:
            from clipdesk.core.pictures.opening import require_going  # imports Pillow

            prepared = prepare(self._found)
            require_going(self._found.path, cancel)  # the job may have ended without waiting for this image
            self._content, self._file, self._look = prepared.content, prepared.file, prepared.look
            self._answer = encoder.send_image(prepared.pixels, cancel)
            self._answer.add_done_callback(self._on_answered)
        except Exception as error:
            self.outcome.set_exception(error)

    def _on_answered(self, answer: Future[NDArray[np.float32]]) -> None:
        error = CancelledError() if answer.cancelled() else answer.exception()
        if error is not None:
            self.outcome.set_exception(error)
        else:
            self.outcome.set_result(answer.result())

    @property
    def has_embedding(self) -> bool:
        return self.outcome.done() and self.outcome.exception() is None

    @property
    def ends_job(self) -> bool:
        """Whether it failed with an error that is not about this image alone."""
        error = self.outcome.exception() if self.outcome.done() else None
        return error is not None and not isinstance(error, ImageError | ImageRefusedError)

    def result(self) -> EmbeddedImage:
        """Return the row's result, waiting for it. Raises the error that ends the job."""
        row, path = self._found.row, self._found.path
        try:
            embedding = as_stored(self.outcome.result())
            known = self._found.content.key if self._found.is_known and self._found.content else b""
            return EmbeddedImage(row, path, embedding, content=self._content or known)
        except ImageError as error:
            return EmbeddedImage(row, path, None, error.reason)
        except ImageRefusedError as error:
            return EmbeddedImage(row, path, None, str(error))

    def to_store(self, embedding: NDArray[np.float32]) -> StoredImage | None:
        """Return what the store should keep of this image, or None if there is nothing."""
        if self._found.is_known:
            return self._found.new_path()
        return StoredImage(self._content, embedding, self._file, self._look) if self._content else None

    def give_up(self) -> None:
        """Cancel the request. Called once decoding has stopped."""
        if self._answer is not None:
            self._answer.cancel()


def _wait_for_head(pending: deque[_ImageRequest], cancel: threading.Event, send_more: Callable[[], object]) -> bool:
    """Wait for the first outcome, and send what can be sent. Return False if the job was cancelled or must end.

    Requests that have been answered for `_PATIENCE_S` overtake those before them.
    """
    deadline: float | None = None
    while not pending[0].outcome.done():
        if cancel.is_set():
            return False
        wait([pending[0].outcome], _POLL_S)
        send_more()
        if deadline is None and any(request.outcome.done() for request in pending):
            deadline = time.monotonic() + _PATIENCE_S
        if deadline is not None and time.monotonic() >= deadline:
            in_order = sorted(pending, key=lambda request: not request.outcome.done())
            pending.clear()
            pending.extend(in_order)
    return not pending[0].ends_job


def _take_answered(pending: deque[_ImageRequest], most: int, cancel: threading.Event) -> list[_ImageRequest]:
    """Remove and return what is answered at the head, in order, collecting for up to `_POLL_S` seconds."""
    taken = [pending.popleft()]
    deadline = time.monotonic() + _POLL_S
    while pending and len(taken) < most and not cancel.is_set():
        wait([pending[0].outcome], max(0.0, deadline - time.monotonic()))
        if not pending[0].outcome.done():
            if time.monotonic() >= deadline:
                break
        elif pending[0].ends_job:
            break
        else:
            taken.append(pending.popleft())
    return taken


def _stored_results(
    answered: Sequence[_ImageRequest], encoder: RemoteEncoder, store: EmbeddingStore | None
) -> list[EmbeddedImage]:
    """Return the results of answered requests after storing them."""
    results = [request.result() for request in answered]
    if store is not None:
        kept = (
            request.to_store(result.embedding)
            for request, result in zip(answered, results, strict=True)
            if result.embedding is not None
        )
        store.put_images(encoder.identity, [picture for picture in kept if picture is not None])
    return results
