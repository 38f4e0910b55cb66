from __future__ import annotations

import numpy as np

from clipdesk.core.teaching.unsure import count_changes, histogram, is_unsure

PROBABILITY = np.array([0.2, 0.5, 0.95, 1.0, np.nan], np.float32)
BEST = np.array([0, 1, 0, 0, -1], np.int32)


def test_each_label_has_its_own_threshold() -> None:
    unsure = is_unsure(PROBABILITY, BEST, np.array([0.96, 0.5], np.float32))

    assert unsure.tolist() == [True, False, True, False, False]


def test_the_histogram_counts_the_images_of_a_label() -> None:
    assert histogram(PROBABILITY, BEST, 0, bins=4).tolist() == [1, 0, 0, 2]
    assert histogram(PROBABILITY, BEST, 5, bins=4).tolist() == [0, 0, 0, 0]


def test_moving_a_threshold_changes_what_lies_between() -> None:
    assert count_changes(PROBABILITY, BEST, 0, before=0.1, after=0.96) == (2, 0)
    assert count_changes(PROBABILITY, BEST, 0, before=0.96, after=0.3) == (0, 1)
