"""Images for the screen: the same pixels, colours and orientation as the model gets."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from image_files import SEEDS, chunk, encoded, gradient, grey16, put, with_orientation
from numpy.typing import NDArray
from PIL import Image, ImageCms
from PySide6.QtGui import QColorSpace, QImage
from raw_files import dng, preview

from clipdesk.core.errors import ImageError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.facts import read_facts
from clipdesk.gui.loading.qimages import from_jpeg, read_image, to_jpeg

DISPLAY_P3 = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FULL, PREVIEW, THUMBNAIL = 8192, 50, 20


def pixels_of(image: QImage) -> NDArray[np.int16]:
    """Return the samples (height, width, 3) of an RGB32 image."""
    assert image.format() == QImage.Format.Format_RGB32
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[..., 2::-1].astype(np.int16)


def screen_and_model(path: Path, edge: int) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Return the samples on the screen, and those of the model reduced to the same size."""
    screen = read_image(path, edge)
    model = decode(path)
    if model.size != (screen.width(), screen.height()):
        model = model.resize((screen.width(), screen.height()), Image.Resampling.BICUBIC)
    return pixels_of(screen), np.asarray(model, np.int16)


def assert_same(path: Path) -> None:
    screen, model = screen_and_model(path, FULL)
    facts = read_facts(path)
    assert screen.shape == (facts.height, facts.width, 3)
    np.testing.assert_array_equal(screen, model)
    for edge in (PREVIEW, THUMBNAIL):
        screen, model = screen_and_model(path, edge)
        assert np.abs(screen - model).mean() < 3


@pytest.mark.parametrize("name", SEEDS)
def test_every_format_has_the_same_pixels_on_the_screen_as_in_the_model(name: str, tmp_path: Path) -> None:
    assert_same(put(tmp_path, SEEDS[name]))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_every_orientation_is_followed(format_name: str, orientation: int, tmp_path: Path) -> None:
    image = gradient().crop((0, 0, 63, 47))  # odd sides show a turn that is off by a pixel

    assert_same(put(tmp_path, encoded(image, format_name, exif=with_orientation(orientation), quality=95)))


def test_an_orientation_stored_as_long_is_followed(tmp_path: Path) -> None:
    exif = b"Exif\0\0II*\0" + struct.pack("<IHHHII", 8, 1, 0x0112, 4, 1, 6) + b"\0" * 4

    path = put(tmp_path, encoded(gradient(), "JPEG", exif=exif))

    assert_same(path)
    assert read_image(path, FULL).height() == gradient().width


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
)


@pytest.mark.parametrize("format_name", ["JPEG", "WEBP", "TIFF", "AVIF", "PNG"])
def test_an_orientation_in_xmp_alone_turns_nothing(format_name: str, tmp_path: Path) -> None:
    options: dict[str, Any] = {"xmp": XMP}
    if format_name == "TIFF":
        options = {"tiffinfo": {700: XMP}}
    elif format_name == "PNG":
        from PIL.PngImagePlugin import PngInfo

        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options = {"pnginfo": texts}

    path = put(tmp_path, encoded(gradient(), format_name, quality=95, **options))

    assert_same(path)
    assert decode(path).size == gradient().size


@pytest.mark.parametrize("profile", [DISPLAY_P3, SRGB, b"garbage"])
@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_profiles_are_converted_alike(format_name: str, profile: bytes, tmp_path: Path) -> None:
    assert_same(put(tmp_path, encoded(gradient(), format_name, quality=95, icc_profile=profile)))


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_other_modes_of_jpeg_are_converted_alike(mode: str, tmp_path: Path) -> None:
    assert_same(put(tmp_path, encoded(gradient().convert(mode), "JPEG", quality=95)))


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    image = gradient().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))

    assert_same(put(tmp_path, encoded(image, "PNG")))


def test_deep_grey_is_scaled_alike(tmp_path: Path) -> None:
    for format_name in ("PNG", "TIFF"):
        assert_same(put(tmp_path, encoded(grey16(), format_name)))


def test_a_gif_whose_first_frame_does_not_fill_it_is_the_same_every_time(tmp_path: Path) -> None:
    data = bytearray(encoded(gradient().quantize(16), "GIF"))
    data[6:10] = struct.pack("<HH", 200, 150)  # a larger canvas
    path = put(tmp_path, bytes(data))

    assert_same(path)
    assert pixels_of(read_image(path, FULL)).tobytes() == pixels_of(read_image(path, FULL)).tobytes()


