"""Decode large images in bands of rows and reduce each, so that no image takes more than about a gigabyte."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, TiffImagePlugin
from PIL.ImageFile import ImageFile, _Tile

from clipdesk.core.errors import ImageTooLargeError
from clipdesk.core.messages import message
from clipdesk.core.pictures.deep_grey import is_deep_grey, to_8_bit
from clipdesk.core.pictures.jpeg2000 import Jpeg2000File
from clipdesk.core.pictures.metadata import orientation_of
from clipdesk.core.pictures.png import PngFile, png_bands
from clipdesk.core.pictures.unreadable import megapixels

#: What a decoder may allocate for one image.
_MAX_BYTES = 900_000_000

#: Measured peaks in bytes per pixel, for decoders that keep the whole image several times.
_DECODER_BYTES = {"WEBP": 16, "AVIF": 16, "HEIF": 16, "JPEG2000": 20}

_ONE_BYTE_MODES = ("1", "L", "P")
#: Modes with the same layout in a file's rows and in Pillow.
_RAW_MODES = ("RGB", "RGBA", "RGBX", "CMYK")


def require_memory(path: Path, image: ImageFile, factor: int) -> None:
    """Raise ImageTooLargeError if decoding an image, with each side divided by `factor`, would take too much memory."""
    pixels = math.prod(image.size)
    per_pixel = _DECODER_BYTES.get(image.format or "", _pixel_bytes(image)) + 4 / factor**2
    if isinstance(image, Jpeg2000File):
        per_pixel /= 4 ** _discarded_levels(image, factor)
    elif _can_be_read_in_bands(image):
        per_pixel = 4 / factor**2
    if per_pixel * pixels > _MAX_BYTES:
        raise ImageTooLargeError(
            path,
            message(
                "core",
                "The picture has {megapixels} megapixels. Pictures of this kind and shape may have at most {limit}. "
                "Save a smaller copy and use that.",
            ).of(megapixels=megapixels(pixels), limit=megapixels(int(_MAX_BYTES / per_pixel))),
        )


def reduced(
    image: ImageFile,
    factor: int,
    to_rgb: Callable[[Image.Image], Image.Image],
    *,
    max_bytes: int = _MAX_BYTES // 2,
    band_pixels: int = 4_000_000,
) -> Image.Image:
    """Return an image that is not loaded yet in RGB, each side divided by `factor` and rounded up. Not turned upright.

    Works on bands of about `band_pixels`, which `to_rgb` converts. Images that take more than `max_bytes` in memory are
    also decoded in bands if their format allows it. JPEG 2000 is reduced by a power of 2 while it is decoded.
    """
    if isinstance(image, Jpeg2000File):
        image.reduce = _discarded_levels(image, factor)
        image.load()
        return to_rgb(image)
    width, height = image.size
    rows = factor * max(1, band_pixels // width // factor)
    result = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    for number, band in enumerate(_bands(image, rows, max_bytes)):
        result.paste(to_rgb(band).reduce(factor), (0, number * rows // factor))
    return result


def _discarded_levels(image: Jpeg2000File, factor: int) -> int:
    """Return how many halvings of a JPEG 2000 come closest to a division by `factor`, without exceeding it."""
    return min(image.levels, factor.bit_length() - 1)


def _bands(image: ImageFile, rows: int, max_bytes: int) -> Iterator[Image.Image]:
    """Yield the image's rows from top to bottom, `rows` at a time, with the image's `info`."""
    if _pixel_bytes(image) * math.prod(image.size) > max_bytes and _can_be_read_in_bands(image):
        yield from png_bands(image, rows) if isinstance(image, PngFile) else _raw_bands(image, rows)
        return
    image.load()
    # The range of deep grey is that of the whole image.
    pixels = to_8_bit(image) if is_deep_grey(image) else image
    width, height = pixels.size
    for top in range(0, height, rows):
        yield pixels.crop((0, top, width, min(top + rows, height)))


def _pixel_bytes(image: ImageFile) -> int:
    """Return the bytes of a pixel in Pillow's memory."""
    if image.mode in _ONE_BYTE_MODES:
        return 1
    # A byte more, for the copy in 8 bits.
    return 3 if image.mode.startswith("I;16") else 5 if image.mode in ("I", "F") else 4


def _can_be_read_in_bands(image: ImageFile) -> bool:
    """Return whether rows can be decoded without the whole image in memory."""
    if isinstance(image, PngFile):
        return image.can_be_read_in_bands
    # A PSD has one tile for each channel, and the alpha channel of a TGA is judged as a whole.
    if image.format in ("PSD", "TGA") or (
        isinstance(image, TiffImagePlugin.TiffImageFile) and orientation_of(image) != 1
    ):
        return False
    return image.mode in _RAW_MODES and bool(image.tile) and all(_is_full_width(image, tile) for tile in image.tile)


def _is_full_width(image: ImageFile, tile: _Tile) -> bool:
    extents = tile.extents
    return tile.codec_name == "raw" and extents is not None and extents[0] == 0 and extents[2] == image.width


def _raw_bands(image: ImageFile, rows: int) -> Iterator[Image.Image]:
    """Yield bands of an uncompressed image, whose rows may go from bottom to top."""
    width, height = image.size
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        band = Image.new(image.mode, (width, bottom - top))
        for _, extents, offset, args in image.tile:
            assert extents is not None and image.fp is not None
            first, last = max(top, extents[1]), min(bottom, extents[3])
            if first >= last:
                continue
            raw_mode, stride, direction = args if isinstance(args, tuple) else (args, 0, 1)
            stride = stride or width * len(image.getbands())
            skipped = extents[3] - last if direction < 0 else first - extents[1]
            image.fp.seek(offset + skipped * stride)
            data = image.fp.read((last - first) * stride)
            if len(data) < (last - first) * stride - stride:
                raise OSError("image file is truncated")
            data = data.ljust((last - first) * stride, b"\0")
            part = Image.frombytes(image.mode, (width, last - first), data, "raw", raw_mode, stride, direction)
            band.paste(part, (0, first - top))
        band.info = image.info
        yield band
