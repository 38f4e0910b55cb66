"""Load thumbnails on worker threads when they are about to be painted."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QObject, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap

from clipdesk.core.line.shared_pictures import SharedPictures
from clipdesk.core.store.thumbnail_store import ThumbnailStore
from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import tokens
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.loading.thumbnail_source import LoadedThumbnail, ThumbnailSource

logger = logging.getLogger(__name__)

#: Loaded thumbnails are collected for this long, so that the views repaint less often.
_GATHER_MS = 30


@dataclass(frozen=True)
class _Key:
    path: Path
    size: int
    ratio: float

    @property
    def pixels(self) -> int:
        return round(self.size * self.ratio)


@dataclass(frozen=True)
class _Wish:
    """A request of one page. `is_due`: a job will decode the file soon. `final`: a camera's thumbnail is not enough."""

    page: int
    is_due: bool
    final: bool


class Thumbnails(QObject):
    """Loads thumbnails, newest request first, and keeps the most recently used ones in memory.

    A large picture is first shown by the thumbnail that its camera has put into it, if there is one. The real one
    follows when nothing else is waiting. A file that a job will decode soon is decoded once for both.

    Use it on the GUI thread only. Its owner calls `stop` at the end.
    """

    thumbnails_loaded = Signal(list)  # paths, collected over 30 ms, including those that failed

    _decoded = Signal(object, object)  # _Key, LoadedThumbnail

    def __init__(
        self,
        parent: QObject | None = None,
        store: ThumbnailStore | None = None,
        *,
        max_pixmaps: int = 2_000,
        max_bytes: int = 256 * 1024 * 1024,
        max_waiting: int = 200,
        threads: int = 2,
        shared: SharedPictures | None = None,
        is_due: Callable[[Path], bool] = lambda _: False,
    ) -> None:
        """Recall thumbnails from `store` if there is one, and keep new ones there.

        `max_pixmaps` and `max_bytes` limit what is kept in memory. At most `max_waiting` requests, or two pages if that
        is more, wait to be loaded: older ones have scrolled out of view and are dropped. `is_due` returns whether a
        job will decode a file soon; then both share its pixels by `shared`.
        """
        super().__init__(parent)
        self._source = ThumbnailSource(store, shared)
        self._shared = shared
        self._is_due = is_due
        self._max_pixmaps, self._max_bytes, self._max_waiting = max_pixmaps, max_bytes, max_waiting
        # We show broken files as such; Qt's codecs would fill the log with their own warnings.
        QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._keys: dict[Path, list[_Key]] = {}  # of the kept pixmaps, newest last
        self._provisional: set[_Key] = set()
        self._asked_again: set[_Key] = set()
        self._failed: set[Path] = set()
        self._loaded: list[Path] = []
        self._stopped = False

        # Shared with the pool's threads and guarded by the lock.
        self._lock = threading.Lock()
        self._waiting: dict[_Key, _Wish] = {}
        self._running: set[_Key] = set()
        self._workers = 0
        self._page = 0
        self._largest_page = 0

        self._turn = single_shot(self, 0, self._on_turn_ended)
        self._gather = single_shot(self, _GATHER_MS, self._on_gathered)
        self._decoded.connect(self._on_decoded, Qt.ConnectionType.QueuedConnection)

    def pixmap(self, path: Path, size: int, ratio: float | None = None) -> QPixmap | None:
        """Return the image scaled to fit `size` × `size` px, or request it.

        `ratio` is the device pixel ratio; by default the highest of all screens. While the image is being loaded, the
        result is None or another size, which should be painted scaled, and `thumbnails_loaded` follows. For an image
        that cannot be read, the result is an error icon.
        """
        if ratio is None:
            ratio = QGuiApplication.instance().devicePixelRatio()  # type: ignore[union-attr]
        key = _Key(path, size, ratio)
        pixmap = self._kept.get(key)
        if pixmap is not None:
            self._kept.move_to_end(key)
            if key in self._provisional and self._is_worth_decoding(path):
                self._request(key)
            return pixmap
        if path in self._failed:
            return _broken_picture(size, ratio)
        self._request(key)
        others = self._keys.get(path)
        return self._kept[others[-1]] if others else None

    def has_failed(self, path: Path) -> bool:
        """Return whether this file could not be read."""
        return path in self._failed

    def retry(self, paths: Iterable[Path]) -> None:
        """Load those of these files again that could not be read."""
        if self._failed:
            self._failed.difference_update(paths)

    def forget(self, paths: Iterable[Path]) -> None:
        """Load these files again when they are next shown: they may have changed."""
        for path in paths:
            self._failed.discard(path)
            for key in list(self._keys.get(path, ())):
                self._drop(key)

    def follow(self, paths: Mapping[Path, Path]) -> None:
        """Keep the thumbnails of files that were moved, under their new paths."""
        kept = [
            (replace(key, path=path), self._kept[key], key in self._provisional)
            for old, path in paths.items()
            for key in self._keys.get(old, ())
        ]
        self.forget([*paths, *paths.values()])
        for key, pixmap, is_provisional in kept:
            self._keep(key, pixmap, is_provisional)

    @Slot()
    def replace_provisional(self) -> None:
        """Let views ask again, once, for what is still a camera's thumbnail: a job has begun, gone on or ended."""
        again = [key for key in self._provisional - self._asked_again if self._is_worth_decoding(key.path)]
        if again and not self._stopped:
            self._asked_again.update(again)
            self.thumbnails_loaded.emit([key.path for key in again])

    def stop(self) -> None:
        """Stop for good, and wait for the images that are being decoded."""
        self._stopped = True
        with self._lock:
            self._waiting.clear()
        self._turn.stop()
        self._gather.stop()
        self._pool.waitForDone()

    # --- requests

    def _is_worth_decoding(self, path: Path) -> bool:
        """Return whether decoding a file now, for its real thumbnail, is work that the job need not do once more."""
        return not self._is_due(path) or (self._shared is not None and self._shared.is_open)

    def _request(self, key: _Key) -> None:
        if self._stopped:
            return
        with self._lock:
            waiting = self._waiting.get(key)
            if key in self._running or (waiting is not None and waiting.page == self._page):
                return
            self._waiting.pop(key, None)
            self._waiting[key] = _Wish(self._page, self._is_due(key.path), final=key in self._provisional)
        if not self._turn.isActive():
            self._turn.start()

    @Slot()
    def _on_turn_ended(self) -> None:
        """Start loading the requests of one turn of the event loop, which are one page, from top to bottom."""
        with self._lock:
            requested = sum(wish.page == self._page for wish in self._waiting.values())
            self._largest_page = max(self._largest_page, requested)
            self._page += 1
            for key in list(self._waiting)[: -max(self._max_waiting, 2 * self._largest_page)]:
                del self._waiting[key]
            idle = min(self._pool.maxThreadCount() - self._workers, len(self._waiting))
            self._workers += idle
        for _ in range(idle):
            self._pool.start(self._work)

    def _work(self) -> None:
        """Load thumbnails on a thread of the pool until none is waiting."""
        while (taken := self._take()) is not None:
            key, wish = taken
            try:
                loaded = self._source.load(key.path, key.pixels, is_due=wish.is_due, final=wish.final)
            except Exception as error:
                # A codec may raise anything, and one broken file must not end the thread.
                logger.debug("no thumbnail of %s: %s", key.path, error)
                loaded = LoadedThumbnail(QImage())
            self._decoded.emit(key, loaded)

    def _take(self) -> tuple[_Key, _Wish] | None:
        with self._lock:
            if not self._waiting:
                self._workers -= 1
                return None
            newest = max(wish.page for wish in self._waiting.values())
            key, wish = next((key, wish) for key, wish in self._waiting.items() if wish.page == newest)
            del self._waiting[key]
            self._running.add(key)
            return key, wish

    # --- results

    @Slot(object, object)
    def _on_decoded(self, key: _Key, loaded: LoadedThumbnail) -> None:
        with self._lock:
            self._running.discard(key)
        if self._stopped:
            return
        if loaded.image.isNull():
            self._failed.add(key.path)
            if key in self._provisional:
                self._drop(key)
        else:
            pixmap = QPixmap.fromImage(loaded.image)
            pixmap.setDevicePixelRatio(key.ratio)
            self._keep(key, pixmap, loaded.is_provisional)
            if loaded.is_provisional and self._is_worth_decoding(key.path):
                self._request(key)
        self._loaded.append(key.path)
        if not self._gather.isActive():
            self._gather.start()

    @Slot()
    def _on_gathered(self) -> None:
        loaded, self._loaded = self._loaded, []
        self.thumbnails_loaded.emit(loaded)

    def _keep(self, key: _Key, pixmap: QPixmap, is_provisional: bool) -> None:
        if key in self._kept:
            self._drop(key)
        if is_provisional:
            self._provisional.add(key)
        self._kept[key] = pixmap
        self._kept_bytes += _bytes(pixmap)
        self._keys.setdefault(key.path, []).append(key)
        while len(self._kept) > self._max_pixmaps or (self._kept_bytes > self._max_bytes and len(self._kept) > 1):
            self._drop(next(iter(self._kept)))

    def _drop(self, key: _Key) -> None:
        self._kept_bytes -= _bytes(self._kept.pop(key))
        self._provisional.discard(key)
        self._asked_again.discard(key)
        keys = self._keys[key.path]
        keys.remove(key)
        if not keys:
            del self._keys[key.path]


def _broken_picture(size: int, ratio: float) -> QPixmap:
    """Return the icon for an image that cannot be read, centred in a square of `size` px."""
    edge = min(20, size)
    sign = icons.pixmap("error", edge, tokens().bad, ratio)
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.drawPixmap((size - edge) // 2, (size - edge) // 2, sign)
    painter.end()
    return result


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
