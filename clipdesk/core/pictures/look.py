"""How an image looks, in 300 bytes: what copies have in common after they were resized or recompressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

#: The side of `Look.tile` in pixels.
TILE_SIDE = 16


@dataclass(frozen=True)
class Look:
    """What is kept of an image's looks, under its content key.

    - `dhash`: 64 bits, each telling whether a pixel of the image at 9 × 8 pixels in grey is darker than the next.
    - `tile`: the image at 16 × 16 pixels in grey, row by row, 256 bytes.
    - `width`, `height`: of the upright image in pixels.
    - `taken_s`: when it was taken by the camera's clock, in seconds as if that were UTC. None if nothing tells.
    """

    dhash: int
    tile: bytes
    width: int
    height: int
    taken_s: float | None = None


def look_of(image: Image.Image, size: tuple[int, int], taken_s: float | None = None) -> Look:
    """Return the look of a decoded image, which may be reduced. `size` is (width, height) of the whole image.

    dHash after Krawetz 2013, https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html
    """
    raise NotImplementedError
