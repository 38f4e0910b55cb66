from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QColorSpace, QImage
from pytestqt.qtbot import QtBot

from clipdesk.core.pictures.facts import ImageFacts
from clipdesk.gui.loading.picture_loader import PREVIEW_EDGE, PictureLoader, _pool_and_courier, full_size

RED, BLUE = (220, 30, 30), (30, 30, 220)


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[PictureLoader]:
    loader = PictureLoader()
    yield loader
    loader.stop()


def save(path: Path, size: tuple[int, int] = (64, 48), color: tuple[int, int, int] = RED, **options: object) -> Path:
    Image.new("RGB", size, color).save(path, **options)  # type: ignore[arg-type]
    return path


def load(qtbot: QtBot, loader: PictureLoader, path: Path) -> tuple[QImage, ImageFacts | None]:
    with qtbot.waitSignal(loader.picture_loaded, check_params_cb=lambda p, *_: p == path) as caught:
        loader.load(path)
    assert caught.args is not None
    return caught.args[1], caught.args[2]


def is_close(image: QImage, x: int, y: int, color: tuple[int, int, int]) -> bool:
    found = QColor(image.pixel(x, y)).getRgb()[:3]  # type: ignore[index]
    return all(abs(a - b) <= 6 for a, b in zip(found, color, strict=True))


def test_a_picture_is_loaded_with_its_facts(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    image, facts = load(qtbot, loader, save(tmp_path / "red.jpg"))

    assert image.size() == QSize(64, 48)
    assert is_close(image, 30, 20, RED)
    assert facts is not None
    assert (facts.width, facts.height, facts.format_name) == (64, 48, "JPEG")


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.bmp", "a.gif", "a.tiff", "a.jp2", "a.ppm", "a.avif"])
def test_every_format_that_is_labelled_can_be_shown(
    qtbot: QtBot, loader: PictureLoader, tmp_path: Path, name: str
) -> None:
    image, facts = load(qtbot, loader, save(tmp_path / name))

    assert image.size() == QSize(64, 48)
    assert is_close(image, 30, 20, RED)
    assert facts is not None


def test_a_large_picture_is_reduced_until_the_full_size_is_requested(
    qtbot: QtBot, loader: PictureLoader, tmp_path: Path
) -> None:
    path = save(tmp_path / "large.jpg", (5000, 2500))
    image, facts = load(qtbot, loader, path)

    with qtbot.waitSignal(loader.picture_loaded) as caught:
        loader.load_full(path)

    assert image.size() == QSize(PREVIEW_EDGE, PREVIEW_EDGE // 2)
    assert full_size(image, facts) == QSize(5000, 2500)
    assert caught.args is not None
    assert caught.args[1].size() == QSize(5000, 2500)


def test_the_camera_s_orientation_is_followed(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    picture = Image.new("RGB", (80, 40), RED)
    picture.paste(BLUE, (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right: what was left is on top
    picture.save(tmp_path / "turned.jpg", exif=exif, quality=95)

    image, facts = load(qtbot, loader, tmp_path / "turned.jpg")

    assert image.size() == QSize(40, 80)
    assert is_close(image, 20, 10, BLUE)
    assert is_close(image, 20, 70, RED)
    assert full_size(image, facts) == QSize(40, 80)


def test_other_colour_spaces_become_srgb(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    profile = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data()
    path = save(tmp_path / "p3.png", color=(200, 100, 100), icc_profile=profile)

    image, _ = load(qtbot, loader, path)

    # The same colour has a larger red component in the smaller colour space.
    assert QColor(image.pixel(5, 5)).red() > 205
    assert QColor(image.pixel(5, 5)).green() < 100


def test_a_file_that_is_not_an_image_gives_a_reason(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    path = tmp_path / "notes.jpg"
    path.write_text("milk, bread", encoding="utf-8")

    with qtbot.waitSignal(loader.picture_failed) as caught:
        loader.load(path)

    assert caught.args == [path, "This is a text file, not a picture."]


def test_a_missing_file_gives_a_reason(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    with qtbot.waitSignal(loader.picture_failed) as caught:
        loader.load(tmp_path / "gone.jpg")

    assert caught.args is not None
    assert "not there" in caught.args[1]


def test_a_truncated_file_logs_no_codec_warning(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    whole = save(tmp_path / "whole.jpg", (640, 480)).read_bytes()
    path = tmp_path / "torn.jpg"
    path.write_bytes(whole[: len(whole) // 2])

    answers: list[object] = []
    loader.picture_loaded.connect(lambda *args: answers.append(args))
    loader.picture_failed.connect(lambda *args: answers.append(args))

    # Either the half that exists or a reason, but no codec message in the log, which would fail this test.
    loader.load(path)
    qtbot.waitUntil(lambda: bool(answers))


def test_only_the_last_request_is_answered(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    paths = [save(tmp_path / f"{number}.png", (900, 900)) for number in range(12)]
    loaded: list[Path] = []
    loader.picture_loaded.connect(lambda path, *_: loaded.append(path))

    for path in paths:
        loader.load(path)
    qtbot.waitUntil(lambda: bool(loaded))

    assert loaded == [paths[-1]]


def test_a_request_can_be_cancelled_and_repeated(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    first, second = save(tmp_path / "1.png"), save(tmp_path / "2.png")

    for path in (first, second, first, second):
        loader.load(path)
    image, _ = load(qtbot, loader, first)

    assert not image.isNull()


def test_a_preloaded_picture_is_available_at_once(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    path = save(tmp_path / "1.png")
    loaded: list[Path] = []
    loader.picture_loaded.connect(lambda path, *_: loaded.append(path))
    loader.preload([path])

    def is_there_at_once() -> bool:
        loader.load(path)
        at_once = bool(loaded)
        loader.cancel()
        loader.preload([path])
        return at_once

    qtbot.waitUntil(is_there_at_once)


def test_preloading_emits_no_signal(qtbot: QtBot, loader: PictureLoader, tmp_path: Path) -> None:
    with qtbot.assertNotEmitted(loader.picture_loaded, wait=300):
        loader.preload([save(tmp_path / "1.png")])


def test_stop_waits_and_no_signal_follows(qtbot: QtBot, tmp_path: Path) -> None:
    loader = PictureLoader()
    path = save(tmp_path / "large.png", (3000, 3000))

    with qtbot.assertNotEmitted(loader.picture_loaded, wait=100):
        loader.load(path)
        loader.stop()
        loader.load(path)


def test_a_loader_may_be_deleted_while_it_is_loading(qtbot: QtBot, tmp_path: Path) -> None:
    path = save(tmp_path / "large.png", (3000, 3000))
    pool, _ = _pool_and_courier()

    for _ in range(5):
        loader = PictureLoader()
        loader.load(path)
        qtbot.waitUntil(lambda: pool.activeThreadCount() > 0)
        del loader


def test_the_size_of_the_file_is_that_of_the_image_without_facts() -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)

    assert full_size(image, None) == QSize(30, 20)
