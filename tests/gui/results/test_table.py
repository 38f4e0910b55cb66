from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QPointF,
    Qt,
)
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from results_desk import column_key, embed, image_files, scored_desk, set_labels, unit_vectors

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.learned import Learned, LearnedScores
from clipdesk.core.desk.order import ResultsFilter
from clipdesk.core.find.query import Term
from clipdesk.core.find.ranking import rank_by_terms
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID
from clipdesk.gui.kit import theme
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.cells import COLUMN_KEY_ROLE, FIRST_LABEL, LEARNED_ROLE, Column
from clipdesk.gui.results.drag_pixmap import drag_pixmap
from clipdesk.gui.results.header import ResultsHeader
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.selection import _MAX_RANGES
from clipdesk.gui.results.table import ResultsTable

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
ROWS = 200


@pytest.fixture
def desk() -> Desk:
    return scored_desk(ROWS)


@pytest.fixture
def model(desk: Desk, qtbot: QtBot) -> Iterator[ResultsModel]:
    thumbnails = Thumbnails()
    model = ResultsModel(desk, thumbnails)
    yield model
    thumbnails.stop()


@pytest.fixture
def table(model: ResultsModel, qtbot: QtBot) -> ResultsTable:
    theme.apply_theme(theme.application(), "light")
    table = ResultsTable(model)
    qtbot.addWidget(table)
    table.resize(900, 480)
    with qtbot.waitExposed(table):
        table.show()
    return table


def header(table: ResultsTable) -> ResultsHeader:
    found = table.horizontalHeader()
    assert isinstance(found, ResultsHeader)
    return found


def select(table: ResultsTable, *desk_rows: int) -> None:
    """Select these images and make the first one current."""
    model = table.model()
    assert isinstance(model, ResultsModel)
    table.select_desk_row(desk_rows[0])
    flags = table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows
    for row in desk_rows[1:]:
        table.selectionModel().select(model.index(model.view_row(row), 0), flags)


def keys(table: ResultsTable) -> list[str]:
    """Return the keys of the visible columns, from left to right."""
    header = table.horizontalHeader()
    columns = [header.logicalIndex(place) for place in range(header.count())]
    return [
        str(table.model().headerData(column, Qt.Orientation.Horizontal, COLUMN_KEY_ROLE))
        for column in columns
        if not header.isSectionHidden(column)
    ]


def click_header(qtbot: QtBot, table: ResultsTable, column: int) -> None:
    header = table.horizontalHeader()
    point = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=point)


def current_y(table: ResultsTable) -> int:
    return table.rowViewportPosition(table.currentIndex().row())


# --- sorting


def test_clicks_on_a_header_sort_reverse_and_give_desk_order_back(
    qtbot: QtBot, table: ResultsTable, model: ResultsModel
) -> None:
    click_header(qtbot, table, Column.PROBABILITY)
    assert (model.sort_column, model.sort_order) == (Column.PROBABILITY, DOWN)
    click_header(qtbot, table, Column.PROBABILITY)
    assert (model.sort_column, model.sort_order) == (Column.PROBABILITY, UP)
    click_header(qtbot, table, Column.PROBABILITY)
    assert model.sort_column == -1
    click_header(qtbot, table, Column.NAME)
    assert (model.sort_column, model.sort_order) == (Column.NAME, UP)


def test_the_thumbnail_column_sorts_in_desk_order(qtbot: QtBot, table: ResultsTable, model: ResultsModel) -> None:
    click_header(qtbot, table, Column.NAME)
    click_header(qtbot, table, Column.PICTURE)

    assert model.sort_column == -1
    assert table.horizontalHeader().sortIndicatorSection() == -1


def test_the_arrow_follows_its_label(table: ResultsTable, desk: Desk, model: ResultsModel) -> None:
    table.sortByColumn(FIRST_LABEL + 2, DOWN)

    set_labels(desk, ("car", "dog"))
    model.scores_replaced()

    assert table.horizontalHeader().sortIndicatorSection() == FIRST_LABEL


# --- selection


