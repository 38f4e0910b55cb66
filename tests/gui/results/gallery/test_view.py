from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from results_desk import embed, image_files, label, make_desk, scored_desk

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.desk.learned import Learned, LearnedScores
from clipdesk.core.desk.order import ResultsFilter
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.desktop import OWN_PICTURES_TYPE
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.cells import Column
from clipdesk.gui.results.gallery.view import ResultsGallery
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.views import ResultsViews

ROWS = 200
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk() -> Desk:
    desk = scored_desk(ROWS)
    desk.set_threshold(0.5)
    return desk


@pytest.fixture
def model(desk: Desk, qtbot: QtBot) -> Iterator[ResultsModel]:
    thumbnails = Thumbnails()
    model = ResultsModel(desk, thumbnails)
    yield model
    thumbnails.stop()


@pytest.fixture
def views(model: ResultsModel, qtbot: QtBot) -> Iterator[ResultsViews]:
    """Both views in a window that gets the keys which they leave alone. The gallery is shown, grouped."""
    theme.apply_theme(theme.application(), "light")
    window = QWidget()
    views = ResultsViews(model, window)
    QVBoxLayout(window).addWidget(views)
    qtbot.addWidget(window)
    window.resize(700, 560)
    with qtbot.waitExposed(window):
        window.show()
    views.set_view("gallery")
    window.activateWindow()
    views.gallery.setFocus()
    yield views


@pytest.fixture
def gallery(views: ResultsViews) -> ResultsGallery:
    return views.gallery


def selected(gallery: ResultsGallery) -> list[int]:
    """Return the selected rows of the model."""
    return np.flatnonzero(gallery.keeper.mask()).tolist()


def current(gallery: ResultsGallery) -> int:
    return gallery.currentIndex().row()


def middle(gallery: ResultsGallery, row: int) -> QPoint:
    return gallery.visualRect(gallery.results.index(row, Column.NAME)).center()


