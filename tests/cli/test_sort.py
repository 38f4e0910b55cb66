"""`clipdesk sort` and `clipdesk undo`, with the starter model on the samples."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from clipdesk.__main__ import main
from clipdesk.resources import resource_path

LABELS = ("--label", "butterfly, bus, mushroom, boat")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Some of the samples, one of them with a sidecar file."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    samples = sorted(path for path in resource_path("samples").iterdir() if path.suffix in (".jpg", ".png", ".webp"))
    for path in samples[:8]:
        shutil.copy2(path, folder / path.name)
    (folder / f"{samples[0].stem}.xmp").write_text("<x/>")
    return folder


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's journal."""
    monkeypatch.setenv("CLIPDESK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def sort(pictures: Path, into: Path, *options: str) -> int:
    return main(["sort", str(pictures), *LABELS, "--into", str(into), *options])


def contents(*folders: Path) -> dict[str, str]:
    """Return the hash of every file by its path relative to the folders' parent."""
    return {
        str(path.relative_to(folder.parent)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in _files(folder)
    }


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def hashes(*folders: Path) -> list[str]:
    return sorted(contents(*folders).values())


def test_a_dry_run_prints_the_plan_and_changes_nothing(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], own_data: Path
) -> None:
    before, into = contents(pictures), tmp_path / "sorted"

    assert sort(pictures, into, "--dry-run", "--plan", str(tmp_path / "plan.csv")) == 0

    out = capsys.readouterr().out
    assert "8 pictures would be copied into" in out
    assert "Companions that go with their picture: 1" in out
    assert contents(pictures) == before
    assert not into.exists()
    assert not own_data.exists()
    with (tmp_path / "plan.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 9
    assert {row["action"] for row in rows} == {"copy"}
    assert all(Path(row["target"]).is_relative_to(into) for row in rows)


def test_copies_leave_the_originals(pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, into = contents(pictures), tmp_path / "sorted"

    assert sort(pictures, into) == 0

    assert contents(pictures) == before
    assert hashes(into) == hashes(pictures)
    assert {path.name for path in into.iterdir()} <= {"butterfly", "bus", "mushroom", "boat"}
    assert "9 files copied" in capsys.readouterr().out


def test_moving_and_undoing_restores_every_file_and_time(pictures: Path, tmp_path: Path) -> None:
    before, into = contents(pictures), tmp_path / "sorted"
    times = {path: path.stat().st_mtime_ns for path in _files(pictures)}

    assert sort(pictures, into, "--move") == 0
    assert not list(_files(pictures))
    assert hashes(into) == sorted(before.values())

    assert main(["undo"]) == 0
    assert contents(pictures) == before
    assert {path: path.stat().st_mtime_ns for path in _files(pictures)} == times
    assert not into.exists()


def test_the_last_undone_sort_is_not_undone_twice(pictures: Path, tmp_path: Path) -> None:
    sort(pictures, tmp_path / "sorted", "--move")

    assert main(["undo"]) == 0
    assert main(["undo"]) == 1  # there is nothing left to undo


def test_undo_lists_past_sorts_and_takes_back_the_one_with_this_number(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    sort(pictures, one)
    sort(pictures, two)
    capsys.readouterr()

    assert main(["undo", "--list"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if str(one) in line]
    assert len(lines) == 1
    assert main(["undo", lines[0].split()[0]]) == 0
    assert not list(_files(one)) if one.exists() else True
    assert hashes(two) == hashes(pictures)


def test_undo_into_takes_back_the_last_sort_into_that_folder(pictures: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    sort(pictures, one)
    sort(pictures, two)

    assert main(["undo", "--into", str(one)]) == 0

    assert not one.exists()
    assert hashes(two) == hashes(pictures)


def test_an_unknown_number_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["undo", "12345"]) == 1
    assert "12345" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_links_take_no_space(pictures: Path, tmp_path: Path) -> None:
    assert sort(pictures, tmp_path / "hard", "--link", "hard") == 0
    assert sort(pictures, tmp_path / "soft", "--link", "symbolic") == 0

    assert all(path.stat().st_nlink >= 2 for path in _files(tmp_path / "hard"))
    assert all(path.is_symlink() for path in _files(tmp_path / "soft"))


def test_a_label_can_go_to_another_folder_or_stay(pictures: Path, tmp_path: Path) -> None:
    into = tmp_path / "sorted"

    folders = ("--folder", "butterfly=animals", "--folder", "mushroom=animals", "--folder", "bus=stay")
    assert sort(pictures, into, *folders, "--folder", "boat=stay") == 0

    assert {path.name for path in into.iterdir()} <= {"animals"}


@pytest.mark.parametrize("text", ["animals", "butterfly=", "dragon=animals"])
def test_a_folder_for_no_label_is_a_wrong_argument(text: str, pictures: Path, tmp_path: Path) -> None:
    assert sort(pictures, tmp_path / "sorted", "--folder", text) == 2


def test_unsure_pictures_stay_or_go_to_a_folder_of_their_own(pictures: Path, tmp_path: Path) -> None:
    into = tmp_path / "sorted"

    assert sort(pictures, into, "--min-probability", "1", "--unsure", "look at these") == 0

    assert {path.name for path in into.iterdir()} == {"look at these"}


def test_keep_tree_repeats_the_subfolders(pictures: Path, tmp_path: Path) -> None:
    (pictures / "2021" / "May").mkdir(parents=True)
    image = next(path for path in _files(pictures) if path.suffix != ".xmp")
    (pictures / "2021" / "May" / "copy.png").write_bytes(image.read_bytes())
    into = tmp_path / "sorted"

    assert sort(pictures, into, "--keep-tree") == 0

    assert [path.parent.parent.name for path in into.rglob("copy.png")] == ["2021"]


def test_two_labels_with_one_folder_are_refused(pictures: Path, tmp_path: Path) -> None:
    into = tmp_path / "sorted"

    assert main(["sort", str(pictures), "--label", "boat", "--label", "boat.", "--into", str(into)]) == 1

    assert not into.exists()


def test_sorting_into_a_file_is_refused(pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")

    assert sort(pictures, tmp_path / "file") == 1

    assert "file" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "x"
