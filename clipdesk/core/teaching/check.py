"""The check: a short blind series of questions that decides whether a taught classifier is used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.beta import beta_cdf

QUESTIONS = 20
#: How probable it must be that new labels are right more often than old ones.
_CERTAINTY = 0.9
#: With fewer answers for either side, most changes were wrong both before and after, which proves nothing.
_LEAST_DECIDED = 4


class CheckResult(Enum):
    """What the answers say."""

    OPEN = "open"
    USE = "use"
    """The taught classifier is better."""
    KEEP_WORDS = "keep words"
    """It was not shown to be better."""


@dataclass(frozen=True)
class CheckQuestions:
    """`rows` (k,): images in the order in which they are asked. `new_first` (k,): show the new label first."""

    rows: NDArray[np.intp]
    new_first: NDArray[np.bool_]


def draw_questions(
    before: NDArray[np.integer], after: NDArray[np.integer], is_reviewed: NDArray[np.bool_], seed: int
) -> CheckQuestions:
    """Draw up to 20 images whose label would change, at random, and hide which label is the new one.

    `before` and `after` (n,) are labels' indices, -1 for none. Images that `is_reviewed` (n,) marks are not asked
    about: the classifier has seen their labels.
    """
    generator = np.random.default_rng(seed)
    changed = np.flatnonzero((before != after) & (before >= 0) & (after >= 0) & ~is_reviewed)
    rows = generator.permutation(changed)[:QUESTIONS]
    return CheckQuestions(rows, generator.random(len(rows)) < 0.5)


def probability_better(new: int, old: int) -> float:
    """Return the probability that new labels are right more often than old ones: P(Beta(1+new, 1+old) > ½)."""
    return beta_cdf(0.5, 1 + old, 1 + new)


def judge(new: int, old: int, neither: int, questions: int = QUESTIONS) -> CheckResult:
    """Return what the answers say: how often the new label, the old one or neither was right, of `questions`.

    It is decided as soon as no further answer can change the result, and not earlier. Stopping when the answers look
    good would approve too many. Enough are 4 of 4, 5 of 6, 6 of 8, 8 of 10, 11 of 15, 13 of 20 decided answers.
    """
    left = max(0, questions - new - old - neither)
    outcomes = {
        _is_enough(new + for_new, old + for_old) for for_new in range(left + 1) for for_old in range(left + 1 - for_new)
    }
    if len(outcomes) > 1:
        return CheckResult.OPEN
    return CheckResult.USE if outcomes.pop() else CheckResult.KEEP_WORDS


def _is_enough(new: int, old: int) -> bool:
    return new + old >= _LEAST_DECIDED and probability_better(new, old) > _CERTAINTY
