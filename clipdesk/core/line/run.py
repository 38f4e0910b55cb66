"""The line: recall what is stored, encode prompts, embed the remaining images. Shared by window and command line."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import Encoder
from clipdesk.core.labels.prompts import Prompt
from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.prompts import (
    DescribeError,
    PromptRequest,
    PromptVectors,
    answer_prompts,
    raise_error,
    recall_prompts,
)
from clipdesk.core.line.recall import recall_images
from clipdesk.core.line.results import EmbeddedImage, RecalledImages
from clipdesk.core.line.shared_pictures import SharedPictures
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.file_columns import columns_of
from clipdesk.core.store.thumbnail_store import ThumbnailStore


@dataclass(frozen=True)
class LineJob:
    """Images to embed, and prompts to encode before them.

    `rows` (n,) are the numbers of the n `images` in the results. With `only_recall` nothing may be sent yet: the job
    ends once the store has been searched. Setting `cancel` ends it within one batch.
    """

    rows: NDArray[np.intp]
    images: Sequence[ImageFile]
    prompts: tuple[Prompt, ...] = ()
    only_recall: bool = False
    cancel: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Remainder:
    """What the store does not have, and what the encoder is about to compute."""

    image_count: int
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True)
class EmbeddedBatch:
    """Finished images, in input order."""

    images: list[EmbeddedImage]


LineEvent = RecalledImages | Remainder | PromptVectors | EmbeddedBatch


def run_line(
    job: LineJob,
    encoder: Encoder,
    *,
    store: EmbeddingStore | None = None,
    thumbnails: ThumbnailStore | None = None,
    shared: SharedPictures | None = None,
    next_request: Callable[[], PromptRequest | None] = lambda: None,
    describe_error: DescribeError = raise_error,
) -> Iterator[LineEvent]:
    """Yield what becomes of a job's images and prompts, in this order.

    First the images found in the `store`, as RecalledImages. Then one Remainder, before anything is sent or computed.
    Then the job's prompts as PromptVectors, if it has any, and the remaining images as EmbeddedBatch. At the end the
    folders get listings.

    Views that need the job's images before it does get them by `shared`.

    `next_request` is polled after each part and returns further prompts, which are answered at once; None when there
    are none. `describe_error` decides what happens to prompts that cannot be encoded; by default the error is raised.
    Raises EncoderError when the encoder cannot continue; everything yielded before stays valid.
    """

    def answers() -> Iterator[PromptVectors]:
        while not job.cancel.is_set() and (request := next_request()) is not None:
            yield answer_prompts(request, encoder, store, describe_error)

    def add_listings() -> Iterator[PromptVectors]:
        if store is not None and not job.cancel.is_set():
            for _ in store.listings.add(encoder.identity, columns_of(job.images), is_unlisted):
                yield from answers()
                if job.cancel.is_set():
                    break

    is_new, is_unlisted = np.ones(len(job.rows), np.bool_), np.ones(len(job.rows), np.bool_)
    if store is not None:
        for found in recall_images(job.images, encoder.identity, store, job.cancel):
            is_new[found.rows] = False
            is_unlisted[found.rows] = not found.is_listed
            yield replace(found, rows=job.rows[found.rows])
            yield from answers()
    if job.only_recall:
        yield from add_listings()
        return
    new = np.flatnonzero(is_new)
    known_prompts = recall_prompts(job.prompts, encoder.identity, store) if job.prompts and store is not None else {}
    yield Remainder(len(new), tuple(prompt for prompt in job.prompts if prompt not in known_prompts))
    if job.prompts:
        request = PromptRequest(encoder.identity.key, job.prompts)
        yield answer_prompts(request, encoder, store, describe_error, job.cancel)
    remaining = ((int(job.rows[place]), job.images[int(place)].path) for place in new)
    batches = embed_images(remaining, encoder, cancel=job.cancel, store=store, thumbnails=thumbnails, shared=shared)
    for batch in batches:
        yield EmbeddedBatch(batch)
        yield from answers()
    yield from add_listings()
