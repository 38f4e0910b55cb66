from __future__ import annotations

import numpy as np
import pytest

from clipdesk.core.compare.evidence import Outcome
from clipdesk.core.compare.judging import NEITHER, Judging, Side, may_count

# Rows 0, 1 agree; row 8 has no label by A.
A = np.array([0, 1, 0, 0, 0, 0, 1, 1, -1], np.int32)
B = np.array([0, 1, 1, 1, 1, 1, 0, 0, 0], np.int32)


def test_each_differing_image_is_asked_about_once_with_both_labels() -> None:
    judging = Judging(A, B, {}, seed=3)
    asked = []
    while (question := judging.question) is not None:
        assert {question.left, question.right} == {A[question.row], B[question.row]}
        asked.append(judging.answer(Side.NEITHER))

    assert sorted(asked) == [(row, NEITHER) for row in range(2, 8)]
    assert judging.verdict().outcome is Outcome.ALL_JUDGED
    assert judging.verdict().neither == 6


def test_the_side_of_a_changes_at_random() -> None:
    a, b = np.zeros(400, np.int32), np.ones(400, np.int32)
    judging, left_is_a = Judging(a, b, {}, seed=1), 0
    while (question := judging.question) is not None:
        left_is_a += question.left == 0
        judging.answer(Side.LEFT)

    assert 150 < left_is_a < 250
    assert judging.verdict().a == left_is_a


def test_answers_name_the_label_that_is_right() -> None:
    judging = Judging(A, B, {}, seed=3)
    for side in (Side.LEFT, Side.RIGHT):
        question = judging.question
        assert question is not None
        right = question.left if side is Side.LEFT else question.right
        assert judging.answer(side) == (question.row, right)
        assert judging.answers[question.row] == right


def test_a_skipped_image_comes_back_after_all_others() -> None:
    judging = Judging(A, B, {}, seed=3)
    first = judging.question

    judging.skip()

    assert judging.question != first
    for _ in range(5):
        judging.answer(Side.LEFT)
    assert judging.question == first
    assert judging.left == 1


def test_the_last_answer_can_be_taken_back() -> None:
    judging = Judging(A, B, {}, seed=3)
    assert judging.take_back() is None
    first = judging.question
    assert first is not None
    judging.answer(Side.LEFT)
    judging.skip()

    assert judging.take_back() == first.row
    assert judging.question == first
    assert not judging.answers
    assert not judging.can_take_back
    assert judging.verdict().decided == 0


def test_known_images_count_from_the_start_and_are_not_asked_about() -> None:
    judging = Judging(A, B, {0: 0, 2: 1, 3: 0, 4: NEITHER}, seed=3, left_out=[5])

    verdict = judging.verdict()

    assert (verdict.a, verdict.b, verdict.neither) == (1, 1, 1)  # row 0 does not differ
    rows = set()
    while (question := judging.question) is not None:
        rows.add(question.row)
        judging.answer(Side.LEFT)
    assert rows == {6, 7}


def test_without_a_difference_there_is_nothing_to_ask() -> None:
    judging = Judging(A, A, {}, seed=3)

    assert judging.question is None
    assert not judging.upcoming
    assert judging.verdict().outcome is Outcome.ALL_JUDGED


def test_the_next_pictures_are_known_ahead() -> None:
    judging = Judging(A, B, {}, seed=3)
    ahead = judging.upcoming

    for row in ahead:
        judging.answer(Side.LEFT)
        question = judging.question
        assert question is not None
        assert question.row == row


@pytest.mark.parametrize(("share", "counts"), [(0.9, True), (0.5, True), (0.1, False), (0.0, False)])
def test_corrections_count_only_if_pictures_were_reviewed_and_not_only_mistakes_corrected(
    share: float, counts: bool
) -> None:
    truth = np.zeros(20, np.int32)
    a = np.where(np.arange(20) < 20 * share, 0, 1)

    assert may_count(a, truth) is counts


def test_corrections_of_mistakes_alone_would_make_an_equal_wording_seem_better() -> None:
    """Both wordings are right in 80 %. Only pictures on which A is wrong were corrected."""
    generator = np.random.default_rng(0)
    truth = np.zeros(400, np.int32)
    a, b = (np.where(generator.random(400) < 0.8, 0, 1).astype(np.int32) for _ in range(2))
    mistakes = np.flatnonzero(a != truth)

    counted = Judging(a, b, {int(row): 0 for row in mistakes}, seed=0)

    assert counted.verdict().outcome is Outcome.B_BETTER
    assert not may_count(a[mistakes], truth[mistakes])


def test_no_corrections_count_for_nothing() -> None:
    nothing = np.zeros(0, np.int32)

    assert not may_count(nothing, nothing)
