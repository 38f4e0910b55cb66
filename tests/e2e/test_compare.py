"""Comparing wordings in the real window: type, judge, read the verdict, use the better one, open it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from color_encoder import COLORS, ColorEncoder, save_color_pictures
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clipdesk.core.compare.evidence import Outcome
from clipdesk.core.desk.comparison import Comparison, Wording
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, TEMPLATE_PRESETS, Label, LabelSet
from clipdesk.encoders.models import catalog
from clipdesk.gui.application import Application
from clipdesk.gui.compare.compare_dialog import CompareDialog
from clipdesk.gui.compare.wording_card import Kind
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.resources import resource_path

#: The label “warm” takes the red pictures, or as “green” the green ones. “Rest” takes what is left.
WARM, COLD, REST = Label("warm", ("red",)), Label("cold", ("blue",)), Label("rest", ("white",))
RIGHT_ID = {"red.png": WARM.id, "blue.png": COLD.id, "green.png": REST.id}
#: Which label is right for each colour, if “warm” means red.
RIGHT = {"red": "warm", "blue": "cold", "green": "rest"}


class OtherColorEncoder(ColorEncoder):
    """Another model, which takes red for blue."""

    identity = EncoderIdentity("other", "1" * 64, "4x4")

    def encode_images(self, images: Any) -> Any:
        return super().encode_images([image[..., ::-1] for image in images])


def load(model: str, **_: object) -> ColorEncoder:
    return OtherColorEncoder() if model == "other" else ColorEncoder()


@pytest.fixture
def colors(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> Iterator[Application]:
    """A window with 30 pictures, red, green and blue in turn, labelled warm, cold or rest."""
    application = Application(Start(), preferences, load)
    try:
        with qtbot.waitExposed(application.window):
            application.window.show()
        with qtbot.waitSignal(application.autosave.last_read):
            application.begin()
        application.labelling.load_model("color")
        qtbot.waitUntil(lambda: application.labelling.encoder is not None and not application.labelling.is_loading)
        application.desk_commands.show_labels(LabelSet((WARM, COLD, REST)))
        application.desk_commands.add_paths([save_color_pictures(tmp_path / "colors", 30)])
        wait_until_labelled(qtbot, application, 30)
        yield application
    finally:
        application.window.close()
        application.stop()


def wait_until_labelled(qtbot: QtBot, application: Application, count: int) -> None:
    labelling = application.labelling

    def done() -> bool:
        scored = int((labelling.desk.scores.best >= 0).sum())
        return scored == count and not labelling.is_running and not labelling.is_scanning

    qtbot.waitUntil(done, timeout=60_000)


def open_dialog(application: Application) -> CompareDialog:
    application.window.actions_["compare"].trigger()
    dialog = application.compare_commands.dialog
    assert dialog is not None
    return dialog


def type_wording(qtbot: QtBot, application: Application, text: str, place: int = 1) -> CompareDialog:
    """Type a wording into the card at this place, and wait for its result."""
    dialog = application.compare_commands.dialog
    assert dialog is not None
    edit = dialog.panel.cards[place].edit
    assert edit is not None
    edit.setPlainText(text)
    edit.report()
    wait_for_results(qtbot, application)
    return dialog


def wait_for_results(qtbot: QtBot, application: Application) -> None:
    qtbot.waitUntil(lambda: not application.labelling.wordings.is_busy, timeout=60_000)


def answer_all(application: Application, dialog: CompareDialog, right: dict[str, str], most: int = 99) -> None:
    """Answer by the colours in the files' names, with keys only."""
    names = application.labelling.desk.label_set.names
    for _ in range(most):
        judging = dialog.judge.judging
        question = judging.question if judging is not None else None
        if question is None:
            return
        color = application.labelling.desk.images.names[question.row].split()[1].removesuffix(".png")
        keys = {names[question.left]: Qt.Key.Key_Left, names[question.right]: Qt.Key.Key_Right}
        QTest.keyClick(dialog.judge, keys.get(right.get(color, ""), Qt.Key.Key_Down))


