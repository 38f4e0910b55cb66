"""The sort dialog: rules at the left, the plan at the right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from image_files import encoded, gradient, put
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.decisions import Status
from clipdesk.core.labels.label_set import Label
from clipdesk.core.sorting.plan import make_plan
from clipdesk.core.sorting.rules import SameContent, SortingRules
from clipdesk.core.sorting.steps import Action, Candidate, Plan
from clipdesk.gui.kit.theme import label_color
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.sorting.plan_model import Column
from clipdesk.gui.sorting.rules_form import Scope
from clipdesk.gui.sorting.sort_choices import SortChoices
from clipdesk.gui.sorting.sort_dialog import SortDialog

DOG, CAT = Label("dog"), Label("cat")


class Desk:
    """Real pictures with labels, and the plans that the dialog gets for them."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "sorted"
        self.root.mkdir()
        self.folder = folder / "photos"
        self.folder.mkdir()
        self.candidates = [self.picture(f"{n}.jpg", (DOG, CAT)[n % 2]) for n in range(6)]
        self.plans = 0

    def picture(self, name: str, label: Label, status: Status = Status.OK) -> Candidate:
        path = put(self.folder, encoded(gradient(), "JPEG", quality=60 + len(list(self.folder.iterdir()))), name)
        state = path.stat()
        return Candidate(path, state.st_size, state.st_mtime_ns, label.id, label.name, status, 0.9, 0.8)

    def plan(self, rules: SortingRules) -> Plan:
        self.plans += 1
        return make_plan(self.candidates, rules)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails()
    yield thumbnails
    thumbnails.stop()


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, thumbnails: Thumbnails) -> SortDialog:
    return shown(qtbot, desk, thumbnails, SortChoices(root=str(desk.root)))


def shown(qtbot: QtBot, desk: Desk, thumbnails: Thumbnails, choices: SortChoices) -> SortDialog:
    labels = [(DOG, label_color(0)), (CAT, label_color(1))]
    scopes = [Scope("all", 6), Scope("shown", 2)]
    dialog = SortDialog(thumbnails, choices, scopes, labels, [desk.folder])
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.plan_wanted.connect(lambda _, rules: dialog.show_plan(desk.plan(rules)))
    dialog.start()
    dialog.show()
    return dialog


def folders(dialog: SortDialog) -> dict[str, int]:
    return {folder.name: len(folder.images) for folder in dialog.model.folders}


def wait_for_plan(qtbot: QtBot, desk: Desk, count: int) -> None:
    qtbot.waitUntil(lambda: desk.plans == count)


def test_the_plan_shows_the_folders_of_the_labels_and_the_button_says_what_it_does(dialog: SortDialog) -> None:
    assert folders(dialog) == {"dog": 3, "cat": 3}
    assert dialog.sort_button.text() == "Copy 6 pictures into 2 folders"
    assert dialog.sort_button.isEnabled()


