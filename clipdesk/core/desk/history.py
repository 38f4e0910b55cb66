"""What can be undone and done again, bounded by the memory that it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from clipdesk.core.desk.changes import DeskChange, LabelsChange

#: Undo steps may take this much together. The newest is kept whatever it takes.
MOST_BYTES = 256 * 1024 * 1024
#: Changes of the same thing that follow each other within this time are one step, like the letters of a word.
_MERGE_S = 3.0


@dataclass(frozen=True)
class Step:
    """A change that can be taken back, and how it is called: "deletion of “dog”".

    Steps with the same `merge_key` that follow each other quickly become one; None never does.
    """

    change: DeskChange
    text: str
    merge_key: Hashable = None
    at_s: float = 0.0


class History:
    """The steps that can be undone, and those that were and can be done again.

    `revert` takes a change back and returns the change that does it again (`Desk.revert`). No Qt: see
    `gui.session.undo` for the menu's actions.
    """

    def __init__(
        self,
        revert: Callable[[DeskChange], DeskChange],
        most_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._revert = revert
        self._most_bytes = most_bytes
        self._clock = clock
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def __len__(self) -> int:
        """How many steps can be undone."""
        return len(self._done)

    @property
    def undo_text(self) -> str:
        """What `undo` takes back, "" when there is nothing."""
        return self._done[-1].text if self._done else ""

    @property
    def redo_text(self) -> str:
        """What `redo` does again, "" when there is nothing."""
        return self._undone[-1].text if self._undone else ""

    @property
    def size_bytes(self) -> int:
        """About how much memory all steps take."""
        return sum(step.change.size_bytes for step in (*self._done, *self._undone))

    def push(self, change: DeskChange, text: str) -> None:
        """Remember a change that was just made. Nothing can be done again after it."""
        if not change.can_revert:
            return
        key = merge_key(change.labels) if change.labels is not None else None
        step = Step(change, text, key, self._clock())
        was_undone, self._undone = bool(self._undone), []
        if self._done and not was_undone and (merged := _merged(self._done[-1], step)) is not None:
            self._done[-1] = merged
        else:
            self._done.append(step)
        self._forget_oldest()

    def undo(self) -> None:
        """Take the last change back."""
        if self._done:
            step = self._done.pop()
            self._undone.append(replace(step, change=self._revert(step.change), merge_key=None))

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(replace(step, change=self._revert(step.change), merge_key=None))

    def _forget_oldest(self) -> None:
        while len(self._done) > 1 and self.size_bytes > self._most_bytes:
            del self._done[0]


def merge_key(labels: LabelsChange) -> Hashable:
    """Return what a change of labels is about, for `History.push`: one label's prompts, the templates, the order.

    None for everything else, which is a step of its own.
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
    return None


def _merged(last: Step, new: Step) -> Step | None:
    """Return both steps as one, None where they are two."""
    if last.merge_key is None or last.merge_key != new.merge_key or new.at_s - last.at_s > _MERGE_S:
        return None
    before, after = last.change.labels, new.change.labels
    if before is None or after is None:
        return None
    return replace(new, change=DeskChange(labels=LabelsChange(before.before, after.after)))
