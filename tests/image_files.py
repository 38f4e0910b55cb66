"""Image files for tests: a small file of every format, and a measure of how well it was decoded."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from rare_files import pcx, psd, run_length_pixels, tga

WIDTH, HEIGHT = 64, 48
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def gradient(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Return a smooth colour gradient with a different colour in each corner."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red, green = 255 * x / (width - 1), 255 * y / (height - 1)
    blue = 255 - (red + green) / 2
    return Image.fromarray(np.stack([red, green, blue], axis=-1).astype(np.uint8))


def grey16() -> Image.Image:
    """Return a 16-bit grey gradient from 0 to 65535, row by row."""
    return Image.fromarray(np.linspace(0, 65535, WIDTH * HEIGHT).reshape(HEIGHT, WIDTH).astype(np.uint16))


def encoded(image: Image.Image, format_name: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format_name, **options)
    return stream.getvalue()


def with_orientation(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean absolute difference of all samples, 0…255."""
    assert one.size == other.size
    return float(np.abs(np.asarray(one, np.float64) - np.asarray(other, np.float64)).mean())


def put(folder: Path, data: bytes, name: str = "picture") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def heif_bytes() -> bytes:
    pillow_heif = pytest.importorskip("pillow_heif")
    stream = io.BytesIO()
    pillow_heif.from_pillow(gradient()).save(stream, quality=95)
    return stream.getvalue()


def seeds() -> dict[str, bytes]:
    """Return a small file of every format, and of every variety that Pillow reads with code of its own."""
    image, second = gradient(), gradient().rotate(90)
    frames: dict[str, Any] = {"save_all": True, "append_images": [second]}
    files = {
        "jpeg": encoded(image, "JPEG", quality=95, subsampling=0),
        "jpeg progressive": encoded(image, "JPEG", quality=95, subsampling=0, progressive=True),
        "mpo": encoded(image, "MPO", quality=95, subsampling=0, **frames),
        "png": encoded(image, "PNG"),
        "png with alpha": encoded(image.convert("RGBA"), "PNG"),
        "apng": encoded(image, "PNG", **frames),
        "webp": encoded(image, "WEBP", quality=95),
        "webp lossless": encoded(image, "WEBP", lossless=True),
        "webp animated": encoded(image, "WEBP", lossless=True, **frames),
        "gif": encoded(image.quantize(256), "GIF"),
        "gif animated": encoded(image.quantize(256), "GIF", save_all=True, append_images=[second.quantize(256)]),
        "bmp": encoded(image, "BMP"),
        "dib": encoded(image, "DIB"),
        "tiff": encoded(image, "TIFF"),
        "tiff lzw": encoded(image, "TIFF", compression="tiff_lzw"),
        "tiff jpeg": encoded(image, "TIFF", compression="jpeg", quality=95),
        "tiff lab": encoded(image.convert("LAB"), "TIFF"),
        "avif": encoded(image, "AVIF", quality=95, speed=10),
        "jp2": encoded(image, "JPEG2000"),
        "j2k": encoded(image, "JPEG2000", no_jp2=True),
        "ico": encoded(image, "ICO", sizes=[(WIDTH, HEIGHT)]),
        "ico bmp": encoded(image, "ICO", sizes=[(WIDTH, HEIGHT)], bitmap_format="bmp"),
        "ppm": encoded(image, "PPM"),
    }
    pixels = np.asarray(image)
    bands = [pixels[..., band] for band in range(3)]
    rows = [row[:, ::-1].tobytes() for row in pixels]
    files |= {
        "tga": tga(2, 24, rows, image.size),
        "tga packed": tga(10, 24, [run_length_pixels(row, 3) for row in rows], image.size),
        "pcx": pcx(
            5, 8, 3, zip(*([row.tobytes() for row in band] for band in bands), strict=True), image.size, row_bytes=WIDTH
        ),
        "psd": psd(3, bands, image.size),
        "psd packed": psd(3, [*bands, bands[0]], image.size, packed=True),
    }
    with contextlib.suppress(pytest.skip.Exception):
        files["heic"] = heif_bytes()
    return files


SEEDS = seeds()


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a PNG chunk with a correct checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@contextlib.contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Run the block as an unprivileged user who owns `folder`, because root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.chown(folder, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


#: For ICC profiles: the white of their connection space, and the primaries of ProPhoto RGB there.
WHITE_POINT, PROPHOTO = (0.9642, 1.0, 0.8249), ((0.7977, 0.2880, 0.0), (0.1352, 0.7119, 0.0), (0.0313, 0.0001, 0.8249))


def fixed(*values: float) -> bytes:
    """Return numbers as s15Fixed16."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def icc_profile(kind: bytes, gamma: float, columns: tuple[tuple[float, float, float], ...] = ()) -> bytes:
    """Return a profile of ICC.1:2001-04 for a display: `kind` is `RGB ` with three XYZ columns, or `GRAY`."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    tags = [(b"wtpt", b"XYZ \0\0\0\0" + fixed(*WHITE_POINT))]
    if kind == b"GRAY":
        tags.append((b"kTRC", curve))
    for letter, column in zip(b"rgb", columns, strict=False):
        tags.append((bytes([letter]) + b"XYZ", b"XYZ \0\0\0\0" + fixed(*column)))
        tags.append((bytes([letter]) + b"TRC", curve))
    directory, data = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags:
        directory += name + struct.pack(">II", start + len(data), len(content))
        data += content
    head = b"none" + bytes.fromhex("02400000") + b"mntr" + kind + b"XYZ " + bytes(12) + b"acsp"
    head = struct.pack(">I", start + len(data)) + head + bytes(28) + fixed(*WHITE_POINT)
    return head.ljust(128, b"\0") + directory + data


#: Profiles of wide colours, and of grey without a gamma.
PRO = icc_profile(b"RGB ", 1.8, PROPHOTO)
LINEAR_GREY = icc_profile(b"GRAY", 1.0)
