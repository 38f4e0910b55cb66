from __future__ import annotations

import numpy as np
import pytest

from clipdesk.core.teaching.review import (
    Queue,
    draw_doubtful_first,
    draw_queue,
    estimate_errors,
    estimate_errors_by_label,
)


def folder(seed: int, errors: float, images: int = 1_000) -> tuple[np.ndarray, np.ndarray]:
    """Return probabilities (n,) and which labels are wrong (n,), as often as the probabilities say."""
    generator = np.random.default_rng(seed)
    doubt = np.minimum(generator.beta(0.4, 0.4 * (1 - errors) / errors, images), 0.95)
    return 1 - doubt, generator.random(images) < doubt


def test_a_queue_holds_every_row_once_by_ascending_key() -> None:
    rows, (probability, _) = np.arange(50, 1_050), folder(0, 0.2)

    queue = draw_queue(rows, probability, 3)

    assert sorted(queue.rows) == rows.tolist()
    assert (np.diff(queue.keys) >= 0).all()
    doubt = 1 - probability
    assert queue.sizes == pytest.approx(doubt[queue.rows - 50] + doubt.mean())
    assert queue.rows.tolist() == draw_queue(rows, probability, 3).rows.tolist()


def test_doubtful_images_come_early_but_not_only_they() -> None:
    probability, is_wrong = folder(1, 0.2)

    first = draw_queue(np.arange(1_000), probability, 0).rows[:200]

    assert probability[first].mean() < probability.mean() - 0.05
    assert (probability[first] > 0.99).any()
    assert is_wrong[first].mean() > is_wrong.mean()


def test_inclusion_probabilities_are_right_on_average() -> None:
    probability, _ = folder(2, 0.2, 60)
    came, expected = np.zeros(60), np.zeros(60)
    for seed in range(3_000):
        queue = draw_queue(np.arange(60), probability, seed)
        came[queue.rows[:15]] += 1
        # Given the other keys, an image is among the first if its key is below the fifteenth smallest of theirs.
        expected[queue.rows] += queue.inclusion(15)

    assert expected / 3_000 == pytest.approx(came / 3_000, abs=0.05)
    assert queue.inclusion(60).tolist() == [1] * 60


def test_weighted_answers_add_up_to_the_folder() -> None:
    probability, _ = folder(3, 0.2, 400)
    sums = []
    for seed in range(400):
        queue = draw_queue(np.arange(400), probability, seed)
        sums.append((1 / queue.inclusion(50)[:50]).sum())

    assert np.mean(sums) == pytest.approx(400, rel=0.05)


def test_images_without_a_probability_are_fully_doubtful() -> None:
    queue = draw_queue(np.arange(3), np.array([1.0, np.nan, 1.0]), 0)

    assert queue.sizes[queue.rows == 1] == pytest.approx(4 / 3)


@pytest.mark.parametrize("reviews", [20, 100])
@pytest.mark.parametrize("errors", [0.03, 0.2])
def test_the_range_holds_the_truth(reviews: int, errors: float) -> None:
    covered = 0
    for seed in range(200):
        probability, is_wrong = folder(seed, errors)
        queue = draw_queue(np.arange(1_000), probability, seed + 10_000)
        found = estimate_errors(queue, is_wrong[queue.rows[:reviews]])
        left = np.count_nonzero(is_wrong[queue.rows[reviews:]])
        covered += found.low <= left <= found.high
        assert found.low <= found.wrong <= found.high
        assert found.reviewed + found.unreviewed == 1_000

    assert covered >= 172  # 90 % less three standard deviations of 200 runs


def test_once_all_are_reviewed_nothing_is_left_to_estimate() -> None:
    queue = draw_queue(np.arange(4), np.full(4, 0.5), 0)

    found = estimate_errors(queue, np.array([True, False, False, False]))

    assert (found.reviewed, found.right, found.unreviewed, found.high) == (4, 3, 0, 0)
    assert found.is_enough(0.0)


def test_before_any_answer_everything_is_possible() -> None:
    found = estimate_errors(draw_queue(np.arange(9), np.full(9, 0.9), 0), np.empty(0, bool))

    assert (found.low, found.high, found.unreviewed) == (0, 9, 9)
    assert not found.is_enough(0.5)


def test_it_is_enough_once_the_upper_end_is_within_the_target() -> None:
    queue = draw_queue(np.arange(1_000), np.full(1_000, 0.99), 0)

    few, many = (estimate_errors(queue, np.zeros(n, bool)) for n in (20, 200))

    assert not few.is_enough(0.03)
    assert many.is_enough(0.03)


def test_if_every_reviewed_image_was_certain_to_come_the_others_still_count() -> None:
    queue = Queue(np.arange(4), np.array([0.1, 0.2, 2.0, 3.0]), np.array([1.0, 1.0, 0.2, 0.2]))

    found = estimate_errors(queue, np.zeros(2, bool))

    assert found.high > 0.5


def test_labels_have_their_own_ranges() -> None:
    probability, _ = folder(5, 0.2)
    queue = draw_queue(np.arange(1_000), probability, 0)
    automatic = np.arange(1_000)[queue.rows] % 2
    is_wrong = automatic[:200] == 1

    right, wrong, absent = estimate_errors_by_label(queue, is_wrong, automatic, 3)

    assert right.high < 60
    assert wrong.low > 150
    assert right.reviewed + wrong.reviewed == 200
    assert (absent.reviewed, absent.unreviewed, absent.high) == (0, 0, 0)


def test_a_label_that_nobody_looked_at_may_be_all_wrong() -> None:
    queue = draw_queue(np.arange(10), np.full(10, 0.9), 0)
    automatic = np.array([0] * 5 + [1] * 5)

    _, unseen = estimate_errors_by_label(queue, np.zeros(5, bool), automatic, 2)

    assert (unseen.low, unseen.high) == (0, 5)


def test_doubtful_first_is_ascending_in_probability() -> None:
    assert draw_doubtful_first(np.array([7, 8, 9]), np.array([0.9, np.nan, 0.2])).tolist() == [8, 9, 7]
