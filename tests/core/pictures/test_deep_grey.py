"""Grey images of more than 8 bits."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from image_files import encoded, grey16, put
from numpy.typing import NDArray
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


# ------------------------------------------------------------------------------------------------- used range


def ramp(low: float, high: float, dtype: type[np.generic]) -> NDArray[Any]:
    """Return 200 × 300 samples from `low` to `high`, row by row."""
    return np.linspace(low, high, 200 * 300).reshape(200, 300).astype(dtype)


def decoded_grey(samples: NDArray[Any], folder: Path, format_name: str = "TIFF", **options: Any) -> NDArray[np.uint8]:
    return np.asarray(decode(put(folder, encoded(Image.fromarray(samples), format_name, **options))))[..., 0]


EIGHT_BITS = ramp(0, 255, np.float64)


@pytest.mark.parametrize(
    ("low", "high", "dtype", "format_name"),
    [
        (800, 1200, np.uint16, "TIFF"),
        (800, 1200, np.uint16, "PNG"),
        (0, 4095, np.uint16, "TIFF"),
        (800, 1200, np.int32, "TIFF"),
        (0.4, 0.45, np.float32, "TIFF"),
        (-300, 3000, np.float32, "TIFF"),
    ],
)
def test_a_narrow_range_is_stretched_to_black_and_white(
    low: float, high: float, dtype: type[np.generic], format_name: str, tmp_path: Path
) -> None:
    grey = decoded_grey(ramp(low, high, dtype), tmp_path, format_name)

    assert np.abs(grey - EIGHT_BITS).max() < 3


@pytest.mark.parametrize(("high", "dtype"), [(65535, np.uint16), (20000, np.uint16), (1.0, np.float32), (0.3, "f4")])
def test_a_wide_range_keeps_its_brightness(high: float, dtype: Any, tmp_path: Path) -> None:
    samples = ramp(0, high, dtype)

    white = 1.0 if samples.dtype == np.float32 else 256 * 255
    assert np.array_equal(np.clip(samples * (255 / white), 0, 255).astype(np.uint8), decoded_grey(samples, tmp_path))


@pytest.mark.parametrize(
    ("low", "high", "outlier", "dtype"),
    [
        (0.0, 1.0, 3.4e38, np.float32),
        (0.0, 1.0, -np.inf, np.float32),
        (-20.0, 80.0, 1e9, np.float32),
        (800, 1200, 65535, np.uint16),
        (800, 1200, 0, np.uint16),
    ],
)
def test_a_few_hot_or_dead_pixels_do_not_change_the_others(
    low: float, high: float, outlier: float, dtype: type[np.generic], tmp_path: Path
) -> None:
    samples = ramp(low, high, dtype)
    samples[7, :40] = outlier

    grey = decoded_grey(samples, tmp_path)

    assert np.abs(grey - EIGHT_BITS)[8:].max() < 3
    assert set(grey[7, :40].tolist()) == {255 if outlier > high else 0}


@pytest.mark.parametrize(
    ("low", "high", "nodata", "tag", "dtype"),
    [
        (100.0, 900.0, -9999.0, "-9999", np.float32),
        (0.4, 0.45, 1e20, "1e+20", np.float32),
        (100.0, 900.0, float(np.finfo(np.float32).min), None, np.float32),
        (100.0, 900.0, np.nan, None, np.float32),
        (800, 1200, 65535, "65535", np.uint16),
        (800, 1200, 0, "0", np.uint16),
    ],
)
def test_samples_that_were_not_measured_are_black_and_do_not_count(
    low: float, high: float, nodata: float, tag: str | None, dtype: type[np.generic], tmp_path: Path
) -> None:
    samples = ramp(low, high, dtype)
    samples[:, :100] = nodata

    grey = decoded_grey(samples, tmp_path, tiffinfo={42113: tag} if tag else {})

    assert grey[:, :100].max() == 0
    assert np.abs(grey - EIGHT_BITS)[:, 100:].max() < 3


def test_the_used_range_of_a_large_image_is_that_of_a_small_one(tmp_path: Path) -> None:
    samples = np.tile(ramp(800, 1200, np.uint16), (20, 20))

    grey = decoded_grey(samples, tmp_path)

    assert np.abs(grey - np.tile(EIGHT_BITS, (20, 20))).max() < 3


@pytest.mark.parametrize("tag", ["-9999", "1e300", "nan", "none", ""])
@pytest.mark.parametrize("dtype", [np.uint16, np.int32, np.float32])
def test_a_nodata_value_that_no_sample_can_have_changes_nothing(
    tag: str, dtype: type[np.generic], tmp_path: Path
) -> None:
    samples = ramp(800, 1200, dtype)

    assert np.array_equal(decoded_grey(samples, tmp_path), decoded_grey(samples, tmp_path, tiffinfo={42113: tag}))