def click(qtbot: QtBot, gallery: ResultsGallery, row: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    qtbot.mouseClick(gallery.viewport(), LEFT, modifier, middle(gallery, row))


def press(qtbot: QtBot, gallery: ResultsGallery, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> int:
    """Press a key, and return the current row."""
    qtbot.keyClick(gallery, key, modifier)
    return current(gallery)


def headings(gallery: ResultsGallery) -> list[tuple[str, str]]:
    """Return the title and the count of each group."""
    return [gallery.captions.of_group(group)[2:4] for group in gallery.results.groups]


def click_heading(qtbot: QtBot, gallery: ResultsGallery, place: int) -> None:
    top = gallery.geometry_now.heading(place).center() - QPoint(0, gallery.offset)
    qtbot.mouseClick(gallery.viewport(), LEFT, NONE, top)


# --- groups


def test_groups_have_headings_with_counts(gallery: ResultsGallery, desk: Desk) -> None:
    counts = desk.decisions.count_labels(3).tolist()

    assert headings(gallery) == [
        ("dog", str(counts[0])),
        ("cat", str(counts[1])),
        ("car", str(counts[2])),
        ("Can't be read", "1"),
        ("Not labelled yet", "2"),
    ]
    assert sum(group.count for group in gallery.results.groups) == ROWS


def test_the_sort_order_applies_within_each_group(gallery: ResultsGallery, model: ResultsModel, desk: Desk) -> None:
    model.sort_by_key("probability", descending=True)

    for group in model.groups[:3]:
        rows = model.shown_rows[group.first : group.first + group.count]
        assert (desk.decisions.label_id[rows] == group.label).all()
        assert (np.diff(desk.decisions.probability[rows]) <= 0).all()


def test_without_groups_the_gallery_has_the_order_of_the_table(views: ResultsViews, model: ResultsModel) -> None:
    views.set_wants_groups(False)

    assert model.groups == ()
    assert model.shown_rows.tolist() == list(range(ROWS))
    assert not views.gallery.geometry_now.has_headings


def test_the_table_is_not_grouped(views: ResultsViews, model: ResultsModel) -> None:
    views.set_view("table")

    assert model.shown_rows.tolist() == list(range(ROWS))


def test_a_click_on_a_heading_collapses_the_group_and_deselects_its_pictures(
    qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel
) -> None:
    first, second = model.groups[:2]
    gallery.selectAll()
    assert len(selected(gallery)) == ROWS

    click_heading(qtbot, gallery, 0)

    assert selected(gallery) == list(range(first.count, ROWS))
    assert gallery.geometry_now.heading(1).y() == gallery.geometry_now.measures.heading
    assert gallery.isIndexHidden(model.index(0, Column.NAME))
    gallery.selectAll()
    assert selected(gallery)[0] == second.first
    click_heading(qtbot, gallery, 0)
    assert not gallery.isIndexHidden(model.index(0, Column.NAME))


def test_the_heading_of_the_group_at_the_top_stays_there_while_it_is_scrolled(
    qtbot: QtBot, gallery: ResultsGallery
) -> None:
    gallery.verticalScrollBar().setValue(300)
    assert gallery.headings.at(QPoint(200, 10)) == 0
    assert not gallery.indexAt(QPoint(60, 10)).isValid()

    qtbot.mouseClick(gallery.viewport(), LEFT, NONE, QPoint(200, 10))

    assert gallery.geometry_now.sections[0].is_collapsed
    assert gallery.headings.at(QPoint(200, 10)) == 0


def test_the_menu_of_a_heading_selects_its_pictures_and_collapses_all(
    gallery: ResultsGallery, model: ResultsModel
) -> None:
    menu = QMenu()
    gallery.headings.fill_menu(menu, 1)
    actions = {action.text(): action for action in menu.actions()}

    actions["Select these pictures"].trigger()
    group = model.groups[1]
    assert selected(gallery) == list(range(group.first, group.first + group.count))

    actions["Collapse all"].trigger()
    assert all(section.is_collapsed for section in gallery.geometry_now.sections)
    assert selected(gallery) == []
    actions["Expand all"].trigger()
    assert not any(section.is_collapsed for section in gallery.geometry_now.sections)


def test_a_correction_moves_the_picture_to_its_group_and_nothing_else_moves(
    qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel, desk: Desk
) -> None:
    group = model.groups[2]
    gallery.verticalScrollBar().setValue(gallery.geometry_now.sections[1].top + 150)
    row = next(row for row, cell in gallery.visible_cells() if cell.y() > 40)
    click(qtbot, gallery, row)
    other = model.shown_rows.item(row + 1)
    columns, group_of_row = gallery.geometry_now.columns, model.groups[1]
    place = middle(gallery, row + 1)
    moved = model.shown_rows.item(row)

    with qtbot.waitSignal(model.order_changed):
        model.desk_changed(desk.correct([moved], group.label))

    assert model.groups[2].count == group.count + 1
    place_now = middle(gallery, model.view_row(other))
    assert place_now.y() == place.y() or (row - group_of_row.first) % columns == columns - 1
    assert gallery.keeper.selected().tolist() == [moved]


def test_pictures_that_no_label_fits_have_a_group(gallery: ResultsGallery, model: ResultsModel, desk: Desk) -> None:
    model.desk_changed(desk.correct([3, 4], NO_LABEL_FITS_ID))
    model.set_filter(ResultsFilter(status=Status.NONE))

    assert headings(gallery) == [("None of these", "2")]


# --- captions


def test_every_status_has_its_own_shape_and_word(gallery: ResultsGallery, desk: Desk) -> None:
    desk.correct([0], label("car").id)
    desk.correct([1], NO_LABEL_FITS_ID)
    status = desk.decisions.status
    sure = int(np.flatnonzero((status == Status.OK) & (desk.decisions.source == 1))[0])
    unsure = int(np.flatnonzero(status == Status.UNSURE)[0])

    last = int(np.flatnonzero(status == Status.OK)[-1])
    desk.confirm([last])
    captions = [gallery.captions.of_row(row) for row in (sure, unsure, 0, 1, 7, 5)]
    confirmed = gallery.captions.of_row(last)

    assert [caption.mark for caption in captions] == ["dot", "ring", "tick", "crossed", "warning", "dots"]
    assert [caption.word for caption in captions] == ["", "unsure", "by you", "by you", "", ""]
    assert [caption.label for caption in captions[2:]] == ["car", "None of these", "Can't be read", "Waiting"]
    assert captions[0].number.endswith(" %")
    assert (confirmed.mark, confirmed.word) == ("tick", "confirmed")


def test_learned_labels_have_their_own_shape_and_word(gallery: ResultsGallery, model: ResultsModel, desk: Desk) -> None:
    scores, ids = desk.scores.copy(), tuple(label.id for label in desk.scored)
    none = np.where(np.arange(len(desk)) == 2, 0.9, 0.1).astype(np.float32)
    learned = Learned(ids, lambda images, cosine: scores, True, none=lambda images, cosine: none)
    model.desk_changed(desk.learn(LearnedScores(learned, scores, none)))
    model.desk_changed(desk.set_none_threshold(0.5))

    found = {(one.mark, one.word) for one in map(gallery.captions.of_row, range(len(desk)))}

    assert {("diamond", "learned"), ("hollow diamond", "unsure · learned")} <= found
    fits_none = gallery.captions.of_row(2)
    assert (fits_none.mark, fits_none.label, fits_none.word) == ("hollow diamond", "None of these", "learned")
    assert not gallery.viewport().grab().isNull()


def test_a_missing_file_says_so_in_words(gallery: ResultsGallery, desk: Desk) -> None:
    desk.update_files(Changes((), (), (desk.images.path(0), desk.images.path(1)), ()))

    assert "file is gone" in gallery.captions.of_row(0).word
    assert gallery.captions.of_row(0).is_missing
    assert not gallery.viewport().grab().isNull()


# --- keys


def test_arrows_move_in_the_grid(qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel) -> None:
    columns = gallery.geometry_now.columns
    assert columns > 2
    click(qtbot, gallery, 0)

    assert press(qtbot, gallery, Qt.Key.Key_Right) == 1
    assert press(qtbot, gallery, Qt.Key.Key_Down) == 1 + columns
    assert press(qtbot, gallery, Qt.Key.Key_Left) == columns
    assert press(qtbot, gallery, Qt.Key.Key_Up) == 0
    assert press(qtbot, gallery, Qt.Key.Key_Left) == 0
    assert press(qtbot, gallery, Qt.Key.Key_End) == ROWS - 1
    assert gallery.viewport().rect().contains(gallery.visualRect(gallery.currentIndex()))
    assert press(qtbot, gallery, Qt.Key.Key_Home, CTRL) == 0
    page = press(qtbot, gallery, Qt.Key.Key_PageDown)
    assert page >= columns
    assert page % columns == 0
    assert press(qtbot, gallery, Qt.Key.Key_PageUp) == 0
    assert selected(gallery) == [0]


def test_shift_extends_and_ctrl_leaves_the_selection(qtbot: QtBot, gallery: ResultsGallery) -> None:
    columns = gallery.geometry_now.columns
    click(qtbot, gallery, 1)

    press(qtbot, gallery, Qt.Key.Key_Down, SHIFT)
    assert selected(gallery) == list(range(1, columns + 2))
    press(qtbot, gallery, Qt.Key.Key_Up, SHIFT)
    assert selected(gallery) == [1]
    press(qtbot, gallery, Qt.Key.Key_Right, CTRL)
    assert (selected(gallery), current(gallery)) == ([1], 2)
    press(qtbot, gallery, Qt.Key.Key_Space, CTRL)
    assert selected(gallery) == [1, 2]
    press(qtbot, gallery, Qt.Key.Key_End, SHIFT)
    assert selected(gallery)[-1] == ROWS - 1


def test_the_first_key_selects_the_first_visible_picture(qtbot: QtBot, gallery: ResultsGallery) -> None:
    gallery.verticalScrollBar().setValue(400)
    first = gallery.first_visible_row()

    assert press(qtbot, gallery, Qt.Key.Key_Down) == first
    assert selected(gallery) == [first]


def test_keys_ask_for_what_they_do_in_the_table(qtbot: QtBot, gallery: ResultsGallery) -> None:
    click(qtbot, gallery, 2)
    for key, signal in (
        (Qt.Key.Key_Space, gallery.quick_look_requested),
        (Qt.Key.Key_Delete, gallery.remove_requested),
    ):
        with qtbot.waitSignal(signal, timeout=100):
            qtbot.keyClick(gallery, key)
    click(qtbot, gallery, 3)
    with qtbot.waitSignal(gallery.open_requested, timeout=100):
        qtbot.mouseDClick(gallery.viewport(), LEFT, NONE, middle(gallery, 3))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (Qt.Key.Key_1, "1"),
        (Qt.Key.Key_0, "0"),
        (Qt.Key.Key_U, "u"),
        (Qt.Key.Key_Question, "?"),
        (Qt.Key.Key_Backspace, "\b"),
        (Qt.Key.Key_Escape, "\x1b"),
    ],
)
def test_other_keys_reach_the_window(gallery: ResultsGallery, key: Qt.Key, text: str) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, NONE, text)
    event.accept()

    gallery.keyPressEvent(event)

    assert not event.isAccepted()


