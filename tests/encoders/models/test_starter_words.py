from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clipdesk.encoders.models import starter_words


@pytest.fixture
def taught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / starter_words.WORDS_NAME).write_text("a\nphoto\nof\nred\ncar\ncafé\n", encoding="utf-8")
    monkeypatch.setattr(starter_words, "starter_folder", lambda: tmp_path)
    starter_words._known_words.cache_clear()
    yield
    starter_words._known_words.cache_clear()


@pytest.mark.usefixtures("taught")
def test_only_the_words_that_were_not_taught_are_named() -> None:
    texts = ["a photo of a red car", "A giraffe, 2 giraffes!", "강아지", "CAFE\u0301"]

    assert starter_words.unknown_words(texts) == ("giraffe", "giraffes", "강아지")


def test_without_the_list_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter_words, "starter_folder", lambda: tmp_path)
    starter_words._known_words.cache_clear()

    assert starter_words.unknown_words(["giraffe"]) == ()

    starter_words._known_words.cache_clear()
