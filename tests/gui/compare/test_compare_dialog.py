"""The dialog by itself, with fixed labels. `tests/e2e/test_compare.py` drives it in the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from compare_snapshot import IMAGES, make_snapshot
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.comparison import Comparison, Wording
from clipdesk.gui.compare.compare_dialog import CompareDialog, Earlier
from clipdesk.gui.compare.pictures_grid import MOST_SHOWN, PicturesModel
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.compare.wording_card import Kind
from clipdesk.gui.compare.wordings_panel import ModelChoice
from clipdesk.gui.loading.thumbnails import Thumbnails

MODEL = ModelChoice("ab" * 16, "ViT-B-32:x", "Recommended")


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails()
    yield thumbnails
    thumbnails.stop()


@pytest.fixture
def dialog(qtbot: QtBot, thumbnails: Thumbnails) -> Iterator[CompareDialog]:
    dialog = CompareDialog(thumbnails)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    yield dialog
    dialog.loader.stop()


def shown(dialog: CompareDialog, snapshot: Snapshot) -> CompareDialog:
    dialog.show_labels(snapshot.label_set, ())
    dialog.show_models([MODEL], {MODEL.encoder: MODEL.title, "": "Starter"})
    dialog.show_snapshot(snapshot)
    dialog.show()
    assert QTest.qWaitForWindowActive(dialog)  # shortcuts need it
    return dialog


def test_the_hint_gives_way_to_the_verdict(dialog: CompareDialog) -> None:
    shown(dialog, make_snapshot(reviewed=0))
    assert dialog.finding.text() == "Hint: B sorts the pictures into clearer groups. Judge some to be sure."

    dialog.start_judging()
    QTest.keyClick(dialog.judge, Qt.Key.Key_Left)
    dialog.tabs.setCurrentWidget(dialog.differences)

    assert "Hint" not in dialog.finding.text()
    assert dialog.finding.text().startswith("No difference yet")


def test_the_next_step_is_the_primary_one(dialog: CompareDialog) -> None:
    snapshot = make_snapshot(reviewed=0)
    shown(dialog, snapshot)
    assert dialog.judge_button.property("primary")
    assert not dialog.use_button.property("primary")

    dialog.start_judging()
    b = snapshot.results[snapshot.comparison.wordings[1]].labels
    for _ in range(8):
        judging = dialog.judge.judging
        assert judging is not None and judging.question is not None
        is_left = judging.question.left == b[judging.question.row]
        QTest.keyClick(dialog.judge, Qt.Key.Key_Left if is_left else Qt.Key.Key_Right)

    assert dialog.judge.finding.text() == "B is right in 8 of 8. That is very unlikely to be chance."
    assert dialog.use_button.property("primary")
    assert not dialog.judge_button.property("primary")


def test_the_sides_are_hidden(dialog: CompareDialog) -> None:
    """Nothing on the page says which label is A's: the same label is at the left for some pictures only."""
    snapshot = make_snapshot(("dog", "cat"), reviewed=0, differing=IMAGES)
    shown(dialog, snapshot)
    dialog.start_judging()
    a, is_left = snapshot.results[snapshot.a].labels, []
    judging = dialog.judge.judging
    assert judging is not None
    for _ in range(IMAGES):
        question = judging.question
        assert question is not None
        is_left.append(question.left == a[question.row])
        names = snapshot.label_set.names
        assert dialog.judge.left_button.accessibleName() == names[question.left]
        assert dialog.judge.right_button.accessibleName() == names[question.right]
        QTest.keyClick(dialog.judge, Qt.Key.Key_Down)

    assert 8 <= sum(is_left) <= IMAGES - 8
    assert dialog.judge.picture.message == "You have judged all pictures on which they differ."


def test_a_click_on_a_tab_leaves_the_arrow_keys_to_the_page(qtbot: QtBot, dialog: CompareDialog) -> None:
    shown(dialog, make_snapshot())
    bar = dialog.tabs.tabBar()

    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())

    assert dialog.tabs.currentWidget() is dialog.judge
    assert dialog.focusWidget() is dialog.judge


def test_answers_are_reported_with_the_row_and_the_right_label(qtbot: QtBot, dialog: CompareDialog) -> None:
    snapshot = make_snapshot(reviewed=0)
    shown(dialog, snapshot)
    judging = dialog.judge.judging
    assert judging is not None
    question = judging.question
    assert question is not None

    with qtbot.waitSignal(dialog.answered) as answer:
        dialog.judge.right_button.click()
    with qtbot.waitSignal(dialog.taken_back) as back:
        dialog.judge.back_button.click()

    wording = snapshot.comparison.wordings[1]
    assert answer.args == [wording, question.row, question.right]
    assert back.args == [wording, question.row]


