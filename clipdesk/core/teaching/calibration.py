"""Make probabilities mean what they say: one temperature for all logits, and how far off probabilities are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.teaching.fitting import Doubles, log_losses, scaled_weights

#: The smallest and the largest temperature.
LEAST, MOST = 0.25, 4.0


def fit_temperature(logits: Doubles, labels: NDArray[np.intp], weights: Doubles | None = None) -> float:
    """Return the temperature T, 0.25…4, by which to divide logits so that their softmax is calibrated.

    `logits` (n, m) must come from classifiers that have not seen these images, such as held-out folds. `labels` (n,)
    are 0…m−1, `weights` (n,) are scaled to sum to n. Minimises Σ w·loss(z/T) + ½ ln²T, so that few images leave T near
    1. Temperature scaling: Guo et al. 2017.
    """
    if not len(labels):
        return 1.0
    scaled = scaled_weights(np.ones(len(labels)) if weights is None else weights)

    def cost(log_t: float) -> float:
        return float(scaled @ log_losses(logits / np.exp(log_t), labels)) + 0.5 * log_t * log_t

    # A grid finds the valley, and two finer grids its bottom to 0.1 %.
    low, high = np.log(LEAST), np.log(MOST)
    best, step = 0.0, 0.0
    for _ in range(3):
        places = np.linspace(low, high, 25)
        best, step = float(places[np.argmin([cost(place) for place in places])]), places[1] - places[0]
        low, high = max(best - step, np.log(LEAST)), min(best + step, np.log(MOST))
    return float(np.exp(best))


def calibration_error(
    probability: NDArray[np.floating],
    is_right: NDArray[np.bool_],
    weights: NDArray[np.floating] | None = None,
    bins: int = 15,
) -> float:
    """Return the expected calibration error, 0…1, of the chosen labels' probabilities (n,).

    Mean over equally wide bins, weighted by their images, of |share right − mean probability| (Guo et al. 2017).
    """
    if not len(probability):
        return 0.0
    w = np.ones(len(probability)) if weights is None else np.asarray(weights, np.float64)
    places = np.minimum((np.asarray(probability, np.float64) * bins).astype(np.intp), bins - 1)
    gaps = np.bincount(places, weights=w * (is_right - np.asarray(probability, np.float64)), minlength=bins)
    return float(np.abs(gaps).sum() / w.sum())
