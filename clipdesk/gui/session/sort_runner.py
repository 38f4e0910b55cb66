"""Run sorts and their undo one after the other, on a thread of their own."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.errors import Cancelled
from clipdesk.core.messages import message
from clipdesk.core.sorting.steps import SortProgress, SortReport
from clipdesk.gui.session.encoder_worker import start_thread
from clipdesk.gui.session.problem import Problem, problem_of


@dataclass(eq=False)
class SortTask:
    """A sort, or the undo of one. `work` carries it out on the thread of the sorts.

    `title` is what the job bar shows, such as “Moving”. `tag` is whatever the caller wants back with the result.
    """

    title: str
    work: Callable[[SortTask], SortReport]
    tag: object = None
    cancel: threading.Event = field(default_factory=threading.Event)
    resumed: threading.Event = field(default_factory=threading.Event)
    on_progress: Callable[[SortProgress], None] = lambda progress: None

    def __post_init__(self) -> None:
        self.resumed.set()

    def should_stop(self) -> bool:
        """Return whether the person has cancelled it. Waits while it is paused."""
        while not self.resumed.wait(0.1) and not self.cancel.is_set():
            pass
        return self.cancel.is_set()


class SortRunner(QObject):
    """Carries out tasks in the order in which they came. Tasks that a fast hand adds wait for those before them."""

    started = Signal(object)  # SortTask
    progressed = Signal(object, object)  # SortTask, SortProgress
    finished = Signal(object, object)  # SortTask, SortReport
    failed = Signal(object, object)  # SortTask, Problem
    idle = Signal()  # nothing is left to do

    _requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[SortTask] = deque()
        self._current: SortTask | None = None
        self._worker = _Worker()
        self._thread = start_thread(self._worker, "sort", self)
        self._requested.connect(self._worker.run)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.ended.connect(self._on_ended)

    @property
    def current(self) -> SortTask | None:
        """The task that is running."""
        return self._current

    @property
    def is_paused(self) -> bool:
        return self._current is not None and not self._current.resumed.is_set()

    def run(self, task: SortTask) -> None:
        """Carry out a task after those that are waiting."""
        self._waiting.append(task)
        self._next()

    def set_paused(self, paused: bool) -> None:
        """Pause before the next file, or continue."""
        if self._current is not None:
            if paused:
                self._current.resumed.clear()
            else:
                self._current.resumed.set()

    def cancel(self) -> None:
        """Stop before the next file. What was done stays done, and tasks that wait are dropped."""
        self._waiting.clear()
        if self._current is not None:
            self._current.cancel.set()

    def stop(self) -> None:
        """Stop before the next file, and end the thread."""
        self.cancel()
        self._thread.quit()
        self._thread.wait()

    def _next(self) -> None:
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self.started.emit(self._current)
            self._requested.emit(self._current)

    @Slot(object, object)
    def _on_progressed(self, task: SortTask, progress: SortProgress) -> None:
        if task is self._current:
            self.progressed.emit(task, progress)

    @Slot(object, object)
    def _on_ended(self, task: SortTask, outcome: SortReport | Problem) -> None:
        self._current = None
        if isinstance(outcome, Problem):
            self.failed.emit(task, outcome)
        else:
            self.finished.emit(task, outcome)
        self._next()
        if self._current is None:
            self.idle.emit()


class _Worker(QObject):
    progressed = Signal(object, object)
    ended = Signal(object, object)

    @Slot(object)
    def run(self, task: SortTask) -> None:
        task.on_progress = lambda progress: self.progressed.emit(task, progress)
        outcome: SortReport | Problem
        try:
            if task.cancel.is_set():
                raise Cancelled(message("core", "The sort was stopped before it began."))
            outcome = task.work(task)
        except Exception as error:
            outcome = problem_of(error, message("core", "The sort stopped because of an unexpected error."))
        self.ended.emit(task, outcome)