def test_a_wording_is_typed_and_the_differences_are_shown_by_label_pair(qtbot: QtBot, colors: Application) -> None:
    colors.window.labels.list.select_row(0)
    dialog = open_dialog(colors)
    assert dialog.panel.cards[0].text.text().startswith("red")
    assert not dialog.judge_button.isEnabled()

    type_wording(qtbot, colors, "green")

    table, grid = dialog.differences.pairs, dialog.differences.grid
    rows = [(table.item(row, 0).text(), table.item(row, 1).text()) for row in range(table.rowCount())]
    assert rows[0] == ("All differences", "20")
    assert sorted(rows[1:]) == [("rest → warm", "10"), ("warm → rest", "10")]
    assert dialog.agreement.text() == "A and B: 33 % the same · 20 of 30 pictures differ"
    assert dialog.panel.cards[1].note.text() == "10 pictures “warm”"
    assert len(grid.pictures.rows) == 20
    table.setCurrentCell(rows.index(("rest → warm", "10")), 0)
    assert {colors.labelling.desk.images.names[row].split()[1] for row in grid.pictures.rows} == {"green.png"}
    counts = dialog.counts
    assert [counts.item(0, column).text() for column in range(4)] == ["warm", "10", "10", "0"]


def test_judging_by_keys_ends_with_a_verdict_in_words(qtbot: QtBot, colors: Application) -> None:
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    type_wording(qtbot, colors, "green")
    dialog.start_judging()
    assert dialog.judge.left == 20

    answer_all(colors, dialog, RIGHT, most=8)

    verdict = dialog.judge.verdict
    assert verdict is not None
    assert verdict.decided == 8
    assert verdict.outcome is Outcome.A_BETTER
    assert dialog.judge.finding.text() == "A is right in 8 of 8. That is very unlikely to be chance."
    assert dialog.judge.progress.text() == "8 answers · 12 pictures left"
    dialog.tabs.setCurrentWidget(dialog.differences)
    assert dialog.finding.text() == dialog.judge.finding.text()
    assert len(colors.labelling.desk.comparisons[-1].answers) == 8
    assert not len(colors.labelling.desk.corrections[0])


def test_neither_skip_and_taking_back(qtbot: QtBot, colors: Application) -> None:
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    type_wording(qtbot, colors, "green")
    dialog.start_judging()
    judging = dialog.judge.judging
    assert judging is not None
    first = judging.question

    QTest.keyClick(dialog.judge, Qt.Key.Key_Up)
    assert judging.question != first
    QTest.keyClick(dialog.judge, Qt.Key.Key_Down)
    assert judging.verdict().neither == 1
    assert colors.labelling.desk.comparisons[-1].answers[0].label == NO_LABEL
    QTest.keyClick(dialog.judge, Qt.Key.Key_Backspace)

    assert not judging.answers
    assert not colors.labelling.desk.comparisons[-1].answers
    assert not dialog.judge.back_button.isEnabled()


def test_answers_become_corrections_if_wanted_and_are_taken_back_with_them(qtbot: QtBot, colors: Application) -> None:
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    type_wording(qtbot, colors, "green")
    dialog.start_judging()
    dialog.judge.corrects.setChecked(True)
    judging, desk = dialog.judge.judging, colors.labelling.desk
    assert judging is not None

    asked = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down):
        question = judging.question
        assert question is not None
        asked.append(question)
        QTest.keyClick(dialog.judge, key)

    rows, ids = desk.corrections
    expected = {asked[0].row: desk.label_set.ids[asked[0].left], asked[1].row: desk.label_set.ids[asked[1].right]}
    assert dict(zip(rows.tolist(), ids.tolist(), strict=True)) == expected
    assert judging.verdict().decided == 2  # the corrections do not count a second time

    for _ in asked:
        QTest.keyClick(dialog.judge, Qt.Key.Key_Backspace)
    assert not len(desk.corrections[0])
    dialog.close()
    assert "label of" not in colors.window.undo_stack.undo_text


