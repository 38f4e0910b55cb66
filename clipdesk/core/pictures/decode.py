"""Decode an image file to upright RGB pixels, or say in one sentence why that fails."""

from __future__ import annotations

import contextlib
import math
import threading
from pathlib import Path

from PIL import Image, JpegImagePlugin
from PIL.ImageFile import ImageFile

from clipdesk.core.pictures.completeness import require_strips
from clipdesk.core.pictures.opening import MAX_PIXELS, opened, require_size
from clipdesk.core.pictures.pixels import to_upright_rgb

#: Larger images are decoded one at a time: a WebP of 268 megapixels took 4.1 GB, and up to 16 threads decode.
_LARGE_PIXELS = 50_000_000
_one_at_a_time = threading.Lock()


def decode(
    path: Path, target: tuple[int, int] | None = None, *, max_edge: int | None = None, max_pixels: int = MAX_PIXELS
) -> Image.Image:
    """Decode the first image in a file: sRGB, upright by its EXIF orientation, transparency on white, no metadata.

    Models and the window both see what this returns. Colours are converted from an embedded ICC profile.

    `target` is the (width, height) that the caller will reduce the image to. A JPEG is then decoded at a half, a
    quarter or an eighth of its size, but never below twice the target's longer side on either axis. With `max_edge`,
    the image is reduced to this many pixels on its longer side, unless it is smaller. The format is recognised by
    content, from a fixed list; the file's name plays no part. Thread-safe.

    Raises ImageError, whatever the file contains: UnsupportedImageError if its format is not on the list, and
    ImageTooLargeError if it has more than `max_pixels`, before that much memory is allocated. MemoryError passes.
    """
    with opened(path) as image:
        return _decode(path, image, target, max_pixels, max_edge=max_edge)


def decode_bytes(
    data: bytes,
    target: tuple[int, int] | None = None,
    *,
    max_pixels: int = MAX_PIXELS,
    drop_alpha: bool = False,
) -> Image.Image:
    """Decode the content of an image file that came as bytes, with the limits and errors of `decode`.

    `drop_alpha` keeps the colours under transparent pixels as they are in the file, as OpenCV reads them, instead of
    putting them on white. The path of an ImageError is just “picture”.
    """
    path = Path("picture")
    with opened(path, data) as image:
        return _decode(path, image, target, max_pixels, drop_alpha=drop_alpha)


def _decode(
    path: Path,
    image: ImageFile,
    target: tuple[int, int] | None,
    max_pixels: int,
    *,
    max_edge: int | None = None,
    drop_alpha: bool = False,
) -> Image.Image:
    require_size(path, image.size, max_pixels)
    require_strips(path, image)
    if max_edge is not None:
        target = max_edge, max_edge
    if target is not None and isinstance(image, JpegImagePlugin.JpegImageFile):
        # The longer side on both axes: the image may lie on its side, and the shorter side decides the scale.
        side = 2 * max(target)
        image.draft("RGB", (side, side))
    with _one_at_a_time if math.prod(image.size) > _LARGE_PIXELS else contextlib.nullcontext():
        image.load()
        pixels = to_upright_rgb(image, max_edge=max_edge, drop_alpha=drop_alpha)
    pixels.info = {}
    return pixels
