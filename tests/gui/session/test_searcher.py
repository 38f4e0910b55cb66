"""Searching a desk with fixed vectors; the real encoder is in the end-to-end test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from results_desk import IDENTITY, embed, image_files, make_desk, unit_vectors

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import ScoreRule
from clipdesk.core.find.query import Term, parse_query
from clipdesk.core.labels.prompts import Prompt, TextPrompt
from clipdesk.core.line.prompts import PromptRequest, PromptVectors
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.searcher import Query, Searcher

INFO = EncoderInfo("model", IDENTITY, 16, ScoreRule(5.0), "here")


@dataclass
class Session:
    desk: Desk
    scorer: LabelScorer
    searcher: Searcher
    requests: list[PromptRequest] = field(default_factory=list)
    wants: list[bool] = field(default_factory=list)

    def answer(self, vectors: dict[Prompt, np.ndarray], problems: dict[Prompt, str] | None = None) -> None:
        """Answer the last request, as the encoder does."""
        self.scorer.take(PromptVectors(self.requests[-1], vectors, problems or {}, ()))


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    parent, background = QObject(), Background()
    desk = make_desk([f"/pictures/{row}.jpg" for row in range(20)])
    embed(desk, range(20))
    requests: list[PromptRequest] = []
    wants: list[bool] = []
    scorer = LabelScorer(
        desk,
        background,
        requests.append,
        may_send=lambda: True,
        is_running=lambda: False,
        has_store=False,
        parent=parent,
    )
    scorer.use_encoder(IDENTITY.key)
    searcher = Searcher(desk, background, scorer, wants.append, parent)
    searcher.use_encoder(INFO)
    searcher.begin()
    yield Session(desk, scorer, searcher, requests, wants)
    searcher.end()  # what is still being computed is dropped
    background.stop()


def vector_of(row: int) -> np.ndarray:
    return unit_vectors(20, 3)[row]


def test_words_are_encoded_and_rank_the_images(qtbot: QtBot, session: Session) -> None:
    searcher = session.searcher
    searcher.want(Query(parse_query("dog")))
    assert searcher.is_busy
    assert session.requests[-1].prompts == (TextPrompt("dog"),)
    assert not session.requests[-1].is_for_labels

    with qtbot.waitSignal(searcher.changed):
        session.answer({TextPrompt("dog"): vector_of(6)})

    assert not searcher.is_busy
    assert searcher.ranking is not None
    assert np.argmax(searcher.ranking.scores) == 6


def test_words_that_were_searched_before_are_not_encoded_again(qtbot: QtBot, session: Session) -> None:
    session.searcher.want(Query(parse_query("dog")))
    with qtbot.waitSignal(session.searcher.changed):
        session.answer({TextPrompt("dog"): vector_of(6)})

    session.searcher.want(Query(parse_query("+dog")))
    qtbot.waitUntil(lambda: not session.searcher.is_busy)

    assert len(session.requests) == 1


def test_an_image_of_the_desk_needs_no_encoder(qtbot: QtBot, session: Session) -> None:
    searcher = session.searcher

    searcher.want(Query((Term(image=Path("/pictures/3.jpg")),), least_alike=0.0))
    qtbot.waitUntil(lambda: not searcher.is_busy)

    assert not session.requests
    assert searcher.ranking is not None
    assert searcher.ranking.is_by_similarity
    assert searcher.ranking.scores[3] == pytest.approx(1, abs=1e-5)


def test_a_picture_that_cannot_be_read_is_named_and_the_next_query_works(qtbot: QtBot, session: Session) -> None:
    searcher = session.searcher
    searcher.want(Query((Term(image=Path("/elsewhere/broken.jpg")),)))
    prompt = session.requests[-1].prompts[0]

    session.answer({}, {prompt: "The file is empty."})
    assert (searcher.problem, searcher.is_busy) == ("The file is empty.", False)

    searcher.want(Query((Term(image=Path("/pictures/3.jpg")),)))
    qtbot.waitUntil(lambda: searcher.ranking is not None)
    assert not searcher.problem


def test_an_answer_to_an_older_query_changes_nothing(qtbot: QtBot, session: Session) -> None:
    searcher = session.searcher
    searcher.want(Query(parse_query("dog")))
    older = session.requests[-1]
    searcher.want(Query(parse_query("cat")))

    session.scorer.take(PromptVectors(older, {TextPrompt("dog"): vector_of(1)}, {}, ()))
    assert searcher.is_busy
    session.answer({TextPrompt("cat"): vector_of(2)})
    qtbot.waitUntil(lambda: not searcher.is_busy)

    assert searcher.ranking is not None
    assert np.argmax(searcher.ranking.scores) == 2


def test_the_ranking_follows_removed_and_new_images(qtbot: QtBot, session: Session) -> None:
    searcher, desk = session.searcher, session.desk
    searcher.want(Query((Term(image=Path("/pictures/9.jpg")),)))
    qtbot.waitUntil(lambda: searcher.ranking is not None)

    searcher.follow(desk.remove_images([0, 1]))
    assert searcher.ranking is not None
    assert np.argmax(searcher.ranking.scores) == 7  # at once, before it is computed again
    qtbot.waitUntil(lambda: searcher._computing is None)

    desk.add_images(image_files(["/pictures/new.jpg"]))
    rows = embed(desk, [18])
    searcher.follow(DeskChange(rows=rows))
    qtbot.waitUntil(lambda: searcher.ranking is not None and len(searcher.ranking) == 19)


def test_the_end_of_a_search_frees_everything(qtbot: QtBot, session: Session) -> None:
    searcher = session.searcher
    searcher.want(Query((Term(image=Path("/pictures/9.jpg")),)))
    qtbot.waitUntil(lambda: searcher.ranking is not None)

    searcher.end()

    assert (searcher.ranking, searcher.is_open, searcher.query) == (None, False, Query())
    assert session.wants == [True, False]
