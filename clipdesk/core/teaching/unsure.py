"""Which labels are guesses: a threshold for each label on the calibrated probability."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: At this calibrated probability a label counts as sure: 89 to 96 % were right after 20 to 80 reviews.
SURE = 0.9


def is_unsure(
    probability: NDArray[np.float32], best: NDArray[np.int32], thresholds: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Return (n,): whether the best label's probability (n,) is below the threshold of that label, `thresholds` (m,).

    `best` (n,) is the label's index, -1 for none. Images without a label are not unsure.
    """
    below = np.append(thresholds, np.float32(-np.inf))[best]
    return np.asarray(probability < below)


def histogram(
    probability: NDArray[np.float32], best: NDArray[np.int32], label: int, bins: int = 40
) -> NDArray[np.intp]:
    """Return (bins,): how many images of a label lie in each equal part of the probabilities 0…1."""
    of_label = probability[best == label]
    places = np.minimum((of_label * np.float32(bins)).astype(np.intp), bins - 1)
    return np.bincount(places, minlength=bins)


def count_changes(
    probability: NDArray[np.float32], best: NDArray[np.int32], label: int, before: float, after: float
) -> tuple[int, int]:
    """Return how many images of a label become unsure, and how many become sure, as its threshold moves."""
    of_label = probability[best == label]
    was, will_be = of_label < np.float32(before), of_label < np.float32(after)
    return int(np.count_nonzero(will_be & ~was)), int(np.count_nonzero(was & ~will_be))
