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
from clipdesk.core.teaching.fitting import Doubles, Folder, fit_around, scaled_weights
from clipdesk.core.teaching.reviews import Reviewed
from clipdesk.core.teaching.unlabelled import find_means

FloatArray = NDArray[np.float32]

#: Values ranked at once, few enough to stay in the CPU cache.
_CHUNK = 65_536


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


def use_unlabelled(classifier: Classifier, reviews: Reviewed, folder: Folder, sharpness: float) -> Classifier:
    """Return a classifier that also learns from the folder's images that nobody has labelled.

    The classifier labels them, and they show around which mean the images of each label lie (`unlabelled.find_means`).
    With `sharpness` 0 it stays as it is.
    """
    if sharpness <= 0 or not len(folder.sample):
        return classifier
    weights = classifier.weights.astype(np.float64)
    at_mean = weights @ folder.mean + classifier.offsets
    logits = folder.sample @ (folder.deviation * weights).T.astype(np.float32) + at_mean.astype(np.float32)
    means = find_means(folder, logits, folder.correct(reviews.images), reviews.labels, sharpness).astype(np.float64)
    directions = means * (sharpness / folder.deviation)
    offsets = directions @ folder.mean + sharpness / 2 * (means * means).sum(axis=1)
    return Classifier(
        (classifier.weights + directions).astype(np.float32),
        (classifier.offsets - offsets).astype(np.float32),
        classifier.temperature,
    )


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