def test_pictures_that_were_reviewed_before_count_and_are_not_asked_about(qtbot: QtBot, colors: Application) -> None:
    desk = colors.labelling.desk
    # Confirms all labels, as a review does.
    for row in range(12):
        colors.labelling.correct([row], desk.decisions.label_id.item(row))
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    type_wording(qtbot, colors, "green")
    judge = dialog.judge
    agreement = dialog._snapshot.agreement(1)
    assert agreement is not None
    known = int((agreement.differing < 12).sum())
    assert known > 0

    assert judge.verdict is not None
    assert judge.verdict.a == known
    assert judge.left == len(agreement.differing) - known
    assert judge.counts_earlier.text() == f"Count the {known} pictures I labelled before"

    judge.counts_earlier.setChecked(False)
    assert judge.verdict.decided == 0
    assert judge.left == len(agreement.differing) - known


def test_corrections_of_mistakes_alone_do_not_count_and_the_dialog_says_why(qtbot: QtBot, colors: Application) -> None:
    desk = colors.labelling.desk
    warm = [row for row in range(30) if desk.decisions.label_id.item(row) == WARM.id][:6]
    colors.labelling.correct(warm, COLD.id)
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    type_wording(qtbot, colors, "green")

    assert dialog.judge.verdict is not None
    assert dialog.judge.verdict.decided == 0
    assert dialog.judge.counts_earlier.isHidden()
    assert "mistakes of A" in dialog.judge.earlier_note.text()
    assert "A looks worse here than it is" in dialog.accuracy.note.text()


def test_mistakes_that_were_drawn_by_a_review_count(qtbot: QtBot, colors: Application) -> None:
    desk = colors.labelling.desk
    reds = [row for row, name in enumerate(desk.images.names) if "red" in name]
    desk.correct(reds[:3], REST.id, in_queue=True)  # drawn by chance
    desk.correct(reds[3:6], REST.id)  # corrected because they were wrong
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    type_wording(qtbot, colors, "green")

    assert dialog.judge.verdict is not None
    assert (dialog.judge.verdict.a, dialog.judge.verdict.b) == (0, 3)
    assert dialog.judge.left == 14
    assert not dialog.judge.earlier_note.isHidden()


def test_accuracy_of_all_wordings_and_the_cells_filter_the_pictures(qtbot: QtBot, colors: Application) -> None:
    desk = colors.labelling.desk
    for row, name in enumerate(desk.images.names):
        colors.labelling.correct(
            [row], COLD.id if "blue" in name else NO_LABEL_FITS_ID if row > 27 else RIGHT_ID[name.split()[1]]
        )
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    type_wording(qtbot, colors, "green")
    page = dialog.accuracy
    dialog.tabs.setCurrentWidget(page)

    assert page.table.rowCount() == 2
    assert page.note.text() == "About the 30 pictures that you labelled by hand."
    result = colors.labelling.wordings.results[dialog._snapshot.a].labels
    truth = dialog._snapshot.truth
    right = int((result == truth).sum())
    names = [page.table.item(row, 0).text()[0] for row in range(2)]
    assert page.table.item(names.index("A"), 1).text() == f"{right} of 30"
    assert page.ranking.text()

    page.table.setCurrentCell(names.index("A"), 0)
    page.matrix.setCurrentCell(1, 1)  # cold, and labelled cold
    expected = np.flatnonzero((truth == 1) & (result == 1))
    assert page.grid.pictures.rows.tolist() == expected.tolist()
    assert page.matrix.item(1, 1).text() == str(len(expected))
    assert page.matrix.rowCount() == 5  # three labels, none of these, precision


def test_the_ready_templates_are_ranked_together(qtbot: QtBot, colors: Application) -> None:
    desk = colors.labelling.desk
    colors.labelling.correct(range(10), WARM.id)
    dialog = open_dialog(colors)
    dialog.panel.add_ready_templates()
    wait_for_results(qtbot, colors)

    assert len(dialog.panel.cards) == len(TEMPLATE_PRESETS)  # A is “As typed”
    assert {card.kind for card in dialog.panel.cards[1:]} == {Kind.TEMPLATES}
    assert dialog.accuracy.table.rowCount() == len(TEMPLATE_PRESETS)
    # The colours of the words do not depend on the template.
    assert dialog.accuracy.ranking.text() == "A, B, C, D, E, F and G cannot be told apart on these pictures."
    assert dialog.agreement.text() == "A and B: Both label all 30 pictures alike."
    assert not dialog.judge_button.isEnabled()
    assert dialog.judge.picture.message.startswith("Both wordings label all pictures alike")
    assert len(desk.comparisons[-1].wordings) == len(TEMPLATE_PRESETS)


