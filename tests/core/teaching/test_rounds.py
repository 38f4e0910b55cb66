from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, UNSURE_ID, Label, LabelSet
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.teaching.rounds import begin_round, doubtful_first, read_round

LABELS = LabelSet((Label("x"), Label("y")))
X, Y = LABELS.ids


def desk_of(count: int, seed: int = 0) -> Desk:
    """A desk with random embeddings of two dimensions, whose labels are the two axes."""
    desk = Desk()
    desk.set_label_set(LABELS)
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), 2, ScoreRule(5.0))
    desk.set_labels(LABELS.labels, np.eye(2, dtype=np.float32))
    add(desk, count, seed)
    return desk


def add(desk: Desk, count: int, seed: int = 0) -> None:
    first = len(desk)
    desk.add_images(ImageFile(Path(f"/pictures/{number}"), 1, 1) for number in range(first, first + count))
    angles = np.random.default_rng(seed).random(count) * np.pi / 2
    vectors = np.stack([np.cos(angles), np.sin(angles)], 1).astype(np.float32)
    desk.put([EmbeddedImage(first + place, Path(), vector) for place, vector in enumerate(vectors)])


def test_without_a_round_there_is_nothing_to_read() -> None:
    assert read_round(desk_of(3)) is None
    empty = Desk()
    begin_round(empty, 0)
    assert read_round(empty) is None


def test_a_round_holds_every_image_that_nobody_has_judged() -> None:
    desk = desk_of(30)
    desk.correct([3], Y)
    desk.correct([4], UNSURE_ID)
    desk.add_images([ImageFile(Path("/pictures/waiting"), 1, 1)])

    begin_round(desk, 7)

    found = read_round(desk)
    assert found is not None
    assert sorted(found.queue.rows) == [row for row in range(30) if row not in (3, 4)]
    assert found.proposed.tolist() == desk.decisions.label_id[found.queue.rows].tolist()
    assert (found.reviewed, found.changed, found.outside) == (0, 0, 0)


def test_what_was_labelled_outside_the_round_is_settled() -> None:
    desk = desk_of(30)
    desk.correct([3, 5], Y)
    desk.correct([4], UNSURE_ID)
    begin_round(desk, 7)
    rows = read_round(desk).queue.rows  # type: ignore[union-attr]
    desk.confirm(rows[:2], in_queue=True)

    desk.correct([int(rows[9])], NO_LABEL_FITS_ID)  # before its turn

    found = read_round(desk)
    assert found is not None
    assert (len(found), found.reviewed, found.settled, found.beside) == (26, 2, 3, 1)


def test_a_renamed_picture_is_not_asked_about_under_its_old_name() -> None:
    desk = desk_of(30)
    begin_round(desk, 7)
    rows = read_round(desk).queue.rows.tolist()  # type: ignore[union-attr]
    desk.confirm(rows[:2], in_queue=True)
    gone = tuple(desk.images.path(row) for row in (rows[0], rows[2]))

    desk.update_files(Changes((), (), gone, ()), ())
    add(desk, 2)  # their new names
    desk.correct([30], X)  # as the answer follows the content

    found = read_round(desk)
    assert found is not None
    assert found.queue.rows.tolist() == [rows[0], rows[1], *rows[3:]]
    assert (len(found) + found.settled, found.outside, found.beside) == (29, 1, 0)
    begin_round(desk, 8)
    assert rows[2] not in read_round(desk).queue.rows  # type: ignore[union-attr]
    assert rows[2] not in doubtful_first(desk)


def test_answers_move_the_place_and_the_estimate() -> None:
    desk = desk_of(1_000)
    begin_round(desk, 7)
    rows = read_round(desk).queue.rows  # type: ignore[union-attr]

    desk.confirm(rows[:38], in_queue=True)
    desk.correct(rows[38:39], NO_LABEL_FITS_ID, in_queue=True)
    desk.correct(rows[39:40], UNSURE_ID, in_queue=True)

    found = read_round(desk)
    assert found is not None
    assert (found.reviewed, found.unsure, found.place_of(int(rows[40]))) == (40, 1, 40)
    estimate = found.estimate([X, Y])
    assert (estimate.total.reviewed, estimate.total.right, estimate.total.unreviewed) == (40, 38, 960)
    assert 0 < estimate.total.low < estimate.total.wrong < estimate.total.high < 300
    assert sum(part.reviewed for part in estimate.by_label.values()) == 40
    assert sum(part.unreviewed for part in estimate.by_label.values()) == 960
    assert estimate.last_look == estimate.total


