"""One encoder, one thread, and batches gathered from many requests.

The thread takes its next batch from a queue by itself. The other way, a task on the event loop that gathers batches and
hands them to an executor, needs no lock, but between two batches the encoder then waits for the event loop, which may
just be parsing somebody's 20 MB of JSON. So the loop only ever puts jobs in and awaits their futures.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from clipdesk.encoders.local.open_clip import OpenClipEncoder

#: Of one job. Between them other jobs have their turn.
TEXTS_IN_A_JOB = 64

Kind = Literal["image", "text"]
OnBatch = Callable[[Kind, int, float], None]


class TextTooLongError(Exception):
    """A text has more tokens than the model reads."""


class StoppedError(Exception):
    """The thread takes no more jobs."""


@dataclass(frozen=True)
class _Job:
    kind: Kind
    items: Sequence[Any]  # prepared pictures or texts, as `kind` says
    found: Future[NDArray[np.float32]] = field(default_factory=Future)


class EncoderThread:
    """Owns an encoder: loads it, encodes what comes in, closes it; all on one thread of its own.

    A batch begins when the encoder is free. It waits for more, at most `max_wait_s`, only while pictures are on their
    way (see `expecting`): a lone client never waits. `on_batch` hears kind, number and seconds of every batch, on this
    thread. Embeddings come as the model gives them, not normalised.
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
        self._jobs: deque[_Job] = deque()
        self._expected = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Take no more jobs, finish those that are there, then close the encoder. Returns at once; see `join`."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def join(self) -> None:
        self._thread.join()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """While the block runs, a batch that has room waits a little for the pictures it prepares."""
        with self._changed:
            self._expected += 1
        try:
            yield
        finally:
            with self._changed:
                self._expected -= 1
                self._changed.notify()

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> Future[NDArray[np.float32]]:
        """The embeddings of prepared pictures, later. Raises StoppedError; the future may raise EncoderError."""
        return self._put(_Job("image", images))

    def encode_texts(self, texts: Sequence[str]) -> Future[NDArray[np.float32]]:
        """The embeddings of texts, later. Raises StoppedError; the future may raise TextTooLongError, EncoderError."""
        return self._put(_Job("text", texts))

    def _put(self, job: _Job) -> Future[NDArray[np.float32]]:
        with self._changed:
            if self._stopping:
                raise StoppedError
            self._jobs.append(job)
            self._changed.notify()
        return job.found

    def _run(self) -> None:
        try:
            encoder = self._load()
        except BaseException as error:  # whatever it is, those who wait must hear of it
            self._stop_with(error)
            return
        self.ready.set_result(encoder)
        try:
            while batch := self._next_batch(encoder.batch_size):
                self._encode(encoder, [job for job in batch if job.found.set_running_or_notify_cancel()])
        finally:
            encoder.close()

    def _stop_with(self, error: BaseException) -> None:
        with self._changed:
            self._stopping = True
            left = list(self._jobs)
            self._jobs.clear()
        self.ready.set_exception(error)
        for job in left:
            job.found.set_exception(error)

    def _next_batch(self, most: int) -> list[_Job]:
        """Jobs of up to `most` pictures, or one that has more by itself; empty at the end."""
        with self._changed:
            while not self._jobs and not self._stopping:
                self._changed.wait()
            deadline = time.monotonic() + self._max_wait_s
            while self._expected and not self._stopping and sum(len(job.items) for job in self._jobs) < most:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            batch: list[_Job] = []
            count = 0
            while self._jobs and (not batch or count + len(self._jobs[0].items) <= most):
                batch.append(self._jobs.popleft())
                count += len(batch[-1].items)
            return batch

    def _encode(self, encoder: OpenClipEncoder, batch: list[_Job]) -> None:
        images = [job for job in batch if job.kind == "image"]
        texts = _readable(encoder, [job for job in batch if job.kind == "text"])
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
            except Exception as error:  # the thread goes on: only these requests have failed
                for job in jobs:
                    job.found.set_exception(error)
                continue
            self._on_batch(kind, len(items), time.perf_counter() - started)
            start = 0
            for job in jobs:
                job.found.set_result(vectors[start : start + len(job.items)])
                start += len(job.items)


def _readable(encoder: OpenClipEncoder, jobs: list[_Job]) -> list[_Job]:
    """The jobs whose texts the model reads to their ends; the others are told."""
    readable = []
    for job in jobs:
        try:
            cut = encoder.cut_texts(job.items)
        except Exception as error:  # as in `_encode`
            job.found.set_exception(error)
            continue
        if cut:
            job.found.set_exception(TextTooLongError())
        else:
            readable.append(job)
    return readable
