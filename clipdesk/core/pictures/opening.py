"""Open an image file with the plugin that its content asks for; nothing is decoded yet."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    PpmImagePlugin,
    WebPImagePlugin,
)
from PIL.ImageFile import ImageFile

from clipdesk.core.errors import ImageError, ImageTooLargeError, UnsupportedImageError
from clipdesk.core.messages import message
from clipdesk.core.pictures.avif import open_avif
from clipdesk.core.pictures.camera_raw import is_camera_raw, open_raw
from clipdesk.core.pictures.jpeg import JpegFile
from clipdesk.core.pictures.jpeg2000 import Jpeg2000File
from clipdesk.core.pictures.metadata import discard_xmp
from clipdesk.core.pictures.pcx import open_pcx
from clipdesk.core.pictures.photoshop import NoMergedPictureError, PhotoshopFile
from clipdesk.core.pictures.png import open_png
from clipdesk.core.pictures.targa import TargaFile, is_targa
from clipdesk.core.pictures.tiff import open_tiff
from clipdesk.core.pictures.unreadable import STOPPED, foreign_reason, image_error, megapixels

logger = logging.getLogger(__name__)

#: The largest image that is decoded. A 300-megapixel RGB image takes 1.2 GB while it is converted.
MAX_PIXELS = 300_000_000

# Pillow warns above this number and raises above twice it, also where it learns a size before `require_size` does (an
# icon's inner image, the tiles of a TIFF). Set once: changing it around a call would not be thread-safe.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@contextlib.contextmanager
def opened(path: Path, data: bytes | None = None, cancel: threading.Event | None = None) -> Iterator[ImageFile]:
    """Open the file at `path`, or `data` in its place, and close it after the block.

    Every error inside the block comes out as ImageError, except MemoryError. So does a `cancel` that is set while a
    decoder reads the file.
    """
    try:
        if data is None:
            _require_file(path)
        elif not data:
            raise ImageError(path, _EMPTY)
        with _StoppableFile(path, cancel) if data is None else io.BytesIO(data) as stream:
            image = _open(path, stream, is_file=data is None)
            discard_xmp(image)
            yield image
    except (ImageError, MemoryError):
        raise
    except Exception as error:
        # Broad on purpose: Pillow's plugins raise a dozen unrelated exceptions for a broken file, among them
        # struct.error, KeyError and ZeroDivisionError, and one bad file must stay one row.
        logger.debug("%s could not be decoded", path, exc_info=True)
        raise image_error(path, error, MAX_PIXELS) from error


def require_size(path: Path, size: tuple[int, int], max_pixels: int) -> None:
    """Raise ImageTooLargeError if width × height exceeds `max_pixels`."""
    width, height = size
    if width * height > max_pixels:
        raise ImageTooLargeError(
            path,
            message(
                "core",
                "The picture has {megapixels} megapixels ({width} × {height}); the limit is {limit}. "
                "Save a smaller copy and use that.",
            ).of(
                megapixels=megapixels(width * height),
                width=str(width),
                height=str(height),
                limit=megapixels(max_pixels),
            ),
        )


def require_going(path: Path, cancel: threading.Event | None) -> None:
    """Raise ImageError if `cancel` is set."""
    if cancel is not None and cancel.is_set():
        raise ImageError(path, STOPPED)


class _StoppableFile(io.BufferedReader):
    """A file whose `read` raises ImageError once `cancel` is set.

    Pillow feeds its decoders 64 KB at a time, so this stops most of them in the middle of an image. Decoders that want
    the whole file at once (WebP, HEIC, compressed TIFF) go on until they have decoded it.
    """

    def __init__(self, path: Path, cancel: threading.Event | None) -> None:
        super().__init__(io.FileIO(path))
        self._path = path
        self._cancel = cancel

    def read(self, size: int | None = -1) -> bytes:
        require_going(self._path, self._cancel)
        return super().read(size)


_EMPTY = message("core", "The file is empty (0 bytes). Copy or download it again.")


def _require_file(path: Path) -> None:
    """Raise ImageError unless `path` is a regular file with content. Reading a pipe or a device could block forever."""
    try:
        status = path.stat()
    except ValueError as error:  # a NUL, or characters that the file system cannot store
        raise ImageError(path, message("core", "This is not a usable file name.")) from error
    if stat.S_ISDIR(status.st_mode):
        raise ImageError(path, message("core", "This is a folder, not a picture."))
    if not stat.S_ISREG(status.st_mode):
        raise ImageError(path, message("core", "This is a device or a pipe, not a picture file."))
    if status.st_size == 0:
        raise ImageError(path, _EMPTY)


def _open(path: Path, stream: IO[bytes], *, is_file: bool) -> ImageFile:
    """Choose the plugin by the first bytes, whatever the file is called.

    Plugins are called directly, because Image.open would apply its own size limit, with its own message, first. They
    get the stream without its name: Pillow memory-maps named files, and a mapped file that another program truncates
    kills the process (SIGBUS).
    """
    head = stream.read(512)
    stream.seek(0)
    if head[4:8] == b"ftyp":
        brands = _brands(head)
        if brands & _AVIF_BRANDS:
            return open_avif(stream)
        if brands & _HEIF_BRANDS:
            return _open_heif(path, stream)
    # Not from bytes, which a server got from anybody: LibRaw is a large library in C++.
    if is_file and is_camera_raw(head, stream):
        return open_raw(path, stream)
    for signature, plugin in _PLUGINS:
        if signature.match(head):
            return plugin(stream)
    if head.startswith(b"8BPS"):
        return _open_photoshop(path, stream)
    if is_targa(head):
        return TargaFile(stream)
    raise UnsupportedImageError(path, foreign_reason(head))


def _brands(head: bytes) -> set[bytes]:
    """Return the major and compatible brands of an ISO media file (ISO/IEC 14496-12, 4.3)."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}


