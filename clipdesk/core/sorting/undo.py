"""Undo a past sort, whole or in part. The undo is a sort of its own in the journal, so it can be undone as well."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection
from pathlib import Path

from clipdesk.core.errors import SortingError
from clipdesk.core.sorting.carry_out import Execution
from clipdesk.core.sorting.journal import JournalStep, PastSort, SortingJournal, SortState, StepState
from clipdesk.core.sorting.made_folders import remove_empty_folders
from clipdesk.core.sorting.recovery import recover_sort
from clipdesk.core.sorting.steps import Action, SortProgress, SortReport
from clipdesk.core.sorting.trash import move_to_trash


def undo_sort(
    sort_id: int,
    journal: SortingJournal,
    *,
    numbers: Collection[int] | None = None,
    on_progress: Callable[[SortProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    trash: Callable[[Path], None] = move_to_trash,
) -> SortReport:
    """Put the files of a past sort back to where they were, and remove the empty folders that it made.

    `numbers` are those of the steps to undo; None undoes all that can still be undone. Moved files go back, with their
    modification times. Copies go to the system's trash, links are removed. Files that were edited, moved or deleted
    since, and those whose old place is taken, are left alone and listed as skipped. The undo of an undo does the sort
    again.

    Raises SortingError, as `apply_plan` does, and if there is no such sort.
    """
    with journal.exclusive():
        past = journal.sort(sort_id)
        if past.state is SortState.RUNNING:
            recover_sort(journal, past)
        steps = [
            step
            for step in journal.steps(sort_id)
            if step.state is StepState.DONE and (numbers is None or step.number in numbers)
        ]
        undo = journal.begin(past.action, past.root, undoes=past.id, is_undo=not past.is_undo)
        execution = Execution(
            journal,
            undo,
            _reversed(past, steps),
            may_number=False,
            on_progress=on_progress,
            should_stop=should_stop,
            trash=trash,
        )
        report = execution.run()
        with contextlib.suppress(SortingError):
            remove_empty_folders(journal, past)
        return report


def _reversed(past: PastSort, steps: list[JournalStep]) -> list[list[JournalStep]]:
    """Return the way back of each image with its companions, the last image first."""
    groups: dict[int, list[JournalStep]] = {}
    numbers = {step.number: index for index, step in enumerate(steps)}
    for index, step in enumerate(steps):
        image = numbers.get(step.image, index)
        back = JournalStep(
            number=index,
            image=image,
            source=step.target,
            target=step.source,
            size=step.size,
            mtime_ns=step.placed_mtime_ns,
            reason=step.reason,
            label=step.label,
            digest=step.digest,
            undoes=step.number,
            restored_mtime_ns=step.mtime_ns if past.action is Action.MOVE else 0,
        )
        group = groups.setdefault(image, [])
        if index == image:
            group.insert(0, back)
        else:
            group.append(back)
    return list(reversed(groups.values()))
