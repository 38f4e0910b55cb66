"""Decoding: the right pixels, or one sentence that says why not."""

from __future__ import annotations

import contextlib
import io
import os
import random
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFile, ImageOps

from clipdesk.core.errors import ImageError, ImageTooLargeError, UnsupportedImageError
from clipdesk.core.pictures import decode as decode_module
from clipdesk.core.pictures.decode import MAX_PIXELS, ImageFacts, decode, decode_bytes, read_facts

WIDTH, HEIGHT = 64, 48
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def picture(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Smooth, in colour, and different in each corner."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red, green = 255 * x / (width - 1), 255 * y / (height - 1)
    blue = 255 - (red + green) / 2
    return Image.fromarray(np.stack([red, green, blue], axis=-1).astype(np.uint8))


def grey16() -> Image.Image:
    """From 0 to 65535, line by line."""
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
    """Mean absolute difference of the channels, 0…255."""
    assert one.size == other.size
    return float(np.abs(np.asarray(one, np.float64) - np.asarray(other, np.float64)).mean())


def put(folder: Path, data: bytes, name: str = "picture") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def heif_bytes() -> bytes:
    pillow_heif = pytest.importorskip("pillow_heif")
    stream = io.BytesIO()
    pillow_heif.from_pillow(picture()).save(stream, quality=95)
    return stream.getvalue()


def seeds() -> dict[str, bytes]:
    """A small file of every format and of the varieties that Pillow reads by different code."""
    image, second = picture(), picture().rotate(90)
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
    with contextlib.suppress(pytest.skip.Exception):
        files["heic"] = heif_bytes()
    return files


SEEDS = seeds()


# ------------------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize("name", SEEDS)
def test_every_format_gives_the_pictures_pixels(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, SEEDS[name])

    image = decode(path)

    assert image.mode == "RGB"
    assert difference(image, picture()) < 4


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(picture(), "PNG"), "holiday.jpg")

    assert difference(decode(path), picture()) == 0


def test_a_bitmap_of_one_bit_is_black_and_white(tmp_path: Path) -> None:
    image = Image.new("1", (8, 4))
    image.putpixel((3, 2), 1)

    for format_name, options in (("PPM", {}), ("PNG", {}), ("TIFF", {"compression": "group4"}), ("BMP", {})):
        decoded = decode(put(tmp_path, encoded(image, format_name, **options)))
        assert [decoded.getpixel((3, 2)), decoded.getpixel((0, 0))] == [WHITE, BLACK]


def test_plain_text_ppm(tmp_path: Path) -> None:
    path = put(tmp_path, b"P3\n# a comment\n2 1\n255\n255 0 0  0 0 255\n")

    assert np.asarray(decode(path)).tolist() == [[[255, 0, 0], [0, 0, 255]]]


def test_cmyk_jpeg_is_not_inverted(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(picture().convert("CMYK"), "JPEG", quality=95))

    assert difference(decode(path), picture()) < 4


def test_16_bit_colours_keep_their_upper_byte(tmp_path: Path) -> None:
    pixels = struct.pack(">6H", 0xFFFF, 0x8000, 0, 0x1234, 0x00FF, 0xFF00)
    rows = zlib.compress(b"\0" + pixels)
    header = struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0)
    path = put(tmp_path, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))

    assert np.asarray(decode(path)).tolist() == [[[255, 128, 0], [0x12, 0, 255]]]
    assert read_facts(path).colours == "colour, 16 bit"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# ------------------------------------------------------------------------------------------------- deep grey


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


# ------------------------------------------------------------------------------------------------- bytes


@pytest.mark.parametrize("name", SEEDS)
def test_bytes_give_what_their_file_gives(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, SEEDS[name])

    np.testing.assert_array_equal(np.asarray(decode_bytes(SEEDS[name], (8, 8))), np.asarray(decode(path, (8, 8))))


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"", ImageError, "empty"),
        (b"%PDF-1.7", UnsupportedImageError, "a PDF document"),
        (SEEDS["png"][:200], ImageError, "."),
        (encoded(Image.new("1", (200, 200)), "PNG"), ImageTooLargeError, "megapixels"),
    ],
)
def test_bytes_have_the_errors_of_files(data: bytes, kind: type[ImageError], reason: str) -> None:
    with pytest.raises(kind) as caught:
        decode_bytes(data, max_pixels=30_000)

    assert reason in caught.value.reason


