from __future__ import annotations

import numpy as np
import pytest
from misleading_words import SCALE, folder

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.scoring import normalise, score
from clipdesk.core.teaching.calibration import calibration_error, fit_temperature
from clipdesk.core.teaching.choice import choose
from clipdesk.core.teaching.classifier import Classifier, fit, score_taught, words_only
from clipdesk.core.teaching.fitting import fit_around, measure_folder, softmax
from clipdesk.core.teaching.lesson import teach
from clipdesk.core.teaching.reviews import examples_wanted, only_errors, reviewed


def gradient(
    features: np.ndarray,
    labels: np.ndarray,
    logits: np.ndarray,
    weights: np.ndarray,
    strength: float,
    directions: np.ndarray,
    offsets: np.ndarray,
    learns_offset: bool,
) -> tuple[float, float]:
    excess = weights[:, None] * (softmax(logits + features @ directions.T + offsets) - np.eye(logits.shape[1])[labels])
    of_offsets = excess.sum(axis=0) + strength * offsets if learns_offset else np.zeros(1)
    return np.abs(excess.T @ features + strength * directions).max(), np.abs(of_offsets).max()


@pytest.mark.parametrize("learns_offset", [False, True])
@pytest.mark.parametrize("images", [12, 200])
def test_the_fit_is_where_the_penalised_loss_is_least(images: int, learns_offset: bool) -> None:
    generator = np.random.default_rng(0)
    features, labels = generator.normal(size=(images, 24)), generator.integers(0, 3, images)
    logits, weights = generator.normal(size=(images, 3)), generator.uniform(0.5, 2, images)

    found = fit_around(features, labels, logits, weights, 3.0, learns_offset)

    assert max(gradient(features, labels, logits, weights, 3.0, *found, learns_offset)) < 1e-3


def test_few_and_many_images_are_fitted_by_the_same_steps() -> None:
    generator = np.random.default_rng(1)
    features, labels = generator.normal(size=(30, 24)), generator.integers(0, 3, 30)
    logits, weights = generator.normal(size=(30, 3)), generator.uniform(0.5, 2, 30)
    # Features of zeros change nothing but the way of computing.
    wide = np.hstack([features, np.zeros((30, 20))])

    many, few = (fit_around(f, labels, logits, weights, 0.1, True) for f in (features, wide))

    assert few[0][:, :24] == pytest.approx(many[0], abs=1e-9)
    assert few[1] == pytest.approx(many[1], abs=1e-9)


def test_a_very_strong_penalty_leaves_the_words() -> None:
    images, truth, words = folder(0)

    classifier = fit(reviewed(images[:40], truth[:40]), words, SCALE, measure_folder(images), 1e9, True)

    assert classifier.weights == pytest.approx(SCALE * words, abs=1e-5)
    assert classifier.offsets == pytest.approx(np.zeros(4), abs=1e-5)


def test_the_folder_is_measured_without_rows_that_have_no_embedding() -> None:
    images, _, _ = folder(0, 50)
    measured = measure_folder(np.vstack([images, np.full((3, 24), np.nan, np.float32)]))

    assert measured.mean == pytest.approx(images.mean(axis=0), abs=1e-6)
    squared = ((images - images.mean(axis=0)) ** 2).sum(axis=1).mean()
    assert measured.deviation == pytest.approx(np.sqrt(squared), rel=1e-4)


def test_reviews_of_misleading_words_raise_accuracy() -> None:
    images, truth, words = folder(1)
    before = score(images, words, ScoreRule(SCALE))

    lesson = teach(reviewed(images[:40], truth[:40]), words, SCALE, measure_folder(images))
    after = score_taught(images, lesson.classifier, before.cosine)

    assert not lesson.needs_check
    assert (after.best[40:] == truth[40:]).mean() > (before.best[40:] == truth[40:]).mean() + 0.05
    assert lesson.choice is not None
    assert lesson.choice.accuracy_taught > lesson.choice.accuracy_words


def test_where_labels_say_nothing_the_words_are_kept() -> None:
    images, _, words = folder(2)
    approved = 0
    for seed in range(20):
        labels = np.random.default_rng(seed).integers(0, 4, 40)
        # Words as good as chance allows: all labels alike.
        approved += not teach(reviewed(images[:40], labels), 0 * words, SCALE, measure_folder(images), seed).needs_check

    assert approved <= 3


def test_fewer_than_ten_sampled_reviews_need_the_check() -> None:
    images, truth, words = folder(1)
    sampled = np.arange(40) < 9

    lesson = teach(reviewed(images[:40], truth[:40], is_sampled=sampled), words, SCALE, measure_folder(images))

    assert lesson.choice is None
    assert lesson.needs_check


def test_with_fewer_than_twenty_sampled_reviews_the_folds_cannot_approve() -> None:
    images, truth, words = folder(1, misleading=2.5)
    measured = measure_folder(images)

    few, enough = (teach(reviewed(images[:n], truth[:n]), words, SCALE, measured) for n in (19, 20))

    assert few.choice is not None and enough.choice is not None
    assert few.choice.gain > 1.64 * few.choice.standard_error
    assert few.needs_check
    assert not enough.needs_check


