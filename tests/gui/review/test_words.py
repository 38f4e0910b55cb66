from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from clipdesk.core.teaching.review import ErrorRange
from clipdesk.gui.review.words import changed_text, doubtful_text, enough_text, looked_text, wrong_text

SOME = ErrorRange(200, 170, 800, 11.8, 5.4, 20.3)
DONE = ErrorRange(40, 38, 0, 0.0, 0.0, 0.0)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def test_the_figure_is_about_all_pictures_and_its_range_is_rounded_outwards() -> None:
    assert wrong_text(SOME) == "About 12 of 1,000 wrong (5 to 21)"
    assert wrong_text(ErrorRange(1, 1, 9, 4.6, 0.2, 8.99)) == "About 5 of 10 wrong (0 to 9)"
    assert wrong_text(DONE) == "All 40 pictures looked at"
    # What was labelled in earlier rounds counts among all pictures.
    assert wrong_text(ErrorRange(20, 19, 620, 12.3, 5.2, 20.4), 360) == "About 12 of 1,000 wrong (5 to 21)"


def test_what_was_looked_at_is_counted() -> None:
    assert looked_text(SOME) == "200 pictures looked at. The automatic label was right for 170."
    assert looked_text(SOME, 3).endswith("right for 170. 3 unsure, taken as wrong.")
    assert looked_text(ErrorRange(0, 0, 5, 2.5, 0, 5)) == "No picture looked at yet."


def test_whether_it_is_enough_is_decided_by_the_last_look() -> None:
    sure = ErrorRange(180, 178, 820, 5.0, 1.0, 30.0)

    assert enough_text(SOME, sure, 0.05).startswith("That is enough: at most 5 % of the others are wrong")
    expected = "Not enough yet to say that at most 2.5 % are wrong. Next look after 220 answers."
    assert enough_text(SOME, SOME, 0.025) == expected
    assert enough_text(DONE, DONE, 0.05) == "There is nothing left to look at."
    few, none = ErrorRange(4, 4, 6, 1, 0, 3), ErrorRange(0, 0, 10, 5, 0, 10)
    assert enough_text(few, none, 0.05).endswith("Next look after 10 answers.")


def test_doubtful_first_says_that_it_estimates_nothing() -> None:
    assert doubtful_text(0, 0).endswith("but the rest is not estimated.")
    assert doubtful_text(12, 5).startswith("12 pictures looked at. The automatic label was right for 5.")


def test_what_a_round_does_not_cover_is_said() -> None:
    assert changed_text(0, 0) == ""
    assert changed_text(0, 0, 2).startswith("You labelled 2 pictures of this round before their turn")
    assert changed_text(0, 1) == "1 picture not in this round."
    assert changed_text(37, 0).startswith("37 pictures got another label since this round began.")
