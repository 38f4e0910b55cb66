from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from results_desk import (
    LABELS,
    column_key,
    embed,
    fail,
    ids,
    image_files,
    label,
    make_desk,
    scored_desk,
    set_labels,
    unit_vectors,
)

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.embedding_table import RowState
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.order import NameIndex, OrderChange, ResultsFilter
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.find.query import parse_query
from clipdesk.core.find.ranking import Ranking, rank_by_terms
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.labels.scoring import empty_scores, fill_ranking
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import label_color
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.cells import (
    BEST_ROLE,
    COLOR_ROLE,
    COLUMN_KEY_ROLE,
    DESK_ROW_ROLE,
    FIRST_LABEL,
    HEAT_ROLE,
    PATH_ROLE,
    STATUS_ROLE,
    Column,
)
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.background import Background

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    result = Thumbnails()
    yield result
    result.stop()


@pytest.fixture
def desk() -> Desk:
    return scored_desk()


@pytest.fixture
def model(desk: Desk, thumbnails: Thumbnails) -> ResultsModel:
    return ResultsModel(desk, thumbnails)


def shown(model: ResultsModel) -> list[int]:
    return [model.desk_row(model.index(row, 0)) for row in range(model.rowCount())]


def text(model: ResultsModel, desk_row: int, column: int) -> str:
    return str(model.index(model.view_row(desk_row), column).data())


# --- Qt's model rules


def test_the_model_stays_valid_through_all_changes(
    model: ResultsModel, desk: Desk, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    qtmodeltester.check(model)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)

    for column in range(model.columnCount()):
        model.sort(column, DOWN)
        model.sort(column, UP)
    model.set_filter(ResultsFilter(text="even"))
    model.set_filter(ResultsFilter(labels=ids("cat")))
    model.set_filter(ResultsFilter(text="nothing"))
    model.set_filter(ResultsFilter())
    model.sort(-1)
    model.desk_changed(desk.add_images(image_files(["/new/a.jpg", "/new/b.jpg"])))
    model.rows_changed(embed(desk, [40, 41]))
    set_labels(desk, ("one", "two", "three", "four"))
    model.scores_replaced()
    desk.remove_images([0, 3, 39])
    model.desk_reset()

    assert model.rowCount() == 39
    qtmodeltester.check(model)
    del tester


def test_values_are_python_types(model: ResultsModel) -> None:
    model.set_value_mode("cosine")
    roles = (HEAT_ROLE, COLOR_ROLE, PATH_ROLE, STATUS_ROLE, DESK_ROW_ROLE, BEST_ROLE, Qt.ItemDataRole.DisplayRole)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            for role in roles:
                assert not isinstance(model.data(model.index(row, column), role), np.generic)
    assert isinstance(model.desk_row(model.index(0, 0)), int)
    assert isinstance(model.view_row(3), int)


def test_an_empty_desk_is_an_empty_table(thumbnails: Thumbnails) -> None:
    model = ResultsModel(Desk(), thumbnails)

    assert (model.rowCount(), model.columnCount()) == (0, FIRST_LABEL)
    assert model.counts().total == 0


# --- cells


def test_a_labelled_row_shows_its_scores(model: ResultsModel, desk: Desk) -> None:
    model.desk_changed(desk.set_threshold(0.0))
    scores, row = desk.scores, 0
    best = int(scores.best[row])

    assert text(model, row, Column.NAME) == "img0.jpg"
    assert text(model, row, Column.LABEL) == LABELS[best]
    assert text(model, row, Column.PROBABILITY) == f"{round(scores.top[row] * 100)} %"
    assert text(model, row, Column.MARGIN) == f"{scores.margin[row]:.2f}"
    assert text(model, row, FIRST_LABEL + best) == f"{round(scores.top[row] * 100)} %"
    model.set_value_mode("cosine")
    assert text(model, row, FIRST_LABEL + best) == f"{scores.cosine[row, best]:.3f}"
    assert model.index(0, FIRST_LABEL + best).data(BEST_ROLE) is True


