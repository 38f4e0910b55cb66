"""The icon files of the installers."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))

import icons


@pytest.fixture(scope="module")
def files(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    icons.write_icons(folder)
    return folder


def test_every_png_has_its_size_and_clear_corners(files: Path) -> None:
    for size in icons.PNG_SIZES:
        with Image.open(files / f"{size}.png") as image:
            assert image.size == (size, size)
            assert image.getpixel((0, 0))[3] < 255  # type: ignore[index]
            assert image.getpixel((size // 2, size // 2))[3] == 255  # type: ignore[index]


def test_the_windows_icon_has_all_sizes(files: Path) -> None:
    with Image.open(files / "clipdesk.ico") as icon:
        assert icon.info["sizes"] == {(size, size) for size in icons.ICO_SIZES}
        with Image.open(files / "16.png") as png:
            assert icon.ico.getimage((16, 16)).tobytes() == png.tobytes()  # type: ignore[attr-defined]


def test_the_macos_icon_has_all_sizes_in_both_resolutions(files: Path) -> None:
    with Image.open(files / "clipdesk.icns") as icon:
        assert {(size[0] * size[2], size[0] * size[2]) for size in icon.info["sizes"]} >= {
            (16, 16), (32, 32), (64, 64), (128, 128), (256, 256), (512, 512), (1024, 1024),
        }  # fmt: skip


def test_at_16_px_the_icon_is_sharp(qtbot: QtBot) -> None:
    """The white frame of the picture is exactly one pixel wide, which no reduced drawing achieves."""
    image = Image.open(io.BytesIO(icons.render([16])[16])).convert("RGB")

    assert [image.getpixel((x, 6)) for x in (1, 2, 3)] == [(47, 111, 222), (255, 255, 255), (220, 232, 252)]
