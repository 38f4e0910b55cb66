"""Images whose label a person has confirmed or corrected: what is learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.teaching.fitting import Doubles

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Reviewed:
    """n images whose label a person has confirmed or corrected.

    - `images` (n, d): L2-normalised embeddings.
    - `labels` (n,): the label's index, 0…m−1, in the label vectors. Leave out images that no label fits.
    - `weights` (n,): 1, or 1/inclusion probability of the review queue.
    - `is_sampled` (n,): the image was drawn by the review queue, whether its label was right or wrong. Corrections made
      by hand, mostly of errors, are False: they teach, but say nothing about accuracy.
    - `groups` (n,): any number shared by near-duplicates of one image, which must not be in two folds.
    """

    images: FloatArray
    labels: NDArray[np.intp]
    weights: Doubles
    is_sampled: NDArray[np.bool_]
    groups: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: NDArray[np.intp]) -> Reviewed:
        return Reviewed(
            self.images[rows], self.labels[rows], self.weights[rows], self.is_sampled[rows], self.groups[rows]
        )


def reviewed(
    images: FloatArray,
    labels: NDArray[np.intp],
    weights: Doubles | None = None,
    is_sampled: NDArray[np.bool_] | None = None,
    groups: NDArray[np.int64] | None = None,
) -> Reviewed:
    """Return reviewed images. By default of weight 1, sampled, and without near-duplicates."""
    n = len(labels)
    return Reviewed(
        images,
        np.asarray(labels, np.intp),
        np.ones(n) if weights is None else np.asarray(weights, np.float64),
        np.ones(n, bool) if is_sampled is None else is_sampled,
        np.arange(n) if groups is None else groups,
    )


def only_errors(labels: NDArray[np.integer], automatic: NDArray[np.integer]) -> bool:
    """Return whether a person corrected only errors and confirmed nothing: both (n,), the label's index."""
    return not bool(np.any(labels == automatic))


def examples_wanted(reviews: Reviewed, labels: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return for each of m labels how many examples it has, and how many more would help (0: enough).

    The steps are 5 and 20 examples. From 1 to 5 a label accuracy rises by 6 points on average, and from 5 to 20 by 6
    again; beyond, little is left.
    """
    counts = np.bincount(reviews.labels, minlength=labels)
    return counts, np.where(counts < 5, 5 - counts, np.where(counts < 20, 20 - counts, 0))
