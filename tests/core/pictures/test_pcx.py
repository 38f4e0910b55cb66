"""PCX pictures have the pixels that the specification says, or are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from image_files import gradient, put
from rare_files import Pixels, pcx

from clipdesk.core.errors import ImageError, UnsupportedImageError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.facts import read_facts


def pixels_of(data: bytes, folder: Path) -> Pixels:
    return np.asarray(decode(put(folder, data, "a.pcx")))


def bits(row: Pixels) -> bytes:
    return np.packbits(row.astype(np.uint8)).tobytes()


@pytest.mark.parametrize("padding", [0, 1])
@pytest.mark.parametrize("width", [*range(2, 10), 31])
def test_colours(width: int, padding: int, tmp_path: Path) -> None:
    rgb = np.asarray(gradient(width, 9))
    row_bytes = width + width % 2 if padding else width
    rows = [[row[:, band].tobytes() for band in range(3)] for row in rgb]

    np.testing.assert_array_equal(pixels_of(pcx(5, 8, 3, rows, (width, 9), row_bytes=row_bytes), tmp_path), rgb)


@pytest.mark.parametrize("width", [1, 2, 7, 30])
def test_a_palette_of_256_colours(width: int, tmp_path: Path) -> None:
    indices = (np.arange(width * 9).reshape(9, width) * 7 % 256).astype(np.uint8)
    palette = np.random.default_rng(0).integers(0, 256, (256, 3), np.uint8)
    end = b"\x0c" + palette.tobytes()

    data = pcx(5, 8, 1, [[row.tobytes()] for row in indices], (width, 9), row_bytes=width + width % 2, end=end)

    np.testing.assert_array_equal(pixels_of(data, tmp_path), palette[indices])


def test_grey_without_a_palette(tmp_path: Path) -> None:
    grey = np.asarray(gradient(200, 9).convert("L"))

    pixels = pixels_of(pcx(5, 8, 1, [[row.tobytes()] for row in grey], (200, 9), row_bytes=200), tmp_path)

    np.testing.assert_array_equal(pixels, np.dstack([grey] * 3))


@pytest.mark.parametrize("planes", [2, 4])
@pytest.mark.parametrize("width", [3, 16, 29])
def test_a_palette_of_the_header(width: int, planes: int, tmp_path: Path) -> None:
    palette = np.random.default_rng(0).integers(0, 256, (16, 3), np.uint8)
    indices = np.arange(width * 9).reshape(9, width) % (1 << planes)
    rows = [[bits(row >> plane & 1) for plane in range(planes)] for row in indices]
    row_bytes = (width + 15) // 16 * 2

    data = pcx(5, 1, planes, rows, (width, 9), row_bytes=row_bytes, palette=palette.tobytes())

    np.testing.assert_array_equal(pixels_of(data, tmp_path), palette[indices])


@pytest.mark.parametrize("palette", [b"", bytes(3) + b"\xff" * 3])
def test_black_and_white(palette: bytes, tmp_path: Path) -> None:
    white = np.arange(13 * 9).reshape(9, 13) % 3 == 0

    pixels = pixels_of(pcx(2, 1, 1, [[bits(row)] for row in white], (13, 9), row_bytes=2, palette=palette), tmp_path)

    np.testing.assert_array_equal(pixels, np.dstack([white * 255] * 3))


ROW = [b"\x55" * 16]


@pytest.mark.parametrize(
    "data",
    [
        pcx(2, 1, 1, [ROW], (100, 1), row_bytes=14, palette=b"\xff" * 3 + bytes(3)),  # white is 0
        pcx(3, 1, 4, [ROW * 4], (100, 1), row_bytes=14),  # the palette of the hardware
        pcx(5, 1, 3, [ROW * 3], (100, 1), row_bytes=14),
        pcx(5, 2, 1, [ROW], (60, 1), row_bytes=16),
        pcx(5, 4, 1, [ROW], (30, 1), row_bytes=16),
        pcx(5, 8, 3, [ROW * 3], (10, 1), row_bytes=16),  # rows with more than a byte of padding
        pcx(5, 8, 3, [ROW * 3], (1, 1), row_bytes=2),
        pcx(5, 8, 3, [ROW * 3], (16, 1), row_bytes=16, encoding=0),
    ],
)
def test_what_pillow_would_read_wrongly_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImageError, match="variety"):
        decode(put(tmp_path, data))


def test_a_truncated_file_is_an_error(tmp_path: Path) -> None:
    grey = np.asarray(gradient(200, 90).convert("L"))
    data = pcx(5, 8, 1, [[row.tobytes()] for row in grey], (200, 90), row_bytes=200)

    with pytest.raises(ImageError, match="ends too early"):
        decode(put(tmp_path, data[: len(data) // 2]))


def test_a_file_that_claims_to_be_huge_takes_no_memory(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="ends too early"):
        decode(put(tmp_path, pcx(5, 8, 3, [ROW * 3], (60000, 4000), row_bytes=60000)))


def test_the_inspector_names_it(tmp_path: Path) -> None:
    facts = read_facts(put(tmp_path, pcx(2, 1, 1, [ROW], (100, 1), row_bytes=14)))

    assert (facts.width, facts.height, facts.format_name, facts.colours) == (100, 1, "PCX", "black and white")