def png16(colour_type: int, samples: list[int], key: list[int]) -> bytes:
    """Return a PNG of one row with 16-bit samples, whose colour `key` is transparent."""
    channels = 3 if colour_type == 2 else 1
    rows = zlib.compress(b"\0" + struct.pack(f">{len(samples)}H", *samples))
    header = struct.pack(">IIBBBBB", len(samples) // channels, 1, 16, colour_type, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"tRNS", struct.pack(f">{channels}H", *key)) + chunk(b"IDAT", rows)
    return b"\x89PNG\r\n\x1a\n" + chunks + chunk(b"IEND", b"")


def test_a_transparent_colour_of_16_bits_is_white(tmp_path: Path) -> None:
    path = put(tmp_path, png16(2, [0xDC01, 0x2802, 0x2803, 0x10FF, 0x20FF, 0x30FF], [0xDC01, 0x2802, 0x2803]))

    assert_same(path)
    assert np.asarray(decode(path)).tolist() == [[[255, 255, 255], [0x10, 0x20, 0x30]]]


def test_a_transparent_grey_of_16_bits_is_white(tmp_path: Path) -> None:
    path = put(tmp_path, png16(0, [0, 0x8000, 0xFF00, 0x1234], [0x1234]))

    assert_same(path)
    assert np.asarray(decode(path))[0, :, 0].tolist() == [0, 128, 255, 255]


@pytest.mark.parametrize("bits", [2, 4])
def test_a_transparent_grey_of_few_bits_is_white(bits: int, tmp_path: Path) -> None:
    rows = zlib.compress(b"\0" + bytes([0b01_10_00_00 if bits == 2 else 0x12]))
    header = struct.pack(">IIBBBBB", 2, 1, bits, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"tRNS", b"\0\1") + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    path = put(tmp_path, b"\x89PNG\r\n\x1a\n" + chunks)

    assert_same(path)
    assert np.asarray(decode(path))[0, :, 0].tolist() == [255, 170 if bits == 2 else 34]


def test_a_truncated_jpeg_is_refused_on_the_screen_too(tmp_path: Path) -> None:
    data = encoded(Image.effect_noise((400, 300), 80).convert("RGB"), "JPEG")
    path = put(tmp_path, data[: len(data) // 2])

    with pytest.raises(ImageError, match="ends too early"):
        read_image(path, PREVIEW)


@pytest.mark.shared
def test_the_shared_files_look_the_same_on_the_screen_as_to_the_model(shared_failing: Path) -> None:
    for folder in ("orientation", "colour", "animation", "damaged", "deep"):
        for path in sorted((shared_failing / folder).iterdir()):
            if path.name != "bomb_i16.tif":
                assert_same(path)


# A thread that asks for Qt's decoders while it holds the GIL, and one that holds them and asks for the GIL, deadlock.
_MANY_AT_ONCE = """
import sys, threading
from pathlib import Path
from clipdesk.gui.loading.qimages import from_jpeg, read_image
path = Path(sys.argv[1])
data = path.read_bytes()
def from_files():
    for _ in range(3000):
        assert not read_image(path, 64).isNull()
def from_memory():
    for _ in range(3000):
        assert not from_jpeg(data).isNull()
threads = [threading.Thread(target=work, daemon=True) for work in (from_files, from_memory) * 2]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(60)
    assert not thread.is_alive()
"""


def test_an_image_survives_a_round_trip_through_jpeg() -> None:
    image = QImage(40, 20, QImage.Format.Format_RGB888)
    image.fill(0x3366FF)

    again = from_jpeg(to_jpeg(image))

    assert (again.width(), again.height()) == (40, 20)
    assert abs(again.pixelColor(20, 10).blue() - 0xFF) < 8


def test_data_that_is_not_jpeg_gives_a_null_image() -> None:
    assert from_jpeg(b"").isNull()
    assert from_jpeg(b"<svg/>").isNull()


def test_threads_that_decode_at_the_same_time_do_not_deadlock(tmp_path: Path) -> None:
    Image.new("RGB", (64, 64), "navy").save(tmp_path / "a.jpg")

    command = [sys.executable, "-c", _MANY_AT_ONCE, str(tmp_path / "a.jpg")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_camera_raw_file_looks_as_the_model_sees_it(orientation: int, tmp_path: Path) -> None:
    pytest.importorskip("rawpy")

    assert_same(put(tmp_path, dng(preview(), orientation=orientation), "a.dng"))
