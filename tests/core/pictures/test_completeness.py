"""Files whose data is missing, in part or in whole."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from image_files import HEIGHT, WIDTH, chunk, encoded, gradient, put, with_orientation
from PIL import Image

from clipdesk.core.errors import ImageError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.facts import read_facts


def noise(side: int = 100) -> Image.Image:
    """Return an image whose file has data for every part of it."""
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, (side, side, 3), np.uint8))


def one_strip_tiff(width: int, height: int) -> bytes:
    """Return an uncompressed 16-bit TIFF of one row per strip that contains only the first strip."""
    data = b"\x80" * (2 * width)
    values = {256: width, 257: height, 258: 16, 259: 1, 262: 1, 273: 122, 277: 1, 278: 1, 279: len(data)}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in values.items())
    return b"II*\0" + struct.pack("<IH", 8, len(values)) + entries + b"\0" * 4 + data


@pytest.mark.parametrize("height", [2, 4_600_000])
def test_a_tiff_that_claims_more_rows_than_it_has_strips_is_refused_at_once(height: int, tmp_path: Path) -> None:
    path = put(tmp_path, one_strip_tiff(64, height))
    start_s = time.thread_time()

    with pytest.raises(ImageError, match="The file ends too early"):
        decode(path)

    assert time.thread_time() - start_s < 0.5
    assert read_facts(path).height == height


@pytest.mark.parametrize("options", [{}, {"compression": "tiff_lzw"}, {"tiffinfo": {278: 1}}, {"tiffinfo": {278: 7}}])
def test_a_tiff_with_all_its_strips_is_read(options: dict[str, object], tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient(), "TIFF", **options))

    assert gradient().tobytes() == decode(path).tobytes()


# ------------------------------------------------------------------------------------------------- JPEG


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}, {"restart_marker_blocks": 2}])
@pytest.mark.parametrize("missing_bytes", [1, 2])
@pytest.mark.parametrize("target", [None, (64, 48)])
def test_a_jpeg_without_its_end_marker_is_read(
    options: dict[str, object], missing_bytes: int, target: tuple[int, int] | None, tmp_path: Path
) -> None:
    data = encoded(gradient(640, 480), "JPEG", quality=95, **options)
    whole, cut = put(tmp_path, data, "whole"), put(tmp_path, data[:-missing_bytes], "cut")

    assert decode(whole, target).tobytes() == decode(cut, target).tobytes()
    assert read_facts(whole).format_name == "JPEG"
    assert read_facts(cut).format_name == "JPEG (its end is missing)"


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("missing_share", [0.07, 0.3, 0.9])
def test_a_jpeg_that_lacks_more_than_a_twentieth_of_its_rows_is_refused(
    mode: str, progressive: bool, missing_share: float, tmp_path: Path
) -> None:
    data = encoded(noise(480).convert(mode), "JPEG", quality=95, progressive=progressive)

    with pytest.raises(ImageError, match="The file ends too early"):
        decode(put(tmp_path, data[: -int(missing_share * len(data))]))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("missing_share", [0.003, 0.03])
def test_a_jpeg_that_lacks_its_last_rows_is_read_and_says_so(mode: str, missing_share: float, tmp_path: Path) -> None:
    data = encoded(noise(480).convert(mode), "JPEG", quality=95)
    whole, cut = put(tmp_path, data, "whole"), put(tmp_path, data[: -int(missing_share * len(data))], "cut")

    rows = 450
    expected, found = (decode(path).crop((0, 0, 480, rows)).tobytes() for path in (whole, cut))

    assert expected == found
    assert read_facts(cut).format_name == "JPEG (its end is missing)"


def test_data_behind_the_end_marker_of_a_jpeg_is_nobodys_business(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient(), "JPEG") + b"\0" * 3_000_000)

    assert read_facts(path).format_name == "JPEG"


# ------------------------------------------------------------------------------------------------- PNG


LARGE = zlib.compress(bytes(3_000_000))


@pytest.mark.parametrize("place", ["before", "behind"])
@pytest.mark.parametrize(
    "bad",
    [
        chunk(b"tEXt", b"Comment\0wrong")[:-1] + b"?",
        chunk(b"tIME", b"\x07\xe8\1\1\1\1\1")[:-1] + b"?",
        chunk(b"zTXt", b"Comment\0\0" + LARGE),
        chunk(b"iTXt", b"Comment\0\1\0\0\0" + LARGE),
        chunk(b"iCCP", b"profile\0\0" + LARGE),
    ],
)
def test_a_png_with_a_bad_chunk_that_no_pixel_needs_is_read(bad: bytes, place: str, tmp_path: Path) -> None:
    data = encoded(gradient(), "PNG", exif=with_orientation(6))
    at = data.index(b"IDAT") - 4 if place == "before" else data.index(b"IEND") - 4
    path = put(tmp_path, data[:at] + bad + data[at:])

    assert gradient().transpose(Image.Transpose.ROTATE_270).tobytes() == decode(path).tobytes()
    assert (read_facts(path).width, read_facts(path).height) == (HEIGHT, WIDTH)


def test_a_png_with_a_damaged_header_or_palette_is_refused(tmp_path: Path) -> None:
    data = encoded(gradient().quantize(16), "PNG")
    for kind in (b"IHDR", b"PLTE"):
        damaged = bytearray(data)
        damaged[data.index(kind) + 4] ^= 1
        with pytest.raises(ImageError, match="The file is damaged"):
            decode(put(tmp_path, bytes(damaged)))
