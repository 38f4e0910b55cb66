"""Labels with reference images beside labels that are words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.labels.prompts import label_prompts
from clipdesk.core.labels.scoring import FloatArray, have_references, normalise, score, score_changed
from clipdesk.core.labels.word_scale import Mask, WordScale, measure_word_scale, needs_word_scale

SOFTMAX = ScoreRule(100.0)
#: Labels 0 and 3 have reference images.
HAS_REFERENCES = np.array([True, False, False, True, False])
WORDS = ~HAS_REFERENCES


def folder_cosines(count: int, seed: int = 0) -> FloatArray:
    """Cosines as CLIP gives them: about 0.2 with words, about 0.8 with images, which also spread more."""
    generator = np.random.default_rng(seed)
    center = np.where(HAS_REFERENCES, 0.8, 0.2)
    width = np.where(HAS_REFERENCES, 0.05, 0.02)
    return (center + width * generator.normal(size=(count, 5))).astype(np.float32)


def vectors(count: int, seed: int, dimension: int = 16) -> FloatArray:
    """Unit vectors around a common direction, like those of images."""
    generator = np.random.default_rng(seed)
    return normalise((generator.normal(size=(count, dimension)) + 2.0).astype(np.float32))


def mixed_labels() -> FloatArray:
    """Two of the five resemble images, as reference images do."""
    return np.where(HAS_REFERENCES[:, None], vectors(5, 1), normalise(vectors(5, 2) * ([1.0, -1.0] * 8)))


def test_reference_labels_get_the_mean_and_the_spread_of_the_words() -> None:
    cosine = folder_cosines(500)

    mapped = measure_word_scale(cosine, HAS_REFERENCES).apply(cosine)

    assert mapped[:, HAS_REFERENCES].mean(axis=0) == pytest.approx(cosine[:, WORDS].mean(), abs=1e-5)
    assert mapped[:, HAS_REFERENCES].std(axis=0) == pytest.approx(cosine[:, WORDS].std(axis=0).mean(), abs=1e-5)


def test_words_keep_their_cosines() -> None:
    cosine = folder_cosines(50)

    mapped = measure_word_scale(cosine, HAS_REFERENCES).apply(cosine)

    assert (mapped[:, WORDS] == cosine[:, WORDS]).all()


def test_images_without_embedding_do_not_count() -> None:
    cosine = folder_cosines(30)
    with_gaps = np.insert(cosine, [0, 7, 7, 30], np.nan, axis=0)

    expected, found = (measure_word_scale(each, HAS_REFERENCES) for each in (cosine, with_gaps))

    assert found.measured == expected.measured == 30
    assert found.slope == pytest.approx(expected.slope)
    assert found.offset == pytest.approx(expected.offset)


def test_many_images_are_measured_as_precisely_as_few() -> None:
    cosine = folder_cosines(40_000)  # several chunks

    scale = measure_word_scale(cosine, HAS_REFERENCES)

    wide = cosine.astype(np.float64)
    slope = wide[:, WORDS].std(axis=0).mean() / wide[:, HAS_REFERENCES].std(axis=0)
    assert scale.slope[HAS_REFERENCES] == pytest.approx(slope, rel=1e-5)


@pytest.mark.parametrize("copies", [1, 3])
def test_images_that_are_all_alike_give_a_reference_the_mean_of_the_words(copies: int) -> None:
    cosine = np.repeat(folder_cosines(1), copies, axis=0)

    mapped = measure_word_scale(cosine, HAS_REFERENCES).apply(cosine)

    assert mapped[:, HAS_REFERENCES] == pytest.approx(cosine[0, WORDS].mean(), abs=1e-6)


def test_no_image_is_no_problem() -> None:
    scale = measure_word_scale(folder_cosines(0), HAS_REFERENCES)

    assert scale.measured == 0
    assert np.isfinite(scale.slope).all()
    assert np.isfinite(scale.offset).all()


@given(count=st.integers(1, 8), seed=st.integers(0, 1000))
def test_a_handful_of_images_stays_near_the_words(count: int, seed: int) -> None:
    cosine = folder_cosines(count, seed)

    mapped = measure_word_scale(cosine, HAS_REFERENCES).apply(cosine)[:, HAS_REFERENCES]

    center, width = cosine[:, WORDS].mean(), cosine[:, WORDS].std(axis=0).mean()
    assert (np.abs(mapped - center) <= width * np.sqrt(count - 1) + 1e-5).all()


@pytest.mark.parametrize("rule", [SOFTMAX, ScoreRule(100.0, -15.0)])
@pytest.mark.parametrize("kind", [np.zeros(5, np.bool_), np.ones(5, np.bool_)])
def test_words_only_and_references_only_are_scored_as_ever(kind: Mask, rule: ScoreRule) -> None:
    images = vectors(40, 3)

    plain, told = score(images, mixed_labels(), rule), score(images, mixed_labels(), rule, kind)

    assert not needs_word_scale(kind)
    assert told.scale is None
    assert (told.probability == plain.probability).all()
    assert (told.best == plain.best).all()


@pytest.mark.parametrize("rule", [SOFTMAX, ScoreRule(20.0, -5.0)])
def test_a_reference_among_words_no_longer_takes_nearly_all(rule: ScoreRule) -> None:
    images = vectors(300, 3)

    raw = score(images, mixed_labels(), rule)
    scaled = score(images, mixed_labels(), rule, HAS_REFERENCES)

    assert HAS_REFERENCES[raw.best].mean() > 0.95
    assert 0.2 < HAS_REFERENCES[scaled.best].mean() < 0.6  # two of five
    assert (scaled.cosine == raw.cosine).all()
    assert (scaled.best == scaled.probability.argmax(axis=1)).all()
    assert (scaled.top == scaled.probability.max(axis=1)).all()


def test_sigmoid_probabilities_of_references_are_as_high_as_those_of_words() -> None:
    images, rule = vectors(300, 3), ScoreRule(50.0, -10.0)

    scaled = score(images, mixed_labels(), rule, HAS_REFERENCES)

    assert scaled.scale is not None
    logits = 50.0 * scaled.scale.apply(scaled.cosine) - 10.0
    assert scaled.probability == pytest.approx(1 / (1 + np.exp(-logits)), abs=1e-5)
    raw = score(images, mixed_labels(), rule)
    assert (scaled.probability[:, WORDS] == raw.probability[:, WORDS]).all()


def test_a_changed_label_is_scored_as_all_from_the_start() -> None:
    images, labels = vectors(50, 3), mixed_labels()
    images[7] = np.nan
    before = score(images, labels, SOFTMAX, HAS_REFERENCES)
    changed = labels[[0, 1, 2, 3, 4]].copy()
    changed[2] = vectors(1, 9)[0]

    found = score_changed(images, changed, SOFTMAX, before, labels, HAS_REFERENCES)

    expected = score(images, changed, SOFTMAX, HAS_REFERENCES)
    assert found.best.tolist() == expected.best.tolist()
    assert found.probability == pytest.approx(expected.probability, abs=1e-5, nan_ok=True)


def test_some_images_are_scored_on_the_scale_of_the_whole_folder() -> None:
    images = vectors(60, 3)
    whole = score(images, mixed_labels(), SOFTMAX, HAS_REFERENCES)

    part = score(images[20:23], mixed_labels(), SOFTMAX, scale=whole.scale)

    assert isinstance(part.scale, WordScale)
    assert part.probability == pytest.approx(whole.probability[20:23], abs=1e-5)


def test_a_label_with_a_reference_counts_even_if_it_has_texts_too() -> None:
    photo = (Path("/pictures/a.jpg"),)
    labels = LabelSet((Label("word"), Label("both", ("a dog",), photo), Label("picture", (), photo)))

    assert have_references(label_prompts(labels)).tolist() == [False, True, True]
