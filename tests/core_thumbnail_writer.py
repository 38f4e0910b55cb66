"""A program that stores thumbnails until it is killed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from killing import die_at_statement

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.thumbnail_store import ThumbnailStore

#: Thumbnails in one transaction.
GATHERED = 8
LIMIT_BYTES = 400_000


def file_number(number: int) -> ImageFile:
    return ImageFile(Path(f"/pictures/img{number}.jpg"), 300_000 + number, 10**18 + number)


def jpeg_number(number: int) -> bytes:
    return np.random.default_rng(number).bytes(5000)


def write_thumbnails(path: Path, *, kill_at_statement: int | None = None) -> None:
    """Store batch after batch and print a line after each. With a number, die before that statement of SQL.

    LIMIT_BYTES are reached with about the 80th thumbnail; from then on older ones are evicted.
    """
    store = ThumbnailStore(path, limit_bytes=LIMIT_BYTES)
    if kill_at_statement is not None:
        die_at_statement(store._file, kill_at_statement)
    number = 0
    while True:
        for _ in range(GATHERED):
            store.put(file_number(number), jpeg_number(number))
            number += 1
        store.flush()
        print(number, flush=True)
