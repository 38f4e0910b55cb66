"""Which of two wordings is better: evidence from judged images that may be looked at after every answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.beta import log_beta

#: From this evidence on a difference counts as shown: by chance it is ever reached in at most 1 of 20 comparisons.
ENOUGH = 20.0
#: After so many answers for either side without a verdict, the difference is too small to matter.
MOST_ANSWERS = 60


class Outcome(Enum):
    """What the answers say so far."""

    A_BETTER = "A is better"
    B_BETTER = "B is better"
    OPEN = "no difference yet"
    NO_CLEAR_DIFFERENCE = "no clear difference"
    ALL_JUDGED = "all judged"
    """Every differing image was judged. The counts are facts about these images, without a claim about others."""


@dataclass(frozen=True)
class Verdict:
    """The answers so far. `a`, `b`, `neither`: how often A, B or neither of them was right.

    `evidence`: how much better than chance a difference explains the answers, above 0. `more`: about how many more
    answers for A or B would tell, if they go on like this; None if more than are asked for, or with a verdict.
    """

    outcome: Outcome
    a: int
    b: int
    neither: int
    evidence: float
    more: int | None = None

    @property
    def decided(self) -> int:
        """How many answers were for A or B."""
        return self.a + self.b


def evidence(a: float, b: float) -> float:
    """Return the E-value 2^(a+b)·B(1+a, 1+b) of `a` answers for A and `b` for B against "both are equally often right".

    It is the likelihood under a uniform share divided by that under ½. Its mean is 1 if both are equal, whenever one
    stops looking, so it exceeds 20 with probability at most 1/20 (Ville's inequality; Ramdas et al. 2023).
    """
    return math.exp((a + b) * math.log(2.0) + log_beta(1.0 + a, 1.0 + b))


def judge(a: int, b: int, neither: int = 0, differing: int | None = None) -> Verdict:
    """Return the verdict after so many answers for A, for B and for neither, of `differing` images if given."""
    value = evidence(a, b)
    if value >= ENOUGH:
        return Verdict(Outcome.B_BETTER if b > a else Outcome.A_BETTER, a, b, neither, value)
    if differing is not None and a + b + neither >= differing:
        return Verdict(Outcome.ALL_JUDGED, a, b, neither, value)
    if a + b >= MOST_ANSWERS:
        return Verdict(Outcome.NO_CLEAR_DIFFERENCE, a, b, neither, value)
    return Verdict(Outcome.OPEN, a, b, neither, value, answers_needed(a, b))


def answers_needed(a: int, b: int) -> int | None:
    """Return about how many more answers would tell, if the share of the better one stays as it looks now.

    The share is estimated as (wins + 1)/(answers + 2), cautious with few answers. None if 60 would not be enough.
    """
    share = (max(a, b) + 1) / (a + b + 2)
    better, worse = float(max(a, b)), float(min(a, b))
    for more in range(1, MOST_ANSWERS - (a + b) + 1):
        better, worse = better + share, worse + 1 - share
        if evidence(better, worse) >= ENOUGH:
            return more
    return None


@dataclass(frozen=True)
class Questions:
    """`rows` (k,): differing images in the order in which they are asked. `b_first` (k,): B's label is the first."""

    rows: NDArray[np.intp]
    b_first: NDArray[np.bool_]


def draw_questions(differing: NDArray[np.intp], seed: int) -> Questions:
    """Return all differing rows (k,) in random order, with random hidden sides. The same seed gives the same order."""
    generator = np.random.default_rng(seed)
    return Questions(generator.permutation(differing), generator.random(len(differing)) < 0.5)


def count_known(
    labels_a: NDArray[np.integer], labels_b: NDArray[np.integer], truth: NDArray[np.integer]
) -> tuple[int, int, int]:
    """Return how often A, B and neither is right on images (k,) that were judged before the comparison.

    `truth` is the label's index, -1 where no label fits. Pass only images that were reviewed whether they were right or
    wrong, as in the review queue: corrections of A's errors alone would speak for B.
    """
    differs = labels_a != labels_b
    a = int(np.count_nonzero(differs & (labels_a == truth)))
    b = int(np.count_nonzero(differs & (labels_b == truth)))
    return a, b, int(np.count_nonzero(differs)) - a - b
