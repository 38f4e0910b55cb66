from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.prompts import ImagePrompt, Prompt, TextPrompt
from clipdesk.core.labels.scoring import (
    cosine_similarity,
    empty_scores,
    label_vectors,
    normalise,
    probabilities,
    prompt_ensemble,
    ranked,
    score,
    score_changed,
)

SOFTMAX = ScoreRule(100.0)
SIGMOID = ScoreRule(112.0, -16.5)
COSINES = npst.arrays(np.float32, st.tuples(st.integers(1, 8), st.integers(1, 6)), elements=st.floats(-1, 1, width=32))


def unit_vectors(seed: int, count: int, dimension: int = 16) -> np.ndarray:
    return normalise(np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32))


def test_a_zero_vector_stays_zero() -> None:
    assert normalise(np.zeros((1, 4), np.float32)).tolist() == [[0, 0, 0, 0]]


def test_cosine_similarity_of_the_same_vector_is_one() -> None:
    vectors = unit_vectors(0, 500)

    same = np.diag(cosine_similarity(vectors, vectors))

    assert same == pytest.approx(np.ones(500), abs=1e-6)
    assert same.max() <= 1


def test_softmax_is_that_of_the_paper() -> None:
    cosine = np.array([[0.30, 0.28, 0.20]], np.float32)
    logits = np.exp(100.0 * cosine.astype(np.float64))

    assert probabilities(cosine, SOFTMAX) == pytest.approx(logits / logits.sum(), rel=1e-6)


def test_sigmoid_models_score_each_label_for_itself() -> None:
    cosine = np.array([[0.2, 0.1]], np.float32)
    expected = 1 / (1 + np.exp(-(112.0 * cosine.astype(np.float64) - 16.5)))

    assert probabilities(cosine, SIGMOID) == pytest.approx(expected, rel=1e-5)


@given(COSINES)
def test_softmax_probabilities_add_up_to_one(cosine: np.ndarray) -> None:
    assert probabilities(cosine, SOFTMAX).sum(axis=1) == pytest.approx(np.ones(len(cosine)), abs=1e-5)


@given(COSINES)
def test_sigmoid_probabilities_stay_in_range(cosine: np.ndarray) -> None:
    values = probabilities(cosine, ScoreRule(10_000.0, -10.0))

    assert ((values >= 0) & (values <= 1)).all()


def test_an_ensemble_is_normalised_then_averaged_then_normalised() -> None:
    first, second = np.array([2.0, 0.0], np.float32), np.array([0.0, 5.0], np.float32)

    assert prompt_ensemble(np.stack([first, second])) == pytest.approx([2**-0.5, 2**-0.5], abs=1e-6)


def test_label_vectors_look_their_prompts_up() -> None:
    a, b = TextPrompt("a"), ImagePrompt(Path("b.png"))
    vectors: dict[Prompt, np.ndarray] = {a: np.array([1, 0], np.float32), b: np.array([0, 1], np.float32)}

    assert label_vectors([[a], [b, a]], vectors) == pytest.approx(np.array([[1, 0], [2**-0.5, 2**-0.5]]), abs=1e-6)
    assert label_vectors([], vectors).shape == (0, 0)


def test_scores_rank_the_labels() -> None:
    labels = np.eye(3, dtype=np.float32)
    images = normalise(np.array([[0.1, 0.9, 0.3]], np.float32))

    scores = score(images, labels, ScoreRule(10.0))

    ordered = np.sort(scores.probability[0])
    assert scores.best.tolist() == [1]
    assert scores.top[0] == pytest.approx(ordered[-1])
    assert scores.margin[0] == pytest.approx(ordered[-1] - ordered[-2])


@pytest.mark.parametrize("rule", [SOFTMAX, SIGMOID])
def test_pictures_without_an_embedding_have_no_scores(rule: ScoreRule) -> None:
    images = unit_vectors(1, 3)
    images[1] = np.nan

    scores = score(images, unit_vectors(2, 4), rule)

    assert scores.best[1] == -1
    assert np.isnan(scores.top[1]) and np.isnan(scores.margin[1])
    assert np.isnan(scores.cosine[1]).all() and np.isnan(scores.probability[1]).all()
    assert (scores.best[[0, 2]] >= 0).all()


def test_one_label_alone_has_its_probability_as_margin() -> None:
    scores = score(unit_vectors(3, 2), unit_vectors(4, 1), SOFTMAX)

    assert scores.margin == pytest.approx(scores.top)


def test_no_labels_give_no_scores() -> None:
    scores = score(unit_vectors(5, 2), np.zeros((0, 16), np.float32), SOFTMAX)

    assert scores.cosine.shape == (2, 0)
    assert scores.best.tolist() == [-1, -1]


