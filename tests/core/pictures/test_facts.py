"""What a file says about itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from image_files import HEIGHT, WIDTH, encoded, gradient, grey16, put, with_orientation
from PIL import Image

from clipdesk.core.pictures.facts import ImageFacts, read_facts


def test_facts_of_a_photo(tmp_path: Path) -> None:
    exif = with_orientation(6)
    exif[0x010F], exif[0x0110] = "Canon\0\0", "Canon EOS 50D"
    exif.get_ifd(0x8769)[0x9003] = "2024:05:31 17:20:05"
    path = put(tmp_path, encoded(gradient(), "JPEG", exif=exif))

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

    assert camera == read_facts(put(tmp_path, encoded(gradient(), "JPEG", exif=exif))).camera


@pytest.mark.parametrize("date", ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday", ""])
def test_a_date_that_is_none_is_left_out(date: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = date

    assert read_facts(put(tmp_path, encoded(gradient(), "JPEG", exif=exif))).taken is None


@pytest.mark.parametrize(
    ("image", "format_name", "words"),
    [
        (gradient().convert("1"), "PNG", "black and white"),
        (gradient().convert("L"), "PNG", "grey, 8 bit"),
        (gradient().convert("RGBA"), "PNG", "colour with transparency, 8 bit"),
        (gradient().convert("CMYK"), "JPEG", "CMYK (print) colour, 8 bit"),
        (gradient().quantize(16), "PNG", "palette, 8 bit"),
        (grey16(), "PNG", "grey, 16 bit"),
        (grey16(), "TIFF", "grey, 16 bit"),
        (gradient().convert("F"), "TIFF", "grey, floating point, 32 bit"),
        (gradient(), "AVIF", "colour"),
    ],
)
def test_colours_in_words(image: Image.Image, format_name: str, words: str, tmp_path: Path) -> None:
    assert words == read_facts(put(tmp_path, encoded(image, format_name))).colours
