from __future__ import annotations

from pathlib import Path

import pytest
from camera_files import jpeg_of, save_camera_jpeg
from PIL import Image

from clipdesk.core.errors import ImageError
from clipdesk.core.pictures.embedded_thumbnail import embedded_thumbnail


def test_the_thumbnail_of_a_camera_is_found(tmp_path: Path) -> None:
    thumbnail = embedded_thumbnail(save_camera_jpeg(tmp_path / "a.jpg"))

    assert thumbnail is not None
    assert thumbnail.size == (160, 120)
    red, green, blue = thumbnail.getpixel((80, 60))
    assert green > 240 and red < 20 and blue < 20


def test_it_is_turned_as_the_picture_is(tmp_path: Path) -> None:
    two_colors = Image.new("RGB", (160, 120), "red")
    two_colors.paste("blue", (0, 0, 160, 60))
    two_colors.save(tmp_path / "thumbnail.jpg")
    data = (tmp_path / "thumbnail.jpg").read_bytes()

    thumbnail = embedded_thumbnail(save_camera_jpeg(tmp_path / "a.jpg", thumbnail=data, orientation=6))

    assert thumbnail is not None
    assert thumbnail.size == (120, 160)
    red, _, blue = thumbnail.getpixel((110, 80))  # the upper half is on the right
    assert blue > 200 and red < 50


@pytest.mark.parametrize(
    "thumbnail",
    [
        jpeg_of((160, 107), "lime"),  # of a picture of another shape
        jpeg_of((120, 160), "lime"),
        b"",
        b"not a JPEG",
        jpeg_of((160, 120), "lime")[:40],
    ],
    ids=["3:2", "upright", "none", "garbage", "cut off"],
)
def test_one_of_another_shape_or_a_broken_one_is_not_taken(tmp_path: Path, thumbnail: bytes) -> None:
    assert embedded_thumbnail(save_camera_jpeg(tmp_path / "a.jpg", thumbnail=thumbnail)) is None


def test_other_formats_have_none_and_broken_files_say_why(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20)).save(tmp_path / "a.png")
    (tmp_path / "b.jpg").write_bytes(b"")

    assert embedded_thumbnail(tmp_path / "a.png") is None
    with pytest.raises(ImageError, match="empty"):
        embedded_thumbnail(tmp_path / "b.jpg")
