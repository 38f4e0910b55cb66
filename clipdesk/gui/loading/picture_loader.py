"""Load previews and full-size images on worker threads."""

from __future__ import annotations

import functools
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage

from clipdesk.core.errors import ImageError
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.loading.qimages import read_image

if TYPE_CHECKING:
    from clipdesk.core.pictures.facts import ImageFacts

logger = logging.getLogger(__name__)

PREVIEW_EDGE = 2560
#: Larger images are shown reduced to this edge, which takes up to 256 MB.
_MAX_EDGE = 8192
_CACHE_BYTES = 256 * 1024 * 1024

#: A file, and its maximum edge in pixels.
_Request = tuple[Path, int]


@dataclass(frozen=True)
class _Loaded:
    """The result of a request. `image` is null if loading failed with `error` or was skipped as no longer needed."""

    path: Path
    edge: int
    image: QImage
    facts: ImageFacts | None = None
    error: str = ""
    was_skipped: bool = False


class PictureLoader(QObject):
    """Loads one image at a time; a newer request replaces the older one.

    Caches the latest images and those of `preload`, so that going back and forth is immediate; `clear` empties the
    cache. For a cached image, `picture_loaded` is emitted before `load` returns.
    """

    #: Path, QImage of at most PREVIEW_EDGE px (or full size after `load_full`), ImageFacts or None.
    picture_loaded = Signal(object, QImage, object)
    #: Path, and the reason as a sentence.
    picture_failed = Signal(object, object)  # Path; a sentence, which may be a Message

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._courier = _pool_and_courier()
        self._work = _Work()
        self._cache: OrderedDict[Path, _Loaded] = OrderedDict()
        self._wanted: _Request | None = None
        self._preloads: tuple[Path, ...] = ()
        self._running: set[_Request] = set()
        self._stopped = False
        self._courier.delivered.connect(self._on_delivered, Qt.ConnectionType.QueuedConnection)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    def load(self, path: Path) -> None:
        """Load a preview of this image instead of the one requested before."""
        cached = self._cache.get(path)
        if cached is not None:
            self._cache.move_to_end(path)
            self._want(None)
            self.picture_loaded.emit(path, cached.image, cached.facts)
        else:
            self._want((path, PREVIEW_EDGE))

    def load_full(self, path: Path) -> None:
        """Load this image at full size; emits `picture_loaded` again for it."""
        self._want((path, _MAX_EDGE))

    def preload(self, paths: Iterable[Path]) -> None:
        """Load these previews into the cache, instead of those of the last call that have not started."""
        self._preloads = tuple(path for path in paths if path not in self._cache)
        self._update_needed()
        for path in self._preloads:
            self._start((path, PREVIEW_EDGE), priority=0)

    def cancel(self) -> None:
        """Drop all requests."""
        self._preloads = ()
        self._want(None)

    def clear(self) -> None:
        """Empty the cache: files may have changed."""
        self._cache.clear()

    def stop(self) -> None:
        """Stop for good, and wait for the image that is being decoded."""
        self._stopped = True
        self.cancel()
        self.clear()
        self._work.wait_until_done()

    def _want(self, request: _Request | None) -> None:
        self._wanted = request
        self._update_needed()
        if request is not None:
            self._start(request, priority=1)

    def _update_needed(self) -> None:
        wanted = (self._wanted,) if self._wanted else ()
        self._work.needed = frozenset((*wanted, *((path, PREVIEW_EDGE) for path in self._preloads)))

    def _start(self, request: _Request, priority: int) -> None:
        if self._stopped or request in self._running:
            return
        self._running.add(request)
        self._work.begin()
        # The task must not hold a reference to this object: if it were the last one, the object would be destroyed on
        # the pool's thread.
        self._pool.start(functools.partial(_run, request, self._work, self._courier), priority)

    def _on_delivered(self, work: _Work, loaded: _Loaded) -> None:
        if work is not self._work or self._stopped:
            return
        request = (loaded.path, loaded.edge)
        self._running.discard(request)
        if loaded.was_skipped:
            if request in self._work.needed:  # requested again in the meantime
                self._start(request, priority=1 if request == self._wanted else 0)
            return
        if not loaded.error and loaded.edge == PREVIEW_EDGE:
            self._keep(loaded)
        if request == self._wanted:
            self._want(None)
            if loaded.error:
                self.picture_failed.emit(loaded.path, loaded.error)
            else:
                self.picture_loaded.emit(loaded.path, loaded.image, loaded.facts)

    def _keep(self, loaded: _Loaded) -> None:
        self._cache[loaded.path] = loaded
        self._cache.move_to_end(loaded.path)
        while len(self._cache) > 1 and sum(kept.image.sizeInBytes() for kept in self._cache.values()) > _CACHE_BYTES:
            self._cache.popitem(last=False)


class _Work:
    """The state shared by a loader and its threads. Not a QObject, so any thread may hold the last reference."""

    def __init__(self) -> None:
        #: Only ever replaced as a whole, so that other threads can read it without a lock.
        self.needed: frozenset[_Request] = frozenset()
        self._open = 0
        self._changed = threading.Condition()

    def begin(self) -> None:
        with self._changed:
            self._open += 1

    def end(self) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def wait_until_done(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._open == 0)


class _Courier(QObject):
    """Delivers results from the pool's threads to the GUI thread."""

    delivered = Signal(object, object)


@functools.cache
def _pool_and_courier() -> tuple[QThreadPool, _Courier]:
    """Return the pool and courier shared by all loaders. Never destroyed: a thread may outlive its loader."""
    # We report broken files ourselves; Qt's codecs would fill the log with their own warnings.
    QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")
    pool = QThreadPool()
    # One thread for the current request, and one that may be busy with an outdated one, which cannot be interrupted.
    pool.setMaxThreadCount(2)
    return pool, _Courier()


def _run(request: _Request, work: _Work, courier: _Courier) -> None:
    """Load a file and deliver the result. Runs on a thread of the pool."""
    path, edge = request
    try:
        if request in work.needed:
            loaded = _load(path, edge)
        else:
            loaded = _Loaded(path, edge, QImage(), was_skipped=True)
    except ImageError as error:
        loaded = _Loaded(path, edge, QImage(), error=error.reason)
    except MemoryError:
        reason = tr("There is not enough memory to show this picture.")
        loaded = _Loaded(path, edge, QImage(), error=reason)
    except Exception:
        logger.exception("loading %s failed", path)
        reason = tr("This picture cannot be shown.")
        loaded = _Loaded(path, edge, QImage(), error=reason)
    try:
        courier.delivered.emit(work, loaded)
    finally:
        work.end()


def full_size(image: QImage, facts: ImageFacts | None) -> QSize:
    """Return the file's size in pixels, in the orientation of `image`, which shows the file reduced."""
    if facts is None:
        return image.size()
    size = QSize(facts.width, facts.height)
    is_rotated = (size.width() > size.height()) != (image.width() > image.height())
    return size.transposed() if is_rotated and image.width() != image.height() else size


def _load(path: Path, edge: int) -> _Loaded:
    from clipdesk.core.pictures.facts import read_facts  # imports Pillow: not before the window is shown

    image = read_image(path, edge)
    try:
        facts = read_facts(path)
    except ImageError:
        facts = None
    return _Loaded(path, edge, image, facts)
