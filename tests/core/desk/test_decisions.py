from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from clipdesk.core.desk.decisions import NO_LABEL_FITS, UNCORRECTED, Decisions, Source, Status, decide
from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.label_set import NO_LABEL
from clipdesk.core.labels.scoring import Scores, empty_scores, score

NOT_FAILED = np.zeros(4, np.bool_)
IDS = (11, 22, 33)
"""The third label has no scores."""


def four_scores() -> Scores:
    """Four images: certain, close, not embedded, certain of the other label."""
    images = np.array([[1, 0], [0.7071, 0.7072], [np.nan, np.nan], [0, 1]], np.float32)
    return score(images, np.eye(2, dtype=np.float32), ScoreRule(10.0))


def corrections(*columns: int) -> NDArray[np.int32]:
    return np.array(columns, np.int32)


def statuses(decisions: Decisions) -> list[Status]:
    return [Status(value) for value in decisions.status.tolist()]


def sources(decisions: Decisions) -> list[Source]:
    return [Source(value) for value in decisions.source.tolist()]


def test_scores_decide_and_a_close_label_is_a_guess() -> None:
    decisions = decide(four_scores(), NOT_FAILED, threshold=0.6, label_ids=IDS)

    assert decisions.column.tolist() == [0, 1, -1, 1]
    assert statuses(decisions) == [Status.OK, Status.UNSURE, Status.WAITING, Status.OK]
    assert sources(decisions) == [Source.AUTO, Source.AUTO, Source.NOBODY, Source.AUTO]


@pytest.mark.parametrize(("threshold", "status"), [(0.0, Status.OK), (1.01, Status.UNSURE)])
def test_only_a_probability_below_the_threshold_is_unsure(threshold: float, status: Status) -> None:
    assert statuses(decide(four_scores(), NOT_FAILED, threshold, IDS))[0] == status


def test_a_file_that_could_not_be_read_is_an_error() -> None:
    decisions = decide(four_scores(), np.array([False, False, True, False]), threshold=0.6, label_ids=IDS)

    assert statuses(decisions)[2] == Status.ERROR
    assert sources(decisions)[2] == Source.NOBODY


def test_a_file_that_failed_after_it_was_scored_has_no_label() -> None:
    scores = four_scores()

    decisions = decide(scores, np.array([True, False, False, False]), threshold=0.6, label_ids=IDS)

    assert (statuses(decisions)[0], sources(decisions)[0]) == (Status.ERROR, Source.NOBODY)
    assert decisions.column.tolist() == [-1, 1, -1, 1]
    assert np.isnan([decisions.probability[0], decisions.margin[0]]).all()
    assert decisions.count_labels(2).tolist() == [0, 2]
    assert scores.best.tolist() == [0, 1, -1, 1]  # the scores do not change


def test_a_correction_overrides_the_scores() -> None:
    judged = corrections(1, UNCORRECTED, 0, NO_LABEL_FITS)

    decisions = decide(four_scores(), np.array([False, False, True, False]), 0.99, IDS, judged)

    assert decisions.column.tolist() == [1, 1, 0, -1]
    assert statuses(decisions) == [Status.OK, Status.UNSURE, Status.OK, Status.NONE]
    assert sources(decisions) == [Source.USER, Source.AUTO, Source.USER, Source.USER]


def test_a_corrected_label_has_its_own_probability_and_margin() -> None:
    scores = four_scores()

    decisions = decide(scores, NOT_FAILED, 0.6, IDS, corrections(1, UNCORRECTED, 0, NO_LABEL_FITS))

    assert decisions.probability[0] == scores.probability[0, 1]
    assert decisions.margin[0] == pytest.approx(scores.probability[0, 1] - scores.probability[0, 0])
    assert np.isnan(decisions.probability[2:]).all()
    assert scores.best.tolist() == [0, 1, -1, 1]  # the scores do not change


def test_a_copy_does_not_follow_the_scores() -> None:
    scores = four_scores()
    copy = decide(scores, NOT_FAILED, 0.6, IDS).copy()

    scores.best[:] = -1

    assert copy.column.tolist() == [0, 1, -1, 1]


def test_labels_and_statuses_are_counted() -> None:
    decisions = decide(four_scores(), NOT_FAILED, 0.6, IDS)

    assert decisions.count_labels(3).tolist() == [1, 2, 0]
    assert decisions.count_status(Status.WAITING) == 1
    assert decide(empty_scores(0, 2), NOT_FAILED[:0], 0.5, IDS).count_labels(2).tolist() == [0, 0]


def test_the_label_is_told_by_its_id() -> None:
    assert decide(four_scores(), NOT_FAILED, 0.6, IDS).label_id.tolist() == [11, 22, NO_LABEL, 22]


def test_a_correction_to_a_label_without_scores_holds() -> None:
    decisions = decide(four_scores(), NOT_FAILED, 0.6, IDS, corrections(2, UNCORRECTED, UNCORRECTED, UNCORRECTED))

    assert (decisions.label_id[0], Source(decisions.source[0]), Status(decisions.status[0])) == (
        33,
        Source.USER,
        Status.OK,
    )
    assert np.isnan(decisions.probability[0])
    assert decisions.count_labels(3).tolist() == [0, 2, 1]
