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
    inputs = options.paths if options.desk is None else [*options.paths, options.desk]
    if not inputs:
        return fail("Name pictures or folders, or a saved desk with --desk.", WRONG_ARGUMENTS)
    saved = None if options.desk is None else read_saved_desk(options.desk)
    label_set = chosen_labels(options, saved)
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
