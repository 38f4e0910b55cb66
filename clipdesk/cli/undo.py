"""`clipdesk undo`: list past sorts, and take one back."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path

from clipdesk.cli.sorting_report import files_text, opened_journal, report_recovered, report_sort
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import OK, ProgressLine, fail, interrupt_sets, put_out
from clipdesk.core.sorting.journal import PastSort
from clipdesk.core.sorting.undo import undo_sort


def run_undo(options: argparse.Namespace) -> int:
    """List past sorts, or take back the one with the given number, or the latest."""
    with interrupt_sets() as cancel, opened_journal() as journal:
        report_recovered(journal)
        sorts = _wanted(journal.sorts(), options.into)
        if options.list:
            put_out(map(_line, sorts))
            return OK
        if options.id is None:
            undoable = [past for past in sorts if past.done and not past.is_undo]
            if not undoable:
                return fail("There is no sort left that could be taken back.")
            sort_id = undoable[0].id
        else:
            sort_id = options.id
        progress = ProgressLine()
        report = undo_sort(
            sort_id,
            journal,
            on_progress=lambda done: progress.show(done.files, done.all_files, unit="files"),
            should_stop=cancel.is_set,
        )
        progress.end()
    return report_sort(report)


def _wanted(sorts: Sequence[PastSort], into: Path | None) -> list[PastSort]:
    """Return the sorts in which files were placed, the latest first; with `into`, only those into this folder."""
    placed = [past for past in sorts if past.done or past.undone]
    if into is None:
        return placed
    root = os.path.realpath(into)
    return [past for past in placed if os.path.realpath(past.root) == root]


def _line(past: PastSort) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(past.time))
    what = "undo" if past.is_undo else past.action.value
    state = f", {files_text(past.undone)} taken back" if past.undone else ""
    return f"{past.id}  {when}  {what}  {files_text(past.done + past.undone)}{state}  {printable(str(past.root))}"