def test_near_duplicates_are_in_one_fold_and_count_once() -> None:
    images, _, words = folder(3)
    # Twelve images ten times each, with random labels: learned by heart, if copies were in several folds.
    copies, labels = np.repeat(images[:12], 10, axis=0), np.repeat(np.random.default_rng(0).integers(0, 4, 12), 10)
    groups = np.repeat(np.arange(12), 10)

    apart = choose(reviewed(copies, labels), words, SCALE, measure_folder(images))
    together = choose(reviewed(copies, labels, groups=groups), words, SCALE, measure_folder(images))

    assert apart is not None and together is not None
    assert apart.accuracy_taught == 1
    assert together.accuracy_taught < 0.8
    assert choose(reviewed(copies, labels, groups=groups // 2), words, SCALE, measure_folder(images)) is None


def test_scores_are_softmax_and_rows_without_embeddings_are_nan() -> None:
    images, _, words = folder(4, 10_000)
    images[7] = np.nan
    classifier = Classifier(words * 30, np.array([0, 1, -1, 0.5], np.float32), 1.5)
    cosine = images @ words.T

    scores = score_taught(images, classifier, cosine)

    expected = softmax((30 * cosine.astype(np.float64) + classifier.offsets) / 1.5)
    known = np.arange(10_000) != 7
    assert scores.probability[known] == pytest.approx(expected[known], abs=1e-5)
    assert (scores.best[known] == expected[known].argmax(axis=1)).mean() > 0.999
    ordered = np.sort(expected[known], axis=1)
    assert scores.top[known] == pytest.approx(ordered[:, -1], abs=1e-5)
    assert scores.margin[known] == pytest.approx(ordered[:, -1] - ordered[:, -2], abs=1e-5)
    assert scores.best[7] == -1
    assert np.isnan(scores.probability[7]).all()
    assert scores.cosine is cosine
    assert softmax(classifier.logits(images[:5]).astype(np.float64)) == pytest.approx(expected[:5], abs=1e-5)


def test_the_classifier_of_the_words_scores_as_the_model_does() -> None:
    images, _, words = folder(5)
    plain = score(images, words, ScoreRule(SCALE))

    same = score_taught(images, words_only(words, SCALE), plain.cosine)

    assert same.probability == pytest.approx(plain.probability, abs=1e-5)
    assert same.best.tolist() == plain.best.tolist()


def test_without_labels_there_are_no_scores() -> None:
    images, _, words = folder(5, 3)

    scores = score_taught(images, words_only(words[:0], SCALE), np.empty((3, 0), np.float32))

    assert scores.best.tolist() == [-1, -1, -1]


def test_corrections_that_confirm_nothing_are_only_errors() -> None:
    assert only_errors(np.array([1, 2]), np.array([0, 0]))
    assert not only_errors(np.array([1, 0]), np.array([0, 0]))


def test_labels_say_how_many_examples_would_help() -> None:
    reviews = reviewed(np.zeros((30, 2), np.float32), np.repeat([0, 1, 2], [2, 8, 20]))

    counts, wanted = examples_wanted(reviews, 4)

    assert counts.tolist() == [2, 8, 20, 0]
    assert wanted.tolist() == [3, 12, 0, 5]


@pytest.mark.parametrize("true_temperature", [0.5, 1.0, 2.5])
def test_the_temperature_that_logits_were_made_with_is_found(true_temperature: float) -> None:
    generator = np.random.default_rng(0)
    logits = 3 * generator.normal(size=(4_000, 5))
    labels = (softmax(logits).cumsum(axis=1) > generator.random((4_000, 1))).argmax(axis=1)

    found = fit_temperature(logits * true_temperature, labels)

    assert found == pytest.approx(true_temperature, rel=0.08)
    probability = softmax(logits * true_temperature / found)
    assert calibration_error(probability.max(axis=1), probability.argmax(axis=1) == labels) < 0.03


def test_the_temperature_stays_within_its_limits_and_near_one_for_few_images() -> None:
    always_right, always_wrong = np.array([[1.0, 0.0]] * 400), np.array([[9.0, 0.0]] * 400)
    labels = np.zeros(400, np.intp)

    assert fit_temperature(always_right, labels) == pytest.approx(0.25)
    assert fit_temperature(always_wrong, labels + 1) == pytest.approx(4)
    assert 0.5 < fit_temperature(always_right[:2], labels[:2]) < 1
    assert fit_temperature(np.zeros((0, 2)), labels[:0]) == 1


def test_the_calibration_error_is_the_mean_gap() -> None:
    probability = np.array([0.9, 0.9, 0.5, 0.5])

    assert calibration_error(probability, np.array([True, True, True, False])) == pytest.approx(0.05)
    assert calibration_error(probability, np.array([True, True, True, False]), np.array([1, 1, 0, 0])) == pytest.approx(
        0.1
    )
    assert calibration_error(np.empty(0), np.empty(0, bool)) == 0


def test_a_single_image_is_scored_as_among_others() -> None:
    generator = np.random.default_rng(5)
    pictures = normalise(generator.normal(size=(4, 8))).astype(np.float32)
    words = normalise(generator.normal(size=(3, 8))).astype(np.float32)
    classifier = words_only(words, 20.0)
    cosine = pictures @ words.T
    together, alone = score_taught(pictures, classifier, cosine), score_taught(pictures[:1], classifier, cosine[:1])
    np.testing.assert_allclose(alone.probability[0], together.probability[0], atol=1e-6)
    assert (alone.top[0], alone.margin[0]) == pytest.approx((together.top[0], together.margin[0]), abs=1e-6)
