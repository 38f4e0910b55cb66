"""Small pictures, decoded beside the GUI thread when something shows them."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLoggingCategory, QObject, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap

from clipdesk.core.errors import ImageError
from clipdesk.core.pictures.content import wait_for_tick
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.thumbnail_store import EDGE, LEAST_FILE_BYTES, ThumbnailStore
from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import tokens
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.loading.qt_reader import for_screen, from_jpeg, from_pillow, read_with_qt, to_jpeg

_log = logging.getLogger(__name__)

_THREADS = 2
_KEPT_PICTURES = 2_000
_KEPT_BYTES = 256 * 1024 * 1024
#: Requests that wait, beyond those of the page at hand; older ones have scrolled away.
_WAITING_REQUESTS = 200
_GATHER_MS = 30
#: A file that was changed less than this ago may change once more without a new time.
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
    """Loads pictures of a requested size, the newest request first, and keeps the last ones.

    Used from the GUI thread. Whoever builds it calls `stop` at the end.
    """

    thumbnails_loaded = Signal(list)  # paths, gathered over 30 ms; failed ones too

    _decoded = Signal(object, QImage)  # _Key, null where it failed

    def __init__(self, parent: QObject | None = None, store: ThumbnailStore | None = None) -> None:
        """With a `store`, what was shown or labelled before is not decoded again."""
        super().__init__(parent)
        self._store = store
        # Broken files show as such; Qt's codecs would fill the log with what is wrong in them.
        QLoggingCategory.setFilterRules("qt.gui.imageio.*=false")
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._kept_bytes = 0
        self._keys: dict[Path, list[_Key]] = {}  # of what is kept, the newest last
        self._failed: set[Path] = set()
        self._loaded: list[Path] = []
        self._stopped = False

        # What the pool threads touch as well, behind the lock.
        self._lock = threading.Lock()
        self._waiting: dict[_Key, int] = {}  # to the page that it was requested for
        self._under_way: set[_Key] = set()
        self._workers = 0
        self._page = 0
        self._largest_page = 0

        self._turn = single_shot(self, 0, self._on_turn_ended)
        self._gather = single_shot(self, _GATHER_MS, self._on_gathered)
        self._decoded.connect(self._on_decoded, Qt.ConnectionType.QueuedConnection)

    def pixmap(self, path: Path, size: int, ratio: float | None = None) -> QPixmap | None:
        """The picture within `size` × `size` px at `ratio` device pixels each (the sharpest screen's, when None).

        None while it is being loaded; then `thumbnails_loaded` follows. Meanwhile another size may be returned: paint
        it scaled. Of a picture that cannot be read, a sign that says so.
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
        """Whether this picture turned out to be unreadable."""
        return path in self._failed

    def retry(self, paths: Iterable[Path]) -> None:
        """Try those of these once more that could not be read."""
        if self._failed:
            self._failed.difference_update(paths)

    def forget(self, paths: Iterable[Path]) -> None:
        """Load these anew when they are shown next: the files may have changed."""
        for path in paths:
            self._failed.discard(path)
            for key in list(self._keys.get(path, ())):
                self._drop(key)

    def stop(self) -> None:
        """End for good; waits for the pictures that are being decoded."""
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
            if key in self._under_way or self._waiting.get(key) == self._page:
                return
            self._waiting.pop(key, None)
            self._waiting[key] = self._page
        if not self._turn.isActive():
            self._turn.start()

    @Slot()
    def _on_turn_ended(self) -> None:
        """What was requested in one turn of the event loop is one page: it is loaded from its top to its bottom."""
        with self._lock:
            requested = sum(page == self._page for page in self._waiting.values())
            self._largest_page = max(self._largest_page, requested)
            self._page += 1
            for key in list(self._waiting)[: -max(_WAITING_REQUESTS, 2 * self._largest_page)]:
                del self._waiting[key]
            idle = min(_THREADS - self._workers, len(self._waiting))
            self._workers += idle
        for _ in range(idle):
            self._pool.start(self._work)

    def _work(self) -> None:
        """In a pool thread, until nothing waits."""
        while (key := self._take()) is not None:
            try:
                image = _load_or_recall(key.path, key.pixels, self._store)
            except Exception as error:
                # Broad, because a codec may fail in any way, and one picture must not end the thread.
                _log.debug("no thumbnail of %s: %s", key.path, error)
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
            self._under_way.add(key)
            return key

    # --- results

    @Slot(object, QImage)
    def _on_decoded(self, key: _Key, image: QImage) -> None:
        with self._lock:
            self._under_way.discard(key)
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
        while len(self._kept) > _KEPT_PICTURES or (self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1):
            self._drop(next(iter(self._kept)))

    def _drop(self, key: _Key) -> None:
        self._kept_bytes -= _bytes(self._kept.pop(key))
        keys = self._keys[key.path]
        keys.remove(key)
        if not keys:
            del self._keys[key.path]


def load_thumbnail(path: Path, pixels: int) -> QImage:
    """A picture reduced to `pixels` on its longer side (smaller ones stay as they are), upright, in sRGB.

    Raises ImageError.
    """
    from clipdesk.core.pictures.decode import decode  # Pillow, which the window's start need not wait for

    image = read_with_qt(path, pixels)
    if image.isNull():
        image = from_pillow(decode(path, (pixels, pixels)), pixels)
    if image.isNull():
        raise ImageError(path, "This picture cannot be shown.")
    return for_screen(image)


def _load_or_recall(path: Path, pixels: int, store: ThumbnailStore | None) -> QImage:
    """As `load_thumbnail`; from the store if it is there, and kept there if it is not."""
    file = _worth_keeping(path) if store is not None and pixels <= EDGE else None
    if store is None or file is None:
        return load_thumbnail(path, pixels)
    jpeg = store.find(file)
    image = for_screen(from_jpeg(jpeg)) if jpeg else QImage()
    if image.isNull():
        image = load_thumbnail(path, EDGE)
        if not image.hasAlphaChannel() and max(image.width(), image.height()) == EDGE and file == _worth_keeping(path):
            store.put(file, to_jpeg(image))
    if max(image.width(), image.height()) <= pixels:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(image.size().scaled(pixels, pixels, keep).expandedTo(QSize(1, 1)), mode=smooth)


def _worth_keeping(path: Path) -> ImageFile | None:
    """The file as it is now; None where it is small, or may just be changing."""
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
    """The sign for a picture that cannot be read, `size` px square."""
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
