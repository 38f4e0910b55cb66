"""Searching in the real window, with the starter model on the bundled samples."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clipdesk.encoders.models import catalog
from clipdesk.gui.application import Application
from clipdesk.gui.export.export_dialog import ExportDialog
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.results.cells import Column
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.resources import resource_path

pytestmark = pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """A folder of copies of the samples."""
    return Path(shutil.copytree(resource_path("samples"), tmp_path / "samples"))


@pytest.fixture
def application(qtbot: QtBot, preferences: Preferences, copies: Path) -> Iterator[Application]:
    """A window with the samples on the desk and no labels."""
    make_application()
    application = Application(Start(paths=(copies,), model="starter"), preferences)
    application.window.resize(1280, 800)
    with qtbot.waitExposed(application.window):
        application.window.show()
    application.begin()
    qtbot.waitUntil(lambda: application.labelling.encoder is not None, timeout=60_000)
    qtbot.waitUntil(lambda: len(application.labelling.desk) > 20 and not application.labelling.is_scanning)
    yield application
    application.window.close()
    application.stop()


def names(application: Application) -> list[str]:
    """Return the names of the pictures as the table shows them."""
    model = application.model
    return [str(model.index(row, Column.NAME).data()) for row in range(model.rowCount())]


def search_for(qtbot: QtBot, application: Application, words: str) -> None:
    bar, searcher, desk = application.window.search_bar, application.labelling.searcher, application.labelling.desk
    bar.field.clear()
    qtbot.keyClicks(bar.field, words)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            not searcher.is_busy
            and searcher.query.terms == bar.terms
            and not len(desk.waiting())
            and application.model.rowCount() == min(len(desk), bar.count or len(desk))
        ),
        timeout=60_000,
    )


def test_words_find_the_right_picture_without_labels_and_become_one_when_asked(
    qtbot: QtBot, application: Application
) -> None:
    window, desk = application.window, application.labelling.desk
    before = names(application)

    window.actions_["search"].trigger()
    assert window.search_bar.isVisible()
    search_for(qtbot, application, "butterfly")
    assert names(application)[0] == "butterfly.jpg"
    search_for(qtbot, application, "fruit, -banana")
    assert names(application)[0] in ("apple.jpg", "oranges.jpg", "lemons.jpg")
    tip = application.model.index(0, Column.MATCH).data(Qt.ItemDataRole.ToolTipRole)
    assert "fruit" in tip and "banana" in tip
    assert not window.table.isColumnHidden(Column.MATCH)
    assert not desk.label_set.labels  # the words are no label

    search_for(qtbot, application, "zxqv")
    assert "zxqv" in window.search_bar.hint.text()  # the model does not know this word
    search_for(qtbot, application, "butterfly")
    assert not window.search_bar.hint.isVisible()
    window.search_bar.label_button.click()
    assert desk.label_set.names == ("butterfly",)
    window.undo_stack.undo()
    assert not desk.label_set.labels

    window.search_bar.counts.setCurrentIndex(0)
    assert application.model.rowCount() == 10
    window.filter_bar.finder.search.setText("rose")
    window.filter_bar.finder.send()
    assert names(application) == ["rose.jpg"]
    window.filter_bar.finder.search.setText("no such name")
    window.filter_bar.finder.send()
    window.table.show_all_requested.emit()  # the button over the empty table
    assert application.model.rowCount() == 10  # the search stays

    qtbot.keyClick(window.search_bar.field, Qt.Key.Key_Escape)
    assert not window.search_bar.isVisible()
    assert names(application) == before
    assert window.table.isColumnHidden(Column.MATCH)


def test_the_inspector_and_the_gallery_say_how_well_a_picture_matches(qtbot: QtBot, application: Application) -> None:
    window, model = application.window, application.model
    window.actions_["search"].trigger()
    search_for(qtbot, application, "fruit, -banana")
    window.search_bar.counts.setCurrentIndex(0)
    row = int(model.shown_rows[0])
    number = model.index(0, Column.MATCH).data()

    window.table.select_desk_row(row)
    facts = window.inspector.match.values()
    assert facts["Match"].startswith(number)
    assert facts["fruit"].startswith("+") and "banana" in facts
    assert not window.inspector.match.isHidden()

    window.actions_["gallery"].trigger()
    caption = window.gallery.captions.of_row(row)
    assert (caption.label, caption.number) == ("Match", number)
    qtbot.waitUntil(lambda: "10 of " in window.filter_bar.chips.chips[0].text())

    window.actions_["find_similar"].trigger()
    searcher = application.labelling.searcher
    qtbot.waitUntil(lambda: not searcher.is_busy and model.ranking is not None and model.ranking.is_by_similarity)
    assert window.gallery.captions.of_row(row).label == "Similarity"
    assert set(window.inspector.match.values()) == {"Similarity", "More alike than"}

    window.search_bar.close_button.click()
    assert window.inspector.match.isHidden()
    assert window.gallery.captions.of_row(row).label == "No labels yet"


def test_what_was_found_is_exported_in_its_order_and_sorted_by_hand(
    qtbot: QtBot, application: Application, copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, model, desk = application.window, application.model, application.labelling.desk
    table = tmp_path / "found.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    assert not window.actions_["export"].isEnabled()  # no labels

    window.actions_["search"].trigger()
    search_for(qtbot, application, "butterfly")
    window.search_bar.counts.setCurrentIndex(0)
    qtbot.waitUntil(window.actions_["export"].isEnabled)
    shown = [str(desk.images.path(row)) for row in model.shown_rows.tolist()]
    window.actions_["export"].trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None and dialog.shown_button.text().replace("&", "") == "The 10 shown"
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "found.csv" in window.news.text.text())
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["filepath"] for row in rows] == shown
    matches = [float(row["match"]) for row in rows]
    assert matches == sorted(matches, reverse=True)

    window.views.setFocus()
    window.table.select_desk_row(int(model.shown_rows[0]))
    chosen = [desk.images.path(row) for row in window.table.selected_desk_rows()]
    target = copies / "best"
    window.folders.set_action("move")
    with qtbot.waitSignal(application.sorting_commands.sorted, timeout=10_000):
        application.sorting_commands.sort_by_hand(target, chosen)
    assert [path.name for path in target.iterdir()] == ["butterfly.jpg"]
    assert names(application)[0] == "butterfly.jpg"  # still found, and the search goes on
    with qtbot.waitSignal(application.sorting_commands.sorted, timeout=10_000):
        window.undo_stack.undo()
    assert (copies / "butterfly.jpg").exists()


def test_similar_pictures_are_ranked_and_the_slider_leaves_out_the_others(
    qtbot: QtBot, application: Application
) -> None:
    window, model, searcher = application.window, application.model, application.labelling.searcher
    desk = application.labelling.desk
    window.table.select_desk_row(names(application).index("red car.jpg"))

    window.actions_["find_similar"].trigger()
    qtbot.waitUntil(lambda: model.rowCount() == len(desk) and not searcher.is_busy, timeout=60_000)
    qtbot.waitUntil(lambda: names(application)[:2] == ["red car.jpg", "yellow bus.jpg"], timeout=10_000)
    total = model.rowCount()
    window.search_bar.slider.setValue(window.search_bar.slider.maximum() // 2)
    qtbot.waitUntil(lambda: 0 < model.rowCount() < total // 2)

    window.search_bar.close_button.click()
    assert model.rowCount() == total
