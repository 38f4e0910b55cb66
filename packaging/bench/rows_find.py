"""The time and memory of searches, duplicates and groups, on embeddings made for this purpose.

Times are CPU time, which is also the time by the clock of one core, so that a busy computer does not spoil them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rows import Measured, Row, in_turns

from clipdesk.core.find.duplicates import find_duplicates
from clipdesk.core.find.groups import connect_neighbours, make_groups
from clipdesk.core.find.looks import Looks
from clipdesk.core.find.search import search
from clipdesk.core.find.similar import measure_likeness
from clipdesk.core.find.vectors import CompactVectors
from clipdesk.core.store.look_rows import LOOK_DTYPE

DIMENSION, MANY, MILLION = 512, 200_000, 1_000_000
DUPLICATE_IMAGES, GROUP_IMAGES = 100_000, 10_000
_PART = 10_000


def search_many(_: Path) -> Measured:
    return _search(MANY)


def search_million(_: Path) -> Measured:
    return _search(MILLION)


def memory(_: Path) -> Measured:
    """Measure the memory of a tenth of a million embeddings, times ten."""
    vectors = CompactVectors.of(embeddings(MILLION // 10))
    return Measured(10.0 * vectors.integers.nbytes, {"type": str(vectors.integers.dtype)})


def duplicates(_: Path) -> Measured:
    """Find a thousand copies among pictures whose hashes are as alike as those of Tiny ImageNet: 0.7 % differ by 20."""
    rng = np.random.default_rng(1)
    vectors, copies = embeddings(DUPLICATE_IMAGES), DUPLICATE_IMAGES // 100
    bits = rng.random((DUPLICATE_IMAGES, 64), np.float32) < rng.choice([0.35, 0.5, 0.65], 64)
    values = np.zeros(DUPLICATE_IMAGES, LOOK_DTYPE)
    values["dhash"] = np.packbits(bits, axis=1).view(np.uint64)[:, 0]
    values["tile"] = rng.integers(0, 256, (DUPLICATE_IMAGES, 256), np.uint8)
    values["taken_s"] = np.nan
    values[-copies:], vectors[-copies:] = values[:copies], vectors[:copies]
    contents = tuple(row.to_bytes(20, "big") for row in range(1, DUPLICATE_IMAGES + 1))
    looks = Looks(contents, np.ones(DUPLICATE_IMAGES, np.bool_), values)
    found: list[object] = []
    (took,) = in_turns(lambda: found.extend(find_duplicates(looks, vectors, measure_likeness(vectors, looks))), times=1)
    return Measured(took.cpu_s, {"took": str(took), "groups": len(found), "copies": copies})


def groups(_: Path) -> Measured:
    vectors = embeddings(GROUP_IMAGES, clusters=100)
    graph = connect_neighbours(vectors)
    both, again = in_turns(
        lambda: make_groups(vectors, connect_neighbours(vectors)), lambda: make_groups(vectors, graph, 2.0), times=2
    )
    return Measured(both.cpu_s, {"took": str(both), "at another fineness": str(again)})


def _search(count: int) -> Measured:
    vectors = CompactVectors(np.empty((count, DIMENSION), np.int16), 1 / 32_767)
    for start in range(0, count, _PART):
        part = CompactVectors.of(embeddings(_PART, seed=start))
        vectors.integers[start : start + _PART] = part.integers
    query = embeddings(1, seed=7)
    found, product = in_turns(
        lambda: search(vectors, query, np.ones(1), count=200), lambda: vectors.integers[:_PART] @ query[0], times=7
    )
    return Measured(1_000 * found.cpu_s, {"took": str(found), f"product of {_PART:,} rows": str(product)})


def embeddings(count: int, *, clusters: int = 0, seed: int = 0) -> NDArray[np.float32]:
    """Return embeddings with a common direction and fewer and fewer differences, like those of real pictures."""
    rng = np.random.default_rng(seed)
    scale = (np.arange(1, DIMENSION + 1) ** -0.5).astype(np.float32)
    vectors = rng.standard_normal((count, DIMENSION), np.float32)
    if clusters:
        vectors += 1.5 * rng.standard_normal((clusters, DIMENSION), np.float32)[np.arange(count) % clusters]
    vectors *= scale
    vectors[:, -1] += 3.0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


ROWS = (
    Row("find-search", f"a search of {MANY:,} images", "CPU time", 60, "ms", search_many),
    Row("find-million", f"a search of {MILLION:,} images", "CPU time", 300, "ms", search_million),
    Row("find-memory", f"embeddings of {MILLION:,} images", "memory", 1.2e9, "bytes", memory),
    Row("find-duplicates", f"duplicates among {DUPLICATE_IMAGES:,} images", "CPU time", 60, "s", duplicates),
    Row("find-groups", f"groups of {GROUP_IMAGES:,} images", "CPU time", 30, "s", groups),
)
