from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from results_desk import ids, label

from clipdesk.core.desk.decisions import Origin, Status
from clipdesk.core.desk.order import ResultsCounts, ResultsFilter
from clipdesk.core.labels.label_set import Label
from clipdesk.gui.kit import theme
from clipdesk.gui.results.filter_bar import FilterBar
from clipdesk.gui.results.finder import Finder

COUNTS = ResultsCounts(shown=254, total=254, per_label=(128, 96, 0), unsure=12, errors=1, waiting=30)


def labels(*names: str) -> list[Label]:
    return [label(name) for name in names]


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    theme.apply_theme(theme.application(), "light")
    bar = FilterBar()
    qtbot.addWidget(bar)
    qtbot.addWidget(bar.finder)
    bar.set_labels(labels("dog", "cat", "R&D"), ("#0072B2", "#E69F00", "#009E73"))
    bar.set_counts(COUNTS)
    bar.resize(1100, 44)
    bar.finder.resize(480, 32)
    bar.finder.show()
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def item(bar: FilterBar, text: str) -> QAction:
    return next(action for action in bar.finder.menu_button.menu().actions() if action.text() == text)


def segment(bar: FilterBar, text: str) -> QToolButton:
    return next(button for button in bar.value_switch.findChildren(QToolButton) if button.text() == text)


# --- the filter


def test_typing_filters_after_a_moment(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.filter_changed) as changed:
        qtbot.keyClicks(bar.finder.search, " beach ")

    assert changed.args == [ResultsFilter(text="beach")]
    with qtbot.assertNotEmitted(bar.filter_changed, wait=300):
        bar.finder.search.setText("beach")


def test_return_filters_at_once(qtbot: QtBot, bar: FilterBar) -> None:
    bar.finder.search.setText("바다")

    with qtbot.waitSignal(bar.filter_changed, timeout=100) as changed:
        qtbot.keyClick(bar.finder.search, Qt.Key.Key_Return)

    assert changed.args == [ResultsFilter(text="바다")]


def test_escape_empties_the_search_then_leaves_it(qtbot: QtBot, bar: FilterBar) -> None:
    bar.finder.search.setText("beach")

    qtbot.keyClick(bar.finder.search, Qt.Key.Key_Escape)
    assert bar.finder.search.text() == ""
    with qtbot.waitSignal(bar.finder.left, timeout=100):
        qtbot.keyClick(bar.finder.search, Qt.Key.Key_Escape)


def test_labels_and_statuses_are_chosen_together(qtbot: QtBot, bar: FilterBar) -> None:
    item(bar, "dog").trigger()
    assert bar.filter == ResultsFilter(labels=ids("dog"))
    assert bar.finder.menu_button.text() == "dog"

    item(bar, "R&&D").trigger()
    item(bar, "Unsure").trigger()
    assert bar.filter == ResultsFilter(labels=ids("dog", "R&D"), status=Status.UNSURE)
    assert bar.finder.menu_button.text() == "2 labels, Unsure"

    item(bar, "dog").trigger()
    item(bar, "R&&D").trigger()
    item(bar, "All pictures").trigger()
    assert bar.filter == ResultsFilter()
    assert bar.finder.menu_button.text() == "Filter"


def test_labels_are_chosen_by_who_gave_them(bar: FilterBar) -> None:
    item(bar, "Learned").trigger()
    assert bar.filter == ResultsFilter(origin=Origin.TAUGHT)
    assert bar.filter.needs_scores and not bar.filter.shows_all
    item(bar, "Corrected").trigger()
    item(bar, "dog").trigger()
    assert bar.filter == ResultsFilter(labels=ids("dog"), origin=Origin.CORRECTED)
    assert bar.finder.menu_button.text() == "dog, Corrected"
    item(bar, "dog").trigger()
    item(bar, "Corrected").trigger()
    assert bar.filter == ResultsFilter()
    item(bar, "By the words").trigger()
    item(bar, "All pictures").trigger()
    assert bar.filter == ResultsFilter()
    bar.finder.choose(ResultsFilter(origin=Origin.CONFIRMED))
    assert item(bar, "Confirmed").isChecked()


