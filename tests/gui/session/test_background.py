"""Short tasks on pool threads: results, and which thread drops the last reference to their objects."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from clipdesk.core.errors import EncoderError
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.problem import Problem


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.stop()


class Witness:
    """Like a dialog, it must be destroyed on the GUI thread."""

    def __init__(self, ended_in: list[threading.Thread]) -> None:
        self._ended_in = ended_in

    def work(self) -> int:
        return 7

    def fail(self) -> int:
        raise EncoderError("No.")

    def __del__(self) -> None:
        self._ended_in.append(threading.current_thread())


def test_results_and_failures_arrive_on_the_gui_thread(qtbot: QtBot, background: Background) -> None:
    results: list[tuple[int, threading.Thread]] = []
    problems: list[Problem] = []
    witness = Witness([])

    background.run(witness.work, lambda result: results.append((result, threading.current_thread())))
    background.run(witness.fail, lambda _: None, problems.append)
    background.run(witness.fail, lambda _: None)

    qtbot.waitUntil(lambda: bool(results and problems))
    assert results == [(7, threading.main_thread())]
    assert problems == [Problem("No.")]


@pytest.mark.parametrize("method", ["work", "fail"])
def test_objects_used_by_a_task_are_destroyed_on_the_gui_thread(
    qtbot: QtBot, background: Background, method: str
) -> None:
    ended_in: list[threading.Thread] = []

    for _ in range(30):
        witness = Witness(ended_in)
        background.run(getattr(witness, method), lambda _, witness=witness: None, lambda _: None)
        del witness

    qtbot.waitUntil(lambda: len(ended_in) == 30)
    assert set(ended_in) == {threading.main_thread()}


def test_ended_tasks_leave_no_wrapper_behind_that_a_later_object_gets(qtbot: QtBot, background: Background) -> None:
    wrong: list[type] = []
    for _ in range(200):
        for _ in range(5):
            background.run(lambda: None, lambda _: None)
        background._pool.waitForDone()
        menu = QMenu()
        actions = [menu.addAction("x") for _ in range(5)]
        wrong += [type(action) for action in actions if type(action) is not QAction]
    qtbot.waitUntil(lambda: not background.is_busy)

    assert wrong == []