def test_unsure_waiting_and_unreadable_rows_say_so(model: ResultsModel, desk: Desk) -> None:
    model.desk_changed(desk.set_threshold(1.01))

    assert text(model, 0, Column.LABEL) == f"{LABELS[int(desk.scores.best[0])]}?"
    assert text(model, 5, Column.LABEL) == "…"
    assert text(model, 7, Column.LABEL) == "can't be read"
    assert text(model, 5, Column.PROBABILITY) == ""
    assert text(model, 7, FIRST_LABEL) == ""
    kinds = [model.index(row, 0).data(STATUS_ROLE) for row in (0, 5, 7)]
    assert kinds == [Status.UNSURE, Status.WAITING, Status.ERROR]
    assert "The file is empty." in model.index(7, Column.LABEL).data(Qt.ItemDataRole.ToolTipRole)


def test_tooltips_show_the_path_and_both_values(model: ResultsModel) -> None:
    path_tip = model.index(0, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)
    value_tip = model.index(0, FIRST_LABEL).data(Qt.ItemDataRole.ToolTipRole)

    assert path_tip == str(Path("/pictures/even/img0.jpg"))
    assert "dog" in value_tip
    assert "%" in value_tip
    assert "0." in value_tip


def test_a_tooltip_shows_html_in_a_name_literally(thumbnails: Thumbnails) -> None:
    model = ResultsModel(make_desk(["/pictures/<b>bold<b>.jpg"]), thumbnails)

    tip = model.index(0, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)

    assert "&lt;b&gt;bold" in tip


def test_the_bar_of_a_probability_has_its_length(model: ResultsModel, desk: Desk) -> None:
    heat = model.index(0, FIRST_LABEL + 1).data(HEAT_ROLE)

    assert heat == pytest.approx(float(desk.scores.probability[0, 1]))
    assert model.index(5, FIRST_LABEL).data(HEAT_ROLE) is None
    assert model.index(0, Column.NAME).data(HEAT_ROLE) is None


def test_bars_of_similarities_share_one_scale(model: ResultsModel, desk: Desk) -> None:
    model.set_value_mode("cosine")
    heats = np.array(
        [[model.index(row, FIRST_LABEL + place).data(HEAT_ROLE) for place in range(3)] for row in range(4)], float
    )
    low, high = np.nanmin(desk.scores.cosine), np.nanmax(desk.scores.cosine)

    assert heats == pytest.approx((desk.scores.cosine[:4] - low) / (high - low), abs=1e-6)


def test_the_scale_grows_with_new_scores(model: ResultsModel, desk: Desk) -> None:
    model.set_value_mode("cosine")
    embed(desk, [5])
    desk.scores.cosine[5] = (0.99, -0.99, 0.0)

    model.rows_changed(np.array([5]))

    assert model.index(5, FIRST_LABEL).data(HEAT_ROLE) == 1.0
    assert model.index(5, FIRST_LABEL + 1).data(HEAT_ROLE) == 0.0


def test_colours_follow_the_label_set(model: ResultsModel, desk: Desk) -> None:
    desk.set_label_set(LabelSet((label("dog"), replace(label("cat"), color="#123456"), label("car"))))
    model.scores_replaced()

    colors = [model.index(0, FIRST_LABEL + place).data(COLOR_ROLE).name() for place in range(3)]
    assert colors == [label_color(0).name(), "#123456", label_color(2).name()]
    best = int(desk.scores.best[0])
    assert model.index(0, Column.LABEL).data(COLOR_ROLE).name() == colors[best]


def test_numbers_are_formatted_for_the_locale() -> None:
    german = NumberTexts(QLocale(QLocale.Language.German))

    assert german.cosine(0.3125) == "0,312"
    assert german.cosine(-0.0001) == "0,000"
    assert german.percent(0.974) == "97 %"
    assert german.count(3214) == "3.214"
    assert german.margin(float("nan")) == ""


def test_headers_name_explain_and_identify_their_columns(model: ResultsModel) -> None:
    def header(column: int, role: int) -> object:
        return model.headerData(column, Qt.Orientation.Horizontal, role)

    assert header(FIRST_LABEL, Qt.ItemDataRole.DisplayRole) == "dog"
    tip = header(Column.MARGIN, Qt.ItemDataRole.ToolTipRole)
    assert tip == "How much more likely the label is than the next best one"
    assert header(FIRST_LABEL + 2, COLUMN_KEY_ROLE) == column_key("car")
    assert header(99, Qt.ItemDataRole.DisplayRole) is None
    assert model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) is None