def test_the_screen_reader_reads_name_label_and_status(qtbot: QtBot, gallery: ResultsGallery, desk: Desk) -> None:
    interface = QAccessible.queryAccessibleInterface(gallery)
    row = gallery.results.view_row(int(np.flatnonzero(desk.decisions.status == Status.UNSURE)[0]))
    name = desk.images.names[gallery.results.shown_rows.item(row)]

    assert interface.childCount() == ROWS
    text = interface.child(row).text(QAccessible.Text.Name)
    assert text.startswith(name)
    assert "?" in text


# --- mouse


def test_clicks_select_with_ctrl_and_shift(qtbot: QtBot, gallery: ResultsGallery) -> None:
    click(qtbot, gallery, 1)
    click(qtbot, gallery, 4, CTRL)
    assert selected(gallery) == [1, 4]
    click(qtbot, gallery, 7, SHIFT)
    assert selected(gallery) == [1, 4, 5, 6, 7]  # as in the table
    click(qtbot, gallery, 2)
    assert (selected(gallery), current(gallery)) == ([2], 2)


def test_a_rubber_band_selects_what_it_touches(qtbot: QtBot, views: ResultsViews) -> None:
    views.set_wants_groups(False)
    gallery, layout = views.gallery, views.gallery.geometry_now
    columns = layout.columns
    start = gallery.visualRect(gallery.results.index(0, 0)).topLeft() - QPoint(3, 3)
    end = middle(gallery, columns + 1)
    viewport = gallery.viewport()

    QTest.mousePress(viewport, LEFT, NONE, start)
    for step in (0.3, 0.6, 1.0):
        QTest.mouseMove(viewport, start + (end - start) * step)
    assert gallery._band.isValid()
    assert not viewport.grab().isNull()
    QTest.mouseRelease(viewport, LEFT, NONE, end)

    assert selected(gallery) == [0, 1, columns, columns + 1]
    assert not gallery._band.isValid()


