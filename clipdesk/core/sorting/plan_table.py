"""A plan as a CSV file, for a look at it in a spreadsheet or in a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clipdesk.core.csv_text import CsvWriter, neutralise
from clipdesk.core.files import replace_atomically
from clipdesk.core.sorting.steps import Plan

HEADER = ("source", "target", "action", "label", "reason", "detail")
#: What the column `action` says about a file that stays.
STAY = "stay"


def write_plan(path: Path, plan: Plan) -> int:
    """Write one row for each file that is sorted or stays, and return the number of rows. Raises ExportError."""
    with replace_atomically(path) as stream:
        writer = CsvWriter(stream)
        writer.write_row(HEADER)
        count = 0
        for row in _rows(plan):
            writer.write_row(map(neutralise, row))
            count += 1
        return count


def _rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    for step in plan.steps:
        yield str(step.source), str(step.target), step.action.value, step.label, step.reason.value, ""
    for stay in plan.stays:
        yield str(stay.path), "", STAY, "", stay.reason.value, stay.detail
