"""What images that nobody has labelled add to a few reviews."""

from __future__ import annotations

import numpy as np
import pytest
from misleading_words import SCALE, folder

from clipdesk.core.teaching.choice import choose
from clipdesk.core.teaching.classifier import fit, use_unlabelled
from clipdesk.core.teaching.fitting import measure_folder
from clipdesk.core.teaching.lesson import teach
from clipdesk.core.teaching.reviews import reviewed
from clipdesk.core.teaching.unlabelled import find_means, logits_of_means


def test_groups_in_the_folder_make_more_of_a_few_reviews() -> None:
    gained = []
    for seed in range(5):
        images, truth, words = folder(seed, misleading=3.0)
        measured, reviews = measure_folder(images), reviewed(images[:12], truth[:12])
        alone = fit(reviews, words, SCALE, measured, 0.3, True)
        together = use_unlabelled(alone, reviews, measured, 20.0)
        right = [(one.logits(images[12:]).argmax(axis=1) == truth[12:]).mean() for one in (alone, together)]
        gained.append(right[1] - right[0])

    assert np.mean(gained) > 0.05
    assert min(gained) > -0.02


def test_the_means_are_those_of_the_labels_images() -> None:
    images, truth, _ = folder(1)
    measured = measure_folder(images)
    certain = (50.0 * np.eye(4)[truth]).astype(np.float32)

    means = find_means(measured, certain, np.empty((0, 24)), np.empty(0, np.intp), 10.0)

    expected = np.stack([measured.correct(images[truth == label]).mean(axis=0) for label in range(4)])
    assert means == pytest.approx(expected, abs=0.05)


def test_the_classifier_is_that_of_the_means_added_to_the_one_before() -> None:
    images, truth, words = folder(2)
    measured, reviews = measure_folder(images), reviewed(images[:20], truth[:20])
    before = fit(reviews, words, SCALE, measured, 0.3, True)

    after = use_unlabelled(before, reviews, measured, 20.0)

    start = before.logits((measured.sample * measured.deviation + measured.mean).astype(np.float32))
    means = find_means(measured, start, measured.correct(reviews.images), reviews.labels, 20.0)
    added = logits_of_means(measured.correct(images).astype(np.float32), means, 20.0)
    assert after.logits(images) == pytest.approx(before.logits(images) + added, abs=2e-3)


def test_a_label_without_images_and_an_empty_folder_change_nothing_for_the_others() -> None:
    images, truth, words = folder(3)
    reviews = reviewed(images[:20], truth[:20])
    empty = measure_folder(np.full((3, 24), np.nan, np.float32))
    classifier = fit(reviews, words, SCALE, measure_folder(images), 0.3, True)

    assert use_unlabelled(classifier, reviews, empty, 20.0) is classifier
    assert use_unlabelled(classifier, reviews, measure_folder(images), 0.0) is classifier
    unlikely = np.zeros((600, 5), np.float32)
    unlikely[:, 4] = -100
    means = find_means(measure_folder(images), unlikely, np.empty((0, 24)), np.empty(0, np.intp), 10.0)
    assert means[4] == pytest.approx(np.zeros(24), abs=1e-6)


def test_folds_take_what_the_folder_shows_only_where_it_helps() -> None:
    images, truth, words = folder(1, misleading=3.0)
    helpful = choose(reviewed(images[:40], truth[:40]), words, SCALE, measure_folder(images))
    # Labels that cut across the groups of the folder: which half of the first dimension.
    crossing = (images[:, 0] > np.median(images[:, 0])).astype(np.intp)
    across = np.zeros((2, 24), np.float32)
    across[:, 0] = -1, 1
    useless = choose(reviewed(images[:40], crossing[:40]), across, SCALE, measure_folder(images))

    assert helpful is not None and helpful.sharpness > 0
    assert useless is not None and useless.accuracy_taught >= useless.accuracy_words - 0.05


def test_a_large_folder_is_looked_at_in_part() -> None:
    images, _, _ = folder(4, 5_000)

    sample = measure_folder(images).sample

    assert 1_000 < len(sample) <= 2_000
    assert np.abs(sample.mean(axis=0)).max() < 0.05


def test_probabilities_of_few_corrections_are_not_overconfident() -> None:
    images, truth, words = folder(1, misleading=3.0)
    lesson = teach(reviewed(images[:9], truth[:9], is_sampled=np.zeros(9, bool)), words, SCALE, measure_folder(images))

    logits = lesson.classifier.logits(images[9:])

    probability = np.exp(logits - logits.max(axis=1, keepdims=True))
    top = (probability.max(axis=1) / probability.sum(axis=1)).mean()
    right = (logits.argmax(axis=1) == truth[9:]).mean()
    assert lesson.choice is None
    assert top < right + 0.1
