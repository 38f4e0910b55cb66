"""JPEGs as cameras write them: with a thumbnail in their EXIF data."""

from __future__ import annotations

import io
import os
import struct
from pathlib import Path

import numpy as np
from PIL import Image


def camera_exif(thumbnail: bytes, orientation: int = 1) -> bytes:
    """Return EXIF data of an orientation in IFD 0 and a thumbnail in IFD 1."""
    first = struct.pack(">HHHLHHL", 1, 0x0112, 3, 1, orientation, 0, 8 + 18)
    place = 8 + 18 + 2 + 2 * 12 + 4
    second = struct.pack(">HHHLLHHLLL", 2, 0x0201, 4, 1, place, 0x0202, 4, 1, len(thumbnail), 0)
    return b"Exif\0\0MM\0*\0\0\0\x08" + first + second + thumbnail


def jpeg_of(size: tuple[int, int], color: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, color).save(stream, "JPEG")
    return stream.getvalue()


def noisy_image(size: tuple[int, int], red: int, seed: int = 0) -> Image.Image:
    """Return an image of one colour with so much noise that it makes a large file."""
    noise = np.random.default_rng(seed).integers(-60, 61, (size[1], size[0], 3))
    return Image.fromarray(np.clip(noise + np.array((red, 60, 60)), 0, 255).astype(np.uint8))


def save_camera_jpeg(
    path: Path,
    size: tuple[int, int] = (800, 600),
    thumbnail: bytes | None = None,
    orientation: int = 1,
    red: int = 195,
    seed: int = 0,
) -> Path:
    """Save a reddish JPEG of more than 200 kB that was last changed long ago. By default it has a green thumbnail."""
    thumbnail = jpeg_of((160, 120), "lime") if thumbnail is None else thumbnail
    exif = camera_exif(thumbnail, orientation) if thumbnail else b""
    noisy_image(size, red, seed).save(path, quality=95, exif=exif)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert path.stat().st_size > 200_000
    return path