def test_a_click_beside_the_pictures_clears_the_selection(qtbot: QtBot, views: ResultsViews) -> None:
    views.set_wants_groups(False)
    gallery = views.gallery
    click(qtbot, gallery, 1)

    qtbot.mouseClick(gallery.viewport(), LEFT, NONE, QPoint(2, 2))

    assert selected(gallery) == []


def test_ctrl_and_the_wheel_change_the_size(qtbot: QtBot, gallery: ResultsGallery) -> None:
    def turn(delta: int) -> None:
        point = QPointF(100, 100)
        event = QWheelEvent(
            point, point, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(gallery.viewport(), event)

    with qtbot.waitSignal(gallery.size_changed) as changed:
        turn(120)
    assert changed.args == [128]
    for _ in range(8):
        turn(120)
    assert gallery.size_ == 320
    turn(-1200)
    assert gallery.size_ == 96


@pytest.mark.parametrize("size", [128, 192, 320])
def test_zooming_keeps_the_current_picture_in_view(qtbot: QtBot, gallery: ResultsGallery, size: int) -> None:
    gallery.keeper.selection_model.clear()
    gallery.scrollTo(gallery.results.index(90, Column.NAME))
    click(qtbot, gallery, 90)

    gallery.set_size(size)

    assert gallery.viewport().rect().contains(middle(gallery, 90))
    assert gallery.geometry_now.cell(90).width() > size


# --- one selection, one order, one filter


def test_switching_keeps_selection_current_picture_and_focus(
    qtbot: QtBot, views: ResultsViews, model: ResultsModel
) -> None:
    gallery, table = views.gallery, views.table
    gallery.scrollTo(model.index(120, Column.NAME))
    click(qtbot, gallery, 120)
    click(qtbot, gallery, 121, CTRL)
    chosen, now = sorted(table.selected_desk_rows()), table.current_desk_row()

    views.set_view("table")

    assert sorted(table.selected_desk_rows()) == chosen
    assert table.current_desk_row() == now
    row = table.currentIndex().row()
    assert 0 <= table.rowViewportPosition(row) <= table.viewport().height()
    qtbot.waitUntil(table.hasFocus)

    table.verticalScrollBar().setValue(0)
    views.set_view("gallery")

    assert sorted(table.selected_desk_rows()) == chosen
    assert table.current_desk_row() == now
    assert gallery.viewport().rect().contains(gallery.visualRect(gallery.currentIndex()))


def test_without_a_selection_switching_shows_the_same_pictures(views: ResultsViews, model: ResultsModel) -> None:
    views.gallery.clearSelection()
    views.gallery.verticalScrollBar().setValue(900)
    first = model.desk_row(model.index(views.gallery.first_visible_row(), 0))

    views.set_view("table")
    table = views.table
    assert 0 <= table.rowViewportPosition(model.view_row(first)) <= table.viewport().height()


def test_the_filter_applies_to_the_gallery(qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel) -> None:
    click(qtbot, gallery, 3)
    chosen = gallery.keeper.selected().tolist()

    model.set_filter(ResultsFilter(labels=frozenset([model.groups[0].label])))
    assert [group.label for group in model.groups] == [label("dog").id]
    assert gallery.keeper.selected().tolist() == chosen

    model.set_filter(ResultsFilter(text="nothing is named like this"))
    button = next(one for one in gallery.findChildren(QPushButton) if one.text() == "Show all")
    assert button.isVisible()
    with qtbot.waitSignal(gallery.show_all_requested, timeout=100):
        button.click()
    model.set_filter(ResultsFilter())
    assert not button.isVisible()
    assert gallery.keeper.selected().tolist() == chosen


def test_stepping_leaves_out_collapsed_groups(qtbot: QtBot, views: ResultsViews, model: ResultsModel) -> None:
    gallery = views.gallery
    second, third = model.groups[1:3]
    gallery.scrollTo(model.index(second.first - 1, Column.NAME))
    click(qtbot, gallery, second.first - 1)
    gallery.headings.set_collapsed(1, True)

    views.move_current(1)

    assert current(gallery) == third.first
    views.move_current(-1)
    assert current(gallery) == second.first - 1


def test_pictures_that_arrive_are_sorted_into_their_groups(
    qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel, desk: Desk
) -> None:
    with qtbot.waitSignal(model.order_changed):
        model.desk_changed(desk.add_images(image_files(["/more/a.jpg", "/more/b.jpg"])))
    assert headings(gallery)[-1] == ("Not labelled yet", "4")

    with qtbot.waitSignal(model.order_changed):
        model.rows_changed(embed(desk, [ROWS, ROWS + 1]))
    assert headings(gallery)[-1] == ("Not labelled yet", "2")


def test_removed_pictures_leave_the_gallery(
    qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel, desk: Desk
) -> None:
    click(qtbot, gallery, 2)
    removed = model.shown_rows[:2].tolist()

    model.desk_changed(desk.remove_images(removed))

    assert model.rowCount() == ROWS - 2
    assert sum(group.count for group in model.groups) == ROWS - 2
    assert len(selected(gallery)) == 1


def test_an_empty_desk_is_an_empty_gallery(qtbot: QtBot) -> None:
    thumbnails = Thumbnails()
    views = ResultsViews(ResultsModel(make_desk([]), thumbnails))
    qtbot.addWidget(views)
    views.set_view("gallery")
    with qtbot.waitExposed(views):
        views.show()

    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
        qtbot.keyClick(views.gallery, key)
    views.move_current(1)
    views.select_all()

    assert views.table.selected_desk_rows() == []
    thumbnails.stop()


# --- drops


def own_drag(model: ResultsModel, desk_rows: Sequence[int]) -> QMimeData:
    return model.mime_data(desk_rows)


def drop(gallery: ResultsGallery, mime: QMimeData, point: QPoint) -> bool:
    """Drag and drop on the gallery. Return whether it accepted."""
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(gallery.viewport(), QDragEnterEvent(point, copy, mime, LEFT, NONE))
    QApplication.sendEvent(gallery.viewport(), QDragMoveEvent(point, copy, mime, LEFT, NONE))
    event = QDropEvent(QPointF(point), copy, mime, LEFT, NONE)
    QApplication.sendEvent(gallery.viewport(), event)
    return event.isAccepted()


def test_pictures_dropped_on_another_group_are_corrected(
    qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel, desk: Desk
) -> None:
    gallery.headings.set_collapsed(0, True)
    gallery.headings.set_collapsed(0, False)
    row = model.groups[0].count - 1
    gallery.scrollTo(model.index(row, Column.NAME))
    click(qtbot, gallery, row)
    gallery.scrollTo(model.index(model.groups[1].first, Column.NAME))
    desk_row = model.shown_rows.item(row)
    mime = own_drag(model, [desk_row])

    for point in (
        gallery.geometry_now.heading(1).center() - QPoint(0, gallery.offset),
        middle(gallery, model.groups[1].first),
    ):
        with qtbot.waitSignal(gallery.correction_dropped) as dropped:
            assert drop(gallery, mime, point)
        assert dropped.args == [[desk.images.path(desk_row)], label("cat").id]
    assert not gallery.drops.is_shown


def test_pictures_dropped_on_none_of_these_fit_no_label(
    qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel, desk: Desk
) -> None:
    with qtbot.waitSignal(model.order_changed):
        model.desk_changed(desk.correct([3, 4], NO_LABEL_FITS_ID))
    group = model.groups[3]
    click(qtbot, gallery, 0)
    mime = own_drag(model, gallery.keeper.selected().tolist())
    gallery.scrollTo(model.index(group.first, Column.NAME))

    with qtbot.waitSignal(gallery.correction_dropped) as dropped:
        assert drop(gallery, mime, middle(gallery, group.first))

    assert dropped.args[1] == NO_LABEL_FITS_ID


def test_a_drag_over_a_group_shows_what_it_would_do(qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel) -> None:
    click(qtbot, gallery, 0)
    gallery.scrollTo(model.index(model.groups[1].first, Column.NAME))
    before = gallery.viewport().grab().toImage()
    point = middle(gallery, model.groups[1].first)
    mime = own_drag(model, gallery.keeper.selected().tolist())

    QApplication.sendEvent(gallery.viewport(), QDragEnterEvent(point, Qt.DropAction.CopyAction, mime, LEFT, NONE))

    assert gallery.drops.is_shown
    assert gallery.viewport().grab().toImage() != before


def test_pictures_dropped_on_their_own_group_or_one_without_label_stay(
    qtbot: QtBot, gallery: ResultsGallery, model: ResultsModel
) -> None:
    click(qtbot, gallery, 0)
    mime = own_drag(model, gallery.keeper.selected().tolist())

    with qtbot.assertNotEmitted(gallery.correction_dropped):
        assert not drop(gallery, mime, middle(gallery, 1))
        gallery.scrollTo(model.index(ROWS - 1, Column.NAME))
        assert not drop(gallery, mime, middle(gallery, ROWS - 1))


def test_other_files_are_left_to_the_window(qtbot: QtBot, gallery: ResultsGallery) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/pictures/other.jpg")])
    assert not mime.hasFormat(OWN_PICTURES_TYPE)

    event = QDragEnterEvent(QPoint(50, 90), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    event.accept()
    gallery.dragEnterEvent(event)

    assert not event.isAccepted()


# --- painting


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_selection_and_hover_are_visible(qtbot: QtBot, gallery: ResultsGallery, scheme: theme.Scheme) -> None:
    theme.apply_theme(theme.application(), scheme)
    other = QLineEdit(gallery.window())
    other.show()
    images = []

    click(qtbot, gallery, 0)
    qtbot.waitUntil(gallery.hasFocus)
    images.append(gallery.viewport().grab().toImage())
    other.setFocus()
    images.append(gallery.viewport().grab().toImage())
    gallery.clearSelection()
    images.append(gallery.viewport().grab().toImage())
    point, none = QPointF(middle(gallery, 2)), Qt.MouseButton.NoButton
    QApplication.sendEvent(gallery.viewport(), QMouseEvent(QEvent.Type.MouseMove, point, point, none, none, NONE))
    images.append(gallery.viewport().grab().toImage())

    assert all(one != two for one, two in itertools.pairwise(images))
    theme.apply_theme(theme.application(), "light")


def test_real_pictures_are_painted_at_their_places(qtbot: QtBot, tmp_path: Path) -> None:
    paths = []
    for number, (size, color) in enumerate([((300, 100), "#ff0000"), ((100, 300), "#00ff00"), ((200, 200), "#0000ff")]):
        paths.append(tmp_path / f"{number}.png")
        Image.new("RGB", size, color).save(paths[-1])
    theme.apply_theme(theme.application(), "light")
    thumbnails = Thumbnails()
    desk = make_desk(paths)
    views = ResultsViews(ResultsModel(desk, thumbnails))
    qtbot.addWidget(views)
    views.resize(700, 400)
    views.set_view("gallery")
    with qtbot.waitSignal(thumbnails.thumbnails_loaded, timeout=10_000), qtbot.waitExposed(views):
        views.show()
    gallery = views.gallery
    bottoms = [
        QPoint(middle(gallery, row).x(), gallery.visualRect(views.gallery.results.index(row, 0)).y() + 98)
        for row in range(3)
    ]

    def colors() -> list[str]:
        image = gallery.viewport().grab().toImage()
        ratio = image.devicePixelRatio()
        return [image.pixelColor(round(one.x() * ratio), round(one.y() * ratio)).name() for one in bottoms]

    qtbot.waitUntil(lambda: colors() == ["#ff0000", "#00ff00", "#0000ff"])
    thumbnails.stop()