def test_wordings_are_added_removed_and_edited(qtbot: QtBot, dialog: CompareDialog) -> None:
    snapshot = make_snapshot()
    shown(dialog, snapshot)
    a, b = snapshot.comparison.wordings
    panel = dialog.panel

    panel.add_draft()
    edit = panel.cards[2].edit
    assert edit is not None
    edit.setPlainText("one more\n\n one more \nand another")
    with qtbot.waitSignal(dialog.wordings_changed) as changed:
        edit.report()
    c = Wording(("one more", "and another"))
    assert changed.args == [(a, b, c)]
    assert panel.name_of(c) == "C"
    assert panel.chosen == c

    with qtbot.waitSignal(dialog.wordings_changed) as changed:
        panel.cards[1].remove_button.click()
    assert changed.args == [(a, c)]
    assert panel.name_of(c) == "B"
    assert panel.cards[0].remove_button.isHidden()

    with qtbot.waitSignal(dialog.wordings_changed) as changed:
        panel.add_model(MODEL)
    assert changed.args == [(a, c, replace(a, encoder=MODEL.encoder, model=MODEL.model))]
    assert panel.cards[2].kind is Kind.MODEL
    assert panel.cards[2].title.text() == "Recommended"


def test_removing_the_last_wording_leaves_a_draft(qtbot: QtBot, dialog: CompareDialog) -> None:
    snapshot = make_snapshot()
    shown(dialog, snapshot)

    with qtbot.waitSignal(dialog.wordings_changed) as changed:
        dialog.panel.cards[1].remove_button.click()

    assert changed.args == [(snapshot.a,)]
    assert len(dialog.panel.cards) == 2
    assert dialog.panel.chosen is None
    assert not dialog.use_button.isEnabled()


def test_another_wording_is_compared_by_choosing_its_card(qtbot: QtBot, dialog: CompareDialog) -> None:
    snapshot = make_snapshot(wordings=3)
    a, _, c = snapshot.comparison.wordings
    results = dict(snapshot.results)
    results[c] = replace(results[a])
    shown(dialog, replace(snapshot, results=results))
    assert dialog.names == ("A", "B")

    dialog.panel.cards[2].chosen.emit()

    assert dialog.names == ("A", "C")
    assert dialog.agreement.text() == f"A and C: Both label all {IMAGES} pictures alike."
    assert dialog.use_button.text() == "Use C"
    with qtbot.waitSignal(dialog.use_requested) as used:
        dialog.use_button.click()
    assert used.args == [c]


def test_a_wording_without_result_says_why(dialog: CompareDialog) -> None:
    snapshot = make_snapshot()
    a, b = snapshot.comparison.wordings
    shown(dialog, replace(snapshot, results={a: snapshot.results[a]}))
    assert dialog.agreement.text() == dialog.panel.cards[1].note.text() == "Scoring…"
    assert dialog.judge.picture.message == "Scoring…"

    dialog.show_snapshot(replace(snapshot, results={a: snapshot.results[a]}, problems={b: "It has gone."}))

    assert dialog.agreement.text() == dialog.panel.cards[1].note.text() == "It has gone."


def test_a_warning_stands_below_the_count(dialog: CompareDialog) -> None:
    snapshot = make_snapshot()
    shown(dialog, replace(snapshot, warnings={snapshot.comparison.wordings[1]: "Too long."}))

    assert dialog.panel.cards[1].note.text().splitlines()[1] == "Too long."


def test_accuracies_are_shown_once_pictures_were_labelled_by_hand(dialog: CompareDialog) -> None:
    page = shown(dialog, make_snapshot(reviewed=0)).accuracy
    assert page.table.rowCount() == 0
    assert page.note.text().startswith("Label some pictures by hand first")

    dialog.show_snapshot(make_snapshot(reviewed=30))

    # A is right except in every fifth of the first ten; B is right only there.
    assert [page.table.item(0, column).text() for column in range(1, 3)] == ["28 of 30", "93 %"]
    assert page.table.item(0, 0).text().startswith("A")
    assert page.chosen == dialog._snapshot.a  # type: ignore[union-attr]
    # The mistakes of A, as long as no cell is chosen.
    assert page.grid.pictures.rows.tolist() == [0, 5]


def test_earlier_comparisons_can_be_opened(qtbot: QtBot, dialog: CompareDialog) -> None:
    snapshot = make_snapshot()
    earlier = Comparison(1, (Wording(), Wording(("R&B", "a puppy"))))
    shown(dialog, snapshot)

    dialog.show_labels(snapshot.label_set, [Earlier(earlier, "dog")])

    (action,) = dialog.earlier_menu.actions()
    assert action.text() == "dog: dog / R&&B · a puppy"
    with qtbot.waitSignal(dialog.comparison_chosen) as chosen:
        action.trigger()
    assert chosen.args == [earlier]


def test_the_grid_shows_a_bounded_number_of_pictures(qtmodeltester: ModelTester) -> None:
    model = PicturesModel()
    model.show_rows(np.arange(3), lambda row: Path(f"/p/{row}.jpg"))
    qtmodeltester.check(model)
    assert model.index(1, 0).data() == "1.jpg"

    model.show_rows(np.arange(1_000_000), lambda row: Path(f"/p/{row}.jpg"))

    assert model.rowCount() == MOST_SHOWN