# --- order


@pytest.mark.parametrize("column", [Column.PROBABILITY, Column.MARGIN, FIRST_LABEL, FIRST_LABEL + 2])
@pytest.mark.parametrize("mode", ["probability", "cosine"])
def test_numbers_sort_both_ways_with_unknown_ones_last(model: ResultsModel, desk: Desk, column: int, mode: str) -> None:
    model.set_value_mode(mode)
    of_labels = desk.scores.probability if mode == "probability" else desk.scores.cosine
    fixed = {Column.PROBABILITY: desk.scores.top, Column.MARGIN: desk.scores.margin}
    values = fixed[Column(column)] if column in fixed else of_labels[:, column - FIRST_LABEL]
    known = [row for row in range(40) if row not in (5, 7, 11)]

    model.sort(column, UP)
    assert shown(model) == [*sorted(known, key=lambda row: values[row]), 5, 7, 11]
    model.sort(column, DOWN)
    assert shown(model) == [*sorted(known, key=lambda row: -values[row]), 5, 7, 11]


def test_equal_values_stay_in_desk_order_in_both_directions(model: ResultsModel, desk: Desk) -> None:
    desk.scores.top[:] = np.round(desk.scores.top, 1)
    desk.scores.top[:3] = (0.0, -0.0, 0.0)
    known = [row for row in range(40) if row not in (5, 7, 11)]

    for order, sign in ((UP, 1), (DOWN, -1)):
        model.sort(Column.PROBABILITY, order)
        assert shown(model)[:37] == sorted(known, key=lambda row: sign * desk.scores.top[row])


def test_labels_sort_in_the_order_of_the_set_and_the_surest_first(model: ResultsModel, desk: Desk) -> None:
    scores = desk.scores
    known = [row for row in range(40) if row not in (5, 7, 11)]

    for order, sign in ((UP, 1), (DOWN, -1)):
        model.sort(Column.LABEL, order)
        assert shown(model)[:37] == sorted(known, key=lambda row: (sign * scores.best[row], -scores.top[row]))
        assert shown(model)[37:] == [5, 7, 11]


def test_names_sort_in_natural_order(model: ResultsModel) -> None:
    model.sort(Column.NAME, UP)
    assert shown(model) == list(range(40))
    model.sort(Column.NAME, DOWN)
    assert shown(model) == list(range(39, -1, -1))


def test_name_ranks_grow_with_the_desk() -> None:
    index = NameIndex()
    images = ImageList(image_files(["/b.jpg", "/a.jpg"]))

    assert index.ranks(images).tolist() == [1, 0]
    images.add(image_files(["/x/a.jpg", "/0.jpg"]))
    assert index.ranks(images).tolist() == [2, 1, 1, 0]


def test_the_third_click_restores_desk_order(model: ResultsModel) -> None:
    model.sort(Column.PROBABILITY, DOWN)
    model.sort(-1)

    assert shown(model) == list(range(40))
    model.sort(Column.MARGIN, DOWN)
    model.sort(Column.PICTURE, UP)
    assert shown(model) == list(range(40))


def test_persistent_indexes_follow_their_rows(model: ResultsModel) -> None:
    kept = [QPersistentModelIndex(model.index(row, row % 3)) for row in range(40)]

    model.sort(Column.PROBABILITY, DOWN)
    model.set_filter(ResultsFilter(text="even"))
    model.sort(Column.NAME, DOWN)

    for desk_row, index in enumerate(kept):
        assert index.isValid() == (desk_row % 2 == 0)
        if index.isValid():
            assert (model.desk_row(index), index.column()) == (desk_row, desk_row % 3)


def test_rows_are_found_both_ways(model: ResultsModel) -> None:
    model.sort(Column.PROBABILITY, DOWN)
    model.set_filter(ResultsFilter(text="odd"))

    for place, desk_row in enumerate(shown(model)):
        assert model.view_row(desk_row) == place
    assert [model.view_row(row) for row in (0, -1, 40, 1000)] == [-1, -1, -1, -1]
    indexes = [model.index(row, column) for row in (3, 1, 3) for column in (0, 2)]
    assert model.desk_rows(indexes).tolist() == [shown(model)[1], shown(model)[3]]


