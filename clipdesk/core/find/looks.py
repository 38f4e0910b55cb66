"""The looks of the images of a desk as columns: recalled from the store, or made from the files."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.find.progress import OnProgress, ignore_progress
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore


@dataclass(frozen=True)
class Looks:
    """The looks of n images, see `Look`. `is_known` (n,) is false for images that could not be read.

    `contents` has the content key of each, empty if it is unknown. `taken_s` is NaN if it is unknown. `sharpness` is
    NaN until `measure_sharpness` filled it.
    """

    contents: tuple[bytes, ...]
    is_known: NDArray[np.bool_]
    dhash: NDArray[np.uint64]
    tiles: NDArray[np.uint8]
    widths: NDArray[np.int32]
    heights: NDArray[np.int32]
    taken_s: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.contents)


def find_looks(
    images: Sequence[ImageFile],
    contents: Sequence[bytes] = (),
    *,
    store: EmbeddingStore | None = None,
    thumbnails: ThumbnailStore | None = None,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> Looks:
    """Return the looks of images, whose content keys are `contents` (n, empty where unknown; or none at all).

    They come from the store, or else from the thumbnails, or else from the files, and are kept in the store. The line
    stores looks of what it decodes, so this takes 0.02 ms for each of these images. Raises Cancelled.
    """
    raise NotImplementedError