def test_the_better_wording_is_put_in_place_and_undone(qtbot: QtBot, colors: Application) -> None:
    open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    dialog = type_wording(qtbot, colors, "green")

    dialog.use_button.click()

    labels = colors.labelling.desk.label_set
    assert colors.compare_commands.dialog is None
    assert [label.prompts for label in labels.labels] == [("green",), ("blue",), ("white",)]
    assert "warm" in colors.window.news.text.text()
    colors.window.undo_stack.undo()
    assert colors.labelling.desk.label_set == LabelSet((WARM, COLD, REST))


def test_a_comparison_is_kept_and_opened_again(qtbot: QtBot, colors: Application) -> None:
    open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    dialog = type_wording(qtbot, colors, "green")
    dialog.start_judging()
    answer_all(colors, dialog, RIGHT, most=3)
    dialog.close()

    again = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    wait_for_results(qtbot, colors)

    edit = again.panel.cards[1].edit
    assert edit is not None
    assert edit.lines() == ("green",)
    assert again.judge.verdict is not None
    assert again.judge.verdict.decided == 3
    menu = [action.text() for action in again.earlier_menu.actions()]
    assert menu == ["warm: red / green · 3 answers"]


def test_another_desk_brings_its_own_comparisons(qtbot: QtBot, colors: Application) -> None:
    open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    type_wording(qtbot, colors, "green").close()
    labelling = colors.labelling
    (mine,) = labelling.desk.comparisons
    other = Comparison(COLD.id, (Wording(), Wording(("sky",))))
    labels, images = labelling.desk.label_set, labelling.desk.images.copy()

    labelling.replace_desk(DeskState(labels, comparisons=(other,)))
    assert labelling.desk.comparisons == (other,)
    labelling.replace_desk(DeskState(labels, images=images, comparisons=(mine,)))
    assert labelling.desk.comparisons == (mine,)
    labelling.open_desk(DeskState(labels, images=images, comparisons=(other, mine)))
    assert labelling.desk.comparisons == (other, mine)


def test_answers_to_an_edited_wording_come_back_with_it(qtbot: QtBot, colors: Application) -> None:
    open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    dialog = type_wording(qtbot, colors, "green")
    dialog.start_judging()
    answer_all(colors, dialog, RIGHT, most=3)

    type_wording(qtbot, colors, "green\nred")
    assert dialog.judge.verdict is not None
    assert dialog.judge.verdict.decided == 0
    type_wording(qtbot, colors, "green")

    assert dialog.judge.verdict.decided == 3


def test_models_are_compared_by_the_embeddings_that_they_keep(qtbot: QtBot, colors: Application) -> None:
    labelling = colors.labelling
    with qtbot.waitSignal(labelling.encoder_changed):
        labelling.load_model("other")
    wait_until_labelled(qtbot, colors, 30)
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    qtbot.waitUntil(lambda: bool(dialog.panel._models))
    (color,) = dialog.panel._models

    dialog.panel.add_model(color)
    wait_for_results(qtbot, colors)

    agreement = dialog._snapshot.agreement(1)
    assert agreement is not None
    # Red and blue change places.
    names = np.array(labelling.desk.images.names)[agreement.differing]
    assert sum("red" in name or "blue" in name for name in names) == 20
    assert dialog.panel.cards[1].kind is Kind.MODEL
    assert "Hint" not in dialog.finding.text()  # groups of different models cannot be compared

    with qtbot.waitSignal(labelling.encoder_changed):
        dialog.use_button.click()
    assert labelling.encoder is not None
    assert labelling.encoder.model == "color"


def test_an_edited_wording_that_is_no_wording_says_why(qtbot: QtBot, colors: Application) -> None:
    dialog = open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)

    type_wording(qtbot, colors, "red")
    assert dialog.panel.cards[1].note.text() == "The same as A."
    dialog.panel.add_draft(Kind.TEMPLATES)
    type_wording(qtbot, colors, "no braces", place=2)

    assert "must contain {} once" in dialog.panel.cards[2].note.text()
    assert not dialog.use_button.isEnabled()


