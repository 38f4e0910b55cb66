"""A program that writes batches of embeddings to a store until it is killed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, KeptPicture


def write_batches(path: Path, batch: int) -> None:
    """Write one batch after another, and print a line after each."""
    store = EmbeddingStore(path)
    generator = np.random.default_rng(0)
    first = 0
    while True:
        embeddings = normalise(generator.normal(size=(batch, 64)).astype(np.float32))
        pictures = []
        for number, embedding in enumerate(embeddings, first):
            key = hashlib.blake2b(str(number).encode(), digest_size=20).digest()
            file = ImageFile(Path("/pictures") / f"img{number}.jpg", 1000 + number, 10**18 + number)
            pictures.append(KeptPicture(key, embedding, file))
        store.put_pictures(EncoderIdentity("model", "a" * 64, "224"), pictures)
        first += batch
        print(first, flush=True)
