"""A program that keeps thumbnails until it is killed, or until its files may not grow any more."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.thumbnail_store import ThumbnailStore

#: So many are written in one transaction.
GATHERED = 8
LIMIT_BYTES = 400_000


def file_number(number: int) -> ImageFile:
    return ImageFile(Path(f"/pictures/img{number}.jpg"), 300_000 + number, 10**18 + number)


def jpeg_number(number: int) -> bytes:
    return np.random.default_rng(number).bytes(5000)


def write_thumbnails(path: Path) -> None:
    """Keep some after some, and say how many after each transaction. From the 80th on others have to leave."""
    store = ThumbnailStore(path, limit_bytes=LIMIT_BYTES)
    number = 0
    while True:
        for _ in range(GATHERED):
            store.put(file_number(number), jpeg_number(number))
            number += 1
        store.flush()
        print(number, flush=True)
