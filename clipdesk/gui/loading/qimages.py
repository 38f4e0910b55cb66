"""Decode image files to QImages. Called on worker threads."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QTransform

if TYPE_CHECKING:
    from PIL import Image

_JPEG_SIGNATURE = b"\xff\xd8\xff"
_QUALITY = 90

#: Larger JPEGs are left to Pillow, which limits their size and memory.
_MAX_JPEG_PIXELS = 50_000_000

#: EXIF orientations as the matrix (m11, m12, m21, m22) of a QTransform.
_TURNS = {
    1: (1, 0, 0, 1),
    2: (-1, 0, 0, 1),
    3: (-1, 0, 0, -1),
    4: (1, 0, 0, -1),
    5: (0, 1, 1, 0),
    6: (0, 1, -1, 0),
    7: (0, -1, -1, 0),
    8: (0, -1, 1, 0),
}


def read_image(path: Path, edge: int) -> QImage:
    """Return the image as the model sees it: upright, in sRGB, on white, at most `edge` px on its longer side.

    The pixel format is RGB32, which is painted without another conversion. Raises ImageError if the file cannot be
    read, and MemoryError.
    """
    from clipdesk.core.pictures.decode import decode  # imports Pillow: not before the window is shown

    image = _read_plain_jpeg(path, edge)
    if image.isNull():
        image = from_pillow(decode(path, max_edge=edge))
    if image.isNull():  # QImage's way to report a failed allocation
        raise MemoryError
    return image


def _read_plain_jpeg(path: Path, edge: int) -> QImage:
    """Decode a JPEG with Qt if that gives the pixels that Pillow gives; otherwise return a null image.

    These are complete JPEGs in colour or grey without a profile. Qt's libjpeg also scales by 3/8, 5/8, …: a preview of
    12 megapixels takes 61 ms instead of 215.
    """
    from clipdesk.core.pictures.jpeg import JpegFile, is_end_missing
    from clipdesk.core.pictures.metadata import orientation_of
    from clipdesk.core.pictures.opening import opened

    with opened(path) as image:
        if (
            not isinstance(image, JpegFile)
            or image.format != "JPEG"  # the preview of a camera raw file
            or image.mode not in ("L", "RGB")
            or "icc_profile" in image.info
            or math.prod(image.size) > _MAX_JPEG_PIXELS
            or image.fp is None
            or is_end_missing(image.fp)
        ):
            return QImage()
        turn = QTransform(*_TURNS[orientation_of(image)], 0, 0)
    # Name the format, so that Qt tries no other decoder. The SVG decoder connects a signal while PySide 6.11 holds the
    # GIL; if the GUI thread disconnects a signal at that moment, it holds Qt's lock and waits for the GIL: a deadlock.
    reader = QImageReader(str(path), b"jpeg")
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(False)
    size = reader.size()
    if max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    result = reader.read()
    # The diagonal flips give ARGB32.
    return result.transformed(turn).convertToFormat(QImage.Format.Format_RGB32)


def from_pillow(image: Image.Image) -> QImage:
    """Convert an RGB image to RGB32. Returns a null image if there is not enough memory."""
    width, height = image.size
    packed = QImage(image.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return packed.convertToFormat(QImage.Format.Format_RGB32)


def from_jpeg(data: bytes) -> QImage:
    """Decode a JPEG in memory; return a null image if it is not a JPEG."""
    if not data.startswith(_JPEG_SIGNATURE):
        return QImage()
    # Not through our own QBuffer: Qt reads it while it holds the lock of its decoders, and PySide then takes the GIL to
    # look for overridden methods. A thread that waits for the decoders while it holds the GIL would deadlock.
    image = QImage.fromData(data, "jpeg")  # type: ignore[arg-type]  # the stubs say bytes, which PySide rejects
    return image.convertToFormat(QImage.Format.Format_RGB32)


def to_jpeg(image: QImage) -> bytes:
    """Encode an image as a JPEG in memory."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())
