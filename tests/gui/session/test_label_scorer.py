"""Scoring a large desk on a pool thread, while the desk changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.labels.prompts import TextPrompt
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
