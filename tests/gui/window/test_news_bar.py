from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.gui.window.news_bar import NewsBar

#: A warning of the offscreen platform about hints for a window manager.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[NewsBar]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    bar = NewsBar(window)
    column.addWidget(bar)
    column.addStretch(1)
    window.resize(600, 300)
    window.show()
    # Move the mouse off the bar, which stays open while the mouse is over it.
    QTest.mouseMove(window, QPoint(300, 290))
    yield bar


def wait_until_open(qtbot: QtBot, bar: NewsBar) -> None:
    qtbot.waitUntil(lambda: bar.height() == bar.heightForWidth(600))


def test_it_is_hidden_without_news(bar: NewsBar) -> None:
    assert bar.isHidden()


def test_a_message_closes_by_itself(qtbot: QtBot, bar: NewsBar) -> None:
    with qtbot.waitSignal(bar.closed):
        bar.show_news("Labels saved.", level="good", timeout_ms=50)

    assert bar.isHidden()


def test_an_error_message_stays_open(qtbot: QtBot, bar: NewsBar) -> None:
    with qtbot.assertNotEmitted(bar.closed, wait=300):
        bar.show_news("The model could not be loaded.", level="bad")

    assert bar.isVisible()
    assert bar.text.text() == "The model could not be loaded."


def test_the_action_is_called_and_the_message_closes(qtbot: QtBot, bar: NewsBar) -> None:
    called: list[str] = []
    bar.show_news("3 pictures removed.", action=("Undo", lambda: called.append("undone")))
    wait_until_open(qtbot, bar)

    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(bar.action_button, Qt.MouseButton.LeftButton)

    assert called == ["undone"]


def test_an_action_may_show_the_next_message(qtbot: QtBot, bar: NewsBar) -> None:
    bar.show_news("Failed.", level="bad", action=("Try again", lambda: bar.show_news("Trying…")))
    wait_until_open(qtbot, bar)

    qtbot.mouseClick(bar.action_button, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(bar.closed, wait=300):
        pass

    assert bar.isVisible()
    assert bar.text.text() == "Trying…"
    assert bar.action_button.isHidden()
    assert bar.height() == bar.heightForWidth(600)


def test_a_newer_message_replaces_the_older_one_with_its_timeout(qtbot: QtBot, bar: NewsBar) -> None:
    bar.show_news("Old", timeout_ms=100, action=("Undo", lambda: None))
    bar.show_news("New", level="bad")

    with qtbot.assertNotEmitted(bar.closed, wait=350):
        pass

    assert bar.text.text() == "New"
    assert bar.action_button.isHidden()


def test_a_message_is_withdrawn_only_while_it_is_shown(qtbot: QtBot, bar: NewsBar) -> None:
    first = bar.show_news("Labels saved.", level="bad")
    second = bar.show_news("Labels saved.", level="bad")

    bar.withdraw(first)
    assert bar.current is second

    with qtbot.waitSignal(bar.closed):
        bar.withdraw(second)
    assert bar.current is None
    bar.withdraw(second)


def test_a_message_too_long_to_show_in_full_is_withdrawn_too(qtbot: QtBot, bar: NewsBar) -> None:
    news = bar.show_news("Choose another model. " * 40, level="bad")

    with qtbot.waitSignal(bar.closed):
        bar.withdraw(news)

    assert bar.isHidden()


def test_a_withdrawn_message_does_not_run_its_action(qtbot: QtBot, bar: NewsBar) -> None:
    called: list[str] = []
    news = bar.show_news("3 pictures removed.", action=("Undo", lambda: called.append("undone")))
    wait_until_open(qtbot, bar)

    bar.withdraw(news)
    bar.action_button.click()

    assert called == []


def test_the_close_button_and_escape_close(qtbot: QtBot, bar: NewsBar) -> None:
    bar.show_news("One", level="bad")
    wait_until_open(qtbot, bar)
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    bar.show_news("Two", level="bad")
    bar.close_button.setFocus()
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.close_button, Qt.Key.Key_Escape)

    assert bar.isHidden()


def test_long_text_takes_more_lines_and_very_long_text_ends_in_the_tooltip(qtbot: QtBot, bar: NewsBar) -> None:
    bar.show_news("Short.", level="bad")
    wait_until_open(qtbot, bar)
    low = bar.height()

    bar.show_news("Choose another model. " * 40, level="bad")
    qtbot.waitUntil(lambda: bar.height() > low)

    assert bar.text.text().endswith("…")
    assert bar.text.toolTip().count("Choose another model.") == 40


