"""Embed images: decode ahead, then encode in batches here, or one by one on a server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from clipdesk.core.encoder import Encoder, RemoteEncoder
from clipdesk.core.line.batches import LONGEST_BATCH_S, embed_in_batches
from clipdesk.core.line.decoding_threads import DecodingThreads
from clipdesk.core.line.prepare import Prepared, default_workers, prepare_image
from clipdesk.core.line.recognise import FoundImage, ImageSource
from clipdesk.core.line.remote import embed_on_server
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.line.shared_pictures import SharedPictures
from clipdesk.core.store.cached_encoder import is_loaded
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore


def embed_images(
    images: Iterable[tuple[int, Path]],
    encoder: Encoder,
    *,
    cancel: threading.Event,
    workers: int | None = None,
    batch_size: int | None = None,
    store: EmbeddingStore | None = None,
    thumbnails: ThumbnailStore | None = None,
    shared: SharedPictures | None = None,
    longest_batch_s: float = LONGEST_BATCH_S,
) -> Iterator[list[EmbeddedImage]]:
    """Yield the embeddings of (row, path) pairs in batches, about in input order.

    At most two batches of decoded images are held in memory, however long `images` is. The first batch is a single
    image, so that the first result comes early; no batch should take more than `longest_batch_s` seconds. An image that
    takes long to read is overtaken by those after it, and one that cannot be read yields a result with an error.
    Setting `cancel` ends the generator before the next batch; it does not wait for images that are being decoded.
    A remote encoder decides itself how many requests run at once; what it answered before the end is yielded, too.

    With a `store`, an image whose content is stored is neither decoded nor encoded nor sent, whatever its name. Such
    images come in larger batches, about ten a second. Each batch is stored before it is yielded. With `thumbnails` as
    well, decoded images are stored as thumbnails. Views that decode some of the images meanwhile do that by `shared`.

    Raises EncoderError when the encoder cannot continue.
    """
    size = batch_size or encoder.batch_size
    threads = workers or default_workers()
    pool = DecodingThreads(threads)
    prepare_one = partial(prepare_image, encoder=encoder, cancel=cancel, thumbnails=thumbnails)
    prepare: Callable[[FoundImage], Prepared] = prepare_one
    if shared is not None:
        prepare = shared.begin(
            partial(prepare_one, decode=shared.decode),
            cancel,
            image_size=encoder.image_size,
            hashes=store is not None,
            is_ready=lambda: is_loaded(encoder),
        )
    source = ImageSource(iter(images), encoder.identity, pool, threads=threads, cancel=cancel, store=store)
    try:
        if isinstance(encoder, RemoteEncoder):
            yield from embed_on_server(source, encoder, prepare, pool, cancel=cancel, batch_size=size, store=store)
        else:
            yield from embed_in_batches(
                source,
                encoder,
                prepare,
                pool,
                cancel=cancel,
                batch_size=size,
                least_ahead=threads,
                longest_batch_s=longest_batch_s,
                store=store,
            )
    finally:
        pool.end(cancel)
        if shared is not None:
            shared.end()