@pytest.mark.parametrize("column", [Column.NAME, Column.LABEL, Column.PROBABILITY, FIRST_LABEL + 1])
def test_the_selection_stays_with_its_images_when_the_order_changes(
    qtbot: QtBot, table: ResultsTable, column: int
) -> None:
    select(table, 10, 3, 4, 150, 7)

    with (
        qtbot.assertNotEmitted(table.current_changed),
        qtbot.assertNotEmitted(table.selection_changed_rows),
    ):
        for order in (DOWN, UP):
            table.sortByColumn(column, order)
            assert sorted(table.selected_desk_rows()) == [3, 4, 7, 10, 150]
            assert table.current_desk_row() == 10


def test_the_selection_is_given_in_the_order_of_the_table(table: ResultsTable) -> None:
    select(table, 10, 3, 150)

    table.sortByColumn(Column.NAME, DOWN)

    assert table.selected_desk_rows() == [150, 10, 3]


def test_hidden_images_leave_the_selection_and_the_current_one_comes_back(
    qtbot: QtBot, table: ResultsTable, model: ResultsModel
) -> None:
    select(table, 11, 20, 22)

    with qtbot.waitSignal(table.current_changed) as current, qtbot.waitSignal(table.selection_changed_rows) as selected:
        model.set_filter(ResultsFilter(text="even"))
    assert current.args == [-1]
    assert selected.args[0].tolist() == [20, 22]
    assert table.selected_desk_rows() == [20, 22]
    assert table.current_desk_row() is None

    model.set_filter(ResultsFilter())
    assert table.current_desk_row() == 11


def test_a_single_selection_survives_a_filter_that_hides_it(table: ResultsTable, model: ResultsModel) -> None:
    select(table, 11)

    model.set_filter(ResultsFilter(text="even"))
    model.set_filter(ResultsFilter(text="nothing at all"))
    model.set_filter(ResultsFilter())

    assert table.selected_desk_rows() == [11]


