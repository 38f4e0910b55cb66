"""Opening: what is refused, and the sentence that says why."""

from __future__ import annotations

import os
import struct
import sys
import tempfile
from pathlib import Path

import pytest
from image_files import HEIGHT, SEEDS, WIDTH, as_nobody, chunk, encoded, gradient, put
from PIL import Image, ImageFile

from clipdesk.core.errors import ImageError, ImageTooLargeError, UnsupportedImageError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.facts import read_facts
from clipdesk.core.pictures.opening import MAX_PIXELS


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
    data = bytearray(encoded(gradient(), "ICO", sizes=[(16, 16)], bitmap_format="bmp"))
    data[26:34] = struct.pack("<II", 60_000, 120_000)

    with pytest.raises(ImageTooLargeError):
        decode(put(tmp_path, bytes(data)))


def test_200_megapixels_pass_without_pillows_own_alarm(tmp_path: Path) -> None:
    # More than twice Pillow's own limit, at which it raises, and below ours.
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
    data = encoded(gradient(640, 480), "JPEG", quality=95)

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
        (b"gimp xcf v011", UnsupportedImageError, "This is a GIMP document"),
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
    for format_name in ("SGI", "PDF", "EPS", "DDS", "ICNS", "MSP", "SPIDER", "XBM", "QOI"):
        image = gradient().convert("1" if format_name in ("MSP", "XBM") else "F" if format_name == "SPIDER" else "RGB")
        with pytest.raises(ImageError):
            decode(put(tmp_path, encoded(image, format_name)))


def test_missing_files_folders_and_impossible_names(tmp_path: Path) -> None:
    for path, sentence in (
        (tmp_path / "gone.jpg", "The file is not there any more"),
        (tmp_path, "This is a folder, not a picture."),
        (tmp_path / "a\0b.jpg", "This is not a usable file name."),
        (tmp_path / ("x" * 300), "The file could not be read: the name is too long."),
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
