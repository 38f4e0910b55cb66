"""Decode an image file to upright RGB pixels, or say in one sentence why that fails."""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, JpegImagePlugin
from PIL.ImageFile import ImageFile

from clipdesk.core.pictures.completeness import require_strips
from clipdesk.core.pictures.large import reduced, require_memory
from clipdesk.core.pictures.metadata import orientation_of
from clipdesk.core.pictures.opening import MAX_PIXELS, opened, require_going, require_size
from clipdesk.core.pictures.pixels import at_most, to_rgb, to_upright_rgb, turned

#: Larger images are decoded in bands, and one at a time, because up to 16 threads decode.
_LARGE_PIXELS = 50_000_000
_one_at_a_time = threading.Lock()
_POLL_S = 0.05

#: Larger results for the screen are divided once more: they take 4 bytes a pixel, beside the image itself.
_MAX_SCREEN_PIXELS = 80_000_000


def decode(
    path: Path,
    target: tuple[int, int] | None = None,
    *,
    max_edge: int | None = None,
    max_pixels: int = MAX_PIXELS,
    on_opened: Callable[[ImageFile], object] | None = None,
    cancel: threading.Event | None = None,
) -> Image.Image:
    """Decode the first image in a file: sRGB, upright by its EXIF orientation, transparency on white, no metadata.

    Models and the window both see what this returns. Colours are converted from an embedded ICC profile.

    `target` is the (width, height) that the caller will reduce the image to. A JPEG is then decoded at a half, a
    quarter or an eighth of its size, but never below twice the target's longer side on either axis. With `max_edge`,
    the image is reduced to this many pixels on its longer side, unless it is smaller. The format is recognised by
    content, from a fixed list; the file's name plays no part. `on_opened` gets the opened image before it is decoded.
    Thread-safe.

    Raises ImageError, whatever the file contains: UnsupportedImageError if its format is not on the list, and
    ImageTooLargeError if it has more than `max_pixels`, before that much memory is allocated. Also if `cancel` is set,
    in the middle of the file if its decoder allows that. MemoryError passes.
    """
    with opened(path, cancel=cancel) as image:
        if on_opened is not None:
            on_opened(image)
        return _decode(path, image, target, max_pixels, max_edge=max_edge, cancel=cancel)


def decode_bytes(
    data: bytes,
    target: tuple[int, int] | None = None,
    *,
    max_pixels: int = MAX_PIXELS,
    drop_alpha: bool = False,
    admit: Callable[[ImageFile], None] | None = None,
) -> Image.Image:
    """Decode the content of an image file that came as bytes, with the limits and errors of `decode`.

    `drop_alpha` keeps the colours under transparent pixels as they are in the file, as OpenCV reads them, instead of
    putting them on white. `admit` gets the image before its pixels are decoded, and may raise ImageError. The path of
    an ImageError is just “picture”.
    """
    path = Path("picture")
    with opened(path, data) as image:
        if admit is not None:
            admit(image)
        return _decode(path, image, target, max_pixels, drop_alpha=drop_alpha)


def _decode(
    path: Path,
    image: ImageFile,
    target: tuple[int, int] | None,
    max_pixels: int,
    *,
    max_edge: int | None = None,
    drop_alpha: bool = False,
    cancel: threading.Event | None = None,
) -> Image.Image:
    require_size(path, image.size, max_pixels)
    require_strips(path, image)
    if max_edge is not None:
        target = max_edge, max_edge
    if target is not None and isinstance(image, JpegImagePlugin.JpegImageFile):
        # The longer side on both axes: the image may lie on its side, and the shorter side decides the scale.
        side = max(target) if max_edge is not None and math.prod(image.size) > _LARGE_PIXELS else 2 * max(target)
        image.draft("RGB", (side, side))
    if math.prod(image.size) > _LARGE_PIXELS:
        with _turn(path, cancel):
            pixels = _decode_large(path, image, target, max_edge, drop_alpha, cancel)
    else:
        image.load()
        pixels = to_upright_rgb(image, max_edge=max_edge, drop_alpha=drop_alpha)
    pixels.info = {}
    return pixels


@contextlib.contextmanager
def _turn(path: Path, cancel: threading.Event | None) -> Iterator[None]:
    """Wait until no other large image is being decoded. Raises ImageError if `cancel` is set meanwhile."""
    while not _one_at_a_time.acquire(timeout=-1 if cancel is None else _POLL_S):
        require_going(path, cancel)
    try:
        yield
    finally:
        _one_at_a_time.release()


def _decode_large(
    path: Path,
    image: ImageFile,
    target: tuple[int, int] | None,
    max_edge: int | None,
    drop_alpha: bool,
    cancel: threading.Event | None,
) -> Image.Image:
    """Decode an image that is decoded alone: in bands, and reduced by a whole number on the way."""
    factor = 1
    if max_edge is not None:
        factor = max(1, max(image.size) // max_edge)
        if math.prod(image.size) // factor**2 > _MAX_SCREEN_PIXELS:
            factor += 1
    elif target is not None:
        # As for a JPEG: never below twice the target's longer side.
        factor = max(1, min(image.size) // (2 * max(target)))
    require_memory(path, image, factor)

    def converted(band: Image.Image) -> Image.Image:
        require_going(path, cancel)
        return to_rgb(band, drop_alpha=drop_alpha)

    pixels = reduced(image, factor, converted)
    # Only now, as in `to_upright_rgb`.
    orientation = orientation_of(image)
    image.close()  # frees its pixels
    pixels = turned(pixels, orientation)
    return pixels if max_edge is None else at_most(pixels, max_edge)