def test_the_selection_stays_while_images_and_scores_arrive(
    qtbot: QtBot, table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    table.sortByColumn(Column.PROBABILITY, DOWN)
    select(table, 30, 5, 12)

    model.desk_changed(desk.add_images(image_files(["/new/1.jpg", "/new/2.jpg"])))
    with qtbot.waitSignal(model.order_changed, timeout=2000):
        model.rows_changed(embed(desk, [5, 11, ROWS, ROWS + 1]))

    assert model.rowCount() == ROWS + 2
    assert sorted(table.selected_desk_rows()) == [5, 12, 30]
    assert table.current_desk_row() == 30


def test_the_selection_stays_when_labels_are_added_and_removed(
    table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    table.sortByColumn(Column.PROBABILITY, DOWN)
    select(table, 30, 5, 12)

    set_labels(desk, ("one", "two", "three", "four", "five"))
    model.scores_replaced()

    assert sorted(table.selected_desk_rows()) == [5, 12, 30]
    assert table.current_desk_row() == 30


def test_the_selection_stays_with_its_images_when_others_are_removed(
    table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    select(table, 30, 31, 2)
    paths = {desk.images[row].path for row in (30, 31)}

    removed = desk.remove_images([2, 4])
    model.desk_reset()
    assert {desk.images[row].path for row in table.selected_desk_rows()} == paths

    desk.revert(removed)
    model.desk_reset()
    assert {desk.images[row].path for row in table.selected_desk_rows()} == paths


def test_the_next_image_is_selected_when_the_selected_ones_are_removed(
    qtbot: QtBot, table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    select(table, 30, 31)
    follower = desk.images[32].path

    with qtbot.waitSignals([table.current_changed, table.selection_changed_rows]):
        desk.remove_images([30, 31])
        model.desk_reset()
    assert [desk.images[row].path for row in table.selected_desk_rows()] == [follower]

    desk.remove_images(range(30, len(desk)))
    model.desk_reset()
    assert table.selected_desk_rows() == [29]

    desk.remove_images(range(30))
    model.desk_reset()
    assert table.selected_desk_rows() == []
    assert table.current_desk_row() is None


def test_all_rows_stay_selected(table: ResultsTable, model: ResultsModel) -> None:
    table.selectAll()
    table.sortByColumn(Column.PROBABILITY, DOWN)

    assert table.selected_desk_rows() == model.shown_rows.tolist()


def test_a_selection_of_too_many_ranges_shrinks_to_the_current_row(
    qtbot: QtBot, table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    model.desk_changed(desk.add_images(image_files([f"/more/img{row}.jpg" for row in range(2 * _MAX_RANGES)])))
    # Every second row of the list sorted by name: no two are neighbours.
    table.sortByColumn(Column.NAME, DOWN)
    table.select_desk_row(10)
    pieces = QItemSelection()
    for row in range(0, model.rowCount(), 2):
        pieces.append(QItemSelectionRange(model.index(row, 0), model.index(row, model.columnCount() - 1)))
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    table.selectionModel().select(pieces, flags)
    assert len(table.selected_desk_rows()) > _MAX_RANGES

    table.sortByColumn(Column.NAME, UP)

    assert table.selected_desk_rows() == [10]


def test_moving_the_current_row_selects_it_alone(qtbot: QtBot, table: ResultsTable) -> None:
    table.move_current(1)
    assert table.selected_desk_rows() == [0]
    with qtbot.waitSignal(table.current_changed) as changed:
        table.move_current(1)
    assert changed.args == [1]
    table.move_current(-5)
    assert table.selected_desk_rows() == [0]
    table.move_current(ROWS * 2)
    assert table.selected_desk_rows() == [ROWS - 1]


# --- scroll position


def test_the_current_row_keeps_its_place_on_screen(table: ResultsTable, model: ResultsModel) -> None:
    select(table, 100)
    table.verticalScrollBar().setValue(100 * 48 - 150)
    assert current_y(table) == 150

    table.sortByColumn(Column.PROBABILITY, DOWN)
    row = table.currentIndex().row()
    if 10 < row < ROWS - 10:
        assert current_y(table) == 150
    model.set_filter(ResultsFilter(text="even"))
    assert 0 <= current_y(table) <= table.viewport().height() - 48
    model.set_filter(ResultsFilter())
    table.sortByColumn(-1, UP)
    assert current_y(table) == 150


def test_without_a_visible_current_row_a_new_order_starts_at_the_top(table: ResultsTable) -> None:
    table.verticalScrollBar().setValue(3000)

    table.sortByColumn(Column.PROBABILITY, DOWN)

    assert table.verticalScrollBar().value() == 0


def test_arriving_scores_do_not_scroll(qtbot: QtBot, table: ResultsTable, model: ResultsModel, desk: Desk) -> None:
    table.sortByColumn(Column.PROBABILITY, DOWN)
    table.verticalScrollBar().setValue(1000)

    with qtbot.waitSignal(model.order_changed, timeout=2000):
        model.rows_changed(embed(desk, [5, 11]))

    assert table.verticalScrollBar().value() == 1000


@pytest.mark.parametrize("size", [64, 96])
def test_larger_thumbnails_keep_the_scroll_position(table: ResultsTable, size: int) -> None:
    select(table, 100)
    table.verticalScrollBar().setValue(100 * 48 - 96)

    table.set_thumbnail_size(size)

    assert table.rowHeight(0) == size
    assert current_y(table) == 96 * size // 48


def test_ctrl_and_the_wheel_change_the_size_and_emit_it(qtbot: QtBot, table: ResultsTable) -> None:
    def turn(delta: int) -> None:
        point = QPointF(100, 100)
        event = QWheelEvent(
            point, point, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(table.viewport(), event)

    with qtbot.waitSignal(table.thumbnail_size_changed) as changed:
        turn(120)
    assert changed.args == [64]
    turn(60)
    assert table.thumbnail_size == 64
    turn(60)
    assert table.thumbnail_size == 96
    turn(120)
    assert table.thumbnail_size == 96
    turn(-240)
    assert table.thumbnail_size == 48
    turn(-60)
    turn(-60)
    assert table.thumbnail_size == 48


# --- columns


def test_the_layout_of_the_columns_is_kept(table: ResultsTable, model: ResultsModel, qtbot: QtBot) -> None:
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(FIRST_LABEL + 2), 2)
    header.setSectionHidden(Column.MARGIN, True)
    header.resizeSection(Column.LABEL, 222)
    table.sortByColumn(FIRST_LABEL, DOWN)
    state = table.save_state()

    other = ResultsTable(model)
    qtbot.addWidget(other)
    other.restore_state(state.data())

    assert isinstance(state, QByteArray)
    assert keys(other) == [
        "picture",
        "name",
        column_key("car"),
        "label",
        "probability",
        column_key("dog"),
        column_key("cat"),
    ]
    assert other.horizontalHeader().sectionSize(Column.LABEL) == 222
    assert (model.sort_column, model.sort_order) == (FIRST_LABEL, DOWN)
    assert other.horizontalHeader().sortIndicatorSection() == FIRST_LABEL


def test_the_layout_survives_other_labels(table: ResultsTable, model: ResultsModel, desk: Desk) -> None:
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(FIRST_LABEL + 2), 2)
    header.setSectionHidden(FIRST_LABEL, True)
    header.resizeSection(FIRST_LABEL + 1, 150)

    set_labels(desk, ("bird", "cat"))
    model.scores_replaced()
    assert keys(table)[2:] == ["label", "probability", "margin", column_key("bird"), column_key("cat")]
    assert header.sectionSize(FIRST_LABEL + 1) == 150

    set_labels(desk, ("dog", "bird", "car", "cat"))
    model.scores_replaced()
    assert keys(table) == [
        "picture", "name", column_key("car"), "label", "probability", "margin", column_key("bird"), column_key("cat"),
    ]  # fmt: skip
    assert header.sectionSize(FIRST_LABEL + 3) == 150


def test_a_layout_waits_for_its_labels(table: ResultsTable, model: ResultsModel, desk: Desk, qtbot: QtBot) -> None:
    table.sortByColumn(FIRST_LABEL + 1, DOWN)
    table.horizontalHeader().resizeSection(FIRST_LABEL + 1, 170)
    state = table.save_state()
    thumbnails = Thumbnails()
    later_desk = scored_desk(20)
    set_labels(later_desk, ())
    later_model = ResultsModel(later_desk, thumbnails)
    later = ResultsTable(later_model)
    qtbot.addWidget(later)

    later.restore_state(state)
    set_labels(later_desk, ("dog", "cat", "car"))
    later_model.scores_replaced()

    assert later_model.sort_column == FIRST_LABEL + 1
    assert later.horizontalHeader().sortIndicatorSection() == FIRST_LABEL + 1
    assert later.horizontalHeader().sectionSize(FIRST_LABEL + 1) == 170
    thumbnails.stop()


@pytest.mark.parametrize("state", [b"", b"{}", b"[1]", b"\xff\x00", b'{"order": 3}', b'{"sort": [1]}'])
def test_an_invalid_state_changes_nothing(table: ResultsTable, state: bytes) -> None:
    before = keys(table)

    table.restore_state(state)

    assert keys(table) == before


def test_the_menu_hides_and_shows_columns(table: ResultsTable, qtbot: QtBot) -> None:
    menu = QMenu(table)
    table.fill_columns_menu(menu)
    actions = {action.text(): action for action in menu.actions()}

    actions["dog"].trigger()
    actions["Margin"].trigger()
    assert keys(table) == ["picture", "name", "label", "probability", column_key("cat"), column_key("car")]
    assert not actions["Name"].isEnabled()

    actions["Show all columns"].trigger()
    assert len(keys(table)) == FIRST_LABEL - 2 + 3  # without *Match* and *Best three*: no search, and few labels


def test_the_layout_can_be_reset(table: ResultsTable) -> None:
    before = [table.columnWidth(column) for column in range(FIRST_LABEL + 3)]
    header = table.horizontalHeader()
    header.moveSection(4, 2)
    header.resizeSection(Column.LABEL, 300)
    menu = QMenu(table)
    table.fill_columns_menu(menu)

    next(action for action in menu.actions() if action.text() == "Reset order and widths").trigger()

    assert keys(table)[:5] == ["picture", "name", "label", "probability", "margin"]
    assert [table.columnWidth(column) for column in range(FIRST_LABEL + 3)] == before


def test_the_name_column_takes_up_the_remaining_width(table: ResultsTable) -> None:
    table.resize(1200, 400)
    assert table.horizontalHeader().length() == table.viewport().width()
    table.resize(1400, 400)
    assert table.horizontalHeader().length() == table.viewport().width()
    table.resize(500, 400)
    assert table.horizontalHeader().length() > table.viewport().width()
    assert table.columnWidth(Column.NAME) >= 130


def test_many_labels_scroll_sideways(qtbot: QtBot, table: ResultsTable, model: ResultsModel, desk: Desk) -> None:
    set_labels(desk, tuple(f"label {place}" for place in range(30)))
    model.scores_replaced()
    header(table).set_folded(False)

    bar = table.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 30 * 60)
    bar.setValue(bar.maximum())
    assert not table.grab().isNull()


# --- keys


def test_keys_emit_their_requests(qtbot: QtBot, table: ResultsTable) -> None:
    table.setFocus()
    for key, signal in (
        (Qt.Key.Key_Space, table.quick_look_requested),
        (Qt.Key.Key_Delete, table.remove_requested),
    ):
        with qtbot.waitSignal(signal, timeout=500):
            qtbot.keyClick(table, key)


def test_arrows_move_and_letters_are_left_to_the_window(qtbot: QtBot, table: ResultsTable) -> None:
    select(table, 3)

    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.selected_desk_rows() == [4]
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.selected_desk_rows() == [ROWS - 1]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.selected_desk_rows() == [0]
    for text, key, modifier in (
        ("i", Qt.Key.Key_I, Qt.KeyboardModifier.NoModifier),
        ("\x03", Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
    ):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier, text)
        QApplication.sendEvent(table, event)
        assert not event.isAccepted()
    assert table.selected_desk_rows() == [0]


def test_a_double_click_opens(qtbot: QtBot, table: ResultsTable) -> None:
    point = table.visualRect(table.model().index(1, 1)).center()

    with qtbot.waitSignal(table.open_requested, timeout=500):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)


# --- empty state and painting


def test_an_empty_result_offers_to_show_all(qtbot: QtBot, table: ResultsTable, model: ResultsModel) -> None:
    button = table.findChild(QPushButton)
    assert not button.isVisible()

    model.set_filter(ResultsFilter(text="nothing at all"))
    assert button.isVisible()
    with qtbot.waitSignal(table.show_all_requested, timeout=500):
        button.click()

    model.set_filter(ResultsFilter())
    assert not button.isVisible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [48, 64, 96])
def test_every_kind_of_row_is_painted(
    table: ResultsTable, model: ResultsModel, desk: Desk, scheme: str, size: int
) -> None:
    theme.apply_theme(theme.application(), "dark" if scheme == "dark" else "light")
    model.desk_changed(desk.set_threshold(0.6))
    table.set_thumbnail_size(size)
    select(table, 1, 2)

    for mode in ("probability", "cosine"):
        model.set_value_mode(mode)
        picture = table.grab().toImage()
        ground = picture.pixelColor(table.viewport().x() + table.viewport().width() - 3, picture.height() - 3)
        assert ground.lightness() > 200 if scheme == "light" else ground.lightness() < 80
        assert _colors(picture) > 40
    theme.apply_theme(theme.application(), "light")


def test_unsure_rows_only_still_fit_the_filter(table: ResultsTable, model: ResultsModel, desk: Desk) -> None:
    model.desk_changed(desk.set_threshold(0.6))
    model.set_filter(ResultsFilter(status=Status.UNSURE))

    assert 0 < model.rowCount() < ROWS
    assert not table.findChild(QPushButton).isVisible()


@pytest.mark.parametrize("count", [1, 3, 12_345])
def test_the_drag_pixmap_shows_the_image_and_the_count(qtbot: QtBot, count: int) -> None:
    thumbnail = QPixmap(40, 30)
    thumbnail.fill(Qt.GlobalColor.red)

    picture = drag_pixmap(thumbnail, count, 2.0)

    assert picture.devicePixelRatio() == 2.0
    assert picture.toImage().pixelColor(72, 90).name() == "#ff0000"
    assert not drag_pixmap(None, count, 1.0).isNull()


def _colors(picture: QImage) -> int:
    return len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)})


