"""What is learned from reviews, by as much as folds of them allow."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.teaching.choice import Choice, choose
from clipdesk.core.teaching.classifier import Classifier, fit, use_unlabelled
from clipdesk.core.teaching.fitting import Folder
from clipdesk.core.teaching.reviews import Reviewed

FloatArray = NDArray[np.float32]

#: What is fitted where no choice is possible, because too few reviews were sampled: λ, offsets, sharpness.
_UNPROVEN = (0.3, True, 20.0)
#: Its temperature, for lack of reviews to fit one on. The mean calibration error after 5, 10 and 40 corrected errors is
#: 14, 12 and 7 %; without a temperature it would be 30, 27 and 19 %.
_UNPROVEN_TEMPERATURE = 2.0


@dataclass(frozen=True)
class Lesson:
    """What was learned. Without `choice`, and where its gain is in doubt, only the check can approve the classifier.

    A lesson without `choice` has a typical temperature, for want of reviews to measure one. Where the classifier is not
    approved, use `words_only` with `Choice.temperature_words`.
    """

    classifier: Classifier
    choice: Choice | None

    @property
    def needs_check(self) -> bool:
        return self.choice is None or not self.choice.is_better


def teach(
    reviews: Reviewed,
    label_vectors: FloatArray,
    logit_scale: float,
    folder: Folder,
    seed: int = 0,
    label_offsets: FloatArray | None = None,
    known: Choice | None = None,
) -> Lesson:
    """Learn from reviews, starting from label vectors (m, d) and the model's logit scale.

    `label_offsets` (m,) are added to the cosines first; together with vectors that are not of length 1 they put labels
    with reference images on the scale of words (`word_scale_parts`). `known` is a choice made on nearly the same
    reviews, which is used instead of measuring again: that takes most of the time.

    With at least 10 sampled reviews, held-out folds choose how much is learned and measure it. With fewer, λ is 0.3
    with offsets, and the check has to decide, because corrections of errors alone approve classifiers that lose
    accuracy.
    """
    choice = known or choose(reviews, label_vectors, logit_scale, folder, seed, label_offsets)
    strength, learns_offset, sharpness = _UNPROVEN
    if choice is not None:
        strength, learns_offset, sharpness = choice.strength, choice.learns_offset, choice.sharpness
    classifier = fit(reviews, label_vectors, logit_scale, folder, strength, learns_offset, label_offsets)
    classifier = use_unlabelled(classifier, reviews, folder, sharpness)
    return Lesson(
        replace(classifier, temperature=_UNPROVEN_TEMPERATURE if choice is None else choice.temperature_taught), choice
    )
