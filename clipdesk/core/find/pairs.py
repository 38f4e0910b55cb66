"""Compare all pairs of images by their looks, and those that look alike by their embeddings as well.

A hundred thousand images are five billion pairs. So that this takes seconds and not minutes, each step compares only
what the one before has left: the difference hashes as a product of ±1, then a short projection of the embeddings, which
bounds their cosine from above, then the cosine itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.errors import raise_if_set
from clipdesk.core.find.progress import FindProgress, OnProgress
from clipdesk.core.find.vectors import FloatArray, Rows, Vectors, take_vectors
from clipdesk.core.pictures.look import TILE_SIDE

#: Images compared at once: products of 4 MiB stay in the CPU cache.
_ROWS, _COLUMNS = 256, 4_096
_BITS = 64
#: Dimensions of the projection. It holds most of an embedding's length, and 36 million candidates take seconds.
_PROJECTED = 48
_PROJECTION_SAMPLE = 4_000
#: Candidates whose embeddings are looked up at once.
_GATHERED = 8_192


@dataclass(frozen=True)
class Pairs:
    """k pairs of images: places (k,) of both, the lower first, how many bits of their hashes differ, and cosines.

    A cosine is NaN without vectors.
    """

    first: Rows
    second: Rows
    bits: NDArray[np.int16]
    cosine: FloatArray

    def __len__(self) -> int:
        return len(self.first)

    def take(self, chosen: NDArray[np.bool_]) -> Pairs:
        return Pairs(self.first[chosen], self.second[chosen], self.bits[chosen], self.cosine[chosen])


def compare_all(
    dhash: NDArray[np.uint64],
    vectors: FloatArray | None,
    *,
    close_bits: int,
    bits: int,
    least_cosine: float,
    on_progress: OnProgress,
    cancel: threading.Event | None,
) -> Pairs:
    """Return the pairs of n images that differ in at most `close_bits`, or in `bits` with at least that cosine.

    `vectors` (n, d) are NaN where there is none. Raises Cancelled.
    """
    signs = hash_signs(dhash)
    projection = None if vectors is None else _Projection.of(vectors)
    count, done, total = len(dhash), 0, len(dhash) * (len(dhash) + 1) // 2
    parts: list[Pairs] = []
    for start in range(0, count, _ROWS):
        raise_if_set(cancel)
        on_progress(FindProgress("Comparing pictures", done, total))
        rows = signs[start : start + _ROWS]
        for low in range(start, count, _COLUMNS):
            # Equal bits minus different ones: 64 − 2 · different.
            product = rows @ signs[low : low + _COLUMNS].T
            # Not np.nonzero of two dimensions, which takes ten times as long and longer than the product.
            places = np.flatnonzero(product.ravel() >= _BITS - 2 * max(bits, close_bits))
            differing = ((_BITS - product.ravel()[places]) / 2).astype(np.int16)
            first, second = places // product.shape[1] + start, places % product.shape[1] + low
            is_pair = first < second
            first, second, differing = first[is_pair], second[is_pair], differing[is_pair]
            parts += _verified(first, second, differing, vectors, projection, close_bits, least_cosine)
        done += len(rows) * (count - start)
    on_progress(FindProgress("Comparing pictures", total, total))
    empty = Pairs(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.int16), np.empty(0, np.float32))
    parts.append(empty)
    columns = ((part.first, part.second, part.bits, part.cosine) for part in parts)
    return Pairs(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def pair_cosines(vectors: Vectors, first: Rows, second: Rows) -> FloatArray:
    """Return the cosine similarities (k,) of pairs of rows; NaN if one has no embedding."""
    cosine = np.empty(len(first), np.float32)
    for start in range(0, len(first), _GATHERED):
        part = slice(start, start + _GATHERED)
        a, b = take_vectors(vectors, first[part]), take_vectors(vectors, second[part])
        cosine[part] = np.einsum("ij,ij->i", a, b)
    return cosine


def tile_likeness(tiles: NDArray[np.uint8], first: Rows, second: Rows) -> FloatArray:
    """Return how alike the tiles (n, 256) of pairs of rows are, −1…1.

    It is their correlation, of the whole or without a quarter at one of the sides, whichever is the most, so that a
    caption or a border does not matter. 0 where there is nothing to see in one of the two.
    """
    likeness = np.empty(len(first), np.float32)
    for start in range(0, len(first), _GATHERED):
        part = slice(start, start + _GATHERED)
        a, b = (tiles[rows[part]].reshape(-1, TILE_SIDE, TILE_SIDE).astype(np.float32) for rows in (first, second))
        likeness[part] = np.max([_correlation(a[:, y, x], b[:, y, x]) for y, x in _WINDOWS], axis=0)
    return likeness


def hash_signs(dhash: NDArray[np.uint64]) -> FloatArray:
    """Return the bits of n hashes as ±1, shape (n, 64)."""
    bits = np.unpackbits(dhash.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1)
    return bits.astype(np.float32) * 2 - 1


_ALL, _LESS = slice(None), TILE_SIDE // 4
_WINDOWS = (
    (_ALL, _ALL),
    (slice(_LESS, None), _ALL),
    (slice(-_LESS), _ALL),
    (_ALL, slice(_LESS, None)),
    (_ALL, slice(-_LESS)),
)
#: Grey levels, as a standard deviation: what varies less is a blank page or a black frame.
_LEAST_CONTRAST = 4.0


def _correlation(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the correlations (k,) of k pairs of windows (k, h, w); 0 where one is blank."""
    a, b = a.reshape(len(a), -1), b.reshape(len(b), -1)
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True)
    spread_a, spread_b = a.std(axis=1), b.std(axis=1)
    is_blank = np.minimum(spread_a, spread_b) < _LEAST_CONTRAST
    product = np.einsum("ij,ij->i", a, b) / a.shape[1]
    return np.where(is_blank, 0.0, product / np.maximum(spread_a * spread_b, 1e-6)).astype(np.float32)


