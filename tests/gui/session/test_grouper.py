"""Groups in the background: when they are made, named, made again, and what is sent for their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import EncoderIdentity, ScoreRule, Upload
from clipdesk.core.find.groups import FINEST
from clipdesk.core.labels.prompts import TextPrompt
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.line.prompts import PromptRequest, PromptVectors
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.grouper import Grouper
from clipdesk.gui.session.groups_state import GroupsStage
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.word_learner import WordLearner, WordsStage

IDENTITY = EncoderIdentity("m", "c", "p")
AXES = np.eye(8, dtype=np.float32)
NAMES = {"cat": AXES[0], "boat": AXES[1], "bread": AXES[2]}
HERE = EncoderInfo("a model of nobody", IDENTITY, 8, ScoreRule(10.0), "here")
ELSEWHERE = EncoderInfo("a model of nobody", IDENTITY, 8, ScoreRule(10.0), "there", Upload(("api.example",), 1000))


class Session:
    """A desk with 15 cats, 12 boats and 9 loaves of bread, and an encoder that answers at once."""

    def __init__(self, parent: QObject, background: Background) -> None:
        self.desk = Desk()
        self.requests: list[PromptRequest] = []
        self.wanted: list[bool] = []
        self.is_running = self.is_loading = False
        self.scorer = LabelScorer(
            self.desk,
            background,
            self.answer,
            may_send=lambda: True,
            is_running=lambda: self.is_running,
            has_store=False,
            parent=parent,
        )
        self.words = WordLearner(self.scorer, background, parent)
        self.grouper = Grouper(
            self.desk,
            background,
            self.words,
            self.wanted.append,
            lambda: self.is_running,
            lambda: self.is_loading,
            parent,
        )

    def answer(self, request: PromptRequest) -> None:
        """Answer as a worker without a store does: nothing that only a store could know."""
        self.requests.append(request)
        texts = [prompt for prompt in request.prompts if isinstance(prompt, TextPrompt)]
        found = {prompt: NAMES.get(prompt.text, AXES[7]) for prompt in texts}
        self.scorer.take(PromptVectors(request, {} if request.only_recall else found, {}, ()))

    def use(self, info: EncoderInfo) -> None:
        self.scorer.use_encoder(info.identity.key)
        self.desk.choose_encoder(info.identity, info.dimension, info.rule)
        self.grouper.use_encoder(info)

    def add(self, kinds: list[int]) -> None:
        start = len(self.desk)
        self.desk.add_images(ImageFile(Path(f"/p/{start + row}.jpg"), 1, 1) for row in range(len(kinds)))
        noise = 0.3 * np.random.default_rng(start).standard_normal((len(kinds), 8)).astype(np.float32)
        vectors = normalise(AXES[kinds] + noise)
        self.grouper.follow(self.desk.put_recalled(RecalledImages(np.arange(start, start + len(kinds)), vectors)))


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    background, parent = Background(), QObject()
    session = Session(parent, background)
    yield session
    session.grouper.end()
    background.stop()


@pytest.fixture
def wait_for(qtbot: QtBot, session: Session) -> Callable[[GroupsStage, WordsStage], None]:
    def wait(stage: GroupsStage, words: WordsStage) -> None:
        def is_there() -> bool:
            state = session.grouper.state
            has_names = words is not WordsStage.KNOWN or all(group.names for group in state.groups)
            return (state.stage, state.words) == (stage, words) and not state.is_busy and has_names

        qtbot.waitUntil(is_there, timeout=20_000)

    return wait


Wait = Callable[[GroupsStage, WordsStage], None]
KINDS = [0] * 15 + [1] * 12 + [2] * 9


def test_groups_are_made_and_named_without_any_label(session: Session, wait_for: Wait) -> None:
    session.use(HERE)
    session.add(KINDS)

    session.grouper.begin()
    wait_for(GroupsStage.READY, WordsStage.KNOWN)

    groups = session.grouper.state.groups
    assert [group.names[0] for group in groups] == ["cat", "boat", "bread"]
    assert all(len(group.names) == 3 for group in groups)
    assert all(len({KINDS[row] for row in group.rows.tolist()}) == 1 for group in groups)
    assert session.wanted == [True]


def test_groups_that_were_made_for_a_fineness_are_kept(session: Session, wait_for: Wait) -> None:
    session.use(HERE)
    session.add(KINDS)
    session.grouper.begin()
    wait_for(GroupsStage.READY, WordsStage.KNOWN)
    usual = session.grouper.state.groups

    session.grouper.set_fineness(FINEST)
    assert session.grouper.state.is_busy
    wait_for(GroupsStage.READY, WordsStage.KNOWN)
    finest = session.grouper.state.groups
    session.grouper.set_fineness(1.0)
    wait_for(GroupsStage.READY, WordsStage.KNOWN)

    assert len(finest) > len(usual)
    assert all(a.rows is b.rows for a, b in zip(session.grouper.state.groups, usual, strict=True))


def test_pictures_read_later_are_counted_and_grouped_on_request(session: Session, wait_for: Wait) -> None:
    session.use(HERE)
    session.add(KINDS)
    session.grouper.begin()
    wait_for(GroupsStage.READY, WordsStage.KNOWN)
    before = session.grouper.state.groups

    session.add([3] * 8)
    assert session.grouper.state.new_images == 8
    assert session.grouper.state.groups is before
    session.grouper.group_again()
    wait_for(GroupsStage.READY, WordsStage.KNOWN)

    state = session.grouper.state
    assert state.new_images == 0
    found = np.concatenate([*(group.rows for group in state.groups), state.various])
    assert sorted(found.tolist()) == list(range(44))


def test_groups_are_made_anew_when_rows_move(session: Session, wait_for: Wait) -> None:
    session.use(HERE)
    session.add(KINDS)
    session.grouper.begin()
    wait_for(GroupsStage.READY, WordsStage.KNOWN)

    session.grouper.follow(session.desk.remove_images(range(15)))
    assert session.grouper.state.groups == ()
    wait_for(GroupsStage.READY, WordsStage.KNOWN)

    assert max(row for group in session.grouper.state.groups for row in group.rows.tolist()) < 21
    assert [group.names[0] for group in session.grouper.state.groups] == ["boat", "bread"]


def test_the_first_groups_wait_for_a_running_job_unless_they_are_asked_for(session: Session, wait_for: Wait) -> None:
    session.use(HERE)
    session.is_running = True
    session.add(KINDS)

    session.grouper.begin()
    state = session.grouper.state
    assert (state.stage, state.done, state.total) == (GroupsStage.READING, 36, 36)
    session.is_running = False
    session.grouper.follow_work()

    wait_for(GroupsStage.READY, WordsStage.KNOWN)


def test_no_word_is_sent_to_a_server_without_consent(session: Session, wait_for: Wait) -> None:
    session.use(ELSEWHERE)
    session.add(KINDS)

    session.grouper.begin()
    wait_for(GroupsStage.READY, WordsStage.NOT_SENT)

    state = session.grouper.state
    assert session.requests and all(request.only_recall for request in session.requests)
    assert state.hosts == ("api.example",)
    assert state.missing_words == sum(len(request.prompts) for request in session.requests) > 1_000
    assert len(state.groups) == 3

    session.grouper.send_words()
    wait_for(GroupsStage.READY, WordsStage.KNOWN)
    assert [group.names[0] for group in session.grouper.state.groups] == ["cat", "boat", "bread"]


def test_what_is_missing_is_named(session: Session) -> None:
    session.grouper.begin()
    assert session.grouper.state.stage is GroupsStage.NO_MODEL
    session.is_loading = True
    assert session.grouper.state.stage is GroupsStage.LOADING
    session.use(HERE)
    assert session.grouper.state.stage is GroupsStage.NO_PICTURES
    session.add([0, 1])
    assert session.grouper.state.stage is GroupsStage.NOT_READ
    session.grouper.end()
    assert session.wanted == [True, False]
