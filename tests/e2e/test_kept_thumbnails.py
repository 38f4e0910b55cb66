"""Images that a job has decoded for the model are not decoded again for the table."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from camera_files import save_camera_jpeg
from kept_desk import keep_labels
from PIL import Image
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from tiny_model import build_tiny_model

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.application import Application
from clipdesk.gui.loading import thumbnail_source
from clipdesk.gui.loading.qimages import read_image, to_jpeg
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start


def test_a_job_fills_the_cache_and_a_reopened_folder_decodes_nothing(
    qtbot: QtBot, tmp_path: Path, preferences: Preferences, own_store: Path
) -> None:
    pictures, model = tmp_path / "pictures", build_tiny_model(tmp_path / "model", image_size=112)
    pictures.mkdir()
    for number in range(5):
        path = pictures / f"{number}.jpg"
        Image.effect_noise((1600, 1200), 80 + number).convert("RGB").save(path, quality=95)
        os.utime(path, (1_700_000_000, 1_700_000_000))
    keep_labels(LabelSet((Label("dog"), Label("cat"))))
    first = Application(Start(paths=(pictures,), model=f"local-dir:{model}"), preferences)
    # The window is not shown, so all thumbnails come from the job.
    with qtbot.waitSignal(first.labelling.job_ended, timeout=60_000):
        first.begin()
    # The store now has other thumbnails than a decoder would make of the files.
    green = QImage(192, 144, QImage.Format.Format_RGB32)
    green.fill(QColor(0, 200, 0))
    assert first.thumbnail_store is not None
    for path in pictures.iterdir():
        kept = ImageFile.of(path, path.stat())
        assert first.thumbnail_store.find(kept) is not None
        first.thumbnail_store.put(kept, to_jpeg(green))
    first.stop()
    first.window.close()

    def shown_by(application: Application) -> list[bool]:
        """Return whether each thumbnail that is loaded is green."""
        pixmaps = [application.thumbnails.pixmap(image.path, 40) for image in application.labelling.desk.images]
        colors = [pixmap.toImage().pixelColor(20, 15) for pixmap in pixmaps if pixmap is not None]
        return [color.green() > 150 and color.red() < 60 for color in colors]

    shutil.rmtree(model)  # without a model, no job runs
    second = Application(Start(paths=(pictures,), model=f"local-dir:{model}"), preferences)
    second.window.show()
    second.begin()
    qtbot.waitUntil(lambda: shown_by(second) == [True] * 5, timeout=20_000)
    assert second.thumbnail_store is not None
    assert second.thumbnail_store.path.parent == own_store

    # “Clear…” in the preferences deletes them too, and `no_cache` does not look them up.
    second.thumbnail_store.clear()
    second.stop()
    second.window.close()
    third = Application(Start(paths=(pictures,), model=f"local-dir:{model}", no_cache=True), preferences)
    third.window.show()
    third.begin()
    qtbot.waitUntil(lambda: shown_by(third) == [False] * 5, timeout=20_000)
    third.stop()
    third.window.close()


def test_while_a_job_is_due_the_table_shows_the_cameras_thumbnails_and_decodes_nothing(
    qtbot: QtBot, tmp_path: Path, preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[Path] = []

    def counted(path: Path, edge: int) -> QImage:
        decoded.append(path)
        return read_image(path, edge)

    monkeypatch.setattr(thumbnail_source, "read_image", counted)
    pictures, model = tmp_path / "pictures", build_tiny_model(tmp_path / "model", image_size=112)
    pictures.mkdir()
    for number in range(4):
        save_camera_jpeg(pictures / f"{number}.jpg", (1200, 900), seed=number)
    application = Application(Start(), preferences)
    labelling = application.labelling
    labelling.set_label_set(LabelSet((Label("dog"), Label("cat"))))
    with qtbot.waitSignal(labelling.scan_ended, timeout=20_000):
        labelling.add_paths([pictures])
    paths = [image.path for image in labelling.desk.images]
    application.thumbnails.pixmap(paths[0], 40)  # not yet due, so decoded behind the camera's
    qtbot.waitUntil(lambda: decoded == paths[:1], timeout=20_000)

    labelling.load_model(f"local-dir:{model}")
    assert [labelling.is_due(path) for path in paths] == [True] * 4
    with qtbot.waitSignal(labelling.job_ended, timeout=60_000):
        application.window.show()

    def is_red(path: Path) -> bool:
        pixmap = application.thumbnails.pixmap(path, 40)
        color = QColor() if pixmap is None else pixmap.toImage().pixelColor(20, 15)
        return color.red() > 150 and color.green() < 120

    qtbot.waitUntil(lambda: [is_red(path) for path in paths] == [True] * 4, timeout=20_000)
    assert not any(labelling.is_due(path) for path in paths)
    assert decoded == paths[:1]
    application.stop()
    application.window.close()


def test_a_file_that_changes_while_the_window_is_open_gets_a_new_thumbnail(
    qtbot: QtBot, tmp_path: Path, application: Application
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (60, 60), "red").save(path)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    application.labelling.add_paths([tmp_path])
    thumbnails = application.thumbnails
    qtbot.waitUntil(lambda: thumbnails.pixmap(path, 40) is not None, timeout=20_000)

    Image.new("RGB", (60, 60), "blue").save(path)
    os.utime(path, (1_700_000_001, 1_700_000_001))
    application.labelling.look_again()

    def is_blue() -> bool:
        pixmap = thumbnails.pixmap(path, 40)
        return pixmap is not None and pixmap.toImage().pixelColor(5, 5).blue() > 200

    qtbot.waitUntil(is_blue, timeout=20_000)