def test_pictures_that_arrive_meanwhile_are_compared_too(qtbot: QtBot, colors: Application, tmp_path: Path) -> None:
    open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    dialog = type_wording(qtbot, colors, "green")
    before = dialog.judge.left
    dialog.start_judging()
    judging = dialog.judge.judging
    assert judging is not None
    question = judging.question

    more = tmp_path / "more"
    more.mkdir()
    for number in range(3):
        Image.new("RGB", (60 + number, 20), COLORS["blue"]).save(more / f"{number} blue.png")
    colors.labelling.add_paths([more])
    wait_until_labelled(qtbot, colors, 33)
    qtbot.waitUntil(lambda: "33" in dialog.agreement.text(), timeout=10_000)

    assert dialog.judge.judging is judging  # the question stays
    assert judging.question == question
    assert judging.left == before


def test_one_label_alone_cannot_be_compared(qtbot: QtBot, colors: Application) -> None:
    colors.desk_commands.show_labels(LabelSet((WARM,)))

    dialog = open_dialog(colors)

    assert dialog.agreement.text() == "Add a second label first: one label alone gets all pictures."


def test_without_labels_there_is_nothing_to_compare(colors: Application) -> None:
    colors.desk_commands.show_labels(LabelSet())

    assert not colors.window.actions_["compare"].isEnabled()
    assert not colors.window.labels.editor.compare_button.isEnabled()


def test_removing_pictures_keeps_the_answers_of_the_others(qtbot: QtBot, colors: Application) -> None:
    open_dialog(colors)
    colors.compare_commands._open_label(WARM.id)
    dialog = type_wording(qtbot, colors, "green")
    dialog.start_judging()
    answer_all(colors, dialog, RIGHT, most=4)
    judging = dialog.judge.judging
    assert judging is not None
    gone = next(iter(judging.answers))

    colors.labelling.remove_images([gone])
    wait_for_results(qtbot, colors)

    assert dialog.judge.verdict is not None
    assert dialog.judge.verdict.decided == 3


@pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")
def test_the_starter_model_compares_the_samples_also_beside_another_model(
    qtbot: QtBot, preferences: Preferences, tiny_model_dir: Path
) -> None:
    application = Application(Start(samples=True, model="starter"), preferences)
    applications = [application]
    try:
        with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
            application.begin()
        application.desk_commands.show_labels(LabelSet((Label("fruit"), Label("animal"), Label("landscape"))))
        count = len(list(resource_path("samples").glob("*.jpg")))
        wait_until_labelled(qtbot, application, count)
        dialog = open_dialog(application)
        application.compare_commands._open_label(application.labelling.desk.label_set.ids[0])

        type_wording(qtbot, application, "강아지\na bowl of lemons")

        assert f"of {count} pictures differ" in dialog.agreement.text() or "alike" in dialog.agreement.text()
        assert "does not know “강아지”" in dialog.panel.cards[1].note.text()
        scores = application.labelling.desk.scores
        assert (application.labelling.wordings.results[dialog._snapshot.a].labels == scores.best).all()
        starter_labels = scores.best.tolist()
        dialog.close()
        # After a restart with another model, the starter's embeddings are in the store.
        other = restarted_with(qtbot, preferences, f"local-dir:{tiny_model_dir}", application)
        applications.append(other)
        wait_until_labelled(qtbot, other, count)
        dialog = open_dialog(other)
        qtbot.waitUntil(lambda: "Starter" in [model.title for model in dialog.panel._models], timeout=30_000)
        dialog.panel.add_model(next(model for model in dialog.panel._models if model.title == "Starter"))
        wait_for_results(qtbot, other)
        b = dialog._snapshot.comparison.wordings[1]
        assert other.labelling.wordings.results[b].labels.tolist() == starter_labels
    finally:
        for one in applications:
            one.window.close()
            one.stop()


def restarted_with(qtbot: QtBot, preferences: Preferences, model: str, before: Application) -> Application:
    """Close the window, and open another with this model, the samples and the same labels."""
    labels = before.labelling.desk.label_set
    before.window.close()
    before.stop()
    application = Application(Start(samples=True, model=model), preferences)
    with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
        application.begin()
    application.desk_commands.show_labels(labels)
    return application
