"""Every state is seen without colour: by a shape, a word or an icon.

Each test paints something in all of its states with a theme in which all colours that say something are equal, and that
has only ink and paper: tints vanish, too. The pictures have to differ nevertheless.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from compare_snapshot import make_snapshot
from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot
from results_desk import label, scored_desk

from clipdesk.core.compare.wordings import Agreement
from clipdesk.core.desk.comparison import Wording
from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.order import ResultsCounts, ResultsFilter
from clipdesk.core.find.query import Term
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.sorting.steps import Action, Plan, Reason, Step
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.servers import Finding
from clipdesk.gui.compare.accuracy_page import AccuracyPage
from clipdesk.gui.compare.agreement_bar import AgreementBar
from clipdesk.gui.compare.pictures_grid import PicturesGrid
from clipdesk.gui.compare.wording_card import Kind, WordingCard
from clipdesk.gui.duplicates.picture_tile import PictureTile
from clipdesk.gui.find.picture_term import PictureTerm
from clipdesk.gui.groups.group_card import GroupCard
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.segments import Segments
from clipdesk.gui.kit.theme import Tokens
from clipdesk.gui.labels.panel import LabelsPanel
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.cells import BY_USER_ROLE, COLOR_ROLE, LEARNED_ROLE, STATUS_ROLE
from clipdesk.gui.results.delegates import CellStyle, LabelDelegate
from clipdesk.gui.results.filter_menu import FilterButton
from clipdesk.gui.results.gallery.captions import Caption, Mark
from clipdesk.gui.results.gallery.chips import LabelChips
from clipdesk.gui.results.gallery.marks import MARK, mark_pixmap
from clipdesk.gui.results.gallery.painting import GalleryPainter
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.table import ResultsTable
from clipdesk.gui.review.key_list import Answer, KeyList
from clipdesk.gui.servers.server_dialog import ServerDialog
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.preferences import ServerOptions
from clipdesk.gui.session.verdict import dot_pixmap
from clipdesk.gui.sorting.folders_list import FoldersList, FoldersModel
from clipdesk.gui.sorting.panel_folders import PanelFolders
from clipdesk.gui.sorting.plan_dialog import PlanDialog
from clipdesk.gui.teaching.histogram import Histogram
from clipdesk.gui.window.news_bar import NewsBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

INK, PAPER = "#202020", "#FFFFFF"
INK_ON_PAPER = Tokens(
    window=PAPER, panel=PAPER, raised=PAPER,
    text=INK, secondary=INK, disabled=INK, line=INK, line_strong=INK, accent=INK, on_accent=PAPER,
    good=INK, warn=INK, bad=INK, selection_alpha=0.0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def one_colour(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(theme, "LIGHT", INK_ON_PAPER)
    monkeypatch.setattr(theme, "LABEL_COLORS", (INK,) * len(theme.LABEL_COLORS))
    theme.apply_theme(qapp, "light", contrast=False)
    yield
    monkeypatch.undo()
    theme.apply_theme(qapp, "light", contrast=False)


@pytest.fixture
def thumbnails() -> Iterator[Thumbnails]:
    made = Thumbnails()
    yield made
    made.stop()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., QWidget]:
    """Shows a widget in a size."""

    def show(widget: QWidget, width: int = 300, height: int = 200) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


def in_ink(picture: QImage | QPixmap) -> QImage:
    """Return a picture in black and white: what is fainter than a middle grey vanishes."""
    image = picture.toImage() if isinstance(picture, QPixmap) else picture
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.setDevicePixelRatio(image.devicePixelRatio())
    paper.fill(QColor(PAPER))
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)


def look_alike(states: Mapping[str, QImage | QPixmap]) -> list[str]:
    """Name the pairs of states that cannot be told apart in ink."""
    pictures = {name: in_ink(picture) for name, picture in states.items()}
    return [f"{a} = {b}" for a, b in itertools.combinations(pictures, 2) if pictures[a] == pictures[b]]


def painted(size: QSize, paint: Callable[[QPainter], object]) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def row_of(delegate: QStyledItemDelegate, data: Mapping[int, object], state: QStyle.StateFlag) -> QImage:
    """Return what a delegate paints for one row of text."""
    model = QStandardItemModel(1, 1)
    item = QStandardItem("dog")
    for role, value in data.items():
        item.setData(value, role)
    model.setItem(0, 0, item)
    option = QStyleOptionViewItem()
    option.rect, option.state = QRect(0, 0, 200, 40), state
    return painted(QSize(200, 40), lambda painter: delegate.paint(painter, option, model.index(0, 0)))


def test_states_that_differ_only_in_colour_or_tint_are_found() -> None:
    pictures = {
        color: painted(QSize(20, 20), lambda painter, color=color: painter.fillRect(0, 0, 20, 20, QColor(color)))
        for color in (INK, "#500000", PAPER, "#DCE6FA")
    }

    assert look_alike(pictures) == [f"{INK} = #500000", f"{PAPER} = #DCE6FA"]


# --- statuses and sources of labels


def test_labels_in_the_table(qtbot: QtBot) -> None:
    model = cast(ResultsModel, SimpleNamespace(value=lambda index, role: index.data(role)))
    delegate = LabelDelegate(model, CellStyle(QApplication.font()), QApplication.instance())
    color = QColor(INK)
    states: dict[str, dict[int, object]] = {
        "sure": {STATUS_ROLE: Status.OK, COLOR_ROLE: color},
        "unsure": {STATUS_ROLE: Status.UNSURE, COLOR_ROLE: color},
        "by the person": {STATUS_ROLE: Status.OK, COLOR_ROLE: color, BY_USER_ROLE: "dog"},
        "learned": {STATUS_ROLE: Status.OK, COLOR_ROLE: color, LEARNED_ROLE: "dog"},
        "learned, unsure": {STATUS_ROLE: Status.UNSURE, COLOR_ROLE: color, LEARNED_ROLE: "dog"},
        "none, learned": {STATUS_ROLE: Status.NONE, LEARNED_ROLE: "dog"},
        "none": {STATUS_ROLE: Status.NONE},  # the table writes its own word for each of these
    }
    empty = QStyle.StateFlag.State_None

    # The text is the same here: the shapes alone have to differ.
    alike = look_alike({name: row_of(delegate, data, empty) for name, data in states.items()})

    # Both are a hollow diamond, one beside a label, the other beside the words “none of these”.
    assert alike == ["learned, unsure = none, learned"]


def test_marks_in_the_gallery_and_on_chips() -> None:
    marks: Sequence[Mark] = ("dot", "ring", "tick", "diamond", "hollow diamond", "crossed", "warning", "dots", "lens")

    states = {mark: mark_pixmap(Caption(mark, INK, "", "", "", ""), 2.0) for mark in marks}

    assert next(iter(states.values())).width() == 2 * MARK
    assert look_alike(states) == []


def test_dots_of_the_inspector_and_the_review() -> None:
    states = {
        f"{hollow=} {learned=}": dot_pixmap(QColor(INK), 2.0, hollow=hollow, learned=learned)
        for hollow in (False, True)
        for learned in (False, True)
    }

    assert look_alike(states) == []


def test_answers_of_the_review(shown: Callable[..., QWidget]) -> None:
    states = {}
    for is_given in (False, True):
        keys = KeyList()
        keys.show_answers([Answer("give_1", "dog", "1", INK, is_given)])
        states[f"{is_given=}"] = shown(keys).grab()

    assert look_alike(states) == []


def test_counts_above_and_below_a_threshold(shown: Callable[..., QWidget]) -> None:
    histogram = Histogram()
    histogram.set_counts(np.full(10, 5, np.intp), QColor(INK))
    shown(histogram)
    states = {}
    for threshold in (0.0, 1.0):
        histogram.set_threshold(threshold)
        # Without the line at the threshold itself.
        states[str(threshold)] = histogram.grab(QRect(0, 0, histogram.width() // 2, histogram.height()))

    assert look_alike(states) == []


# --- what is chosen


def test_segments(shown: Callable[..., QWidget]) -> None:
    segments = Segments([("move", "Move", ""), ("copy", "Copy", "")])
    shown(segments)
    states = {}
    for name in ("move", "copy"):
        segments.select(name)
        states[name] = segments.grab()

    assert look_alike(states) == []


def test_chips(shown: Callable[..., QWidget]) -> None:
    chips = LabelChips()
    chips.set_labels([label("dog"), label("cat")], (INK, INK))
    chips.set_counts(ResultsCounts(total=10, shown=10, per_label=(5, 5)))
    shown(chips, 600, 28)
    states = {}
    for name, wanted in {
        "all": ResultsFilter(),
        "dog": ResultsFilter(labels=frozenset([label("dog").id])),
        "cat": ResultsFilter(labels=frozenset([label("cat").id])),
    }.items():
        chips.set_filter(wanted)
        states[name] = chips.grab()

    assert look_alike(states) == []


def test_the_filter_button(shown: Callable[..., QWidget]) -> None:
    button = FilterButton()
    button.set_short(True)
    shown(button, 200, 32)
    states = {}
    for status in (None, Status.UNSURE, Status.ERROR):
        button.choose(status=status)
        states[str(status)] = button.grab()

    assert look_alike(states) == []


def test_rows_of_the_table(shown: Callable[..., QWidget], thumbnails: Thumbnails) -> None:
    model = ResultsModel(scored_desk(), thumbnails)
    table = ResultsTable(model)
    shown(table, 700, 300)
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    states = {"nothing": table.grab()}
    for row in range(2):
        table.selectionModel().clear()
        table.selectionModel().select(model.index(row, 1), select)
        states[f"selected {row}"] = table.grab()
    table.selectRow(1)
    states["current and selected 1"] = table.grab()

    assert look_alike(states) == []


def test_pictures_of_the_gallery() -> None:
    painter_of = GalleryPainter(QApplication.font(), 120)
    caption = Caption("dot", INK, "dog", "97 %", "", "a.jpg")
    replaced = caption._replace
    cell = QRect(0, 0, painter_of.measures.cell_width, painter_of.measures.cell_height)

    def paint(painter: QPainter, caption: Caption, *, selected: bool) -> None:
        painter_of.paint_cell(painter, cell, None, caption, selected=selected, hovered=False, ratio=1.0)

    states = {
        "plain": painted(cell.size(), lambda painter: paint(painter, caption, selected=False)),
        "selected": painted(cell.size(), lambda painter: paint(painter, caption, selected=True)),
        "gone": painted(cell.size(), lambda painter: paint(painter, replaced(is_missing=True), selected=False)),
        "unreadable": painted(cell.size(), lambda painter: paint(painter, replaced(mark="warning"), selected=False)),
    }

    assert look_alike(states) == []


def test_pictures_of_a_comparison(shown: Callable[..., QWidget], thumbnails: Thumbnails) -> None:
    grid = PicturesGrid(thumbnails, "Pictures")
    grid.show_rows(np.arange(2), lambda row: Path(f"/pictures/{row}.jpg"))
    shown(grid, 400, 300)
    states = {"none": grid.grab()}
    for row in range(2):
        grid.selectionModel().select(grid.model().index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        states[str(row)] = grid.grab()

    assert look_alike(states) == []


def test_rows_of_the_labels(shown: Callable[..., QWidget]) -> None:
    panel = LabelsPanel()
    panel.set_label_set(LabelSet((label("dog"), label("cat"))))
    shown(panel, 260, 500)
    states = {}
    for row in range(2):
        panel.list.select_row(row)
        states[str(row)] = panel.list.grab()
    panel.set_cut_prompts(["cat"])
    states["a warning"] = panel.list.grab()

    assert look_alike(states) == []


def test_rows_of_the_folders(shown: Callable[..., QWidget]) -> None:
    model = FoldersModel()
    model.show(PanelFolders().with_folder(Path("/a/dogs")).with_folder(Path("/a/cats")))
    view = FoldersList(model)
    shown(view)
    states = {"none": view.grab()}
    for row in range(2):
        view.selectionModel().select(model.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        states[str(row)] = view.grab()

    assert look_alike(states) == []


def test_wordings(shown: Callable[..., QWidget]) -> None:
    states = {}
    for is_chosen in (False, True):
        card = WordingCard(Kind.NOW, Wording(("a dog",)), "Starter")
        card.set_chosen(is_chosen)
        states[f"{is_chosen=}"] = shown(card).grab()

    assert look_alike(states) == []


def test_pictures_to_keep(shown: Callable[..., QWidget], thumbnails: Thumbnails) -> None:
    states = {}
    for is_keeper in (False, True):
        tile = PictureTile(thumbnails)
        tile.show_picture(Path("/a/dog.jpg"), ("6000 × 4000",), is_keeper=is_keeper)
        states[f"{is_keeper=}"] = shown(tile, 160, 260).grab()

    assert look_alike(states) == []


def test_groups(shown: Callable[..., QWidget], thumbnails: Thumbnails) -> None:
    states = {}
    for is_ticked in (False, True):
        card = GroupCard(thumbnails)
        card.show_group([], 5, ("dog",), "dog", is_ticked=is_ticked)
        states[f"{is_ticked=}"] = shown(card, 400, 160).grab()
    various = GroupCard(thumbnails)
    various.show_various([], 5)
    states["various"] = shown(various, 400, 160).grab()

    assert look_alike(states) == []


def test_steps_of_a_plan(shown: Callable[..., QWidget], thumbnails: Thumbnails) -> None:
    dialog = PlanDialog(thumbnails, Path("/sorted"))
    steps = tuple(
        Step(Path(f"/p/{name}.jpg"), Path(f"/sorted/{name}.jpg"), Action.MOVE, 10, 1, Reason.BY_HAND, "", place)
        for place, name in enumerate("ab")
    )
    dialog.show_plan(Plan(Path("/sorted"), Action.MOVE, steps))
    shown(dialog, 700, 500)
    view = dialog.view.tree
    states = {"all": view.grab()}
    dialog.model.set_ticked([0], False)
    states["one left out"] = view.grab()

    assert look_alike(states) == []


def test_pictures_that_are_searched_for(shown: Callable[..., QWidget]) -> None:
    bar, states = shown(QWidget()), {}
    for weight in (1.0, 2.0, -1.0):
        term = PictureTerm(Term(image=Path("/a/dog.jpg"), weight=weight), bar, has_weight=True)
        term.resize(60, 30)
        states[str(weight)] = term.grab()

    assert look_alike(states) == []


# --- good, bad and in between


def test_news(shown: Callable[..., QWidget]) -> None:
    states = {}
    for level in ("info", "good", "warn", "bad"):
        bar = NewsBar()
        bar.moves_less = True
        shown(bar, 500, 60)
        bar.show_news("Something happened.", level=level)  # type: ignore[arg-type]
        bar.resize(500, 60)
        states[level] = bar.grab()

    assert look_alike(states) == []


def test_findings_about_a_server(shown: Callable[..., QWidget]) -> None:
    background = Background()
    dialog = ServerDialog("own", ServerOptions(), lambda _: ApiKey("", ""), background)
    shown(dialog)
    states = {}
    for level in ("good", "warn", "bad"):
        dialog._show_findings([Finding("Something about it.", level)])  # type: ignore[arg-type]
        item = dialog._result_grid.itemAtPosition(0, 0)
        assert item is not None
        symbol = item.widget()
        assert isinstance(symbol, QLabel)
        states[level] = symbol.pixmap()
    background.stop()

    assert look_alike(states) == []


def test_how_far_two_wordings_agree(shown: Callable[..., QWidget]) -> None:
    states = {}
    for differing in (0, 5, 10):
        bar = AgreementBar()
        counts = np.zeros(2, np.intp)
        bar.show_agreement(Agreement(10 - differing, counts, counts, np.arange(differing), ()))
        states[str(differing)] = shown(bar, 200, 10).grab()

    assert look_alike(states) == []


def test_right_and_wrong_cells_of_a_matrix(shown: Callable[..., QWidget], thumbnails: Thumbnails) -> None:
    page = AccuracyPage(thumbnails)
    page.show_snapshot(make_snapshot(), lambda wording: wording.prompts[0], lambda wording: wording.prompts[0])
    shown(page, 900, 600)
    fonts = {(row, column): page.matrix.item(row, column).font().bold() for row in range(3) for column in range(3)}

    assert all(is_bold == (row == column) for (row, column), is_bold in fonts.items())
