"""Colours: embedded ICC profiles are converted to sRGB, for every kind of image that may have one."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from image_files import LINEAR_GREY, PRO, WHITE_POINT, difference, encoded, fixed, gradient, grey16, put
from PIL import Image, ImageCms

from clipdesk.core.pictures.decode import decode, decode_bytes

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def in_prophoto(image: Image.Image) -> Image.Image:
    """Return an sRGB image with the same colours as values of ProPhoto RGB."""
    pro = ImageCms.ImageCmsProfile(io.BytesIO(PRO))
    converted = ImageCms.profileToProfile(image, ImageCms.createProfile("sRGB"), pro, outputMode="RGB")
    assert converted is not None
    return converted


def decoded(folder: Path, image: Image.Image, format_name: str, **options: Any) -> Image.Image:
    return decode(put(folder, encoded(image, format_name, **options)))


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_a_wide_profile_is_converted_in_every_format(format_name: str, tmp_path: Path) -> None:
    options = {"JPEG": {"subsampling": 0}, "WEBP": {"lossless": True}}.get(format_name, {})
    path = tmp_path / "picture"
    if format_name == "HEIF":
        heif = pytest.importorskip("pillow_heif").from_pillow(in_prophoto(gradient()))
        heif.info["icc_profile"] = PRO
        heif.save(path, quality=95, chroma=444)
    else:
        put(tmp_path, encoded(in_prophoto(gradient()), format_name, quality=95, icc_profile=PRO, **options))

    result = decode(path)

    assert difference(result, gradient()) < 4
    assert difference(in_prophoto(gradient()), gradient()) > 15


def test_transparency_keeps_its_degrees_and_colours_are_converted(tmp_path: Path) -> None:
    image = in_prophoto(Image.new("RGB", (2, 1), (220, 40, 40))).convert("RGBA")
    image.putpixel((1, 0), (0, 0, 0, 0))

    result = np.asarray(decoded(tmp_path, image, "PNG", icc_profile=PRO), np.int16)

    assert np.abs(result - [[[220, 40, 40], [255, 255, 255]]]).max() <= 3


def test_a_palette_is_converted(tmp_path: Path) -> None:
    image = Image.new("P", (1, 1))
    image.putpalette(in_prophoto(Image.new("RGB", (1, 1), (220, 40, 40))).tobytes())

    result = np.asarray(decoded(tmp_path, image, "PNG", icc_profile=PRO), np.int16)

    assert np.abs(result - [220, 40, 40]).max() <= 3


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_a_linear_grey_profile_brightens_the_middle(mode: str, tmp_path: Path) -> None:
    image = Image.new(mode, (1, 1), 55 if mode == "L" else (55, 255))

    grey = decoded(tmp_path, image, "PNG", icc_profile=LINEAR_GREY).getpixel((0, 0))

    assert isinstance(grey, tuple)
    assert all(abs(sample - 128) <= 2 for sample in grey)


def test_a_linear_grey_profile_counts_for_16_bits_too(tmp_path: Path) -> None:
    plain = np.asarray(decoded(tmp_path, grey16(), "PNG"))[..., 0]

    linear = np.asarray(decoded(tmp_path, grey16(), "PNG", icc_profile=LINEAR_GREY))[..., 0]

    assert abs(int(linear[plain == 55][0]) - 128) <= 2


def test_a_colour_profile_of_a_grey_image_counts(tmp_path: Path) -> None:
    plain, converted = (
        decoded(tmp_path, Image.new("L", (1, 1), 100), "PNG", **options) for options in ({}, {"icc_profile": PRO})
    )

    assert plain.getpixel((0, 0)) == (100, 100, 100)
    grey = converted.getpixel((0, 0))
    assert isinstance(grey, tuple)
    assert min(grey) > 105


@pytest.mark.parametrize("profile", [SRGB, b"", b"garbage", SRGB[:200], PRO[:140] + b"\xff" * 80, LINEAR_GREY])
@pytest.mark.parametrize("format_name", ["PNG", "TIFF"])
def test_profiles_that_change_nothing_are_broken_or_do_not_fit_leave_the_pixels(
    profile: bytes, format_name: str, tmp_path: Path
) -> None:
    result = decoded(tmp_path, gradient(), format_name, icc_profile=profile)

    assert difference(result, gradient()) == 0


def test_a_cmyk_image_without_a_fitting_profile_is_converted_plainly(tmp_path: Path) -> None:
    image = gradient().convert("CMYK")

    assert difference(decoded(tmp_path, image, "TIFF", icc_profile=PRO), gradient()) < 1


def cmyk_profile() -> bytes:
    """Return a profile of ICC.1:2001-04 for a press whose inks are all grey: cyan a half, the others black."""
    identity = bytes(range(256))
    grid = b"".join(
        bytes([255 if not inks else 128 if inks == 0b1000 else 0, 128, 128])  # L, a, b; cyan varies slowest
        for inks in range(16)
    )
    matrix = fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + matrix + identity * 4 + grid + identity * 3
    white = b"XYZ \0\0\0\0" + fixed(*WHITE_POINT)
    start = 128 + 4 + 12 * 2
    directory = struct.pack(">I4sII4sII", 2, b"wtpt", start, len(white), b"A2B0", start + len(white), len(lut))
    head = b"none" + bytes.fromhex("02400000") + b"prtrCMYKLab " + bytes(12) + b"acsp" + bytes(28) + fixed(*WHITE_POINT)
    size = start + len(white) + len(lut)
    return (struct.pack(">I", size) + head).ljust(128, b"\0") + directory + white + lut


@pytest.mark.parametrize("format_name", ["TIFF", "JPEG"])
def test_a_cmyk_profile_is_converted(format_name: str, tmp_path: Path) -> None:
    image = Image.new("CMYK", (16, 8), (255, 0, 0, 0))
    image.paste((0, 0, 0, 0), (8, 0, 16, 8))

    result = decoded(tmp_path, image, format_name, icc_profile=cmyk_profile())

    for x, expected in ((2, 119), (13, 255)):  # L* 50 is 119 in sRGB
        found = result.getpixel((x, 4))
        assert isinstance(found, tuple)
        assert all(abs(sample - expected) <= 4 for sample in found)


def test_bytes_are_converted_like_files(tmp_path: Path) -> None:
    data = encoded(in_prophoto(gradient()), "PNG", icc_profile=PRO)

    assert decode_bytes(data).tobytes() == decode(put(tmp_path, data)).tobytes()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "CMYK"])
def test_a_reduced_image_has_the_same_colours(mode: str, tmp_path: Path) -> None:
    image = gradient(400, 300).convert(mode)
    profile = LINEAR_GREY if mode == "L" else PRO
    path = put(tmp_path, encoded(image, "TIFF", icc_profile=profile))

    small, whole = decode(path, max_edge=100), decode(path)

    assert small.size == (100, 75)
    assert difference(small, whole.resize((100, 75), Image.Resampling.BICUBIC)) < 2


@pytest.mark.shared
@pytest.mark.parametrize(("name", "limit"), [("pro.png", 3), ("pro.jpg", 10), ("pro.heic", 10), ("pro.avif", 10)])
def test_the_shared_prophoto_files_have_the_colours_of_their_srgb_twin(
    name: str, limit: int, shared_failing: Path
) -> None:
    twin = np.asarray(decode(shared_failing / "colour" / "srgb.png"), np.int16)

    result = np.asarray(decode(shared_failing / "colour" / name), np.int16)

    assert np.percentile(np.abs(result - twin), 99) <= limit