def test_the_columns_follow_the_order_of_the_labels_until_one_is_moved(
    table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    set_labels(desk, ("car", "dog", "cat"))
    model.scores_replaced()
    assert keys(table)[FIRST_LABEL - 2 :] == [column_key("car"), column_key("dog"), column_key("cat")]

    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(FIRST_LABEL + 2), FIRST_LABEL)
    set_labels(desk, ("dog", "cat", "car"))
    model.scores_replaced()
    assert keys(table)[FIRST_LABEL - 2 :] == [column_key("cat"), column_key("car"), column_key("dog")]


def test_a_label_has_room_for_its_name_and_a_long_one_for_a_part(
    table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    set_labels(desk, ("x", "buildings", "a parrot with red, blue and yellow feathers"))
    model.scores_replaced()

    short, whole, long = (table.columnWidth(FIRST_LABEL + place) for place in range(3))
    assert short == 76
    assert whole > table.fontMetrics().horizontalAdvance("buildings") + 24
    assert short < whole < long == 112


# --- many labels, and one label alone


def many_labels(desk: Desk, model: ResultsModel, count: int = 12) -> None:
    set_labels(desk, tuple(f"label {place}" for place in range(count)))
    model.scores_replaced()


def test_from_ten_labels_on_the_best_three_stand_for_the_columns(
    table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    many_labels(desk, model, 9)
    assert "best" not in keys(table)
    many_labels(desk, model, 10)
    assert keys(table) == ["picture", "name", "label", "probability", "margin", "best"]

    probability = desk.scores.probability[0]
    places = np.argsort(-probability)[:3]
    expected = " · ".join(f"label {place} {round(100 * probability[place])}" for place in places)
    assert model.index(0, Column.BEST).data() == expected
    assert model.index(5, Column.BEST).data() == ""  # not scored yet
    assert not table.grab().isNull()


def test_a_click_on_the_arrow_unfolds_the_columns_and_the_choice_is_kept(
    qtbot: QtBot, table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    many_labels(desk, model)
    head = header(table)
    at = QPoint(head.sectionViewportPosition(Column.BEST) + head.sectionSize(Column.BEST) - 16, 16)

    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(keys(table)) == FIRST_LABEL - 1 + 12  # without *Match*
    state = table.save_state()
    many_labels(desk, model, 3)
    assert len(keys(table)) == FIRST_LABEL - 2 + 3
    head.reset_layout()
    many_labels(desk, model)
    assert len(keys(table)) == FIRST_LABEL - 1

    table.restore_state(state)
    assert len(keys(table)) == FIRST_LABEL - 1 + 12  # without *Match*


def test_a_column_that_the_user_hid_stays_hidden_when_columns_are_unfolded(
    table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    many_labels(desk, model, 3)
    menu = QMenu(table)
    table.fill_columns_menu(menu)
    next(action for action in menu.actions() if action.text() == "label 1").trigger()

    many_labels(desk, model)
    header(table).set_folded(False)

    assert column_key("label 1") not in keys(table)
    assert column_key("label 2") in keys(table)


def test_the_menu_folds_and_unfolds(table: ResultsTable, model: ResultsModel, desk: Desk) -> None:
    many_labels(desk, model)
    menu = QMenu(table)
    table.fill_columns_menu(menu)
    texts = [action.text() for action in menu.actions()]
    assert "label 3" not in texts

    menu.actions()[texts.index("A column for each label")].trigger()
    table.fill_columns_menu(menu)

    assert column_key("label 3") in keys(table)
    assert "label 3" in [action.text() for action in menu.actions()]


def test_one_label_alone_ranks_by_similarity(table: ResultsTable, model: ResultsModel, desk: Desk) -> None:
    set_labels(desk, ("dog",))
    model.scores_replaced()

    shown = [model.index(row, Column.PROBABILITY).data() for row in range(model.rowCount())]
    cosine = desk.scores.cosine[model.shown_rows, 0]
    scored = cosine[~np.isnan(cosine)]
    assert not any("%" in text for text in shown)
    assert (np.diff(scored) <= 0).all()
    assert shown[0] == f"{scored[0]:.3f}"
    assert model.headerData(Column.PROBABILITY, Qt.Orientation.Horizontal) == "Similarity"
    assert model.index(0, Column.MARGIN).data() == ""
    assert "%" not in model.index(0, FIRST_LABEL).data()
    assert "something else" in model.index(0, Column.PROBABILITY).data(Qt.ItemDataRole.ToolTipRole)

    set_labels(desk, ("dog", "cat"))
    model.scores_replaced()
    assert "%" in model.index(0, Column.PROBABILITY).data()
    assert model.shown_rows.tolist() == list(range(ROWS))


# --- the first row


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space])
def test_the_first_key_chooses_the_first_row(qtbot: QtBot, table: ResultsTable, key: Qt.Key) -> None:
    table.setFocus(Qt.FocusReason.TabFocusReason)
    asked: list[list[int]] = []
    table.quick_look_requested.connect(lambda: asked.append(table.selected_desk_rows()))

    qtbot.keyClick(table, key)

    assert table.selected_desk_rows() == [0]
    assert asked == ([[0]] if key == Qt.Key.Key_Space else [])


# --- corrections


def test_a_correction_says_who_chose_it_and_survives_new_scores(
    table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    cat = desk.label_set.labels[1]
    change = desk.correct([0, 5], cat.id)
    model.desk_changed(change)

    def shown() -> list[str]:
        return [model.index(model.view_row(row), Column.LABEL).data() for row in (0, 5)]

    # The words propose “cat” for the first one, too. The other one has no scores yet.
    assert shown() == ["cat · confirmed", "cat · by you"]
    assert "You confirmed this label" in model.index(0, Column.LABEL).data(Qt.ItemDataRole.ToolTipRole)
    set_labels(desk, ("car", "dog", "cat"), seed=11)
    model.scores_replaced()
    proposed = desk.scored_labels[desk.scores.best[0]]
    assert shown() == ["cat · confirmed" if proposed == "cat" else "cat · by you", "cat · by you"]
    model.desk_changed(desk.revert(change))
    assert not any(word in "".join(shown()) for word in ("by you", "confirmed"))


def test_learned_labels_are_told_by_word_and_shape(table: ResultsTable, model: ResultsModel, desk: Desk) -> None:
    scores = desk.scores.copy()
    ids = tuple(label.id for label in desk.scored)
    model.desk_changed(desk.learn(LearnedScores(Learned(ids, lambda images, cosine: scores, True), scores, None)))
    index = model.index(0, Column.LABEL)
    name = desk.scored_labels[desk.decisions.column[0]]
    assert index.data() == f"{name} · learned"
    assert index.data(LEARNED_ROLE) == name
    assert "Learned from your corrections" in index.data(Qt.ItemDataRole.ToolTipRole)
    learned = table.viewport().grab(table.visualRect(index)).toImage()
    model.desk_changed(desk.learn(LearnedScores(Learned(ids), scores, None)))
    assert index.data() == name
    assert table.viewport().grab(table.visualRect(index)).toImage() != learned


def test_learned_none_of_these_is_told_from_the_users_own(table: ResultsTable, model: ResultsModel, desk: Desk) -> None:
    scores = desk.scores.copy()
    none = np.where(np.arange(len(desk)) == 2, 0.9, 0.1).astype(np.float32)
    ids = tuple(label.id for label in desk.scored)
    model.desk_changed(desk.learn(LearnedScores(Learned(ids, none=lambda images, cosine: none), scores, none)))
    model.desk_changed(desk.set_none_threshold(0.5))
    model.desk_changed(desk.correct([0], NO_LABEL_FITS_ID))
    texts = [model.index(model.view_row(row), Column.LABEL).data() for row in (0, 2)]
    assert texts == ["none of these", "none of these · learned"]
    tips = [model.index(model.view_row(row), Column.LABEL).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 2)]
    assert tips == ["You said that no label fits", "Probably no label fits: 90 %"]
    areas = [table.visualRect(model.index(model.view_row(row), Column.LABEL)) for row in (0, 2)]
    first, second = (
        table.viewport().grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32) for area in areas
    )
    assert first != second


def test_the_answer_to_a_search_starts_at_the_top_and_shows_its_column(
    table: ResultsTable, model: ResultsModel, desk: Desk
) -> None:
    assert desk.table is not None
    first, second = (
        rank_by_terms(desk.table.all_vectors(), (Term(word),), unit_vectors(2, 7)[place : place + 1])
        for place, word in enumerate(("dog", "cat"))
    )
    model.set_ranking(first)
    assert "match" in keys(table)
    table.select_desk_row(model.desk_row(model.index(3, 0)))  # visible, so that a filter would keep it in place
    table.verticalScrollBar().setValue(40)

    model.set_ranking(second)
    assert table.verticalScrollBar().value() == 0

    model.set_ranking(None)
    assert "match" not in keys(table)
