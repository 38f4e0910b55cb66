"""What the tests of the embedding store put into it, and how they damage its file."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import EncoderIdentity, as_stored
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage

IDENTITY = EncoderIdentity("model", "a" * 64, "224")
OTHER = EncoderIdentity("model", "b" * 64, "224")
DIMENSION = 64


class Problems(list[str]):
    """Collects what a store reports."""

    def __call__(self, sentence: str) -> None:
        self.append(sentence)


def key(number: int) -> bytes:
    return hashlib.blake2b(str(number).encode(), digest_size=20).digest()


def file(number: int, folder: str = "/pictures") -> ImageFile:
    return ImageFile(Path(folder) / f"img{number}.jpg", 1000 + number, 10**18 + number)


def vectors(count: int, seed: int = 0, dimension: int = DIMENSION) -> NDArray[np.float32]:
    return normalise(np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32))


def put(store: EmbeddingStore, count: int, identity: EncoderIdentity = IDENTITY, seed: int = 0) -> NDArray[np.float32]:
    """Store `count` images and return their embeddings as the store rounds them."""
    embeddings = vectors(count, seed)
    store.put_images(identity, [StoredImage(key(n), embeddings[n], file(n)) for n in range(count)])
    return as_stored(embeddings)


def damage(content: bytearray, chance: random.Random) -> bytes:
    """Flip, zero or overwrite bytes of a file, exchange or copy pages of 8 KiB, or cut it."""
    size, page = len(content), 8192
    kind = chance.choice(["flip", "flips", "zeros", "noise", "exchange", "copy", "cut"])
    if kind == "cut":
        return bytes(content[: chance.randrange(size)])
    if kind in ("exchange", "copy"):
        one, other = (page * chance.randrange(1, size // page) for _ in range(2))
        first, second = content[one : one + page], content[other : other + page]
        content[one : one + page] = second
        if kind == "exchange":
            content[other : other + page] = first
        return bytes(content)
    for _ in range(1 if kind == "flip" else chance.randrange(1, 200)):
        at = chance.randrange(size)
        content[at] = {"zeros": 0, "noise": chance.randrange(256)}.get(kind, content[at] ^ 1 << chance.randrange(8))
    return bytes(content)
