"""`clipdesk serve`: be a server of the CLIP API."""

from __future__ import annotations

import argparse
import logging
import sys

from clipdesk.cli.terminal import OK, WRONG_ARGUMENTS, fail

#: What the extras `server` and `ray` bring.
_SERVER_PACKAGES = ("fastapi", "starlette", "pydantic", "uvicorn", "prometheus_client", "ray")


def run_serve(options: argparse.Namespace) -> int:
    from clipdesk.server import settings as server

    if not server.is_loopback(options.host) and not options.api_key_file and not options.no_auth:
        return fail(
            f"Other computers can reach {options.host}. Ask for a key with --api-key-file FILE, "
            "or let everyone in with --no-auth.",
            WRONG_ARGUMENTS,
        )
    chosen = server.ServerSettings(
        models=server.model_map(options.model, options.serve_model),
        device=options.device,
        key_digests=server.read_key_file(options.api_key_file) if options.api_key_file else (),
        allow_urls=options.allow_urls,
        max_body_bytes=options.max_body_mb * 1_000_000,
        max_pixels=options.max_megapixels * 1_000_000,
        max_requests=options.queue,
        keep_models=options.keep_models,
    )
    logging.getLogger("clipdesk").setLevel(logging.DEBUG if options.verbose else logging.INFO)
    # Pillow tells every tag of a picture, its place among them.
    logging.getLogger("PIL").setLevel(logging.WARNING)
    try:
        if options.ray:
            from clipdesk.server.ray_app import serve_with_ray

            ray = server.RayOptions(
                options.replicas,
                options.max_replicas,
                gpus_per_replica=options.gpus_per_replica,
                address=options.ray_address,
            )
            serve_with_ray(chosen, ray, options.host, options.port, _say_address)
        else:
            from clipdesk.server.run import serve

            serve(chosen, options.host, options.port, _say_address)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _SERVER_PACKAGES:
            raise
        extra = "ray" if options.ray else "server"
        return fail(f'“clipdesk serve” needs a part that is not installed: pip install "clipdesk[{extra}]"')
    print("Stopped.", file=sys.stderr)
    return OK


def _say_address(address: str) -> None:
    print(
        f"The CLIP API is at {address}, its description at {address}/docs. Ctrl+C stops.", file=sys.stderr, flush=True
    )
