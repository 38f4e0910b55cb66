from __future__ import annotations

import logging
import sqlite3

import pytest

from clipdesk.core.errors import ExportError
from clipdesk.gui.session.problem import problem_of


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "The reason: the disk is full."),
        (sqlite3.OperationalError("database is locked"), "could not be read as expected"),
        (MemoryError(), "There is not enough memory."),
        (RuntimeError("Expected all tensors to be on the same device"), "Try again."),
    ],
)
def test_the_words_of_libraries_are_only_in_the_details(
    error: Exception, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        problem = problem_of(error, "That did not work.")

    assert problem.message.startswith("That did not work. ")
    assert words in problem.message
    assert type(error).__name__ not in problem.message
    assert str(error) not in problem.message or not str(error)
    assert type(error).__name__ in problem.details and str(error) in problem.details


def test_the_cause_of_one_of_our_errors_is_in_the_details() -> None:
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as error:
            raise ExportError("“scores.csv” could not be written: the disk is full.") from error
    except ExportError as error:
        problem = problem_of(error, "unexpected")

    assert problem.message == "“scores.csv” could not be written: the disk is full."
    assert "No space left on device" in problem.details
