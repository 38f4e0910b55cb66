"""Learn from all corrections on a desk, and score the desk with the result. Pure computation, for any thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import looked_up
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.learned import Learned, LearnedScores
from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, LabelId
from clipdesk.core.labels.scoring import Scores, empty_scores, ranked
from clipdesk.core.labels.word_scale import WordScale
from clipdesk.core.teaching.choice import Choice
from clipdesk.core.teaching.classifier import Classifier, score_taught, word_scale_parts, words_only
from clipdesk.core.teaching.fitting import Folder, measure_folder
from clipdesk.core.teaching.kept import KeptTeaching, check_key
from clipdesk.core.teaching.lesson import Lesson, teach
from clipdesk.core.teaching.near_duplicates import group_near_duplicates
from clipdesk.core.teaching.none_detection import (
    LEAST_JUDGED,
    NoneCurve,
    NoneDetector,
    learn_none,
    measure_nearness,
)
from clipdesk.core.teaching.reviews import Reviewed, examples_wanted

FloatArray = NDArray[np.float32]

#: Images on which the folder's mean, deviation and the curve of “none of these” are measured at most.
_SAMPLE = 20_000
#: Scores ranked at once, few enough to stay in the CPU cache.
_CHUNK = 65_536


@dataclass(frozen=True)
class Material:
    """What is learned from: a desk's n images, its m scored labels, and k images whose label the user chose.

    - `images` (n, d), `cosine` (n, m): NaN without an embedding. `scores`: those of the words, if they are at hand.
    - `rows` (k,), `labels` (k,): the images, and the index of their label, -1 for none of these.
    - `weights` (k,): 1/inclusion probability of images that the review queue drew, NaN for all others.
    """

    label_ids: tuple[LabelId, ...]
    label_vectors: FloatArray
    images: FloatArray
    cosine: FloatArray
    rule: ScoreRule
    scale: WordScale | None
    scores: Scores | None
    rows: NDArray[np.intp]
    labels: NDArray[np.intp]
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, desk: Desk, weights: NDArray[np.float64] | None = None) -> Material | None:
        """Return the material of a desk, None if it has no scores yet.

        `weights` (rows,) has one number for each image of the desk; without it, no image counts as drawn by the queue.
        """
        vectors, table, ids = desk.label_vectors, desk.table, tuple(label.id for label in desk.scored)
        if vectors is None or table is None or not ids or len(vectors) != len(ids):
            return None
        rows, chosen = desk.corrections
        places = {one: place for place, one in enumerate(ids)} | {NO_LABEL_FITS_ID: -1}
        labels = looked_up(chosen, places, -2).astype(np.intp)
        usable = (labels >= -1) & table.is_embedded[rows] & ~np.isnan(desk.scores.cosine[rows, 0])
        rows, labels = rows[usable], labels[usable]
        known = np.full(len(rows), np.nan) if weights is None else weights[rows]
        scores = desk.scores
        return cls(
            ids,
            vectors,
            table.all_vectors(),
            scores.cosine,
            desk.rule,
            scores.scale,
            scores if desk.shows_words else None,
            rows,
            labels,
            known,
        )

    @property
    def sampled(self) -> int:
        """How many of the k images the review queue drew."""
        return int(np.count_nonzero(~np.isnan(self.weights)))

    @property
    def is_labelled(self) -> NDArray[np.bool_]:
        """Whether a label fits each of the k images."""
        return np.asarray(self.labels >= 0)


@dataclass(frozen=True)
class Progress:
    """What was learned, and what it would change.

    - `found`: the scores to show. `is_used`: they are those of the taught classifier.
    - `lesson`: None without examples or with fewer than two labels.
    - `before`, `after` (n,): the best label of each image by words and as taught, -1 without scores. `after` is
      `before` without a lesson.
    - `examples`, `wanted` (m,): how many examples each label has, and how many more would help.
    - `judged`, `judged_none`: images judged in all, and as none of these.
    - `curve`: what each threshold of “none of these” would find; None while too few are judged.
    """

    found: LearnedScores
    is_used: bool
    lesson: Lesson | None
    before: NDArray[np.int32]
    after: NDArray[np.int32]
    is_reviewed: NDArray[np.bool_]
    examples: NDArray[np.intp]
    wanted: NDArray[np.intp]
    judged: int
    judged_none: int
    curve: NoneCurve | None

    @property
    def changes(self) -> int:
        """How many images that nobody has reviewed have another label as taught than by words."""
        return int(np.count_nonzero((self.before != self.after) & ~self.is_reviewed))

    @property
    def choice(self) -> Choice | None:
        return self.lesson.choice if self.lesson is not None else None


def learn(
    material: Material, *, is_on: bool = True, is_approved: bool = False, known: Choice | None = None
) -> Progress:
    """Learn from the material, and score its images.

    The taught classifier is used if `is_on`, and if either its folds show that it is better, or `is_approved`, as by
    the check, and the folds do not show that it is worse. Otherwise, the words' probabilities are calibrated if enough
    reviews were sampled. `known` is a choice made on nearly the same reviews, to be used instead of measuring again.
    """
    sample = _sampled(material.images)
    folder = measure_folder(sample)
    vectors, offsets = word_scale_parts(material.label_vectors, material.scale)
    lesson = _teach(material, vectors, offsets, folder, sample, known)
    words = _best(material.cosine, material.scale)
    taught = score_taught(material.images, lesson.classifier, material.cosine) if lesson is not None else None
    is_used = lesson is not None and is_on and _may_be_used(lesson, is_approved=is_approved)
    detector, curve = _learn_none(material, folder)

    classifier: Classifier | None = None
    if lesson is not None and is_used:
        classifier = lesson.classifier
    elif lesson is not None and lesson.choice is not None and is_on and not material.rule.is_sigmoid:
        temperature = lesson.choice.temperature_words
        classifier = words_only(vectors, material.rule.logit_scale, temperature, offsets)
    if taught is not None and is_used:
        scores = taught
    elif classifier is not None:
        scores = score_taught(material.images, classifier, material.cosine)
    else:
        scores = material.scores or _by_words(material)
    learned = Learned(
        material.label_ids,
        None if classifier is None else partial(_score, classifier),
        is_used,
        None if detector is None else detector.probability,
    )
    none = None if detector is None else detector.probability(material.images, material.cosine)
    is_reviewed = np.zeros(len(material.images), np.bool_)
    is_reviewed[material.rows] = True
    of_labels = material.labels[material.is_labelled]
    examples = np.bincount(of_labels, minlength=len(material.label_ids))
    _, wanted = examples_wanted(_reviewed(material, np.arange(len(material.rows))), len(material.label_ids))
    return Progress(
        LearnedScores(learned, scores, none),
        is_used,
        lesson,
        words,
        words if taught is None else taught.best,
        is_reviewed,
        examples,
        wanted,
        len(material.rows),
        int(np.count_nonzero(~material.is_labelled)),
        curve,
    )


def learn_on_desk(desk: Desk, inclusion: NDArray[np.floating], kept: KeptTeaching, encoder_key: str) -> None:
    """Learn from the corrections on a desk, and show the result on it at once, as the window does in the background.

    `inclusion` (rows,): how probable it was for each image to be drawn by the review queue, 0 if it was not.
    """
    desk.set_none_threshold(kept.none_threshold)
    material = Material.of(desk, weights_of(inclusion))
    if material is None or not len(material.rows):
        return
    check = kept.checks.get(check_key(encoder_key, desk.label_set))
    progress = learn(material, is_on=kept.is_on, is_approved=check is not None and check.is_approval)
    if progress.found.learned.score is not None or progress.found.learned.none is not None:
        desk.learn(progress.found)


def weights_of(inclusion: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the weights (rows,) for `Material.of` from the probabilities of being drawn by the review queue.

    That is 1/probability, and NaN where it is 0, for images that the queue did not draw.
    """
    drawn = np.asarray(inclusion, np.float64)
    return np.where(drawn > 0, 1.0 / np.where(drawn > 0, drawn, 1.0), np.nan)


