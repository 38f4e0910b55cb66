"""Marks of images that were drawn by the review queue: on the desk, through undo, moves and documents."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.desk.review_marks import ReviewMarks
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.errors import DamagedDocumentError
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, UNSURE_ID, Label, LabelSet
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile

LABELS = LabelSet((Label("x"), Label("y"), Label("z")))
X, Y, Z = LABELS.ids


def desk_of(count: int) -> Desk:
    """A desk where the embedding of image n is axis n % 3, scored against the three axes."""
    desk = Desk()
    desk.set_label_set(LABELS)
    desk.add_images(ImageFile(Path(f"/pictures/{number}"), 1, 1) for number in range(count))
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), 3, ScoreRule(10.0))
    axes = np.eye(3, dtype=np.float32)
    desk.put([EmbeddedImage(row, Path(), axes[row % 3]) for row in range(count)])
    desk.set_labels(LABELS.labels, axes)
    return desk


def begin_round(desk: Desk, rows: list[int]) -> None:
    """Begin a round in which these rows come in this order, each half as large as its key times four."""
    keys = np.arange(1, len(rows) + 1, dtype=np.float32)
    desk.begin_round(np.array(rows), keys, np.full(len(rows), 0.25), desk.decisions.label_id[rows])


# --- answers


def test_a_mark_of_unsure_keeps_the_label_as_a_guess() -> None:
    desk = desk_of(2)

    desk.correct([0], UNSURE_ID)

    decisions = desk.decisions
    assert (decisions.label_id[0], decisions.source[0]) == (X, Source.AUTO)
    assert decisions.status.tolist() == [Status.UNSURE, Status.OK]
    assert desk.is_judged.tolist() == [True, False]


def test_a_mark_of_unsure_waits_until_there_is_a_label() -> None:
    desk = desk_of(0)
    desk.add_images([ImageFile(Path("/pictures/new"), 1, 1)])

    desk.correct([0], UNSURE_ID)

    assert desk.decisions.status.tolist() == [Status.WAITING]
    assert desk.decisions.column.tolist() == [-1]


def test_confirming_gives_each_image_its_own_label_in_one_step() -> None:
    desk = desk_of(4)
    desk.add_images([ImageFile(Path("/pictures/new"), 1, 1)])
    desk.correct([1], Z)
    desk.correct([2], UNSURE_ID)

    change = desk.confirm(range(5))

    assert desk.decisions.label_id.tolist() == [X, Z, Z, X, NO_LABEL]
    assert (desk.decisions.source[:4] == Source.USER).all()
    assert change.rows.tolist() == [0, 2, 3]
    desk.revert(change)
    assert desk.decisions.source.tolist() == [Source.AUTO, Source.USER, Source.AUTO, Source.AUTO, Source.NOBODY]
    assert desk.decisions.status[2] == Status.UNSURE


# --- how probable it was to be drawn


def test_images_that_are_corrected_by_hand_were_not_drawn() -> None:
    desk = desk_of(3)

    desk.correct([0, 1], Y)

    assert desk.reviewed.tolist() == [0, 0, 0]


def test_the_next_key_gives_the_probability() -> None:
    desk = desk_of(4)
    begin_round(desk, [3, 0, 2, 1])

    desk.confirm([3], in_queue=True)
    assert desk.reviewed.tolist() == [0, 0, 0, 2 * 0.25]
    desk.correct([0], Y, in_queue=True)
    assert desk.reviewed.tolist() == [3 * 0.25, 0, 0, 3 * 0.25]
    for row in (2, 1):
        desk.confirm([row], in_queue=True)
    assert desk.reviewed.tolist() == [1, 1, 1, 1]


def test_an_image_corrected_before_its_turn_leaves_the_round() -> None:
    desk = desk_of(4)
    begin_round(desk, [3, 0, 2, 1])
    desk.confirm([3], in_queue=True)

    change = desk.correct([0], Y)

    assert desk.reviewed.tolist() == [0, 0, 0, 3 * 0.25]
    desk.revert(change)
    assert desk.reviewed.tolist() == [0, 0, 0, 2 * 0.25]


def test_another_answer_keeps_the_mark_and_automatic_removes_it() -> None:
    desk = desk_of(3)
    begin_round(desk, [0, 1, 2])
    desk.confirm([0], in_queue=True)

    desk.correct([0], NO_LABEL_FITS_ID)
    assert desk.reviewed[0] > 0
    removal = desk.correct([0], NO_LABEL)
    assert desk.reviewed[0] == 0
    desk.revert(removal)
    assert desk.reviewed[0] > 0


def test_undo_and_redo_restore_the_mark() -> None:
    desk = desk_of(3)
    begin_round(desk, [0, 1, 2])
    done = desk.confirm([0], in_queue=True)

    undone = desk.revert(done)
    assert desk.reviewed.tolist() == [0, 0, 0]
    desk.correct([0], Y)
    assert desk.reviewed.tolist() == [0, 0, 0]
    desk.correct([0], NO_LABEL)
    desk.revert(undone)

    assert desk.reviewed.tolist() == [0.5, 0, 0]


def test_the_next_round_keeps_the_probabilities_of_the_last() -> None:
    desk = desk_of(4)
    begin_round(desk, [0, 1, 2, 3])
    desk.confirm([0], in_queue=True)

    begin_round(desk, [2, 1, 3])
    desk.confirm([2], in_queue=True)

    assert desk.reviewed.tolist() == [0.5, 0, 0.5, 0]


def test_marks_follow_images_that_are_removed_and_restored() -> None:
    desk = desk_of(4)
    begin_round(desk, [1, 0, 2, 3])
    desk.confirm([1], in_queue=True)

    removed = desk.remove_images([0])
    assert desk.reviewed.tolist() == [3 * 0.25, 0, 0]
    desk.revert(removed)

    assert desk.reviewed.tolist() == [0, 0.5, 0, 0]


def test_marks_follow_files_that_are_moved_and_renamed() -> None:
    desk = desk_of(3)
    begin_round(desk, [1, 0, 2])
    desk.confirm([1], in_queue=True)

    desk.move_images({Path("/pictures/1"): ImageFile(Path("/sorted/dog/one.jpg"), 1, 2)})

    row = desk.row_of(Path("/sorted/dog/one.jpg"))
    assert row == 1
    assert desk.reviewed.tolist() == [0, 0.5, 0]
    assert desk.decisions.source[row] == Source.USER


# --- documents


def state_of(desk: Desk) -> DeskState:
    return DeskState(desk.label_set, 0.5, desk.images.copy(), *desk.corrections, reviews=desk.review_marks)


def loaded(path: Path, *, read_only: bool = False) -> DeskState:
    document = DeskDocument(path, read_only=read_only)
    try:
        return document.load()
    finally:
        document.close()


def opened(state: DeskState, *already: ImageFile) -> Desk:
    desk = desk_of(0)
    desk.add_images(already)
    desk.open_images(state.images, state.corrected_rows, state.corrected_ids, state.reviews)
    return desk


def test_a_round_goes_on_after_each_save(tmp_path: Path) -> None:
    desk, path = desk_of(5), tmp_path / "a.clipdesk"
    begin_round(desk, [3, 0, 2, 1])
    document = DeskDocument(path)
    for row, label in ((3, X), (0, UNSURE_ID)):
        document.save(state_of(desk))
        desk.correct([row], label, in_queue=True)
    document.save(state_of(desk))
    desk.remove_images([4])
    document.save(state_of(desk))
    document.close()

    found = opened(loaded(path))

    for column, expected in zip(found.review_marks.columns(), desk.review_marks.columns(), strict=True):
        assert column.tolist() == expected.tolist()
    assert found.corrections[1].tolist() == [UNSURE_ID, X]
    assert found.reviewed.tolist() == desk.reviewed.tolist() == [0.75, 0, 0, 0.75]


def test_marks_find_their_images_among_others(tmp_path: Path) -> None:
    desk, path = desk_of(3), tmp_path / "a.clipdesk"
    begin_round(desk, [2, 0, 1])
    desk.confirm([2], in_queue=True)
    document = DeskDocument(path)
    document.save(state_of(desk))
    document.close()

    found = opened(loaded(path), ImageFile(Path("/elsewhere/a"), 1, 1), ImageFile(Path("/pictures/2"), 1, 1))

    assert found.reviewed.tolist() == [0, 0.5, 0, 0]


@pytest.mark.parametrize(
    "damage",
    ["row = 99", "row = -4", "share = 2", "key = -1", "size = 0", "share = 1e400", "key = 'x'", "proposed = 'x'"],
)
def test_damaged_marks_are_refused(tmp_path: Path, damage: str) -> None:
    desk, path = desk_of(3), tmp_path / "a.clipdesk"
    begin_round(desk, [1])
    document = DeskDocument(path)
    document.save(replace(state_of(desk)))
    document.close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE reviews SET {damage}")
    connection.close()

    with pytest.raises(DamagedDocumentError):
        loaded(path)


def test_only_changed_marks_are_written_again() -> None:
    rows, ones = np.arange(4), np.ones(4, np.float32)
    before = ReviewMarks(rows, ones, ones, ones, np.full(4, X))
    shares = np.array([1, 0.5, 1, 1], np.float32)

    assert ReviewMarks(rows, shares, ones, ones, np.full(4, X)).places_unlike(before).tolist() == [1]
    assert before.places_unlike(before).tolist() == []
    assert before.places_unlike(before.take(np.array([0, 2]))).tolist() == [1, 3]
