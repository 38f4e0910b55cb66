"""Run the app on Ray Serve: several replicas, on one computer or on a cluster."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI

from clipdesk.core.errors import ServeError
from clipdesk.encoders.models.names import parse_model
from clipdesk.server.settings import RayOptions, ServerSettings

logger = logging.getLogger(__name__)

#: Ray adds replicas while each has more concurrent requests than this.
_REQUESTS_PER_REPLICA = 16


def serve_with_ray(
    settings: ServerSettings, options: RayOptions, host: str, port: int, on_listening: Callable[[str], None]
) -> None:
    """Serve on Ray Serve until Ctrl+C or SIGTERM. `on_listening` gets the address once all replicas are ready.

    Starts Ray on this computer, or joins the cluster at `options.address`. Raises UnknownModelError, ServeError if Ray
    fails, and KeyboardInterrupt on Ctrl+C before the replicas are ready.
    """
    for name in settings.models.values():
        parse_model(name)
    # Ray sends usage statistics to its developers unless they are disabled.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray
    from ray import serve

    try:
        if options.address:
            ray.init(address=options.address, log_to_driver=False)
        else:
            _start_ray()
        serve.start(http_options=_http_options(host, port), logging_config=_logging_config())
        serve.run(_application(settings, options), name="clipdesk", route_prefix="/")
        # Only now, because Ray installs its own signal handlers while it starts.
        with _signals_set() as stopped:
            on_listening(f"http://{host}:{port}")
            stopped.wait()
            serve.shutdown()
    except Exception as error:  # Ray also raises bare Exceptions
        reason = " ".join(str(error).split())[:500]
        raise ServeError(f"Ray Serve failed: {reason} See Ray's own log in /tmp/ray.") from error
    finally:
        ray.shutdown()


def _start_ray() -> None:
    """Start Ray on this computer. Retry once, because a cold start can take longer than Ray's timeout of 30 s."""
    import ray

    try:
        ray.init(include_dashboard=False, log_to_driver=False)
    except Exception as error:  # Ray raises a bare Exception here
        if "timed out during startup" not in str(error):
            raise
        logger.warning("Ray did not start within 30 s. Trying once more.")
        ray.shutdown()
        ray.init(include_dashboard=False, log_to_driver=False)


@contextmanager
def _signals_set() -> Iterator[threading.Event]:
    """Yield an event that Ctrl+C and SIGTERM set."""
    event = threading.Event()
    handled = (signal.SIGINT, signal.SIGTERM)
    previous = [signal.signal(number, lambda *_: event.set()) for number in handled]
    try:
        yield event
    finally:
        for number, handler in zip(handled, previous, strict=True):
            signal.signal(number, handler)


def _application(settings: ServerSettings, options: RayOptions) -> Any:
    """Return the Ray Serve application that builds the app in each replica."""
    from ray import serve

    def build() -> FastAPI:
        """Build the app in a replica, and load its pinned models before the replica gets requests."""
        from clipdesk.server.app import build_app

        logging.getLogger("clipdesk").setLevel(logging.INFO)
        app = build_app(settings)
        for thread in app.state.service.shelf.preload():
            thread.ready.result()
        return app

    scaling: dict[str, Any] = {"num_replicas": options.replicas}
    if options.max_replicas > options.replicas:
        scaling = {
            "autoscaling_config": {
                "min_replicas": options.replicas,
                "max_replicas": options.max_replicas,
                "target_ongoing_requests": _REQUESTS_PER_REPLICA,
            }
        }
    deployment = serve.deployment(
        name="clip",
        max_ongoing_requests=settings.max_requests,
        graceful_shutdown_timeout_s=settings.stop_within_s,
        ray_actor_options={"num_cpus": options.cpus_per_replica, "num_gpus": options.gpus_per_replica},
        logging_config=_logging_config(),
        **scaling,
    )
    return deployment(serve.ingress(build)()).bind()


def _http_options(host: str, port: int) -> dict[str, Any]:
    return {"host": host, "port": port, "keep_alive_timeout_s": 75}


def _logging_config() -> dict[str, Any]:
    # Ray's access log has the query, which may contain a key. `guard.limits.Gate` logs requests without it.
    return {"enable_access_log": False}
