"""Find images similar to one or several, and say how similar images of this folder and model usually are."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.find.vectors import FloatArray, Rows, Vectors


@dataclass(frozen=True)
class Likeness:
    """How similar two different images of a folder are under its model, measured on random pairs.

    No fixed cosine tells similar images from others: half-size copies have a median of 0.94 under one model and 1.00
    under another. `shares` (s,) ascend from 0 to 1, and `cosines` (s,) are the quantiles of the pairs there.
    """

    shares: NDArray[np.float64]
    cosines: NDArray[np.float64]

    def cosine_at(self, share: float) -> float:
        """Return the cosine that this share of random pairs (0…1) stay below, such as 0.9999."""
        raise NotImplementedError

    def share_below(self, cosine: FloatArray) -> FloatArray:
        """Return the share of random pairs (0…1) that are less similar than each of these cosines."""
        raise NotImplementedError


@dataclass(frozen=True)
class SimilarResult:
    """Images ranked by their cosine with the examples, the most similar first: rows (k,), and cosines (k,).

    `alike` (k,) is the share of random pairs of this folder that are less similar, 0…1.
    """

    rows: Rows
    cosine: FloatArray
    alike: FloatArray


def measure_likeness(vectors: Vectors, cancel: threading.Event | None = None) -> Likeness:
    """Measure how similar the images of a folder usually are, on pairs drawn at random. Takes 50 ms."""
    raise NotImplementedError


def find_similar(
    vectors: Vectors,
    examples: FloatArray,
    likeness: Likeness,
    *,
    least_alike: float = 0.0,
    count: int | None = None,
    without: Rows | None = None,
    cancel: threading.Event | None = None,
) -> SimilarResult:
    """Rank images by their similarity to the mean of the examples (e, d).

    `least_alike` (0…1) leaves out images that are less similar than this share of random pairs: the slider. `without`
    are rows to leave out, such as the examples themselves. Raises Cancelled.
    """
    raise NotImplementedError
