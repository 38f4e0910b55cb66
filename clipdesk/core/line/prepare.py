"""Prepare one image for an encoder: look its content up in the store, or decode and resize it."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import Encoder
from clipdesk.core.errors import ImageError
from clipdesk.core.pictures.content import is_unchanged, read_content
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore


@dataclass(frozen=True)
class Prepared:
    """An image ready to encode (`pixels`), or found in the store by content (`embedding`).

    `content` is the key under which the store keeps the embedding, empty if it must not be stored. `file` is set when
    its path, size, time and stamp identify that content, too.
    """

    pixels: NDArray[np.uint8] | None = None
    embedding: NDArray[np.float32] | None = None
    content: bytes = b""
    file: ImageFile | None = None


def prepare_image(
    path: Path,
    encoder: Encoder,
    cancel: threading.Event,
    store: EmbeddingStore | None,
    thumbnails: ThumbnailStore | None,
) -> Prepared:
    """Return the prepared image, storing its thumbnail on the way. Runs in a decoding thread.

    Raises ImageError when the file cannot be read or decoded, or when `cancel` is set.
    """
    if cancel.is_set():
        raise ImageError(path, "Stopped before it was read.")
    content = read_content(path, cancel) if store is not None else None
    file = content.file if content is not None and content.is_settled else None
    if store is not None and content is not None:
        known = store.find_content(encoder.identity, content.key)
        if known is not None:
            return Prepared(embedding=known, content=content.key, file=file)
    # Imports Pillow, which neither recalled images nor the start of the window need.
    from clipdesk.core.pictures.decode import decode

    try:
        picture = decode(path, encoder.image_size)
        pixels = encoder.prepare_image(picture)
    except MemoryError as error:
        raise ImageError(path, "There is not enough memory to open this picture.") from error
    if content is None or not is_unchanged(content):
        # The file changed between hashing and decoding: these pixels may not belong to the content key.
        return Prepared(pixels)
    if thumbnails is not None and file is not None:
        thumbnails.put_image(file, picture)
    return Prepared(pixels, content=content.key, file=file)


def default_workers() -> int:
    """Return the number of decoding threads: one per core, because Pillow releases the GIL while it decodes."""
    return max(2, min(16, os.cpu_count() or 2))
