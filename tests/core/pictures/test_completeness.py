"""Files whose data is missing, in part or in whole."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest
from image_files import encoded, gradient, put

from clipdesk.core.errors import ImageError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.facts import read_facts


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
