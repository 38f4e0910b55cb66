"""How much to learn, and whether it is better than the words: measured on held-out folds of the reviews."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.teaching.calibration import fit_temperature
from clipdesk.core.teaching.classifier import Classifier, fit, use_unlabelled, words_only
from clipdesk.core.teaching.fitting import Doubles, Folder, log_losses, scaled_weights
from clipdesk.core.teaching.reviews import Reviewed

FloatArray = NDArray[np.float32]

#: Candidates for λ, and for whether each label learns an offset.
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
OFFSETS = (False, True)
#: Candidates for how much is learned from images that nobody has labelled.
SHARPNESSES = (0.0, 10.0, 20.0, 40.0)
FOLDS = 5
#: From so many sampled reviews on, folds choose how much is learned; from so many on, they may approve it. With 10
#: reviews the folds approved classifiers that lost up to 12 points in 4 % of draws, with 20 in 1 %.
LEAST_SAMPLED, LEAST_APPROVING = 10, 20
#: One-sided 95 %: by how many standard errors the gain must exceed 0.
_CERTAINTY = 1.64
#: The choice takes at most so many reviews, which keeps it within a few seconds. The final fit takes all.
_MOST_IN_CHOICE = 2_000


@dataclass(frozen=True)
class Choice:
    """How well the best candidate did on held-out folds of the sampled reviews.

    - `strength`, `learns_offset`, `sharpness`: the candidate.
    - `sampled`: how many sampled reviews it was measured on; near-duplicates count once.
    - `gain`, `standard_error`: by how much its weighted mean log loss is lower than that of the words, both calibrated.
    - `accuracy_words`, `accuracy_taught`: weighted shares of right labels, 0…1, before and after.
    - `temperature_words`, `temperature_taught`: calibrate either on the same folds.
    """

    strength: float
    learns_offset: bool
    sharpness: float
    sampled: int
    gain: float
    standard_error: float
    accuracy_words: float
    accuracy_taught: float
    temperature_words: float
    temperature_taught: float

    @property
    def is_better(self) -> bool:
        """Whether the gain is certain enough (one-sided 95 %) to use the classifier without the check."""
        is_certain = self.gain > _CERTAINTY * self.standard_error and self.sampled >= LEAST_APPROVING
        return is_certain and self.accuracy_taught >= self.accuracy_words


def choose(
    reviews: Reviewed,
    label_vectors: FloatArray,
    logit_scale: float,
    folder: Folder,
    seed: int = 0,
    label_offsets: FloatArray | None = None,
) -> Choice | None:
    """Choose λ, offsets, sharpness by 5 folds of groups: the least weighted log loss on held-out sampled reviews.

    Reviews that were not sampled are learned from in every fold but their own group's, and never measured. Returns None
    with fewer than 10 sampled groups.
    """
    generator = np.random.default_rng(seed)
    if len(reviews) > _MOST_IN_CHOICE:
        reviews = reviews.take(np.sort(generator.permutation(len(reviews))[:_MOST_IN_CHOICE]))
    tested = np.flatnonzero(reviews.is_sampled)
    names, group = np.unique(reviews.groups, return_inverse=True)
    groups_tested, tested_group = np.unique(group[tested], return_inverse=True)
    if len(groups_tested) < LEAST_SAMPLED:
        return None
    # Sampled groups are spread evenly over the folds, and the others after them.
    fold_of = np.empty(len(names), np.intp)
    order = np.concatenate([generator.permutation(groups_tested), np.setdiff1d(np.arange(len(names)), groups_tested)])
    fold_of[order] = np.arange(len(names)) % FOLDS
    fold = fold_of[group]

    labels, weights = reviews.labels[tested], scaled_weights(reviews.weights[tested])
    images, parts = reviews.images[tested], [np.flatnonzero(fold != part) for part in range(FOLDS)]
    learned_from = [reviews.take(part) for part in parts]

    def held_out(classifiers: list[Classifier]) -> Doubles:
        logits = np.empty((len(tested), len(label_vectors)))
        for part, classifier in enumerate(classifiers):
            is_held = fold[tested] == part
            logits[is_held] = classifier.logits(images[is_held])
        return logits

    def loss(logits: Doubles) -> float:
        return float(weights @ log_losses(logits, labels))

    words = words_only(label_vectors, logit_scale, 1.0, label_offsets).logits(images).astype(np.float64)
    fitted = {
        (strength, learns_offset): [
            fit(part, label_vectors, logit_scale, folder, strength, learns_offset, label_offsets)
            for part in learned_from
        ]
        for strength in STRENGTHS
        for learns_offset in OFFSETS
    }
    strength, learns_offset = min(fitted, key=lambda candidate: loss(held_out(fitted[candidate])))
    classifiers = list(zip(fitted[strength, learns_offset], learned_from, strict=True))
    # Means make logits too large, so that candidates are compared calibrated.
    candidates = []
    for sharpness in SHARPNESSES:
        logits = held_out([use_unlabelled(one, part, folder, sharpness) for one, part in classifiers])
        temperature = fit_temperature(logits, labels, weights)
        candidates.append((loss(logits / temperature), sharpness, temperature, logits))
    _, sharpness, temperature, taught = min(candidates, key=lambda one: one[0])
    temperature_words = fit_temperature(words, labels, weights)
    gains = weights * (log_losses(words / temperature_words, labels) - log_losses(taught / temperature, labels))
    # Near-duplicates count as one observation.
    of_group = np.bincount(tested_group, weights=gains)
    error = float(np.sqrt(len(of_group)) * of_group.std(ddof=1) / len(tested))
    right = [float(weights @ (logits.argmax(axis=1) == labels)) / len(tested) for logits in (words, taught)]
    return Choice(
        strength,
        learns_offset,
        sharpness,
        sampled=len(of_group),
        gain=float(gains.mean()),
        standard_error=error,
        accuracy_words=right[0],
        accuracy_taught=right[1],
        temperature_words=temperature_words,
        temperature_taught=temperature,
    )
