"""A picture made the size that a model wants, by Pillow alone."""

from __future__ import annotations

import io
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

ImageFormat = Literal["png", "jpeg"]


def trimmed(image: Image.Image, most: int = 64) -> Image.Image:
    """The middle of a picture that is more than `most` times as long as wide.

    Resizing 30000 × 1 pixels to a shortest edge of 224 would make a picture of 4.5 GB, of which the crop keeps the
    middle anyway; to a longest edge, one of no height.
    """
    width, height = image.size
    longest = most * min(width, height)
    if max(width, height) <= longest:
        return image
    left, top = max(0, (width - longest) // 2), max(0, (height - longest) // 2)
    return image.crop((left, top, left + min(width, longest), top + min(height, longest)))


def resized_and_cropped(image: Image.Image, side: int) -> NDArray[np.uint8]:
    """The middle square of a picture, its shortest edge resized to `side`: CLIP's own preprocessing.

    Pixel for pixel what torchvision's Resize and CenterCrop give, roundings included.
    """
    picture = trimmed(image)
    width, height = picture.size
    if width <= height:
        size = (side, int(side * height / width))
    else:
        size = (int(side * width / height), side)
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.BICUBIC)
    left, top = round((size[0] - side) / 2), round((size[1] - side) / 2)
    return np.array(picture.crop((left, top, left + side, top + side)), dtype=np.uint8)


def encoded(pixels: NDArray[np.uint8], image_format: ImageFormat) -> bytes:
    """The pixels as a file in memory, with nothing else in it: no EXIF, no position, no colour profile."""
    stream = io.BytesIO()
    picture = Image.fromarray(pixels)
    if image_format == "jpeg":
        picture.save(stream, "JPEG", quality=95, subsampling=0)
    else:
        # Level 1 takes 4.6 ms instead of 14.9 for 7 % more bytes (61 photos of 224 × 224).
        picture.save(stream, "PNG", compress_level=1)
    return stream.getvalue()
