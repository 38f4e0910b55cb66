"""Scale grey images of 16-bit, 32-bit and float samples to 8 bits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin
from PIL.ImageFile import ImageFile

from clipdesk.core.pictures.metadata import bits_of

#: Tags of TIFF 6.0, and GDAL's for the value of samples that were not measured.
_PHOTOMETRIC, _GDAL_NODATA = 262, 42113

#: The share of samples at each end that do not count for the used range: hot and dead pixels.
_OUTLIERS = 0.001
#: An image that uses less than this share of its format's range is stretched. 12-bit samples in 16 bits use 1/16.
_NARROW = 1 / 8

#: Many programs write this, as a float32, for samples that were not measured.
_FLOAT_MAX = float(np.finfo(np.float32).max)

#: The used range is taken from at most about this many samples.
_MOST_SAMPLES = 4_000_000
_SAMPLES_PER_STRIP = 1_000_000


def is_deep_grey(image: Image.Image) -> bool:
    """Return whether the image is grey with more than 8 bits per sample."""
    return image.mode in ("I", "F") or image.mode.startswith("I;16")


def to_8_bit(image: ImageFile) -> Image.Image:
    """Return a deep grey image in mode L, scaled. Pillow's own `convert` clips everything above 255.

    The scale depends on the used range, the values without outliers, NaN, infinities and nodata. Integers of 16 bits
    (12 in some TIFFs) lose their lower bits. 32-bit integers count as 8 or 16 bits if the used range fits, and floats
    within 0…1 as black to white. If the used range is a narrow part of that, or fits nothing, it is stretched to black
    and white. NaN and nodata become black, infinities the ends of the range, and the transparent value of a PNG white.
    Keeps `info["icc_profile"]`.
    """
    nodata = _nodata(image)
    low, high = _scale(image, *_used_range(image, nodata))
    width, height = image.size
    grey = np.empty((height, width), np.uint8)
    for top, strip in _strips(image):
        grey[top : top + len(strip)] = _scaled(strip, low, high)
        if nodata is not None:
            grey[top : top + len(strip)][strip == nodata] = 255 if image.format == "PNG" else 0
    if isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == 0:
        # WhiteIsZero: Pillow inverts 8-bit samples, but no deeper ones.
        np.subtract(255, grey, out=grey)
    result = Image.fromarray(grey)
    if profile := image.info.get("icc_profile"):
        result.info["icc_profile"] = profile
    return result


def _scale(image: ImageFile, low: float, high: float) -> tuple[float, float]:
    """Return the values that become black and white, from the used range `low`…`high`."""
    if image.format == "PPM" and image.mode == "I":
        # The header says which value is white, and Pillow has scaled that to 65535.
        return 0.0, 255.0 * 256
    if image.mode.startswith("I;16"):
        # 255 × 256 rather than 65535: the upper byte, as Pillow itself reduces 16-bit colours.
        white = float(255 << ((bits_of(image) or 16) - 8))
    elif image.mode == "I" and low >= 0 and high <= 255:
        return 0.0, 255.0
    elif image.mode == "I" and low >= 0 and high <= 65535:
        white = 255.0 * 256
    elif image.mode == "F" and low >= 0 and high <= 1:
        white = 1.0
    else:
        return low, high
    return (low, high) if 0 < high - low < _NARROW * white else (0.0, white)


def _used_range(image: Image.Image, nodata: float | None) -> tuple[float, float]:
    """Return the smallest and the largest value without outliers and nodata; zeros if there is no value."""
    step = 1 + math.isqrt((math.prod(image.size) - 1) // _MOST_SAMPLES)
    samples = np.concatenate([strip[::step, ::step].ravel() for _, strip in _strips(image)])
    used = _measured(samples, nodata)
    if not used.size:
        return 0.0, 0.0
    last = used.size - 1
    low, high = math.floor(_OUTLIERS * last), math.ceil((1 - _OUTLIERS) * last)
    ordered = np.partition(used, (low, high))
    return float(ordered[low]), float(ordered[high])


def _measured(samples: NDArray[Any], nodata: float | None) -> NDArray[Any]:
    """Return the samples (n,) that are finite and not nodata."""
    if samples.dtype.kind == "f":
        samples = samples[np.isfinite(samples) & (np.abs(samples) != _FLOAT_MAX)]
    return samples if nodata is None else samples[samples != nodata]


def _nodata(image: ImageFile) -> float | None:
    """Return the value of samples that were not measured, which a TIFF declares, or of transparent ones in a PNG."""
    if image.format == "PNG":
        value = image.info.get("transparency")
        return float(value) if isinstance(value, int) else None
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return None
    try:
        value = float(str(image.tag_v2[_GDAL_NODATA]).strip("\0 "))
    except (KeyError, ValueError):
        return None
    if image.mode != "F":
        return value if math.isfinite(value) else None
    # As the samples hold it: −3.4e38 in decimals is not quite the float32.
    return float(np.float32(value)) if abs(value) <= _FLOAT_MAX else None


def _strips(image: Image.Image) -> Iterator[tuple[int, NDArray[Any]]]:
    """Yield the samples a few rows at a time, with the number of the first row: float64 copies stay small."""
    width, height = image.size
    rows = max(1, _SAMPLES_PER_STRIP // width)
    for top in range(0, height, rows):
        yield top, np.asarray(image.crop((0, top, width, min(top + rows, height))))


def _scaled(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    """Map `low` to 0 and `high` to 255; everything to 0 if they are equal."""
    scaled = values.astype(np.float64)
    if values.dtype.kind == "f":
        np.nan_to_num(scaled, copy=False, nan=low, posinf=high, neginf=low)
    scaled -= low
    scaled *= 255.0 / (high - low) if high > low else 0.0
    return np.clip(scaled, 0.0, 255.0, out=scaled).astype(np.uint8)
