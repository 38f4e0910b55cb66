from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import TEMPLATE_PRESETS, Label, LabelSet
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.desktop import OWN_PICTURES_TYPE
from clipdesk.gui.kit.lines_edit import LinesEdit
from clipdesk.gui.labels.model import LabelsModel, Role
from clipdesk.gui.labels.panel import LabelsPanel


@pytest.fixture
def panel(qtbot: QtBot) -> LabelsPanel:
    panel = LabelsPanel()
    qtbot.addWidget(panel)
    panel.label_set_changed.connect(panel.set_label_set)  # as the owner of the labels does
    panel.resize(260, 640)
    panel.show()
    return panel


@pytest.fixture
def changes(panel: LabelsPanel) -> list[LabelSet]:
    """Every label set that the panel emits."""
    emitted: list[LabelSet] = []
    panel.label_set_changed.connect(emitted.append)
    return emitted


def enter(qtbot: QtBot, panel: LabelsPanel, text: str) -> None:
    panel.input.setText(text)
    qtbot.keyClick(panel.input, Qt.Key.Key_Return)


def picture_drag(paths: Sequence[Path], *, own: bool = False) -> QMimeData:
    """Return a drag of files, or of rows of the table if `own`."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if own:
        mime.setData(OWN_PICTURES_TYPE, b"")
    return mime


def drop(panel: LabelsPanel, paths: Sequence[Path], row: int = -1, *, own: bool = False, share: float = 0.5) -> bool:
    """Drop pictures on a label, `share` of its width from the left, or beside the labels."""
    mime = picture_drag(paths, own=own)
    viewport = panel.list.viewport() if row >= 0 else panel
    center = panel.rect().center()
    if row >= 0:
        area = panel.list.visualRect(panel.model.index(row))
        center = QPoint(area.left() + round(share * area.width()), area.center().y())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    QApplication.sendEvent(viewport, QDragEnterEvent(center, actions, mime, buttons, keys))
    event = QDropEvent(QPointF(center), actions, mime, buttons, keys)
    QApplication.sendEvent(viewport, event)
    return event.isAccepted()


def test_the_model_follows_qts_rules(qtmodeltester: ModelTester) -> None:
    model = LabelsModel()
    model.edited.connect(model.show)
    model.show(LabelSet((Label("dog"), Label("cat"))))
    qtmodeltester.check(model)
    model.add([Label("owl")])
    model.move(model.id_at(2), 0)
    model.remove([model.id_at(1)])

    assert model.label_set.names == ("owl", "cat")


def test_enter_adds_a_label_and_the_field_is_ready_for_the_next(
    qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]
) -> None:
    qtbot.keyClicks(panel.input, "red car")
    qtbot.keyClick(panel.input, Qt.Key.Key_Return)
    enter(qtbot, panel, "강아지=a puppy|a dog")

    assert panel.input.text() == ""
    assert [change.names for change in changes] == [("red car",), ("red car", "강아지")]
    assert changes[-1].labels[1].prompts == ("a puppy", "a dog")


def test_an_existing_name_is_refused_and_stays_in_the_field(
    qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]
) -> None:
    enter(qtbot, panel, "dog")
    enter(qtbot, panel, "Dog")

    assert len(changes) == 1
    assert "already" in panel.message.text()
    assert panel.message.isVisible()
    assert panel.input.text() == "Dog"
    qtbot.keyClicks(panel.input, "s")
    assert not panel.message.isVisible()


def test_an_empty_name_adds_nothing(qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]) -> None:
    enter(qtbot, panel, "   ")
    enter(qtbot, panel, "=prompt")

    assert changes == []


def test_a_pasted_list_is_one_change(qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]) -> None:
    QGuiApplication.clipboard().setText("dog\ncat=a kitten\n\n고양이\tfrom a spreadsheet\n")

    qtbot.keyClick(panel.input, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert [change.names for change in changes] == [("dog", "cat", "고양이")]
    assert changes[0].labels[1].prompts == ("a kitten",)


def test_one_pasted_line_stays_text(qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]) -> None:
    QGuiApplication.clipboard().setText("dog")

    qtbot.keyClick(panel.input, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert panel.input.text() == "dog"
    assert changes == []


def test_commas_make_several_labels_and_a_line_says_so_before_enter(
    qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]
) -> None:
    qtbot.keyClicks(panel.input, "dog")
    assert not panel.preview.isVisible()
    qtbot.keyClicks(panel.input, ", cat, red car")
    assert panel.preview.isVisible()
    assert panel.preview.text() == "Enter adds 3 labels: dog, cat, red car"

    qtbot.keyClick(panel.input, Qt.Key.Key_Return)

    assert [change.names for change in changes] == [("dog", "cat", "red car")]
    assert panel.input.text() == ""
    assert not panel.preview.isVisible()


def test_a_comma_in_a_prompt_stays_in_the_prompt(qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]) -> None:
    qtbot.keyClicks(panel.input, "name=prompt, with comma|other")
    assert panel.preview.text() == "Enter adds “name” with the prompts: prompt, with comma | other"

    qtbot.keyClick(panel.input, Qt.Key.Key_Return)

    assert changes[-1].labels == (Label("name", ("prompt, with comma", "other")),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cat", ""),
        ("cat=a kitten", "Enter adds “cat” with the prompt: a kitten"),
        ("cat, dog", "Enter adds 1 label: cat"),
        ("dog, Dog", ""),
        ("cat, =a kitten", ""),
    ],
)
def test_the_preview_says_what_enter_adds(panel: LabelsPanel, text: str, said: str) -> None:
    panel.set_label_set(LabelSet((Label("dog"),)))

    panel.input.setText(text)

    assert panel.preview.text() == panel.input.accessibleDescription() == said
    assert panel.preview.isVisible() == bool(said)


def test_a_long_list_is_previewed_by_its_first_names(panel: LabelsPanel) -> None:
    panel.input.setText(",".join("abcdefghijklm"))

    assert panel.preview.text() == "Enter adds 13 labels: a, b, c, d, e, f, g, h, i, j and 3 more"


def test_labels_that_exist_are_neither_announced_nor_added_twice(
    qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]
) -> None:
    panel.set_label_set(LabelSet((Label("dog"),)))
    qtbot.keyClicks(panel.input, "Dog, cat, owl")
    assert panel.preview.text() == "Enter adds 2 labels: cat, owl"

    qtbot.keyClick(panel.input, Qt.Key.Key_Return)

    assert changes[-1].names == ("dog", "cat", "owl")
    assert "already" in panel.message.text()
    assert panel.message.isVisible()


def test_a_pasted_line_with_commas_is_announced_and_pasted_lines_are_split(
    qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]
) -> None:
    QGuiApplication.clipboard().setText("dog, cat")
    qtbot.keyClick(panel.input, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.preview.text() == "Enter adds 2 labels: dog, cat"
    qtbot.keyClick(panel.input, Qt.Key.Key_Return)

    QGuiApplication.clipboard().setText("owl, red car\nhorse")
    qtbot.keyClick(panel.input, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert [change.names for change in changes] == [("dog", "cat"), ("dog", "cat", "owl", "red car", "horse")]


def test_a_label_is_renamed_in_place(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("dog", ("a puppy",)), Label("cat"))))

    assert panel.model.setData(panel.model.index(0), "hound")
    assert not panel.model.setData(panel.model.index(0), "Cat")
    assert not panel.model.setData(panel.model.index(0), "  ")

    assert [change.names for change in changes] == [("hound", "cat")]
    assert changes[0].labels[0].prompts == ("a puppy",)


def test_delete_removes_the_selected(qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("dog"), Label("cat"), Label("owl"))))
    panel.list.select_row(1)

    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)

    assert changes[-1].names == ("dog", "owl")


@pytest.mark.parametrize(
    ("row", "to", "expected"),
    [(0, 3, "bca"), (2, 0, "cab"), (1, 1, "abc"), (1, 2, "abc"), (0, 2, "bac")],
)
def test_labels_are_reordered(panel: LabelsPanel, row: int, to: int, expected: str) -> None:
    panel.set_label_set(LabelSet(tuple(Label(name) for name in "abc")))

    panel.model.move(panel.model.id_at(row), to)

    assert "".join(panel.label_set().names) == expected


def test_a_dragged_label_lands_where_it_is_dropped(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet(tuple(Label(name) for name in "abc")))
    mime = panel.model.mimeData([panel.model.index(0)])
    target = panel.list.visualRect(panel.model.index(2)).bottomLeft()

    class FromTheList(QDropEvent):
        def source(self) -> object:  # no real drag exists offscreen
            return panel.list

    event = FromTheList(
        QPointF(target), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    panel.list.dropEvent(event)

    assert [change.names for change in changes] == [("b", "c", "a")]


def test_prompts_belong_to_the_chosen_label(qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("dog"), Label("cat"))))
    panel.prompts_disclosure.set_open(True)
    panel.list.setCurrentIndex(panel.model.index(0))

    with qtbot.waitSignal(panel.label_set_changed, timeout=5_000):
        panel.editor.prompts.setPlainText("a puppy\n\na hound\n")
    panel.list.setCurrentIndex(panel.model.index(1))

    assert changes[-1].labels[0].prompts == ("a puppy", "a hound")
    assert panel.editor.prompts.toPlainText() == ""
    assert len(changes) == 1


def test_prompts_asked_for_with_ctrl_held_are_those_of_one_label(qtbot: QtBot, panel: LabelsPanel) -> None:
    panel.set_label_set(LabelSet((Label("dog", ("a puppy",)), Label("cat", ("a kitten",)))))
    panel.list.prompts_wanted.emit(panel.model.id_at(0))
    qtbot.keyPress(panel.input, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)

    panel.list.prompts_wanted.emit(panel.model.id_at(1))

    assert [index.row() for index in panel.list.selectedIndexes()] == [1]
    assert panel.editor.prompts.toPlainText() == "a kitten"
    qtbot.keyRelease(panel.input, Qt.Key.Key_Control)


def test_prompts_typed_last_are_not_lost_when_another_label_is_chosen(
    panel: LabelsPanel, changes: list[LabelSet]
) -> None:
    panel.set_label_set(LabelSet((Label("dog"), Label("cat"))))
    panel.list.setCurrentIndex(panel.model.index(0))
    panel.editor.prompts.setPlainText("a puppy")

    panel.list.setCurrentIndex(panel.model.index(1))

    assert changes[-1].labels == (Label("dog", ("a puppy",)), Label("cat"))


def test_choosing_a_preset_is_one_change(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("dog"),)))
    place = list(TEMPLATE_PRESETS).index("Photo")

    panel.templates.presets.activated.emit(place)

    assert changes[-1].templates == TEMPLATE_PRESETS["Photo"]
    assert "a photo of a dog" in panel.templates.preview.text()


def test_a_template_without_a_placeholder_is_reported_and_not_used(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("dog"),)))

    panel.templates.edit.setPlainText("a photo")
    panel.templates.edit.report()

    assert changes == []
    assert "{}" in panel.templates.message.text()
    panel.templates.edit.setPlainText("a photo of {}")
    panel.templates.edit.report()
    assert changes[-1].templates == ("a photo of {}",)


def test_a_dropped_image_becomes_a_label(panel: LabelsPanel, changes: list[LabelSet], tmp_path: Path) -> None:
    picture = tmp_path / "cat.png"
    Image.new("RGB", (4, 4)).save(picture)
    panel.set_label_set(LabelSet((Label("cat"),)))

    assert drop(panel, [picture])
    assert drop(panel, [picture], row=0)

    assert changes[0].labels[1] == Label("cat 2", references=(picture,))
    assert changes[1].labels[0] == Label("cat", ("cat",), references=(picture,))


def test_folders_and_many_files_are_left_to_the_window(
    panel: LabelsPanel, changes: list[LabelSet], tmp_path: Path
) -> None:
    panel.set_label_set(LabelSet((Label("cat"),)))
    pictures = [tmp_path / "a.png", tmp_path / "b.png"]
    for picture in pictures:
        Image.new("RGB", (4, 4)).save(picture)

    assert not drop(panel, [tmp_path])
    assert not drop(panel, pictures)
    assert changes == []


def test_a_set_from_outside_is_shown_without_a_signal(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("dog", color="#D55E00"),), ("a photo of {}",)))
    panel.set_counts([1280])
    panel.set_cut_prompts(["a photo of dog"])

    index = panel.model.index(0)
    assert index.data(Role.COUNT) == 1280
    assert index.data(Role.COLOR).name() == "#d55e00"
    assert index.data(Role.WARNING)
    assert changes == []


def test_a_label_with_a_word_unknown_to_the_model_is_marked(panel: LabelsPanel) -> None:
    panel.set_label_set(LabelSet((Label("dog"), Label("giraffe"))))
    panel.set_unknown_words(lambda texts: ["giraffe"] if "giraffe" in texts[0] else [])

    assert not panel.model.index(0).data(Role.WARNING)
    assert "giraffe" in panel.model.index(1).data(Role.WARNING)
    assert "Any language" in panel.model.index(1).data(Role.WARNING)

    panel.set_unknown_words(None)
    assert not panel.model.index(1).data(Role.WARNING)


def menu_items(panel: LabelsPanel) -> dict[str, QAction]:
    menu = QMenu(panel)
    panel.fill_label_menu(menu)
    return {action.text().split("\t")[0]: action for action in menu.actions() if not action.isSeparator()}


def test_a_new_label_is_the_current_one(qtbot: QtBot, panel: LabelsPanel) -> None:
    for name in ("dog", "cat"):
        qtbot.keyClicks(panel.input, name)
        qtbot.keyClick(panel.input, Qt.Key.Key_Return)

    assert panel.list.selected_rows() == [1]
    assert "cat" in panel.prompts_disclosure.button.text()


def test_alt_and_an_arrow_move_a_label(qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("a"), Label("b"), Label("c"))))
    panel.list.select_row(2)
    alt = Qt.KeyboardModifier.AltModifier

    qtbot.keyClick(panel.list, Qt.Key.Key_Up, alt)
    qtbot.keyClick(panel.list, Qt.Key.Key_Up, alt)
    qtbot.keyClick(panel.list, Qt.Key.Key_Up, alt)
    assert changes[-1].names == ("c", "a", "b")
    assert panel.list.currentIndex().row() == 0
    qtbot.keyClick(panel.list, Qt.Key.Key_Down, alt)
    assert changes[-1].names == ("a", "c", "b")
    assert panel.list.selected_rows() == [1]


def test_the_menu_has_all_actions_of_the_current_label(
    qtbot: QtBot, panel: LabelsPanel, changes: list[LabelSet]
) -> None:
    panel.set_label_set(LabelSet((Label("a"), Label("R&D"), Label("c"))))
    panel.list.select_row(1)
    shown: list[int] = []
    panel.label_activated.connect(shown.append)

    menu_items(panel)["Show only “R&&D”"].trigger()
    assert shown == [panel.model.label_set.labels[1].id]
    menu_items(panel)["Move down"].trigger()
    assert changes[-1].names == ("a", "c", "R&D")
    assert not menu_items(panel)["Move down"].isEnabled()
    colors = menu_items(panel)["Colour"].menu()
    assert isinstance(colors, QMenu)
    next(action for action in colors.actions() if action.text() == "Green").trigger()
    assert changes[-1].labels[2].color == "#009E73"
    menu_items(panel)["Prompts…"].trigger()
    assert panel.prompts_disclosure.is_open
    menu_items(panel)["Delete"].trigger()
    assert changes[-1].names == ("a", "c")


def test_escape_clears_the_field(qtbot: QtBot, panel: LabelsPanel) -> None:
    qtbot.keyClicks(panel.input, "dgo")

    qtbot.keyClick(panel.input, Qt.Key.Key_Escape)

    assert panel.input.text() == ""


def test_an_added_label_leaves_nothing_to_undo_in_the_field(qtbot: QtBot, panel: LabelsPanel) -> None:
    qtbot.keyClicks(panel.input, "dog")
    qtbot.keyClick(panel.input, Qt.Key.Key_Return)

    assert not panel.input.isUndoAvailable()


def test_dragging_an_image_over_the_panel_shows_what_a_drop_does(panel: LabelsPanel, tmp_path: Path) -> None:
    picture = tmp_path / "cat.png"
    Image.new("RGB", (4, 4)).save(picture)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    held = QDragEnterEvent(panel.rect().center(), copy, mime, left, none)

    QApplication.sendEvent(panel, held)
    assert panel.drop_frame.isVisible()
    assert panel.drop_frame.geometry() == panel.rect()
    assert not panel.drop_frame.grab().isNull()
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert not panel.drop_frame.isVisible()


def test_a_label_can_have_texts_and_an_example(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("owl"),)))

    panel.editor.add_reference(Path("owl.png"))

    assert changes[-1].labels[0] == Label("owl", ("owl",), (Path("owl.png"),))
    assert panel.editor.prompts.lines() == ("owl",)
    assert panel.model.index(0).data(Role.HAS_REFERENCES)


def test_the_intended_number_of_prompts_needs_no_scroll_bar(qtbot: QtBot) -> None:
    theme.apply_theme(theme.application(), "light")
    edit = LinesEdit(3)
    qtbot.addWidget(edit)
    edit.resize(200, edit.height())
    edit.show()

    edit.set_lines(("a car", "a bus", "a sailing boat"))

    assert edit.verticalScrollBar().maximum() == 0


# --- drops of pictures


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        Image.new("RGB", (4, 4)).save(path)
    return paths


def hover(panel: LabelsPanel, mime: QMimeData, share: float) -> list[str]:
    """Drag over the first label and return the texts of its zones, the chosen one first."""
    area = panel.list.visualRect(panel.model.index(0))
    at = QPoint(area.left() + round(share * area.width()), area.center().y())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(panel.list.viewport(), QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys))
    zones = panel.list.drop_zones
    texts = zones.shown_texts(panel.list.font())
    return [texts[zones.chosen], *(text for place, text in enumerate(texts) if place != zones.chosen)]


def test_a_row_over_a_label_shows_both_things_that_a_drop_can_do(panel: LabelsPanel, pictures: list[Path]) -> None:
    panel.set_label_set(LabelSet((Label("dog"), Label("cat"))))

    assert hover(panel, picture_drag(pictures[:1], own=True), 0.2) == ["Correct to dog", "Use as example"]
    assert hover(panel, picture_drag(pictures[:1], own=True), 0.8) == ["Use as example", "Correct to dog"]
    panel.resize(320, 640)
    assert hover(panel, picture_drag(pictures, own=True), 0.2) == ["Correct to dog", "Use as examples"]
    panel.resize(panel.minimumWidth(), 640)
    assert hover(panel, picture_drag(pictures, own=True), 0.2)[1] in ("As examples", "Examples")

    QApplication.sendEvent(panel.list.viewport(), QDragLeaveEvent())
    assert panel.list.drop_zones.areas == ()


def test_a_file_over_a_label_says_that_it_becomes_an_example(panel: LabelsPanel, pictures: list[Path]) -> None:
    panel.set_label_set(LabelSet((Label("dog"), Label("cat"))))

    assert hover(panel, picture_drag(pictures[:1]), 0.2) == ["Use as example of dog"]
    assert hover(panel, picture_drag(pictures), 0.2) == ["Use as examples of dog"]


def test_a_long_name_is_shortened_inside_the_sentence(panel: LabelsPanel, pictures: list[Path]) -> None:
    panel.set_label_set(LabelSet((Label("a very long label with many words that never fit"),)))

    text = hover(panel, picture_drag(pictures[:1], own=True), 0.2)[0]

    assert text.startswith("Correct to a")
    assert "…" in text


def test_rows_dropped_on_a_label_correct_or_become_examples(
    panel: LabelsPanel, changes: list[LabelSet], pictures: list[Path]
) -> None:
    dog, cat = Label("dog"), Label("cat")
    panel.set_label_set(LabelSet((dog, cat)))
    corrected: list[tuple[list[Path], int]] = []
    panel.correction_requested.connect(lambda paths, label: corrected.append((paths, label)))

    assert drop(panel, pictures, row=1, own=True, share=0.3)
    assert corrected == [(pictures, cat.id)]
    assert changes == []

    assert drop(panel, pictures, row=1, own=True, share=0.8)
    assert len(corrected) == 1
    assert changes[-1].labels[1] == Label("cat", ("cat",), references=tuple(pictures))


def test_files_dropped_on_a_label_are_examples_wherever_they_land(
    panel: LabelsPanel, changes: list[LabelSet], pictures: list[Path]
) -> None:
    panel.set_label_set(LabelSet((Label("dog"), Label("cat"))))
    added: list[int] = []
    panel.examples_added.connect(lambda _label, count: added.append(count))

    assert drop(panel, pictures, row=0, share=0.1)

    assert changes[-1].labels[0].references == tuple(pictures)
    assert added == [2]


# --- labels are addressed by id


def test_the_current_label_stays_when_labels_move_elsewhere(panel: LabelsPanel) -> None:
    dog, flower = Label("dog", ("a puppy",)), Label("flower", ("a rose",))
    panel.set_label_set(LabelSet((dog, flower)))
    panel.list.select_row(0)

    panel.set_label_set(LabelSet((flower, dog)))  # as undo does

    assert "dog" in panel.prompts_disclosure.button.text()
    assert panel.editor.prompts.toPlainText() == "a puppy"
    assert panel.list.selected_rows() == [1]


def test_prompts_typed_last_go_to_their_own_label(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    dog, flower, cat = Label("dog"), Label("flower"), Label("cat")
    panel.set_label_set(LabelSet((dog, flower)))
    panel.list.select_row(1)
    panel.editor.prompts.setPlainText("a rose")

    panel.set_label_set(LabelSet((cat, dog)))  # the label is gone before its prompts are reported

    assert all(not label.prompts for change in changes for label in change.labels)
    assert all(not label.prompts for label in panel.label_set().labels)


def test_a_menu_opened_before_labels_moved_acts_on_its_own_label(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    dog, flower = Label("dog"), Label("flower")
    panel.set_label_set(LabelSet((dog, flower)))
    panel.list.select_row(0)
    items = menu_items(panel)

    panel.set_label_set(LabelSet((flower, dog)))
    items["Delete"].trigger()

    assert changes[-1].names == ("flower",)


def test_a_renamed_label_does_not_keep_its_old_name_as_a_prompt(
    panel: LabelsPanel, changes: list[LabelSet], pictures: list[Path]
) -> None:
    panel.set_label_set(LabelSet((Label("flower"),)))
    assert drop(panel, pictures[:1], row=0)

    panel.model.setData(panel.model.index(0), "dog")

    assert "dog" in panel.prompts_disclosure.button.text()
    assert panel.editor.prompts.toPlainText() == "dog"
    assert changes[-1].labels[0].prompts == ("dog",)


def test_colours_and_counts_stay_with_their_labels(panel: LabelsPanel, changes: list[LabelSet]) -> None:
    panel.set_label_set(LabelSet((Label("a"), Label("b"), Label("c"))))
    panel.set_counts([1, 2, 3])
    rows = range(panel.model.rowCount())
    shown = {panel.model.index(row).data(): panel.model.index(row).data(Role.COLOR).name() for row in rows}

    panel.model.move(panel.model.id_at(2), 0)
    moved = {panel.model.index(row).data(): panel.model.index(row).data(Role.COLOR).name() for row in rows}
    counts = [panel.model.index(row).data(Role.COUNT) for row in rows]
    panel.model.remove([panel.model.id_at(1)])

    assert moved == shown
    assert counts == [3, 1, 2]
    left = {panel.model.index(row).data(): panel.model.index(row).data(Role.COLOR).name() for row in range(2)}
    assert left == {"c": shown["c"], "b": shown["b"]}


# --- by keyboard


def tab_stops(widget: QWidget) -> list[QWidget]:
    """Return what Tab reaches."""
    children = [child for child in widget.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [child for child in children if child.isVisibleTo(widget) and child.isEnabled() and not child.focusProxy()]


def is_focus_visible(widget: QWidget, root: QWidget) -> bool:
    """Return whether `root` looks different while the widget has the focus. Ignores blinking cursors by hiding them."""
    root.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    root.setFocus()
    before = root.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert widget.hasFocus()
    return root.grab().toImage() != before


def test_every_tab_stop_has_a_name_and_shows_the_focus(panel: LabelsPanel, pictures: list[Path]) -> None:
    QApplication.setCursorFlashTime(0)
    theme.apply_theme(theme.application(), "light")
    panel.set_label_set(LabelSet((Label("dog", references=tuple(pictures)), Label("cat", references=(pictures[0],)))))
    panel.prompts_disclosure.set_open(True)
    panel.templates_disclosure.set_open(True)
    panel.set_alone(True)
    panel.resize(300, 1100)
    panel.activateWindow()
    QApplication.processEvents()

    stops = tab_stops(panel)

    assert len(stops) > 6
    for stop in stops:
        assert QAccessible.queryAccessibleInterface(stop).text(QAccessible.Text.Name), type(stop)
    assert [stop for stop in stops if not is_focus_visible(stop, panel)] == []
