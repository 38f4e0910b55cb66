"""Pictures in, embeddings out: recall, decode ahead, encode in batches or by a server, yield as it goes."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import Encoder, EncoderIdentity, RemoteEncoder, as_stored
from clipdesk.core.errors import ImageError, ImageRefusedError
from clipdesk.core.pictures.content import is_unchanged, read_content
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage
from clipdesk.core.store.thumbnail_store import ThumbnailStore

#: How often a wait for a server looks whether the job was cancelled, and how long finished pictures are gathered.
_LOOK_S = 0.05

#: A batch that took less is followed by one of twice as many pictures, until the encoder has enough of them: so a slow
#: computer, too, has something new to show every second or two, and ends as soon after it was told to stop.
_QUICK_BATCH_S = 0.8

#: Pictures that are looked up in the store at once: 50 ms of work, and 16 MB of vectors of 512.
_RECALLED_AT_ONCE = 8192


@dataclass(frozen=True)
class EmbeddedImage:
    """One finished picture: either `embedding` (d,) is set, or `error` says in one sentence why not.

    `row` is the number that it came in with.
    """

    row: int
    path: Path
    embedding: NDArray[np.float32] | None
    error: str = ""


@dataclass(frozen=True)
class RecalledImages:
    """Pictures whose embeddings were kept: their rows, and (n, d)."""

    rows: NDArray[np.intp]
    embeddings: NDArray[np.float32]


def recall_images(
    images: Iterable[tuple[int, ImageFile]], identity: EncoderIdentity, store: EmbeddingStore, cancel: threading.Event
) -> Iterator[RecalledImages]:
    """The embeddings of (row, file) pairs that are kept and whose files have not changed; no file is read.

    The others, also renamed and copied files, are left to `embed_images`. Setting `cancel` ends the generator.
    """
    source = iter(images)
    while not cancel.is_set() and (part := list(islice(source, _RECALLED_AT_ONCE))):
        places, embeddings = store.find_files(identity, [file for _, file in part])
        if len(places):
            yield RecalledImages(np.array([row for row, _ in part], np.intp)[places], embeddings)


def embed_images(
    images: Iterable[tuple[int, Path]],
    encoder: Encoder,
    *,
    cancel: threading.Event,
    workers: int | None = None,
    batch_size: int | None = None,
    store: EmbeddingStore | None = None,
    thumbnails: ThumbnailStore | None = None,
) -> Iterator[list[EmbeddedImage]]:
    """Embeddings of (row, path) pairs, a batch at a time, in the order in which they come.

    At most two batches of decoded pictures wait in memory, however long `images` is. Batches begin with one picture,
    so that a first answer comes soon, and grow as long as they are quick. A picture that cannot be read is a result
    with an error. Setting `cancel` ends the generator before the next batch; what was yielded stays valid.
    EncoderError is passed on. A remote encoder has as many pictures under way as it likes, and what it answered before
    the end is yielded too.

    With a `store` a picture whose content is kept is neither decoded nor encoded nor sent, whatever its name, and each
    batch is kept before it is yielded. With `thumbnails` besides, what was decoded is kept for the eye, too.
    """
    size = batch_size or encoder.batch_size
    threads = workers or default_workers()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")
    prepare = partial(_prepare, encoder=encoder, cancel=cancel, store=store, thumbnails=thumbnails)
    try:
        if isinstance(encoder, RemoteEncoder):
            yield from _embed_by_server(iter(images), encoder, cancel, pool, size, store, prepare)
        else:
            yield from _embed_in_batches(iter(images), encoder, cancel, pool, size, threads, store, prepare)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _embed_in_batches(
    source: Iterator[tuple[int, Path]],
    encoder: Encoder,
    cancel: threading.Event,
    pool: ThreadPoolExecutor,
    size: int,
    threads: int,
    store: EmbeddingStore | None,
    prepare: Callable[[Path], _Prepared],
) -> Iterator[list[EmbeddedImage]]:
    waiting: deque[_Waiting] = deque()
    batch = 1
    while True:
        for row, path in islice(source, max(batch + min(2 * batch, size), threads) - len(waiting)):
            waiting.append(_Waiting(row, path, pool.submit(prepare, path)))
        if not waiting or cancel.is_set():
            return
        taken = [waiting.popleft() for _ in range(min(batch, len(waiting)))]
        began = time.perf_counter()
        finished = _encode(taken, encoder, cancel, store)
        if finished is None:
            return
        if time.perf_counter() - began < _QUICK_BATCH_S:
            batch = min(2 * batch, size)
        yield finished


def embed_references(
    paths: Sequence[Path], encoder: Encoder, store: EmbeddingStore | None = None
) -> NDArray[np.float32]:
    """Embeddings (n, d) of n reference pictures. Raises ImageError for the first that cannot be read."""
    vectors = []
    for batch in embed_images(enumerate(paths), encoder, cancel=threading.Event(), store=store):
        for result in batch:
            if result.embedding is None:
                raise ImageError(result.path, result.error)
            vectors.append(result.embedding)
    return np.stack(vectors)


def default_workers() -> int:
    """Decoding threads: one a core, as Pillow lets go of the interpreter while it decodes."""
    return max(2, min(16, os.cpu_count() or 2))


@dataclass(frozen=True)
class _Prepared:
    """A picture that is ready to be encoded, or whose `embedding` was kept. `content` and `file` are for the store."""

    pixels: NDArray[np.uint8] | None = None
    embedding: NDArray[np.float32] | None = None
    content: bytes = b""
    file: ImageFile | None = None


@dataclass(frozen=True)
class _Waiting:
    """A picture on its way through the decoding threads."""

    row: int
    path: Path
    prepared: Future[_Prepared]


def _prepare(
    path: Path,
    encoder: Encoder,
    cancel: threading.Event,
    store: EmbeddingStore | None,
    thumbnails: ThumbnailStore | None,
) -> _Prepared:
    if cancel.is_set():
        raise ImageError(path, "Stopped before it was read.")
    content = read_content(path, cancel) if store is not None else None
    file = content.file if content is not None and content.is_settled else None
    if store is not None and content is not None:
        known = store.find_content(encoder.identity, content.key)
        if known is not None:
            return _Prepared(embedding=known, content=content.key, file=file)
    from clipdesk.core.pictures.decode import decode  # Pillow: neither what is kept nor the window's start needs it

    try:
        picture = decode(path, encoder.image_size, for_screen=True)
        pixels = encoder.prepare_image(picture)
    except MemoryError as error:
        raise ImageError(path, "There is not enough memory to open this picture.") from error
    if content is None or not is_unchanged(content):
        # What was decoded may not be what the content key was made from.
        return _Prepared(pixels)
    if thumbnails is not None and file is not None:
        thumbnails.put_image(file, picture)
    return _Prepared(pixels, content=content.key, file=file)


def _encode(
    taken: Sequence[_Waiting], encoder: Encoder, cancel: threading.Event, store: EmbeddingStore | None
) -> list[EmbeddedImage] | None:
    """One batch, in order; None when it was cancelled while its pictures were being read."""
    ready: dict[int, _Prepared] = {}
    failed: dict[int, str] = {}
    for picture in taken:
        try:
            ready[picture.row] = picture.prepared.result()
        except ImageError as error:
            failed[picture.row] = error.reason
    if cancel.is_set():
        return None
    pixels = {row: prepared.pixels for row, prepared in ready.items() if prepared.pixels is not None}
    vectors = as_stored(encoder.encode_images(list(pixels.values()))) if pixels else ()
    new = dict(zip(pixels, vectors, strict=True))
    if store is not None:
        store.put_images(
            encoder.identity,
            [StoredImage(one.content, new.get(row), one.file) for row, one in ready.items() if one.content],
        )
    return [
        EmbeddedImage(picture.row, picture.path, None, failed[picture.row])
        if picture.row in failed
        else EmbeddedImage(picture.row, picture.path, new.get(picture.row, ready[picture.row].embedding))
        for picture in taken
    ]


# --- By a server ------------------------------------------------------------------------------------------------------


def _embed_by_server(
    source: Iterator[tuple[int, Path]],
    encoder: RemoteEncoder,
    cancel: threading.Event,
    pool: ThreadPoolExecutor,
    size: int,
    store: EmbeddingStore | None,
    prepare: Callable[[Path], _Prepared],
) -> Iterator[list[EmbeddedImage]]:
    """Like batches that overlap: the next pictures are sent while the answers to earlier ones are awaited."""
    sent: deque[_Sent] = deque()
    try:
        while True:
            for row, path in islice(source, 2 * size - len(sent)):
                sent.append(_Sent(row, path, pool.submit(_send, path, encoder, prepare, cancel)))
            if not sent:
                return
            if not _head_came(sent, cancel):
                if answered := [one for one in sent if one.has_embedding()]:
                    yield _results(answered, encoder, store)
                if not cancel.is_set():
                    sent[0].result()  # raises what ended the job
                return
            yield _results(_take_answers(sent, size, cancel), encoder, store)
    finally:
        # Decoding first: a picture that is being decoded is handed over when it is done.
        pool.shutdown(wait=True, cancel_futures=True)
        # The last first: else each place that becomes free would be taken by the next picture, which is then sent.
        for one in reversed(sent):
            one.give_up()


@dataclass(frozen=True)
class _HandedOver:
    """A picture that was sent, or whose embedding was kept. `content` and `file` are for the store."""

    answer: Future[NDArray[np.float32]]
    was_kept: bool = False
    content: bytes = b""
    file: ImageFile | None = None


@dataclass(frozen=True)
class _Sent:
    """A picture on its way: `sending` ends when it is decoded and handed to the encoder, the answer in it later."""

    row: int
    path: Path
    sending: Future[_HandedOver]

    def answer(self) -> Future[Any]:
        """What is to be waited for next."""
        handed_over = self.sending.done() and not self.sending.cancelled() and self.sending.exception() is None
        return self.sending.result().answer if handed_over else self.sending

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
            return EmbeddedImage(self.row, self.path, as_stored(self.sending.result().answer.result()))
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


def _take_answers(sent: deque[_Sent], most: int, cancel: threading.Event) -> list[_Sent]:
    """What is answered at the head, in order: at once, and in the next moment."""
    taken = [sent.popleft()]
    until = time.monotonic() + _LOOK_S
    while sent and len(taken) < most and not cancel.is_set():
        wait([sent[0].answer()], max(0.0, until - time.monotonic()))
        if sent[0].is_done() and not sent[0].ends_the_job():
            taken.append(sent.popleft())
        elif sent[0].is_done() or time.monotonic() >= until:
            break
    return taken


def _results(answered: Sequence[_Sent], encoder: RemoteEncoder, store: EmbeddingStore | None) -> list[EmbeddedImage]:
    """What was answered, after it was kept."""
    results = [one.result() for one in answered]
    if store is not None:
        kept = []
        for one, result in zip(answered, results, strict=True):
            if result.embedding is not None and (handed := one.sending.result()).content:
                kept.append(StoredImage(handed.content, None if handed.was_kept else result.embedding, handed.file))
        store.put_images(encoder.identity, kept)
    return results


def _send(
    path: Path, encoder: RemoteEncoder, prepare: Callable[[Path], _Prepared], cancel: threading.Event
) -> _HandedOver:
    prepared = prepare(path)
    if prepared.pixels is not None:
        return _HandedOver(encoder.send_image(prepared.pixels, cancel), False, prepared.content, prepared.file)
    assert prepared.embedding is not None
    known: Future[NDArray[np.float32]] = Future()
    known.set_result(prepared.embedding)
    return _HandedOver(known, True, prepared.content, prepared.file)
