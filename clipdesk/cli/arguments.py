"""The commands and their arguments: `clipdesk label`, `clipdesk serve` and `clipdesk models`."""

from __future__ import annotations

import argparse
from pathlib import Path

from clipdesk.cli.compare import run_compare
from clipdesk.cli.duplicates import DUPLICATES_DESCRIPTION, add_duplicates_options
from clipdesk.cli.export import EXPORT_DESCRIPTION, add_export_options
from clipdesk.cli.groups import GROUPS_DESCRIPTION, add_groups_options
from clipdesk.cli.label import run_label
from clipdesk.cli.models import delete_model, download_model, list_models
from clipdesk.cli.options import DEVICE_HELP, add_common_options, probability
from clipdesk.cli.outputs import add_table_options
from clipdesk.cli.search import SEARCH_DESCRIPTION, add_search_options
from clipdesk.cli.serve import run_serve
from clipdesk.cli.serve_options import add_serving_options, device
from clipdesk.cli.sort import run_sort
from clipdesk.cli.undo import run_undo
from clipdesk.core.device_names import DEVICES


def build_parser() -> argparse.ArgumentParser:
    """Build the parser for all commands. The parsed `run` is the function that runs the chosen command."""
    parser = argparse.ArgumentParser(prog="clipdesk", description="Sort pictures by typing words.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    label = commands.add_parser(
        "label",
        help="score pictures against labels",
        description="Score every picture against every label. Exit code 0: every picture was labelled; "
        "3: some could not be read; 2: wrong arguments; 1: the job failed; 130: interrupted.",
    )
    add_scoring_options(label, needs_paths=False)
    label.add_argument(
        "--desk",
        type=Path,
        metavar="FILE.clipdesk",
        help="use the labels, templates, thresholds, model and corrections of a desk saved in the window, and what it "
        "learned from them; without PATH, its pictures, too",
    )
    add_table_options(label, "write the scores to this CSV file, and print no table")
    add_common_options(label)
    label.set_defaults(run=run_label)

    add_export_options(
        commands.add_parser("export", help="write the labels of a saved desk", description=EXPORT_DESCRIPTION)
    )
    _add_compare(
        commands.add_parser(
            "compare", help="compare two wordings of a label, or two templates", description=_COMPARE_DESCRIPTION
        )
    )

    _add_sort(
        commands.add_parser("sort", help="label pictures and put them into folders", description=_SORT_DESCRIPTION)
    )

    add_search_options(
        commands.add_parser("search", help="find pictures by words and pictures", description=SEARCH_DESCRIPTION)
    )
    add_duplicates_options(
        commands.add_parser("duplicates", help="find copies and bursts", description=DUPLICATES_DESCRIPTION)
    )
    add_groups_options(commands.add_parser("groups", help="say what is in folders", description=GROUPS_DESCRIPTION))

    undo = commands.add_parser("undo", help="take back a sort", description=_UNDO_DESCRIPTION)
    undo.add_argument("id", nargs="?", type=int, metavar="ID", help="the number of the sort; by default the latest one")
    undo.add_argument("--into", type=Path, metavar="DIR", help="only sorts into this folder")
    undo.add_argument("--list", action="store_true", help="list past sorts with their numbers, and change nothing")
    undo.add_argument("-v", "--verbose", action="store_true", help="write more to standard error")
    undo.set_defaults(run=run_undo)

    _add_serve(commands.add_parser("serve", help="run a server of the CLIP API", description=_SERVE_DESCRIPTION))

    models = commands.add_parser("models", help="list, download or delete models")
    actions = models.add_subparsers(metavar="ACTION")
    listing = actions.add_parser("list", help="list the recommended models, or all models with these words")
    listing.add_argument("words", nargs="*", metavar="WORD")
    download = actions.add_parser("download", help="download a model, so that it works offline")
    download.add_argument("model", metavar="MODEL")
    delete = actions.add_parser("delete", help="delete a downloaded model")
    delete.add_argument("model", metavar="MODEL")
    for action in (models, listing, download, delete):
        action.add_argument("-v", "--verbose", action="store_true", help="write more to standard error")
    models.set_defaults(run=list_models, words=[])
    listing.set_defaults(run=list_models)
    download.set_defaults(run=download_model)
    delete.set_defaults(run=delete_model)
    return parser


