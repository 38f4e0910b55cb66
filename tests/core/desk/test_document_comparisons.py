from __future__ import annotations

import os
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from clipdesk.core.desk.comparison import MAX_KEPT, Answer, Comparison, Wording, with_comparison
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.errors import DamagedDocumentError
from clipdesk.core.labels.label_set import NO_LABEL, Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile

LABELS = LabelSet((Label("강아지"), Label("cat")))
A, B = Wording(), Wording(("a puppy", "어린 개"), ("a photo of a {}", "{}"))
MODEL = Wording(encoder="ab" * 16, model="photo-clip")
ODD_NAME = os.fsdecode(b"not utf-8 \xff.jpg") if sys.platform == "linux" else "odd.jpg"


def comparison(*wordings: Wording) -> Comparison:
    answers = (
        Answer(B, Path("/pictures") / ODD_NAME, LABELS.ids[0]),
        Answer(B, Path("/pictures/b.jpg"), NO_LABEL),
        Answer(MODEL, Path("/pictures/b.jpg"), LABELS.ids[1]),
    )
    return Comparison(LABELS.ids[0], wordings, answers)


def written(path: Path, *states: DeskState) -> Path:
    document = DeskDocument(path)
    for state in states:
        document.save(state)
    document.close()
    return path


def read(path: Path) -> DeskState:
    document = DeskDocument(path)
    try:
        return document.load()
    finally:
        document.close()


def test_comparisons_come_back_with_their_answers(tmp_path: Path) -> None:
    kept = (comparison(A, B, MODEL), Comparison(LABELS.ids[1], (A, B)))

    found = read(written(tmp_path / "a.clipdesk", DeskState(LABELS, comparisons=kept)))

    assert found.comparisons == kept
    assert found.comparisons[0].answers_against(B) == {
        Path("/pictures") / ODD_NAME: LABELS.ids[0],
        Path("/pictures/b.jpg"): NO_LABEL,
    }


def test_answers_to_a_wording_that_is_not_compared_any_more_are_kept(tmp_path: Path) -> None:
    kept = comparison(A, MODEL)

    assert read(written(tmp_path / "a.clipdesk", DeskState(LABELS, comparisons=(kept,)))).comparisons == (kept,)


def test_changed_new_and_deleted_comparisons_are_written(tmp_path: Path) -> None:
    first, second, third = comparison(A, B), comparison(A, MODEL), Comparison(LABELS.ids[1], (A, B))
    changed = first.without_answer(B, Path("/pictures/b.jpg"))

    path = written(
        tmp_path / "a.clipdesk",
        DeskState(LABELS, comparisons=(first, second)),
        DeskState(LABELS, comparisons=(third, changed)),
    )

    assert read(path).comparisons == (third, changed)


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE wordings SET content = '{}'",
        "UPDATE wordings SET content = 'not JSON'",
        "UPDATE judgements SET wording = 9",
        "UPDATE judgements SET path = ''",
    ],
)
def test_a_damaged_comparison_is_reported_as_damage(tmp_path: Path, fault: str) -> None:
    path = written(tmp_path / "a.clipdesk", DeskState(LABELS, comparisons=(comparison(A, B),)))
    connection = sqlite3.connect(path)
    connection.execute(fault)
    connection.commit()
    connection.close()

    with pytest.raises(DamagedDocumentError):
        read(path)


def test_a_new_answer_takes_the_place_of_an_earlier_one() -> None:
    path = Path("/pictures/b.jpg")

    again = comparison(A, B).with_answer(Answer(B, path, LABELS.ids[1]))

    assert again.answers_against(B)[path] == LABELS.ids[1]
    assert len(again.answers) == 3
    assert again.answers[-1] == Answer(B, path, LABELS.ids[1])


def test_only_the_latest_comparisons_are_kept() -> None:
    kept: tuple[Comparison, ...] = ()
    for _ in range(MAX_KEPT + 2):
        kept = with_comparison(kept, Comparison(1, (A, B)))
    changed = replace(kept[0], label=2)

    kept = with_comparison(kept, changed)

    assert len(kept) == MAX_KEPT
    assert kept[-1] == changed
    assert [one.id for one in kept].count(changed.id) == 1


def test_answers_follow_images_that_are_moved() -> None:
    desk, old, new = Desk(), Path("/pictures/b.jpg"), Path("/sorted/b.jpg")
    desk.add_images([ImageFile(old, 1, 1)])
    desk.comparisons = (comparison(A, B),)

    desk.move_images({old: ImageFile(new, 1, 1)})

    assert desk.comparisons[0].answers_against(B)[new] == NO_LABEL
    assert old not in desk.comparisons[0].answers_against(B)


def test_a_wording_replaces_the_prompts_of_its_label_and_the_templates() -> None:
    label_set = B.label_set(LABELS, LABELS.ids[0])

    assert label_set.ids == LABELS.ids
    assert [label.prompts for label in label_set.labels] == [B.prompts, ()]
    assert label_set.templates == B.templates
