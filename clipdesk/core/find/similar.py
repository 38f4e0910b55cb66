"""Find images similar to one or several, and say how similar images of this folder and model usually are."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.find.looks import Looks
from clipdesk.core.find.pairs import hash_signs
from clipdesk.core.find.vectors import FloatArray, Rows, Vectors, best_rows, cosines, embedded_rows, take_vectors
from clipdesk.core.labels.scoring import prompt_ensemble


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
        return float(np.interp(share, self.shares, self.cosines))

    def share_below(self, cosine: FloatArray) -> FloatArray:
        """Return the share of random pairs (0…1) that are less similar than each of these cosines; NaN stays NaN."""
        return np.interp(cosine, self.cosines, self.shares).astype(np.float32)


#: Of a folder with hardly any images: only nearly the same counts as similar.
UNKNOWN_LIKENESS = Likeness(np.array([0.0, 0.9, 1.0]), np.array([0.0, 0.75, 1.0]))


@dataclass(frozen=True)
class SimilarResult:
    """Images ranked by their cosine with the examples, the most similar first: rows (k,), and cosines (k,).

    `alike` (k,) is the share of random pairs of this folder that are less similar, 0…1.
    """

    rows: Rows
    cosine: FloatArray
    alike: FloatArray


def measure_likeness(vectors: Vectors, looks: Looks | None = None) -> Likeness:
    """Measure how similar the images of a folder usually are, on all pairs of at most 2,000 of them. Takes 0.2 s.

    With `looks`, pairs that look alike or were taken within a minute do not count: in a small folder, or one of bursts,
    they are more than the one pair in ten thousand that copies are compared with.
    """
    rows = embedded_rows(vectors)
    if len(rows) > _SAMPLE:
        rows = np.sort(np.random.default_rng(0).choice(rows, _SAMPLE, replace=False))
    sample = take_vectors(vectors, rows)
    first, second = np.triu_indices(len(rows), 1)
    if looks is not None:
        is_other = _are_different(looks, rows)[first, second]
        first, second = first[is_other], second[is_other]
    pairs = (sample @ sample.T)[first, second]
    if len(pairs) < _FEWEST_PAIRS:
        return UNKNOWN_LIKENESS
    # Not np.quantile of each, which would sort as often.
    pairs.sort()
    # Evenly in most of the range, and by powers of ten towards 1, where similar images are.
    shares = np.unique(np.concatenate((np.linspace(0.0, 0.99, 100), 1 - np.logspace(-2, -6, 41))))
    quantiles = np.interp(shares * (len(pairs) - 1), np.arange(len(pairs)), pairs)
    return Likeness(np.append(shares, 1.0), np.append(np.minimum(quantiles, _MOST), 1.0))


def _are_different(looks: Looks, rows: Rows) -> NDArray[np.bool_]:
    """Return which pairs (n, n) of rows neither look alike nor were taken within a minute."""
    signs = hash_signs(looks.dhash[rows])
    is_alike = signs @ signs.T >= signs.shape[1] - 2 * _ALIKE_BITS
    taken_s = looks.taken_s[rows]
    return np.asarray(~(is_alike | (np.abs(taken_s[:, None] - taken_s) <= _ALIKE_S)))


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
    cosine = cosines(vectors, prompt_ensemble(examples)[None], cancel)[:, 0]
    if without is not None:
        cosine[without] = np.nan
    if least_alike > 0:
        cosine[cosine < likeness.cosine_at(least_alike)] = np.nan
    rows = best_rows(cosine, count)
    return SimilarResult(rows, cosine[rows], likeness.share_below(cosine[rows]))


#: Images of which all pairs are measured: two million.
_SAMPLE = 2_000
#: Copies have a cosine below 1 only by rounding.
_MOST = 0.9999
#: Of fewer pairs, no high quantile is known.
_FEWEST_PAIRS = 10
_ALIKE_BITS, _ALIKE_S = 20, 60.0
