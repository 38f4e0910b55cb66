"""Load thumbnails on worker threads when they are about to be painted."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QObject, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap

from clipdesk.core.pictures.content import wait_for_tick
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.thumbnail_store import EDGE, LEAST_FILE_BYTES, ThumbnailStore
from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import tokens
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.loading.qimages import from_jpeg, read_image, to_jpeg

logger = logging.getLogger(__name__)

#: Loaded thumbnails are collected for this long, so that the views repaint less often.
_GATHER_MS = 30
#: A file changed less than this long ago may change again without getting a new modification time.
_SETTLED_S = 2.0


@dataclass(frozen=True)
class _Key:
    path: Path
    size: int
    ratio: float

    @property
    def pixels(self) -> int:
        return round(self.size * self.ratio)


class Thumbnails(QObject):
    """Loads thumbnails, newest request first, and keeps the most recently used ones in memory.

    Use it on the GUI thread only. Its owner calls `stop` at the end.
    """

    thumbnails_loaded = Signal(list)  # paths, collected over 30 ms, including those that failed

    _decoded = Signal(object, QImage)  # _Key, and a null image if it failed

    def __init__(
        self,
        parent: QObject | None = None,
        store: ThumbnailStore | None = None,
        *,
        max_pixmaps: int = 2_000,
        max_bytes: int = 256 * 1024 * 1024,
        max_waiting: int = 200,
        threads: int = 2,
    ) -> None:
        """Recall thumbnails from `store` if there is one, and keep new ones there.

        `max_pixmaps` and `max_bytes` limit what is kept in memory. At most `max_waiting` requests, or two pages if that
        is more, wait to be loaded: older ones have scrolled out of view and are dropped.
        """
        super().__init__(parent)
        self._store = store
        self._max_pixmaps, self._max_bytes, self._max_waiting = max_pixmaps, max_bytes, max_waiting
        # We show broken files as such; Qt's codecs would fill the log with their own warnings.
        QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._keys: dict[Path, list[_Key]] = {}  # of the kept pixmaps, newest last
        self._failed: set[Path] = set()
        self._loaded: list[Path] = []
        self._stopped = False

        # Shared with the pool's threads and guarded by the lock.
        self._lock = threading.Lock()
        self._waiting: dict[_Key, int] = {}  # and the page that requested it
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
        kept = [(path, key, self._kept[key]) for old, path in paths.items() for key in self._keys.get(old, ())]
        self.forget([*paths, *paths.values()])
        for path, key, pixmap in kept:
            self._keep(replace(key, path=path), pixmap)

    def stop(self) -> None:
        """Stop for good, and wait for the images that are being decoded."""
        self._stopped = True
        with self._lock:
            self._waiting.clear()
        self._turn.stop()
        self._gather.stop()
        self._pool.waitForDone()

    # --- requests

    def _request(self, key: _Key) -> None:
        if self._stopped:
            return
        with self._lock:
            if key in self._running or self._waiting.get(key) == self._page:
                return
            self._waiting.pop(key, None)
            self._waiting[key] = self._page
        if not self._turn.isActive():
            self._turn.start()

    @Slot()
    def _on_turn_ended(self) -> None:
        """Start loading the requests of one turn of the event loop, which are one page, from top to bottom."""
        with self._lock:
            requested = sum(page == self._page for page in self._waiting.values())
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
        while (key := self._take()) is not None:
            try:
                image = _load_or_recall(key.path, key.pixels, self._store)
            except Exception as error:
                # A codec may raise anything, and one broken file must not end the thread.
                logger.debug("no thumbnail of %s: %s", key.path, error)
                image = QImage()
            self._decoded.emit(key, image)

    def _take(self) -> _Key | None:
        with self._lock:
            if not self._waiting:
                self._workers -= 1
                return None
            newest = max(self._waiting.values())
            key = next(key for key, page in self._waiting.items() if page == newest)
            del self._waiting[key]
            self._running.add(key)
            return key

    # --- results

    @Slot(object, QImage)
    def _on_decoded(self, key: _Key, image: QImage) -> None:
        with self._lock:
            self._running.discard(key)
        if self._stopped:
            return
        if image.isNull():
            self._failed.add(key.path)
        else:
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(key.ratio)
            self._keep(key, pixmap)
        self._loaded.append(key.path)
        if not self._gather.isActive():
            self._gather.start()

    @Slot()
    def _on_gathered(self) -> None:
        loaded, self._loaded = self._loaded, []
        self.thumbnails_loaded.emit(loaded)

    def _keep(self, key: _Key, pixmap: QPixmap) -> None:
        self._kept[key] = pixmap
        self._kept_bytes += _bytes(pixmap)
        self._keys.setdefault(key.path, []).append(key)
        while len(self._kept) > self._max_pixmaps or (self._kept_bytes > self._max_bytes and len(self._kept) > 1):
            self._drop(next(iter(self._kept)))

    def _drop(self, key: _Key) -> None:
        self._kept_bytes -= _bytes(self._kept.pop(key))
        keys = self._keys[key.path]
        keys.remove(key)
        if not keys:
            del self._keys[key.path]


def _load_or_recall(path: Path, pixels: int, store: ThumbnailStore | None) -> QImage:
    """Do as `read_image`, but recall the thumbnail from the store if it is there, and keep it there if not."""
    file = _worth_keeping(path) if store is not None and pixels <= EDGE else None
    if store is None or file is None:
        return read_image(path, pixels)
    jpeg = store.find(file)
    image = from_jpeg(jpeg) if jpeg else QImage()
    if image.isNull():
        image = read_image(path, EDGE)
        if max(image.width(), image.height()) == EDGE and file == _worth_keeping(path):
            store.put(file, to_jpeg(image))
    if max(image.width(), image.height()) <= pixels:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(image.size().scaled(pixels, pixels, keep).expandedTo(QSize(1, 1)), mode=smooth)


def _worth_keeping(path: Path) -> ImageFile | None:
    """Return the file's present size and time; None for small files and for those that may still be changing."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    wait_for_tick(status)
    is_settled = abs(time.time() - status.st_mtime) > _SETTLED_S
    if status.st_size < LEAST_FILE_BYTES or not is_settled:
        return None
    return ImageFile.of(path, status)


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
