from __future__ import annotations

import csv
from pathlib import Path

import pytest
from kept_desk import keep_labels
from PIL import Image
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from clipdesk.__main__ import main
from clipdesk.core.errors import ExportError, LabelError
from clipdesk.core.labels.label_set import Label, LabelSet
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


def test_pictures_without_labels_end_with_one_sentence(
    qtbot: QtBot, tiny_model_dir: Path, preferences: Preferences, tmp_path: Path
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    start = Start(paths=(tmp_path / "a.png",), model=f"local-dir:{tiny_model_dir}")

    with pytest.raises(LabelError, match=r"no labels.*clipdesk label"):
        run_headless(start, tmp_path / "out", preferences)


@pytest.mark.parametrize(("name", "said"), [("empty", "No pictures"), ("gone", "no file or folder")])
def test_a_place_without_pictures_ends_with_one_sentence(
    qtbot: QtBot, tiny_model_dir: Path, preferences: Preferences, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    keep_labels(LabelSet((Label("dog"),)))
    start = Start(paths=(tmp_path / name,), model=f"local-dir:{tiny_model_dir}")

    result = run_headless(start, tmp_path / "out", preferences)

    assert not result.ok
    assert said in result.message


def test_pictures_that_are_passed_over_are_counted(
    qtbot: QtBot, tiny_model_dir: Path, preferences: Preferences, tmp_path: Path
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    (tmp_path / "a.r3d").touch()
    keep_labels(LabelSet((Label("dog"), Label("cat"))))

    start = Start(paths=(tmp_path,), model=f"local-dir:{tiny_model_dir}", no_cache=True)
    result = run_headless(start, tmp_path / "out", preferences)

    assert result.ok
    assert len(result.rows) == 1
    assert result.message == "1 camera raw file was passed over."


def test_without_a_model_and_without_pictures_it_ends_too(
    qtbot: QtBot, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipdesk.encoders.models.catalog.has_starter", lambda: False)
    monkeypatch.setattr("clipdesk.encoders.models.catalog.is_downloaded", lambda name: False)
    keep_labels(LabelSet((Label("dog"),)))

    result = run_headless(Start(paths=(tmp_path,)), tmp_path / "out", preferences)

    assert "no model on this computer" in result.message


@pytest.mark.parametrize("name", ["file.txt", 300 * "x"])
def test_a_folder_that_cannot_be_made_is_reported_before_labelling(
    qtbot: QtBot, preferences: Preferences, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file.txt").touch()

    # A missing model would be the next error.
    with pytest.raises(ExportError, match="could not be created"):
        run_headless(Start(samples=True, model="local-dir:/gone"), tmp_path / name, preferences)


def test_without_paths_the_arguments_are_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--headless", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
