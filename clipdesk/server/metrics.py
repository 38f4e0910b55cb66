"""The server's metrics for Prometheus, served at /metrics."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from clipdesk.server.batching import Kind


class Metrics:
    """The metrics of one server, in a registry of their own. May be updated from any thread."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)  # memory and CPU time, on Linux
        self._requests = Counter(
            "clipdesk_requests", "Answered requests.", ("endpoint", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "clipdesk_request_seconds",
            "Seconds from the first byte of a request to its answer.",
            ("endpoint",),
            buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
            registry=self._registry,
        )
        self._in_flight = Gauge(
            "clipdesk_requests_in_flight", "Requests that are being read or answered.", registry=self._registry
        )
        self._items = Counter("clipdesk_encoded", "Pictures and texts encoded.", ("kind",), registry=self._registry)
        self._batch = Histogram(
            "clipdesk_batch_size",
            "Pictures or texts in one batch.",
            ("kind",),
            buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
            registry=self._registry,
        )
        self._encoding = Counter(
            "clipdesk_encoding_seconds", "Seconds that encoders were busy.", ("kind",), registry=self._registry
        )
        self._models = Gauge("clipdesk_models_loaded", "Models in memory.", registry=self._registry)

    def request_started(self) -> None:
        self._in_flight.inc()

    def request_ended(self) -> None:
        self._in_flight.dec()

    def request_answered(self, endpoint: str, status: int, seconds: float) -> None:
        """Count an answer, also one to a request that was refused before it started."""
        self._requests.labels(endpoint, str(status)).inc()
        self._seconds.labels(endpoint).observe(seconds)

    def batch_encoded(self, kind: Kind, count: int, seconds: float) -> None:
        self._items.labels(kind).inc(count)
        self._batch.labels(kind).observe(count)
        self._encoding.labels(kind).inc(seconds)

    def models_loaded(self, count: int) -> None:
        self._models.set(count)

    def text(self) -> bytes:
        """Return all metrics in Prometheus's text format."""
        return generate_latest(self._registry)
