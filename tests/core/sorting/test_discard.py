"""Duplicates in the trash: with their companions, and only while the picture to keep is there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from own_trash import use_own_trash

from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.reasons import os_reason
from clipdesk.core.sorting.discard import discard_others
from clipdesk.core.sorting.steps import Reason


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of files in this test's trash."""
    return use_own_trash(tmp_path / "data", monkeypatch) / "files"


def write(path: Path, text: str = "picture") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def image(path: Path) -> ImageFile:
    status = path.stat()
    return ImageFile(path, status.st_size, status.st_mtime_ns)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.skipif(os.name == "nt", reason="looks into the trash of freedesktop systems")
def test_companions_go_along_and_everything_can_be_put_back(tmp_path: Path, trash: Path) -> None:
    keeper, other = write(tmp_path / "a.jpg"), write(tmp_path / "more" / "a copy.jpg")
    write(tmp_path / "more" / "a copy.jpg.xmp", "stars")
    write(tmp_path / "a.xmp", "stars of the keeper")

    report = discard_others({image(other): keeper})

    assert (report.pictures, report.companions, report.skipped) == (1, 1, ())
    assert names(trash) == {"a copy.jpg", "a copy.jpg.xmp"}
    assert (trash / "a copy.jpg.xmp").read_text() == "stars"
    assert f"Path={other}".replace(" ", "%20") in (trash.parent / "info" / "a copy.jpg.trashinfo").read_text()
    assert keeper.exists() and (tmp_path / "a.xmp").exists()


def test_a_picture_stays_without_its_keeper_and_when_it_changed(tmp_path: Path) -> None:
    keeper = write(tmp_path / "a.jpg")
    changed, orphan, gone = (write(tmp_path / name) for name in ("b.jpg", "c.jpg", "d.jpg"))
    keeper_of = {image(changed): keeper, image(orphan): tmp_path / "no.jpg", image(gone): keeper}
    write(changed, "edited since")
    gone.unlink()
    thrown: list[Path] = []

    report = discard_others(keeper_of, trash=thrown.append)

    assert thrown == []
    assert [(one.path.name, one.reason) for one in report.skipped] == [
        ("b.jpg", Reason.CHANGED),
        ("no.jpg", Reason.GONE),
        ("d.jpg", Reason.GONE),
    ]


def test_another_name_of_the_picture_that_is_kept_stays(tmp_path: Path) -> None:
    keeper = write(tmp_path / "a.jpg")
    (tmp_path / "link.jpg").hardlink_to(keeper)
    thrown: list[Path] = []

    report = discard_others({image(tmp_path / "link.jpg"): keeper}, trash=thrown.append)

    assert thrown == [] and "“a.jpg”" in report.skipped[0].detail


def test_what_the_trash_does_not_take_stays_with_the_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    keeper, first, second = (write(tmp_path / name) for name in ("a.jpg", "b.jpg", "c.jpg"))

    def trash(path: Path) -> None:
        if path == first:
            raise OSError(errno.ENOSPC, "", str(path))
        path.unlink()

    report = discard_others({image(first): keeper, image(second): keeper}, trash=trash)

    assert report.pictures == 1 and first.exists() and not second.exists()
    assert report.skipped[0].path == first and report.skipped[0].detail == os_reason(OSError(errno.ENOSPC, ""))


def test_it_can_be_stopped_between_two_pictures(tmp_path: Path) -> None:
    keeper, *others = (write(tmp_path / f"{name}.jpg") for name in "abc")
    thrown: list[Path] = []

    report = discard_others(
        {image(path): keeper for path in others}, trash=thrown.append, should_stop=lambda: bool(thrown)
    )

    assert report.was_stopped and report.pictures == 1 and thrown == others[:1]
