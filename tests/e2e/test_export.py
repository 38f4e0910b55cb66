"""Exports from the window: which pictures, which columns, the proposed name, and every kind of file."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.decisions import Status
from clipdesk.core.export.xmp.sidecars import SidecarOptions
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.application import Application
from clipdesk.gui.commands import export_commands
from clipdesk.gui.export.export_dialog import ExportDialog


@pytest.fixture
def labelled(qtbot: QtBot, application: Application, folder: Path) -> Application:
    application.desk_commands.show_labels(LabelSet((Label("dog"), Label("cat"))))
    with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
        application.desk_commands.add_paths([folder])
    return application


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Replace the system's file dialog: it takes the proposed name in `tmp_path`. Returns the names proposed."""
    proposed: list[str] = []

    def choose(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
        proposed.append(Path(start).name)
        return str(tmp_path / Path(start).name), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return proposed


def open_dialog(application: Application) -> ExportDialog:
    application.window.actions_["export"].trigger()
    dialog = application.window.findChild(ExportDialog)
    assert dialog is not None
    return dialog


def read(qtbot: QtBot, application: Application, path: Path) -> list[dict[str, str]]:
    qtbot.waitUntil(lambda: path.name in application.window.news.text.text())
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_with_a_filter_only_the_pictures_shown_are_exported_in_their_order(
    qtbot: QtBot, labelled: Application, answer: list[str], tmp_path: Path
) -> None:
    labelled.window.filter_bar.finder.search.setText("img")
    qtbot.waitUntil(lambda: labelled.model.rowCount() == 3)
    labelled.model.sort_by_key("name", descending=True)
    shown = [str(labelled.labelling.desk.images.path(row)) for row in labelled.model.shown_rows.tolist()]
    dialog = open_dialog(labelled)
    assert dialog.shown_button.text().replace("&", "") == "The 3 shown"

    dialog.save_button.click()

    rows = read(qtbot, labelled, tmp_path / "my pictures scores.csv")
    assert answer == ["my pictures scores.csv"]
    assert [row["filepath"] for row in rows] == shown
    assert "3 pictures" in labelled.window.news.text.text()


def test_all_pictures_with_more_columns_for_excel(
    qtbot: QtBot, labelled: Application, answer: list[str], tmp_path: Path
) -> None:
    dialog = open_dialog(labelled)
    for box in (dialog.table_fields.file, dialog.table_fields.probabilities, dialog.table_fields.for_excel):
        box.click()

    dialog.save_button.click()

    rows = read(qtbot, labelled, tmp_path / "my pictures scores.csv")
    assert (tmp_path / "my pictures scores.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(labelled.labelling.desk) == 9
    assert list(rows[0])[-4:] == ["error", "file", "probability:dog", "probability:cat"]


def test_the_choice_is_remembered(qtbot: QtBot, labelled: Application, answer: list[str], tmp_path: Path) -> None:
    dialog = open_dialog(labelled)
    dialog.table_fields.file.click()
    dialog.format.setCurrentIndex(dialog.format.findData("jsonl"))
    dialog.save_button.click()
    qtbot.waitUntil(lambda: labelled.window.findChild(ExportDialog) is None)
    assert answer == ["my pictures scores.jsonl"]

    again = open_dialog(labelled).choice()

    assert again.format.key == "jsonl"
    assert again.options.file and not again.options.probabilities


def test_keywords_are_written_beside_the_pictures(qtbot: QtBot, labelled: Application, folder: Path) -> None:
    desk = labelled.labelling.desk
    image = desk.images.path(0)
    (image.with_suffix(".xmp")).write_bytes(b"<broken")
    labelled.labelling.set_threshold(0.0)
    dialog = open_dialog(labelled)
    dialog.format.setCurrentIndex(dialog.format.findData("xmp"))
    dialog.sidecar_fields.root.setText("AI")

    dialog.save_button.click()

    news = labelled.window.news
    qtbot.waitUntil(lambda: "left alone" in news.text.text(), timeout=10_000)
    written = sorted(path.stem for path in folder.rglob("*.xmp"))
    decided = {desk.images.path(row).stem for row in range(len(desk)) if desk.decisions.status[row] == Status.OK}
    assert set(written) == decided | {image.stem}
    assert f"“{image.with_suffix('.xmp').name}” was left alone, because it is not well-formed XML" in news.text.text()
    assert news.second_button.text() == "Details…"
    assert open_dialog(labelled).choice().sidecars.root == "AI"


def test_a_second_export_of_keywords_replaces_the_first(qtbot: QtBot, labelled: Application, folder: Path) -> None:
    for root in ("A", "B"):
        labelled.export_commands.write_sidecars(SidecarOptions(root, with_unsure=True))

    qtbot.waitUntil(lambda: not labelled.labelling.background.is_busy, timeout=10_000)
    decided = np.count_nonzero(labelled.labelling.desk.decisions.column >= 0)
    written = [path.read_text(encoding="utf-8") for path in folder.rglob("*.xmp")]
    assert len(written) == decided and all("B|" in text for text in written)
    assert labelled.window.news.text.text() == f"The sidecars of {decided} pictures have their keywords."


@pytest.fixture
def many(application: Application, tmp_path: Path) -> int:
    """Put pictures on the desk whose sidecars take about a second, and return their number."""
    names = [tmp_path / f"{number}.jpg" for number in range(5_000)]
    labelling = application.labelling
    application.desk_commands.show_labels(LabelSet((Label("dog"),)))
    labelling.desk.add_images(ImageFile(path, 1, 1) for path in names)
    labelling.desk.correct(range(len(names)), labelling.desk.label_set.ids[0])
    return len(names)


def test_many_sidecars_show_their_progress(
    qtbot: QtBot, application: Application, tmp_path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_commands, "_PROGRESS_S", 0.02)  # a fast disk is done before the usual time
    news, number = application.window.news, QLocale().toString(many)
    application.export_commands.write_sidecars(SidecarOptions())

    qtbot.waitUntil(lambda: news.text.text().endswith(f"of {number} sidecars"), timeout=20_000)
    qtbot.waitUntil(lambda: f"The sidecars of {number} pictures" in news.text.text(), timeout=60_000)
    assert len(list(tmp_path.glob("*.xmp"))) == many


def test_writing_sidecars_can_be_stopped(qtbot: QtBot, application: Application, tmp_path: Path, many: int) -> None:
    news = application.window.news
    with application.export_commands._writing:  # so that nothing is written before the click
        application.export_commands.write_sidecars(SidecarOptions())
        news.action_button.click()

    qtbot.waitUntil(lambda: news.text.text().startswith("Stopped."), timeout=20_000)
    assert len(list(tmp_path.glob("*.xmp"))) < many


@pytest.mark.usefixtures("answer")
def test_a_data_set_and_embeddings(
    qtbot: QtBot, labelled: Application, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda parent, title, start: start)
    dialog = open_dialog(labelled)
    dialog.format.setCurrentIndex(dialog.format.findData("imagefolder"))
    dialog.save_button.click()
    rows = read(qtbot, labelled, folder / "metadata.csv")
    assert len(rows) == len(labelled.labelling.desk)
    assert all((folder / row["file_name"]).exists() for row in rows)

    qtbot.waitUntil(lambda: labelled.window.findChild(ExportDialog) is None)
    dialog = open_dialog(labelled)
    dialog.format.setCurrentIndex(dialog.format.findData("npz"))
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "Embeddings" in labelled.window.news.text.text())
    with np.load(tmp_path / "my pictures scores.npz") as found:
        assert len(found["paths"]) == len(found["embeddings"]) > 0
