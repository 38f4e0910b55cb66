"""`clipdesk label`: score images against labels."""

from __future__ import annotations

import argparse

from clipdesk.cli.outputs import problem_with_columns, problem_with_outputs, table_files, write_tables
from clipdesk.cli.saved_desk import read_saved_desk
from clipdesk.cli.scored_desk import chosen_labels, problem_with_inputs, score_pictures
from clipdesk.cli.terminal import WRONG_ARGUMENTS, fail, interrupt_sets, print_table
from clipdesk.core.export.rows import Results


def run_label(options: argparse.Namespace) -> int:
    """Score the pictures, and print or write the scores."""
    saved = read_saved_desk(options.desk) if options.desk is not None else None
    label_set = chosen_labels(options, saved)
    inputs = [*options.paths, *([options.desk] if options.desk is not None else [])]
    problem = (
        problem_with_columns(options)
        or problem_with_inputs(options)
        or problem_with_outputs(table_files(options), inputs)
    )
    if problem:
        return fail(problem, WRONG_ARGUMENTS)
    with interrupt_sets() as cancel:
        scored = score_pictures(options, label_set, cancel, saved)
        rows = list(Results.of(scored.desk))
        write_tables(scored, rows, options)
        if not options.csv and not options.jsonl:
            print_table(rows, label_set.names)
    return scored.report()