def test_whether_it_is_enough_is_looked_at_every_twenty_answers() -> None:
    desk = desk_of(1_000)
    begin_round(desk, 7)
    rows = read_round(desk).queue.rows  # type: ignore[union-attr]

    desk.confirm(rows[:20], in_queue=True)
    first = read_round(desk).estimate([X]).total  # type: ignore[union-attr]
    desk.correct(rows[20:30], NO_LABEL_FITS_ID, in_queue=True)
    estimate = read_round(desk).estimate([X])  # type: ignore[union-attr]

    assert estimate.last_look == first
    assert estimate.total.wrong > first.wrong


def test_an_image_labelled_elsewhere_leaves_the_round_until_that_is_undone() -> None:
    desk = desk_of(30)
    begin_round(desk, 7)
    rows = read_round(desk).queue.rows  # type: ignore[union-attr]
    desk.confirm(rows[:2], in_queue=True)

    change = desk.correct(rows[2:3], NO_LABEL_FITS_ID)
    assert len(read_round(desk)) == 29  # type: ignore[arg-type]
    assert read_round(desk).queue.rows[2] == rows[3]  # type: ignore[union-attr]
    desk.revert(change)

    assert read_round(desk).queue.rows.tolist() == rows.tolist()  # type: ignore[union-attr]


def test_an_answer_taken_back_comes_again_and_the_later_ones_wait() -> None:
    desk = desk_of(30)
    begin_round(desk, 7)
    rows = read_round(desk).queue.rows  # type: ignore[union-attr]
    desk.confirm(rows[:5], in_queue=True)

    desk.correct(rows[2:3], NO_LABEL)
    assert read_round(desk).reviewed == 2  # type: ignore[union-attr]
    desk.confirm(rows[2:3], in_queue=True)

    assert read_round(desk).reviewed == 5  # type: ignore[union-attr]


def test_new_images_and_new_labels_are_counted() -> None:
    desk = desk_of(50)
    begin_round(desk, 7)
    rows = read_round(desk).queue.rows  # type: ignore[union-attr]
    desk.confirm(rows[:5], in_queue=True)
    add(desk, 4)

    desk.set_labels(LABELS.labels, np.eye(2, dtype=np.float32)[::-1].copy())

    found = read_round(desk)
    assert found is not None
    assert (found.changed, found.outside, len(found)) == (45, 4, 50)
    assert found.estimate([X, Y]).total.right == 5  # of the labels as they were


def test_the_next_round_begins_with_what_is_left() -> None:
    desk = desk_of(50)
    begin_round(desk, 7)
    rows = read_round(desk).queue.rows  # type: ignore[union-attr]
    desk.confirm(rows[:5], in_queue=True)

    begin_round(desk, 8)

    assert sorted(read_round(desk).queue.rows) == sorted(rows[5:])  # type: ignore[union-attr]
    assert (desk.reviewed > 0).sum() == 5


def test_once_every_image_is_reviewed_nothing_is_left() -> None:
    desk = desk_of(4)
    begin_round(desk, 7)

    desk.confirm(range(4), in_queue=True)

    found = read_round(desk)
    assert found is not None
    assert found.reviewed == len(found) == 4
    assert found.estimate([X, Y]).last_look.is_enough(0.0)


def test_doubtful_first_is_by_probability() -> None:
    desk = desk_of(30)
    desk.correct([3], Y)

    rows = doubtful_first(desk)

    assert (np.diff(desk.decisions.probability[rows]) >= 0).all()
    assert sorted(rows) == [row for row in range(30) if row != 3]


@pytest.mark.parametrize("errors", [0.05, 0.3])
def test_the_range_holds_the_truth_through_the_desk(errors: float) -> None:
    covered = 0
    for seed in range(60):
        desk = desk_of(300, seed)
        truth = desk.decisions.label_id.copy()
        wrong = np.random.default_rng(1_000 + seed).random(300) < errors
        truth[wrong] = X + Y - truth[wrong]
        begin_round(desk, seed)
        rows = read_round(desk).queue.rows  # type: ignore[union-attr]
        for row in rows[:60].tolist():
            desk.correct([row], int(truth[row]), in_queue=True)
        found = read_round(desk).estimate([X, Y]).total  # type: ignore[union-attr]
        covered += found.low <= wrong[rows[60:]].sum() <= found.high

    assert covered >= 48  # 90 % of 60 less three standard deviations
