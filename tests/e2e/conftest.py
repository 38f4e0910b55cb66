"""The real window on the offscreen platform, with its own settings and a small real model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clipdesk.gui.application import Application
from clipdesk.gui.kit.translation import install_language
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.window.main_window import MainWindow


@pytest.fixture(scope="session", autouse=True)
def window_is_english(qapp: QApplication) -> None:
    """Show English texts, whatever the language of the system."""
    install_language(qapp, "en")


@pytest.fixture(autouse=True)
def windows_are_deleted(qapp: QApplication) -> Iterator[None]:
    """Delete all windows after each test: a closed one lives on and makes every change of style slower."""
    yield
    for window in qapp.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.close()  # stops its application
            window.deleteLater()
    for _ in ("windows", "their applications"):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Settings in a temporary file, apart from the person's own."""
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def application(qtbot: QtBot, tiny_model_dir: Path, preferences: Preferences) -> Iterator[Application]:
    """An open, empty window with the small model loaded."""
    application = Application(Start(model=f"local-dir:{tiny_model_dir}"), preferences)
    try:
        with qtbot.waitExposed(application.window):
            application.window.show()
        with qtbot.waitSignal(application.labelling.encoder_changed, timeout=60_000):
            application.begin()
        yield application
    finally:
        application.window.close()
        application.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with eight readable images in two folders, one with a Korean name, and one unreadable file."""
    pictures = tmp_path / "my pictures"
    (pictures / "more").mkdir(parents=True)
    generator = np.random.default_rng(7)
    names = ["img1.png", "img2.jpg", "img10.png", "강아지.webp", "a b.bmp", "more/1.gif", "more/2.tif", "more/3.png"]
    for name in names:
        pixels = generator.integers(0, 256, (48, 64, 3), np.uint8)
        Image.fromarray(pixels).save(pictures / name)
    (pictures / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not more than a beginning")
    return pictures
