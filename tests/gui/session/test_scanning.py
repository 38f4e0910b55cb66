from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from clipdesk.core.desk import folder_changes
from clipdesk.core.desk.folder_changes import Changes, find_changes
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.pictures.scan import ImageFile, find_images, folder_state
from clipdesk.gui.session import folder_watch
from clipdesk.gui.session.folder_watch import FolderWatch

LONG_AGO = 1_700_000_000


def picture(path: Path, seconds: int = LONG_AGO) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), "red").save(path, "PNG")
    os.utime(path, (seconds, seconds))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two images, and two more in a subfolder."""
    for name in ("a.png", "b.png", "below/c.png", "below/d.png"):
        picture(tmp_path / "pictures" / name)
    return tmp_path / "pictures"


class Watched:
    """The images on the desk after a folder was opened."""

    def __init__(self, folder: Path) -> None:
        self.folders: set[Path] = set()
        self.images = ImageList(find_images([folder], on_folder=self.folders.add))

    def changes(self, *folders: Path, join_pairs: bool = True) -> tuple[Changes, set[Path]]:
        return find_changes(
            folders,
            self.images,
            set(self.folders),
            on_folder=self.folders.add,
            cancel=threading.Event(),
            join_pairs=join_pairs,
        )


def names(files: tuple[ImageFile, ...] | tuple[Path, ...]) -> list[str]:
    return sorted((file.path if isinstance(file, ImageFile) else file).name for file in files)


def test_new_changed_and_gone_pictures_of_a_folder_are_told_apart(folder: Path) -> None:
    desk = Watched(folder)
    picture(folder / "new.png")
    picture(folder / "b.png", LONG_AGO + 5)
    (folder / "a.png").unlink()

    changes, unsettled = desk.changes(folder)

    assert (names(changes.new), names(changes.changed), names(changes.gone)) == (["new.png"], ["b.png"], ["a.png"])
    assert changes.there == ()
    assert unsettled == set()


def test_pictures_of_one_size_and_time_that_exchange_their_names_have_changed(folder: Path) -> None:
    desk = Watched(folder)
    (folder / "a.png").rename(folder / "aside")
    (folder / "b.png").rename(folder / "a.png")
    (folder / "aside").rename(folder / "b.png")

    changes, _ = desk.changes(folder)

    assert names(changes.changed) == ["a.png", "b.png"]


def test_only_changed_folders_are_checked(folder: Path) -> None:
    desk = Watched(folder)
    picture(folder / "below" / "new.png")
    (folder / "below" / "c.png").unlink()

    assert desk.changes(folder)[0] == Changes((), (), (), (folder / "a.png", folder / "b.png"))
    assert names(desk.changes(folder / "below")[0].gone) == ["c.png"]


def test_a_new_subfolder_is_entered_and_watched(folder: Path) -> None:
    desk = Watched(folder)
    picture(folder / "more" / "deep" / "e.png")

    changes, _ = desk.changes(folder)

    assert names(changes.new) == ["e.png"]
    assert {folder / "more", folder / "more" / "deep"} <= desk.folders


def test_everything_below_a_missing_folder_is_missing(folder: Path) -> None:
    picture(folder / "below" / "deep" / "e.png")
    desk = Watched(folder)
    shutil.rmtree(folder / "below")

    assert names(desk.changes(folder, folder / "below")[0].gone) == ["c.png", "d.png", "e.png"]


def test_a_picture_that_is_still_being_written_is_checked_later(folder: Path) -> None:
    desk = Watched(folder)
    Image.new("RGB", (8, 8)).save(folder / "new.png")

    changes, unsettled = desk.changes(folder)

    assert changes.new == ()
    assert unsettled == {folder}


def test_a_file_added_by_name_is_not_reported_as_missing(folder: Path) -> None:
    desk = Watched(folder)
    odd = folder / "scan without ending"
    shutil.copy(folder / "a.png", odd)
    desk.images.add(find_images([odd]))

    assert desk.changes(folder)[0].gone == ()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
def test_a_link_to_a_known_picture_is_not_new(folder: Path) -> None:
    desk = Watched(folder)
    (folder / "link.png").symlink_to(folder / "below" / "c.png")

    assert desk.changes(folder)[0].new == ()


def test_changes_on_disk_are_reported_in_batches(qtbot: QtBot, folder: Path) -> None:
    watch = FolderWatch()
    watch.add(folder)
    watch.add(folder / "below")

    with qtbot.waitSignal(watch.folders_changed, timeout=10_000) as changed:
        picture(folder / "1.png")
        picture(folder / "2.png")
        picture(folder / "below" / "3.png")

    assert set(changed.args[0]) == {folder, folder / "below"}
    watch.clear()


def test_a_folder_that_is_gone_is_watched_again_when_it_comes_back(qtbot: QtBot, folder: Path) -> None:
    watch = FolderWatch()
    watch.add(folder)
    watch.add(folder / "below")
    with qtbot.waitSignal(watch.folders_changed, timeout=10_000):
        shutil.rmtree(folder / "below")
    watch.drop([folder / "below"])
    assert watch.folders() == {folder}

    (folder / "below").mkdir()
    watch.add(folder / "below")
    with qtbot.waitSignal(
        watch.folders_changed, timeout=10_000, check_params_cb=lambda folders: folder / "below" in folders
    ):
        picture(folder / "below" / "c.png")
    watch.clear()


def test_a_file_that_is_written_in_place_is_noticed_without_an_event(qtbot: QtBot, folder: Path) -> None:
    watch = FolderWatch()
    watch.add(folder)
    watch.add(folder / "below")

    with qtbot.waitSignal(watch.folders_changed, timeout=20_000) as changed, (folder / "a.png").open("ab") as stream:
        stream.write(b"more")

    assert changed.args[0] == (folder,)
    watch.clear()


def test_a_folder_without_a_watch_of_its_own_is_checked_too(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network disk, or beyond the number of watches that the system has room for."""
    monkeypatch.setattr(folder_watch, "_MOST_WATCHED", 0)
    watch = FolderWatch()
    for one in (folder, folder / "below"):
        watch.add(one)

    with qtbot.waitSignal(watch.folders_changed, timeout=20_000) as changed:
        (folder / "below" / "c.png").unlink()

    assert changed.args[0] == (folder / "below",)
    watch.clear()


