from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from camera_files import jpeg_of, save_camera_jpeg
from color_encoder import ColorEncoder
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from clipdesk.core.errors import ImageError
from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.shared_pictures import SharedPictures
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.thumbnail_store import LEAST_FILE_BYTES, ThumbnailStore
from clipdesk.gui.loading import thumbnail_source
from clipdesk.gui.loading.qimages import read_image, to_jpeg
from clipdesk.gui.loading.thumbnails import Thumbnails


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Iterator[Thumbnails]:
    result = Thumbnails()
    yield result
    result.stop()


def make_picture(path: Path, size: tuple[int, int] = (300, 200), color: str = "red", **options: object) -> Path:
    Image.new("RGB", size, color).save(path, **options)
    return path


def load(qtbot: QtBot, thumbnails: Thumbnails, path: Path, size: int = 40, ratio: float = 1.0) -> None:
    if thumbnails.pixmap(path, size, ratio) is None:
        with qtbot.waitSignal(thumbnails.thumbnails_loaded, timeout=5000):
            pass


# --- loading one


@pytest.mark.parametrize("ending", ["jpg", "png", "bmp", "gif", "webp", "tiff", "ppm", "jp2"])
def test_every_format_becomes_a_small_picture(tmp_path: Path, ending: str) -> None:
    path = make_picture(tmp_path / f"사진 1.{ending}")

    image = read_image(path, 60)

    assert image.size() == QSize(60, 40)
    red = image.pixelColor(30, 20)
    assert red.red() > 240
    assert red.green() < 20


def test_a_small_picture_stays_as_it_is(tmp_path: Path) -> None:
    assert read_image(make_picture(tmp_path / "a.png", (20, 10)), 60).size() == QSize(20, 10)


def test_an_extreme_aspect_ratio_keeps_at_least_one_pixel(tmp_path: Path) -> None:
    assert read_image(make_picture(tmp_path / "a.png", (2000, 3)), 60).size() == QSize(60, 1)


