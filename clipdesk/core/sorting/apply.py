"""Apply a plan: copy, move or link its files, with a journal from which it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clipdesk.core.errors import SortingError
from clipdesk.core.messages import message, sentences
from clipdesk.core.sorting.carry_out import Execution
from clipdesk.core.sorting.journal import JournalStep, SortingJournal
from clipdesk.core.sorting.steps import Plan, SortProgress, SortReport, Step
from clipdesk.core.sorting.trash import move_to_trash


def apply_plan(
    plan: Plan,
    journal: SortingJournal,
    *,
    on_progress: Callable[[SortProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    trash: Callable[[Path], None] = move_to_trash,
) -> SortReport:
    """Carry out a plan. An image and its companions go together, under the same number if a name is taken.

    No file is ever overwritten or deleted. A file that was changed or has vanished since it was planned stays. Errors
    of single files are in the report, and so is what ended the sort early: a full disk, or a journal that could not be
    written any more.

    `on_progress` is called at most 20 times a second. `should_stop` is asked before each file and at each MiB of a
    copy; to pause, it waits. A copy that it stops is abandoned.

    Raises SortingError if the plan has problems or the journal cannot be written, and SortingBusyError if another
    window or program is sorting. Nothing has been done then.
    """
    if plan.problems:
        raise SortingError(sentences(message("core", "The sort cannot begin."), *plan.problems))
    with journal.exclusive():
        past = journal.begin(plan.action, plan.root)
        execution = Execution(
            journal,
            past,
            _groups(plan.steps),
            may_number=True,
            on_progress=on_progress,
            should_stop=should_stop,
            trash=trash,
        )
        return execution.run()


def _groups(steps: tuple[Step, ...]) -> list[list[JournalStep]]:
    """Return each image with its companions, the image first. A companion without its image is a group of its own."""
    groups: dict[int, list[JournalStep]] = {}
    for number, step in enumerate(steps):
        image = step.image if 0 <= step.image < len(steps) else number
        one = JournalStep(
            number=number,
            image=image,
            source=step.source,
            target=step.target,
            size=step.size,
            mtime_ns=step.mtime_ns,
            reason=step.reason,
            label=step.label,
        )
        group = groups.setdefault(image, [])
        if number == image:
            group.insert(0, one)
        else:
            group.append(one)
    return list(groups.values())
