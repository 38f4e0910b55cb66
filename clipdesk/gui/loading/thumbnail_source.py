"""Where a thumbnail comes from, on worker threads: the store, the camera, the job's decoded image, or the file."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from clipdesk.core.errors import ImageError
from clipdesk.core.line.shared_pictures import SharedPictures
from clipdesk.core.pictures.content import wait_for_tick
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.thumbnail_store import EDGE, LEAST_FILE_BYTES, ThumbnailStore
from clipdesk.gui.loading.qimages import from_jpeg, from_pillow, read_image, to_jpeg

if TYPE_CHECKING:
    from PIL import Image

logger = logging.getLogger(__name__)

#: A file changed less than this long ago may change again without getting a new modification time.
_SETTLED_S = 2.0
#: A camera's thumbnail that is smaller than this share of the wanted size would look blurred.
_LEAST_SHARE = 0.5


@dataclass(frozen=True)
class LoadedThumbnail:
    """A thumbnail; null if the file cannot be read. `is_provisional`: the camera's own, which may be out of date."""

    image: QImage
    is_provisional: bool = False


class ThumbnailSource:
    """Loads thumbnails, and keeps them in `store` if there is one. Thread-safe."""

    def __init__(self, store: ThumbnailStore | None, shared: SharedPictures | None) -> None:
        self._store = store
        self._shared = shared

    def load(self, path: Path, pixels: int, *, is_due: bool = False, final: bool = True) -> LoadedThumbnail:
        """Return an image of at most `pixels` on its longer side, as `read_image` does.

        `is_due`: a job will decode the file soon. With `final` the result is not provisional. Raises ImageError.
        """
        file = _large_file(path)
        if file is None:
            return LoadedThumbnail(read_image(path, pixels))
        store = self._store if pixels <= EDGE else None
        if store is not None and (jpeg := store.find(file)):
            image = from_jpeg(jpeg)
            if not image.isNull():
                return LoadedThumbnail(_at_most(image, pixels))
        if not final and (camera := _camera_thumbnail(path, pixels)) is not None:
            return LoadedThumbnail(_at_most(from_pillow(camera), pixels), is_provisional=True)
        if is_due and self._shared is not None:
            # The decoded image is as large as the job's model needs it. The job keeps its thumbnail in the store.
            picture = self._shared.picture(path)
            if picture is not None and max(picture.size) >= pixels:
                return LoadedThumbnail(_reduced(picture, pixels))
        if store is None:
            return LoadedThumbnail(read_image(path, pixels))
        image = read_image(path, EDGE)
        if max(image.width(), image.height()) == EDGE and file == _large_file(path):
            store.put(file, to_jpeg(image))
        return LoadedThumbnail(_at_most(image, pixels))


def _camera_thumbnail(path: Path, pixels: int) -> Image.Image | None:
    from clipdesk.core.pictures.embedded_thumbnail import embedded_thumbnail  # imports Pillow

    try:
        found = embedded_thumbnail(path)
    except ImageError:
        return None  # `read_image` says why
    return found if found is not None and max(found.size) >= _LEAST_SHARE * pixels else None


def _reduced(picture: Image.Image, pixels: int) -> QImage:
    from clipdesk.core.pictures.pixels import at_most

    return from_pillow(at_most(picture, pixels))


def _at_most(image: QImage, pixels: int) -> QImage:
    if max(image.width(), image.height()) <= pixels:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(image.size().scaled(pixels, pixels, keep).expandedTo(QSize(1, 1)), mode=smooth)


def _large_file(path: Path) -> ImageFile | None:
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