@pytest.mark.parametrize("format_name", ["PNG", "WEBP", "TIFF"])
def test_alpha_may_be_dropped_with_the_colours_under_it_kept(format_name: str) -> None:
    image = Image.new("RGBA", (2, 1), (200, 100, 50, 0))
    image.putpixel((1, 0), (10, 20, 30, 128))
    options = {"lossless": True, "exact": True} if format_name == "WEBP" else {}

    pixels = decode_bytes(encoded(image, format_name, **options), drop_alpha=True)

    assert np.asarray(pixels).tolist() == [[[200, 100, 50], [10, 20, 30]]]


# ------------------------------------------------------------------------------------------------- orientation


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_come_out_upright(format_name: str, orientation: int, tmp_path: Path) -> None:
    path = put(tmp_path, encoded(picture(), format_name, exif=with_orientation(orientation), quality=95))
    tagged = picture()
    tagged.getexif()[0x0112] = orientation

    decoded, facts = decode(path), read_facts(path)

    assert difference(decoded, ImageOps.exif_transpose(tagged)) < 4
    assert decoded.size == (facts.width, facts.height)


# Pillow warns of broken EXIF; here warnings are errors, in the app they are not.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL.*")
def test_a_broken_orientation_does_not_spoil_the_picture(tmp_path: Path) -> None:
    for exif in (b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", with_orientation(77).tobytes()):
        path = put(tmp_path, encoded(picture(), "JPEG", quality=95, subsampling=0, exif=exif))
        assert difference(decode(path), picture()) < 4


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["Landscape", "Portrait"])
def test_real_photos_of_all_orientations_look_alike(kind: str, shared_photos: Path) -> None:
    folder = shared_photos / "orientation"

    photos = [decode(folder / f"{kind}_{orientation}.jpg", (224, 224)) for orientation in range(9)]

    small = [photo.resize((45, 30) if kind == "Landscape" else (30, 45), Image.Resampling.BOX) for photo in photos]
    # The files show a number each, so they are alike, not equal; a wrong turn differs by more than 40.
    assert max(difference(photo, small[1]) for photo in small) < 12


@pytest.mark.shared
def test_the_real_files_of_all_formats_open(shared_photos: Path) -> None:
    for path in sorted((shared_photos / "formats").iterdir()):
        if path.suffix not in ("", ".txt"):
            assert decode(path, (224, 224)).mode == "RGB", path.name


# ------------------------------------------------------------------------------------------------- draft


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(
    ("size", "target", "expected"),
    [
        ((1800, 1200), (224, 224), (900, 600)),
        ((1200, 1800), (224, 224), (600, 900)),
        ((4000, 500), (224, 224), (4000, 500)),
        ((3600, 3600), (224, 224), (450, 450)),
        ((3583, 3583), (224, 224), (896, 896)),
        ((1800, 1200), (100, 300), (900, 600)),
        ((1800, 1200), (301, 100), (1800, 1200)),
        ((300, 200), (224, 224), (300, 200)),
    ],
)
def test_a_jpeg_is_read_smaller_but_never_below_twice_the_target(
    size: tuple[int, int], target: tuple[int, int], expected: tuple[int, int], orientation: int, tmp_path: Path
) -> None:
    path = put(tmp_path, encoded(Image.new("RGB", size), "JPEG", exif=with_orientation(orientation)))

    upright = expected if orientation == 1 else expected[::-1]
    assert upright == decode(path, target).size


@pytest.mark.shared
def test_a_jpeg_read_smaller_looks_as_if_read_whole(shared_photos: Path) -> None:
    differences = []
    for name in ("everyday/cat_1080p.jpg", "everyday/kite_and_cold.jpg", "orientation/Landscape_6.jpg"):
        path = shared_photos / name
        whole, smaller = decode(path), decode(path, (224, 224))
        assert smaller.width < whole.width
        differences.append(difference(prepared(whole), prepared(smaller)))
    assert max(differences) < 1


def prepared(image: Image.Image) -> Image.Image:
    """As CLIP prepares it: the short side to 224, the middle."""
    return ImageOps.fit(image, (224, 224), Image.Resampling.BICUBIC)


