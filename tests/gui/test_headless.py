from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from clipdesk.gui.headless import run_headless
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


def test_the_samples_are_labelled_without_a_display(
    qtbot: QtBot, tiny_model_dir: Path, preferences: Preferences, tmp_path: Path
) -> None:
    start = Start(samples=True, model=f"local-dir:{tiny_model_dir}")

    result = run_headless(start, tmp_path / "out", preferences)

    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert result.ok
    assert result.message == ""
    assert len(rows) == len(result.rows) >= 24
    assert {row["status"] for row in rows} <= {"ok", "unsure"}
    assert QImage(str(tmp_path / "out" / "window.png")).width() > 700


def test_without_the_model_it_says_so_and_shows_the_window(
    qtbot: QtBot, preferences: Preferences, tmp_path: Path
) -> None:
    start = Start(samples=True, model="hf-hub:nobody/not-on-this-computer")

    result = run_headless(start, tmp_path / "out", preferences)

    assert "no model on this computer" in result.message
    assert result.rows == ()
    assert result.files == (tmp_path / "out" / "window.png",)


def test_a_model_that_cannot_be_loaded_is_told(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "open_clip_config.json").write_text("{", encoding="utf-8")

    result = run_headless(Start(samples=True, model=f"local-dir:{tmp_path / 'broken'}"), tmp_path / "out", preferences)

    assert not result.ok
    assert "broken" in result.message
