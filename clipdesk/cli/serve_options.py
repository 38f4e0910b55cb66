"""Options of `clipdesk serve` for its models, browsers and HTTPS. Imports nothing heavy."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from clipdesk.core.device_names import DEVICES

_ORIGIN = re.compile(r"\*|https?://[^/\s?#@]+")


def add_serving_options(serve: argparse.ArgumentParser) -> None:
    """Add the options that `serving_settings` reads."""
    serve.add_argument(
        "--preload",
        action="append",
        default=[],
        metavar="VERSION",
        help="load this clip_version_id at the start, and keep it in memory like the default one; may be repeated",
    )
    serve.add_argument(
        "--load-wait",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help="how long a request waits for a model that is being loaded, before it is answered with 503 (default: 60)",
    )
    serve.add_argument(
        "--cors-origin",
        type=_origin,
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let web pages of this origin use the API, for example https://example.com, or * for all; may be repeated",
    )
    serve.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="serve HTTPS with this certificate chain, a PEM file"
    )
    serve.add_argument("--tls-key", type=Path, metavar="FILE", help="the private key of the certificate, a PEM file")


def serving_settings(options: argparse.Namespace, models: dict[str, str]) -> dict[str, Any]:
    """Return the server settings that the options ask for. Raises ServeError."""
    from clipdesk.core.errors import ServeError
    from clipdesk.server.web.tls import certificate

    for version in options.preload:
        if version not in models:
            raise ServeError(f"There is no “{version}” to preload. This server has {', '.join(models)}.")
    if options.ray and options.tls_cert:
        raise ServeError("Ray serves no HTTPS. Put a reverse proxy in front of it (see docs/scaling.md).")
    return {
        "models": models,
        "preload": tuple(options.preload),
        "load_wait_s": options.load_wait,
        "cors_origins": tuple(options.cors_origin),
        "certificate": certificate(options.tls_cert, options.tls_key),
    }


def device(text: str) -> str:
    """Parse a device: one of `DEVICES`, or a certain GPU such as cuda:1. Raises ArgumentTypeError."""
    if text in DEVICES or re.fullmatch(r"cuda:\d{1,3}", text):
        return text
    raise argparse.ArgumentTypeError(f"“{text}” is none of {', '.join(DEVICES)} and cuda:N")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 3600")
    return value


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not an origin such as https://example.com")
    return text
