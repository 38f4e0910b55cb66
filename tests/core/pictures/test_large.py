"""Large images: decoded in bands to the same pixels, in a bounded amount of memory."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from image_files import PRO, chunk, difference, encoded, gradient, put
from PIL import Image

from clipdesk.core.errors import ImageError, ImageTooLargeError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.large import reduced, require_memory
from clipdesk.core.pictures.opening import opened
from clipdesk.core.pictures.pixels import to_rgb


def with_alpha() -> Image.Image:
    image = gradient().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


FILES = {
    "png": encoded(gradient(), "PNG"),
    "png with alpha": encoded(with_alpha(), "PNG"),
    "png of grey with alpha": encoded(with_alpha().convert("LA"), "PNG"),
    "png with profile": encoded(gradient(), "PNG", icc_profile=PRO),
    "png with a transparent colour": encoded(gradient(), "PNG", transparency=gradient().getpixel((5, 5))),
    "palette": encoded(gradient().quantize(256), "PNG"),
    "deep grey": encoded(Image.fromarray(np.linspace(0, 60000, 3072).reshape(48, 64).astype(np.uint16)), "PNG"),
    "bmp": encoded(gradient(), "BMP"),
    "bmp with alpha": encoded(with_alpha(), "BMP"),
    "ppm": encoded(gradient(), "PPM"),
    "tiff": encoded(gradient(), "TIFF"),
    "tiff in strips": encoded(gradient(), "TIFF", strip_size=64 * 3 * 7),
    "tiff lzw": encoded(gradient(), "TIFF", compression="tiff_lzw"),
    "gif": encoded(gradient().quantize(256), "GIF"),
    "webp": encoded(gradient(), "WEBP", lossless=True),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("max_bytes", [0, 1_000_000])
@pytest.mark.parametrize("factor", [1, 3])
def test_bands_give_the_pixels_of_the_whole_image(name: str, max_bytes: int, factor: int, tmp_path: Path) -> None:
    path = put(tmp_path, FILES[name])

    with opened(path) as image:
        found = reduced(image, factor, to_rgb, max_bytes=max_bytes, band_pixels=64 * 10)

    assert difference(found, decode(path).reduce(factor)) < 0.5


def test_png_filters_reach_across_bands(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8))
    for strategy in range(5):
        rows = b"".join(bytes([strategy]) + noise.tobytes()[192 * y : 192 * (y + 1)] for y in range(48))
        header = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
        data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
        path = put(tmp_path, b"\x89PNG\r\n\x1a\n" + data)

        with opened(path) as image:
            found = reduced(image, 1, to_rgb, max_bytes=0, band_pixels=64 * 7)

        assert found.tobytes() == decode(path).tobytes()


@pytest.mark.parametrize("name", ["png", "bmp", "ppm", "tiff"])
def test_a_truncated_file_is_refused_in_bands_too(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, FILES[name][: len(FILES[name]) // 2])

    with pytest.raises(ImageError), opened(path) as image:
        reduced(image, 1, to_rgb, max_bytes=0, band_pixels=64 * 7)


def test_jpeg2000_is_reduced_while_it_is_decoded(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient(640, 480), "JPEG2000"))

    with opened(path) as image:
        found = reduced(image, 5, to_rgb)

    assert found.size == (160, 120)
    assert difference(found, gradient(160, 120)) < 4


def test_a_jpeg2000_with_one_resolution_is_read_whole(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient(), "JPEG2000", num_resolutions=1))

    with opened(path) as image:
        assert reduced(image, 5, to_rgb).size == gradient().size


def webp_of(width: int, height: int) -> bytes:
    """Return a WebP of one colour: it compresses to almost nothing."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height)).save(stream, "WEBP", lossless=True, method=0)
    return stream.getvalue()


def test_what_would_take_more_than_a_gigabyte_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = put(tmp_path, webp_of(9_000, 9_000))

    with opened(path) as image, pytest.raises(ImageTooLargeError, match=r"81 megapixels.*Save a smaller copy"):
        require_memory(path, image, 10)


def large_png(width: int, height: int) -> bytes:
    """Return an RGBA PNG of one colour."""
    packer = zlib.compressobj(1)
    row = b"\0" + bytes([90, 120, 150, 255]) * width
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


_PEAK = """
import re, sys
from pathlib import Path
from clipdesk.core.pictures.decode import decode
image = decode(Path(sys.argv[1]), (224, 224))
print(image.size, image.getpixel((5, 5)), re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_large_png_takes_little_memory(tmp_path: Path) -> None:
    path = put(tmp_path, large_png(12_000, 12_000))

    done = subprocess.run([sys.executable, "-c", _PEAK, str(path)], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("(462, 462) (90, 120, 150) ")
    assert int(done.stdout.split()[-1]) < 400_000  # KiB; the whole image has 560,000
