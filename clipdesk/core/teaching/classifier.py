"""A classifier that starts from the label vectors and learns from reviewed images.

Models with a sigmoid for each label (SigLIP) are taught by softmax too. A person's answer names the one label that fits
best among those on the desk, which is what a softmax over them describes. The model's own bias is the same for all
labels and cancels out. So taught probabilities of such a model are shares among the labels. Whether any label fits at
all is the question of `none_detection`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.labels.scoring import Scores
from clipdesk.core.labels.word_scale import WordScale
from clipdesk.core.teaching.calibration import fit_temperature
from clipdesk.core.teaching.fitting import Doubles, Folder, fit_around, log_losses, scaled_weights

FloatArray = NDArray[np.float32]

#: Candidates for λ, and for whether each label learns an offset.
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
OFFSETS = (False, True)
FOLDS = 5
#: From so many sampled reviews on, folds choose how much is learned; from so many on, they may approve it. With 10
#: reviews the folds approved classifiers that lost up to 12 points in 4 % of draws, with 20 in 1 %.
LEAST_SAMPLED, LEAST_APPROVING = 10, 20
#: One-sided 95 %: by how many standard errors the gain must exceed 0.
_CERTAINTY = 1.64
#: What is fitted where no choice is possible, because only errors were corrected.
_UNPROVEN = (0.3, True)
#: The choice takes at most so many reviews, which keeps it within a few seconds. The final fit takes all.
_MOST_IN_CHOICE = 2_000
#: Values ranked at once, few enough to stay in the CPU cache.
_CHUNK = 65_536


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


@dataclass(frozen=True)
class Classifier:
    """Logits of an image x: (`weights` (m, d) · x + `offsets` (m,)) / `temperature`, with softmax over the labels."""

    weights: FloatArray
    offsets: FloatArray
    temperature: float = 1.0

    def logits(self, images: FloatArray) -> FloatArray:
        """Return the calibrated logits (n, m) of images (n, d), in float32."""
        share = np.float32(1.0 / self.temperature)
        logits: FloatArray = images @ (self.weights * share).T
        logits += self.offsets * share
        return logits


@dataclass(frozen=True)
class Choice:
    """How well the best candidate did on held-out folds of the sampled reviews.

    - `strength`, `learns_offset`: the candidate.
    - `sampled`: how many sampled reviews it was measured on; near-duplicates count once.
    - `gain`, `standard_error`: by how much its weighted mean log loss is lower than that of the words.
    - `accuracy_words`, `accuracy_taught`: weighted shares of right labels, 0…1, before and after.
    - `temperature_words`, `temperature_taught`: calibrate either on the same folds.
    """

    strength: float
    learns_offset: bool
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


@dataclass(frozen=True)
class Lesson:
    """What was learned. Without `choice`, and where its gain is in doubt, only the check can approve the classifier.

    A lesson without `choice` has the temperature 1: its probabilities are not calibrated. Where the classifier is not
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
    strength, learns_offset = _UNPROVEN if choice is None else (choice.strength, choice.learns_offset)
    classifier = fit(reviews, label_vectors, logit_scale, folder, strength, learns_offset, label_offsets)
    temperature = 1.0 if choice is None else choice.temperature_taught
    return Lesson(Classifier(classifier.weights, classifier.offsets, temperature), choice)


def words_only(
    label_vectors: FloatArray, logit_scale: float, temperature: float = 1.0, label_offsets: FloatArray | None = None
) -> Classifier:
    """Return the classifier of the words alone, calibrated by `Choice.temperature_words`."""
    offsets = (logit_scale * _offsets(label_vectors, label_offsets)).astype(np.float32)
    return Classifier(np.asarray(label_vectors * np.float32(logit_scale)), offsets, temperature)


def word_scale_parts(label_vectors: FloatArray, scale: WordScale | None) -> tuple[FloatArray, FloatArray]:
    """Return label vectors (m, d) and offsets (m,) whose products with images are cosines on the scale of words."""
    if scale is None:
        return label_vectors, np.zeros(len(label_vectors), np.float32)
    return label_vectors * scale.slope[:, None], scale.offset


def _offsets(label_vectors: FloatArray, label_offsets: FloatArray | None) -> Doubles:
    return np.zeros(len(label_vectors)) if label_offsets is None else label_offsets.astype(np.float64)


