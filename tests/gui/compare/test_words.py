from __future__ import annotations

import math

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from clipdesk.core.compare.evidence import judge
from clipdesk.core.compare.wordings import Agreement, compare
from clipdesk.core.desk.comparison import Wording
from clipdesk.core.labels.label_set import TEMPLATE_PRESETS
from clipdesk.gui.compare.words import (
    agreement_text,
    earlier_text,
    hint_text,
    progress_text,
    prompts_text,
    rank_text,
    side_name,
    templates_text,
    verdict_text,
)

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("a", "b", "neither", "left", "text"),
    [
        (0, 0, 0, 50, ""),
        (1, 11, 0, 50, "B is right in 11 of 12. That is very unlikely to be chance."),
        (8, 0, 3, 50, "A is right in 8 of 8. That is very unlikely to be chance."),
        (1, 9, 0, 50, "No difference yet; about 4 more answers would tell."),
        (0, 7, 0, 50, "No difference yet; about 1 more answer would tell."),
        (1, 9, 0, 3, "No difference yet."),  # more answers than there are pictures
        (3, 3, 0, 50, "No difference yet."),
        (0, 0, 2, 50, "No difference yet: neither was right so far."),
        (29, 31, 5, 50, "No clear difference: A is right in 29 and B in 31 of 60."),
        (1, 3, 2, 0, "All judged: A is right in 1, B in 3, neither in 2."),
    ],
)
def test_the_verdict_in_words(a: int, b: int, neither: int, left: int, text: str) -> None:
    assert verdict_text(judge(a, b, neither, a + b + neither + left), "A", "B", left) == text


def agreement(a: list[int], b: list[int]) -> Agreement:
    return compare(np.array(a, np.int32), np.array(b, np.int32), 3)


def test_the_agreement_in_words_never_says_100_percent_beside_a_difference() -> None:
    assert agreement_text(agreement([0] * 900, [0] * 900)) == "Both label all 900 pictures alike."
    assert agreement_text(agreement([0] * 900, [0] * 899 + [1])) == "99 % the same · 1 of 900 pictures differ"
    assert agreement_text(agreement([-1], [0])) == "No pictures are scored yet."


def test_the_hint_is_called_a_hint_and_says_nothing_where_there_is_nothing_to_say() -> None:
    assert hint_text(0.2, 0.3, "A", "C") == "Hint: C sorts the pictures into clearer groups. Judge some to be sure."
    assert hint_text(0.3, 0.2, "A", "C").startswith("Hint: A sorts")
    assert hint_text(0.3, 0.3005, "A", "C").startswith("Hint: both sort")
    assert hint_text(math.nan, 0.3, "A", "C") == hint_text(0.0, 0.0, "A", "C") == ""


def test_a_ranking_says_which_wordings_cannot_be_told_apart() -> None:
    assert rank_text([["A", "B", "C"]]) == "A, B and C cannot be told apart on these pictures."
    assert rank_text([["B"], ["A"]]) == "Best: B; then A."
    assert rank_text([["B", "C"], ["A"], ["D", "E"]]) == (
        "Best: B and C; then A; then D and E. B and C cannot be told apart. D and E cannot be told apart."
    )
    assert rank_text([["A"]]) == ""


def test_names_of_wordings_and_of_ready_templates() -> None:
    assert [side_name(place) for place in (0, 1, 25, 26)] == ["A", "B", "Z", "A2"]
    assert templates_text(("{}",)) == "As typed"
    assert templates_text(TEMPLATE_PRESETS["Photo"]) == "Photo"
    assert templates_text(("my {}", "your {}")) == "my {} · your {}"
    assert prompts_text(Wording(), "dog") == "dog"
    assert prompts_text(Wording(("a puppy", "a hound")), "dog") == "a puppy · a hound"


def test_counts_have_a_singular(qtbot: QtBot) -> None:
    assert progress_text(1, 1) == "1 answer · 1 picture left"
    assert progress_text(12, 0) == "12 answers · 0 pictures left"
    assert earlier_text(1) == "Count the picture I labelled before"
    assert earlier_text(3) == "Count the 3 pictures I labelled before"