def _teach(
    material: Material,
    vectors: FloatArray,
    offsets: FloatArray,
    folder: Folder,
    sample: FloatArray,
    known: Choice | None,
) -> Lesson | None:
    if not material.is_labelled.any() or len(material.label_ids) < 2:
        return None
    embedded = sample[~np.isnan(sample[:, 0])]
    groups = group_near_duplicates(material.images[material.rows], embedded)
    reviews = _reviewed(material, groups)
    return teach(reviews, vectors, material.rule.logit_scale, folder, 0, offsets, known)


def _reviewed(material: Material, groups: NDArray[np.intp] | NDArray[np.int64]) -> Reviewed:
    """Return the images that a label fits."""
    fits, is_sampled = material.is_labelled, ~np.isnan(material.weights)
    weights = np.where(is_sampled, material.weights, 1.0)
    rows = material.rows[fits]
    return Reviewed(
        material.images[rows], material.labels[fits], weights[fits], is_sampled[fits], groups[fits].astype(np.int64)
    )


def _may_be_used(lesson: Lesson, *, is_approved: bool) -> bool:
    choice = lesson.choice
    if choice is not None and (choice.gain < 0 or choice.accuracy_taught < choice.accuracy_words):
        return False
    return is_approved or not lesson.needs_check


def _learn_none(material: Material, folder: Folder) -> tuple[NoneDetector | None, NoneCurve | None]:
    is_none = ~material.is_labelled
    if len(is_none) < LEAST_JUDGED or is_none.all() or not is_none.any():
        return None, None
    scale = measure_nearness(_sampled(material.cosine))
    images, cosine = material.images[material.rows], material.cosine[material.rows]
    detector = learn_none(images, is_none, cosine, folder, scale)
    if detector is None:
        return None, None
    is_judged = np.zeros(len(material.images), np.bool_)
    is_judged[material.rows] = True
    step = _step(len(material.images))
    return detector, detector.curve(material.images[::step], material.cosine[::step], is_judged[::step])


def _score(classifier: Classifier, images: FloatArray, cosine: FloatArray) -> Scores:
    return score_taught(images, classifier, cosine)


def _by_words(material: Material) -> Scores:
    """Return the scores of the words from their cosines."""
    n, m = material.cosine.shape
    empty = empty_scores(n, m)
    scores = Scores(material.cosine, empty.probability, empty.best, empty.top, empty.margin, material.scale)
    return ranked(scores, material.rule, None)


def _best(cosine: FloatArray, scale: WordScale | None) -> NDArray[np.int32]:
    """Return the index (n,) of the largest cosine (n, m), -1 for rows of NaN."""
    best = np.empty(len(cosine), np.int32)
    step = max(1, _CHUNK // cosine.shape[1])
    for start in range(0, len(cosine), step):
        part = cosine[start : start + step]
        # Columns next to each other: maxima of many short rows take 20 times as long.
        compared = np.asfortranarray(part if scale is None else scale.apply(part))
        best[start : start + step] = np.where(np.isnan(part[:, 0]), -1, compared.argmax(axis=1))
    return best


def _sampled(rows: FloatArray) -> FloatArray:
    """Return evenly spaced rows, enough to measure a folder on."""
    return rows[:: _step(len(rows))]


def _step(count: int) -> int:
    return max(1, -(-count // _SAMPLE))
