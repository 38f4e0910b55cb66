"""From pixels of any mode to upright RGB."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from image_files import WHITE, chunk, difference, encoded, gradient, put, with_orientation
from PIL import Image, ImageOps

from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.facts import read_facts


def test_16_bit_colours_keep_their_upper_byte(tmp_path: Path) -> None:
    pixels = struct.pack(">6H", 0xFFFF, 0x8000, 0, 0x1234, 0x00FF, 0xFF00)
    rows = zlib.compress(b"\0" + pixels)
    header = struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0)
    path = put(tmp_path, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))

    assert np.asarray(decode(path)).tolist() == [[[255, 128, 0], [0x12, 0, 255]]]
    assert read_facts(path).colours == "colour, 16 bit"


# ------------------------------------------------------------------------------------------------- transparency


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
@pytest.mark.parametrize("format_name", ["PNG", "WEBP", "TIFF"])
def test_transparency_lies_on_white(mode: str, format_name: str, tmp_path: Path) -> None:
    image = Image.new("RGBA", (3, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (0, 0, 0, 255))
    image.putpixel((2, 0), (0, 0, 0, 128))
    options = {"lossless": True} if format_name == "WEBP" else {}
    path = put(tmp_path, encoded(image.convert(mode), format_name, **options))

    assert np.asarray(decode(path))[0, :, 0].tolist() == [255, 0, 127]


@pytest.mark.parametrize("format_name", ["PNG", "GIF"])
def test_a_transparent_palette_colour_is_white(format_name: str, tmp_path: Path) -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([200, 0, 0, 0, 0, 200])
    image.putpixel((1, 0), 1)
    path = put(tmp_path, encoded(image, format_name, transparency=0))

    assert np.asarray(decode(path)).tolist() == [[[255, 255, 255], [0, 0, 200]]]


@pytest.mark.parametrize(("mode", "key"), [("RGB", (0, 0, 0)), ("L", 0), ("1", 0)])
def test_a_transparent_colour_of_a_png_is_white(mode: str, key: Any, tmp_path: Path) -> None:
    path = put(tmp_path, encoded(Image.new(mode, (2, 2)), "PNG", transparency=key))

    assert decode(path).getpixel((0, 0)) == WHITE


def test_a_palette_with_degrees_of_transparency(tmp_path: Path) -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([0, 0, 0, 0, 0, 0])
    image.putpixel((1, 0), 1)
    path = put(tmp_path, encoded(image, "PNG", transparency=bytes([255, 128])))

    assert np.asarray(decode(path))[0, :, 0].tolist() == [0, 127]


# ------------------------------------------------------------------------------------------------- orientation


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_come_out_upright(format_name: str, orientation: int, tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient(), format_name, exif=with_orientation(orientation), quality=95))
    tagged = gradient()
    tagged.getexif()[0x0112] = orientation

    decoded, facts = decode(path), read_facts(path)

    assert difference(decoded, ImageOps.exif_transpose(tagged)) < 4
    assert decoded.size == (facts.width, facts.height)


def exif_bytes(kind: int, count: int, value: bytes) -> bytes:
    """Return EXIF with just an orientation, stored as `count` values of a type from TIFF 6.0, section 2."""
    return b"Exif\0\0II*\0" + struct.pack("<IHHHI", 8, 1, 0x0112, kind, count) + value.ljust(4, b"\0") + b"\0" * 4


BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SIGNED_SHORT = 1, 2, 3, 4, 5, 7, 8


@pytest.mark.filterwarnings("ignore:Metadata Warning:UserWarning:PIL.*")  # two values instead of one
@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    "exif",
    [
        exif_bytes(SHORT, 1, b"\6\0"),
        exif_bytes(LONG, 1, b"\6\0\0\0"),
        exif_bytes(BYTE, 1, b"\6"),
        exif_bytes(ASCII, 2, b"6\0"),
        exif_bytes(UNDEFINED, 1, b"6"),
        exif_bytes(UNDEFINED, 1, b"\6"),
        exif_bytes(SHORT, 2, b"\6\0\0\0"),
        exif_bytes(SIGNED_SHORT, 1, b"\6\0"),
    ],
)
def test_an_orientation_of_any_type_counts_for_pixels_and_facts(exif: bytes, format_name: str, tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient(), format_name, exif=exif, quality=95))

    decoded, facts = decode(path), read_facts(path)

    assert difference(decoded, gradient().transpose(Image.Transpose.ROTATE_270)) < 4
    assert decoded.size == (facts.width, facts.height)


def test_exif_behind_the_pixels_of_a_png_counts_too(tmp_path: Path) -> None:
    data = encoded(gradient(), "PNG")
    end = data.index(b"IEND") - 4
    late = chunk(b"eXIf", with_orientation(6).tobytes().removeprefix(b"Exif\0\0"))
    path = put(tmp_path, data[:end] + late + data[end:])

    decoded, facts = decode(path), read_facts(path)

    assert gradient().transpose(Image.Transpose.ROTATE_270).tobytes() == decoded.tobytes()
    assert decoded.size == (facts.width, facts.height)


@pytest.mark.parametrize("kind", [ASCII, SHORT, LONG])
def test_the_orientation_of_a_tiff_may_have_any_type_too(kind: int, tmp_path: Path) -> None:
    data = bytearray(encoded(gradient(), "TIFF", tiffinfo={0x0112: 6}))
    at = data.index(struct.pack("<HH", 0x0112, SHORT))
    count, value = (2, b"6\0\0\0") if kind == ASCII else (1, b"\6\0\0\0")
    data[at : at + 12] = struct.pack("<HHI", 0x0112, kind, count) + value
    path = put(tmp_path, bytes(data))

    decoded, facts = decode(path), read_facts(path)

    assert gradient().transpose(Image.Transpose.ROTATE_270).tobytes() == decoded.tobytes()
    assert decoded.size == (facts.width, facts.height)


# Pillow warns about broken EXIF, and tests turn warnings into errors.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL.*")
def test_a_broken_orientation_does_not_spoil_the_picture(tmp_path: Path) -> None:
    for exif in (b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", with_orientation(77).tobytes()):
        path = put(tmp_path, encoded(gradient(), "JPEG", quality=95, subsampling=0, exif=exif))
        assert difference(decode(path), gradient()) < 4


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["Landscape", "Portrait"])
def test_real_photos_of_all_orientations_look_alike(kind: str, shared_photos: Path) -> None:
    folder = shared_photos / "orientation"

    photos = [decode(folder / f"{kind}_{orientation}.jpg", (224, 224)) for orientation in range(9)]

    small = [photo.resize((45, 30) if kind == "Landscape" else (30, 45), Image.Resampling.BOX) for photo in photos]
    # Each file shows its own number, so they are similar, not equal. A wrong turn differs by more than 40.
    assert max(difference(photo, small[1]) for photo in small) < 12


@pytest.mark.shared
def test_the_real_files_of_all_formats_open(shared_photos: Path) -> None:
    for path in sorted((shared_photos / "formats").iterdir()):
        if path.suffix not in ("", ".txt"):
            assert decode(path, (224, 224)).mode == "RGB", path.name
