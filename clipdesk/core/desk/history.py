"""Undo and redo, with a limit on memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import cached_property

from clipdesk.core.desk.changes import DeskChange, LabelsChange, Relocation

#: Memory limit for all undo steps together. The newest step is always kept.
MAX_BYTES = 256 * 1024 * 1024
#: Changes to the same thing within this time become one step, like the letters of a typed word.
_MERGE_S = 3.0


@dataclass(frozen=True)
class Step:
    """A change that can be undone, and the text that names it, such as "deletion of “dog”".

    Successive steps with the same `merge_key` are merged if they follow quickly. None is never merged.
    """

    change: DeskChange
    text: str
    merge_key: Hashable = None
    at_s: float = 0.0

    @cached_property
    def size_bytes(self) -> int:
        """The approximate memory of the change. Cached because every new step adds up all of them."""
        return self.change.size_bytes


class History:
    """The stacks of undo and redo steps.

    `revert` undoes a change and returns the change that redoes it (`Desk.revert`). Without Qt: the menu actions are in
    `gui.session.undo`.
    """

    def __init__(
        self,
        revert: Callable[[DeskChange], DeskChange],
        max_bytes: int = MAX_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._revert = revert
        self._max_bytes = max_bytes
        self._clock = clock
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def __len__(self) -> int:
        """Return the number of steps that can be undone."""
        return len(self._done)

    @property
    def undo_text(self) -> str:
        """The text of the step that `undo` would undo, or ""."""
        return self._done[-1].text if self._done else ""

    @property
    def redo_text(self) -> str:
        """The text of the step that `redo` would redo, or ""."""
        return self._undone[-1].text if self._undone else ""

    @property
    def size_bytes(self) -> int:
        """The approximate memory that all steps occupy."""
        return sum(step.size_bytes for step in (*self._done, *self._undone))

    def clear(self) -> None:
        """Forget all steps."""
        self._done, self._undone = [], []

    def push(self, change: DeskChange, text: str) -> None:
        """Add a change that was just made, and clear the redo stack. Ignores changes that cannot be reverted."""
        if not change.can_revert:
            return
        key = merge_key(change.labels) if change.labels is not None else None
        step = Step(change, text, key, self._clock())
        was_undone, self._undone = bool(self._undone), []
        if self._done and not was_undone and (merged := _merged(self._done[-1], step)) is not None:
            self._done.pop()
            if not _is_void(merged):  # as after typing a letter and deleting it
                self._done.append(merged)
        else:
            self._done.append(step)
        self._forget_oldest()

    def relocate(self, relocation: Relocation) -> None:
        """Follow images whose files were moved, so that older changes can still be undone."""
        for steps in (self._done, self._undone):
            steps[:] = [replace(step, change=step.change.after_relocation(relocation)) for step in steps]

    def undo(self) -> None:
        """Undo the last change, if any."""
        if self._done:
            self._move(self._done, self._undone)

    def redo(self) -> None:
        """Redo the change that was undone last, if any."""
        if self._undone:
            self._move(self._undone, self._done)
            self._forget_oldest()

    def _move(self, source: list[Step], target: list[Step]) -> None:
        """Revert the newest step of `source`. It goes to `target` unless there was nothing left to revert."""
        step = source.pop()
        change = self._revert(step.change)
        if change.can_revert:
            target.append(replace(step, change=change, merge_key=None))

    def _forget_oldest(self) -> None:
        while len(self._done) > 1 and self.size_bytes > self._max_bytes:
            del self._done[0]


def merge_key(labels: LabelsChange) -> Hashable:
    """Return the merge key for a change of one label's prompts, of thresholds, of the templates, or of the order.

    Return None for any other change, which stays a step of its own.
    """
    before, after = labels.before, labels.after
    if before.templates != after.templates:
        return "templates" if before.labels == after.labels else None
    if sorted(before.ids) != sorted(after.ids):
        return None
    if before.ids != after.ids:
        return "order"
    changed = [(old, new) for old, new in zip(before.labels, after.labels, strict=True) if old != new]
    if len(changed) == 1 and replace(changed[0][0], prompts=changed[0][1].prompts) == changed[0][1]:
        return ("prompts", changed[0][0].id)
    if labels.only_thresholds:
        return ("thresholds", *(old.id for old, _ in changed))
    return None


def _is_void(step: Step) -> bool:
    """Return whether the labels are the same before and after the step."""
    labels = step.change.labels
    return labels is not None and labels.before == labels.after and labels.before.ids == labels.after.ids


def _merged(last: Step, new: Step) -> Step | None:
    """Return one step for both, or None if they cannot be merged."""
    if last.merge_key is None or last.merge_key != new.merge_key or new.at_s - last.at_s > _MERGE_S:
        return None
    before, after = last.change.labels, new.change.labels
    if before is None or after is None:
        return None
    return replace(new, change=DeskChange(labels=LabelsChange(before.before, after.after)))
