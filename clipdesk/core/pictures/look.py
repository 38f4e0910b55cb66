"""How an image looks, in 300 bytes: what its copies have in common after they were resized or recompressed."""

from __future__ import annotations

import calendar
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from clipdesk.core.errors import ImageError
from clipdesk.core.messages import message

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFile import ImageFile

#: The side of `Look.tile` in pixels.
TILE_SIDE = 16

#: An image is measured at this size, so that a smaller copy counts as less sharp.
_SHARPNESS_EDGE = 1_024
#: The sharpest of so many parts on each side count: a portrait has a blurred background.
_PARTS, _COUNTED = 8, 16


@dataclass(frozen=True)
class Look:
    """What is kept of an image's looks, under its content key.

    - `dhash`: 64 bits, each telling whether a pixel is darker than the next one, of the image at 9 × 8 pixels in grey.
    - `tile`: the image at 16 × 16 pixels in grey, row by row, 256 bytes.
    - `width`, `height`: of the upright image in pixels.
    - `taken_s`: when it was taken by the camera's clock, in seconds as if that were UTC. None if nothing tells.
    - `sharpness`: see `sharpness_of`. None until it is measured, because that takes 30 ms.
    """

    dhash: int
    tile: bytes
    width: int
    height: int
    taken_s: float | None = None
    sharpness: float | None = None


@dataclass(frozen=True)
class ShotFacts:
    """What a `Look` says that is not in the pixels. See there."""

    width: int
    height: int
    taken_s: float | None


def shot_facts(image: ImageFile) -> ShotFacts:
    """Return the facts in the header of an opened image, which must not be loaded yet."""
    from clipdesk.core.pictures.metadata import upright_size

    return ShotFacts(*upright_size(image), _taken_s(image))


def look_of(image: Image.Image, facts: ShotFacts) -> Look:
    """Return the look of a decoded image, which may be reduced, with the facts of its file."""
    small = _reduced(image)
    return Look(dhash_of(small), tile_of(small), facts.width, facts.height, facts.taken_s)


def dhash_of(image: Image.Image) -> int:
    """Return the difference hash of an image, 64 bits. The first comparison is the highest bit.

    Krawetz 2013, https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html
    """
    pixels = np.asarray(_grey(image, (9, 8)), np.int16)
    return int.from_bytes(np.packbits(pixels[:, :-1] < pixels[:, 1:]).tobytes(), "big")


def sharpness_of(path: Path) -> float:
    """Return how sharp an image is: the mean square of the Laplacian in its sharpest parts, as a decibel.

    Comparable among images of the same scene only. A difference of 1 can be seen. Raises ImageError.
    """
    from PIL import Image

    from clipdesk.core.pictures.decode import decode

    try:
        image = decode(path, max_edge=_SHARPNESS_EDGE).convert("L")
        scale = _SHARPNESS_EDGE / max(image.size)
        size = [max(_PARTS + 2, round(side * scale)) for side in image.size]
        pixels = np.asarray(image.resize((size[0], size[1]), Image.Resampling.BICUBIC), np.float32)
    except MemoryError as error:
        raise ImageError(path, message("core", "There is not enough memory to open this picture.")) from error
    inner = pixels[1:-1, 1:-1]
    laplacian = pixels[:-2, 1:-1] + pixels[2:, 1:-1] + pixels[1:-1, :-2] + pixels[1:-1, 2:] - 4 * inner
    parts = [part for row in np.array_split(laplacian**2, _PARTS) for part in np.array_split(row, _PARTS, axis=1)]
    energies = np.sort([float(part.mean()) for part in parts])[-_COUNTED:]
    return float(10 * np.log10(energies.mean() + 1e-3))


def tile_of(image: Image.Image) -> bytes:
    """Return the image at 16 × 16 pixels in grey, row by row."""
    return bytes(_grey(image, (TILE_SIDE, TILE_SIDE)).tobytes())


def _grey(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    from PIL import Image

    return _reduced(image).convert("L").resize(size, Image.Resampling.LANCZOS)


def _reduced(image: Image.Image) -> Image.Image:
    """Return the image reduced by a whole number, to at least four times the side of a tile.

    Averaging first takes a fifth of the time that resizing all pixels takes, and hardly changes the result.
    """
    factor = min(image.size) // (4 * TILE_SIDE)
    return image.reduce(factor) if factor > 1 else image


def _taken_s(image: ImageFile) -> float | None:
    """Return when the shutter was released. Not `DateTime`, which is that of the last edit."""
    from PIL import ExifTags

    from clipdesk.core.pictures.metadata import exif_of

    try:
        details = exif_of(image).get_ifd(ExifTags.IFD.Exif)
        for time_tag, fraction_tag in (
            (ExifTags.Base.DateTimeOriginal, ExifTags.Base.SubsecTimeOriginal),
            (ExifTags.Base.DateTimeDigitized, ExifTags.Base.SubsecTimeDigitized),
        ):
            if isinstance(text := details.get(time_tag), str):
                seconds = calendar.timegm(time.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S"))
                fraction = str(details.get(fraction_tag, "")).strip("\0 ")
                return seconds + (float(f"0.{fraction}") if fraction.isdecimal() else 0.0)
    except Exception:  # broken metadata raise exceptions of any kind, and do not spoil the image
        return None
    return None
