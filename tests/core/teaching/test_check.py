from __future__ import annotations

import numpy as np
import pytest

from clipdesk.core.teaching.check import CheckResult, draw_questions, judge, probability_better


@pytest.mark.parametrize(("new", "of"), [(4, 4), (5, 6), (6, 8), (8, 10), (11, 15), (13, 20)])
def test_the_least_answers_that_approve(new: int, of: int) -> None:
    assert judge(new, of - new, 20 - of) is CheckResult.USE
    assert judge(new - 1, of - new + 1, 20 - of) is CheckResult.KEEP_WORDS


def test_the_probability_is_one_half_without_answers() -> None:
    assert probability_better(0, 0) == pytest.approx(0.5)
    # Beta(5, 1): 1 − ½⁵
    assert probability_better(4, 0) == pytest.approx(31 / 32)


def test_three_answers_prove_nothing() -> None:
    assert judge(3, 0, 17) is CheckResult.KEEP_WORDS


def test_it_is_open_until_no_answer_can_change_the_result() -> None:
    assert judge(0, 0, 0) is CheckResult.OPEN
    assert judge(9, 0, 0) is CheckResult.OPEN
    assert judge(13, 0, 0) is CheckResult.USE
    assert judge(0, 8, 0) is CheckResult.KEEP_WORDS


def test_questions_are_changed_images_that_nobody_reviewed() -> None:
    before, after = np.zeros(100, int), np.zeros(100, int)
    after[40:] = 1
    before[99] = -1
    is_reviewed = np.zeros(100, bool)
    is_reviewed[40:50] = True

    questions = draw_questions(before, after, is_reviewed, 5)

    assert len(set(questions.rows)) == 20
    assert set(questions.rows) <= set(range(50, 99))
    assert 0 < questions.new_first.sum() < 20
    assert questions.rows.tolist() == draw_questions(before, after, is_reviewed, 5).rows.tolist()


def test_few_changes_are_all_asked_about() -> None:
    before, after = np.zeros(5, int), np.array([0, 1, 1, 0, 0])

    assert sorted(draw_questions(before, after, np.zeros(5, bool), 0).rows) == [1, 2]
    assert judge(2, 0, 0, questions=2) is CheckResult.KEEP_WORDS