def add_scoring_options(parser: argparse.ArgumentParser, *, needs_paths: bool = True) -> None:
    """Add the options that name pictures, labels and templates."""
    parser.add_argument(
        "paths", nargs="+" if needs_paths else "*", type=Path, metavar="PATH", help="pictures and folders"
    )
    parser.add_argument(
        "--label",
        action="append",
        default=[],
        metavar="NAME[=PROMPT[|PROMPT...]]",
        help="a label, with prompts to use instead of its name; may be repeated, or several separated by commas",
    )
    parser.add_argument(
        "--labels", type=Path, metavar="FILE", help="read labels from a file: one per line, or a saved label set"
    )
    parser.add_argument(
        "--template",
        action="append",
        default=[],
        metavar="T",
        help="a template with {} for the prompt: “a photo of a {}”; may be repeated, the embeddings are averaged",
    )
    parser.add_argument(
        "--separate-pairs",
        action="store_true",
        help="count a camera raw file and its JPEG as two pictures; otherwise the JPEG stands for both",
    )


_COMPARE_DESCRIPTION = (
    "Label pictures by two wordings, A and B, and list those on which they differ. With judged pictures, say which "
    "wording is better, and whether that may be chance. Exit codes as for “clipdesk label”."
)


def _add_compare(compare: argparse.ArgumentParser) -> None:
    add_scoring_options(compare)
    for side in ("a", "b"):
        compare.add_argument(
            f"--{side}",
            metavar="NAME=PROMPT[|PROMPT...]",
            help=f"wording {side.upper()} of a label; by default the label as --label has it",
        )
    for side in ("a", "b"):
        compare.add_argument(
            f"--template-{side}",
            action="append",
            default=[],
            metavar="T",
            help=f"a template for {side.upper()} instead of --template; may be repeated",
        )
    compare.add_argument(
        "--judged",
        type=Path,
        metavar="FILE.csv",
        help="pictures with their right label, in the columns “file” and “label”. Judge pictures that were drawn at "
        "random, not just mistakes",
    )
    compare.add_argument(
        "--csv", type=Path, metavar="FILE", help="write the labels by A and by B of all pictures to this CSV file"
    )
    add_common_options(compare)
    compare.set_defaults(run=run_compare)


_SORT_DESCRIPTION = (
    "Label pictures and put each into the folder of its label. Copies them unless --move or --link is given. Nothing "
    "is overwritten, and “clipdesk undo” takes a sort back. Exit codes as for “clipdesk label”."
)


_UNDO_DESCRIPTION = (
    "Take back a sort, also days later. Moved files go back to where they were, copies go to the trash. Files that were"
    " changed, moved or deleted since then are left alone and listed. An undo can be undone, too."
)


