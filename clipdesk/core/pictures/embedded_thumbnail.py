"""The small picture that cameras put into a JPEG's EXIF data."""

from __future__ import annotations

from pathlib import Path

from PIL import ExifTags, Image

from clipdesk.core.errors import ImageError
from clipdesk.core.pictures.decode import decode_bytes
from clipdesk.core.pictures.jpeg import JpegFile
from clipdesk.core.pictures.metadata import exif_of, orientation_of
from clipdesk.core.pictures.opening import opened
from clipdesk.core.pictures.pixels import turned

#: The offsets in EXIF data begin behind this.
_EXIF_HEAD = b"Exif\0\0"
#: Sides may differ by so many pixels of the thumbnail from the image's shape. Cameras put black bars above and below
#: pictures of 3:2, to fill 160 × 120.
_TOLERANCE = 1.5


def embedded_thumbnail(path: Path) -> Image.Image | None:
    """Return the thumbnail in a file's EXIF data, upright; None if it has none, or one of another shape.

    Takes about 2 ms, however large the image is. It may be older than the image: some programs change a picture and
    keep the camera's thumbnail. Its colours are those of the file. Raises ImageError if the file cannot be opened.

    Source: Exif 2.32, section 4.5.7.
    """
    with opened(path) as image:
        if not isinstance(image, JpegFile) or image.format != "JPEG":
            return None
        data = _thumbnail_bytes(image)
        if not data.startswith(b"\xff\xd8\xff"):
            return None
        size, orientation = image.size, orientation_of(image)
    try:
        thumbnail = decode_bytes(data, max_pixels=1_000_000)
    except ImageError:
        return None
    return turned(thumbnail, orientation) if _has_shape_of(size, thumbnail.size) else None


def _thumbnail_bytes(image: JpegFile) -> bytes:
    """Return the JPEG that IFD 1 points to, or nothing."""
    raw = image.info.get("exif", b"")
    try:
        tags = exif_of(image).get_ifd(ExifTags.IFD.IFD1)
        start = int(tags[ExifTags.Base.JpegIFOffset]) + len(_EXIF_HEAD)
        length = int(tags[ExifTags.Base.JpegIFByteCount])
    except Exception:  # broken metadata raise exceptions of any kind
        return b""
    return bytes(raw[start : start + length]) if raw.startswith(_EXIF_HEAD) and start > 0 else b""


def _has_shape_of(image: tuple[int, int], thumbnail: tuple[int, int]) -> bool:
    """Return whether the thumbnail is the whole image, reduced."""
    scale = max(thumbnail) / max(image)
    return scale < 1 and all(
        abs(scale * side - small) <= _TOLERANCE for side, small in zip(image, thumbnail, strict=True)
    )
