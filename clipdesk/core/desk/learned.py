"""What was learned from the user's corrections, in the form in which the desk applies it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.labels.label_set import LabelId
from clipdesk.core.labels.scoring import Scores

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Learned:
    """Functions of k images (k, d) and their cosines (k, m) to the labels with `label_ids` (m).

    - `score` gives their scores in place of those of the words; None leaves these as they are.
    - `is_taught`: their labels come from a taught classifier, and not from the words, only calibrated.
    - `none` gives the probability (k,), 0…1, that no label fits; None while that is unknown.

    They are made by `core.teaching`, which the desk does not import.
    """

    label_ids: tuple[LabelId, ...]
    score: Callable[[FloatArray, FloatArray], Scores] | None = None
    is_taught: bool = False
    none: Callable[[FloatArray, FloatArray], FloatArray] | None = None


@dataclass(frozen=True)
class LearnedScores:
    """What `learned` says about the images of a desk: their scores, and the probability (n,) that no label fits.

    `scores` are those of the words if `learned.score` is None, and `none` is None if `learned.none` is.
    """

    learned: Learned
    scores: Scores
    none: FloatArray | None
