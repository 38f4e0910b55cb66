"""Short tasks in a thread pool."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from clipdesk.gui.session.problem import Problem, problem_of


@dataclass(frozen=True)
class _Errand:
    task: Callable[[], Any]
    on_done: Callable[[Any], None]
    on_failed: Callable[[Problem], None] | None


class Background(QObject):
    """Short tasks in a thread pool; what they return comes back on the GUI thread.

    Task and callbacks stay in this thread's keeping until it is through with them. Were a worker the last to let go of
    them, a dialog that they speak of would be destroyed there, which ends the program.
    """

    _ended = Signal(int, bool, object)  # ticket, whether it went well, result or Problem

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands: dict[int, _Errand] = {}
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
        """Call `task` elsewhere, then `on_done` with its result or `on_failed` with a Problem here."""
        ticket = next(self._tickets)
        self._errands[ticket] = _Errand(task, on_done, on_failed)
        self._pool.start(QRunnable.create(partial(self._work, ticket)))

    @property
    def is_busy(self) -> bool:
        """Whether a task is still to be run, or its result to be handed over."""
        return bool(self._errands)

    def stop(self) -> None:
        """Wait for what is running; forget what is not."""
        self._pool.clear()
        self._pool.waitForDone()

    def _work(self, ticket: int) -> None:
        went_well, outcome = self._attempt(ticket)
        self._ended.emit(ticket, went_well, outcome)  # by now this thread holds nothing of the errand

    def _attempt(self, ticket: int) -> tuple[bool, Any]:
        try:
            return True, self._errands[ticket].task()
        except Exception as error:
            return False, problem_of(error, "That did not work because of an unexpected error.")

    @Slot(int, bool, object)
    def _on_ended(self, ticket: int, went_well: bool, outcome: Any) -> None:
        errand = self._errands.pop(ticket)
        if went_well:
            errand.on_done(outcome)
        elif errand.on_failed is not None:
            errand.on_failed(outcome)
