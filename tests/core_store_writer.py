"""A program that stores batches of embeddings until it is killed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from killing import die_at_statement

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage
from clipdesk.core.store.file_columns import columns_of


def write_batches(path: Path, batch: int, *, kill_at_statement: int | None = None) -> None:
    """Store batch after batch and print a line after each. With a number, die before that statement of SQL."""
    store = EmbeddingStore(path)
    if kill_at_statement is not None:
        die_at_statement(store._file, kill_at_statement)
    generator = np.random.default_rng(0)
    first = 0
    while True:
        embeddings = normalise(generator.normal(size=(batch, 64)).astype(np.float32))
        images = []
        for number, embedding in enumerate(embeddings, first):
            key = hashlib.blake2b(str(number).encode(), digest_size=20).digest()
            file = ImageFile(Path("/pictures") / f"img{number}.jpg", 1000 + number, 10**18 + number)
            images.append(StoredImage(key, embedding, file))
        store.put_images(EncoderIdentity("model", "a" * 64, "224"), images)
        first += batch
        print(first, flush=True)


def write_listings(path: Path, *, kill_at_statement: int) -> None:
    """Store 48 images, list the first 24 and then the others, and die before that statement of SQL."""
    store, identity = EmbeddingStore(path), EncoderIdentity("model", "a" * 64, "224")
    embeddings = normalise(np.random.default_rng(0).normal(size=(48, 64)).astype(np.float32))
    files = [ImageFile(Path(f"/pictures/img{n}.jpg"), 1000 + n, 10**18 + n) for n in range(48)]
    keys = [hashlib.blake2b(str(n).encode(), digest_size=20).digest() for n in range(48)]
    store.put_images(identity, [StoredImage(*image) for image in zip(keys, embeddings, files, strict=True)])
    die_at_statement(store._file, kill_at_statement)
    for first, count in ((0, 24), (24, 48)):
        for _ in store.listings.add(identity, columns_of(files[:count]), np.arange(count) >= first):
            pass
