"""Large pictures, read and decoded beside the GUI thread."""

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
from clipdesk.gui.loading.qt_reader import for_screen, from_pillow, read_with_qt

if TYPE_CHECKING:
    from clipdesk.core.pictures.facts import ImageFacts

_log = logging.getLogger(__name__)

PREVIEW_EDGE = 2560
#: A full-resolution picture beyond this is shown reduced: even so it takes up to 256 MB.
_LARGEST_EDGE = 8192
_CACHED_BYTES = 256 * 1024 * 1024


#: A picture, and how large at most.
_Wish = tuple[Path, int]


@dataclass(frozen=True)
class _Loaded:
    """What a pool thread hands over: `image` is null when `error` says why, or when nobody wanted it any more."""

    path: Path
    edge: int
    image: QImage
    facts: ImageFacts | None = None
    error: str = ""
    was_skipped: bool = False


class PictureLoader(QObject):
    """Loads one wanted picture at a time; a newer wish makes the older one void.

    The last pictures are kept, with those of `preload`, so that going back and forth does not wait; `clear` forgets
    them (files may change). `picture_loaded` may be emitted before `load` returns, when the picture is at hand.
    """

    #: Path, QImage at most PREVIEW_EDGE px (or the full size, after `load_full`), ImageFacts or None.
    picture_loaded = Signal(object, QImage, object)
    #: Path, reason: a sentence.
    picture_failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._courier = _pool_and_courier()
        self._work = _Work()
        self._cache: OrderedDict[Path, _Loaded] = OrderedDict()
        self._wanted: _Wish | None = None
        self._preloads: tuple[Path, ...] = ()
        self._under_way: set[_Wish] = set()
        self._stopped = False
        self._courier.delivered.connect(self._on_delivered, Qt.ConnectionType.QueuedConnection)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    def load(self, path: Path) -> None:
        """Load this picture, and no longer the one before."""
        cached = self._cache.get(path)
        if cached is not None:
            self._cache.move_to_end(path)
            self._want(None)
            self.picture_loaded.emit(path, cached.image, cached.facts)
        else:
            self._want((path, PREVIEW_EDGE))

    def load_full(self, path: Path) -> None:
        """Load this picture at its full size; `picture_loaded` is emitted once more for it."""
        self._want((path, _LARGEST_EDGE))

    def preload(self, paths: Iterable[Path]) -> None:
        """Keep these at hand, instead of those of the last call that were not begun."""
        self._preloads = tuple(path for path in paths if path not in self._cache)
        self._update_needed()
        for path in self._preloads:
            self._start((path, PREVIEW_EDGE), priority=0)

    def cancel(self) -> None:
        """Want nothing any more."""
        self._preloads = ()
        self._want(None)

    def clear(self) -> None:
        """Forget the kept pictures."""
        self._cache.clear()

    def stop(self) -> None:
        """End for good; waits for the picture that is being decoded."""
        self._stopped = True
        self.cancel()
        self.clear()
        self._work.wait_until_done()

    def _want(self, wish: _Wish | None) -> None:
        self._wanted = wish
        self._update_needed()
        if wish is not None:
            self._start(wish, priority=1)

    def _update_needed(self) -> None:
        wanted = (self._wanted,) if self._wanted else ()
        self._work.needed = frozenset((*wanted, *((path, PREVIEW_EDGE) for path in self._preloads)))

    def _start(self, wish: _Wish, priority: int) -> None:
        if self._stopped or wish in self._under_way:
            return
        self._under_way.add(wish)
        self._work.begin()
        # Nothing that runs in a thread may hold this object: the last to let go of it would destroy it there.
        self._pool.start(functools.partial(_run, wish, self._work, self._courier), priority)

    def _on_delivered(self, work: _Work, loaded: _Loaded) -> None:
        if work is not self._work or self._stopped:
            return
        wish = (loaded.path, loaded.edge)
        self._under_way.discard(wish)
        if loaded.was_skipped:
            if wish in self._work.needed:  # Wanted again meanwhile.
                self._start(wish, priority=1 if wish == self._wanted else 0)
            return
        if not loaded.error and loaded.edge == PREVIEW_EDGE:
            self._keep(loaded)
        if wish == self._wanted:
            self._want(None)
            if loaded.error:
                self.picture_failed.emit(loaded.path, loaded.error)
            else:
                self.picture_loaded.emit(loaded.path, loaded.image, loaded.facts)

    def _keep(self, loaded: _Loaded) -> None:
        self._cache[loaded.path] = loaded
        self._cache.move_to_end(loaded.path)
        while len(self._cache) > 1 and sum(kept.image.sizeInBytes() for kept in self._cache.values()) > _CACHED_BYTES:
            self._cache.popitem(last=False)


class _Work:
    """What a loader and its threads share: no QObject, so that it does not matter who lets go of it last."""

    def __init__(self) -> None:
        #: Replaced as a whole, so that the threads may read it.
        self.needed: frozenset[_Wish] = frozenset()
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
    """Brings what the threads loaded to the GUI thread."""

    delivered = Signal(object, object)


@functools.cache
def _pool_and_courier() -> tuple[QThreadPool, _Courier]:
    """Of all loaders, and never destroyed: a thread may outlive the loader that started it."""
    # Broken files are news for the person, in our words; Qt's codecs would fill the log with theirs.
    QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")
    pool = QThreadPool()
    # The wanted one, and one that is no longer wanted but cannot be interrupted.
    pool.setMaxThreadCount(2)
    return pool, _Courier()


def _run(wish: _Wish, work: _Work, courier: _Courier) -> None:
    """In a thread of the pool."""
    path, edge = wish
    try:
        if wish in work.needed:
            loaded = _load(path, edge)
        else:
            loaded = _Loaded(path, edge, QImage(), was_skipped=True)
    except ImageError as error:
        loaded = _Loaded(path, edge, QImage(), error=error.reason)
    except MemoryError:
        reason = QCoreApplication.translate("PictureLoader", "There is not enough memory to show this picture.")
        loaded = _Loaded(path, edge, QImage(), error=reason)
    except Exception:
        _log.exception("loading %s failed", path)
        reason = QCoreApplication.translate("PictureLoader", "This picture cannot be shown.")
        loaded = _Loaded(path, edge, QImage(), error=reason)
    try:
        courier.delivered.emit(work, loaded)
    finally:
        work.end()


def full_size(image: QImage, facts: ImageFacts | None) -> QSize:
    """The file's size in pixels, the way round that `image`, a copy of it, is."""
    if facts is None:
        return image.size()
    size = QSize(facts.width, facts.height)
    lies_otherwise = (size.width() > size.height()) != (image.width() > image.height())
    return size.transposed() if lies_otherwise and image.width() != image.height() else size


def _load(path: Path, edge: int) -> _Loaded:
    # Pillow, which the window's start need not wait for.
    from clipdesk.core.pictures.decode import decode
    from clipdesk.core.pictures.facts import read_facts

    image = read_with_qt(path, edge)
    if image.isNull():
        image = from_pillow(decode(path), edge)
    try:
        facts = read_facts(path)
    except ImageError:
        facts = None
    image = for_screen(image)
    if image.isNull():  # what QImage does instead of raising
        raise MemoryError
    return _Loaded(path, edge, image, facts)
