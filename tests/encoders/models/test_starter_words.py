"""Which words of a text the starter model was not taught."""

from __future__ import annotations

from pathlib import Path

from clipdesk.encoders.models.starter_words import WORDS_NAME, unknown_words


def test_only_the_words_that_were_not_taught_are_named(tmp_path: Path) -> None:
    words_path = tmp_path / WORDS_NAME
    words_path.write_text("a\nphoto\nof\nred\ncar\ncafé\n", encoding="utf-8")
    texts = ["a photo of a red car", "A giraffe, 2 giraffes!", "강아지", "CAFE\u0301"]

    assert unknown_words(texts, words_path) == ("giraffe", "giraffes", "강아지")


def test_without_the_list_nothing_is_said(tmp_path: Path) -> None:
    assert unknown_words(["giraffe"], tmp_path / WORDS_NAME) == ()
