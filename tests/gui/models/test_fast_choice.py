from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.errors import EncoderError
from clipdesk.encoders.local.int8_trial import Int8Verdict
from clipdesk.gui.models.fast_choice import FastChoice
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.preferences import Preferences

INFO = EncoderInfo("ViT-B-32:openai", EncoderIdentity("ViT", "c0ffee", "any"), 512, ScoreRule(100.0), "this computer")
OTHER = EncoderInfo("RN50:openai", EncoderIdentity("RN50", "decaf", "any"), 512, ScoreRule(100.0), "this computer")


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.stop()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    menu = QMenu()
    qtbot.addWidget(menu)
    return menu


def _choice(background: Background, preferences: Preferences, verdict: Int8Verdict | None = None) -> FastChoice:
    def try_model(_model: str, _cancel: threading.Event) -> Int8Verdict:
        if verdict is None:
            raise EncoderError("The model is broken.")
        return verdict

    return FastChoice(background, preferences, try_model=try_model)


def _entry(choice: FastChoice, menu: QMenu, info: EncoderInfo = INFO, *, busy: bool = False) -> QAction:
    return choice.add_to(menu, info, is_on=False, is_busy=busy)


def test_a_model_that_was_never_tried_is_tried_before_it_is_switched(
    qtbot: QtBot, menu: QMenu, background: Background, preferences: Preferences
) -> None:
    choice = _choice(background, preferences, Int8Verdict("faster", 1.72))
    entry = _entry(choice, menu)
    assert entry.text() == "Fast: scores differ slightly (is tried on this computer first)"

    with (
        qtbot.waitSignal(choice.device_chosen) as chosen,
        qtbot.waitSignals([choice.trial_started, choice.trial_ended]),
    ):
        entry.trigger()

    assert chosen.args == ["cpu:int8"]
    remembered = FastChoice(background, preferences)
    assert _entry(remembered, menu).text() == "Fast: scores differ slightly (about 1.7 times as fast here)"
    assert "tried" in _entry(remembered, menu, OTHER).text()  # the verdict is about that model only


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Int8Verdict("slower", 0.9), "Fast: no gain for this model on this computer"),
        (Int8Verdict("differs", 0.9812), "Fast: scores of this model would differ too much (cosine 0.981)"),
    ],
)
def test_what_is_not_worth_it_cannot_be_chosen_and_says_why(
    qtbot: QtBot, menu: QMenu, background: Background, preferences: Preferences, verdict: Int8Verdict, text: str
) -> None:
    choice = _choice(background, preferences, verdict)
    chosen: list[str] = []
    choice.device_chosen.connect(chosen.append)

    with qtbot.waitSignal(choice.trial_ended):
        _entry(choice, menu).trigger()

    entry = _entry(choice, menu)
    assert (entry.isEnabled(), entry.text(), choice.refusal(INFO)) == (False, text, text)
    assert not chosen


def test_a_choice_that_is_on_can_be_switched_off(
    qtbot: QtBot, menu: QMenu, background: Background, preferences: Preferences
) -> None:
    choice = _choice(background, preferences)
    entry = choice.add_to(menu, INFO, is_on=True, is_busy=True)

    with qtbot.waitSignal(choice.device_chosen) as chosen:
        entry.trigger()

    assert chosen.args == ["auto"]


def test_nothing_is_tried_while_pictures_are_labelled(
    menu: QMenu, background: Background, preferences: Preferences
) -> None:
    assert not _entry(_choice(background, preferences), menu, busy=True).isEnabled()


def test_a_trial_that_fails_can_be_repeated(
    qtbot: QtBot, menu: QMenu, background: Background, preferences: Preferences
) -> None:
    choice = _choice(background, preferences)

    with qtbot.waitSignal(choice.trial_failed) as failed:
        _entry(choice, menu).trigger()

    assert failed.args is not None and failed.args[1].message == "The model is broken."
    assert _entry(choice, menu).isEnabled()


def test_damaged_settings_count_as_not_tried(
    menu: QMenu, background: Background, preferences: Preferences, qtbot: QtBot
) -> None:
    choice = _choice(background, preferences, Int8Verdict("slower"))
    with qtbot.waitSignal(choice.trial_ended):
        _entry(choice, menu).trigger()
    kept = preferences.choices("int8")
    assert isinstance(kept, dict)
    for nonsense in (dict.fromkeys(kept, "?"), {key: ["fastest", 2] for key in kept}, [1], "?"):
        preferences.set_choices("int8", nonsense)
        assert choice.verdict(INFO) is None
