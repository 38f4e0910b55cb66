"""Scoring a large desk on a pool thread, while the desk changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.labels.prompts import ImagePrompt, TextPrompt
from clipdesk.core.labels.scoring import Scores
from clipdesk.core.line.prompts import PromptRequest, PromptVectors
from clipdesk.core.line.results import EmbeddedImage, RecalledImages
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.label_scorer import _SCORES_AT_ONCE, LabelScorer

IDENTITY = EncoderIdentity("m", "c", "p")
X, Y = np.eye(2, dtype=np.float32)


class EagerBackground(Background):
    """Computes results at once. They arrive later, as always."""

    def run(self, task: Callable[[], Any], on_done: Callable[[Any], None], *_: object) -> None:
        result = task()
        super().run(lambda: result, on_done)


@pytest.fixture
def background() -> Iterator[Background]:
    background = EagerBackground()
    yield background
    background.stop()


def scorer_of(desk: Desk, background: Background, parent: QObject, *, is_running: bool = False) -> LabelScorer:
    return LabelScorer(
        desk,
        background,
        lambda _: None,
        may_send=lambda: True,
        is_running=lambda: is_running,
        has_store=False,
        parent=parent,
    )


def test_an_image_renewed_while_scores_are_computed_gets_those_of_its_new_contents(
    qtbot: QtBot, background: Background
) -> None:
    count = _SCORES_AT_ONCE // 2 + 1  # too many to be scored at once
    desk, parent = Desk(), QObject()
    desk.add_images(ImageFile(Path(f"/pictures/{row}.jpg"), 1, 1) for row in range(count))
    desk.set_label_set(LabelSet((Label("x"), Label("y"))))
    desk.choose_encoder(IDENTITY, 2, ScoreRule(10.0))
    desk.put_recalled(RecalledImages(np.arange(count), np.tile(X, (count, 1))))
    scorer = scorer_of(desk, background, parent)
    scorer.use_encoder(IDENTITY.key)
    prompts = (TextPrompt("x"), TextPrompt("y"))

    with qtbot.waitSignal(scorer.desk_changed):
        scorer.take(
            PromptVectors(PromptRequest(IDENTITY.key, prompts), dict(zip(prompts, (X, Y), strict=True)), {}, ())
        )
        desk.update_files(Changes((), (ImageFile(Path("/pictures/0.jpg"), 2, 2),), (), ()))
        desk.put([EmbeddedImage(0, Path("/pictures/0.jpg"), Y)])

    assert desk.scores.best[:2].tolist() == [1, 0]


WORD, PICTURE = Label("word"), Label("picture", references=(Path("/pictures/0.jpg"),))
PROMPTS = (TextPrompt("word"), ImagePrompt(Path("/pictures/0.jpg")))


def tilted(count: int) -> NDArray[np.float32]:
    """Unit vectors (count, 2) of different angles, all nearer to the first axis."""
    angles = np.linspace(0.0, 0.7, count)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def desk_with_a_picture_label(count: int, embedded: int) -> Desk:
    """`embedded` of `count` images have embeddings, which all resemble the picture label's more than the word's."""
    desk = Desk()
    desk.add_images(ImageFile(Path(f"/pictures/{row}.jpg"), 1, 1) for row in range(count))
    desk.set_label_set(LabelSet((WORD, PICTURE)))
    desk.choose_encoder(IDENTITY, 2, ScoreRule(10.0))
    desk.put_recalled(RecalledImages(np.arange(embedded), tilted(count)[:embedded]))
    return desk


def scored_at_once(desk: Desk) -> Scores:
    expected = desk_with_a_picture_label(len(desk), len(desk))
    expected.set_labels((WORD, PICTURE), np.stack([Y, X]))
    return expected.scores


def prompts_answer() -> PromptVectors:
    return PromptVectors(PromptRequest(IDENTITY.key, PROMPTS), dict(zip(PROMPTS, (Y, X), strict=True)), {}, ())


def test_during_a_job_the_scale_of_references_is_measured_again_after_a_quarter_more_images(
    background: Background,
) -> None:
    desk, parent = desk_with_a_picture_label(40, embedded=20), QObject()
    scorer = scorer_of(desk, background, parent, is_running=True)
    scorer.use_encoder(IDENTITY.key)
    scorer.take(prompts_answer())
    lags = []

    for row in range(20, 26):
        desk.put([EmbeddedImage(row, desk.images.path(row), tilted(40)[row])])
        scorer.rescale()
        lags.append(desk.scale_lag)

    assert lags == pytest.approx([0.05, 0.1, 0.15, 0.2, 0.0, 0.04])


def test_at_rest_the_answers_are_those_of_the_whole_folder(background: Background) -> None:
    desk, parent = desk_with_a_picture_label(40, embedded=39), QObject()
    scorer = scorer_of(desk, background, parent)
    scorer.use_encoder(IDENTITY.key)
    scorer.take(prompts_answer())
    desk.put([EmbeddedImage(39, desk.images.path(39), tilted(40)[39])])

    scorer.rescale()

    assert desk.scores.probability == pytest.approx(scored_at_once(desk).probability, abs=1e-5)
    assert set(desk.scores.best.tolist()) == {0, 1}


def test_a_large_desk_is_put_on_the_new_scale_in_the_background(qtbot: QtBot, background: Background) -> None:
    count = _SCORES_AT_ONCE // 2 + 1
    desk, parent = desk_with_a_picture_label(count, embedded=count - 1_000), QObject()
    scorer = scorer_of(desk, background, parent)
    scorer.use_encoder(IDENTITY.key)
    with qtbot.waitSignal(scorer.desk_changed):
        scorer.take(prompts_answer())
    desk.put_recalled(RecalledImages(np.arange(count - 1_000, count), tilted(count)[count - 1_000 :]))

    with qtbot.waitSignal(scorer.desk_changed):
        scorer.rescale()
        scorer.rescale()  # one at a time
        assert desk.scale_lag > 0

    assert desk.scale_lag == 0
    assert desk.scores.probability == pytest.approx(scored_at_once(desk).probability, abs=1e-5)


def test_a_label_whose_only_readable_prompt_is_a_text_is_a_word(background: Background) -> None:
    desk, parent = desk_with_a_picture_label(10, embedded=10), QObject()
    desk.set_label_set(LabelSet((WORD, Label("both", ("text",), PICTURE.references))))
    scorer = scorer_of(desk, background, parent)
    scorer.use_encoder(IDENTITY.key)
    prompts = (PROMPTS[0], TextPrompt("text"), PROMPTS[1])
    vectors = {PROMPTS[0]: Y, TextPrompt("text"): X}

    scorer.take(PromptVectors(PromptRequest(IDENTITY.key, prompts), vectors, {PROMPTS[1]: "It is gone."}, ()))

    assert desk.scored_labels == ("word", "both")
    assert desk.scores.scale is None