def test_a_file_name_is_not_parsed_as_markup(bar: NewsBar) -> None:
    bar.show_news("<b>x</b>.jpg could not be read. " + "<img src='y'>" * 40)

    assert bar.text.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;img" in bar.text.toolTip()


def test_the_focus_stays_where_it_is(qtbot: QtBot, bar: NewsBar) -> None:
    other = QWidget(bar.window())
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.setGeometry(0, 200, 10, 10)
    other.show()
    other.setFocus()

    bar.show_news("News", action=("Undo", lambda: None))
    QApplication.processEvents()

    assert bar.window().focusWidget() is other


def test_in_a_narrow_window_the_action_is_below_the_text(qtbot: QtBot, bar: NewsBar) -> None:
    bar.show_news("The starter model knows simple things only.", action=("Get a better one (605 MB)", lambda: None))
    wait_until_open(qtbot, bar)
    assert bar.action_button.x() > bar.text.geometry().right()

    bar.window().resize(340, 300)

    qtbot.waitUntil(lambda: bar.action_button.y() > bar.text.geometry().bottom())
    assert bar.text.width() > 200
    # The bar may still be opening.
    qtbot.waitUntil(lambda: bar.rect().contains(bar.action_button.geometry()))


def test_a_message_that_stays_comes_back_after_a_newer_one(qtbot: QtBot, bar: NewsBar) -> None:
    lasting = bar.show_news("A better model", timeout_ms=0, action=("Download", lambda: None))
    bar.show_news("3 pictures added", timeout_ms=100)

    qtbot.waitUntil(lambda: bar.current is lasting)

    assert bar.isVisible()
    assert (bar.text.text(), bar.action_button.text()) == ("A better model", "Download")


def test_messages_that_stay_are_closed_one_by_one(qtbot: QtBot, bar: NewsBar) -> None:
    first = bar.show_news("One", level="bad")
    bar.show_news("Two", level="bad")

    bar.close_button.click()
    assert bar.current is first
    with qtbot.waitSignal(bar.closed):
        bar.close_button.click()


def test_a_withdrawn_message_does_not_come_back(qtbot: QtBot, bar: NewsBar) -> None:
    solved = bar.show_news("The server is away", level="bad")
    bar.show_news("3 pictures added", timeout_ms=100)

    bar.withdraw(solved)

    with qtbot.waitSignal(bar.closed):
        pass


def test_only_the_person_reads_a_message(qtbot: QtBot, bar: NewsBar) -> None:
    read: list[str] = []
    for name in ("withdrawn", "closed", "used"):
        news = bar.show_news(
            name, level="bad", action=("Use", lambda: None), on_read=lambda name=name: read.append(name)
        )
        if name == "withdrawn":
            bar.withdraw(news)
        elif name == "closed":
            bar.dismiss()
        else:
            bar.action_button.click()

    assert read == ["closed", "used"]


def test_the_second_button_leaves_the_message_open(qtbot: QtBot, bar: NewsBar) -> None:
    called: list[str] = []
    news = bar.show_news("Trouble", level="bad", second=("Details…", lambda: called.append("details")))

    bar.second_button.click()

    assert called == ["details"]
    assert bar.current is news


@pytest.mark.parametrize("width", [300, 364, 420, 700])
def test_neither_text_nor_buttons_are_cut_at_any_width(qtbot: QtBot, bar: NewsBar, width: int) -> None:
    bar.window().resize(width, 500)
    bar.show_news("It cannot be reached. " * 5, level="bad", action=("Run on this computer", lambda: None))
    bar.show_news(
        "The server cannot be reached. Is it running, and is the network up? The model runs here meanwhile.",
        level="bad",
        action=("Run on this computer", lambda: None),
        second=("Server settings…", lambda: None),
    )

    qtbot.waitUntil(lambda: bar.height() == bar.heightForWidth(bar.width()))

    assert bar.text.height() >= bar.text.heightForWidth(bar.text.width())
    for button in (bar.action_button, bar.second_button):
        assert button.width() >= button.sizeHint().width()
        assert button.geometry().right() < bar.close_button.geometry().left()


def test_progress_changes_only_the_message_on_display(bar: NewsBar) -> None:
    running = bar.show_news("Writing…", timeout_ms=0)
    bar.show_progress(running, "Writing… 5 of 10")
    assert bar.text.text() == "Writing… 5 of 10"

    bar.show_news("Something else")
    bar.show_progress(running, "Writing… 6 of 10")

    assert bar.text.text() == "Something else"
