"""`clipdesk label`: score images against labels."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from clipdesk import __version__
from clipdesk.cli.scored_desk import ScoredDesk, chosen_labels, problem_with_inputs, score_pictures
from clipdesk.cli.terminal import WRONG_ARGUMENTS, fail, interrupt_sets, print_table
from clipdesk.core.errors import ExportError
from clipdesk.core.export.options import PLAIN_TABLE
from clipdesk.core.export.rows import Results
from clipdesk.core.export.run_details import write_run_details
from clipdesk.core.export.tables import is_json_lines, write_jsonl, write_results
from clipdesk.core.files import check_writable
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.pictures.raw_files import RAW_SUFFIXES
from clipdesk.core.pictures.scan import IMAGE_SUFFIXES


def run_label(options: argparse.Namespace) -> int:
    """Score the pictures, and print or write the scores."""
    label_set = chosen_labels(options)
    problem = _problem_with_columns(options) or problem_with_inputs(options) or _problem_with_outputs(options)
    if problem:
        return fail(problem, WRONG_ARGUMENTS)
    with interrupt_sets() as cancel:
        scored = score_pictures(options, label_set, cancel)
        _write(scored, label_set, options)
    return scored.report()


def _problem_with_columns(options: argparse.Namespace) -> str:
    """Return why the choice of columns has no effect, or an empty string."""
    if options.bom and (options.csv is None or is_json_lines(options.csv)):
        return "--bom goes with --csv."
    if options.columns != PLAIN_TABLE and options.csv is None and options.jsonl is None:
        return "--columns goes with --csv or --jsonl."
    return ""


def _problem_with_outputs(options: argparse.Namespace) -> str:
    """Return what is wrong with the paths of the results, or an empty string."""
    files = [Path(os.path.realpath(path)) for path in _output_files(options)]
    pictures = {Path(os.path.realpath(path)) for path in options.paths}
    for path, file in zip(_output_files(options), files, strict=True):
        # Not Path.is_dir, which raises an error if a name is too long or a folder may not be searched.
        if os.path.isdir(file):  # noqa: PTH112
            return f"“{path}” is a folder. Name a file in it."
        if file.suffix.lower() in IMAGE_SUFFIXES | RAW_SUFFIXES or file in pictures:
            # `--csv *.jpg` would overwrite an image.
            return f"“{path}” is the name of a picture. Give the results a name of their own, such as scores.csv."
        if files.count(file) > 1:
            return f"“{path}” is named for two kinds of results. Give each a file of its own."
        try:
            check_writable(path)  # now rather than after hours of work
        except ExportError as error:
            return str(error)
    return ""


def _output_files(options: argparse.Namespace) -> list[Path]:
    return [path for path in (options.csv, options.jsonl, options.details) if path is not None]


def _write(scored: ScoredDesk, label_set: LabelSet, options: argparse.Namespace) -> None:
    rows = list(Results.of(scored.desk))
    names, table = label_set.names, replace(options.columns, byte_order_mark=options.bom)
    if options.details:
        write_run_details(
            options.details, scored.identity, scored.rule, label_set, options.threshold or 0.0, __version__
        )
    if options.jsonl:
        write_jsonl(options.jsonl, rows, names, table)
    if options.csv:
        write_results(options.csv, rows, names, table)
    if not options.csv and not options.jsonl:
        print_table(rows, names)