def test_the_camera_orientation_counts(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    image = read_image(make_picture(tmp_path / "a.jpg", exif=exif), 60)

    assert image.size() == QSize(40, 60)


def test_the_content_counts_and_not_the_suffix(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(stream, "PNG")
    path = tmp_path / "a.jpg"
    path.write_bytes(stream.getvalue())

    assert read_image(path, 60).size() == QSize(30, 20)


def test_unsupported_formats_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>")

    with pytest.raises(ImageError):
        read_image(path, 60)


# --- what is kept on disk


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ThumbnailStore]:
    with closing(ThumbnailStore(tmp_path / "cache" / "thumbnails.sqlite3")) as store:
        yield store


def make_undecodable(path: Path) -> None:
    """Overwrite a file with zeros but keep its size and time: from now on only a kept thumbnail can be shown."""
    status = path.stat()
    path.write_bytes(bytes(status.st_size))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@contextmanager
def thumbnails_with(store: ThumbnailStore | None = None, **limits: int) -> Iterator[Thumbnails]:
    result = Thumbnails(store=store, **limits)
    try:
        yield result
    finally:
        result.stop()


def make_large_file(path: Path, color: str = "red", changed: int = 1_700_000_000) -> Path:
    """Save a file with one colour on the left and noise on the right, which makes it large, and an old time."""
    picture = Image.effect_noise((900, 600), 90).convert("RGB")
    picture.paste(color, (0, 0, 300, 600))
    picture.save(path, quality=98)
    os.utime(path, (changed, changed))
    assert path.stat().st_size > LEAST_FILE_BYTES
    return path


@pytest.mark.parametrize("ending", ["jpg", "tiff"])
def test_a_kept_thumbnail_is_not_decoded_again(
    qtbot: QtBot, store: ThumbnailStore, tmp_path: Path, ending: str
) -> None:
    path = make_large_file(tmp_path / f"a.{ending}")
    with thumbnails_with(store) as first:
        load(qtbot, first, path)
    # The store now has another picture for the file than a decoder would find in it.
    green = QImage(192, 128, QImage.Format.Format_RGB32)
    green.fill(QColor(0, 200, 0))
    store.put(ImageFile.of(path, path.stat()), to_jpeg(green))

    with thumbnails_with(store) as second:
        for size in (40, 88, 192):
            load(qtbot, second, path, size)
            qtbot.waitUntil(lambda size=size: second.pixmap(path, size, 1.0).width() == size)
        pixmap = second.pixmap(path, 192, 1.0)

    assert pixmap is not None
    assert pixmap.size() == QSize(192, 128)
    assert pixmap.toImage().pixelColor(20, 60).green() > 150


def test_a_changed_file_gets_a_new_thumbnail(qtbot: QtBot, store: ThumbnailStore, tmp_path: Path) -> None:
    path = make_large_file(tmp_path / "a.jpg", "red")
    with thumbnails_with(store) as first:
        load(qtbot, first, path)
    make_large_file(path, "blue", changed=1_700_000_001)

    with thumbnails_with(store) as second:
        load(qtbot, second, path)
        pixmap = second.pixmap(path, 40, 1.0)

    assert pixmap is not None
    assert pixmap.toImage().pixelColor(5, 13).blue() > 230


def test_sizes_larger_than_the_kept_thumbnail_come_from_the_file(
    qtbot: QtBot, store: ThumbnailStore, tmp_path: Path
) -> None:
    path = make_large_file(tmp_path / "a.jpg")
    with thumbnails_with(store) as thumbnails:
        load(qtbot, thumbnails, path, 40)
        load(qtbot, thumbnails, path, 300)
        qtbot.waitUntil(lambda: thumbnails.pixmap(path, 300, 1.0).width() == 300)
        make_undecodable(path)
        qtbot.waitUntil(lambda: thumbnails.pixmap(path, 301, 1.0) is not None and thumbnails.has_failed(path))


def test_a_transparent_image_is_shown_on_white_as_the_model_sees_it(
    qtbot: QtBot, store: ThumbnailStore, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    picture = Image.effect_noise((900, 600), 90).convert("RGBA")
    picture.putalpha(0)
    picture.save(path, compress_level=0)
    os.utime(path, (1_700_000_000, 1_700_000_000))

    for _ in range(2):
        with thumbnails_with(store) as thumbnails:
            load(qtbot, thumbnails, path)
            pixmap = thumbnails.pixmap(path, 40, 1.0)
            assert pixmap is not None
            assert pixmap.toImage().pixelColor(20, 10).getRgb() == (255, 255, 255, 255)


# --- asking for many


def test_a_thumbnail_arrives_later_and_stays_in_memory(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    path = make_picture(tmp_path / "a.jpg")

    assert thumbnails.pixmap(path, 40, 2.0) is None
    with qtbot.waitSignal(thumbnails.thumbnails_loaded) as loaded:
        pass

    assert loaded.args == [[path]]
    pixmap = thumbnails.pixmap(path, 40, 2.0)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (80, 2.0)
    assert pixmap.deviceIndependentSize().width() == 40
    with qtbot.assertNotEmitted(thumbnails.thumbnails_loaded, wait=100):
        thumbnails.pixmap(path, 40, 2.0)


def test_another_size_fills_in_until_the_right_one_is_there(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path
) -> None:
    path = make_picture(tmp_path / "a.jpg")
    load(qtbot, thumbnails, path, 40)

    meanwhile = thumbnails.pixmap(path, 90, 1.0)
    assert meanwhile is not None
    assert meanwhile.width() == 40
    with qtbot.waitSignal(thumbnails.thumbnails_loaded):
        pass
    exact = thumbnails.pixmap(path, 90, 1.0)
    assert exact is not None
    assert exact.width() == 90


def test_a_broken_picture_gets_an_error_icon_and_can_be_retried(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8\xff but not for long")
    load(qtbot, thumbnails, path)

    sign = thumbnails.pixmap(path, 40, 1.0)
    assert thumbnails.has_failed(path)
    assert sign is not None
    assert sign.size() == QSize(40, 40)

    make_picture(path)
    thumbnails.retry([path])
    assert thumbnails.pixmap(path, 40, 1.0) is None
    with qtbot.waitSignal(thumbnails.thumbnails_loaded):
        pass
    assert not thumbnails.has_failed(path)


def test_a_forgotten_picture_is_loaded_again(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    path = make_picture(tmp_path / "a.png", color="red")
    load(qtbot, thumbnails, path)

    make_picture(path, color="blue")
    thumbnails.forget([path])
    load(qtbot, thumbnails, path)

    pixmap = thumbnails.pixmap(path, 40, 1.0)
    assert pixmap is not None
    assert pixmap.toImage().pixelColor(5, 5).blue() == 255


def test_a_moved_picture_keeps_its_thumbnail_and_leaves_none_behind(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path
) -> None:
    path, new = make_picture(tmp_path / "a.png"), tmp_path / "b.png"
    load(qtbot, thumbnails, path)
    before = thumbnails.pixmap(path, 40, 1.0)
    path.rename(new)
    with qtbot.waitSignal(thumbnails.thumbnails_loaded, timeout=5000):
        thumbnails.pixmap(path, 60, 1.0)  # too late
    assert thumbnails.has_failed(path)

    thumbnails.follow({path: new})
    assert thumbnails.pixmap(new, 40, 1.0) is before
    assert thumbnails.pixmap(path, 40, 1.0) is None

    new.rename(path)
    thumbnails.follow({new: path})
    assert thumbnails.pixmap(path, 40, 1.0) is before


def test_a_page_is_loaded_from_top_to_bottom(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    paths = [make_picture(tmp_path / f"{number}.png", (60, 60)) for number in range(30)]
    arrived: list[Path] = []
    thumbnails.thumbnails_loaded.connect(arrived.extend)

    for path in paths:
        thumbnails.pixmap(path, 40, 1.0)
    qtbot.waitUntil(lambda: len(arrived) == 30)

    # The order of two threads varies on a busy computer, but the top of the page still comes first.
    places = [paths.index(path) for path in arrived]
    assert sum(places[:10]) < sum(places[10:20]) < sum(places[20:])


def test_old_requests_are_dropped_and_the_newest_page_comes_first(qtbot: QtBot, tmp_path: Path) -> None:
    picture = make_picture(tmp_path / "a.png", (60, 60))
    paths = [tmp_path / f"{number}.png" for number in range(100)]
    for path in paths:
        path.hardlink_to(picture)

    # Ten pages of ten, each in one turn of the event loop. No worker may start before all are requested.
    loaded: list[Path] = []
    with thumbnails_with(max_waiting=20, threads=1) as thumbnails:
        thumbnails.thumbnails_loaded.connect(loaded.extend)
        thumbnails._workers = 1
        for start in range(0, 100, 10):
            for path in paths[start : start + 10]:
                thumbnails.pixmap(path, 40, 1.0)
            qtbot.waitUntil(lambda: not thumbnails._turn.isActive())
        thumbnails._workers = 0
        thumbnails.pixmap(paths[99], 40, 1.0)
        qtbot.waitUntil(lambda: len(loaded) == 20 and not thumbnails._waiting)

    assert set(loaded) == set(paths[80:])
    assert set(loaded[:10]) == set(paths[90:])


def test_a_large_page_is_not_cut(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    picture = make_picture(tmp_path / "a.png", (60, 60))
    paths = [tmp_path / f"{number}.png" for number in range(400)]
    arrived: set[Path] = set()
    thumbnails.thumbnails_loaded.connect(arrived.update)
    for path in paths:
        path.hardlink_to(picture)

    for path in paths:
        thumbnails.pixmap(path, 40, 1.0)

    qtbot.waitUntil(lambda: len(arrived) == 400)


def test_the_least_recently_used_thumbnails_are_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    paths = [make_picture(tmp_path / f"{number}.png", (60, 60)) for number in range(4)]
    with thumbnails_with(max_pixmaps=3) as thumbnails:
        for path in paths[:3]:
            load(qtbot, thumbnails, path)
        thumbnails.pixmap(paths[0], 40, 1.0)  # used again: no longer the oldest

        load(qtbot, thumbnails, paths[3])

        assert thumbnails.pixmap(paths[0], 40, 1.0) is not None
        assert thumbnails.pixmap(paths[1], 40, 1.0) is None


def test_the_bytes_in_memory_are_limited_too(qtbot: QtBot, tmp_path: Path) -> None:
    paths = [make_picture(tmp_path / f"{number}.png", (60, 60)) for number in range(6)]

    with thumbnails_with(max_bytes=3 * 40 * 40 * 4) as thumbnails:
        for path in paths:
            load(qtbot, thumbnails, path)

        assert len(thumbnails._kept) == 3
        assert thumbnails._kept_bytes <= 3 * 40 * 40 * 4


def test_no_signal_follows_after_stop(qtbot: QtBot, tmp_path: Path) -> None:
    thumbnails = Thumbnails()
    picture = make_picture(tmp_path / "a.jpg", (2000, 2000))
    paths = [tmp_path / f"{number}.jpg" for number in range(50)]
    for path in paths:
        path.hardlink_to(picture)
        thumbnails.pixmap(path, 40, 1.0)
    qtbot.waitUntil(lambda: not thumbnails._turn.isActive())

    with qtbot.assertNotEmitted(thumbnails.thumbnails_loaded, wait=100):
        thumbnails.stop()
        assert thumbnails.pixmap(tmp_path / "another.jpg", 40, 1.0) is None
    assert thumbnails._pool.activeThreadCount() == 0


# --- the camera's own, and what a job decodes


def color_of(thumbnails: Thumbnails, path: Path) -> str:
    """Return the colour that is shown: green for the camera's thumbnail, red for the picture; empty for nothing yet."""
    pixmap = thumbnails.pixmap(path, 80, 1.0)
    color = None if pixmap is None else pixmap.toImage().pixelColor(40, 30)
    return "" if color is None else "green" if color.green() > color.red() else "red"


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were decoded for a view, in order."""
    paths: list[Path] = []

    def counted(path: Path, edge: int) -> QImage:
        paths.append(path)
        return read_image(path, edge)

    monkeypatch.setattr(thumbnail_source, "read_image", counted)
    return paths


def test_the_thumbnail_of_the_camera_comes_first_and_then_the_picture(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, decoded: list[Path]
) -> None:
    path = save_camera_jpeg(tmp_path / "a.jpg")
    seen: list[str] = []
    thumbnails.thumbnails_loaded.connect(lambda _: seen.append(color_of(thumbnails, path)))

    color_of(thumbnails, path)
    qtbot.waitUntil(lambda: seen[-1:] == ["red"], timeout=10_000)

    # A first signal may come too late to see the green one.
    assert set(seen) <= {"green", "red"}
    assert decoded == [path]
    assert thumbnails._kept_bytes == 80 * 60 * 4


def test_a_picture_that_a_job_will_decode_is_not_decoded_for_the_view(
    qtbot: QtBot, tmp_path: Path, decoded: list[Path]
) -> None:
    path = save_camera_jpeg(tmp_path / "a.jpg")
    due = {path}
    thumbnails = Thumbnails(is_due=lambda path: path in due)
    try:
        load(qtbot, thumbnails, path, 80)
        assert color_of(thumbnails, path) == "green"
        thumbnails.replace_provisional()
        assert color_of(thumbnails, path) == "green"
        assert decoded == []

        due.clear()
        with qtbot.waitSignal(thumbnails.thumbnails_loaded, timeout=5_000):
            thumbnails.replace_provisional()
        qtbot.waitUntil(lambda: color_of(thumbnails, path) == "red", timeout=10_000)
        assert decoded == [path]
    finally:
        thumbnails.stop()


def test_a_camera_thumbnail_of_another_shape_is_not_shown(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    path = save_camera_jpeg(tmp_path / "a.jpg", thumbnail=jpeg_of((160, 107), "lime"))

    load(qtbot, thumbnails, path, 80)

    assert color_of(thumbnails, path) == "red"


def test_a_moved_picture_remembers_that_its_thumbnail_is_only_the_camera_s(qtbot: QtBot, tmp_path: Path) -> None:
    path, moved = save_camera_jpeg(tmp_path / "a.jpg"), tmp_path / "b.jpg"
    due = {path, moved}
    thumbnails = Thumbnails(is_due=lambda path: path in due)
    try:
        load(qtbot, thumbnails, path, 80)
        path.rename(moved)
        thumbnails.follow({path: moved})
        assert color_of(thumbnails, moved) == "green"

        due.clear()
        qtbot.waitUntil(lambda: color_of(thumbnails, moved) == "red", timeout=10_000)
    finally:
        thumbnails.stop()


def test_view_and_job_decode_a_picture_once_for_both(
    qtbot: QtBot, tmp_path: Path, store: ThumbnailStore, decoded: list[Path]
) -> None:
    paths = [save_camera_jpeg(tmp_path / f"{number}.jpg", thumbnail=b"", seed=number) for number in range(8)]
    shared = SharedPictures()
    encoder = ColorEncoder(batch_size=1)
    batches = embed_images(
        enumerate(paths), encoder, cancel=threading.Event(), workers=1, shared=shared, thumbnails=store
    )
    next(batches)
    with_job = Thumbnails(store=store, shared=shared, is_due=lambda _: True)
    try:
        qtbot.waitUntil(lambda: [color_of(with_job, path) for path in paths[4:]] == ["red"] * 4, timeout=20_000)
        assert sum(len(batch) for batch in batches) == 7
    finally:
        with_job.stop()

    assert decoded == []
