from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from results_desk import ids, label

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.order import ResultsCounts, ResultsFilter
from clipdesk.gui.kit import theme
from clipdesk.gui.results.filter_bar import FilterBar

NAMES = ("dog", "cat", "R&D")
COUNTS = ResultsCounts(shown=254, total=254, per_label=(128, 96, 0), unsure=12, errors=1, waiting=30, none=2)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    """The bar of the gallery."""
    theme.apply_theme(theme.application(), "light")
    bar = FilterBar()
    qtbot.addWidget(bar)
    qtbot.addWidget(bar.finder)
    bar.set_labels([label(name) for name in NAMES], ("#0072B2", "#E69F00", "#009E73"))
    bar.set_counts(COUNTS)
    bar.set_view("gallery")
    bar.resize(1200, 44)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def texts(bar: FilterBar) -> list[str]:
    return [chip.text() for chip in bar.chips.chips]


def checked(bar: FilterBar) -> list[str]:
    return [chip.text() for chip in bar.chips.chips if chip.isChecked()]


def chip(bar: FilterBar, text: str) -> QToolButton:
    return next(one for one in bar.chips.chips if one.text().startswith(text))


def click(qtbot: QtBot, bar: FilterBar, text: str) -> None:
    qtbot.mouseClick(chip(bar, text), LEFT)


def test_labels_and_statuses_with_pictures_have_chips(bar: FilterBar) -> None:
    assert texts(bar) == [
        "All 254", "dog 128", "cat 96", "unsure 12", "none of these 2", "can't be read 1", "not labelled yet 30",
    ]  # fmt: skip
    assert checked(bar) == ["All 254"]
    assert bar.summary.isHidden()
    assert bar.value_switch.isHidden()


def test_a_click_shows_only_that_label_and_another_click_all(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.filter_changed) as changed:
        click(qtbot, bar, "cat")
    assert changed.args == [ResultsFilter(labels=ids("cat"))]
    assert checked(bar) == ["cat 96"]
    assert bar.finder.menu_button.text() == "cat"

    click(qtbot, bar, "dog")
    assert bar.filter == ResultsFilter(labels=ids("dog"))
    click(qtbot, bar, "dog")
    assert bar.filter.shows_all
    assert checked(bar) == ["All 254"]


def test_ctrl_adds_and_takes_away_labels(qtbot: QtBot, bar: FilterBar) -> None:
    click(qtbot, bar, "cat")

    bar.chips.chosen.emit(label("dog").id, True)  # QTest does not set the keyboard's modifiers
    assert bar.filter == ResultsFilter(labels=ids("cat", "dog"))
    assert checked(bar) == ["dog 128", "cat 96"]

    bar.chips.chosen.emit(label("cat").id, True)
    assert bar.filter == ResultsFilter(labels=ids("dog"))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("unsure", Status.UNSURE),
        ("none of these", Status.NONE),
        ("can't be read", Status.ERROR),
        ("not labelled yet", Status.WAITING),
    ],
)
def test_statuses_are_filters_as_well(qtbot: QtBot, bar: FilterBar, text: str, status: Status) -> None:
    click(qtbot, bar, text)

    assert bar.filter == ResultsFilter(status=status)
    assert [one.partition(" 1")[0].split(" 2")[0].split(" 3")[0] for one in checked(bar)] == [text]
    click(qtbot, bar, "All")
    assert bar.filter.shows_all


def test_a_filter_that_was_chosen_elsewhere_is_shown(bar: FilterBar) -> None:
    bar.show_label(label("cat").id)

    assert checked(bar) == ["cat 96"]


def test_a_chosen_label_without_pictures_keeps_its_chip(bar: FilterBar) -> None:
    bar.show_label(label("R&D").id)

    assert "R&D 0" in checked(bar)


def test_chips_that_do_not_fit_are_in_a_menu(qtbot: QtBot, bar: FilterBar) -> None:
    names = [f"label {number} & co" for number in range(30)]
    bar.set_labels([label(name) for name in names], ["#0072B2"] * 30)
    bar.set_counts(replace(COUNTS, per_label=tuple(range(1, 31))))
    bar.resize(700, 44)
    bar.grab()

    shown, more = texts(bar), bar.chips.more
    assert shown[0] == "All 254"
    rest = more.menu().actions()
    assert len(shown) + len(rest) == 35
    assert more.text() == f"+{len(rest)} more"
    assert more.geometry().right() <= bar.chips.width()
    for left, right in zip(bar.chips.chips, [*bar.chips.chips[1:], more], strict=True):
        assert left.geometry().right() < right.geometry().left()

    rest[-5].trigger()
    assert bar.filter == ResultsFilter(labels=ids(names[-1]))
    assert checked(bar) == [f"{names[-1]} 30"]  # what is chosen is shown


@pytest.mark.parametrize("width", [1100, 720, 480, 400, 330])
def test_chips_switch_and_slider_fit(bar: FilterBar, width: int) -> None:
    bar.resize(width, 44)
    bar.grab()

    assert bar.chips.width() >= 60
    assert bar.chips.geometry().right() < (bar.view_switch if bar.view_switch.isVisible() else bar).geometry().right()
    assert bar.view_switch.isVisible() == (width >= 400)
    assert bar.zoom.isVisible() == (width >= 480)
    assert bar.chips.chips


def test_one_label_alone_has_no_chip(bar: FilterBar) -> None:
    bar.set_labels([label("dog")], ("#0072B2",))
    bar.set_counts(ResultsCounts(shown=300, total=300, per_label=(300,), by_similarity=True))

    assert texts(bar) == ["All 300"]


def test_tab_reaches_the_chips_and_arrows_move_among_them(qtbot: QtBot, bar: FilterBar) -> None:
    bar.activateWindow()
    first, second = bar.chips.chips[:2]
    stops = [one for one in bar.chips.chips if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [first]
    first.setFocus()
    before = bar.grab().toImage()

    qtbot.keyClick(first, Qt.Key.Key_Right)

    assert QApplication.focusWidget() is second
    assert bar.grab().toImage() != before
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert bar.filter == ResultsFilter(labels=ids("dog"))
    qtbot.keyClick(second, Qt.Key.Key_Left)
    assert QApplication.focusWidget() is first


def test_the_slider_has_the_sizes_of_the_view(qtbot: QtBot, bar: FilterBar) -> None:
    bar.set_gallery_size(160)
    assert bar.zoom.value() == 2
    with qtbot.waitSignal(bar.gallery_size_changed) as changed:
        bar.zoom.setValue(5)
    assert changed.args == [320]

    bar.set_view("table")
    assert (bar.zoom.value(), bar.zoom.maximum()) == (0, 2)
    with qtbot.waitSignal(bar.thumbnail_size_changed) as changed:
        bar.zoom.setValue(1)
    assert changed.args == [64]
    bar.set_view("gallery")
    assert bar.zoom.value() == 5


def test_the_switch_chooses_the_view(qtbot: QtBot, bar: FilterBar) -> None:
    table = next(one for one in bar.view_switch.findChildren(QToolButton) if one.text() == "Table")

    with qtbot.waitSignal(bar.view_chosen) as chosen:
        qtbot.mouseClick(table, LEFT)

    assert chosen.args == ["table"]


def test_beside_the_table_chips_wait_until_the_gallery_is_shown(bar: FilterBar) -> None:
    bar.set_view("table")

    bar.set_counts(replace(COUNTS, per_label=(128, 97, 0)))
    assert "cat 97" not in texts(bar)  # laying them out would cost each change of a label 8 ms

    bar.set_view("gallery")
    assert "cat 97" in texts(bar)