def test_many_rows_are_scored_as_few_are() -> None:
    images, labels = unit_vectors(6, 70_000, 4), unit_vectors(7, 40, 4)  # enough scores for several threads

    whole = score(images, labels, SOFTMAX)
    parts = [score(images[start : start + 7_000], labels, SOFTMAX) for start in range(0, 70_000, 7_000)]

    for name in ("probability", "top", "margin"):
        np.testing.assert_allclose(
            getattr(whole, name), np.concatenate([getattr(part, name) for part in parts]), atol=1e-6
        )
    assert (whole.best == np.concatenate([part.best for part in parts])).mean() > 0.999


@pytest.mark.parametrize("count", [3, 63, 64])
def test_the_first_of_equal_labels_is_the_best(count: int) -> None:
    scores = empty_scores(50, count)
    scores.cosine[:] = 0.25
    scores.cosine[:, 0] = 0.125

    ranked(scores, SOFTMAX, None)

    assert set(scores.best.tolist()) == {1}
    assert scores.margin.tolist() == [0.0] * 50


def test_a_copy_does_not_follow_its_original() -> None:
    scores = empty_scores(2, 2)
    copy = scores.copy()
    scores.cosine[0] = 1.0

    assert np.isnan(copy.cosine).all()


@pytest.mark.parametrize("rule", [SOFTMAX, SIGMOID])
@pytest.mark.parametrize("count", [2, 20, 63, 64, 300])
def test_few_and_many_labels_are_ranked_alike(count: int, rule: ScoreRule) -> None:
    images, labels = unit_vectors(6, 3_000, 64), unit_vectors(7, count, 64)
    images[17] = np.nan
    cosine = images.astype(np.float64) @ labels.T.astype(np.float64)
    if rule.logit_bias is None:
        weights = np.exp(rule.logit_scale * (cosine - cosine.max(axis=1, keepdims=True)))
        expected = weights / weights.sum(axis=1, keepdims=True)
    else:
        expected = 1 / (1 + np.exp(-(rule.logit_scale * cosine + rule.logit_bias)))
    ordered = np.sort(expected, axis=1)
    known = np.arange(len(images)) != 17

    scores = score(images, labels, rule)

    assert np.allclose(scores.probability, expected, atol=1e-5, equal_nan=True)
    assert np.allclose(scores.top, ordered[:, -1], atol=1e-5, equal_nan=True)
    assert np.allclose(scores.margin, ordered[:, -1] - ordered[:, -2], atol=2e-5, equal_nan=True)
    assert np.allclose(cosine[known, scores.best[known]], cosine[known].max(axis=1), atol=1e-6)
    assert scores.best[17] == -1


@pytest.mark.parametrize("rule", [SOFTMAX, SIGMOID], ids=["softmax", "sigmoid"])
@pytest.mark.parametrize(
    "labels",
    [[0, 1, 2, 3], [3, 1, 0, 2], [0, 9, 2, 3], [9, 1], [0, 1, 2, 3, 8, 9], [2], [6, 7, 8, 9, 0], [9], [1, 1, 2]],
    ids=str,
)
def test_scores_of_changed_labels_are_those_of_all_computed_anew(labels: list[int], rule: ScoreRule) -> None:
    images, words = unit_vectors(1, 5000), unit_vectors(2, 10)
    images[[3, 4000]] = np.nan
    before = score(images, words[:4], rule)

    changed = score_changed(images, words[labels], rule, before, words[:4])

    expected = score(images, words[labels], rule)
    for name in ("cosine", "probability", "top", "margin"):
        np.testing.assert_allclose(getattr(changed, name), getattr(expected, name), atol=2e-5)
    if len(set(labels)) == len(labels):
        assert (changed.best == expected.best).mean() > 0.999
    assert changed.best[[3, 4000]].tolist() == [-1, -1]


def test_pictures_that_came_in_meanwhile_are_scored_too() -> None:
    images, words = unit_vectors(1, 100), unit_vectors(2, 5)
    before = score(images[:60], words[:4], SOFTMAX)
    for array in (before.cosine, before.probability):
        array[10, 1:] = np.nan  # half written by another thread
        array[20] = np.nan
    gone = images.copy()
    gone[30] = np.nan

    changed = score_changed(gone, words[[0, 1, 2, 4]], SOFTMAX, before, words[:4])

    expected = score(gone, words[[0, 1, 2, 4]], SOFTMAX)
    np.testing.assert_allclose(changed.probability, expected.probability, atol=2e-5)
    assert changed.best.tolist() == expected.best.tolist()
    assert changed.best[30] == -1


def test_an_image_that_waits_again_has_no_scores_of_before() -> None:
    images, words = unit_vectors(1, 100), unit_vectors(2, 4)
    before = score(images, words, SOFTMAX)
    images[30] = np.nan

    changed = score_changed(images, words[[2, 0]], SOFTMAX, before, words)

    assert np.isnan(changed.cosine[30]).all()
    assert np.flatnonzero(changed.best < 0).tolist() == [30]
