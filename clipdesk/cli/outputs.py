"""Results as files: the options that `label` and `export` share, and what they write."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from clipdesk import __version__
from clipdesk.cli.scored_desk import ScoredDesk
from clipdesk.core.errors import ExportError
from clipdesk.core.export.options import PLAIN_TABLE, TableOptions
from clipdesk.core.export.rows import ResultRow
from clipdesk.core.export.run_details import write_run_details
from clipdesk.core.export.tables import is_json_lines, write_jsonl, write_results
from clipdesk.core.files import check_writable
from clipdesk.core.pictures.raw_files import RAW_SUFFIXES
from clipdesk.core.pictures.scan import IMAGE_SUFFIXES


def add_table_options(parser: argparse.ArgumentParser, csv_help: str) -> None:
    """Add the options for CSV, JSON Lines and the run details."""
    parser.add_argument("--csv", type=Path, metavar="FILE", help=csv_help)
    parser.add_argument("--jsonl", type=Path, metavar="FILE", help="write the same fields to this file as JSON Lines")
    parser.add_argument(
        "--columns",
        type=_columns,
        default=PLAIN_TABLE,
        metavar="NAME[,NAME]",
        help="columns to add at the end of each row of --csv and --jsonl: “file” is the name without the folder, "
        "“probabilities” are the probabilities of all labels",
    )
    parser.add_argument(
        "--bom", action="store_true", help="start the CSV file with a byte order mark, so that Excel reads it as UTF-8"
    )
    parser.add_argument(
        "--decimal-comma",
        action="store_true",
        help="write the CSV file with semicolons and decimal commas, for Excel where numbers are written like that",
    )
    parser.add_argument(
        "--details", type=Path, metavar="FILE", help="write the model and the prompts to this file as JSON"
    )


def table_files(options: argparse.Namespace) -> list[Path]:
    """Return the files that the options of `add_table_options` name."""
    return [path for path in (options.csv, options.jsonl, options.details) if path is not None]


def problem_with_columns(options: argparse.Namespace) -> str:
    """Return why the choice of columns has no effect, or an empty string."""
    if options.csv is None or is_json_lines(options.csv):
        if options.bom:
            return "--bom goes with --csv."
        if options.decimal_comma:
            return "--decimal-comma goes with --csv."
    if options.columns != PLAIN_TABLE and options.csv is None and options.jsonl is None:
        return "--columns goes with --csv or --jsonl."
    return ""


def problem_with_outputs(paths: Sequence[Path], inputs: Sequence[Path]) -> str:
    """Return what is wrong with the paths of the results, or an empty string. `inputs` must not be overwritten."""
    files = [Path(os.path.realpath(path)) for path in paths]
    taken = {Path(os.path.realpath(path)) for path in inputs}
    for path, file in zip(paths, files, strict=True):
        # Not Path.is_dir, which raises an error if a name is too long or a folder may not be searched.
        if os.path.isdir(file):  # noqa: PTH112
            return f"“{path}” is a folder. Name a file in it."
        if file.suffix.lower() in IMAGE_SUFFIXES | RAW_SUFFIXES or file in taken:
            # `--csv *.jpg` would overwrite an image.
            what = "the desk" if file.suffix == ".clipdesk" else "the name of a picture"
            return f"“{path}” is {what}. Give the results a name of their own, such as scores.csv."
        if files.count(file) > 1:
            return f"“{path}” is named for two kinds of results. Give each a file of its own."
        try:
            check_writable(path)  # now rather than after hours of work
        except ExportError as error:
            return str(error)
    return ""


def write_tables(scored: ScoredDesk, rows: Sequence[ResultRow], options: argparse.Namespace) -> None:
    """Write the files of `table_files`. Raises ExportError."""
    label_set = scored.desk.label_set
    table = replace(options.columns, byte_order_mark=options.bom, decimal_comma=options.decimal_comma)
    if options.details:
        write_run_details(options.details, scored.identity, scored.rule, label_set, scored.desk.threshold, __version__)
    if options.jsonl:
        write_jsonl(options.jsonl, rows, label_set.names, table)
    if options.csv:
        write_results(options.csv, rows, label_set.names, table)


def _columns(text: str) -> TableOptions:
    names = {name.strip() for name in text.split(",")}
    if unknown := names - {"file", "probabilities"}:
        raise argparse.ArgumentTypeError(f"there is no column “{min(unknown)}”; use file, probabilities or both")
    return TableOptions(file="file" in names, probabilities="probabilities" in names)
