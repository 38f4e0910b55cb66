"""Qt's decoders, each chosen by the file's signature."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from clipdesk.gui.loading.qt_reader import from_jpeg, read_with_qt, to_jpeg

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "GIF"])
def test_the_format_is_recognised_by_content_not_by_name(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "picture.wrong"
    Image.new("RGB", (40, 20), "red").save(path, kind)

    image = read_with_qt(path, 10)

    assert (image.width(), image.height()) == (10, 5)


@pytest.mark.parametrize("content", [SVG, b"", b"RIFF0000WAVE"])
def test_other_formats_are_not_passed_to_qt(tmp_path: Path, content: bytes) -> None:
    for name in ("picture.svg", "picture.png"):
        path = tmp_path / name
        path.write_bytes(content)

        assert read_with_qt(path, 10).isNull()


def test_a_missing_file_gives_a_null_image(tmp_path: Path) -> None:
    assert read_with_qt(tmp_path / "gone.jpg", 10).isNull()


# A thread that asks for Qt's decoders with Python's lock held, and one that has them and asks for Python's lock,
# wait for ever.
_MANY_AT_ONCE = """
import sys, threading
from pathlib import Path
from clipdesk.gui.loading.qt_reader import from_jpeg, read_with_qt
path = Path(sys.argv[1])
data = path.read_bytes()
def from_files():
    for _ in range(3000):
        assert not read_with_qt(path, 64).isNull()
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
