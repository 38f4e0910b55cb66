"""What `sort` and `undo` say about a sort: its end, what was left alone, and what a crash had interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from clipdesk.cli.table import printable
from clipdesk.cli.terminal import FAILED, INTERRUPTED, OK, put_out, tell
from clipdesk.core.sorting.journal import SortingJournal
from clipdesk.core.sorting.recovery import recover
from clipdesk.core.sorting.steps import Action, SortReport

_DONE = {
    Action.COPY: "copied",
    Action.MOVE: "moved",
    Action.HARD_LINK: "linked",
    Action.SYMBOLIC_LINK: "linked",
}


@contextmanager
def opened_journal() -> Iterator[SortingJournal]:
    """Open the journal of sorts, and close it at the end."""
    from clipdesk.store_settings import open_journal

    with closing(open_journal(lambda sentence: tell(printable(sentence)))) as journal:
        yield journal


def report_recovered(journal: SortingJournal) -> None:
    """Finish what a crash has interrupted, and say so."""
    for report in recover(journal):
        tell(printable(report.message))


def report_sort(report: SortReport) -> int:
    """Print how a sort or an undo ended. Return the exit code: 1 if files were left alone or it ended early."""
    for skipped in report.skipped:
        why = f"{skipped.reason.value}: {skipped.detail}" if skipped.detail else skipped.reason.value
        tell(f"{printable(str(skipped.path))}: {printable(why)}")
    if report.message:
        tell(printable(report.message))
    verb = "taken back" if report.is_undo else _DONE[report.action]
    undo = f" To take them back: clipdesk undo {report.sort_id}" if report.done and not report.is_undo else ""
    left = f", {files_text(len(report.skipped))} left alone" if report.skipped else ""
    put_out([f"{files_text(len(report.done))} {verb}{left}.{undo}"])
    if report.was_cancelled:
        tell("Stopped. The other files are where they were.")
        return INTERRUPTED
    return FAILED if report.skipped or report.message else OK


def files_text(count: int) -> str:
    """Return “1 file” or “3,214 files”."""
    return "1 file" if count == 1 else f"{count:,} files"