# ------------------------------------------------------------------------------------------------- limits


@pytest.mark.parametrize("name", SEEDS)
def test_more_pixels_than_the_limit_are_refused(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, SEEDS[name])

    with pytest.raises(ImageTooLargeError, match="64 × 48"):
        decode(path, max_pixels=WIDTH * HEIGHT - 1)
    assert decode(path, max_pixels=WIDTH * HEIGHT).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("side", [18_000, 60_000])
def test_a_bomb_is_refused_by_its_header_with_size_and_remedy(side: int, tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path = put(tmp_path, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))

    with pytest.raises(ImageTooLargeError) as caught:
        decode(path)

    assert caught.value.reason == (
        f"The picture has {side * side // 1_000_000:,} megapixels ({side} × {side}); the limit is 300. "
        "Save a smaller copy and use that."
    )
    assert (side, side) == (read_facts(path).width, read_facts(path).height)


def test_a_bomb_inside_an_icon_is_refused(tmp_path: Path) -> None:
    data = bytearray(encoded(picture(), "ICO", sizes=[(16, 16)], bitmap_format="bmp"))
    data[26:34] = struct.pack("<II", 60_000, 120_000)

    with pytest.raises(ImageTooLargeError):
        decode(put(tmp_path, bytes(data)))


def test_200_megapixels_pass_without_pillows_own_alarm(tmp_path: Path) -> None:
    # More than twice Pillow's limit, below ours: a warning would fail this test.
    path = put(tmp_path, encoded(Image.new("L", (20_000, 10_000)), "JPEG"))

    assert MAX_PIXELS > 200_000_000
    assert decode(path, (224, 224)).size == (2500, 1250)