@dataclass(frozen=True)
class _Projection:
    """The coordinates (n, k) of embeddings in the directions in which most of their length is, and the rest's length.

    The cosine of two embeddings is at most the product of their coordinates plus that of the rests (Cauchy-Schwarz).
    """

    coordinates: FloatArray
    rest: FloatArray

    @classmethod
    def of(cls, vectors: FloatArray) -> _Projection:
        known = np.flatnonzero(~np.isnan(vectors[:, 0]))
        step = max(1, len(known) // _PROJECTION_SAMPLE)
        sample = vectors[known[::step]]
        _, axes = np.linalg.eigh((sample.T @ sample).astype(np.float64))
        coordinates = np.asarray(vectors @ axes[:, -_PROJECTED:].astype(np.float32))
        squares = 1.0 - np.einsum("ij,ij->i", coordinates, coordinates)
        return cls(coordinates, np.sqrt(np.maximum(squares, 0.0)).astype(np.float32))

    def bound(self, first: Rows, second: Rows) -> FloatArray:
        products = np.einsum("ij,ij->i", self.coordinates[first], self.coordinates[second])
        return np.asarray(products + self.rest[first] * self.rest[second])


#: Embeddings are rounded to float16 in the store, so they are not quite of length 1.
_ROUNDING = 0.002


def _verified(
    first: Rows,
    second: Rows,
    bits: NDArray[np.int16],
    vectors: FloatArray | None,
    projection: _Projection | None,
    close_bits: int,
    least_cosine: float,
) -> Iterator[Pairs]:
    """Yield those of these pairs that are close by their hashes, or similar by their embeddings."""
    if vectors is None or projection is None:
        close = bits <= close_bits
        nothing = np.full(int(close.sum()), np.nan, np.float32)
        yield Pairs(first[close], second[close], bits[close], nothing)
        return
    for start in range(0, len(first), _GATHERED):
        part = slice(start, start + _GATHERED)
        a, b, differing = first[part], second[part], bits[part]
        is_close = differing <= close_bits
        may_be = is_close | (projection.bound(a, b) >= least_cosine - _ROUNDING)
        a, b, differing = a[may_be], b[may_be], differing[may_be]
        found = Pairs(a, b, differing, pair_cosines(vectors, a, b))
        if len(found):
            yield found.take((differing <= close_bits) | (found.cosine >= least_cosine))
