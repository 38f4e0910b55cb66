"""A program that writes thumbnails to a store until it is killed, or until its files cannot grow any more."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.thumbnail_store import ThumbnailStore

#: Thumbnails per transaction.
GATHERED = 8
LIMIT_BYTES = 400_000


def file_number(number: int) -> ImageFile:
    return ImageFile(Path(f"/pictures/img{number}.jpg"), 300_000 + number, 10**18 + number)


def jpeg_number(number: int) -> bytes:
    return np.random.default_rng(number).bytes(5000)


def write_thumbnails(path: Path) -> None:
    """Write thumbnails, and print their number after each transaction. From the 80th on, older ones are evicted."""
    store = ThumbnailStore(path, limit_bytes=LIMIT_BYTES)
    number = 0
    while True:
        for _ in range(GATHERED):
            store.put(file_number(number), jpeg_number(number))
            number += 1
        store.flush()
        print(number, flush=True)
