"""An encoder on a thread of its own, which batches the jobs of many requests.

The thread takes its next batch from a queue that is protected by a lock. A task on the event loop that gathers batches
for an executor would need no lock, but between two batches the encoder would wait for the event loop, which may be busy
parsing 20 MB of JSON. Here the event loop only queues jobs and awaits their futures.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from clipdesk.server.gathering import Gathering
from clipdesk.server.guard.clients import FairQueue, current_client

if TYPE_CHECKING:
    from clipdesk.encoders.local.open_clip import OpenClipEncoder

#: Larger requests are split into jobs of this many texts, so that other requests get their turn in between.
MAX_TEXTS_PER_JOB = 64

Kind = Literal["image", "text"]
OnBatch = Callable[[Kind, int, float], None]


class TextTooLongError(Exception):
    """A text has more tokens than the model's context length."""


class StoppedError(Exception):
    """The thread has been stopped and accepts no more jobs."""


@dataclass(frozen=True)
class _Job:
    kind: Kind
    items: Sequence[Any]  # prepared images or texts, according to `kind`
    vectors: Future[NDArray[np.float32]] = field(default_factory=Future)
    client: str = field(default_factory=current_client.get)


class EncoderThread:
    """Owns an encoder: loads it, encodes the jobs and closes it, all on one thread of its own.

    A batch starts as soon as the encoder is free. It waits for more jobs only while other requests are preparing images
    (see `expecting`), up to `max_wait_s`, or while clients that were just answered are about to ask again (see
    `Gathering`), so a single client never waits. `on_batch` is called on this thread after
    every batch with its kind, its number of items and its seconds. Embeddings are not normalised. `ready` gives the
    encoder once it is loaded, or the error that loading raised.
    """

    def __init__(
        self,
        load: Callable[[], OpenClipEncoder],
        *,
        max_wait_s: float,
        on_batch: OnBatch = lambda kind, count, seconds: None,
        name: str = "encoder",
    ) -> None:
        self.ready: Future[OpenClipEncoder] = Future()
        self._load = load
        self._max_wait_s = max_wait_s
        self._on_batch = on_batch
        self._changed = threading.Condition()
        self._jobs: FairQueue[_Job] = FairQueue(lambda job: job.client)
        self._expected = 0
        self._gathering = Gathering()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Accept no more jobs, finish the queued ones, then close the encoder. Returns at once; `join` waits."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._thread.join()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Announce a job: while the block prepares it, a batch with room left waits for it, up to `max_wait_s`."""
        with self._changed:
            self._expected += 1
        try:
            yield
        finally:
            with self._changed:
                self._expected -= 1
                self._changed.notify()

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> Future[NDArray[np.float32]]:
        """Queue n prepared images; the future gives their embeddings (n, dimension).

        Raises StoppedError. The future may raise EncoderError.
        """
        return self._put(_Job("image", images))

    def encode_texts(self, texts: Sequence[str]) -> Future[NDArray[np.float32]]:
        """Queue n texts; the future gives their embeddings (n, dimension).

        Raises StoppedError. The future may raise TextTooLongError and EncoderError.
        """
        return self._put(_Job("text", texts))

    def _put(self, job: _Job) -> Future[NDArray[np.float32]]:
        with self._changed:
            if self._stopping:
                raise StoppedError
            self._jobs.append(job)
            if job.kind == "image":
                self._gathering.arrived(time.monotonic())
            self._changed.notify()
        return job.vectors

    def _run(self) -> None:
        try:
            encoder = self._load()
        except BaseException as error:  # whatever it is, everyone who waits must get it
            self._stop_with(error)
            return
        self.ready.set_result(encoder)
        try:
            while batch := self._next_batch(encoder.batch_size):
                self._encode(encoder, [job for job in batch if job.vectors.set_running_or_notify_cancel()])
        finally:
            encoder.close()

    def _stop_with(self, error: BaseException) -> None:
        with self._changed:
            self._stopping = True
            left = list(self._jobs)
            self._jobs.clear()
        self.ready.set_exception(error)
        for job in left:
            job.vectors.set_exception(error)

    def _next_batch(self, max_items: int) -> list[_Job]:
        """Wait for jobs, and return those of up to `max_items` items, or a single larger one; empty once stopped."""
        with self._changed:
            while not self._jobs and not self._stopping:
                self._changed.wait()
            began = time.monotonic()
            while not self._stopping and sum(len(job.items) for job in self._jobs) < max_items:
                deadline = max(began + self._max_wait_s if self._expected else 0.0, self._gathering.wait_until())
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            batch: list[_Job] = []
            count = 0
            while self._jobs and (not batch or count + len(self._jobs[0].items) <= max_items):
                batch.append(self._jobs.popleft())
                count += len(batch[-1].items)
            return batch

    def _encode(self, encoder: OpenClipEncoder, batch: list[_Job]) -> None:
        """Encode all images of a batch together, then all texts, and set the jobs' futures."""
        images = [job for job in batch if job.kind == "image"]
        texts = _reject_long_texts(encoder, [job for job in batch if job.kind == "text"])
        by_kind: tuple[tuple[Kind, list[_Job]], ...] = (("image", images), ("text", texts))
        for kind, jobs in by_kind:
            items = [item for job in jobs for item in job.items]
            if not items:
                continue
            started = time.perf_counter()
            try:
                if kind == "image":
                    vectors = encoder.encode_images(items, normalized=False)
                else:
                    vectors = encoder.encode_texts(items, normalized=False)
            except Exception as error:  # fail these jobs only; the thread goes on
                for job in jobs:
                    job.vectors.set_exception(error)
                continue
            seconds = time.perf_counter() - started
            self._on_batch(kind, len(items), seconds)
            if kind == "image":
                with self._changed:
                    self._gathering.answered(len(jobs), seconds, time.monotonic())
            start = 0
            for job in jobs:
                job.vectors.set_result(vectors[start : start + len(job.items)])
                start += len(job.items)


def _reject_long_texts(encoder: OpenClipEncoder, jobs: list[_Job]) -> list[_Job]:
    """Return the jobs whose texts all fit into the model's context; fail the others with TextTooLongError."""
    accepted = []
    for job in jobs:
        try:
            cut = encoder.cut_texts(job.items)
        except Exception as error:  # as in `_encode`
            job.vectors.set_exception(error)
            continue
        if cut:
            job.vectors.set_exception(TextTooLongError())
        else:
            accepted.append(job)
    return accepted