def test_a_folder_that_was_moved_away_is_reported_once_it_is_back(qtbot: QtBot, folder: Path) -> None:
    watch = FolderWatch()
    watch.add(folder)
    watch.add(folder / "below")
    with qtbot.waitSignal(watch.folders_changed, timeout=20_000):
        away = folder.rename(folder.with_name("away"))
    watch.drop([folder / "below", folder])
    assert watch.folders() == set()

    with qtbot.waitSignal(watch.folders_changed, timeout=20_000) as changed:
        away.rename(folder)

    assert changed.args[0] == (folder,)  # what is below it is found in there
    watch.clear()


def test_the_state_of_a_folder_tells_what_concerns_its_pictures(folder: Path) -> None:
    before = folder_state(folder)
    (folder / "notes.txt").write_text("no picture")
    (folder / ".hidden.png").write_text("hidden")
    picture(folder / "below" / "deeper.png")
    assert folder_state(folder) == before

    states = {before}
    (folder / "a.png").chmod(0o600)
    states.add(folder_state(folder))
    (folder / "a.png").unlink()
    states.add(folder_state(folder))
    (folder / "more").mkdir()
    states.add(folder_state(folder))
    assert len(states) == 4
    assert folder_state(folder / "none") is None


# --- RAW + JPEG pairs


def test_a_raw_file_appears_when_its_jpeg_is_deleted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rawpy")
    monkeypatch.setattr(folder_changes, "SETTLE_S", 0.0)  # a change time cannot be set back
    for name in ("1.jpg", "1.nef"):
        picture(folder / name)
    desk = Watched(folder)
    assert "1.nef" not in names(tuple(desk.images))
    (folder / "1.jpg").unlink()

    changes, unsettled = desk.changes(folder)

    assert (names(changes.new), names(changes.gone), unsettled) == (["1.nef"], ["1.jpg"], set())


def test_a_raw_file_beside_a_jpeg_is_not_new_unless_pairs_are_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("rawpy")
    monkeypatch.setattr(folder_changes, "SETTLE_S", 0.0)
    desk = Watched(folder)
    for name in ("1.jpg", "1.nef"):
        picture(folder / name)

    assert names(desk.changes(folder)[0].new) == ["1.jpg"]
    assert names(desk.changes(folder, join_pairs=False)[0].new) == ["1.jpg", "1.nef"]


def test_a_raw_file_that_was_just_copied_waits_for_its_jpeg(folder: Path) -> None:
    pytest.importorskip("rawpy")
    desk = Watched(folder)
    picture(folder / "1.nef")

    changes, unsettled = desk.changes(folder)

    assert (names(changes.new), unsettled) == ([], {folder})


def test_a_raw_file_that_was_named_is_followed_beside_its_jpeg(folder: Path) -> None:
    for name in ("1.jpg", "1.nef"):
        picture(folder / name)
    desk = Watched(folder)
    desk.images.add(find_images([folder / "1.nef"]))
    assert "1.nef" in names(desk.changes(folder)[0].there)

    picture(folder / "1.nef", LONG_AGO + 5)
    assert names(desk.changes(folder)[0].changed) == ["1.nef"]

    (folder / "1.nef").unlink()
    assert names(desk.changes(folder)[0].gone) == ["1.nef"]
