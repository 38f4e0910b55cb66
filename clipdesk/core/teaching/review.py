"""The review queue: doubtful images come early, yet an honest estimate of the errors is possible at any time.

The queue is a sample whose inclusion probabilities are known (order sampling with keys u/size). The formulas were
chosen by simulation: their 90 % range covered the truth in 91 to 98 % of 1,000 runs at 1 to 57 % errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.beta import beta_quantile
from clipdesk.core.teaching.fitting import Doubles

#: Look at whether it is enough after every so many answers. Looking after each would be wrong more often.
LOOK_EVERY = 20
_TAIL = 0.05


@dataclass(frozen=True)
class Queue:
    """The order of one round of review. It stays as it is until the round ends, even if the scores change.

    - `rows` (N,): the images, first to be reviewed first.
    - `keys` (N,): ascending random keys.
    - `sizes` (N,): how doubtful each image was when the round began; above 0.
    """

    rows: NDArray[np.intp]
    keys: Doubles
    sizes: Doubles

    def __len__(self) -> int:
        return len(self.rows)

    def inclusion(self, reviewed: int) -> Doubles:
        """Return (N,): how probable it was for each image to be among the first `reviewed`, 0…1.

        Its inverse is the weight of a reviewed image in teaching.
        """
        if reviewed >= len(self):
            return np.ones(len(self))
        return np.asarray(np.minimum(1.0, self.keys[reviewed] * self.sizes))


@dataclass(frozen=True)
class ErrorRange:
    """How many labels are wrong.

    - `reviewed`, `right`: how many images were looked at, and how often their automatic label was right.
    - `unreviewed`: how many were not looked at.
    - `wrong`, `low`, `high`: how many of the unreviewed are wrong, 0…unreviewed; the range holds the truth in 90 of 100
      folders.
    """

    reviewed: int
    right: int
    unreviewed: int
    wrong: float
    low: float
    high: float

    def is_enough(self, target: float) -> bool:
        """Return whether at most the share `target` (0…1) of the unreviewed is wrong, by the upper end of the range.

        Ask after every `LOOK_EVERY` answers. It was said too early in 4 % of runs that way.
        """
        return self.unreviewed == 0 or self.high <= target * self.unreviewed


def draw_queue(rows: NDArray[np.intp], probability: NDArray[np.floating], seed: int) -> Queue:
    """Draw the order of a round: `rows` (N,) not reviewed yet, and their labels' calibrated probabilities (N,).

    Images without a probability (NaN) count as fully doubtful.
    """
    doubt = 1.0 - np.nan_to_num(np.asarray(probability, np.float64), nan=0.0)
    # The floor keeps sure images in the sample. If all are perfectly sure, the order is random.
    sizes = np.maximum(doubt + (doubt.mean() if len(doubt) else 0.0), 1e-6)
    # Draw from (0, 1], as a key of 0 would have no inclusion probability.
    keys = (1.0 - np.random.default_rng(seed).random(len(rows))) / sizes
    order = np.argsort(keys, kind="stable")
    return Queue(rows[order], keys[order], sizes[order])


def draw_doubtful_first(rows: NDArray[np.intp], probability: NDArray[np.floating]) -> NDArray[np.intp]:
    """Return `rows` (N,) with the most doubtful first. It finds about twice as many errors, but allows no estimate."""
    doubt = np.nan_to_num(np.asarray(probability, np.float64), nan=0.0)
    return rows[np.argsort(doubt, kind="stable")]


def estimate_errors(queue: Queue, is_wrong: NDArray[np.bool_]) -> ErrorRange:
    """Return how many labels are wrong, from the answers (n,) on the first n images of a queue."""
    reviewed = len(is_wrong)
    inclusion = queue.inclusion(reviewed)
    return _estimate(inclusion, reviewed, is_wrong, np.ones(len(queue), bool), _typical_excess(inclusion, reviewed))


def estimate_errors_by_label(
    queue: Queue, is_wrong: NDArray[np.bool_], automatic: NDArray[np.integer], labels: int
) -> list[ErrorRange]:
    """Return the same for each of m labels: among the images that have it automatically.

    `automatic` (N,) is the label's index of each image in the queue's order, -1 for none.
    """
    reviewed = len(is_wrong)
    inclusion = queue.inclusion(reviewed)
    typical = _typical_excess(inclusion, reviewed)
    return [_estimate(inclusion, reviewed, is_wrong, automatic == label, typical) for label in range(labels)]


def _typical_excess(inclusion: Doubles, reviewed: int) -> float:
    """Return the mean of 1/π − 1 over the reviewed; over the others, if every reviewed one was certain to come."""
    excess = 1.0 / inclusion - 1.0
    mean = float(excess[:reviewed].mean()) if reviewed else 0.0
    return mean if mean > 0 or reviewed == len(inclusion) else float(excess[reviewed:].mean())


def _estimate(
    inclusion: Doubles, reviewed: int, is_wrong: NDArray[np.bool_], counts: NDArray[np.bool_], typical: float
) -> ErrorRange:
    """Estimate among the images that `counts` (N,) marks. `typical` stands in where none of them was reviewed."""
    seen = counts[:reviewed]
    n, wrong = int(seen.sum()), is_wrong & seen
    right, left = n - int(wrong.sum()), int(counts[reviewed:].sum())
    if not left:
        return ErrorRange(n, right, 0, 0.0, 0.0, 0.0)
    if not n:
        return ErrorRange(0, 0, left, left / 2, 0.0, float(left))
    share = inclusion[:reviewed]
    excess = float((1.0 / share[seen] - 1.0).mean()) or typical
    of_wrong = share[wrong]
    # Horvitz–Thompson, plus half an error of typical weight: without it, a few right answers would mean certainty.
    expected = float((1.0 / of_wrong - 1.0).sum()) / left + excess / (2 * left)
    variance = float(((1.0 - of_wrong) / of_wrong**2).sum()) / left**2 + excess**2 / (2 * left**2)
    expected = min(expected, 1.0 - 1e-6)
    # The binomial sample that would know as much.
    size = expected * (1.0 - expected) / variance
    successes = expected * size
    low = beta_quantile(_TAIL, successes, size - successes + 1)
    high = beta_quantile(1.0 - _TAIL, successes + 1, size - successes)
    return ErrorRange(n, right, left, expected * left, low * left, high * left)
