from __future__ import annotations

import numpy as np
import pytest

from clipdesk.core.labels.scoring import normalise
from clipdesk.core.teaching.fitting import measure_folder
from clipdesk.core.teaching.none_detection import LEAST_JUDGED, learn_none, measure_nearness


def folder(
    seed: int, images: int = 800, none: float = 0.4, misleading: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return images (n, d), which of them no label fits (n,), and cosines (n, m)."""
    generator = np.random.default_rng(seed)
    centres = normalise(generator.normal(size=(8, 32)))
    is_none = generator.random(images) < none
    group = np.where(is_none, generator.integers(5, 8, images), generator.integers(0, 5, images))
    pictures = normalise((centres[group] + 0.22 * generator.normal(size=(images, 32))).astype(np.float32))
    words = normalise(centres[:5] + misleading * generator.normal(size=(5, 32)))
    return pictures, is_none, (pictures @ words.T).astype(np.float32)


def area(score: np.ndarray, is_none: np.ndarray) -> float:
    """Return how often a random "none" scores above a random other image."""
    return float((score[is_none][:, None] > score[~is_none]).mean())


def test_nearness_is_standardised_by_label_and_over_the_folder() -> None:
    _, is_none, cosine = folder(0)
    shifted = cosine * np.array([1, 2, 3, 4, 5], np.float32) + np.arange(5, dtype=np.float32)

    nearness, same = (measure_nearness(values).nearness(values) for values in (cosine, shifted))

    assert (nearness.mean(), nearness.std()) == pytest.approx((0, 1), abs=1e-6)
    assert same == pytest.approx(nearness, abs=1e-4)
    assert area(-nearness, is_none) > 0.7


def test_nothing_is_called_none_before_20_are_judged() -> None:
    images, is_none, cosine = folder(0)
    n = LEAST_JUDGED - 1
    scale, measured = measure_nearness(cosine), measure_folder(images)

    assert learn_none(images[:n], is_none[:n], cosine[:n], measured, scale) is None


def test_judgements_find_the_others() -> None:
    gains = []
    for seed in range(5):
        images, is_none, cosine = folder(seed, misleading=0.3)
        scale = measure_nearness(cosine)
        detector = learn_none(images[:80], is_none[:80], cosine[:80], measure_folder(images), scale)
        assert detector is not None
        probability = detector.probability(images, cosine)
        gains.append(area(probability[80:], is_none[80:]) - area(-scale.nearness(cosine)[80:], is_none[80:]))
        assert ((probability > 0.5) == is_none)[80:].mean() > 0.8

    assert np.mean(gains) > 0.03


def test_if_all_judged_have_a_label_hardly_any_is_called_none() -> None:
    images, _, cosine = folder(2, none=0.0)
    judged = np.zeros(40, bool)

    detector = learn_none(images[:40], judged, cosine[:40], measure_folder(images), measure_nearness(cosine))

    assert detector is not None
    assert (detector.probability(images, cosine) > 0.5).mean() < 0.02


def test_the_curve_estimates_precision_and_recall() -> None:
    covered, near = 0, 0
    for seed in range(10):
        images, is_none, cosine = folder(seed)
        is_judged = np.arange(800) < 60
        detector = learn_none(
            images[is_judged], is_none[is_judged], cosine[is_judged], measure_folder(images), measure_nearness(cosine)
        )
        assert detector is not None
        curve = detector.curve(images, cosine, is_judged)
        chosen = (detector.probability(images, cosine) >= 0.5) & ~is_judged
        precision = (is_none & chosen).sum() / chosen.sum()
        covered += curve.precision_low[50] - 0.05 <= precision <= curve.precision_high[50] + 0.05
        near += abs(curve.precision[50] - precision) < 0.15
        assert curve.chosen[50] == chosen.sum()
        assert (curve.chosen[0], curve.recall[0]) == (740, pytest.approx(1))
        assert (np.diff(curve.recall) <= 1e-9).all()
        assert (curve.precision_low <= curve.precision).all()
        assert (curve.precision <= curve.precision_high).all()

    assert covered >= 7
    assert near >= 8


def test_images_without_an_embedding_are_left_out() -> None:
    images, is_none, cosine = folder(3)
    images[500], cosine[500] = np.nan, np.nan
    is_judged = np.arange(800) < 40
    detector = learn_none(images[:40], is_none[:40], cosine[:40], measure_folder(images), measure_nearness(cosine))

    assert detector is not None
    assert np.isnan(detector.probability(images, cosine)[500])
    assert detector.curve(images, cosine, is_judged).chosen[0] == 759
