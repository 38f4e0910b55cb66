"""Learning in the background, from the corrections on a desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from taught_desk import make_desk

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.decisions import Source
from clipdesk.core.desk.desk import Desk
from clipdesk.core.labels.label_set import NO_LABEL, LabelSet
from clipdesk.core.teaching.check import CheckResult
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.teaching import Teaching


class Session:
    """A desk with its teaching, connected as `Labelling` does it."""

    def __init__(self, owner: QObject, desk: Desk, truth: NDArray[np.intp]) -> None:
        self.desk, self.truth = desk, truth
        self.background = Background(owner)
        self.key = "encoder"
        self.teaching = Teaching(desk, self.background, lambda: self.key, owner)
        self.changes: list[DeskChange] = []
        self.teaching.desk_changed.connect(self.changes.append)

    def follow(self, change: DeskChange) -> DeskChange:
        self.teaching.follow(change)
        return change

    def correct(self, qtbot: QtBot, rows: range) -> None:
        """Label these images truly, one after the other, and wait until that was learned."""
        for row in rows:
            self.follow(self.desk.correct([row], self.desk.label_set.ids[self.truth[row]]))
        self.wait(qtbot)

    def wait(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: not self.teaching.is_busy and not self.background.is_busy, timeout=20_000)

    def draw_all(self) -> None:
        """Let all images count as drawn by the review queue."""
        self.teaching.sample_weights = lambda: np.ones(len(self.desk))


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    owner = QObject()
    session = Session(owner, *make_desk())
    yield session
    session.background.stop()


def test_corrections_are_learned_from_together_and_used_once_they_prove_a_gain(qtbot: QtBot, session: Session) -> None:
    session.draw_all()
    session.correct(qtbot, range(40))
    assert session.desk.is_taught
    assert session.teaching.progress is not None and session.teaching.progress.is_used
    assert len(session.changes) < 10
    assert session.desk.decisions.source[-1] == Source.TAUGHT


def test_undo_of_the_corrections_brings_the_words_back(qtbot: QtBot, session: Session) -> None:
    before = session.desk.scores.copy()
    session.draw_all()
    session.correct(qtbot, range(40))
    change = session.desk.correct(range(40), NO_LABEL)
    session.follow(change)
    session.wait(qtbot)
    assert session.teaching.progress is None
    np.testing.assert_array_equal(session.desk.scores.probability, before.probability)
    session.follow(session.desk.revert(change))
    session.wait(qtbot)
    assert session.desk.is_taught


def test_without_corrections_nothing_is_computed(qtbot: QtBot, session: Session) -> None:
    session.follow(DeskChange(scores_replaced=True))
    session.wait(qtbot)
    assert session.teaching.progress is None
    assert session.changes == []


def test_corrections_alone_need_a_check_which_approves(qtbot: QtBot, session: Session) -> None:
    session.correct(qtbot, range(30))
    teaching = session.teaching
    assert teaching.can_check and not session.desk.is_taught
    questions = teaching.draw_check()
    assert questions is not None and 4 <= len(questions.rows) <= 20
    progress = teaching.progress
    assert progress is not None
    assert not progress.is_reviewed[questions.rows].any()
    assert (progress.before[questions.rows] != progress.after[questions.rows]).all()
    teaching.record_check(CheckResult.USE, 12, 1)
    session.wait(qtbot)
    assert session.desk.is_taught and not teaching.can_check
    session.correct(qtbot, range(30, 33))  # an approval lasts
    assert session.desk.is_taught


def test_a_check_in_favour_of_the_words_needs_more_examples_before_the_next(qtbot: QtBot, session: Session) -> None:
    session.correct(qtbot, range(12))
    session.teaching.record_check(CheckResult.KEEP_WORDS, 3, 4)  # whose seven answers are examples, too
    session.wait(qtbot)
    assert session.teaching.draw_check() is None
    session.correct(qtbot, range(12, 12 + 7 + 4))
    assert not session.teaching.can_check
    session.correct(qtbot, range(23, 24))
    assert session.teaching.can_check


def test_an_approval_is_for_one_encoder_and_its_labels_with_their_prompts(qtbot: QtBot, session: Session) -> None:
    session.correct(qtbot, range(12))
    session.teaching.record_check(CheckResult.USE, 9, 1)
    session.wait(qtbot)
    session.key = "another encoder"
    assert not session.teaching.is_approved
    session.key = "encoder"
    assert session.teaching.is_approved
    labels = list(session.desk.label_set.labels)
    session.desk.set_label_set(LabelSet((replace(labels[0], threshold=0.9), *labels[1:])))
    assert session.teaching.is_approved
    session.desk.set_label_set(LabelSet((replace(labels[0], prompts=("something else",)), *labels[1:])))
    assert not session.teaching.is_approved


def test_the_switch_turns_it_off_and_on(qtbot: QtBot, session: Session) -> None:
    before = session.desk.scores.copy()
    session.draw_all()
    session.correct(qtbot, range(40))
    session.teaching.set_on(False)
    session.wait(qtbot)
    np.testing.assert_array_equal(session.desk.scores.probability, before.probability)
    progress = session.teaching.progress
    assert progress is not None and not progress.is_used and progress.changes > 0
    session.teaching.set_on(True)
    session.wait(qtbot)
    assert session.desk.is_taught


def test_what_is_kept_comes_back(qtbot: QtBot, session: Session) -> None:
    teaching = session.teaching
    assert teaching.kept() == ""
    session.correct(qtbot, range(12))
    teaching.record_check(CheckResult.USE, 9, 1)
    teaching.set_none_threshold(0.7)
    session.wait(qtbot)
    kept = teaching.kept()
    owner = QObject()
    desk = session.desk
    again = Teaching(desk, session.background, lambda: "encoder", owner)
    desk.set_none_threshold(None)
    again.restore(kept)
    assert again.is_approved and again.none_threshold == 0.7 and again.is_on
    assert again.kept() == kept
    qtbot.waitUntil(lambda: not again.is_busy and not session.background.is_busy, timeout=20_000)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", json.dumps({"checks": {"a": {"result": "?"}}}), '{"none": "x"}'])
def test_what_was_kept_may_be_damaged(session: Session, text: str) -> None:
    session.teaching.restore(text)
    assert session.teaching.is_on and not session.teaching.is_approved


def test_rows_that_move_while_it_is_computed_make_it_start_again(qtbot: QtBot, session: Session) -> None:
    session.draw_all()
    for row in range(40):
        session.follow(session.desk.correct([row], session.desk.label_set.ids[session.truth[row]]))
    qtbot.waitUntil(lambda: session.background.is_busy, timeout=5_000)
    session.follow(session.desk.remove_images(range(100, 200)))
    session.wait(qtbot)
    assert session.desk.is_taught
    assert len(session.desk.scores.best) == 200
    assert session.teaching.progress is not None and len(session.teaching.progress.before) == 200


def test_in_a_long_review_the_choice_is_kept_for_a_moment_and_made_again_at_rest(
    qtbot: QtBot, session: Session
) -> None:
    session.draw_all()
    session.correct(qtbot, range(60))
    made = session.teaching.progress
    session.follow(session.desk.correct([60], session.desk.label_set.ids[session.truth[60]]))
    qtbot.waitUntil(lambda: session.teaching.progress is not made, timeout=10_000)
    kept = session.teaching.progress
    assert made is not None and kept is not None
    assert kept.choice is made.choice and kept.examples.sum() == 61  # learned from, but not measured yet
    session.wait(qtbot)
    measured = session.teaching.progress
    assert measured is not None and measured.choice is not None
    assert measured.choice.sampled == 61


def test_a_check_is_drawn_only_from_rows_and_labels_that_are_still_there(qtbot: QtBot, session: Session) -> None:
    session.correct(qtbot, range(30))
    assert session.teaching.can_check
    session.desk.remove_images([100])  # before that was followed
    assert session.teaching.draw_check() is None
    session.follow(DeskChange(new_rows=np.empty(0, np.int32)))
    session.wait(qtbot)
    assert session.teaching.can_check
    session.desk.set_labels(session.desk.label_set.labels[:2], session.desk.label_vectors[:2])  # type: ignore[index]
    assert session.teaching.draw_check() is None