# --- filter


def test_text_is_searched_in_the_path_ignoring_case(model: ResultsModel) -> None:
    model.set_filter(ResultsFilter(text=" EVEN/IMG1 "))

    assert shown(model) == [10, 12, 14, 16, 18]


def test_text_is_found_in_any_unicode_form(thumbnails: Thumbnails) -> None:
    decomposed = "/pictures/\u110b\u1161\u11ab\u1102\u1167\u11bc.jpg"
    model = ResultsModel(make_desk([decomposed, "/pictures/other.jpg"]), thumbnails)

    model.set_filter(ResultsFilter(text="안녕"))

    assert shown(model) == [0]


def test_labels_are_filtered_with_their_guesses(model: ResultsModel, desk: Desk) -> None:
    model.desk_changed(desk.set_threshold(0.6))
    model.set_filter(ResultsFilter(labels=ids("dog", "car")))

    assert shown(model) == np.flatnonzero(np.isin(desk.scores.best, (0, 2))).tolist()
    model.set_filter(ResultsFilter(labels=ids("gone")))
    assert shown(model) == []


def test_statuses_are_filtered_and_follow_the_threshold(model: ResultsModel, desk: Desk) -> None:
    top = desk.scores.top

    model.set_filter(ResultsFilter(status=Status.UNSURE))
    assert shown(model) == []
    model.desk_changed(desk.set_threshold(0.6))
    assert shown(model) == np.flatnonzero(top < 0.6).tolist()
    model.set_filter(ResultsFilter(status=Status.OK))
    assert shown(model) == np.flatnonzero(top >= 0.6).tolist()
    model.set_filter(ResultsFilter(status=Status.ERROR, labels=ids("dog"), minimum_probability=0.5))
    assert shown(model) == [7]
    model.set_filter(ResultsFilter(status=Status.WAITING))
    assert shown(model) == [5, 11]


