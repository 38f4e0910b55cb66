"""Sound files of varieties that cannot be read are told from damaged ones, and no library writes to standard error."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from image_files import PRO, encoded, gradient, put
from PIL import Image

from clipdesk.core.errors import ImageError, UnsupportedImageError
from clipdesk.core.pictures.colour import to_srgb
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.opening import opened

SHORT, LONG = 3, 4


def tiff_with_compression(code: int) -> bytes:
    """Return an LZW TIFF that claims another compression."""
    data = bytearray(encoded(gradient(), "TIFF", compression="tiff_lzw"))
    at = data.index(struct.pack("<HHI", 259, SHORT, 1)) + 8
    data[at : at + 2] = struct.pack("<H", code)
    return bytes(data)


def big_endian_bigtiff() -> bytes:
    """Return a grey BigTIFF of 2 × 1 pixels."""
    tags = [(256, LONG, 2), (257, LONG, 1), (258, SHORT, 8), (259, SHORT, 1), (262, SHORT, 1)]
    tags += [(273, LONG, 0), (277, SHORT, 1), (278, LONG, 1), (279, LONG, 2)]
    pixels_at = 16 + 8 + 20 * len(tags) + 8
    directory = b""
    for tag, kind, value in tags:
        packed = struct.pack(">HHHH", value, 0, 0, 0) if kind == SHORT else struct.pack(">II", value or pixels_at, 0)
        directory += struct.pack(">HHQ", tag, kind, 1) + packed
    head = b"MM\0\x2b" + struct.pack(">HHQ", 8, 0, 16)
    return head + struct.pack(">Q", len(tags)) + directory + struct.pack(">Q", 0) + b"\x10\xf0"


def deep_jpeg2000() -> bytes:
    """Return a codestream that claims 32 bits for each sample."""
    data = bytearray(encoded(gradient(), "JPEG2000", no_jp2=True))
    for component in range(3):
        data[data.index(b"\xff\x51") + 40 + 3 * component] = 31
    return bytes(data)


VARIETIES = {
    "big-endian BigTIFF": big_endian_bigtiff(),
    "WebP in TIFF": tiff_with_compression(50001),
    "JPEG XL in TIFF": tiff_with_compression(50002),
    "JBIG in TIFF": tiff_with_compression(34661),
    "JPEG 2000 of 32 bits": deep_jpeg2000(),
    "AVIF of more than 32,768 pixels": encoded(Image.new("RGB", (33_000, 8)), "AVIF", speed=10),
}


@pytest.mark.parametrize("name", VARIETIES)
def test_a_variety_that_cannot_be_read_is_not_called_damaged(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnsupportedImageError, match="variety of the picture format is not supported"):
        decode(put(tmp_path, VARIETIES[name]))

    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate", "jpeg", "zstd", "lzma", "group4", "tiff_ccitt"])
def test_libtiff_does_not_write_about_damaged_files(
    compression: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mode = "1" if compression in ("group4", "tiff_ccitt") else "RGB"
    data = bytearray(encoded(gradient().convert(mode), "TIFF", compression=compression))
    with opened(put(tmp_path, bytes(data))) as image:
        start = image.tile[0].offset if image.tile else 0
    data[start or 8 : (start or 8) + 60] = b"\xa5" * 60
    path = put(tmp_path, bytes(data))

    try:
        decode(path)
    except ImageError as error:
        assert "variety" not in error.reason

    assert capfd.readouterr().err == ""


def test_a_png_with_a_large_profile_keeps_its_colours(tmp_path: Path) -> None:
    large = PRO + bytes(2_000_000)
    path = put(tmp_path, encoded(gradient(), "PNG", icc_profile=large))

    expected = gradient()
    expected.info["icc_profile"] = large
    assert decode(path).tobytes() == to_srgb(expected).tobytes() != gradient().tobytes()
