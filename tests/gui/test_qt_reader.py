"""Qt's own decoders, told which one to use."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from clipdesk.gui.qt_reader import read_with_qt

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "GIF"])
def test_a_picture_is_read_whatever_its_file_is_called(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "picture.wrong"
    Image.new("RGB", (40, 20), "red").save(path, kind)

    image = read_with_qt(path, 10)

    assert (image.width(), image.height()) == (10, 5)


@pytest.mark.parametrize("content", [SVG, b"", b"RIFF0000WAVE"])
def test_no_decoder_guesses_at_anything_else(tmp_path: Path, content: bytes) -> None:
    for name in ("picture.svg", "picture.png"):
        path = tmp_path / name
        path.write_bytes(content)

        assert read_with_qt(path, 10).isNull()


def test_a_file_that_is_gone_gives_no_picture(tmp_path: Path) -> None:
    assert read_with_qt(tmp_path / "gone.jpg", 10).isNull()
