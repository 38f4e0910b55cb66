from __future__ import annotations

import math
import statistics

import numpy as np
import pytest

from clipdesk.core.compare.evidence import (
    ENOUGH,
    MOST_ANSWERS,
    Outcome,
    answers_needed,
    count_known,
    draw_questions,
    evidence,
    judge,
)


def test_evidence_is_one_without_answers_and_symmetric() -> None:
    assert evidence(0, 0) == 1
    assert evidence(3, 9) == pytest.approx(evidence(9, 3))
    # 2^12 · B(2, 12) = 4096 / 156
    assert evidence(1, 11) == pytest.approx(4096 / 156)


@pytest.mark.parametrize(("wins", "of"), [(8, 8), (11, 12), (17, 20), (24, 30), (42, 60)])
def test_the_least_wins_that_tell(wins: int, of: int) -> None:
    assert judge(of - wins, wins).outcome is Outcome.B_BETTER
    assert judge(wins, of - wins).outcome is Outcome.A_BETTER
    assert evidence(of - wins + 1, wins - 1) < ENOUGH


def test_the_mean_evidence_is_one_if_both_are_equal() -> None:
    n = 14
    chances = [math.comb(n, b) / 2**n for b in range(n + 1)]

    assert sum(chance * evidence(n - b, b) for b, chance in enumerate(chances)) == pytest.approx(1)


def test_after_60_answers_without_a_verdict_there_is_no_clear_difference() -> None:
    assert judge(29, 30).outcome is Outcome.OPEN
    assert judge(30, 30, neither=7).outcome is Outcome.NO_CLEAR_DIFFERENCE


def test_neither_says_nothing() -> None:
    assert judge(2, 3, neither=50).evidence == judge(2, 3).evidence
    assert judge(2, 3, neither=50).outcome is Outcome.OPEN


def test_if_all_differing_images_were_judged_the_counts_are_facts() -> None:
    assert judge(1, 3, neither=2, differing=6).outcome is Outcome.ALL_JUDGED
    assert judge(1, 3, neither=2, differing=7).outcome is Outcome.OPEN
    assert judge(0, 8, differing=8).outcome is Outcome.B_BETTER


def test_about_how_many_more_answers_would_tell() -> None:
    assert judge(0, 7).more == 1
    assert answers_needed(1, 9) == 4
    assert answers_needed(0, 0) is None
    assert answers_needed(20, 20) is None
    assert judge(0, 8).more is None


def test_questions_are_all_differing_images_in_a_random_order_with_hidden_sides() -> None:
    differing = np.arange(100, 600)

    questions, again = draw_questions(differing, 7), draw_questions(differing, 7)

    assert sorted(questions.rows) == differing.tolist()
    assert questions.rows.tolist() == again.rows.tolist()
    assert questions.b_first.tolist() == again.b_first.tolist()
    assert questions.rows.tolist() != draw_questions(differing, 8).rows.tolist()
    assert 200 < questions.b_first.sum() < 300
    assert abs(np.corrcoef(questions.rows, np.arange(500))[0, 1]) < 0.15


def test_images_judged_before_count_for_the_side_that_was_right() -> None:
    a, b = np.array([0, 0, 1, 2, 2]), np.array([0, 1, 0, 1, 0])

    assert count_known(a, b, np.array([0, 1, 1, 0, -1])) == (1, 1, 2)


#: The evidence after b answers for B and a for A, as [a, b].
EVIDENCE = [[evidence(a, b) for b in range(MOST_ANSWERS + 1)] for a in range(MOST_ANSWERS + 1)]


def simulate(share: float, seed: int) -> tuple[Outcome, int]:
    generator, a, b = np.random.default_rng(seed), 0, 0
    while EVIDENCE[a][b] < ENOUGH and a + b < MOST_ANSWERS:
        is_b = bool(generator.random() < share)
        a, b = a + (not is_b), b + is_b
    return judge(a, b).outcome, a + b


def test_looking_after_every_answer_claims_a_difference_falsely_in_at_most_5_percent() -> None:
    outcomes = [simulate(0.5, seed)[0] for seed in range(2_000)]

    assert sum(outcome is not Outcome.NO_CLEAR_DIFFERENCE for outcome in outcomes) <= 100


@pytest.mark.parametrize(("share", "low", "high"), [(0.9, 10, 14), (0.8, 17, 27)])
def test_a_real_difference_takes_a_few_answers(share: float, low: int, high: int) -> None:
    found = [simulate(share, seed) for seed in range(300)]

    assert low <= statistics.median(answers for _, answers in found) <= high
    assert sum(outcome is Outcome.B_BETTER for outcome, _ in found) > 270
    assert not any(outcome is Outcome.A_BETTER for outcome, _ in found)
