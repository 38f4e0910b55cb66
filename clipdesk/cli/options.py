"""Command-line options that the window and the commands share. Imports nothing heavy, so that the window opens fast."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from clipdesk.core.device_names import DEVICES

if TYPE_CHECKING:
    from clipdesk.encoders.remote.servers import ServerChoice

DEVICE_HELP = (
    "the device to compute on; CPU and CUDA use the fastest precision that leaves the scores unchanged, unless :fp32 "
    "(exact), :bf16 (fast) or :int8 (fast, Vision Transformers on a CPU only: scores differ slightly) is added"
)


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that the window and the commands that label pictures share."""
    add_model_options(parser)
    parser.add_argument(
        "--threshold",
        type=probability,
        metavar="P",
        help="mark pictures as unsure whose best label is less probable than this (0 to 1)",
    )


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which model embeds the pictures, and where."""
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="starter, an open_clip name as MODEL:TAG, local-dir:DIR or hf-hub:ORG/REPO; with --server, the model's "
        "name on the server",
    )
    parser.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="URL",
        help="send small copies of the pictures to this server of Roboflow's CLIP API instead of computing on this "
        "computer; repeat it to share the work among servers with the same model. Uses the key stored for the host, "
        "or the one in the environment variable ROBOFLOW_API_KEY or API_KEY",
    )
    parser.add_argument(
        "--same-weights-as",
        default="",
        metavar="MODEL",
        help="with --server: its model has the same weights as this local one, so share the embeddings of both",
    )
    parser.add_argument(
        "--jpeg", action="store_true", help="with --server: send JPEG instead of PNG, a third of the bytes"
    )
    parser.add_argument(
        "--parallel",
        type=_parallel,
        default=16,
        metavar="N",
        help="with --server: at most this many requests at once to each server (default: 16)",
    )
    parser.add_argument("--device", choices=DEVICES, default="auto", help=DEVICE_HELP)
    parser.add_argument("--no-cache", action="store_true", help="neither read nor store embeddings")
    parser.add_argument("-v", "--verbose", action="store_true", help="write more to standard error")


def server_choice(options: argparse.Namespace) -> ServerChoice | None:
    """Return the servers that the options name, None to compute on this computer."""
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


def probability(text: str) -> float:
    """Parse a number from 0 to 1. Raises ArgumentTypeError."""
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
