"""A program of its own that loads vectors into the matrix that is scored, and prints what that took as JSON.

    load_vectors.py make FOLDER COUNT        make a store and a numpy file of so many vectors
    load_vectors.py load FOLDER COUNT TURNS

Of its own, so that its peak of memory is that of loading.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rows import in_turns

from clipdesk.core.desk.embedding_table import EmbeddingTable
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.line.recall import recall_images
from clipdesk.core.pictures.content import text_key
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage

DIMENSION = 512
IDENTITY = EncoderIdentity("bench", "c", "p")
STORE, PLAIN = "s.sqlite3", "plain.npy"
_PART = 5_000


def main(how: str, folder: Path, count: int, turns: int = 1) -> None:
    """Make the store and the numpy file, or load both in turns."""
    if how == "make":
        make(folder, count)
        return
    images = images_of(count)
    before = peak_bytes()
    vectors = load_store(folder, images)
    extra = peak_bytes() - before - vectors.nbytes
    assert np.array_equal(vectors, load_plain(folder)), "wrong vectors"
    del vectors
    store, plain = in_turns(lambda: load_store(folder, images), lambda: load_plain(folder), times=turns)
    print(json.dumps({"store": vars(store), "numpy": vars(plain), "extra_bytes": extra}))


def make(folder: Path, count: int) -> None:
    """Store so many images in folders of 1,000, as a job does, and write the same vectors to a numpy file."""
    images, store = images_of(count), EmbeddingStore(folder / STORE, limit_bytes=10**11)
    plain = np.lib.format.open_memmap(folder / PLAIN, "w+", np.float16, (count, DIMENSION))
    for start in range(0, count, _PART):
        part = range(start, min(start + _PART, count))
        values = np.random.default_rng(start).normal(size=(len(part), DIMENSION)).astype(np.float32)
        plain[part.start : part.stop] = normalise(values)
        store.put_images(
            IDENTITY,
            [StoredImage(text_key(str(n)), plain[n].astype(np.float32), images[n]) for n in part],
        )
    for _ in store.listings.add(IDENTITY, images.columns(), np.ones(count, np.bool_)):
        pass
    store.close()


def load_store(folder: Path, images: ImageList) -> NDArray[np.float32]:
    """Return the vectors as the desk holds them."""
    store, table = EmbeddingStore(folder / STORE, limit_bytes=10**11), EmbeddingTable(DIMENSION)
    table.grow(len(images))
    for recalled in recall_images(images, IDENTITY, store, threading.Event()):
        table.put_rows(recalled.rows, recalled.embeddings)
    store.close()
    return table.vectors


def load_plain(folder: Path) -> NDArray[np.float32]:
    """Return the same vectors from the numpy file."""
    return np.load(folder / PLAIN).astype(np.float32)


def images_of(count: int) -> ImageList:
    """Return images as a desk holds them."""

    def entries() -> Iterator[tuple[str, str, int, int, int]]:
        for n in range(count):
            yield f"/home/someone/Pictures/holiday {n // 1000}/", f"IMG_{n:07}.jpg", 4_000_000 + n, 10**18 + n, 7919 * n

    images = ImageList()
    images.add_entries(entries())
    return images


def peak_bytes() -> int:
    """Return the most memory that this program has used; 0 where that is not known."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
