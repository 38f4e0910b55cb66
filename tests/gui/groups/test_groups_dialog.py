"""The dialog by itself, with fixed groups. `tests/e2e/test_groups.py` drives it in the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clipdesk.gui.groups.groups_dialog import ChosenGroup, GroupsDialog
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.groups_state import GroupsStage, GroupsState, NamedGroup
from clipdesk.gui.session.word_learner import WordsStage


def state_of(names: Sequence[tuple[str, ...]], *, first: int = 0) -> GroupsState:
    """Return groups of ten rows each with these names, from row `first` on, and five various pictures."""
    groups = tuple(
        NamedGroup(np.arange(first + 10 * place, first + 10 * place + 10, dtype=np.intp), proposed)
        for place, proposed in enumerate(names)
    )
    end = first + 10 * len(names)
    return GroupsState(GroupsStage.READY, groups=groups, various=np.arange(end, end + 5, dtype=np.intp))


TWO = state_of([("cat", "tiger", "fur"), ("boat", "sea", "ship")])


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[GroupsDialog]:
    thumbnails = Thumbnails()
    dialog = GroupsDialog(thumbnails, lambda row: Path(f"/pictures/{row}.jpg"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    thumbnails.stop()


def shown_names(dialog: GroupsDialog) -> list[str]:
    return [card.name for card in dialog.grid.cards if card.isVisibleTo(dialog) and card.name_box.isVisibleTo(card)]


def test_each_group_has_a_card_with_three_names_and_typical_pictures(qtbot: QtBot, dialog: GroupsDialog) -> None:
    dialog.show_state(TWO)

    card, various = dialog.grid.cards[0], dialog.grid.cards[2]
    assert shown_names(dialog) == ["cat", "boat"]
    assert [card.name_box.itemText(place) for place in range(3)] == ["cat", "tiger", "fur"]
    assert card.strip.paths == tuple(Path(f"/pictures/{row}.jpg") for row in range(4))
    assert various.various.isVisibleTo(dialog) and not various.tick.isVisibleTo(dialog)
    with qtbot.waitSignal(dialog.rows_chosen) as chosen:
        various.open_button.click()
    assert chosen.args[0].tolist() == [20, 21, 22, 23, 24]


def test_a_typed_name_ticks_its_group_and_becomes_the_label(qtbot: QtBot, dialog: GroupsDialog) -> None:
    dialog.show_state(TWO)
    box = dialog.grid.cards[1].name_box
    line = box.lineEdit()
    assert line is not None
    dialog.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    qtbot.keyClicks(line, "our boat")

    with qtbot.waitSignal(dialog.labels_wanted) as wanted:
        dialog.labels_button.click()

    chosen: list[ChosenGroup] = wanted.args[0]
    assert [(one.name, one.rows.tolist()) for one in chosen] == [("our boat", [10, 11, 12, 13])]


def test_ticks_and_names_stay_while_names_arrive_and_with_groups_that_stay(dialog: GroupsDialog) -> None:
    dialog.show_state(state_of([(), ()]))
    dialog.grid.cards[0].tick.click()
    assert not dialog.labels_button.isEnabled()  # it has no name yet

    dialog.show_state(TWO)
    assert dialog.grid.cards[0].tick.isChecked() and dialog.labels_button.isEnabled()
    dialog.grid.cards[0].name_box.setEditText("my cats")
    dialog.show_state(state_of([("a",), ("b",), ("c",)], first=100))
    assert not any(card.tick.isChecked() for card in dialog.grid.cards)
    assert not dialog.labels_button.isEnabled()
    dialog.show_state(TWO)

    assert shown_names(dialog) == ["my cats", "boat"]
    assert dialog.grid.cards[0].tick.isChecked()


def test_a_name_without_letters_makes_no_label(dialog: GroupsDialog) -> None:
    dialog.show_state(TWO)
    dialog.grid.cards[0].tick.click()

    dialog.grid.cards[0].name_box.setEditText("  ")

    assert not dialog.labels_button.isEnabled()


def test_many_groups_follow_on_scrolling_and_all_can_be_ticked(qtbot: QtBot, dialog: GroupsDialog) -> None:
    dialog.show_state(state_of([(f"name {number}",) for number in range(40)]))
    bar = dialog.grid.verticalScrollBar()

    def is_at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return len(shown_names(dialog)) == 40

    assert len(dialog.grid.cards) < 40
    dialog.all_button.click()
    qtbot.waitUntil(is_at_the_end)
    assert shown_names(dialog)[-1] == "name 39"
    assert sum(card.tick.isChecked() for card in dialog.grid.cards) == 40
    with qtbot.waitSignal(dialog.labels_wanted) as wanted:
        dialog.labels_button.click()
    assert len(wanted.args[0]) == 40

    dialog.all_button.click()
    assert not any(card.tick.isChecked() for card in dialog.grid.cards)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (GroupsState(GroupsStage.NO_MODEL), "Choose one in the model box"),
        (GroupsState(GroupsStage.LOADING), "being loaded"),
        (GroupsState(GroupsStage.NO_PICTURES), "Drop a folder"),
        (GroupsState(GroupsStage.READING, 12, 3400), "12 of 3,400"),
        (GroupsState(GroupsStage.NOT_READ, 0, 12), "Too few pictures have been read"),
        (GroupsState(GroupsStage.COMPARING, 1, 4), "25 %"),
        (GroupsState(GroupsStage.READY), "too few, or too different"),
        (GroupsState(GroupsStage.FAILED, problem="There is not enough memory."), "not enough memory"),
    ],
)
def test_without_groups_the_dialog_says_what_happens_or_what_to_do(
    dialog: GroupsDialog, state: GroupsState, words: str
) -> None:
    dialog.show_state(state)

    assert words in dialog.message.text()
    assert dialog.message.isVisible()


def test_words_are_sent_only_after_a_click_that_names_the_server(qtbot: QtBot, dialog: GroupsDialog) -> None:
    dialog.show_state(replace(TWO, words=WordsStage.NOT_SENT, missing_words=1399, hosts=("api.example",)))

    assert "api.example" in dialog.note.text() and "1,399" in dialog.note.text()
    with qtbot.waitSignal(dialog.words_allowed):
        dialog.words_button.click()


def test_the_slider_goes_from_coarse_to_fine_in_steps(qtbot: QtBot, dialog: GroupsDialog) -> None:
    dialog.show_state(TWO)
    found: list[float] = []
    dialog.fineness_chosen.connect(found.append)

    for step in (0, 3, 9):
        dialog.slider.setValue(step)

    assert found == pytest.approx([0.5, 1.0, 4.0])
