"""What the dialog *Duplicates* shows and asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clipdesk.core.find.duplicates import DuplicateGroup, Kind
from clipdesk.core.find.keepers import DEFAULT_ORDER, KeeperFacts, KeeperRule, Proposal
from clipdesk.core.find.progress import FindProgress
from clipdesk.gui.duplicates.duplicates_dialog import DuplicatesDialog
from clipdesk.gui.duplicates.rules_list import RulesList
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.duplicate_finder import DuplicatesStage, DuplicatesState, ShownGroup


def path_of(row: int) -> Path:
    return Path(f"/pictures/{row}.jpg")


def state_of(groups: Sequence[tuple[Kind, tuple[int, ...]]]) -> DuplicatesState:
    """Return a state with these groups, of which the first rows are kept."""
    shown = tuple(
        ShownGroup(number, Proposal(DuplicateGroup(kind, rows, rows[0], 1.0), rows[0], (KeeperRule.LARGEST,)))
        for number, (kind, rows) in enumerate(groups)
    )
    facts = {
        row: KeeperFacts(path_of(row), 400 - row, 300, 1_000_000, 1e9, 1e9 + row, 20.0 - 2 * row)
        for _, rows in groups
        for row in rows
    }
    return DuplicatesState(DuplicatesStage.READY, 1, groups=shown, facts=facts)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[DuplicatesDialog]:
    thumbnails = Thumbnails()
    dialog = DuplicatesDialog(thumbnails, path_of)
    qtbot.addWidget(dialog)
    yield dialog
    thumbnails.stop()


def test_kinds_are_told_apart_by_tabs_with_counts(dialog: DuplicatesDialog) -> None:
    dialog.show_state(state_of([(Kind.SAME, (0, 1)), (Kind.BURST, (2, 3, 4)), (Kind.BURST, (5, 6))]))

    texts = [dialog.tabs.tabText(place) for place in range(dialog.tabs.count())]
    assert texts == ["Exact copies  0", "Same picture  1", "Bursts  2", "Similar  0"]
    assert [dialog.tabs.isTabEnabled(place) for place in range(4)] == [False, True, True, False]
    assert dialog.kind is Kind.SAME
    assert dialog.headline.text().startswith("4 pictures in 3 groups could go")


def test_a_card_says_what_differs_and_offers_the_choices(qtbot: QtBot, dialog: DuplicatesDialog) -> None:
    dialog.show_state(state_of([(Kind.BURST, (2, 3, 4))]))
    card = dialog.cards[0]

    assert [tile.keep.isChecked() for tile in card.tiles] == [True, False, False]
    assert card.why.text() == (
        "Proposed to keep: the one with the most pixels. The pictures differ in: size in pixels, time taken, sharpness."
    )
    assert "398 × 300" in card.tiles[0].facts.text() and "sharpest" in card.tiles[0].facts.text()
    assert "less sharp" in card.tiles[1].facts.text()
    with qtbot.waitSignal(dialog.keeper_chosen, check_params_cb=lambda *chosen: chosen == (0, 4)):
        card.tiles[2].keep.click()
    with qtbot.waitSignal(dialog.all_kept, check_params_cb=lambda number: number == 0):
        card.keep_button.click()
    with qtbot.waitSignal(dialog.rows_chosen, check_params_cb=lambda rows: rows == (2, 3, 4)):
        card.open_button.click()


def test_only_ticked_groups_are_moved_and_a_new_search_unticks_them(qtbot: QtBot, dialog: DuplicatesDialog) -> None:
    dialog.show_state(state_of([(Kind.EXACT, (0, 1)), (Kind.EXACT, (2, 3)), (Kind.SIMILAR, (4, 5))]))
    assert not dialog.move_button.isEnabled()

    dialog.cards[1].tick.click()
    assert dialog.move_button.text() == "Move 1 picture into…"
    with qtbot.waitSignal(dialog.move_wanted) as moved:
        dialog.move_button.click()
    assert [group.number for group in moved.args[0]] == [1]

    dialog.all_button.click()  # those of this tab
    assert [group.number for group in dialog.ticked_groups()] == [0, 1]
    dialog.show_state(DuplicatesState(DuplicatesStage.COMPARING, 2, FindProgress("Comparing pictures", 3, 9)))
    assert dialog.ticked_groups() == [] and not dialog.move_button.isVisibleTo(dialog)
    assert dialog.progress.value() == 3
    with qtbot.waitSignal(dialog.stop_requested):
        dialog.stop_button.click()


def test_many_groups_and_many_pictures_come_in_pages(qtbot: QtBot, dialog: DuplicatesDialog) -> None:
    pairs = [(Kind.EXACT, (row, row + 1)) for row in range(100, 200, 2)]
    dialog.show_state(state_of([(Kind.EXACT, tuple(range(12))), *pairs]))

    def shown() -> int:
        return sum(card.isVisibleTo(dialog) for card in dialog.cards)

    qtbot.waitUntil(lambda: shown() == 40)
    card = dialog.cards[0]
    assert sum(tile.isVisibleTo(card) for tile in card.tiles) == 8
    card.whole_button.click()
    assert sum(tile.isVisibleTo(card) for tile in card.tiles) == 12
    dialog.more_button.click()
    qtbot.waitUntil(lambda: shown() == 51)
    assert not dialog.more_button.isVisibleTo(dialog)


def test_rules_are_moved_and_left_out(qtbot: QtBot) -> None:
    rules = RulesList()
    qtbot.addWidget(rules)
    rules.show_rules(DEFAULT_ORDER)
    assert rules.rules == DEFAULT_ORDER
    changes: list[tuple[KeeperRule, ...]] = []
    rules.rules_changed.connect(changes.append)

    rules.list.setCurrentRow(1)
    rules.up_button.click()
    assert changes[-1][:2] == (KeeperRule.SHARPEST, KeeperRule.LARGEST)
    assert not rules.up_button.isEnabled()

    rules.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert KeeperRule.LARGEST not in changes[-1]

    model = rules.list.model()
    none = rules.list.rootIndex()
    assert model.moveRow(none, 2, none, 0)  # as a drag does
    assert changes[-1][0] is KeeperRule.HEAVIEST
