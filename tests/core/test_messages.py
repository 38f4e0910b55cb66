from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from clipdesk.core import errors
from clipdesk.core.errors import ClipDeskError, ImageError, LabelError
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.messages import (
    Message,
    counted,
    decimal,
    from_json,
    joined,
    listed,
    message,
    sentences,
    to_json,
)

_REASON = message("core", "the disk is full")
_FULL = message("core", "“{path}” could not be written: {reason}.").of(path=Path("scores.csv"), reason=_REASON)


def test_a_message_is_its_english_text() -> None:
    assert _FULL == "“scores.csv” could not be written: the disk is full."
    assert {_FULL: 1}["“scores.csv” could not be written: the disk is full."] == 1
    assert f"{_FULL}" == _FULL and "%s" % _FULL == _FULL  # noqa: UP031 - as logging does it


def test_a_message_keeps_its_template_and_values() -> None:
    assert (_FULL.context, _FULL.template) == ("core", "“{path}” could not be written: {reason}.")
    assert _FULL.values == {"path": Path("scores.csv"), "reason": _REASON}
    assert isinstance(str(_FULL), Message)


@pytest.mark.parametrize("clone", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
@pytest.mark.parametrize(
    "text", [_FULL, counted("core", "{count} files", "1 file", 1).of(count=1), sentences(_FULL, "Try again.")]
)
def test_a_copied_or_pickled_message_is_still_one(clone: object, text: Message) -> None:
    again = clone(text)  # type: ignore[operator]

    assert isinstance(again, Message) and again == text
    assert (again.context, again.template, again.one, again.values) == (
        text.context,
        text.template,
        text.one,
        text.values,
    )


def _all_errors(kind: type[ClipDeskError]) -> list[type[ClipDeskError]]:
    return [kind, *(one for direct in kind.__subclasses__() for one in _all_errors(direct))]


@pytest.mark.parametrize("kind", _all_errors(errors.ClipDeskError), ids=lambda kind: kind.__name__)
def test_an_exception_returns_its_message_also_after_pickling(kind: type[ClipDeskError]) -> None:
    error = kind(Path("a.jpg"), _REASON) if issubclass(kind, ImageError) else kind(_FULL)

    for one in (error, pickle.loads(pickle.dumps(error)), copy.copy(error)):
        text = str(one)
        assert isinstance(text, Message) and type(one) is kind
        assert text.values["reason"] == _REASON and isinstance(text.values["reason"], Message)


def test_an_error_of_core_can_be_worded_in_another_language() -> None:
    with pytest.raises(LabelError) as caught:
        LabelSet((Label("Dog"), Label("dog")))

    text = str(caught.value)
    assert text == "There is already a label “Dog”. Choose another name."
    assert isinstance(text, Message) and text.values == {"name": "Dog"}


def test_numbers_are_written_as_in_english() -> None:
    text = message("core", "{free} of {size} MB on port {port}").of(free=1234, size=decimal(98765.43, 1), port="9001")

    assert text == "1,234 of 98,765.4 MB on port 9001"


@pytest.mark.parametrize(("count", "words"), [(0, "0 files"), (1, "1 file"), (1200, "1,200 files")])
def test_counts_have_a_singular_and_a_plural(count: int, words: str) -> None:
    text = counted("core", "{count} files in {folder}", "1 file in {folder}", 1)

    assert text.of(count=count, folder="photos") == f"{words} in photos"


def test_braces_in_values_and_doubled_ones_in_templates_stay() -> None:
    text = message("core", "“{template}” must contain {{}} once.").of(template="a {} of {}")

    assert text == "“a {} of {}” must contain {} once."


def test_a_placeholder_without_a_value_does_not_hide_the_error() -> None:
    assert message("core", "{path} is {what}").of(path="a.jpg") == "a.jpg is {what}"


def test_sentences_and_lists_keep_their_parts() -> None:
    assert sentences("", _FULL, "", "Try again.") == f"{_FULL} Try again."
    assert list(sentences(_FULL, "Try again.").values.values()) == [_FULL, "Try again."]
    assert joined(" {} ", ["a", "b"]) == "a {} b"
    assert [listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    "text",
    [
        _FULL.of(path="a.csv"),
        sentences(_FULL.of(path="\udcff.csv"), "Try again."),
        counted("core", "{count} files", "1 file", 1).of(count=2),
        message("core", "{size} MB").of(size=decimal(1.25, 1)),
    ],
)
def test_a_message_that_was_written_is_read_back(text: Message) -> None:
    stored = to_json(text)

    again = from_json(stored)
    assert stored.isascii()
    assert isinstance(again, Message) and again == text
    assert (again.template, again.one, again.values) == (text.template, text.one, text.values)


@pytest.mark.parametrize(
    "text", ["", "it was changed", "[draft] a.jpg", '["core", "x"]', "[1.5]", '["a", "b", "c", [1]]']
)
def test_other_texts_are_read_as_they_are(text: str) -> None:
    assert from_json(text) == text
    assert type(from_json(text)) is str
