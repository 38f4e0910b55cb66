from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipdesk.core.errors import LabelError
from clipdesk.core.labels.label_set import Label
from clipdesk.core.labels.typed_labels import parse_typed_labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dog, cat, red car", (Label("dog"), Label("cat"), Label("red car"))),
        ("dog,cat,", (Label("dog"), Label("cat"))),
        ("dog, , Dog", (Label("dog"),)),
        ("개、고양이，새", (Label("개"), Label("고양이"), Label("새"))),
        ("name=prompt, with comma|other", (Label("name", ("prompt, with comma", "other")),)),
        ("dog, cat=a kitten, asleep", (Label("dog"), Label("cat", ("a kitten, asleep",)))),
        ("dog=a puppy, a hound, cat=a kitten", (Label("dog", ("a puppy, a hound",)), Label("cat", ("a kitten",)))),
        ("dog, cat\nowl", (Label("dog"), Label("cat"), Label("owl"))),
        (" , ", ()),
    ],
)
def test_commas_separate_typed_labels_but_stay_in_prompts(text: str, expected: tuple[Label, ...]) -> None:
    labels = parse_typed_labels(text)

    assert labels == expected


@pytest.mark.parametrize("text", ["dog, =a puppy", "=a puppy, dog=a hound"])
def test_a_typed_label_without_a_name_is_refused(text: str) -> None:
    with pytest.raises(LabelError, match="no name"):
        parse_typed_labels(text)


@given(st.lists(st.text("abc 개é", min_size=1).map(str.strip).filter(bool), unique=True))
def test_any_names_can_be_typed_with_commas(names: list[str]) -> None:
    labels = parse_typed_labels(", ".join(names))

    assert [label.name for label in labels] == [" ".join(name.split()) for name in dict.fromkeys(names)]