def test_the_menu_stays_open_while_items_are_checked(qtbot: QtBot, bar: FilterBar) -> None:
    menu = bar.finder.menu_button.menu()
    menu.popup(bar.mapToGlobal(QPoint(0, 40)))
    qtbot.waitUntil(menu.isVisible)

    for text in ("dog", "cat"):
        qtbot.mouseMove(menu, menu.actionGeometry(item(bar, text)).center())
        menu.setActiveAction(item(bar, text))
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(item(bar, text)).center())
    menu.setActiveAction(item(bar, "Unsure"))
    qtbot.keyClick(menu, Qt.Key.Key_Space)

    assert menu.isVisible()
    assert bar.filter == ResultsFilter(labels=ids("dog", "cat"), status=Status.UNSURE)
    menu.close()


def test_the_minimum_probability_is_a_percentage(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.filter_changed) as changed:
        bar.finder.minimum.setValue(50)

    assert changed.args == [ResultsFilter(minimum_probability=0.5)]
    assert bar.finder.minimum.text() == "at least 50 %"


def test_a_number_typed_after_a_click_filters(qtbot: QtBot, bar: FilterBar) -> None:
    field = bar.finder.minimum.lineEdit()
    for number, text in (("50", "at least 50 %"), ("7", "at least 7 %"), ("100 %", "at least 100 %")):
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(20, field.height() // 2))
        with qtbot.waitSignal(bar.filter_changed) as changed:
            qtbot.keyClicks(field, number)

        assert changed.args == [ResultsFilter(minimum_probability=int(number.strip(" %")) / 100)]
        bar.finder.search.setFocus()
        assert bar.finder.minimum.text() == text


def test_the_number_is_selected_on_focus(qtbot: QtBot, bar: FilterBar) -> None:
    bar.finder.minimum.setValue(50)

    bar.finder.minimum.setFocus(Qt.FocusReason.TabFocusReason)

    assert bar.finder.minimum.lineEdit().selectedText() == "at least 50 %"
    qtbot.keyClicks(bar.finder.minimum, "7x")
    assert bar.finder.minimum.value() == 7


def test_too_large_a_number_cannot_be_typed(qtbot: QtBot, bar: FilterBar) -> None:
    bar.finder.minimum.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClicks(bar.finder.minimum, "101")

    assert bar.finder.minimum.value() == 10


def test_the_minimum_is_worded_as_the_language_does(qtbot: QtBot, set_language: Callable[[str], None]) -> None:
    set_language("ko")
    finder = Finder()
    qtbot.addWidget(finder)
    finder.resize(600, 32)
    finder.show()
    finder.minimum.setValue(50)
    assert finder.minimum.text() == "50% 이상"

    finder.minimum.selectAll()
    qtbot.keyClicks(finder.minimum, "7")
    qtbot.keyClick(finder.minimum, Qt.Key.Key_Return)

    assert (finder.minimum.value(), finder.minimum.text()) == (7, "7% 이상")


def test_the_minimum_is_emptied_by_typing_or_escape(qtbot: QtBot, bar: FilterBar) -> None:
    minimum = bar.finder.minimum
    assert (minimum.text(), minimum.lineEdit().placeholderText()) == ("", "any probability")
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
        with qtbot.waitSignal(bar.filter_changed):
            minimum.setValue(50)
        minimum.setFocus(Qt.FocusReason.TabFocusReason)
        with qtbot.waitSignal(bar.filter_changed) as changed:
            qtbot.keyClick(minimum, key)

        assert changed.args == [ResultsFilter()]
        assert minimum.text() == ""
        bar.finder.search.setFocus()
    minimum.setFocus()
    with qtbot.waitSignal(bar.finder.left):
        qtbot.keyClick(minimum, Qt.Key.Key_Escape)


def test_the_arrow_keys_step_the_minimum(qtbot: QtBot, bar: FilterBar) -> None:
    qtbot.keyClick(bar.finder.minimum, Qt.Key.Key_Up)
    qtbot.keyClick(bar.finder.minimum, Qt.Key.Key_Up)

    assert bar.finder.minimum.text() == "at least 10 %"


def test_show_all_resets_everything_and_emits_once(qtbot: QtBot, bar: FilterBar) -> None:
    bar.finder.search.setText("beach")
    bar.finder.minimum.setValue(50)
    item(bar, "dog").trigger()
    sent: list[ResultsFilter] = []
    bar.filter_changed.connect(sent.append)

    bar.reset_filter()

    assert sent == [ResultsFilter()]
    assert (bar.finder.search.text(), bar.finder.minimum.value(), bar.finder.menu_button.text()) == ("", 0, "Filter")
    assert not item(bar, "dog").isChecked()


def test_one_label_or_status_can_be_shown_by_code(bar: FilterBar) -> None:
    bar.finder.search.setText("beach")

    bar.show_label(label("cat").id)
    assert bar.filter == ResultsFilter(labels=ids("cat"))
    assert item(bar, "cat").isChecked()
    bar.show_unsure()
    assert bar.filter == ResultsFilter(status=Status.UNSURE)
    assert not item(bar, "cat").isChecked()
    bar.show_unreadable()
    assert bar.filter == ResultsFilter(status=Status.ERROR)


def test_a_removed_label_takes_its_filter_along_and_brings_it_back(qtbot: QtBot, bar: FilterBar) -> None:
    bar.show_label(label("cat").id)

    with qtbot.waitSignal(bar.filter_changed) as changed:
        bar.set_labels((), ())
    assert changed.args == [ResultsFilter()]
    with qtbot.waitSignal(bar.filter_changed) as changed:
        bar.set_labels(labels("cat", "dog"), ("#E69F00", "#0072B2"))
    assert changed.args == [ResultsFilter(labels=ids("cat"))]


# --- values and sizes


def test_the_switch_emits_the_choice_but_setting_it_emits_nothing(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.value_mode_changed) as changed:
        segment(bar, "Similarity").click()
    assert changed.args == ["cosine"]
    with qtbot.assertNotEmitted(bar.value_mode_changed):
        segment(bar, "Similarity").click()
        bar.set_value_mode("probability")
    assert bar.value_switch.mode == "probability"


def test_the_switch_works_by_keyboard(qtbot: QtBot, bar: FilterBar) -> None:
    segment(bar, "Probability").setFocus()

    with qtbot.waitSignal(bar.value_mode_changed) as changed:
        qtbot.keyClick(segment(bar, "Probability"), Qt.Key.Key_Left)

    assert changed.args == ["cosine"]


def test_the_slider_emits_sizes(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.thumbnail_size_changed) as changed:
        bar.zoom.setValue(2)
    assert changed.args == [96]
    with qtbot.assertNotEmitted(bar.thumbnail_size_changed):
        bar.set_thumbnail_size(64)
        bar.set_thumbnail_size(50)
    assert bar.zoom.value() == 1


def test_a_renamed_label_keeps_its_place_and_check_in_the_menu(bar: FilterBar) -> None:
    item(bar, "cat").trigger()
    before = bar.finder.menu_button.menu().actions()
    dog, cat, other = labels("dog", "cat", "R&D")

    bar.set_labels([dog, replace(cat, name="lynx"), other], ("#0072B2", "#E69F00", "#009E73"))

    assert bar.finder.menu_button.menu().actions() == before  # none is made anew
    assert item(bar, "lynx").isChecked()
    assert bar.filter == ResultsFilter(labels=frozenset(ids("cat")))


def test_the_menu_follows_labels_that_are_removed_and_exchanged(bar: FilterBar) -> None:
    item(bar, "cat").trigger()
    dog, cat = labels("dog", "cat")

    bar.set_labels([cat, dog], ("#E69F00", "#0072B2"))

    texts = [action.text() for action in bar.finder.menu_button.menu().actions()]
    assert texts[-2:] == ["cat", "dog"]
    assert item(bar, "cat").isChecked() and not item(bar, "dog").isChecked()
    assert "R&&D" not in texts


# --- the summary


def test_the_summary_shows_all_counts(bar: FilterBar) -> None:
    assert bar.summary.text() == "254 pictures · 128 dog · 96 cat · 12 unsure · 1 can't be read"
    bar.set_counts(replace(COUNTS, shown=12, shown_per_label=(0, 10, 2), shown_unsure=3))
    assert bar.summary.text() == "12 of 254 pictures · 10 cat · 2 R&D · 3 unsure"
    bar.set_counts(ResultsCounts(shown=1, total=1))
    assert bar.summary.text() == "1 picture"


def test_one_label_alone_is_a_ranking_not_a_count(bar: FilterBar) -> None:
    bar.set_labels(labels("dog"), ("#0072B2",))
    bar.set_counts(ResultsCounts(shown=300, total=300, per_label=(300,), by_similarity=True))

    assert bar.summary.text() == "300 pictures · ranked by similarity to dog"


def test_a_click_on_a_part_shows_those_images(qtbot: QtBot, bar: FilterBar) -> None:
    bar.grab()
    metrics = bar.summary.fontMetrics()
    x = metrics.horizontalAdvance("254 pictures · 128 dog · 96 c")

    qtbot.mouseClick(bar.summary, Qt.MouseButton.LeftButton, pos=QPoint(x, bar.summary.height() // 2))

    assert bar.filter == ResultsFilter(labels=ids("cat"))


@pytest.mark.parametrize("width", [520, 700, 900])
def test_labels_that_do_not_fit_open_as_a_menu(qtbot: QtBot, bar: FilterBar, width: int) -> None:
    names = [f"label {number} & co" for number in range(12)]
    bar.set_labels(labels(*names), ["#0072B2"] * len(names))
    bar.set_counts(ResultsCounts(shown=78, total=78, per_label=tuple(range(1, 13))))
    bar.resize(width, 44)
    bar.grab()
    shown = bar.summary.shown_text()
    more = next(number for number in range(1, 13) if f"+{number} more" in shown)
    assert shown.startswith("78 pictures")
    x = bar.summary.fontMetrics().horizontalAdvance(shown) - 5

    qtbot.mouseClick(bar.summary, Qt.MouseButton.LeftButton, pos=QPoint(x, bar.summary.height() // 2))

    qtbot.waitUntil(bar.summary.menu.isVisible)
    rest = bar.summary.menu.actions()
    assert [action.text() for action in rest] == [f"{n + 1} label {n} && co" for n in range(12 - more, 12)]
    assert all(f"{n + 1} label {n} & co" in shown for n in range(12 - more))
    rest[-1].trigger()
    assert bar.filter == ResultsFilter(labels=ids(names[-1]))
    bar.summary.menu.close()


def test_the_tooltip_follows_the_width(bar: FilterBar) -> None:
    assert bar.summary.toolTip() == ""

    bar.resize(520, 44)
    bar.grab()

    assert bar.summary.toolTip() == bar.summary.text()


# --- narrow


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [480, 400, 330, 290])
def test_the_fields_fit(qtbot: QtBot, bar: FilterBar, width: int, scheme: str) -> None:
    theme.apply_theme(theme.application(), "dark" if scheme == "dark" else "light")
    finder = bar.finder
    finder.resize(width, 32)

    assert finder.width() == width
    shown = [finder.search, finder.menu_button, finder.minimum]
    for left, right in itertools.pairwise(shown):
        assert left.geometry().right() < right.geometry().left()
    assert shown[-1].geometry().right() <= width
    assert finder.search.width() >= 100
    assert not finder.grab().isNull()
    theme.apply_theme(theme.application(), "light")


@pytest.mark.parametrize("width", [1100, 720, 520, 400])
def test_the_row_fits(bar: FilterBar, width: int) -> None:
    bar.resize(width, 44)
    bar.grab()

    assert bar.width() == width
    assert bar.summary.geometry().right() < bar.value_switch.geometry().left()
    assert bar.summary.width() >= 100
    assert bar.value_switch.geometry().right() <= width
    assert bar.view_switch.isVisible() == (width >= 440)
    assert bar.zoom.isVisible() == (width >= 520)


def test_a_click_on_the_number_of_images_shows_all_again(qtbot: QtBot, bar: FilterBar) -> None:
    bar.show_label(label("cat").id)
    bar.set_counts(replace(COUNTS, shown=96))
    bar.grab()

    qtbot.mouseClick(bar.summary, Qt.MouseButton.LeftButton, pos=QPoint(10, bar.summary.height() // 2))

    assert bar.filter.shows_all


def test_the_search_takes_the_focus(qtbot: QtBot, bar: FilterBar) -> None:
    bar.finder.search.setText("beach")

    bar.finder.focus_search()

    assert bar.finder.search.selectedText() == "beach"


def test_every_tab_stop_has_a_name_and_shows_the_focus(bar: FilterBar) -> None:
    QApplication.setCursorFlashTime(0)
    for root in (bar, bar.finder):
        root.activateWindow()
        root.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        stops = [child for child in root.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
        stops = [stop for stop in stops if stop.isVisibleTo(root) and not stop.focusProxy()]
        assert stops
        for stop in stops:
            assert QAccessible.queryAccessibleInterface(stop).text(QAccessible.Text.Name), stop
            root.setFocus()
            before = root.grab().toImage()
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            assert stop.hasFocus()
            assert root.grab().toImage() != before, stop
