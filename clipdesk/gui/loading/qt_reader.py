"""Decode files to QImages with the decoders of Qt or Pillow. Called on worker threads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter

if TYPE_CHECKING:
    from PIL import Image

#: Signatures of the formats that we decode with Qt. Other formats, and files that Qt cannot read, go to
#: `clipdesk.core.pictures.decode`.
_SIGNATURES = ((b"\xff\xd8\xff", b"jpeg"), (b"\x89PNG\r\n\x1a\n", b"png"), (b"BM", b"bmp"), (b"GIF8", b"gif"))

_QUALITY = 90


def read_with_qt(path: Path, edge: int) -> QImage:
    """Return the image, rotated by its EXIF orientation and at most `edge` px large; a null image if Qt cannot read it.

    A JPEG of 12 megapixels takes 47 ms, and 65 ms with Pillow.
    """
    format_ = _format_of(path)
    if not format_:
        return QImage()
    # Name the format, so that Qt tries no other decoder. The SVG decoder connects a signal while PySide 6.11 holds the
    # GIL; if the GUI thread disconnects a signal at that moment, it holds Qt's lock and waits for the GIL: a deadlock.
    reader = QImageReader(str(path), format_)
    reader.setAutoDetectImageFormat(False)
    if not reader.canRead():
        return QImage()
    size = reader.size()
    if max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    reader.setAutoTransform(True)
    return reader.read()


def from_pillow(image: Image.Image, edge: int) -> QImage:
    """Convert a Pillow image to a QImage of at most `edge` px. Shrinks `image` in place."""
    from PIL import Image

    image.thumbnail((edge, edge), Image.Resampling.BICUBIC, reducing_gap=2.0)
    width, height = image.size
    return QImage(image.convert("RGB").tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def from_jpeg(data: bytes) -> QImage:
    """Decode a JPEG in memory; return a null image if it is not a JPEG."""
    if not data.startswith(_SIGNATURES[0][0]):
        return QImage()
    # Not through our own QBuffer: Qt reads it while it holds the lock of its decoders, and PySide then takes the GIL to
    # look for overridden methods. A thread that waits for the decoders while it holds the GIL would deadlock.
    return QImage.fromData(data, "jpeg")  # type: ignore[arg-type]  # the stubs say bytes, which PySide rejects


def to_jpeg(image: QImage) -> bytes:
    """Encode an image as a JPEG in memory."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(buffer.data().data())


def for_screen(image: QImage) -> QImage:
    """Convert an image to sRGB and to a pixel format that is painted without another conversion."""
    space, srgb = image.colorSpace(), QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if space.isValid() and space != srgb:
        converted = image.convertedToColorSpace(srgb)
        image = image if converted.isNull() else converted
    format_ = QImage.Format.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else QImage.Format.Format_RGB32
    return image.convertToFormat(format_)


def _format_of(path: Path) -> bytes:
    """Return Qt's name of the format, judged by the file's content; empty for all formats that Pillow reads."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return b""
    if head[:4] == b"RIFF" and head[8:] == b"WEBP":
        return b"webp"
    return next((name for signature, name in _SIGNATURES if head.startswith(signature)), b"")
