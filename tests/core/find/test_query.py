"""What is typed into the search field, as terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from clipdesk.core.find.query import Term, parse_query, query_text, term_prompts
from clipdesk.core.labels.prompts import ImagePrompt, TextPrompt


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("beach at sunset", [("beach at sunset", 1)]),
        ("beach, dog", [("beach", 1), ("dog", 1)]),
        ("beach -red car", [("beach", 1), ("red car", -1)]),
        ("beach +dog, ++ball --people", [("beach", 1), ("dog", 2), ("ball", 3), ("people", -2)]),
        ("x-ray of a T-shirt", [("x-ray of a T-shirt", 1)]),
        ("Berlin – Paris", [("Berlin – Paris", 1)]),
        ("beach −people", [("beach", 1), ("people", -1)]),  # the minus sign of typography
        ('"rock, paper" -"-5 degrees"', [("rock, paper", 1), ("-5 degrees", -1)]),
        ("“big dog” on grass", [("big dog on grass", 1)]),
        ("chat，chien、\noiseau;", [("chat", 1), ("chien", 1), ("oiseau", 1)]),
        ('"never closed', [("never closed", 1)]),
        (" , -  ++ ", []),
        ("", []),
    ],
)
def test_terms_of_a_text(text: str, terms: list[tuple[str, float]]) -> None:
    assert [(term.text, term.weight) for term in parse_query(text)] == terms


@pytest.mark.parametrize("text", ["beach, +dog -red car", '"a, b", -"-c" "d e"', "x-ray", "Berlin – Paris"])
def test_terms_written_as_text_are_read_back(text: str) -> None:
    terms = parse_query(text)

    assert parse_query(query_text(terms)) == terms


def test_a_picture_is_a_term_and_a_text_goes_into_every_template() -> None:
    terms = (Term("dog"), Term(image=Path("/a/cat.jpg"), weight=-1))

    prompts = term_prompts(terms, ("{}", "a photo of a {}"))

    assert prompts == [[TextPrompt("dog"), TextPrompt("a photo of a dog")], [ImagePrompt(Path("/a/cat.jpg"))]]
    assert [term.name for term in terms] == ["dog", "cat.jpg"]
    assert [term.is_excluded for term in terms] == [False, True]
