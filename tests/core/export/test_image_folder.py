from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PIL import Image
from results_desk import make_desk

from clipdesk.core.errors import ExportError
from clipdesk.core.export.image_folder import METADATA_NAME, write_metadata
from clipdesk.core.export.rows import Results


def pictures(folder: Path) -> list[Path]:
    paths = [folder / "a.jpg", folder / "sub" / "강아지, 🐕.jpg", folder / "=b.jpg"]
    for number, path in enumerate(paths):
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (8, 8 + number)).save(path)
    return paths


def results(paths: list[Path]) -> Results:
    desk = make_desk(paths)
    desk.correct([0, 1], desk.label_set.labels[0].id)
    return Results.of(desk)


def test_file_names_are_relative_and_unchanged(tmp_path: Path) -> None:
    assert write_metadata(tmp_path, results(pictures(tmp_path))) == 3

    with (tmp_path / METADATA_NAME).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [
        ["file_name", "label", "label_source", "status", "probability"],
        ["a.jpg", "dog", "user", "ok", ""],
        ["sub/강아지, 🐕.jpg", "dog", "user", "ok", ""],
        ["=b.jpg", "", "", "none", ""],
    ]


def test_a_folder_without_the_pictures_is_refused(tmp_path: Path) -> None:
    paths = pictures(tmp_path)

    with pytest.raises(ExportError, match="contains all the pictures"):
        write_metadata(tmp_path / "sub", results(paths))

    assert not (tmp_path / "sub" / METADATA_NAME).exists()


def test_a_file_of_others_is_kept_and_our_own_is_replaced(tmp_path: Path) -> None:
    paths = pictures(tmp_path)
    write_metadata(tmp_path, results(paths))
    write_metadata(tmp_path, results(paths))
    (tmp_path / METADATA_NAME).write_text("file_name,caption\na.jpg,by hand\n", encoding="utf-8")

    with pytest.raises(ExportError, match="not written by ClipDesk"):
        write_metadata(tmp_path, results(paths))

    assert "by hand" in (tmp_path / METADATA_NAME).read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore")
def test_the_loader_of_datasets_finds_every_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    folder = tmp_path / "pictures"
    folder.mkdir()
    paths = pictures(folder)
    write_metadata(folder, results(paths))

    loaded = datasets.load_dataset(
        "imagefolder", data_dir=str(folder), split="train", cache_dir=str(tmp_path / "cache")
    )

    found = {one["image"].height: (one["label"], one["label_source"], one["status"]) for one in loaded}
    assert found == {8: ("dog", "user", "ok"), 9: ("dog", "user", "ok"), 10: (None, None, "none")}