def _open_heif(path: Path, stream: IO[bytes]) -> ImageFile:
    # An extra, because its wheels contain x265 and libde265 under the (L)GPL. Called directly, not registered with
    # Pillow.
    try:
        open_file = _heif_image_file()
    except ImportError as error:
        raise UnsupportedImageError(
            path,
            message(
                "core",
                "This is a HEIC picture, and what opens those (ClipDesk's extra “heif”) is not installed. "
                "Install it with: pip install pillow-heif",
            ),
        ) from error
    image: ImageFile = open_file(stream)
    return image


def _heif_image_file() -> Any:
    """Return what opens HEIC files. The built app has pi-heif, which is pillow-heif without the encoder x265."""
    try:
        from pillow_heif import HeifImageFile
    except ImportError:
        from pi_heif import HeifImageFile
    return HeifImageFile


def _open_photoshop(path: Path, stream: IO[bytes]) -> ImageFile:
    try:
        return PhotoshopFile(stream)
    except NoMergedPictureError as error:
        raise UnsupportedImageError(
            path,
            message(
                "core",
                "This Photoshop document was saved without a merged picture. Save it again in Photoshop with “Maximize "
                "compatibility”, or as JPEG or PNG.",
            ),
        ) from error


_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"mif2"}

#: The formats that are opened, by their first bytes. An MPO starts with a JPEG and an APNG with a PNG, which is the
#: image that is decoded.
_PLUGINS: tuple[tuple[re.Pattern[bytes], Callable[[IO[bytes]], ImageFile]], ...] = (
    (re.compile(rb"\xff\xd8\xff"), JpegFile),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), open_png),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), WebPImagePlugin.WebPImageFile),
    (re.compile(rb"GIF8[79]a"), GifImagePlugin.GifImageFile),
    (re.compile(rb"II[*+]\x00|MM\x00[*+]"), open_tiff),
    (re.compile(rb"\x00\x00\x00\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51"), Jpeg2000File),
    (re.compile(rb"\x00\x00\x01\x00"), IcoImagePlugin.IcoImageFile),
    (re.compile(rb"P[1-6f][\s#]"), PpmImagePlugin.PpmImageFile),
    (re.compile(rb"BM"), BmpImagePlugin.BmpImageFile),
    (re.compile(rb"\x0a[\x00\x02\x03\x05][\x00\x01][\x01\x02\x04\x08]"), open_pcx),
    (re.compile(rb"[\x0c\x28\x34\x38\x40\x6c\x7c]\x00\x00\x00"), BmpImagePlugin.DibImageFile),
)