# ------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("name", sorted(set(SEEDS) - {"mpo", "apng"}))
def test_a_file_cut_in_half_says_so(name: str, tmp_path: Path) -> None:
    data = SEEDS[name]
    path = put(tmp_path, data[: len(data) // 2])

    try:
        decode(path)
    except ImageError as error:
        assert error.path == path
        assert str(path) not in error.reason
        assert error.reason.endswith(("Copy or download it again.", "Save a copy as JPEG or PNG and use that."))
    else:
        # The second picture of an animation was cut off; the first is whole.
        assert "animated" in name
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_a_truncated_jpeg_names_the_cause(tmp_path: Path) -> None:
    data = encoded(picture(640, 480), "JPEG", quality=95)

    with pytest.raises(ImageError, match="The file ends too early; part of the picture is missing"):
        decode(put(tmp_path, data[: len(data) * 2 // 3]))


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (b"", ImageError, "The file is empty (0 bytes). Copy or download it again."),
        (b"Hello, w\xc3\xb6rld!\n", UnsupportedImageError, "This is a text file, not a picture."),
        (("ö" * 600).encode()[1:], UnsupportedImageError, "This is not a picture that ClipDesk can open."),
        (("aö" * 600).encode(), UnsupportedImageError, "This is a text file, not a picture."),
        (b"\x7fELF\x02\x01\x01\0\0\0", UnsupportedImageError, "This is not a picture that ClipDesk can open."),
        (b"%PDF-1.7\n", UnsupportedImageError, "This is a PDF document"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", UnsupportedImageError, "This is a PostScript (EPS) drawing"),
        (b"8BPS\0\x01", UnsupportedImageError, "This is a Photoshop document"),
        (b'<?xml version="1.0"?>\n<svg xmlns="">', UnsupportedImageError, "This is an SVG drawing"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", UnsupportedImageError, "This is a video"),
        (b"BM", ImageError, "The file"),
        (b"\xff\xd8\xff", ImageError, "The file is damaged"),
    ],
)
def test_what_is_no_picture_gets_its_own_sentence(
    content: bytes, kind: type[ImageError], sentence: str, tmp_path: Path
) -> None:
    path = put(tmp_path, content, "picture.jpg")

    for read in (decode, read_facts):
        with pytest.raises(ImageError) as caught:
            read(path)
        assert kind is type(caught.value)
        assert caught.value.reason.startswith(sentence)


def test_pillow_opens_nothing_that_is_not_on_the_list(tmp_path: Path) -> None:
    for format_name in ("PCX", "TGA", "SGI", "PDF", "EPS", "DDS", "ICNS", "MSP", "SPIDER", "XBM", "QOI"):
        image = picture().convert("1" if format_name in ("MSP", "XBM") else "F" if format_name == "SPIDER" else "RGB")
        with pytest.raises(ImageError):
            decode(put(tmp_path, encoded(image, format_name)))


def test_missing_files_folders_and_impossible_names(tmp_path: Path) -> None:
    for path, sentence in (
        (tmp_path / "gone.jpg", "The file is not there any more"),
        (tmp_path, "This is a folder, not a picture."),
        (tmp_path / "a\0b.jpg", "This is not a usable file name."),
        (tmp_path / ("x" * 300), "The file could not be read: File name too long."),
    ):
        with pytest.raises(ImageError) as caught:
            decode(path)
        assert caught.value.reason.startswith(sentence)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_wait_forever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")

    with pytest.raises(ImageError, match="a device or a pipe"):
        decode(tmp_path / "pipe.jpg")


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="permissions work differently here")
def test_a_file_without_permission() -> None:
    with tempfile.TemporaryDirectory() as folder, as_nobody(Path(folder)):
        path = put(Path(folder), SEEDS["png"])
        path.chmod(0)
        with pytest.raises(ImageError, match="You have no permission to read this file"):
            decode(path)


@contextlib.contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Root may read everything: step down while in the block, into a folder of one's own."""
    if os.geteuid() != 0:
        yield
        return
    os.chown(folder, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_name_that_is_not_unicode(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    try:
        path.write_bytes(SEEDS["png"])
    except OSError:
        pytest.skip("this file system takes Unicode names only")

    assert decode(path).size == (WIDTH, HEIGHT)


def test_heic_without_the_extra_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    monkeypatch.setitem(sys.modules, "pillow_heif", None)  # what an import meets where it is not installed

    with pytest.raises(UnsupportedImageError) as caught:
        decode(path)

    assert "pip install pillow-heif" in caught.value.reason


# ------------------------------------------------------------------------------------------------- side effects


def test_the_picture_carries_no_metadata(tmp_path: Path) -> None:
    exif = with_orientation(6)
    exif[0x010F] = "Canon"
    for format_name in ("JPEG", "PNG", "WEBP", "TIFF"):
        image = decode(put(tmp_path, encoded(picture(), format_name, exif=exif, quality=95)))
        assert (type(image), image.info, dict(image.getexif())) == (Image.Image, {}, {})


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files cannot be counted here")
@pytest.mark.parametrize("name", SEEDS)
def test_files_are_closed_whatever_happens(name: str, tmp_path: Path) -> None:
    good = put(tmp_path, SEEDS[name])
    broken = put(tmp_path, SEEDS[name][: len(SEEDS[name]) * 2 // 3], "broken")
    kept = [decode(good)]
    before = len(list(Path("/proc/self/fd").iterdir()))

    for _ in range(3):
        kept += [decode(good), decode(good, (8, 8))]
        read_facts(good)
        for read in (decode, read_facts):
            with contextlib.suppress(ImageError):
                read(broken)

    assert before == len(list(Path("/proc/self/fd").iterdir()))


def test_many_threads_get_what_one_gets(tmp_path: Path) -> None:
    paths = [put(tmp_path, data, name.replace(" ", "_")) for name, data in SEEDS.items()]
    alone = [decode(path).tobytes() for path in paths]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda path: decode(path).tobytes(), paths * 8))

    assert alone * 8 == together


def test_nothing_but_image_errors_leaves_broken_files(tmp_path: Path) -> None:
    generator = random.Random(20240531)
    varieties = [
        *SEEDS.values(),
        encoded(grey16(), "TIFF"),
        encoded(grey16(), "PNG"),
        encoded(picture().quantize(16), "PNG", transparency=3),
        encoded(picture().convert("CMYK"), "JPEG"),
        encoded(picture().convert("1"), "TIFF", compression="group4"),
        encoded(picture(), "JPEG", exif=with_orientation(6)),
        b"P3\n3 2\n255\n" + b"1 2 3 " * 6,
    ]
    path = tmp_path / "broken"
    outcomes = {"fine": 0, "error": 0}
    for _ in range(3000):
        path.write_bytes(mutated(generator.choice(varieties), generator))
        for read in (decode_at_most_a_million_pixels, read_facts):
            try:
                read(path)
                outcomes["fine"] += 1
            except ImageError:
                outcomes["error"] += 1

    assert min(outcomes.values()) > 500, outcomes


def decode_at_most_a_million_pixels(path: Path) -> Image.Image:
    return decode(path, (16, 16), max_pixels=1_000_000)


def mutated(data: bytes, generator: random.Random) -> bytes:
    """One to a dozen random changes, most of them near the start, where the headers are."""
    changed = bytearray(data)
    for _ in range(generator.choice((1, 1, 2, 4, 12))):
        at = generator.randrange(min(len(changed), generator.choice((40, 200, 1_000_000))) or 1)
        match generator.randrange(6):
            case 0 if changed:
                changed[at] ^= 1 << generator.randrange(8)
            case 1:
                changed[at : at + 1] = generator.choice((b"\0", b"\xff", b"\x7f", b"\x80", b"\1"))
            case 2:
                changed[at : at + 4] = generator.choice((b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0" * 4, b"\0\0\xff\xff"))
            case 3:
                del changed[at:]
            case 4:
                del changed[at : at + generator.randrange(1, 9)]
            case _:
                changed[at:at] = changed[at : at + generator.randrange(1, 32)]
    return bytes(changed)


# ------------------------------------------------------------------------------------------------- facts


def test_facts_of_a_photo(tmp_path: Path) -> None:
    exif = with_orientation(6)
    exif[0x010F], exif[0x0110] = "Canon\0\0", "Canon EOS 50D"
    exif.get_ifd(0x8769)[0x9003] = "2024:05:31 17:20:05"
    path = put(tmp_path, encoded(picture(), "JPEG", exif=exif))

    assert read_facts(path) == ImageFacts(
        HEIGHT, WIDTH, "JPEG", "colour, 8 bit", "2024-05-31 17:20:05", "Canon EOS 50D"
    )


@pytest.mark.parametrize(
    ("maker", "model", "camera"),
    [
        ("NIKON CORPORATION", "NIKON D90", "NIKON D90"),
        ("SONY", "ILCE-7M3", "SONY ILCE-7M3"),
        ("", "X100", "X100"),
        ("Leica", "", "Leica"),
        ("", "", None),
        ("\x07  ", "\n", None),
    ],
)
def test_the_cameras_name_says_the_maker_once(maker: str, model: str, camera: str | None, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = maker, model

    assert camera == read_facts(put(tmp_path, encoded(picture(), "JPEG", exif=exif))).camera


@pytest.mark.parametrize("date", ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday", ""])
def test_a_date_that_is_none_is_left_out(date: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = date

    assert read_facts(put(tmp_path, encoded(picture(), "JPEG", exif=exif))).taken is None


@pytest.mark.parametrize(
    ("image", "format_name", "words"),
    [
        (picture().convert("1"), "PNG", "black and white"),
        (picture().convert("L"), "PNG", "grey, 8 bit"),
        (picture().convert("RGBA"), "PNG", "colour with transparency, 8 bit"),
        (picture().convert("CMYK"), "JPEG", "CMYK (print) colour, 8 bit"),
        (picture().quantize(16), "PNG", "palette, 8 bit"),
        (grey16(), "PNG", "grey, 16 bit"),
        (grey16(), "TIFF", "grey, 16 bit"),
        (picture().convert("F"), "TIFF", "grey, floating point, 32 bit"),
        (picture(), "AVIF", "colour"),
    ],
)
def test_colours_in_words(image: Image.Image, format_name: str, words: str, tmp_path: Path) -> None:
    assert words == read_facts(put(tmp_path, encoded(image, format_name))).colours


def test_large_pictures_wait_for_each_other(tmp_path: Path) -> None:
    large, small = tmp_path / "large.png", tmp_path / "small.png"
    Image.new("L", (9_000, 6_000), 90).save(large)
    Image.new("L", (9, 6), 90).save(small)

    with ThreadPoolExecutor(2) as pool:
        with decode_module._one_at_a_time:
            waiting = pool.submit(decode, large)
            assert pool.submit(decode, small).result(timeout=20).size == (9, 6)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=2)

        assert waiting.result(timeout=60).size == (9_000, 6_000)
