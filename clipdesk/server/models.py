"""The models of a server: loaded when first requested, the least recently used unloaded when another needs the room."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.errors import ClipDeskError
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder
from clipdesk.encoders.models.progress import LoadProgress
from clipdesk.server.batching import EncoderThread, OnBatch
from clipdesk.server.errors import RequestError, not_ready
from clipdesk.server.settings import DEFAULT_VERSION, ServerSettings

logger = logging.getLogger(__name__)

#: After a failure to load a model, requests fail for this long before it is loaded again.
_RELOAD_AFTER_S = 30.0


@dataclass(frozen=True)
class LoadedModel:
    """A model in memory, ready to encode."""

    version: str
    encoder: OpenClipEncoder
    thread: EncoderThread


class ModelShelf:
    """The models in memory by version, at most `settings.keep_models`. Not thread-safe: call it on the event loop.

    `on_batch` is called after every batch of every model (see `EncoderThread`), `on_count` with the number of loaded
    models when it changes; both on the models' threads.
    """

    def __init__(
        self, settings: ServerSettings, *, on_batch: OnBatch, on_count: Callable[[int], None] = lambda count: None
    ) -> None:
        self._settings = settings
        self._on_batch = on_batch
        self._on_count = on_count
        self._threads: dict[str, EncoderThread] = {}  # the least recently used first
        self._failed_at: dict[str, float] = {}
        self._leaving: list[EncoderThread] = []
        self._cancel = threading.Event()

    @property
    def is_ready(self) -> bool:
        """Whether any model is loaded."""
        return any(_is_loaded(thread) for thread in self._threads.values())

    def preload(self) -> EncoderThread:
        """Start to load the default version's model, unless it is loaded, and return its thread."""
        return self._threads.get(DEFAULT_VERSION) or self._start_loading(DEFAULT_VERSION)

    def get(self, version: str | None) -> LoadedModel:
        """Return the model of a version, the default one for None, and start to load it if necessary.

        Raises RequestError: 400 for an unknown version, 503 while the model loads, 500 if it failed to load.
        """
        version = version or DEFAULT_VERSION
        if version not in self._settings.models:
            known = ", ".join(self._settings.models)
            raise RequestError(400, f"There is no clip_version_id “{version[:80]}”. This server has {known}.")
        thread = self._threads.pop(version, None)
        if thread is not None:
            self._threads[version] = thread  # now the most recently used
        if thread is not None and thread.ready.done() and thread.ready.exception() is not None:
            if time.monotonic() - self._failed_at.setdefault(version, time.monotonic()) < _RELOAD_AFTER_S:
                raise RequestError(500, f"The model of “{version}” could not be loaded. The server's log says why.")
            del self._threads[version], self._failed_at[version]
            thread = None
        if thread is None:
            thread = self._start_loading(version)
        if not _is_loaded(thread):
            raise not_ready(f"The model of “{version}” is being loaded. Try again in a second.")
        return LoadedModel(version, thread.ready.result(), thread)

    def close(self) -> None:
        """Finish all queued jobs and unload all models. Blocks until then. Cancels downloads."""
        self._cancel.set()
        for thread in self._threads.values():
            thread.stop()
        for thread in (*self._threads.values(), *self._leaving):
            thread.join()

    def _start_loading(self, version: str) -> EncoderThread:
        leaving = self._make_room()
        name = self._settings.models[version]

        def load() -> OpenClipEncoder:
            for thread in leaving:
                thread.join()  # until its memory is free
            return _load(version, name, self._settings.device, self._cancel)

        thread = EncoderThread(
            load, max_wait_s=self._settings.batch_wait_s, on_batch=self._on_batch, name=f"encoder {version}"
        )
        self._threads[version] = thread
        thread.ready.add_done_callback(lambda _: self._count())
        thread.start()
        return thread

    def _make_room(self) -> list[EncoderThread]:
        """Stop the least recently used models until one more fits. Raises RequestError 503 if too many are loading.

        Returns the threads that are still stopping.
        """
        self._leaving = [thread for thread in self._leaving if thread.is_alive]
        leaving = []
        for version in [version for version, thread in self._threads.items() if thread.ready.done()]:
            if len(self._threads) < self._settings.keep_models:
                break
            thread = self._threads.pop(version)
            self._failed_at.pop(version, None)
            thread.stop()
            if _is_loaded(thread):
                logger.info("Unloading “%s” to make room.", version)
            leaving.append(thread)
        if len(self._threads) >= self._settings.keep_models:
            raise not_ready("Other models are being loaded. Try again in a second.")
        self._leaving += leaving
        return list(self._leaving)

    def _count(self) -> None:
        self._on_count(sum(_is_loaded(thread) for thread in list(self._threads.values())))


def public_facts(identity: EncoderIdentity, version: str) -> dict[str, str]:
    """Return what an answer says about its model: enough to compare weights, but no local folder."""
    kind, _, place = identity.model.partition(":")
    model = f"{kind}:{PurePath(place).name}" if kind == "local-dir" else identity.model
    return {
        "model_id": f"clip/{version}",
        "model": model,
        "checkpoint": identity.checkpoint,
        "preprocessing": identity.preprocessing,
    }


def _is_loaded(thread: EncoderThread) -> bool:
    return thread.ready.done() and thread.ready.exception() is None


def _load(version: str, name: str, device: str, cancel: threading.Event) -> OpenClipEncoder:
    """Load a model, and log when it starts, how long it takes and why it fails."""
    logger.info("Loading “%s” for clip_version_id “%s”.", name, version)
    started = time.monotonic()
    try:
        encoder = load_encoder(name, device=device, progress=_LoggedProgress(name).show, cancel=cancel)
    except ClipDeskError as error:
        if not cancel.is_set():
            logger.error("clip_version_id “%s” cannot be served: %s", version, error)
        raise
    except Exception:
        logger.exception("clip_version_id “%s” cannot be served.", version)
        raise
    logger.info("“%s” is ready after %.1f s on %s.", version, time.monotonic() - started, encoder.place)
    return encoder


class _LoggedProgress:
    """Logs the progress of a download every ten seconds."""

    _INTERVAL_S = 10.0

    def __init__(self, name: str) -> None:
        self._name = name
        self._logged_at = time.monotonic()

    def show(self, progress: LoadProgress) -> None:
        if progress.total_bytes and time.monotonic() - self._logged_at >= self._INTERVAL_S:
            self._logged_at = time.monotonic()
            done, total = progress.done_bytes / 1e6, progress.total_bytes / 1e6
            logger.info("%s: %s, %.0f of %.0f MB", self._name, progress.stage, done, total)
