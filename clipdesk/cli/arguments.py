"""What can be typed after `clipdesk`: the commands."""

from __future__ import annotations

import argparse
from pathlib import Path

from clipdesk.cli.label import run_label
from clipdesk.cli.models import delete_model, download_model, list_models
from clipdesk.cli.options import DEVICE_HELP, add_common_options
from clipdesk.cli.serve import run_serve
from clipdesk.core.device_names import DEVICES


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clipdesk", description="Sort pictures by typing words.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    label = commands.add_parser(
        "label",
        help="score pictures against labels",
        description="Score every picture against every label. Exit code 0: every picture was labelled; "
        "3: some could not be read; 2: wrong arguments; 1: the job failed; 130: interrupted.",
    )
    label.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="pictures and folders")
    label.add_argument(
        "--label",
        action="append",
        default=[],
        metavar="NAME[=PROMPT[|PROMPT...]]",
        help="a label, with the words that describe it where the name does not; may be repeated",
    )
    label.add_argument("--labels", type=Path, metavar="FILE", help="labels from a file: one a line, or a saved set")
    label.add_argument(
        "--template",
        action="append",
        default=[],
        metavar="T",
        help="put every prompt into these words, {} stands for it: “a photo of a {}”; several are averaged",
    )
    label.add_argument(
        "--csv", type=Path, metavar="FILE", help="write the scores to this file instead of a table to the screen"
    )
    label.add_argument("--jsonl", type=Path, metavar="FILE", help="write the same fields as JSON Lines")
    label.add_argument("--details", type=Path, metavar="FILE", help="write the model and the prompts as JSON")
    add_common_options(label)
    label.set_defaults(run=run_label)

    _add_serve(commands.add_parser("serve", help="be a server for the CLIP API", description=_SERVE_DESCRIPTION))

    models = commands.add_parser("models", help="list models, or download one")
    actions = models.add_subparsers(metavar="ACTION")
    listing = actions.add_parser("list", help="the models to choose from (add words to search all)")
    listing.add_argument("words", nargs="*", metavar="WORD")
    download = actions.add_parser("download", help="fetch a model, so that it works offline")
    download.add_argument("model", metavar="MODEL")
    delete = actions.add_parser("delete", help="delete a downloaded model")
    delete.add_argument("model", metavar="MODEL")
    for action in (models, listing, download, delete):
        action.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")
    models.set_defaults(run=list_models, words=[])
    listing.set_defaults(run=list_models)
    download.set_defaults(run=download_model)
    delete.set_defaults(run=delete_model)
    return parser


_SERVE_DESCRIPTION = (
    "Answer the CLIP API, so that other computers and programs can use the models of this one. Reachable from this "
    "computer only, unless --host says otherwise. Ctrl+C finishes what is in flight, then stops."
)


def _add_serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this computer only)")
    serve.add_argument("--port", type=int, default=9001, help="port to listen on (9001)")
    serve.add_argument(
        "--model", metavar="MODEL", help="what answers where a request names no version, and for ViT-B-16"
    )
    serve.add_argument(
        "--serve-model",
        action="append",
        default=[],
        metavar="VERSION=MODEL",
        help="what answers for another clip_version_id; may be repeated",
    )
    serve.add_argument("--device", choices=DEVICES, default="auto", help=DEVICE_HELP)
    serve.add_argument("--keep-models", type=_at_least_1, default=2, metavar="N", help="models in memory at once (2)")
    access = serve.add_mutually_exclusive_group()
    access.add_argument("--api-key-file", type=Path, metavar="FILE", help="ask for one of these keys: one a line")
    access.add_argument("--no-auth", action="store_true", help="let anyone in who can reach an open address")
    serve.add_argument("--allow-urls", action="store_true", help="also fetch pictures by https address, public ones")
    serve.add_argument("--max-body-mb", type=_at_least_1, default=20, metavar="MB", help="largest request (20)")
    serve.add_argument("--max-megapixels", type=_at_least_1, default=100, metavar="N", help="largest picture (100)")
    serve.add_argument(
        "--queue", type=_at_least_1, default=256, metavar="N", help="requests at once; more are told to come back (256)"
    )
    serve.add_argument("--ray", action="store_true", help="run on Ray Serve (see docs/scaling.md)")
    serve.add_argument("--replicas", type=_at_least_1, default=1, metavar="N", help="with --ray: copies of the server")
    serve.add_argument(
        "--max-replicas", type=_at_least_1, default=1, metavar="N", help="with --ray: up to so many under load"
    )
    serve.add_argument("--gpus-per-replica", type=float, default=0.0, metavar="N", help="with --ray: may be 0.5")
    serve.add_argument("--ray-address", default="", metavar="ADDRESS", help="with --ray: join this cluster")
    serve.add_argument("-v", "--verbose", action="store_true", help="a line for every request, on standard error")
    serve.set_defaults(run=run_serve)


def _at_least_1(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return value
