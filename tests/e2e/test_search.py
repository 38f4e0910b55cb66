"""Searching in the real window, with the starter model on the bundled samples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clipdesk.encoders.models import catalog
from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.results.cells import Column
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.resources import resource_path

pytestmark = pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")


@pytest.fixture
def application(qtbot: QtBot, preferences: Preferences) -> Iterator[Application]:
    """A window with the samples on the desk and no labels."""
    make_application()
    application = Application(Start(paths=(resource_path("samples"),), model="starter"), preferences)
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

    assert window.escape.close_last()
    assert model.rowCount() == total
