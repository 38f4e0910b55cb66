from __future__ import annotations

import numpy as np
import pytest

from clipdesk.core.compare.hint import between_group_scatter
from clipdesk.core.compare.wordings import accuracy_range, compare, label_by_each, rank, report
from clipdesk.core.labels.scoring import cosine_similarity, normalise


def unit_vectors(seed: int, count: int, dimension: int = 16) -> np.ndarray:
    return normalise(np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32))


def test_each_wording_labels_by_its_nearest_vector() -> None:
    images, a = unit_vectors(0, 3_000), unit_vectors(1, 30)
    b = a.copy()
    b[4] = unit_vectors(2, 1)[0]
    images[5] = np.nan

    labels_a, labels_b = label_by_each(images, [a, b])

    known = np.arange(3_000) != 5
    assert labels_a[known].tolist() == cosine_similarity(images, a).argmax(axis=1)[known].tolist()
    assert labels_b[known].tolist() == cosine_similarity(images, b).argmax(axis=1)[known].tolist()
    assert (labels_a[5], labels_b[5]) == (-1, -1)


def test_differing_images_are_grouped_by_label_pair() -> None:
    a = np.array([0, 0, 0, 1, 1, 2, -1, 2], np.int32)
    b = np.array([0, 1, 1, 1, 0, 2, 0, -1], np.int32)

    agreement = compare(a, b, 3)

    assert agreement.agreeing == 3
    assert agreement.share == 0.5
    assert agreement.differing.tolist() == [1, 2, 4]
    assert [(p.a, p.b, p.rows.tolist()) for p in agreement.pairs] == [(0, 1, [1, 2]), (1, 0, [4])]
    assert agreement.counts_a.tolist() == [3, 2, 1]
    assert agreement.counts_b.tolist() == [2, 3, 1]


def test_without_images_wordings_agree() -> None:
    nothing = np.empty(0, np.int32)

    assert compare(nothing, nothing, 2).share == 1
    assert compare(nothing, nothing, 2).pairs == ()


def test_a_report_has_the_confusion_matrix_and_its_shares() -> None:
    found = np.array([0, 0, 1, 1, 1, -1], np.int32)
    truth = np.array([0, 1, 1, 1, -1, 0])

    result = report(found, truth, 3)

    assert (result.reviewed, result.right, result.accuracy) == (5, 3, 0.6)
    assert result.confusion.tolist() == [[1, 0, 0], [1, 2, 0], [0, 0, 0], [0, 1, 0]]
    assert result.precision[:2] == pytest.approx([1 / 2, 2 / 3])
    assert result.recall[:2] == pytest.approx([1, 2 / 3])
    assert np.isnan([result.precision[2], result.recall[2]]).all()
    assert (result.low, result.high) == accuracy_range(3, 5)


def test_the_accuracy_range_is_that_of_clopper_and_pearson() -> None:
    assert accuracy_range(0, 0) == (0, 1)
    assert accuracy_range(10, 10) == pytest.approx((0.05 ** (1 / 10), 1))
    assert accuracy_range(0, 10) == pytest.approx((0, 1 - 0.05 ** (1 / 10)))


def test_wordings_that_cannot_be_told_apart_are_ranked_together() -> None:
    generator, truth = np.random.default_rng(0), np.zeros(200, np.int32)
    good = (generator.random((2, 200)) < 0.1).astype(np.int32)
    poor = (generator.random((2, 200)) < 0.6).astype(np.int32)

    groups = rank([poor[0], good[0], poor[1], good[1]], truth)

    assert [sorted(group) for group in groups] == [[1, 3], [0, 2]]


def test_equal_wordings_are_all_in_one_group() -> None:
    told_apart = 0
    for seed in range(200):
        found = (np.random.default_rng(seed).random((5, 100)) < 0.3).astype(np.int32)
        told_apart += len(rank(list(found), np.zeros(100, np.int32))) > 1

    assert told_apart <= 10


def scatter_as_defined(images: np.ndarray, labels: np.ndarray) -> float:
    centred = images.astype(np.float64) - images.mean(axis=0, dtype=np.float64)
    unit = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return sum((labels == k).mean() * (unit[labels == k].mean(axis=0) ** 2).sum() for k in np.unique(labels))


def test_the_hint_is_the_scatter_between_groups() -> None:
    images = unit_vectors(3, 500)
    labels = np.random.default_rng(0).integers(0, 5, 500)

    assert between_group_scatter(images, labels, 7) == pytest.approx(scatter_as_defined(images, labels), rel=1e-4)


def test_the_hint_prefers_the_true_groups_and_ignores_what_has_no_label() -> None:
    truth = np.repeat(np.arange(4), 100)
    images = normalise(unit_vectors(0, 4)[truth] + 0.2 * np.random.default_rng(1).normal(size=(400, 16)))
    blurred = np.where(np.random.default_rng(2).random(400) < 0.2, (truth + 1) % 4, truth)
    with_gaps = np.vstack([images, np.full((1, 16), np.nan, np.float32), images[:1]])

    assert between_group_scatter(images, truth, 4) > between_group_scatter(images, blurred, 4) + 0.05
    assert between_group_scatter(with_gaps, np.append(truth, [0, -1]), 4) == pytest.approx(
        between_group_scatter(images, truth, 4), rel=1e-5
    )
    assert between_group_scatter(images, np.full(400, -1), 4) == 0
