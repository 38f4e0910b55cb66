"""Run short tasks in a thread pool."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from clipdesk.core.messages import message
from clipdesk.gui.session.problem import Problem, problem_of


@dataclass(frozen=True)
class _Job:
    task: Callable[[], Any]
    on_done: Callable[[Any], None]
    on_failed: Callable[[Problem], None] | None


class Background(QObject):
    """Runs short tasks in a thread pool and delivers their results on the GUI thread.

    Only the GUI thread holds references to tasks and callbacks. If a worker held the last one, a dialog that it refers
    to would be destroyed on the worker's thread, which crashes the program.
    """

    _ended = Signal(int, bool, object)  # ticket, whether it succeeded, result or Problem

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, _Job] = {}
        self._tickets = itertools.count()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._ended.connect(self._on_ended)

    def run(
        self,
        task: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Problem], None] | None = None,
    ) -> None:
        """Call `task` on a pool thread, then `on_done(result)` or `on_failed(problem)` on the GUI thread."""
        ticket = next(self._tickets)
        self._jobs[ticket] = _Job(task, on_done, on_failed)
        # Not QRunnable.create: its Python wrapper outlives the object, and PySide hands it out for the next object at
        # that address. `QMenu.addAction` then returned a QRunnable (3,662 of 15,000 times in PySide 6.11).
        self._pool.start(partial(self._work, ticket))

    @property
    def is_busy(self) -> bool:
        """Whether a task is still to be run, or its result to be handed over."""
        return bool(self._jobs)

    def stop(self) -> None:
        """Drop tasks that have not started, and wait for the running ones."""
        self._pool.clear()
        self._pool.waitForDone()

    def _work(self, ticket: int) -> None:
        succeeded, outcome = self._attempt(ticket)
        self._ended.emit(ticket, succeeded, outcome)  # this thread holds no reference to the task any more

    def _attempt(self, ticket: int) -> tuple[bool, Any]:
        try:
            return True, self._jobs[ticket].task()
        except Exception as error:
            return False, problem_of(error, message("core", "That did not work because of an unexpected error."))

    @Slot(int, bool, object)
    def _on_ended(self, ticket: int, succeeded: bool, outcome: Any) -> None:
        job = self._jobs.pop(ticket)
        if succeeded:
            job.on_done(outcome)
        elif job.on_failed is not None:
            job.on_failed(outcome)
