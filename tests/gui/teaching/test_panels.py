"""The panels of thresholds and of what was learned."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from clipdesk.core.teaching.none_detection import NoneCurve
from clipdesk.gui.kit import theme
from clipdesk.gui.teaching.learning_panel import CheckOutcome, Comparison, Examples, LearningPanel, LearningState
from clipdesk.gui.teaching.none_panel import NonePanel, NoneState
from clipdesk.gui.teaching.unsure_panel import UnsurePanel, UnsureState

PROBABILITY = np.array([0.2, 0.5, 0.6, 0.9, 0.95], np.float32)
DOG = UnsureState(7, QColor("red"), 0.55, 0.3, is_own=True, probability=PROBABILITY)
EXAMPLES = (Examples("dog", 3, 2), Examples("cat", 20, 0))


@pytest.fixture
def unsure(qtbot: QtBot) -> UnsurePanel:
    panel = UnsurePanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_label(DOG)
    return panel


def test_the_slider_says_at_once_what_would_change_and_reports_where_it_rests(
    qtbot: QtBot, unsure: UnsurePanel
) -> None:
    assert unsure.text.text() == "Below 55 %: 2 of 5 pictures unsure"
    with qtbot.waitSignal(unsure.threshold_chosen, timeout=5_000) as chosen:
        unsure.slider.setValue(92)
        assert unsure.text.text() == "Below 92 %: 4 of 5 pictures unsure (2 more than now)"
        unsure.slider.setValue(10)
        assert unsure.text.text() == "Below 10 %: 0 of 5 pictures unsure (2 fewer than now)"
    assert chosen.args == [7, 0.1]


def test_a_dragged_handle_reports_when_it_is_released(qtbot: QtBot, unsure: UnsurePanel) -> None:
    chosen: list[tuple[object, object]] = []
    unsure.threshold_chosen.connect(lambda label, threshold: chosen.append((label, threshold)))
    unsure.slider.setSliderDown(True)
    unsure.slider.setValue(70)
    unsure.show_label(DOG)  # as a job goes on: the handle stays where the user holds it
    assert unsure.slider.value() == 70
    assert chosen == []
    unsure.slider.setSliderDown(False)
    assert chosen == [(7, 0.7)]


def test_another_label_does_not_get_the_threshold_of_the_one_before(qtbot: QtBot, unsure: UnsurePanel) -> None:
    chosen: list[tuple[object, object]] = []
    unsure.threshold_chosen.connect(lambda label, threshold: chosen.append((label, threshold)))
    unsure.slider.setValue(80)
    unsure.show_label(UnsureState(8, QColor("blue"), 0.3, 0.3, probability=PROBABILITY))
    assert chosen == [(7, 0.8)]
    assert unsure.slider.value() == 30


def test_a_label_returns_to_the_threshold_of_the_others(qtbot: QtBot, unsure: UnsurePanel) -> None:
    assert unsure.reset_button.text() == "Back to 30 %"
    with qtbot.waitSignal(unsure.threshold_chosen) as chosen:
        qtbot.mouseClick(unsure.reset_button, Qt.MouseButton.LeftButton)
    assert chosen.args == [7, None]
    unsure.show_label(UnsureState(7, QColor("red"), 0.3, 0.3, probability=PROBABILITY))
    assert not unsure.reset_button.isVisible()


def test_the_histogram_is_painted_in_both_schemes(qtbot: QtBot, unsure: UnsurePanel) -> None:
    pictures = []
    for scheme in ("light", "dark"):
        theme.apply_theme(theme.application(), scheme)  # type: ignore[arg-type]
        pictures.append(unsure.histogram.grab().toImage())
    theme.apply_theme(theme.application(), "light")
    colors = {pictures[0].pixelColor(x, y).name() for x in range(pictures[0].width()) for y in range(10, 50)}
    assert "#ff0000" in colors
    assert pictures[0] != pictures[1]


def curve() -> NoneCurve:
    thresholds = np.arange(101) / 100
    return NoneCurve(
        thresholds,
        np.full(101, 5, np.intp),
        0.5 + thresholds / 2,
        thresholds / 2,
        np.ones(101),
        1 - thresholds,
        (1 - thresholds) / 2,
        np.ones(101),
    )


def test_none_of_these_is_off_until_enough_is_judged(qtbot: QtBot) -> None:
    panel = NonePanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_state(NoneState(judged=14, judged_none=3))
    assert not panel.switch.isVisible() and not panel.slider.isVisible()
    assert "From 20 judged pictures on" in panel.note.text()
    assert "14, 3 of them as none of these" in panel.note.text()


def test_the_slider_says_how_many_are_found_rightly_and_how_uncertain_that_is(qtbot: QtBot) -> None:
    panel = NonePanel()
    qtbot.addWidget(panel)
    panel.show()
    probability = np.array([0.1, 0.6, 0.7, 0.95], np.float32)
    panel.show_state(NoneState(30, 9, None, probability, curve()))
    assert panel.switch.isVisible() and not panel.switch.isChecked() and not panel.slider.isVisible()
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        panel.switch.click()
    assert chosen.args == [0.5]
    panel.show_state(NoneState(30, 9, 0.5, probability, curve()))
    assert panel.text.text() == (
        "3 pictures. About 75 % of them fit no label (25 to 100 %). "
        "That is about 50 % of all such pictures (25 to 100 %)."
    )
    with qtbot.waitSignal(panel.threshold_chosen, timeout=5_000) as chosen:
        panel.slider.setValue(90)
        assert panel.text.text().startswith("1 picture. About 95 %")
    assert chosen.args == [0.9]
    panel.slider.setValue(99)
    assert panel.text.text().startswith("No picture")
    with qtbot.waitSignal(panel.threshold_chosen) as chosen:
        panel.switch.click()
    assert chosen.args == [None]


@pytest.fixture
def learning(qtbot: QtBot) -> LearningPanel:
    panel = LearningPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_without_examples_the_panel_says_what_to_do(learning: LearningPanel) -> None:
    learning.show_state(LearningState(examples=(Examples("dog", 0, 5),)))
    assert "Correct or confirm" in learning.note.text()
    assert not learning.switch.isVisible() and not learning.check_button.isVisible()
    assert learning.shown_examples == ()


def test_before_and_after_are_shown(learning: LearningPanel) -> None:
    learning.show_state(LearningState(True, True, EXAMPLES, 132, Comparison(0.81, 0.893, 40)))
    assert "132 other pictures have another label" in learning.note.text()
    assert (learning.before.text(), learning.after.text()) == ("81 %", "89 %")
    assert "Estimated from 40 pictures" in learning.source.text()
    assert learning.shown_examples == EXAMPLES
    assert learning.switch.isChecked()


def test_a_gain_in_doubt_offers_the_check(qtbot: QtBot, learning: LearningPanel) -> None:
    learning.show_state(LearningState(True, False, EXAMPLES, 132, can_check=True))
    assert "132 other labels would change" in learning.note.text()
    assert not learning.before.isVisible()
    with qtbot.waitSignal(learning.check_requested):
        qtbot.mouseClick(learning.check_button, Qt.MouseButton.LeftButton)


def test_a_check_in_favour_of_the_words_says_when_the_next_is_worthwhile(learning: LearningPanel) -> None:
    state = LearningState(True, False, EXAMPLES, 9, check=CheckOutcome(4, 6, False), more_for_check=7)
    learning.show_state(state)
    assert "right 4 times, the other one 6 times" in learning.source.text()
    assert "after 7 more examples" in learning.source.text()
    assert "Not used yet" in learning.note.text()
    assert not learning.check_button.isVisible()


def test_the_switch_reports_and_is_set_silently(qtbot: QtBot, learning: LearningPanel) -> None:
    with qtbot.assertNotEmitted(learning.switched):
        learning.show_state(LearningState(False, False, EXAMPLES, 9))
    assert "switched it off" in learning.note.text()
    with qtbot.waitSignal(learning.switched) as switched:
        learning.switch.click()
    assert switched.args == [True]
