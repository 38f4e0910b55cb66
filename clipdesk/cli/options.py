"""The options that the window and the commands share. Imports nothing that the window's start would wait for."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clipdesk.core.device_names import DEVICES

if TYPE_CHECKING:
    from clipdesk.encoders.remote.servers import ServerChoice

DEVICE_HELP = (
    "where to compute; processor and NVIDIA card take the fastest way that keeps the scores, unless they are told fp32 "
    "(exact) or bf16 (fast)"
)


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """The options that the window and the commands share."""
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="starter, an open_clip model:tag, local-dir:DIR or hf-hub:ORG/REPO; with --server the model's name there",
    )
    parser.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="URL",
        help="send small copies of the pictures to this server of Roboflow's CLIP API instead of computing here; "
        "may be repeated: servers with the same model share the work. The key: the one stored for this host, "
        "or ROBOFLOW_API_KEY, or API_KEY from the environment",
    )
    parser.add_argument(
        "--same-weights-as",
        default="",
        metavar="MODEL",
        help="the server's model is this one of this computer: embeddings are shared with it",
    )
    parser.add_argument("--jpeg", action="store_true", help="send JPEG instead of PNG: a third of the bytes")
    parser.add_argument(
        "--parallel", type=_parallel, default=16, metavar="N", help="most requests at once for each server (16)"
    )
    parser.add_argument("--device", choices=DEVICES, default="auto", help=DEVICE_HELP)
    parser.add_argument(
        "--threshold",
        type=_probability,
        metavar="P",
        help="below this probability (0 to 1) a picture counts as unsure",
    )
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep what was computed before")
    parser.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")


def server_choice(options: argparse.Namespace) -> ServerChoice | None:
    """What the options say about servers; None to compute here."""
    from clipdesk.encoders.remote.servers import DEFAULT_VERSION, ServerChoice

    if not options.server:
        return None
    return ServerChoice(
        tuple(options.server),
        options.model or DEFAULT_VERSION,
        "jpeg" if options.jpeg else "png",
        options.parallel,
        options.same_weights_as,
    )


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _parallel(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 256:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 256")
    return value
