"""Find images that no label fits, once a person has judged some.

No threshold works unasked: those that were tried call 14 to 94 % of good images "none". So nothing is called so before
`LEAST_JUDGED` images were judged as "none of these" or "has a label".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.teaching.fitting import Doubles, Folder, fit_around

FloatArray = NDArray[np.float32]

LEAST_JUDGED = 20
#: Prior means and standard deviations of the intercept and the slope: a higher score makes "none" less probable.
_PRIOR_MEANS, _PRIOR_DEVIATIONS = np.array([0.0, -1.5]), np.array([2.0, 1.0])
_STRENGTH = 0.3
#: Fits on resampled judgements, whose spread is the uncertainty of precision and recall.
_RESAMPLES = 24
_STEPS = 100


@dataclass(frozen=True)
class NearnessScale:
    """How to standardise cosines over a folder: by label, `mean` and `deviation` (m,); then the largest of each image.

    `centre` and `spread` are the mean and the standard deviation of that largest value over the folder.
    """

    mean: Doubles
    deviation: Doubles
    centre: float
    spread: float

    def nearness(self, cosine: FloatArray) -> Doubles:
        """Return (n,): how near each image is to its nearest label, of mean 0 and variance 1 over the folder."""
        largest = ((cosine - self.mean) / self.deviation).max(axis=1)
        return np.asarray((largest - self.centre) / self.spread)


def measure_nearness(cosine: FloatArray) -> NearnessScale:
    """Return the scale of a folder's cosines (n, m), with m ≥ 1. Rows of NaN do not count; one other row must exist.

    Of the scores that need no judgement this one told none from labelled best: AUROC 0.76, largest probability 0.64.
    """
    known = cosine[~np.isnan(cosine[:, 0])].astype(np.float64)
    mean, deviation = known.mean(axis=0), np.maximum(known.std(axis=0), 1e-9)
    largest = ((known - mean) / deviation).max(axis=1)
    return NearnessScale(mean, deviation, float(largest.mean()), max(float(largest.std()), 1e-9))


@dataclass(frozen=True)
class NoneDetector:
    """P("none") = sigmoid(`intercept` + `slope`·nearness + `direction` (d,)·x); all stacked, fits on resamples last."""

    scale: NearnessScale
    intercept: Doubles
    slope: Doubles
    direction: Doubles

    def probability(self, images: FloatArray, cosine: FloatArray) -> FloatArray:
        """Return (n,): how probable it is that no label fits, 0…1, for images (n, d) and their cosines (n, m)."""
        return np.asarray(self._all(images, cosine, 1)[:, 0])

    def curve(self, images: FloatArray, cosine: FloatArray, is_judged: NDArray[np.bool_]) -> NoneCurve:
        """Return what each threshold would find among the images that `is_judged` (n,) does not mark."""
        probability = self._all(images, cosine, len(self.intercept))
        rows = ~is_judged & ~np.isnan(probability[:, 0])
        return _curve(probability[rows])

    def _all(self, images: FloatArray, cosine: FloatArray, fits: int) -> FloatArray:
        logits = images @ self.direction[:fits].T.astype(np.float32)
        nearness = self.scale.nearness(cosine).astype(np.float32)
        logits += self.intercept[:fits].astype(np.float32)
        logits += nearness[:, None] * self.slope[:fits].astype(np.float32)
        # The sigmoid by way of tanh, which cannot overflow.
        return np.asarray(0.5 * (1.0 + np.tanh(0.5 * logits)), dtype=np.float32)


@dataclass(frozen=True)
class NoneCurve:
    """What each of 101 thresholds 0.00…1.00 would find, all arrays (101,): images whose P("none") is at least that.

    `chosen`: how many. `precision`: the expected share of them that no label fits; `recall`: the expected share of all
    such images that is among them. Both are 0…1, with the ends of a 90 % range. Precision is 1 where none is chosen.
    """

    thresholds: Doubles
    chosen: NDArray[np.intp]
    precision: Doubles
    precision_low: Doubles
    precision_high: Doubles
    recall: Doubles
    recall_low: Doubles
    recall_high: Doubles


def learn_none(
    images: FloatArray,
    is_none: NDArray[np.bool_],
    cosine: FloatArray,
    folder: Folder,
    scale: NearnessScale,
    seed: int = 0,
) -> NoneDetector | None:
    """Learn from n judged images (n, d) with cosines (n, m) to the labels. `is_none` (n,): no label fits.

    Returns None while fewer than 20 are judged. First fits intercept and slope with priors, then logistic regression
    around that on the embeddings.
    """
    n = len(is_none)
    if n < LEAST_JUDGED:
        return None
    generator = np.random.default_rng(seed)
    nearness, features = scale.nearness(cosine), folder.correct(images)
    fits = [np.arange(n), *(generator.integers(0, n, n) for _ in range(_RESAMPLES))]
    learned = [_fit(nearness[rows], features[rows], is_none[rows].astype(np.intp)) for rows in fits]
    direction = np.stack([direction for _, _, direction in learned]) / folder.deviation
    intercept = np.array([intercept for intercept, _, _ in learned]) - direction @ folder.mean
    return NoneDetector(scale, intercept, np.array([slope for _, slope, _ in learned]), direction)


def _fit(nearness: Doubles, features: Doubles, is_none: NDArray[np.intp]) -> tuple[float, float, Doubles]:
    intercept, slope = _fit_line(nearness, is_none)
    logits = np.zeros((len(nearness), 2))
    logits[:, 1] = intercept + slope * nearness
    directions, _ = fit_around(features, is_none, logits, np.ones(len(nearness)), _STRENGTH, learns_offset=False)
    return intercept, slope, directions[1] - directions[0]


def _fit_line(nearness: Doubles, is_none: NDArray[np.intp]) -> tuple[float, float]:
    """Return intercept and slope of the most probable logistic regression under the priors, by Newton's method."""
    wide = np.column_stack([np.ones(len(nearness)), nearness])
    precision = np.diag(_PRIOR_DEVIATIONS**-2.0)
    found = _PRIOR_MEANS.copy()
    for _ in range(_STEPS):
        probability = 0.5 * (1.0 + np.tanh(0.5 * (wide @ found)))
        gradient = wide.T @ (probability - is_none) + precision @ (found - _PRIOR_MEANS)
        # ¼ bounds the curvature, so that no step overshoots.
        curvature = 0.25 * wide.T @ wide + precision
        step = np.linalg.solve(curvature, gradient)
        found = found - step
        if np.abs(step).max() < 1e-10:
            break
    return float(found[0]), float(found[1])


def _curve(probability: FloatArray) -> NoneCurve:
    """Sum P (n, fits) by the first fit's P, in hundredths, from the top."""
    places = np.minimum((probability[:, 0] * np.float32(100)).astype(np.intp), 100)
    chosen = np.bincount(places, minlength=101)[::-1].cumsum()[::-1]
    sums = np.stack([np.bincount(places, weights=column, minlength=101) for column in probability.T])
    found = sums[:, ::-1].cumsum(axis=1)[:, ::-1]
    precision = np.where(chosen > 0, found / np.maximum(chosen, 1), 1.0)
    recall = found / np.maximum(found[:, :1], 1e-12)
    low, high = (np.quantile(np.stack([precision, recall]), q, axis=1) for q in (0.05, 0.95))
    # The main fit lies within its own range.
    low, high = np.minimum(low, (precision[0], recall[0])), np.maximum(high, (precision[0], recall[0]))
    return NoneCurve(np.arange(101) / 100, chosen, precision[0], low[0], high[0], recall[0], low[1], high[1])
