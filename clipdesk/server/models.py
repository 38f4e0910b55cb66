"""The models of a server: loaded when first requested, the least recently used unloaded when another needs the room."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePath

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.errors import ClipDeskError
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder
from clipdesk.encoders.models.progress import LoadProgress
from clipdesk.server.batching import EncoderThread, OnBatch
from clipdesk.server.errors import RequestError, not_ready, stopping
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
    """The models in memory by version, at most `settings.keep_models`, and one more while that one is being loaded.

    The default model and those of `settings.preload` are loaded at the start and pinned: they stay. With room for one
    model and nothing to preload, the default one is not pinned, because no other could be used. Another model takes the
    place of the least recently used one only once it has loaded, so a model that cannot be loaded displaces nothing.
    `lend` runs on the event loop.

    `on_batch` is called after every batch of every model (see `EncoderThread`), `on_count` with the number of loaded
    models when it changes; both on the models' threads.
    """

    def __init__(
        self, settings: ServerSettings, *, on_batch: OnBatch, on_count: Callable[[int], None] = lambda count: None
    ) -> None:
        self._settings = settings
        self._on_batch = on_batch
        self._on_count = on_count
        self._first = tuple(dict.fromkeys((DEFAULT_VERSION, *settings.preload)))
        self._pinned = self._first if settings.keep_models > 1 or settings.preload else ()
        self._keep = max(settings.keep_models, len(self._pinned))
        self._lock = threading.Lock()  # for everything below: models finish loading on threads of their own
        self._threads: dict[str, EncoderThread] = {}  # loaded or loading, the least recently used first
        self._loans: Counter[EncoderThread] = Counter()
        self._leaving: list[EncoderThread] = []
        self._failed_at: dict[str, float] = {}
        self._preloaded: tuple[EncoderThread, ...] = ()
        self._cancel = threading.Event()
        self._waiting: set[asyncio.Event] = set()  # requests that wait for a model to load

    @property
    def is_ready(self) -> bool:
        """Whether the models of the start have been loaded."""
        return bool(self._preloaded) and all(_is_loaded(thread) for thread in self._preloaded)

    def preload(self) -> tuple[EncoderThread, ...]:
        """Start to load the models of the start on the first call. Return their threads, the default model's first."""
        with self._lock:
            if not self._preloaded:
                self._preloaded = tuple(self._start_loading(version) for version in self._first)
        return self._preloaded

    @asynccontextmanager
    async def lend(self, version: str | None) -> AsyncIterator[LoadedModel]:
        """Yield the model of a version, the default one for None. It stays in memory as long as the block runs.

        If it is not loaded, load it and wait for it, at most `settings.load_wait_s`. Raises RequestError: 400 for an
        unknown version, 500 if it failed to load, 503 if it is not loaded in time.
        """
        version = version or DEFAULT_VERSION
        if version not in self._settings.models:
            known = ", ".join(self._settings.models)
            raise RequestError(400, f"There is no clip_version_id “{version[:80]}”. This server has {known}.")
        thread = await self._borrow(version)
        try:
            yield LoadedModel(version, thread.ready.result(), thread)
        finally:
            self._give_back(thread)

    def stop_loading(self) -> None:
        """Load no more models, and refuse the requests that wait for one. Cancels downloads. Runs on the event loop."""
        self._cancel.set()
        for waiting in self._waiting:
            waiting.set()

    def close(self) -> None:
        """Finish all queued jobs and unload all models. Blocks until then. Cancels downloads."""
        self._cancel.set()
        with self._lock:
            threads = [*self._threads.values(), *self._leaving]
            for thread in threads:
                thread.stop()
        for thread in threads:
            thread.join()

    async def _borrow(self, version: str) -> EncoderThread:
        """Wait until a version's model is loaded, and count a loan of it. Raises RequestError."""
        deadline = time.monotonic() + self._settings.load_wait_s
        while True:
            with self._lock:
                if self._cancel.is_set() and not _is_loaded(self._threads.get(version)):
                    raise stopping()
                thread = self._find_or_load(version)
                if thread is not None and _is_loaded(thread):
                    self._loans[thread] += 1
                    return thread
                pending = thread or self._loading()
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise not_ready(f"The model of “{version}” is being loaded. Try again in a second.")
            if pending is not None:
                await self._wait(pending.ready, left_s)

    async def _wait(self, ready: Future[OpenClipEncoder], timeout_s: float) -> None:
        """Wait until a model has been loaded or has failed, or no more are loaded, at most `timeout_s`."""
        loop = asyncio.get_running_loop()
        done = asyncio.Event()

        def tell(_: object) -> None:
            with suppress(RuntimeError):  # the loop has been closed
                loop.call_soon_threadsafe(done.set)

        ready.add_done_callback(tell)
        self._waiting.add(done)
        try:
            async with asyncio.timeout(timeout_s):
                await done.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(done)

    def _find_or_load(self, version: str) -> EncoderThread | None:
        """Return the thread of a version, starting it if necessary; None if others have to be loaded first.

        Called with the lock held. Raises RequestError.
        """
        thread = self._threads.pop(version, None)
        if thread is not None:
            self._threads[version] = thread  # now the most recently used
            return thread
        failed_at = self._failed_at.get(version)
        if failed_at is not None and time.monotonic() - failed_at < _RELOAD_AFTER_S:
            raise RequestError(500, f"The model of “{version}” could not be loaded. The server's log says why.")
        if self._keep == len(self._pinned) and version not in self._pinned:
            kept = ", ".join(self._pinned)
            raise RequestError(
                400,
                f"This server keeps only {kept} in memory, so it does not load “{version}”. Whoever runs it can allow "
                f"that with --keep-models {self._keep + 1}.",
            )
        return None if self._loading() else self._start_loading(version)

    def _loading(self) -> EncoderThread | None:
        """Return a model's thread that is loading, None if there is none. Called with the lock held."""
        return next((thread for thread in self._threads.values() if not thread.ready.done()), None)

    def _start_loading(self, version: str) -> EncoderThread:
        """Start the thread of a version's model. Called with the lock held."""
        self._leaving = [thread for thread in self._leaving if thread.is_alive]
        leaving, name = list(self._leaving), self._settings.models[version]

        def load() -> OpenClipEncoder:
            for left in leaving:
                left.join()  # until its memory is free
            return _load(version, name, self._settings.device, self._cancel)

        thread = EncoderThread(
            load, max_wait_s=self._settings.batch_wait_s, on_batch=self._on_batch, name=f"encoder {version}"
        )
        self._threads[version] = thread
        thread.ready.add_done_callback(lambda _: self._loaded(version, thread))
        thread.start()
        return thread

    def _loaded(self, version: str, thread: EncoderThread) -> None:
        """Put a loaded model in the place of another one, or remember that it failed. Runs on the model's thread."""
        with self._lock:
            if _is_loaded(thread):
                self._failed_at.pop(version, None)
                self._make_room(version)
            elif self._threads.get(version) is thread:
                del self._threads[version]
                self._failed_at[version] = time.monotonic()
            count = sum(_is_loaded(kept) for kept in self._threads.values())
        self._on_count(count)

    def _make_room(self, loaded: str) -> None:
        """Unload the least recently used models until `keep_models` are left. Called with the lock held."""
        for version in [version for version in self._threads if version not in (*self._pinned, loaded)]:
            if len(self._threads) <= self._keep:
                break
            thread = self._threads.pop(version)
            logger.info("Unloading “%s” to make room.", version)
            self._leaving.append(thread)
            if not self._loans[thread]:
                thread.stop()

    def _give_back(self, thread: EncoderThread) -> None:
        with self._lock:
            self._loans[thread] -= 1
            if not self._loans[thread]:
                del self._loans[thread]
                if thread in self._leaving:
                    thread.stop()


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


def _is_loaded(thread: EncoderThread | None) -> bool:
    return thread is not None and thread.ready.done() and thread.ready.exception() is None


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
