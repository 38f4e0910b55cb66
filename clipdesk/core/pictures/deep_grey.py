"""Scale grey images of 16-bit, 32-bit and float samples to 8 bits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin
from PIL.ImageFile import ImageFile

from clipdesk.core.pictures.metadata import bits_of

#: Tag of TIFF 6.0.
_PHOTOMETRIC = 262


def is_deep_grey(image: Image.Image) -> bool:
    """Return whether the image is grey with more than 8 bits per sample."""
    return image.mode in ("I", "F") or image.mode.startswith("I;16")


def to_8_bit(image: ImageFile) -> Image.Image:
    """Return a deep grey image in mode L, scaled. Pillow's own `convert` clips everything above 255.

    16 bits (12 in some TIFFs) lose their lower bits. 32-bit integers count as 8 or 16 bits if the values fit, floats
    within 0…1 as black to white; anything else is stretched from its smallest to its largest finite value. NaN becomes
    the smallest value, and infinities the ends of the range.
    """
    low, high = _range(image)
    if image.mode.startswith("I;16") or (image.format == "PPM" and image.mode == "I"):
        # 255 × 256 rather than 65535: the upper byte, as Pillow itself reduces 16-bit colours.
        low, high = 0.0, float(255 << ((bits_of(image) or 16) - 8))
    elif image.mode == "I" and low >= 0 and high <= 65535:
        low, high = 0.0, 255.0 if high <= 255 else 255.0 * 256
    elif image.mode == "F" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    grey = np.concatenate([_stretched(strip, low, high) for strip in _strips(image)])
    if isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == 0:
        # WhiteIsZero: Pillow inverts 8-bit samples, but no deeper ones.
        np.subtract(255, grey, out=grey)
    return Image.fromarray(grey)


def _strips(image: Image.Image) -> Iterator[NDArray[Any]]:
    """Yield the samples a few rows at a time, so that the float64 scratch stays small beside the image."""
    width, height = image.size
    rows = max(1, 4_000_000 // width)
    for top in range(0, height, rows):
        yield np.asarray(image.crop((0, top, width, min(top + rows, height))))


def _range(image: Image.Image) -> tuple[float, float]:
    """Return the smallest and the largest finite value; zeros if there is none."""
    finite = [strip[np.isfinite(strip)] for strip in _strips(image)]
    found = [(float(strip.min()), float(strip.max())) for strip in finite if strip.size]
    return (min(low for low, _ in found), max(high for _, high in found)) if found else (0.0, 0.0)


def _stretched(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    """Map `low` to 0 and `high` to 255; everything to 0 if they are equal."""
    scaled = np.nan_to_num(values.astype(np.float64), nan=low, posinf=high, neginf=low)
    scaled = (scaled - low) * (255.0 / (high - low) if high > low else 0.0)
    return np.clip(scaled, 0.0, 255.0).astype(np.uint8)
