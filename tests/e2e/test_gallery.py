"""The gallery in the real window: one selection, one order and one filter with the table, and corrections by drop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.groups import Group
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.results.cells import Column
from clipdesk.gui.results.gallery.view import ResultsGallery
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def labelled(qtbot: QtBot, application: Application, folder: Path) -> Iterator[Application]:
    """The window with scored pictures in the gallery. At least two labels have pictures."""
    names = ("dog", "cat", "red car", "a house", "the sea", "a face")
    application.desk_commands.show_labels(LabelSet(tuple(map(Label, names))))
    with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
        application.desk_commands.add_paths([folder])
    qtbot.waitUntil(lambda: application.window.shows_results)
    application.window.resize(1200, 700)
    application.window.activateWindow()
    application.window.actions_["gallery"].trigger()
    application.status.show_counts()
    yield application


def gallery_of(application: Application) -> ResultsGallery:
    return application.window.gallery


def click(qtbot: QtBot, application: Application, row: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    gallery = gallery_of(application)
    gallery.scrollTo(application.model.index(row, Column.NAME))
    at = gallery.visualRect(application.model.index(row, Column.NAME)).center()
    qtbot.mouseClick(gallery.viewport(), LEFT, modifier, at)


def label_groups(application: Application) -> list[Group]:
    return [group for group in application.model.groups if group.label]


def drop_selection_on_heading(application: Application, group: Group) -> bool:
    gallery, model = gallery_of(application), application.model
    place = model.groups.index(group)
    gallery.scrollTo(model.index(group.first, Column.NAME))
    point = gallery.geometry_now.heading(place).center() - QPoint(0, gallery.offset)
    mime = model.mime_data(application.window.table.selected_desk_rows())
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(gallery.viewport(), QDragEnterEvent(point, copy, mime, LEFT, NONE))
    QApplication.sendEvent(gallery.viewport(), QDragMoveEvent(point, copy, mime, LEFT, NONE))
    event = QDropEvent(QPointF(point), copy, mime, LEFT, NONE)
    QApplication.sendEvent(gallery.viewport(), event)
    return event.isAccepted()


def test_the_gallery_replaces_the_table_and_shares_its_selection(qtbot: QtBot, labelled: Application) -> None:
    window = labelled.window
    assert window.gallery.isVisible()
    assert not window.table.isVisible()
    assert window.actions_["gallery"].isChecked()
    click(qtbot, labelled, 1)
    click(qtbot, labelled, 3, CTRL)
    chosen = labelled.picture_commands.selected_paths()
    assert len(chosen) == 2
    assert window.actions_["remove"].isEnabled()

    window.actions_["gallery"].trigger()

    assert window.table.isVisible()
    assert sorted(labelled.picture_commands.selected_paths()) == sorted(chosen)
    assert labelled.window.table.current_desk_row() is not None
    assert labelled.model.groups == ()


def test_headings_count_what_the_labels_panel_counts(labelled: Application) -> None:
    desk, gallery = labelled.labelling.desk, gallery_of(labelled)
    shown = {gallery.captions.of_group(group).label: group.count for group in labelled.model.groups}

    counts = desk.decisions.count_labels(len(desk.labels)).tolist()
    expected = {label.name: count for label, count in zip(desk.labels, counts, strict=True) if count}
    assert shown == expected | {"Can't be read": 1}


def test_a_chip_filters_gallery_and_table(qtbot: QtBot, labelled: Application) -> None:
    bar, group = labelled.window.filter_bar, label_groups(labelled)[0]
    qtbot.waitUntil(lambda: group.label in [one.choice for one in bar.chips.chips])
    chip = next(one for one in bar.chips.chips if one.choice == group.label)

    qtbot.mouseClick(chip, LEFT)

    assert labelled.model.rowCount() == group.count
    labelled.window.actions_["gallery"].trigger()
    assert labelled.model.rowCount() == group.count
    assert labelled.model.filter.labels == {group.label}
    labelled.window.filter_bar.reset_filter()
    assert labelled.model.rowCount() == len(labelled.labelling.desk)


def test_a_drop_on_another_group_corrects_and_is_undone(qtbot: QtBot, labelled: Application) -> None:
    first, second = label_groups(labelled)[:2]
    desk = labelled.labelling.desk
    click(qtbot, labelled, first.first)
    row = labelled.window.table.selected_desk_rows()[0]

    with qtbot.waitSignal(labelled.model.order_changed):
        assert drop_selection_on_heading(labelled, second)

    assert desk.decisions.label_id[row] == second.label
    assert desk.decisions.source[row] == Source.USER
    name = next(label.name for label in desk.labels if label.id == second.label)
    assert f"1 picture corrected to “{name}”" in labelled.window.news.text.text()
    moved = next(group for group in labelled.model.groups if group.label == second.label)
    assert moved.count == second.count + 1
    assert labelled.window.table.selected_desk_rows() == [row]

    undo = next(button for button in labelled.window.news.findChildren(QPushButton) if button.text() == "Undo")
    with qtbot.waitSignal(labelled.model.order_changed):
        undo.click()
    assert desk.decisions.label_id[row] == first.label
    assert desk.decisions.source[row] == Source.AUTO


def test_pictures_can_be_dropped_on_none_of_these(qtbot: QtBot, labelled: Application) -> None:
    desk, model = labelled.labelling.desk, labelled.model
    paths = [desk.images.path(row) for row in model.shown_rows[:2].tolist()]
    labelled.desk_commands.correct(paths[:1], NO_LABEL_FITS_ID)
    qtbot.waitUntil(lambda: any(group.status == Status.NONE for group in model.groups))
    row = desk.row_of(paths[1])
    assert row is not None
    click(qtbot, labelled, model.view_row(row))

    group = next(group for group in model.groups if group.status == Status.NONE)
    assert drop_selection_on_heading(labelled, group)

    assert desk.decisions.status[row] == Status.NONE
    assert "1 picture corrected to “none of these”" in labelled.window.news.text.text()


def test_files_of_other_programs_dropped_on_the_gallery_are_added(
    qtbot: QtBot, labelled: Application, tmp_path: Path
) -> None:
    Image.new("RGB", (30, 20), "red").save(tmp_path / "another.png")
    total, viewport = len(labelled.labelling.desk), gallery_of(labelled).viewport()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "another.png"))])
    point, copy = viewport.rect().center(), Qt.DropAction.CopyAction

    QApplication.sendEvent(viewport, QDragEnterEvent(point, copy, mime, LEFT, NONE))
    assert labelled.window.drop_frame.isVisible()
    QApplication.sendEvent(viewport, QDragMoveEvent(point, copy, mime, LEFT, NONE))
    QApplication.sendEvent(viewport, QDropEvent(QPointF(point), copy, mime, LEFT, NONE))

    qtbot.waitUntil(lambda: len(labelled.labelling.desk) == total + 1)
    assert not labelled.window.drop_frame.isVisible()


def test_the_keys_of_labels_work_in_the_gallery(qtbot: QtBot, labelled: Application) -> None:
    gallery, desk = gallery_of(labelled), labelled.labelling.desk
    click(qtbot, labelled, 0)
    row = labelled.window.table.selected_desk_rows()[0]
    following = labelled.model.shown_rows.item(1)
    gallery.setFocus()

    qtbot.keyClick(gallery, Qt.Key.Key_2)

    assert desk.decisions.label_id[row] == desk.label_set.ids[1]
    assert labelled.window.table.selected_desk_rows() == [following]
    qtbot.keyClick(gallery, Qt.Key.Key_0)
    assert desk.decisions.status[following] == Status.NONE


def test_quick_look_steps_in_the_order_of_the_gallery(qtbot: QtBot, labelled: Application) -> None:
    gallery, model = gallery_of(labelled), labelled.model
    click(qtbot, labelled, 0)
    gallery.setFocus()
    qtbot.keyClick(gallery, Qt.Key.Key_Space)
    quick_look = labelled.picture_commands.quick_look
    qtbot.waitUntil(quick_look.isVisible)

    qtbot.keyClick(quick_look, Qt.Key.Key_Right)

    assert labelled.window.table.current_desk_row() == model.shown_rows.item(1)
    quick_look.close()


def test_delete_removes_and_undo_brings_back(qtbot: QtBot, labelled: Application) -> None:
    gallery, total = gallery_of(labelled), len(labelled.labelling.desk)
    click(qtbot, labelled, 0)
    gallery.setFocus()

    qtbot.keyClick(gallery, Qt.Key.Key_Delete)
    assert len(labelled.labelling.desk) == total - 1
    assert sum(group.count for group in labelled.model.groups) == total - 1

    labelled.window.undo_stack.undo()
    assert sum(group.count for group in labelled.model.groups) == total


def test_select_all_leaves_out_collapsed_groups(labelled: Application) -> None:
    first = labelled.model.groups[0]
    gallery_of(labelled).headings.toggle(0)

    labelled.window.actions_["select_all"].trigger()

    assert len(labelled.window.table.selected_desk_rows()) == labelled.model.rowCount() - first.count


def test_view_size_and_grouping_are_remembered(qtbot: QtBot, labelled: Application, preferences: Preferences) -> None:
    window = labelled.window
    window.actions_["zoom_in"].trigger()
    window.actions_["group_by_label"].trigger()
    assert labelled.model.groups == ()
    size = window.gallery.size_
    assert size == 192
    window.close()

    again = Application(Start(), Preferences(preferences._settings), keeps_desk=False)
    try:
        assert again.window.views.view == "gallery"
        assert again.window.gallery.size_ == size
        assert not again.window.views.wants_groups
        assert not again.window.actions_["group_by_label"].isChecked()
        assert again.window.filter_bar.zoom.value() == 3
    finally:
        again.window.close()
        again.stop()


def test_damaged_settings_of_the_view_are_ignored(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "own.ini"), QSettings.Format.IniFormat)
    for key in ("view", "gallery_size", "group_by_label"):
        settings.setValue(key, "7 bananas")

    found = Preferences(settings)

    assert (found.view, found.gallery_size, found.group_by_label) == ("table", 160, True)


def test_the_gallery_is_painted_while_pictures_are_labelled(qtbot: QtBot, labelled: Application, folder: Path) -> None:
    before = len(labelled.labelling.desk)
    Image.fromarray(np.full((40, 40, 3), 120, np.uint8)).save(folder / "new.png")
    with qtbot.waitSignal(labelled.labelling.job_ended, timeout=60_000):
        labelled.desk_commands.add_paths([folder / "new.png"])

    qtbot.waitUntil(lambda: sum(group.count for group in labelled.model.groups) == before + 1)
    assert not gallery_of(labelled).grab().isNull()
