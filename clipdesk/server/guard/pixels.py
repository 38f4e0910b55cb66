"""How many pixels a request may have decoded: pictures of a few kilobytes can take a minute."""

from __future__ import annotations

import math
import threading
from pathlib import Path

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from clipdesk.core.errors import ImageTooLargeError
from clipdesk.core.pictures.jpeg2000 import Jpeg2000File

#: A request has this many times the pixels that one picture may have.
_PICTURES = 2

#: Only JPEG is decoded at an eighth of its size. Others are decoded whole, at 10 to 190 ns a pixel.
_SHARE_OF_OTHERS = 1 / 2
#: OpenJPEG takes 180 ns a pixel and holds the GIL, so that nobody else is answered meanwhile: 0.7 s for 4 megapixels.
_SHARE_OF_JPEG_2000 = 1 / 25


class PixelBudget:
    """The pixels that the pictures of one request may have together. Thread-safe.

    `max_pixels` is the most for one JPEG. A picture in another format may have half of it, a JPEG 2000 a 25th.
    """

    def __init__(self, max_pixels: int) -> None:
        self._max_pixels = max_pixels
        self._left = _PICTURES * max_pixels
        self._lock = threading.Lock()

    def admit(self, image: ImageFile, target: tuple[int, int]) -> None:
        """Take the pixels of an opened image from the budget, or raise ImageTooLargeError.

        A JPEG 2000 that is too large is set to be reduced while it is decoded, but not below twice `target`.
        """
        pixels = math.prod(image.size)
        most = self._max_pixels
        if isinstance(image, Jpeg2000File):
            most = int(most * _SHARE_OF_JPEG_2000)
            count = _halvings(image, most, target)
            image.reduce = count
            pixels >>= 2 * count
        elif not isinstance(image, JpegImageFile):
            most = int(most * _SHARE_OF_OTHERS)
        if pixels > most:
            raise _too_large(
                f"The picture has {_megapixels(math.prod(image.size))} megapixels; the limit for "
                f"{image.format or 'it'} is {_megapixels(most)}. Send a smaller copy, or a JPEG."
            )
        with self._lock:
            self._left -= pixels
            if self._left < 0:
                raise _too_large(
                    "The pictures of this request have together more than "
                    f"{_megapixels(_PICTURES * self._max_pixels)} megapixels. Send fewer at once, or smaller copies."
                )


def _halvings(image: Jpeg2000File, most: int, target: tuple[int, int]) -> int:
    """Return how many times a JPEG 2000 is halved to have at most `most` pixels, as far as that is possible."""
    pixels, shorter = math.prod(image.size), min(image.size)
    count = 0
    while pixels >> 2 * count > most and count < image.levels and shorter >> count + 1 >= 2 * max(target):
        count += 1
    return count


def _too_large(reason: str) -> ImageTooLargeError:
    return ImageTooLargeError(Path("picture"), reason)


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1e6:.3g}"
