"""`clipdesk serve`: run a server of the CLIP API."""

from __future__ import annotations

import argparse
import logging
import sys

from clipdesk.cli.serve_options import serving_settings
from clipdesk.cli.terminal import OK, WRONG_ARGUMENTS, fail

#: Packages that the extras `server` and `ray` install.
_SERVER_PACKAGES = ("fastapi", "starlette", "pydantic", "uvicorn", "httptools", "prometheus_client", "ray")


def run_serve(options: argparse.Namespace) -> int:
    """Serve until Ctrl+C or SIGTERM, and return the exit code. Raises ServeError and what loading the model raises."""
    from clipdesk.server import settings as server

    if not server.is_loopback(options.host) and not options.api_key_file and not options.no_auth:
        return fail(
            f"Other computers can reach {options.host}. Require a key with --api-key-file FILE, "
            "or allow access without a key with --no-auth.",
            WRONG_ARGUMENTS,
        )
    settings = server.ServerSettings(
        **serving_settings(options, server.model_map(options.model, options.serve_model)),
        device=options.device,
        key_digests=server.read_key_file(options.api_key_file) if options.api_key_file else (),
        allow_urls=options.allow_urls,
        max_body_bytes=options.max_body_mb * 1_000_000,
        # One client alone gets half of it.
        max_waiting_bytes=max(400_000_000, 4_000_000 * options.max_body_mb),
        max_pixels=options.max_megapixels * 1_000_000,
        max_requests=options.queue,
        keep_models=options.keep_models,
    )
    logging.getLogger("clipdesk").setLevel(logging.DEBUG if options.verbose else logging.INFO)
    try:
        if options.ray:
            from clipdesk.server.ray_app import serve_with_ray

            ray = server.RayOptions(
                options.replicas,
                options.max_replicas,
                gpus_per_replica=options.gpus_per_replica,
                address=options.ray_address,
            )
            serve_with_ray(settings, ray, options.host, options.port, _print_address)
        else:
            from clipdesk.server.run import serve

            serve(settings, options.host, options.port, _print_address)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _SERVER_PACKAGES:
            raise
        extra = "ray" if options.ray else "server"
        # Not by name: the package index has no “clipdesk”, and whoever registers the name would be trusted.
        return fail(
            "“clipdesk serve” needs packages that are not installed. In ClipDesk's folder, run: "
            f'python -m pip install ".[{extra}]"'
        )
    print("Stopped.", file=sys.stderr)
    return OK


def _print_address(address: str) -> None:
    print(
        f"The CLIP API is at {address}, its documentation at {address}/docs. Press Ctrl+C to stop.",
        file=sys.stderr,
        flush=True,
    )
