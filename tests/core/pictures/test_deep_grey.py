"""Grey images of more than 8 bits."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from image_files import encoded, grey16, put
from PIL import Image

from clipdesk.core.pictures.decode import decode


@pytest.mark.parametrize("format_name", ["PNG", "TIFF", "JPEG2000", "PPM"])
def test_16_bit_grey_is_scaled_not_cut_off(format_name: str, tmp_path: Path) -> None:
    path = put(tmp_path, encoded(grey16(), format_name))

    decoded = np.asarray(decode(path))[..., 0]

    assert np.array_equal(np.asarray(grey16()) >> 8, decoded)


def test_a_dark_16_bit_ppm_stays_dark(tmp_path: Path) -> None:
    path = put(tmp_path, b"P5\n2 1\n65535\n" + struct.pack(">2H", 0, 200))

    assert np.asarray(decode(path)).max() == 0


def test_a_tiff_of_12_bits_uses_its_whole_range(tmp_path: Path) -> None:
    path = put(tmp_path, grey_tiff(bits=12, photometric=1, data=bytes([0x00, 0x0F, 0xFF])))

    assert np.asarray(decode(path))[0, :, 0].tolist() == [0, 255]


def test_a_16_bit_tiff_where_zero_is_white(tmp_path: Path) -> None:
    path = put(tmp_path, grey_tiff(bits=16, photometric=0, data=struct.pack("<2H", 0, 65535)))

    assert np.asarray(decode(path))[0, :, 0].tolist() == [255, 0]


def grey_tiff(bits: int, photometric: int, data: bytes) -> bytes:
    """Two pixels, uncompressed, little-endian."""
    tags = [(256, 3, 2), (257, 3, 1), (258, 3, bits), (259, 3, 1), (262, 3, photometric)]
    tags += [(273, 4, 122), (277, 3, 1), (278, 3, 1), (279, 4, len(data))]
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + b"\0" * 4 + data


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 100, 255], [0, 100, 255]),
        ([0, 256 * 100, 65535], [0, 100, 255]),
        ([-1000, 0, 1000], [0, 127, 255]),
        ([0, 500_000, 1_000_000], [0, 127, 255]),
        ([1_000_000] * 3, [0, 0, 0]),
    ],
)
def test_32_bit_integers_are_scaled_by_their_range(values: list[int], expected: list[int], tmp_path: Path) -> None:
    path = put(tmp_path, encoded(Image.fromarray(np.array([values], np.int32)), "TIFF"))

    assert expected == np.asarray(decode(path))[0, :, 0].tolist()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 127, 255]),
        ([0.0, 0.2, 0.4], [0, 51, 102]),
        ([-2.0, 0.0, 2.0], [0, 127, 255]),
        ([0.0, np.nan, 20.0], [0, 0, 255]),
        ([-np.inf, 20.0, np.inf, 10.0], [0, 255, 255, 0]),
        ([np.nan, np.nan], [0, 0]),
        ([-3e38, 0.0, 3e38], [0, 127, 255]),
    ],
)
def test_floats_are_scaled_by_their_range(values: list[float], expected: list[int], tmp_path: Path) -> None:
    path = put(tmp_path, encoded(Image.fromarray(np.array([values], np.float32)), "TIFF"))

    assert expected == np.asarray(decode(path))[0, :, 0].tolist()