def test_the_plan_model_is_a_sound_model(dialog: SortDialog, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(dialog.model)


def test_without_a_folder_nothing_can_be_sorted(qtbot: QtBot, desk: Desk, thumbnails: Thumbnails) -> None:
    dialog = shown(qtbot, desk, thumbnails, SortChoices())

    assert not dialog.sort_button.isEnabled()
    assert dialog.sort_button.text() == "Copy"
    assert dialog.focusWidget() is dialog.form.choose
    assert desk.plans == 0
    dialog.form.root.setText(str(desk.root))
    dialog.form.root.textEdited.emit(str(desk.root))
    wait_for_plan(qtbot, desk, 1)
    assert dialog.sort_button.isEnabled()


def test_the_button_waits_for_the_plan_of_changed_rules(qtbot: QtBot, desk: Desk, dialog: SortDialog) -> None:
    dialog.form.action.segment("move").click()

    assert not dialog.sort_button.isEnabled()
    wait_for_plan(qtbot, desk, 2)
    assert dialog.sort_button.isEnabled()
    assert dialog.sort_button.text() == "Move 6 pictures into 2 folders"
    assert dialog.model.plan.action == Action.MOVE


def test_a_label_without_a_tick_goes_nowhere(qtbot: QtBot, desk: Desk, dialog: SortDialog) -> None:
    item = dialog.form.folders.item(1, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    wait_for_plan(qtbot, desk, 2)

    assert folders(dialog) == {"dog": 3}
    assert dialog.view.stays.row_count == 3


def test_two_labels_can_share_a_folder_on_purpose(qtbot: QtBot, desk: Desk, dialog: SortDialog) -> None:
    for row in (0, 1):
        item = dialog.form.folders.item(row, 1)
        assert item is not None
        item.setText("pets")
    wait_for_plan(qtbot, desk, 2)

    assert folders(dialog) == {"pets": 6}
    assert not dialog.model.plan.problems


def test_renaming_a_folder_in_the_plan_renames_it_in_the_rules(qtbot: QtBot, desk: Desk, dialog: SortDialog) -> None:
    dialog.model.setData(dialog.model.index(0, Column.NAME), "Hunde", Qt.ItemDataRole.EditRole)
    wait_for_plan(qtbot, desk, 2)

    assert folders(dialog) == {"Hunde": 3, "cat": 3}
    assert {step.target.parent.name for step in dialog.model.plan.steps} == {"Hunde", "cat"}


def test_an_emptied_folder_name_is_not_taken(dialog: SortDialog) -> None:
    item = dialog.form.folders.item(0, 1)
    assert item is not None
    item.setText("  ")

    assert item.text() == "dog"


def test_unticked_pictures_are_left_out_of_the_plan_that_is_sorted(
    qtbot: QtBot, desk: Desk, dialog: SortDialog
) -> None:
    parent = dialog.model.index(0, 0)
    dialog.model.setData(
        dialog.model.index(0, 0, parent), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole
    )

    assert dialog.sort_button.text() == "Copy 5 pictures into 2 folders"
    assert dialog.model.data(parent, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.PartiallyChecked
    with qtbot.waitSignal(dialog.sort_requested) as blocker:
        dialog.sort_button.click()
    assert blocker.args is not None
    left_out = dialog.model.plan.steps[dialog.model.folders[0].images[0]].source
    assert {step.source for step in blocker.args[0].steps} == {one.path for one in desk.candidates} - {left_out}


def test_an_unticked_picture_takes_its_companions_out(qtbot: QtBot, desk: Desk, thumbnails: Thumbnails) -> None:
    put(desk.folder, b"<x/>", "0.xmp")
    dialog = shown(qtbot, desk, thumbnails, SortChoices(root=str(desk.root)))
    assert dialog.view.companions.row_count == 1
    assert len(dialog.model.plan.steps) == 7

    dialog.model.set_ticked([dialog.model.folders[0].images[0]], False)

    chosen = dialog.model.chosen_plan()
    assert {"1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg"} == {step.source.name for step in chosen.steps}
    assert [step.image for step in chosen.steps] == list(range(5))


def test_a_companion_can_be_left_out_alone(qtbot: QtBot, desk: Desk, thumbnails: Thumbnails) -> None:
    put(desk.folder, b"<x/>", "0.xmp")
    dialog = shown(qtbot, desk, thumbnails, SortChoices(root=str(desk.root)))
    table = dialog.view.companions.model()

    table.setData(table.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)

    assert table.data(table.index(0, 0), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert {f"{n}.jpg" for n in range(6)} == {step.source.name for step in dialog.model.chosen_plan().steps}


def test_a_folder_without_a_tick_is_left_out_whole_and_comes_back(dialog: SortDialog) -> None:
    folder, role = dialog.model.index(1, 0), Qt.ItemDataRole.CheckStateRole

    dialog.model.setData(folder, Qt.CheckState.Unchecked.value, role)
    assert dialog.model.counts() == (3, 1)
    dialog.model.setData(folder, Qt.CheckState.Checked.value, role)
    assert dialog.model.counts() == (6, 2)


def test_a_taken_name_is_listed_as_a_clash(qtbot: QtBot, desk: Desk, thumbnails: Thumbnails) -> None:
    (desk.root / "dog").mkdir()
    put(desk.root / "dog", b"another file", "0.jpg")
    dialog = shown(qtbot, desk, thumbnails, SortChoices(root=str(desk.root)))

    assert dialog.view.clashes.row_count == 1
    assert "saved as 0 (2).jpg" in str(dialog.view.clashes.model().index(0, 1).data())


def test_problems_are_shown_and_forbid_the_sort(qtbot: QtBot, desk: Desk, thumbnails: Thumbnails) -> None:
    file = put(desk.folder.parent, b"x", "a file")
    dialog = shown(qtbot, desk, thumbnails, SortChoices(root=str(file)))

    assert dialog.problem.text()
    assert dialog.problem.isVisible()
    assert not dialog.sort_button.isEnabled()


def test_the_rules_are_what_the_form_shows(dialog: SortDialog, desk: Desk) -> None:
    form = dialog.form
    form.keep_tree.setChecked(True)
    form.skip_same.setChecked(False)
    form.companions.setChecked(False)
    form.probability.setValue(80)
    form.margin.setValue(10)
    item = form.folders.item(2, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Checked)

    rules = dialog.rules()

    assert rules == SortingRules(
        desk.root,
        Action.COPY,
        min_probability=0.8,
        min_margin=0.1,
        unsure=Path("Unsure"),
        keep_tree=True,
        bases=(desk.folder,),
        same_content=SameContent.NUMBER,
        with_companions=False,
    )


def test_choices_survive_being_saved() -> None:
    choices = SortChoices("/pictures", Action.SYMBOLIC_LINK, 0.5, 0.1, keep_tree=True, skip_same=False)

    assert SortChoices.from_json(choices.to_json()) == choices


@pytest.mark.parametrize("values", [None, [], {"action": "burn", "min_probability": 7.0, "root": 3}])
def test_invalid_saved_choices_become_the_defaults(values: object) -> None:
    assert SortChoices.from_json(values) == SortChoices()