def fit(
    reviews: Reviewed,
    label_vectors: FloatArray,
    logit_scale: float,
    folder: Folder,
    strength: float,
    learns_offset: bool,
    label_offsets: FloatArray | None = None,
) -> Classifier:
    """Fit logistic regression around the words: W = s·T + D, offsets b − D·mean. Its temperature is 1."""
    words = logit_scale * label_vectors.astype(np.float64)
    before = logit_scale * _offsets(label_vectors, label_offsets)
    features = folder.correct(reviews.images)
    directions, offsets = fit_around(
        features,
        reviews.labels,
        reviews.images @ words.T + before,
        scaled_weights(reviews.weights),
        strength,
        learns_offset,
    )
    directions, offsets = directions / folder.deviation, before + offsets
    return Classifier((words + directions).astype(np.float32), (offsets - directions @ folder.mean).astype(np.float32))


def choose(
    reviews: Reviewed,
    label_vectors: FloatArray,
    logit_scale: float,
    folder: Folder,
    seed: int = 0,
    label_offsets: FloatArray | None = None,
) -> Choice | None:
    """Choose λ and offsets by 5 folds of groups: the least weighted log loss on held-out sampled reviews.

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
    cosine = (reviews.images[tested] @ label_vectors.T).astype(np.float64)
    words = (cosine + _offsets(label_vectors, label_offsets)) * logit_scale
    best, held_out, least = (STRENGTHS[0], OFFSETS[0]), words, np.inf
    for strength in STRENGTHS:
        for learns_offset in OFFSETS:
            logits = np.empty_like(words)
            for part in range(FOLDS):
                learned = np.flatnonzero(fold != part)
                part_of = reviews.take(learned)
                classifier = fit(part_of, label_vectors, logit_scale, folder, strength, learns_offset, label_offsets)
                is_held = fold[tested] == part
                logits[is_held] = classifier.logits(reviews.images[tested[is_held]])
            loss = float(weights @ log_losses(logits, labels))
            if loss < least:
                best, held_out, least = (strength, learns_offset), logits, loss
    gains = weights * (log_losses(words, labels) - log_losses(held_out, labels))
    # Near-duplicates count as one observation.
    of_group = np.bincount(tested_group, weights=gains)
    error = float(np.sqrt(len(of_group)) * of_group.std(ddof=1) / len(tested))
    right = [float(weights @ (logits.argmax(axis=1) == labels)) / len(tested) for logits in (words, held_out)]
    return Choice(
        *best,
        sampled=len(of_group),
        gain=float(gains.mean()),
        standard_error=error,
        accuracy_words=right[0],
        accuracy_taught=right[1],
        temperature_words=fit_temperature(words, labels, weights),
        temperature_taught=fit_temperature(held_out, labels, weights),
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


def score_taught(images: FloatArray, classifier: Classifier, cosine: FloatArray) -> Scores:
    """Score images (n, d) by a classifier. `cosine` (n, m) is kept as it is: how near the words are.

    An image row of NaN gives a row of NaN. 200,000 images × 20 labels take about 0.3 s on one core.
    """
    n, m = len(images), len(classifier.offsets)
    scores = Scores(
        cosine,
        np.empty((n, m), np.float32),
        np.empty(n, np.int32),
        np.empty(n, np.float32),
        np.empty(n, np.float32),
    )
    if not m:
        scores.best[:], scores.top[:], scores.margin[:] = -1, np.nan, np.nan
        return scores
    # One large product, as in `labels.scoring`, where the probabilities will be.
    share = np.float32(1.0 / classifier.temperature)
    np.matmul(images, (classifier.weights * share).T, out=scores.probability)
    step = max(1, _CHUNK // m)
    for start in range(0, n, step):
        rows = slice(start, start + step)
        _rank(scores, rows, classifier.offsets * share)
    return scores


def _rank(scores: Scores, rows: slice, offsets: FloatArray) -> None:
    """Turn the logits in `scores.probability[rows]`, still without offsets, into probabilities and rank them."""
    # Columns next to each other: maxima of many short rows take 20 times as long. A copy, also of a single row, which
    # is in both orders already.
    values = np.array(scores.probability[rows], order="F")
    values += offsets
    best = values.argmax(axis=1)
    values -= values.max(axis=1, keepdims=True)
    np.exp(values, out=values)
    values /= values.sum(axis=1, keepdims=True)
    scores.probability[rows] = values
    place = np.arange(len(best))
    top = values[place, best]
    values[place, best] = -1.0
    scores.best[rows] = np.where(np.isnan(top), -1, best)
    scores.top[rows] = top
    scores.margin[rows] = top - values.max(axis=1) if values.shape[1] > 1 else top
