"""Which model answers for a version: loaded when it is first asked for, given back when others need the room."""

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

_log = logging.getLogger(__name__)

#: A model that failed to load is tried again after this time, not at every request.
_TRY_AGAIN_AFTER_S = 30.0


@dataclass(frozen=True)
class LoadedModel:
    """A model that can answer now."""

    version: str
    encoder: OpenClipEncoder
    thread: EncoderThread


class ModelShelf:
    """The models in memory, at most `settings.keep_models`, by version. Only the event loop's thread calls it."""

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
        """Whether any model can answer now."""
        return any(_is_loaded(thread) for thread in self._threads.values())

    def preload(self) -> EncoderThread:
        """Begin to load the default version's model."""
        return self._threads.get(DEFAULT_VERSION) or self._begin_to_load(DEFAULT_VERSION)

    def get(self, version: str | None) -> LoadedModel:
        """The model of a version. Raises RequestError: 400 unknown, 503 while it loads, 500 if it cannot load."""
        version = version or DEFAULT_VERSION
        if version not in self._settings.models:
            known = ", ".join(self._settings.models)
            raise RequestError(400, f"There is no clip_version_id “{version[:80]}” here. This server knows {known}.")
        thread = self._threads.pop(version, None)
        if thread is not None:
            self._threads[version] = thread
        if thread is not None and thread.ready.done() and thread.ready.exception() is not None:
            if time.monotonic() - self._failed_at.setdefault(version, time.monotonic()) < _TRY_AGAIN_AFTER_S:
                raise RequestError(500, f"The model of “{version}” could not be loaded. The server's log says why.")
            del self._threads[version], self._failed_at[version]
            thread = None
        if thread is None:
            thread = self._begin_to_load(version)
        if not _is_loaded(thread):
            raise not_ready(f"The model of “{version}” is being loaded. Try again in a second.")
        return LoadedModel(version, thread.ready.result(), thread)

    def close(self) -> None:
        """Finish what was taken, give all models back; blocks until then. A download is broken off."""
        self._cancel.set()
        for thread in self._threads.values():
            thread.stop()
        for thread in (*self._threads.values(), *self._leaving):
            thread.join()

    def _begin_to_load(self, version: str) -> EncoderThread:
        leaving = self._make_room()
        name = self._settings.models[version]

        def load() -> OpenClipEncoder:
            for thread in leaving:
                thread.join()  # first its memory, then this model's
            return _load(version, name, self._settings.device, self._cancel)

        thread = EncoderThread(
            load, max_wait_s=self._settings.batch_wait_s, on_batch=self._on_batch, name=f"encoder {version}"
        )
        self._threads[version] = thread
        thread.ready.add_done_callback(lambda _: self._count())
        thread.start()
        return thread

    def _make_room(self) -> list[EncoderThread]:
        """Ask the least recently used models to leave until one more fits. Raises RequestError if all are loading."""
        self._leaving = [thread for thread in self._leaving if thread.is_alive]
        leaving = []
        for version in [version for version, thread in self._threads.items() if thread.ready.done()]:
            if len(self._threads) < self._settings.keep_models:
                break
            thread = self._threads.pop(version)
            self._failed_at.pop(version, None)
            thread.stop()
            if _is_loaded(thread):
                _log.info("Giving “%s” back to make room.", version)
            leaving.append(thread)
        if len(self._threads) >= self._settings.keep_models:
            raise not_ready("Other models are being loaded. Try again in a second.")
        self._leaving += leaving
        return list(self._leaving)

    def _count(self) -> None:
        self._on_count(sum(_is_loaded(thread) for thread in list(self._threads.values())))


def public_facts(identity: EncoderIdentity, version: str) -> dict[str, str]:
    """What an answer says about its model: enough to compare weights, but no folder of this computer."""
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
    _log.info("Loading “%s” for clip_version_id “%s”.", name, version)
    started = time.monotonic()
    try:
        encoder = load_encoder(name, device=device, progress=_LoggedProgress(name).show, cancel=cancel)
    except ClipDeskError as error:
        if not cancel.is_set():
            _log.error("clip_version_id “%s” cannot be served: %s", version, error)
        raise
    except Exception:
        _log.exception("clip_version_id “%s” cannot be served.", version)
        raise
    _log.info("“%s” is ready after %.1f s on %s.", version, time.monotonic() - started, encoder.place)
    return encoder


class _LoggedProgress:
    """A download's progress in the log, every ten seconds."""

    _INTERVAL_S = 10.0

    def __init__(self, name: str) -> None:
        self._name = name
        self._said = time.monotonic()

    def show(self, progress: LoadProgress) -> None:
        if progress.total_bytes and time.monotonic() - self._said >= self._INTERVAL_S:
            self._said = time.monotonic()
            done, total = progress.done_bytes / 1e6, progress.total_bytes / 1e6
            _log.info("%s: %s, %.0f of %.0f MB", self._name, progress.stage, done, total)
