"""Open camera raw files through the preview that the camera has put into them."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from typing import IO, TYPE_CHECKING

from PIL import ExifTags, PpmImagePlugin
from PIL.ImageFile import ImageFile

from clipdesk.core.errors import UnsupportedImageError
from clipdesk.core.messages import message
from clipdesk.core.pictures.jpeg import JpegFile
from clipdesk.core.pictures.metadata import SIDEWAYS, exif_of, orientation_of

if TYPE_CHECKING:
    import rawpy

#: `ImageFile.format` of what `open_raw` returns.
FORMAT = "RAW"

_NOT_INSTALLED = message(
    "core",
    "This is a camera raw file, and what opens those (ClipDesk's extra “raw”) is not installed. "
    "Install it with: pip install rawpy",
)
_NO_PREVIEW = message(
    "core", "This camera raw file contains no preview that ClipDesk can show. Save a copy as JPEG or PNG and use that."
)
_UNKNOWN_CAMERA = message(
    "core",
    "This camera's raw files are not supported, or the file is damaged. Save a copy as JPEG or PNG and use that.",
)

#: CR2, ORF, RW2, RAF, CR3, X3F, MRW, CRW. All others are TIFFs.
_SIGNATURES = re.compile(
    rb"(II\*\0|MM\0\*)....CR|IIR[OS]|MMOR|IIU\0|FUJIFILMCCD-RAW|....ftypcrx|FOVb|\0MRM|II\x1a\0\0\0HEAPCCDR", re.DOTALL
)

#: Tags of TIFF 6.0, TIFF/EP and DNG 1.7.
_PHOTOMETRIC, _SUB_IFDS, _DNG_VERSION = 262, 330, 50706
#: Photometric interpretations of sensor data: a colour filter array, and linear raw.
_SENSOR_DATA = (32803, 34892)
_MAX_IFDS = 16

#: On Linux and macOS, rawpy holds the GIL while LibRaw reads headers. Reading this much before puts them into the
#: system's page cache.
_PREFETCHED_BYTES = 1 << 20

#: LibRaw's own limit is 512 MB. Cameras put at most about 30 MB into a file.
_MAX_PREVIEW_BYTES = 150_000_000

#: The software in the EXIF that LibRaw makes.
_LIBRAW_EXIF = b"dcraw v"

#: LibRaw's `flip` as an EXIF orientation (its `tiff_head`).
_ORIENTATIONS = (1, 2, 4, 3, 5, 8, 6, 7)


def is_camera_raw(head: bytes, stream: IO[bytes]) -> bool:
    """Return whether a file that begins with `head` is a camera raw file. The stream is left at its start."""
    if _SIGNATURES.match(head):
        return True
    if not head.startswith((b"II*\0", b"MM\0*")):
        return False
    try:
        return _has_sensor_data(head, stream)
    except struct.error:  # cut off: the TIFF reader says so
        return False
    finally:
        stream.seek(0)


def _has_sensor_data(head: bytes, stream: IO[bytes]) -> bool:
    """Return whether one of a TIFF's directories (IFDs) is that of a DNG or describes sensor data."""
    order = "<" if head.startswith(b"II") else ">"
    waiting = list(struct.unpack_from(f"{order}I", head, 4))
    seen: set[int] = set()
    while waiting and len(seen) < _MAX_IFDS:
        at = waiting.pop(0)
        if at in seen or at < 8:
            continue
        seen.add(at)
        stream.seek(at)
        (count,) = struct.unpack(f"{order}H", stream.read(2))
        entries = stream.read(12 * count)
        following = stream.read(4)
        for tag, kind, values, value in struct.iter_unpack(f"{order}HHI4s", entries):
            if tag == _DNG_VERSION:
                return True
            if tag == _PHOTOMETRIC and struct.unpack(f"{order}H", value[:2])[0] in _SENSOR_DATA:
                return True
            if tag == _SUB_IFDS and kind in (4, 13) and 0 < values <= _MAX_IFDS:
                if values > 1:
                    stream.seek(struct.unpack(f"{order}I", value)[0])
                    value = stream.read(4 * values)
                waiting += struct.unpack(f"{order}{values}I", value)
        if len(following) == 4:
            waiting += struct.unpack(f"{order}I", following)
    return False


def open_raw(path: Path, stream: IO[bytes]) -> ImageFile:
    """Open the largest preview in a camera raw file. Raises UnsupportedImageError if there is none."""
    try:
        import rawpy
    except ImportError as error:
        raise UnsupportedImageError(path, _NOT_INSTALLED) from error
    stream.read(_PREFETCHED_BYTES)
    stream.seek(0)
    try:
        with rawpy.RawPy() as raw:
            try:
                raw.open_file(str(path))
            except UnicodeEncodeError:  # a name that is not Unicode
                raw.open_buffer(stream)
            image = _preview(raw.extract_thumb())
            sizes = raw.sizes
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError, NotImplementedError) as error:
        raise UnsupportedImageError(path, _NO_PREVIEW) from error
    except rawpy.LibRawFileUnsupportedError as error:
        raise UnsupportedImageError(path, _UNKNOWN_CAMERA) from error
    except rawpy.LibRawUnsufficientMemoryError as error:
        raise MemoryError from error
    image.format = FORMAT
    _set_orientation(image, _ORIENTATIONS[sizes.flip & 7], sizes.width > sizes.height)
    return image


def _preview(thumbnail: rawpy.Thumbnail) -> ImageFile:
    data = thumbnail.data
    if (len(data) if isinstance(data, bytes) else data.size) > _MAX_PREVIEW_BYTES:
        raise NotImplementedError("a preview of this size")
    if isinstance(data, bytes):
        image = JpegFile(io.BytesIO(data))
        if _LIBRAW_EXIF in image.info.get("exif", b""):
            # LibRaw puts its EXIF before the file's own unless that comes first.
            plain = JpegFile(io.BytesIO(data[:2] + data[4 + int.from_bytes(data[4:6], "big") :]))
            image = plain if "exif" in plain.info else image
        return image
    height, width = data.shape[:2]
    kind = b"P6" if data.size == 3 * width * height else b"P5"
    return PpmImagePlugin.PpmImageFile(io.BytesIO(b"%s %d %d 255\n" % (kind, width, height) + data.tobytes()))


def _set_orientation(image: ImageFile, turn: int, is_wide: bool) -> None:
    """Orient a preview by its own EXIF, or else by `turn`, the orientation of the raw file.

    `is_wide` says whether the raw image is wider than high before it is turned. LibRaw gives previews without EXIF a
    block of their own, with the orientation of the raw file.
    """
    own = orientation_of(image)
    orientation = own if ExifTags.Base.Orientation in exif_of(image) else turn
    width, height = image.size
    if orientation == turn and turn in SIDEWAYS and width != height and (width > height) != is_wide:
        # Some programs store a preview that is upright already.
        orientation = 1
    if orientation != own:
        exif_of(image)[ExifTags.Base.Orientation] = orientation  # Pillow keeps this object