def _add_sort(sort: argparse.ArgumentParser) -> None:
    add_scoring_options(sort)
    sort.add_argument("--into", type=Path, required=True, metavar="DIR", help="the folder for the labels' folders")
    how = sort.add_mutually_exclusive_group()
    how.add_argument("--move", action="store_true", help="move the pictures instead of copying them")
    how.add_argument(
        "--link", choices=("hard", "symbolic"), help="make links to the pictures instead of copies, which take no space"
    )
    sort.add_argument(
        "--folder",
        action="append",
        default=[],
        metavar="LABEL=FOLDER",
        help="the folder of a label, if it is not the label's name; “stay” leaves its pictures where they are; may be "
        "repeated",
    )
    sort.add_argument(
        "--min-probability",
        type=probability,
        default=0.0,
        metavar="P",
        help="treat pictures as unsure whose label is less probable than this (0 to 1)",
    )
    sort.add_argument(
        "--min-margin",
        type=probability,
        default=0.0,
        metavar="P",
        help="treat pictures as unsure whose label is ahead of the second by less than this (0 to 1)",
    )
    for name, what in (("--unsure", "unsure pictures"), ("--none", "pictures that no label fits")):
        sort.add_argument(
            name, default="stay", metavar="stay|FOLDER", help=f"where {what} go; by default they stay where they are"
        )
    tree = sort.add_mutually_exclusive_group()
    tree.add_argument("--flat", action="store_true", help="put all pictures of a label side by side (the default)")
    tree.add_argument(
        "--keep-tree", action="store_true", help="keep the subfolders of each PATH below the label's folder"
    )
    sort.add_argument(
        "--keep-duplicates",
        action="store_true",
        help="also sort pictures that are in their folder already, under a number",
    )
    sort.add_argument(
        "--no-companions",
        action="store_true",
        help="leave sidecar files, RAW twins and the videos of Live Photos where they are",
    )
    sort.add_argument("--dry-run", action="store_true", help="print what would happen, and change nothing")
    sort.add_argument("--plan", type=Path, metavar="FILE.csv", help="write what happens to each file to this CSV file")
    add_common_options(sort)
    sort.set_defaults(run=run_sort)


_SERVE_DESCRIPTION = (
    "Run a server of the CLIP API, so that other programs and computers can use the models of this one. Only this "
    "computer can reach it, unless --host is given. Ctrl+C finishes the requests in flight, then stops the server."
)


def _add_serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, only for this computer)"
    )
    serve.add_argument("--port", type=int, default=9001, help="port to listen on (default: 9001)")
    serve.add_argument(
        "--model", metavar="MODEL", help="the model for ViT-B-16, which requests without a version use as well"
    )
    serve.add_argument(
        "--serve-model",
        action="append",
        default=[],
        metavar="VERSION=MODEL",
        help="the model for another clip_version_id; may be repeated",
    )
    devices = ",".join((*DEVICES, "cuda:N"))
    serve.add_argument("--device", type=device, default="auto", metavar=f"{{{devices}}}", help=DEVICE_HELP)
    serve.add_argument(
        "--keep-models", type=_at_least_1, default=2, metavar="N", help="most models in memory at once (default: 2)"
    )
    add_serving_options(serve)
    access = serve.add_mutually_exclusive_group()
    access.add_argument(
        "--api-key-file", type=Path, metavar="FILE", help="require one of the API keys in this file, one per line"
    )
    access.add_argument(
        "--no-auth", action="store_true", help="require no API key, even if other computers can reach the server"
    )
    serve.add_argument("--allow-urls", action="store_true", help="also fetch pictures by https URL from public hosts")
    serve.add_argument(
        "--max-body-mb", type=_at_least_1, default=20, metavar="MB", help="refuse larger requests (default: 20)"
    )
    serve.add_argument(
        "--max-megapixels", type=_at_least_1, default=100, metavar="N", help="refuse larger pictures (default: 100)"
    )
    serve.add_argument(
        "--queue",
        type=_at_least_1,
        default=256,
        metavar="N",
        help="accept at most this many requests at once, and answer others with 503 (default: 256)",
    )
    serve.add_argument("--ray", action="store_true", help="run on Ray Serve (see docs/scaling.md)")
    serve.add_argument(
        "--replicas", type=_at_least_1, default=1, metavar="N", help="with --ray: number of replicas (default: 1)"
    )
    serve.add_argument(
        "--max-replicas", type=_at_least_1, default=1, metavar="N", help="with --ray: add up to this many under load"
    )
    serve.add_argument(
        "--gpus-per-replica", type=float, default=0.0, metavar="N", help="with --ray: GPUs per replica, for example 0.5"
    )
    serve.add_argument("--ray-address", default="", metavar="ADDRESS", help="with --ray: the Ray cluster to join")
    serve.add_argument("-v", "--verbose", action="store_true", help="log every request on standard error")
    serve.set_defaults(run=run_serve)


def _at_least_1(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return value
