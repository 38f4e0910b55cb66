"""`clipdesk export`: write the labels of a saved desk."""

from __future__ import annotations

import argparse
from pathlib import Path

from clipdesk.cli.options import add_common_options
from clipdesk.cli.outputs import (
    add_table_options,
    problem_with_columns,
    problem_with_outputs,
    table_files,
    write_tables,
)
from clipdesk.cli.saved_desk import read_saved_desk
from clipdesk.cli.scored_desk import ScoredDesk, chosen_labels, problem_with_inputs, score_pictures
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import FAILED, INTERRUPTED, OK, WRONG_ARGUMENTS, ProgressLine, fail, interrupt_sets, tell
from clipdesk.core.errors import ExportError
from clipdesk.core.export.embeddings import PARQUET_SUFFIX, Embeddings, can_write_parquet, write_embeddings
from clipdesk.core.export.image_folder import METADATA_NAME, is_of_others, write_metadata
from clipdesk.core.export.rows import Results
from clipdesk.core.export.xmp.keywords import DEFAULT_ROOT, RootKeyword
from clipdesk.core.export.xmp.sidecars import SidecarNaming, SidecarOptions, SidecarReport, write_sidecars
from clipdesk.core.labels.label_set import LabelSet

EXPORT_DESCRIPTION = (
    "Write the labels of a desk that was saved in the window, with its corrections and what they taught. Pictures that "
    "are scored already are not scored again. Several of the options that name a file may be given at once. Exit codes "
    "as for “clipdesk label”; 1 also if sidecars were left alone."
)


def add_export_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `clipdesk export`."""
    parser.add_argument("desk", type=Path, metavar="FILE.clipdesk", help="the saved desk")
    add_table_options(parser, "write the scores to this CSV file")
    parser.add_argument(
        "--xmp",
        action="store_true",
        help="write the labels as keywords into XMP sidecars beside the pictures. Existing sidecars are merged. "
        "Lightroom reads the metadata of a JPEG from the file itself, and sidecars of raw files only",
    )
    parser.add_argument(
        "--xmp-root",
        default=DEFAULT_ROOT,
        metavar="KEYWORD",
        help="with --xmp: the keyword above the labels (default: %(default)s), by which they are found and updated",
    )
    parser.add_argument(
        "--xmp-name",
        type=SidecarNaming,
        choices=list(SidecarNaming),
        default=SidecarNaming.STEM,
        metavar="x.xmp|x.jpg.xmp",
        help="with --xmp: what the sidecar of x.jpg is called: x.xmp as in Lightroom and Capture One (the default), or "
        "x.jpg.xmp as in darktable and digiKam",
    )
    parser.add_argument("--unsure", action="store_true", help="with --xmp: write unsure labels, too")
    parser.add_argument(
        "--imagefolder",
        type=Path,
        metavar="DIR",
        help=f"write {METADATA_NAME} for Hugging Face datasets into this folder, which contains all the pictures",
    )
    parser.add_argument("--npz", type=Path, metavar="FILE", help="write the embeddings to this file for numpy")
    parser.add_argument(
        "--parquet", type=Path, metavar="FILE", help="write the embeddings to this Parquet file; needs pyarrow"
    )
    add_common_options(parser)
    parser.set_defaults(run=run_export, paths=[], label=[], labels=None, template=[], separate_pairs=False)


def run_export(options: argparse.Namespace) -> int:
    """Score the pictures of the desk, mostly from the store, and write what the options name."""
    problem = _problem(options)
    if problem:
        return fail(problem, WRONG_ARGUMENTS)
    saved = read_saved_desk(options.desk)
    label_set: LabelSet = chosen_labels(options, saved)
    with interrupt_sets() as cancel:
        scored = score_pictures(options, label_set, cancel, saved)
        results = Results.of(scored.desk)
        write_tables(scored, list(results), options)
        _write_embeddings(scored, options)
        if options.imagefolder is not None:
            write_metadata(options.imagefolder, results)
        code = OK
        if options.xmp and not scored.was_interrupted:
            progress = ProgressLine()
            report = write_sidecars(
                results,
                _sidecar_options(options),
                on_progress=lambda done, total: progress.show(done, total, unit="sidecars"),
                should_stop=cancel.is_set,
            )
            progress.end()
            code = _report_sidecars(report)
    return scored.report() or code


def _problem(options: argparse.Namespace) -> str:
    """Return what is wrong with the options, or an empty string."""
    embeddings = [path for path in (options.npz, options.parquet) if path is not None]
    files = [*table_files(options), *embeddings]
    if not (files or options.xmp or options.imagefolder):
        return "Say what to write: --csv FILE, --jsonl FILE, --xmp, --imagefolder DIR, --npz FILE or --parquet FILE."
    if not options.xmp and _sidecar_options(options) != SidecarOptions():
        return "--xmp-root, --xmp-name and --unsure go with --xmp."
    if options.npz and options.npz.suffix.lower() == PARQUET_SUFFIX:
        return "For a Parquet file, use --parquet."
    if options.parquet and options.parquet.suffix.lower() != PARQUET_SUFFIX:
        return f"The name of a Parquet file ends in {PARQUET_SUFFIX}."
    if options.parquet and not can_write_parquet():
        return "Parquet files need pyarrow: python -m pip install pyarrow"
    try:
        RootKeyword.parse(options.xmp_root)
    except ExportError as error:
        return str(error)
    if options.imagefolder is not None:
        metadata = options.imagefolder / METADATA_NAME
        if is_of_others(metadata):
            return f"“{metadata}” was not written by ClipDesk. Rename that file, or choose another folder."
        files.append(metadata)
    return problem_with_columns(options) or problem_with_inputs(options) or problem_with_outputs(files, [options.desk])


def _sidecar_options(options: argparse.Namespace) -> SidecarOptions:
    return SidecarOptions(options.xmp_root, options.xmp_name, options.unsure)


def _write_embeddings(scored: ScoredDesk, options: argparse.Namespace) -> None:
    if options.npz is None and options.parquet is None:
        return
    embeddings = Embeddings.of(scored.desk, scored.identity)
    for path in (options.npz, options.parquet):
        if path is not None:
            write_embeddings(path, embeddings)


def _report_sidecars(report: SidecarReport) -> int:
    """Print what happened to the sidecars, and return the exit code."""
    for path, reason in report.problems:
        tell(f"“{printable(path)}” was left alone: {reason}.")
    tell(
        f"Sidecars: {report.written:,} written, {report.cleared:,} cleared, {report.unchanged:,} unchanged, "
        f"{len(report.problems):,} left alone."
    )
    if report.was_stopped:
        return fail("Stopped. The sidecars that were written are kept.", INTERRUPTED)
    return FAILED if report.problems else OK
