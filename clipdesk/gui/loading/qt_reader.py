"""Files to QImages, on threads beside the window's: through Qt's own decoders, or Pillow's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter

if TYPE_CHECKING:
    from PIL import Image

#: How the formats begin that Qt decodes well. All others, and what Qt fails at, go to `clipdesk.core.pictures.decode`.
_BEGINNINGS = ((b"\xff\xd8\xff", b"jpeg"), (b"\x89PNG\r\n\x1a\n", b"png"), (b"BM", b"bmp"), (b"GIF8", b"gif"))

_QUALITY = 90


def read_with_qt(path: Path, edge: int) -> QImage:
    """The picture as its EXIF orientation wants it, at most `edge` px; a null image where Qt cannot.

    12 megapixels of JPEG take 47 ms this way, 65 with Pillow.
    """
    format_ = _format_of(path)
    if not format_:
        return QImage()
    # Named, so that Qt asks no other decoder. The one for SVG connects a signal while PySide 6.11 holds Python's lock;
    # when the window disconnects one at that moment, it holds Qt's lock and waits for Python's: neither ever went on.
    reader = QImageReader(str(path), format_)
    reader.setAutoDetectImageFormat(False)
    if not reader.canRead():
        return QImage()
    size = reader.size()
    if max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    reader.setAutoTransform(True)
    return reader.read()


def from_pillow(picture: Image.Image, edge: int) -> QImage:
    """What Pillow decoded, at most `edge` px; `picture` itself is made smaller."""
    from PIL import Image

    picture.thumbnail((edge, edge), Image.Resampling.BICUBIC, reducing_gap=2.0)
    width, height = picture.size
    return QImage(picture.convert("RGB").tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def from_jpeg(data: bytes) -> QImage:
    """A JPEG in memory; a null image where it is none."""
    if not data.startswith(_BEGINNINGS[0][0]):
        return QImage()
    # Not with a QBuffer of ours: Qt looks at it with its decoders locked, and PySide asks for Python's lock, to see
    # whether it was derived from. A thread that waits for the decoders with Python's lock held then waits for ever.
    return QImage.fromData(data, "jpeg")  # type: ignore[arg-type]  # the stubs say bytes, which it refuses


def to_jpeg(image: QImage) -> bytes:
    """The picture as a JPEG in memory."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())


def for_screen(image: QImage) -> QImage:
    """In sRGB and in a format that is painted without another conversion."""
    space, srgb = image.colorSpace(), QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if space.isValid() and space != srgb:
        converted = image.convertedToColorSpace(srgb)
        image = image if converted.isNull() else converted
    format_ = QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32
    return image.convertToFormat(format_)


def _format_of(path: Path) -> bytes:
    """Qt's name of the format, whatever the file is called; empty for all that is left to Pillow."""
    try:
        with path.open("rb") as file:
            begin = file.read(12)
    except OSError:
        return b""
    if begin[:4] == b"RIFF" and begin[8:] == b"WEBP":
        return b"webp"
    return next((name for beginning, name in _BEGINNINGS if begin.startswith(beginning)), b"")