def test_many_names_are_ranked_in_the_background(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    desk = make_desk([f"/pictures/img{(row * 7919) % 30_011}.jpg" for row in range(30_000)])
    background = Background()
    model = ResultsModel(desk, thumbnails, background=background)

    with qtbot.waitSignal(model.order_changed, timeout=20_000) as changed:
        model.sort(Column.NAME, DOWN)
        # Nothing has moved yet, but the header already shows the new order.
        assert shown(model)[:3] == [0, 1, 2]
        assert (model.sort_column, model.sort_order) == (Column.NAME, DOWN)

    assert changed.args[0].cause == "sorted"
    numbers = [int(desk.images[row].path.stem[3:]) for row in shown(model)]
    assert numbers == sorted(numbers, reverse=True)
    background.stop()


def test_moved_files_get_the_place_of_their_new_name(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    desk = make_desk([f"/in/{name}.jpg" for name in "abc"])
    model = ResultsModel(desk, thumbnails)
    model.sort(Column.NAME, UP)
    model.set_filter(ResultsFilter(text="in"))

    model.desk_changed(desk.move_images({Path("/in/a.jpg"): ImageFile(Path("/in/z.jpg"), 1, 1)}))
    qtbot.waitUntil(lambda: shown(model) == [1, 2, 0], timeout=5_000)
    model.desk_changed(desk.move_images({Path("/in/b.jpg"): ImageFile(Path("/elsewhere/b.jpg"), 1, 1)}))
    qtbot.waitUntil(lambda: shown(model) == [2, 0], timeout=5_000)
    assert model.paths([1]) == [Path("/elsewhere/b.jpg")]


def test_a_moved_file_that_takes_the_place_of_a_row_stays_where_it_is_shown(thumbnails: Thumbnails) -> None:
    desk = make_desk([f"/in/{name}.jpg" for name in "abc"])
    model = ResultsModel(desk, thumbnails)
    changes: list[OrderChange] = []
    model.order_changed.connect(changes.append)

    model.desk_changed(desk.move_images({Path("/in/c.jpg"): ImageFile(Path("/in/a.jpg"), 1, 1)}))

    assert changes[-1].new_rows is not None and changes[-1].new_rows.tolist() == [-1, 0, 1]
    assert model.paths(shown(model)) == [Path("/in/b.jpg"), Path("/in/a.jpg")]


def test_ranks_computed_while_images_are_removed_are_dropped(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    desk = make_desk([f"/pictures/img{30_000 - row}.jpg" for row in range(30_000)])
    background = Background()
    model = ResultsModel(desk, thumbnails, background=background)
    model.sort(Column.NAME, UP)

    desk.remove_images(range(0, 30_000, 7))
    model.desk_reset()

    def is_sorted() -> bool:
        numbers = [int(desk.images[row].path.stem[3:]) for row in shown(model)]
        return numbers == sorted(numbers) and len(numbers) == len(desk)

    qtbot.waitUntil(is_sorted, timeout=20_000)
    background.stop()


def test_many_names_are_read_for_the_first_search_in_the_background(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    desk = make_desk([f"/pictures/img{row}.jpg" for row in range(30_000)])
    background = Background()
    model = ResultsModel(desk, thumbnails, background=background)

    with qtbot.waitSignal(model.order_changed, timeout=20_000) as changed:
        model.set_filter(ResultsFilter(text="img2999"))
        model.set_filter(ResultsFilter(text="img29999"))  # the user types on
        # Nothing has moved yet, but the fields already show the new filter.
        assert (model.rowCount(), model.filter.text) == (30_000, "img29999")
        model.desk_changed(desk.add_images(image_files(["/new/img299990.jpg"])))

    assert changed.args[0].cause == "filtered"
    assert shown(model) == [29_999, 30_000]
    # From now on filters apply at once.
    model.set_filter(ResultsFilter(text="img77.jpg"))
    assert shown(model) == [77]
    background.stop()


def test_the_counts_follow_when_the_first_search_is_done(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    background = Background()
    model = ResultsModel(make_desk([f"/img{row}.jpg" for row in range(30_000)]), thumbnails, background=background)
    model.set_filter(ResultsFilter(text="img77.jpg"))

    with qtbot.waitSignal(model.order_changed, timeout=20_000):
        pass

    assert model.counts().shown == 1
    background.stop()


def test_other_changes_do_not_wait_for_a_search(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    background = Background()
    model = ResultsModel(make_desk([f"/img{row}.jpg" for row in range(30_000)]), thumbnails, background=background)
    model.set_filter(ResultsFilter(text="img77.jpg"))

    model.set_filter(ResultsFilter(status=Status.OK))

    assert shown(model) == []
    qtbot.waitUntil(lambda: not background.is_busy, timeout=20_000)  # the search is done but no longer needed
    assert shown(model) == []
    background.stop()


def test_many_names_are_searched_and_ranked_together(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    background = Background()
    model = ResultsModel(make_desk([f"/img{row}.jpg" for row in range(30_000)]), thumbnails, background=background)

    model.set_filter(ResultsFilter(text="img77"))
    model.sort(Column.NAME, DOWN)

    numbers = [*range(7_799, 7_699, -1), *range(779, 769, -1), 77]
    qtbot.waitUntil(lambda: shown(model) == numbers, timeout=20_000)
    background.stop()


def test_images_are_removed_from_a_searched_table_at_once(qtbot: QtBot, thumbnails: Thumbnails) -> None:
    desk = make_desk([f"/pictures/img{row}.jpg" for row in range(30_000)])
    background = Background()
    model = ResultsModel(desk, thumbnails, background=background)
    with qtbot.waitSignal(model.order_changed, timeout=20_000):
        model.set_filter(ResultsFilter(text="img2999"))

    removed = desk.remove_images([0, 2_999, 29_995])
    model.desk_reset()

    # The remaining names are indexed again. Meanwhile the rows that are known to match are shown.
    assert [desk.images[row].path.stem for row in shown(model)] == [f"img2999{last}" for last in "012346789"]
    desk.revert(removed)
    model.desk_reset()
    assert model.rowCount() == 9
    qtbot.waitUntil(lambda: shown(model) == [2_999, *range(29_990, 30_000)], timeout=20_000)
    background.stop()


def test_everything_filters_together_and_sorts(model: ResultsModel, desk: Desk) -> None:
    model.sort(Column.PROBABILITY, DOWN)

    model.set_filter(ResultsFilter(text="even", labels=ids("dog", "cat"), minimum_probability=0.5))

    scores = desk.scores
    rows = [row for row in range(0, 40, 2) if scores.best[row] in (0, 1) and scores.top[row] >= 0.5]
    assert shown(model) == sorted(rows, key=lambda row: -scores.top[row])
    assert model.counts().shown == len(rows)


def test_counts_match_the_desk(model: ResultsModel, desk: Desk) -> None:
    model.desk_changed(desk.set_threshold(0.6))
    counts = model.counts()

    best = desk.scores.best
    assert counts.per_label == tuple(int((best == place).sum()) for place in range(3))
    assert (counts.total, counts.shown, counts.errors, counts.waiting) == (40, 40, 1, 2)
    assert counts.unsure == int((desk.scores.top < 0.6).sum())


# --- changes of the desk


def test_new_images_appear_at_once_at_the_end(model: ResultsModel, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.rowsInserted, timeout=0) as inserted:
        model.desk_changed(desk.add_images(image_files(["/new/1.jpg", "/new/2.jpg"])))

    assert inserted.args[1:] == [40, 41]
    assert shown(model) == list(range(42))


def test_new_images_are_sorted_and_filtered_soon(model: ResultsModel, desk: Desk, qtbot: QtBot) -> None:
    model.sort(Column.NAME, DOWN)
    model.set_filter(ResultsFilter(text="img1"))

    model.desk_changed(desk.add_images(image_files(["/new/img100.jpg", "/new/other.jpg", "/new/img15b.jpg"])))

    assert model.rowCount() == 11
    assert model.counts().total == 43
    qtbot.waitUntil(lambda: model.rowCount() == 13)
    assert shown(model) == [40, 19, 18, 17, 16, 42, 15, 14, 13, 12, 11, 10, 1]


def test_new_scores_show_at_once_and_move_rows_soon(model: ResultsModel, desk: Desk, qtbot: QtBot) -> None:
    model.sort(Column.PROBABILITY, DOWN)
    assert shown(model)[-3:] == [5, 7, 11]

    with qtbot.waitSignal(model.dataChanged, timeout=0):
        model.rows_changed(embed(desk, [5, 11]))

    assert text(model, 5, Column.PROBABILITY) != ""
    assert shown(model)[-3:] == [5, 7, 11]
    with qtbot.waitSignals([model.order_changing, model.order_changed], timeout=2000):
        pass
    assert shown(model)[-1:] == [7]
    assert shown(model) == sorted(range(40), key=lambda row: (row == 7, -desk.scores.top[row]))


def test_rows_stay_in_desk_order_while_scores_arrive(model: ResultsModel, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.order_changing, wait=400):
        model.rows_changed(embed(desk, [5, 11]))
        model.rows_changed(fail(desk, 3))

    assert text(model, 3, Column.LABEL) == "can't be read"


def test_rows_leave_a_filter_when_their_state_changes(model: ResultsModel, desk: Desk, qtbot: QtBot) -> None:
    model.set_filter(ResultsFilter(status=Status.WAITING))

    model.rows_changed(embed(desk, [5]))

    qtbot.waitUntil(lambda: shown(model) == [11])


def test_new_scores_of_the_same_labels_do_not_reset_the_model(model: ResultsModel, desk: Desk, qtbot: QtBot) -> None:
    model.sort(Column.PROBABILITY, DOWN)
    set_labels(desk, LABELS, seed=99)

    with qtbot.assertNotEmitted(model.modelReset):
        model.scores_replaced()

    known = [row for row in shown(model) if desk.scores.best[row] >= 0]
    assert known == sorted(known, key=lambda row: -desk.scores.top[row])


def test_another_label_of_the_same_name_resets_the_columns(model: ResultsModel, desk: Desk, qtbot: QtBot) -> None:
    first, *others = desk.label_set.labels
    namesake = Label(first.name)
    model.sort(FIRST_LABEL, DOWN)

    desk.set_labels((namesake, *others), unit_vectors(1 + len(others), 7))
    with qtbot.waitSignal(model.modelReset):
        model.scores_replaced()

    assert (model.column_of(f"label:{first.id}"), model.column_of(f"label:{namesake.id}")) == (-1, FIRST_LABEL)
    assert model.sort_column == -1


def test_the_sorting_follows_its_label_to_another_column_and_back(model: ResultsModel, desk: Desk) -> None:
    model.sort(FIRST_LABEL + 1, DOWN)

    set_labels(desk, ("cat", "dog"))
    model.scores_replaced()
    assert model.sort_column == FIRST_LABEL
    assert shown(model)[0] == int(np.nanargmax(desk.scores.probability[:, 0]))

    set_labels(desk, ("dog",))
    model.scores_replaced()
    assert model.sort_column == -1
    assert shown(model) == list(range(40))

    set_labels(desk, ("dog", "cat"))
    model.scores_replaced()
    assert model.sort_column == FIRST_LABEL + 1


def test_removing_images_keeps_the_others(model: ResultsModel, desk: Desk) -> None:
    model.sort(Column.PROBABILITY, DOWN)
    order = [desk.images[row].path for row in shown(model)]
    gone = {desk.images[row].path for row in (0, 7, 20)}

    removed = desk.remove_images([0, 7, 20])
    model.desk_reset()
    assert [desk.images[row].path for row in shown(model)] == [path for path in order if path not in gone]

    desk.revert(removed)
    model.desk_reset()
    assert [desk.images[row].path for row in shown(model)] == order


def test_a_new_model_hides_the_label_columns_until_it_has_scores(model: ResultsModel, desk: Desk) -> None:
    model.sort(Column.PROBABILITY, DOWN)
    desk.choose_encoder(EncoderIdentity("b", "b", "b"), 4, ScoreRule(1.0))
    model.scores_replaced()
    assert model.columnCount() == FIRST_LABEL
    assert {text(model, row, Column.LABEL) for row in range(40)} == {"…"}

    desk.set_labels(desk.label_set.labels, np.eye(3, 4, dtype=np.float32))
    model.rows_changed(np.array([0]))
    assert model.columnCount() == FIRST_LABEL + 3


# --- dragging out


def test_dragged_rows_are_files_in_the_order_of_the_table(model: ResultsModel, desk: Desk) -> None:
    model.sort(Column.NAME, DOWN)
    indexes = [model.index(row, column) for row in (0, 2) for column in range(model.columnCount())]

    mime = model.mimeData(indexes)

    assert [url.toLocalFile() for url in mime.urls()] == ["/pictures/odd/img39.jpg", "/pictures/odd/img37.jpg"]
    assert mime.hasFormat("text/uri-list")
    assert model.supportedDragActions() == Qt.DropAction.CopyAction
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled


# --- size


def test_many_rows_are_sorted_filtered_and_counted_correctly(thumbnails: Thumbnails) -> None:
    rows, labels = 200_000, 3
    desk = Desk()
    desk.add_images(image_files([f"/p/{row}.jpg" for row in range(rows)]))
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), 2, ScoreRule(10.0))
    table = desk.table
    assert table is not None
    scores = empty_scores(rows, labels)
    scores.cosine[:] = np.random.default_rng(0).random((rows, labels), np.float32)
    scores.cosine[::1000] = np.nan
    fill_ranking(scores, slice(0, rows), desk.rule)
    table.states[:] = RowState.EMBEDDED
    table.states[::1000] = RowState.WAITING
    desk.install([label("a"), label("b"), label("c")], np.zeros((labels, 2), np.float32), scores)
    model = ResultsModel(desk, thumbnails)

    model.sort(Column.PROBABILITY, DOWN)
    order = model.shown_rows
    top = desk.scores.top[order]
    assert bool((top[:-201] >= top[1:-200]).all())
    assert order[-200:].tolist() == list(range(0, rows, 1000))
    assert np.array_equal(np.sort(order), np.arange(rows))

    model.set_filter(ResultsFilter(labels=ids("b"), minimum_probability=0.5))
    wanted = (desk.scores.best == 1) & (desk.scores.top >= 0.5)
    assert model.rowCount() == int(wanted.sum())
    assert bool(wanted[model.shown_rows].all())
    assert sum(model.counts().per_label) == rows - 200


# --- counts


def test_without_a_filter_all_images_count_before_they_are_sorted_in(model: ResultsModel, desk: Desk) -> None:
    model.sort_by_key(column_key("dog"), descending=True)
    added = desk.add_images(image_files([f"/new/{number}.jpg" for number in range(15)]))
    model.desk_changed(added)

    assert len(model.shown_rows) < len(desk)  # the new ones are sorted in a moment later
    assert model.counts().shown == model.counts().total == len(desk)


def test_the_counts_of_labels_follow_the_filter(model: ResultsModel, desk: Desk) -> None:
    dog = desk.label_set.labels[0]
    model.set_filter(ResultsFilter(labels=frozenset([dog.id])))

    counts = model.counts()

    assert counts.shown_per_label == (counts.per_label[0], 0, 0)
    assert counts.shown == counts.per_label[0]
    assert counts.shown_errors == 0 < counts.errors


# --- search


def ranking(desk: Desk, count: int | None = None) -> Ranking:
    """Return a ranking of images that are embedded, by two terms."""
    terms = parse_query("dog, -cat")
    whole = rank_by_terms(desk.table.all_vectors(), terms, unit_vectors(2, 7))
    return replace(whole, count=count)


def test_a_search_ranks_the_rows_and_its_end_restores_the_order(model: ResultsModel, desk: Desk) -> None:
    model.sort_by_key("name", descending=True)
    before = shown(model)

    model.set_ranking(ranking(desk))
    scores = ranking(desk).scores[shown(model)]
    assert (np.diff(scores) <= 0).all()
    assert not {5, 7, 11} & set(shown(model))  # waiting, and unreadable
    assert model.sort_column == Column.MATCH
    assert not model.shows_all
    assert model.counts().shown == 37

    model.set_ranking(None)
    assert shown(model) == before
    assert model.shows_all


def test_rows_found_can_be_filtered_and_sorted_as_any(model: ResultsModel, desk: Desk) -> None:
    model.set_ranking(ranking(desk, count=6))
    best = shown(model)

    model.set_filter(ResultsFilter(text="odd"))
    assert len(shown(model)) == 6
    assert all(row % 2 for row in shown(model))  # the best of those that pass the filter
    model.set_filter(ResultsFilter())
    model.sort(Column.NAME, UP)
    assert shown(model) == sorted(best)

    model.set_ranking(None)
    assert model.sort_key == "name"  # chosen during the search


def test_a_search_shows_and_explains_its_scores(model: ResultsModel, desk: Desk) -> None:
    model.set_ranking(ranking(desk))
    first = model.index(0, Column.MATCH)
    tip = first.data(Qt.ItemDataRole.ToolTipRole)

    assert first.data() == NumberTexts().margin(ranking(desk).scores.item(shown(model)[0]))
    assert "dog" in tip and "cat" in tip
    assert first.data() in model.index(0, Column.PICTURE).data(
        Qt.ItemDataRole.ToolTipRole
    )  # the gallery has no columns


def test_a_search_follows_rows_that_are_removed_and_added(model: ResultsModel, desk: Desk) -> None:
    model.set_ranking(ranking(desk))
    second = model.paths(shown(model))[1]

    model.desk_changed(desk.remove_images([shown(model)[0]]))
    assert model.paths(shown(model))[0] == second
    model.desk_changed(desk.add_images(image_files(["/new/a.jpg"])))
    assert desk.row_of(Path("/new/a.jpg")) not in shown(model)


def test_groups_do_not_tear_the_order_of_a_search_apart(model: ResultsModel, desk: Desk) -> None:
    model.set_grouped(True)

    model.set_ranking(ranking(desk))
    assert model.groups == ()
    assert (np.diff(ranking(desk).scores[shown(model)]) <= 0).all()

    model.set_ranking(None)
    assert len(model.groups) > 1


def test_images_of_a_document_have_their_paths(thumbnails: Thumbnails) -> None:
    desk = Desk()
    model = ResultsModel(desk, thumbnails)
    images = ImageList(image_files(["a.png", "b.png", "c.png"]))

    model.desk_changed(desk.open_images(images, np.empty(0, np.intp), np.empty(0, np.int64)))

    assert model.thumbnail(2, 32) is None
    assert [url.toLocalFile() for url in model.mime_data([2]).urls()] == ["c.png"]
