"""TGA pictures have the pixels that the specification says."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from image_files import gradient, put
from rare_files import Pixels, run_length_pixels, tga, tga_footer

from clipdesk.core.errors import ImageError, UnsupportedImageError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.facts import read_facts

RGB = np.asarray(gradient(31, 9))
SIZE = (31, 9)


def bgr_rows(pixels: Pixels = RGB) -> list[bytes]:
    return [row[:, ::-1].tobytes() for row in pixels]


def bgra_rows(alpha: int | Pixels) -> list[bytes]:
    pixels = np.dstack([RGB[..., ::-1], np.broadcast_to(np.asarray(alpha, np.uint8), RGB.shape[:2])])
    return [row.tobytes() for row in pixels]


def pixels_of(data: bytes, folder: Path) -> Pixels:
    return np.asarray(decode(put(folder, data, "a.tga")))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("flags", "stored"),
    [(0x20, RGB), (0x00, RGB[::-1]), (0x30, RGB[:, ::-1]), (0x10, RGB[::-1, ::-1])],
    ids=["top left", "bottom left", "top right", "bottom right"],
)
def test_the_origin_may_be_in_any_corner(flags: int, stored: Pixels, packed: bool, tmp_path: Path) -> None:
    rows = bgr_rows(stored)
    rows = [run_length_pixels(row, 3) for row in rows] if packed else rows

    np.testing.assert_array_equal(pixels_of(tga(10 if packed else 2, 24, rows, SIZE, flags=flags), tmp_path), RGB)


@pytest.mark.parametrize("packed", [False, True])
def test_grey(packed: bool, tmp_path: Path) -> None:
    grey = RGB[..., 0]
    rows = [run_length_pixels(row.tobytes(), 1) if packed else row.tobytes() for row in grey]

    pixels = pixels_of(tga(11 if packed else 3, 8, rows, SIZE, id_field=b"a text"), tmp_path)

    np.testing.assert_array_equal(pixels, np.dstack([grey] * 3))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("first", [0, 7])
@pytest.mark.parametrize("entry_bits", [16, 24, 32])
def test_a_palette(entry_bits: int, first: int, packed: bool, tmp_path: Path) -> None:
    colours = np.array([[248, 0, 0], [0, 248, 0], [16, 32, 248]], np.uint8)
    entries = {
        16: b"".join(struct.pack("<H", r >> 3 << 10 | g >> 3 << 5 | b >> 3) for r, g, b in colours.tolist()),
        24: colours[:, ::-1].tobytes(),
        32: np.insert(colours[:, ::-1], 3, 0, axis=1).tobytes(),
    }[entry_bits]
    indices = np.arange(31 * 9).reshape(9, 31) % 3
    rows = [(row + first).astype(np.uint8).tobytes() for row in indices]
    rows = [run_length_pixels(row, 1) for row in rows] if packed else rows

    data = tga(9 if packed else 1, 8, rows, SIZE, palette=(first, 3, entry_bits, entries))

    np.testing.assert_allclose(pixels_of(data, tmp_path), colours[indices], atol=7 if entry_bits == 16 else 0)


def test_colours_of_16_bits(tmp_path: Path) -> None:
    red, green, blue = (RGB[..., band].astype(np.uint16) >> 3 for band in range(3))
    packed = (red << 10 | green << 5 | blue).astype("<u2")

    pixels = pixels_of(tga(2, 16, [row.tobytes() for row in packed], SIZE), tmp_path)

    np.testing.assert_allclose(pixels, RGB, atol=8)


@pytest.mark.parametrize(
    ("alpha", "flags", "end"),
    [
        (0, 0x20, b""),  # no alpha bits
        (0, 0x28, b""),  # alpha bits that nobody filled
        (99, 0x28, tga_footer(18 + 31 * 9 * 4, 0)),
        (99, 0x28, tga_footer(18 + 31 * 9 * 4, 2)),
    ],
    ids=["no alpha", "empty alpha", "no alpha by the footer", "alpha to be kept but not used"],
)
def test_what_is_no_transparency_is_opaque(alpha: int, flags: int, end: bytes, tmp_path: Path) -> None:
    np.testing.assert_array_equal(pixels_of(tga(2, 32, bgra_rows(alpha), SIZE, flags=flags, end=end), tmp_path), RGB)


@pytest.mark.parametrize("end", [b"", tga_footer(18 + 31 * 9 * 4, 3)])
def test_transparency_is_on_white(end: bytes, tmp_path: Path) -> None:
    alpha = np.linspace(0, 255, 31 * 9).reshape(9, 31).astype(np.uint8)
    share = alpha[..., None] / 255

    pixels = pixels_of(tga(2, 32, bgra_rows(alpha), SIZE, flags=0x28, end=end), tmp_path)

    np.testing.assert_allclose(pixels, RGB * share + 255 * (1 - share), atol=1)


@pytest.mark.parametrize(
    "data",
    [
        tga(2, 15, [bytes(31 * 2)] * 9, SIZE),
        tga(10, 24, [b"\xff\1\2\3"] * 3, SIZE),  # runs that go on in the next row
        tga(3, 16, [bytes(31 * 2)] * 9, SIZE),
        tga(1, 16, [bytes(31 * 2)] * 9, SIZE, palette=(0, 3, 24, bytes(9))),
    ],
)
def test_rare_depths_are_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImageError, match="variety"):
        decode(put(tmp_path, data))


@pytest.mark.parametrize(
    "data",
    [
        tga(2, 24, bgr_rows(), SIZE, flags=0xC0),  # interleaved
        tga(2, 8, bgr_rows(), SIZE),
        tga(1, 8, bgr_rows(), SIZE, id_field=b"x"),  # indices without a palette
        tga(2, 24, [], (0, 9)),
        b"\0\0\2\0\1\0\x20\x20\0\0\1\0\1\0" + bytes(100),  # a mouse pointer (CUR)
        bytes(1000),
    ],
)
def test_other_files_are_no_targa(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImageError, match="This is not a picture"):
        decode(put(tmp_path, data))


@pytest.mark.parametrize("packed", [False, True])
def test_a_truncated_file_is_an_error(packed: bool, tmp_path: Path) -> None:
    rows = [run_length_pixels(row, 3) for row in bgr_rows()] if packed else bgr_rows()
    data = tga(10 if packed else 2, 24, rows, SIZE)

    with pytest.raises(ImageError, match="ends too early"):
        decode(put(tmp_path, data[:-40]))


def test_a_file_that_claims_to_be_huge_takes_no_memory(tmp_path: Path) -> None:
    for kind in (2, 10):
        with pytest.raises(ImageError, match="ends too early"):
            decode(put(tmp_path, tga(kind, 32, [b"\xff\0\0\0\0"], (60000, 5000))))


def test_the_inspector_names_it(tmp_path: Path) -> None:
    facts = read_facts(put(tmp_path, tga(2, 24, bgr_rows(), SIZE, flags=0x10)))

    assert (facts.width, facts.height, facts.format_name, facts.colours) == (31, 9, "Targa (TGA)", "colour, 8 bit")


def test_what_pillow_writes_is_read(tmp_path: Path) -> None:
    for mode in ("L", "P", "RGB"):
        image = gradient().convert(mode)
        image.save(tmp_path / "a.tga")
        np.testing.assert_array_equal(np.asarray(decode(tmp_path / "a.tga")), np.asarray(image.convert("RGB")))
