from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from clipdesk.core.find.query import Term
from clipdesk.gui.find.likeness_slider import LikenessSlider
from clipdesk.gui.find.picture_term import PictureTerm
from clipdesk.gui.find.search_bar import Mode, SearchBar


@pytest.fixture
def bar(qtbot: QtBot) -> SearchBar:
    bar = SearchBar()
    qtbot.addWidget(bar)
    bar.resize(900, 80)
    return bar


@pytest.fixture
def rose(tmp_path: Path) -> Path:
    path = tmp_path / "rose.png"
    Image.new("RGB", (8, 8), "red").save(path)
    return path


def drop(bar: SearchBar, *paths: Path) -> bool:
    """Drop files on the bar, and return whether they were accepted."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), action, mime, left, none)
    enter.ignore()
    bar.dragEnterEvent(enter)
    if enter.isAccepted():
        bar.dropEvent(QDropEvent(QPointF(9, 9), action, mime, left, none))
    return enter.isAccepted()


def test_typed_words_become_terms_once_the_person_pauses(qtbot: QtBot, bar: SearchBar) -> None:
    bar.open_for("words")

    with qtbot.waitSignal(bar.terms_changed):
        qtbot.keyClicks(bar.field, "dog, -people")

    assert bar.terms == (Term("dog"), Term("people", weight=-1.0))
    assert bar.least_alike is None


def test_a_dropped_picture_is_a_term_beside_the_words(bar: SearchBar, rose: Path) -> None:
    bar.open_for("words")
    bar.field.setText("garden")

    assert drop(bar, rose)

    assert bar.terms == (Term(image=rose), Term("garden"))
    assert drop(bar, rose)
    assert len(bar.terms) == 2


def test_what_is_no_picture_is_left_to_the_window(bar: SearchBar, rose: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    bar.open_for("words")

    assert not drop(bar, rose, tmp_path / "notes.txt")
    assert not drop(bar, tmp_path)
    assert not bar.terms


def test_a_picture_can_exclude_or_be_taken_away(qtbot: QtBot, bar: SearchBar, rose: Path) -> None:
    bar.open_for("words", [rose])
    drop(bar, rose)
    (picture,) = bar.findChildren(PictureTerm)
    entries = {action.text(): action for action in picture.menu().actions()}

    with qtbot.waitSignal(bar.terms_changed):
        entries["Not like this picture"].trigger()
    assert bar.terms == (Term(image=rose, weight=-1.0),)
    assert not bar.label_button.isEnabled()

    with qtbot.waitSignal(bar.terms_changed):
        entries["Take away"].trigger()
    assert not bar.terms


def test_similar_pictures_have_a_slider_instead_of_words(qtbot: QtBot, bar: SearchBar, rose: Path) -> None:
    bar.open_for("words")
    bar.field.setText("dog")
    bar.open_for("similar", [rose], total=30_000)

    assert bar.terms == (Term(image=rose),)
    assert bar.field.isHidden()
    assert bar.least_alike == pytest.approx(0.999)
    with qtbot.waitSignal(bar.terms_changed):
        bar.slider.setValue(bar.slider.maximum())
    assert bar.least_alike == pytest.approx(0.99999)


@pytest.mark.parametrize(("count", "share"), [(0, 0.0), (30, 0.0), (300, 0.9), (10**9, 0.99999)])
def test_the_slider_begins_where_about_thirty_pictures_are_found(qtbot: QtBot, count: int, share: float) -> None:
    slider = LikenessSlider()
    qtbot.addWidget(slider)

    slider.set_for(count)

    assert slider.share == pytest.approx(share)


def test_escape_leaves_and_down_goes_to_the_results(qtbot: QtBot, bar: SearchBar) -> None:
    bar.open_for("words")

    with qtbot.waitSignal(bar.results_requested):
        qtbot.keyClick(bar.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(bar.left):
        qtbot.keyClick(bar.field, Qt.Key.Key_Escape)


@pytest.mark.parametrize("width", [300, 1100, 430])
@pytest.mark.parametrize("mode", ["words", "similar"])
def test_nothing_is_cut_or_overlaps_at_any_width(bar: SearchBar, rose: Path, mode: Mode, width: int) -> None:
    bar.resize(900, 80)
    bar.open_for(mode)
    drop(bar, rose)
    bar.resize(width, bar.sizeHint().height())
    bar.resize(width, bar.sizeHint().height())  # the controls may have moved to another row
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    widgets = (bar.field, bar.counts, bar.slider, bar.label_button, bar.close_button, *bar.findChildren(PictureTerm))
    shown = [widget for widget in widgets if widget.isVisible()]
    places = [QRect(widget.mapTo(bar, QPoint()), widget.size()) for widget in shown]
    assert len(shown) == (5 if mode == "words" else 4)
    assert all(bar.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in itertools.combinations(places, 2))
    assert bar.label_button.width() >= bar.label_button.sizeHint().width()
    assert bar.minimumSizeHint().width() <= width
