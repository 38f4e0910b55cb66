"""Scanning: every image once, in natural order, whatever is on the disk."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

import pytest
from image_files import as_nobody

from clipdesk.core.pictures.scan import IMAGE_SUFFIXES, ImageFile, find_images


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"picture")


def found(*paths: Path, under: Path | None = None) -> list[str]:
    """Return the names that a scan yields, relative to a folder. Any problem fails the test."""
    root = under or paths[0]
    return [os.path.relpath(image.path, root) for image in find_images(paths, on_problem=fail)]


def fail(path: Path, problem: str) -> None:
    pytest.fail(f"{path}: {problem}")


def problems(*paths: Path) -> tuple[list[ImageFile], list[tuple[Path, str]]]:
    reported: list[tuple[Path, str]] = []
    images = list(find_images(paths, on_problem=lambda path, problem: reported.append((path, problem))))
    return images, reported


def test_a_folder_is_searched_to_the_bottom_files_first(tmp_path: Path) -> None:
    put(tmp_path, "b/2.jpg", "b/deep/er/3.png", "a/1.jpg", "z.jpg", "notes.txt", "jpg", "archive.jpg.zip")

    assert found(tmp_path) == ["z.jpg", "a/1.jpg", "b/2.jpg", "b/deep/er/3.png"]


def test_the_order_is_natural_and_ignores_case_and_accents(tmp_path: Path) -> None:
    names = ["img1.jpg", "IMG2.jpg", "img10.jpg", "img010.jpg", "Ärger.jpg", "b.jpg", "ärger2.jpg", "A.jpg"]
    put(tmp_path, *names)

    expected = ["A.jpg", "Ärger.jpg", "ärger2.jpg", "b.jpg", "img1.jpg", "IMG2.jpg", "img010.jpg", "img10.jpg"]
    assert expected == found(tmp_path)


def test_every_image_suffix_counts_in_any_case(tmp_path: Path) -> None:
    put(tmp_path, *(f"x{suffix.upper()}" for suffix in IMAGE_SUFFIXES))

    assert len(IMAGE_SUFFIXES) == len(found(tmp_path))


def test_hidden_and_junk_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "seen.jpg", ".hidden.jpg", "._seen.jpg", ".thumbnails/1.jpg", ".picasaoriginals/1.jpg", ".git/1.png")
    put(tmp_path, "@eaDir/1.jpg", "__MACOSX/1.jpg", "node_modules/1.png", "Thumbs/1.jpg", "$RECYCLE.BIN/1.jpg")
    put(tmp_path, "System Volume Information/1.jpg", "lost+found/1.jpg", "deep/@EADIR/1.jpg", "thumbs.jpg")
    put(tmp_path, "thumbnails/1.jpg")

    assert found(tmp_path) == ["seen.jpg", "thumbs.jpg"]


def test_what_is_named_is_taken_even_if_hidden_or_junk_or_strange(tmp_path: Path) -> None:
    put(tmp_path, ".hidden.jpg", "@eaDir/1.jpg", ".cache/2.jpg", "notes.txt")
    paths = [tmp_path / name for name in (".hidden.jpg", "@eaDir", ".cache", "notes.txt")]

    assert found(*paths, under=tmp_path) == [".hidden.jpg", "@eaDir/1.jpg", ".cache/2.jpg", "notes.txt"]


def test_paths_come_in_the_order_given_and_once(tmp_path: Path) -> None:
    put(tmp_path, "a/1.jpg", "a/2.jpg", "b/3.jpg")
    paths = (tmp_path / "b", tmp_path / "a/2.jpg", tmp_path, tmp_path / "a", tmp_path / "a/1.jpg")

    assert found(*paths, under=tmp_path) == ["b/3.jpg", "a/2.jpg", "a/1.jpg"]


def test_size_and_time_are_those_of_the_file(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    os.utime(tmp_path / "a.jpg", ns=(1, 1_700_000_000_123_456_700))

    for path in (tmp_path, tmp_path / "a.jpg"):
        assert [ImageFile.of(tmp_path / "a.jpg", (tmp_path / "a.jpg").stat())] == list(find_images([path]))
        assert [(a.size_bytes, a.mtime_ns) for a in find_images([path])] == [(7, 1_700_000_000_123_456_700)]


def test_paths_are_absolute_without_dots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/1.jpg", "b/2.jpg")
    monkeypatch.chdir(tmp_path / "a")

    images = list(find_images([Path(), Path("../b/2.jpg"), Path("../b/../a")]))

    assert [tmp_path / "a/1.jpg", tmp_path / "b/2.jpg"] == [image.path for image in images]


# ------------------------------------------------------------------------------------------------- links


def test_links_that_run_in_circles_end(tmp_path: Path) -> None:
    put(tmp_path, "a/1.jpg", "b/2.jpg")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "b/self").symlink_to(tmp_path / "b")
    (tmp_path / "b/other").symlink_to(tmp_path / "a")

    assert found(tmp_path) == ["a/1.jpg", "b/2.jpg"]


def test_a_link_to_itself_is_reported(tmp_path: Path) -> None:
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    for path in (tmp_path, tmp_path / "loop"):
        images, reported = problems(path)
        assert (len(images), len(reported)) == (0, 1)


def test_a_file_and_links_to_it_are_one(tmp_path: Path) -> None:
    put(tmp_path, "real/1.jpg")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "real/1.jpg")
    (tmp_path / "linked").symlink_to(tmp_path / "real")

    assert found(tmp_path) == ["link.jpg"]
    assert found(tmp_path / "linked/1.jpg", tmp_path, under=tmp_path) == ["linked/1.jpg"]
    assert found(tmp_path / "real", tmp_path / "linked/1.jpg", under=tmp_path) == ["real/1.jpg"]


def test_a_linked_folder_keeps_the_name_that_the_person_knows(tmp_path: Path) -> None:
    put(tmp_path, "disk/photos/1.jpg")
    (tmp_path / "Pictures").symlink_to(tmp_path / "disk/photos")

    assert found(tmp_path / "Pictures", under=tmp_path) == ["Pictures/1.jpg"]


def test_dots_behind_a_link_mean_what_the_system_means(tmp_path: Path) -> None:
    put(tmp_path, "disk/photos/1.jpg", "disk/2.jpg", "3.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "disk/photos")

    assert found(tmp_path / "link/../2.jpg", under=tmp_path) == ["disk/2.jpg"]


def test_hard_links_are_two_files(tmp_path: Path) -> None:
    put(tmp_path, "1.jpg")
    os.link(tmp_path / "1.jpg", tmp_path / "2.jpg")

    assert found(tmp_path) == ["1.jpg", "2.jpg"]


def test_a_broken_link_is_reported_if_it_looks_like_a_picture(tmp_path: Path) -> None:
    put(tmp_path, "1.jpg")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")

    images, reported = problems(tmp_path)

    assert [tmp_path / "1.jpg"] == [image.path for image in images]
    assert [tmp_path / "gone.jpg"] == [path for path, _ in reported]
    assert "link" in reported[0][1]


# ------------------------------------------------------------------------------------------------- problems


def test_a_missing_path_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path, "1.jpg")

    images, reported = problems(tmp_path / "gone", tmp_path / "1.jpg/below", tmp_path / "a\0b", tmp_path)

    assert [tmp_path / "1.jpg"] == [image.path for image in images]
    assert [sentence for _, sentence in reported] == [
        "There is no file or folder of this name; it may have been moved, renamed or deleted.",
        "This could not be read: it does not exist.",
        "This is not a usable name of a file or a folder.",
    ]


def test_without_a_listener_problems_are_passed_over(tmp_path: Path) -> None:
    assert list(find_images([tmp_path / "gone"])) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_are_no_pictures(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")

    assert found(tmp_path) == []
    assert problems(tmp_path / "pipe.jpg")[1] == [(tmp_path / "pipe.jpg", "This is neither a file nor a folder.")]


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="permissions work differently here")
def test_an_unreadable_folder_is_reported_and_the_rest_goes_on() -> None:
    with tempfile.TemporaryDirectory() as name, as_nobody(Path(name)):
        root = Path(os.path.realpath(name))
        put(root, "closed/1.jpg", "open/2.jpg")
        (root / "closed").chmod(0)
        images, reported = problems(root)
        (root / "closed").chmod(0o700)

    assert [root / "open/2.jpg"] == [image.path for image in images]
    sentence = "You have no permission to open this. Change its permissions, or choose another."
    assert [(root / "closed", sentence)] == reported


def test_names_that_are_not_unicode_survive(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9 \xff2.jpg")
    try:
        put(tmp_path, name, "café.jpg")
    except OSError:
        pytest.skip("this file system takes Unicode names only")

    images = list(find_images([tmp_path]))

    assert {name, "café.jpg"} == {image.path.name for image in images}
    assert all(image.path.read_bytes() for image in images)


# ------------------------------------------------------------------------------------------------- streaming


def test_the_first_pictures_come_before_the_rest_is_listed(tmp_path: Path) -> None:
    put(tmp_path, "1.jpg", "later/2.jpg")
    images = find_images([tmp_path])

    first = next(images)
    put(tmp_path, "later/3.jpg")

    assert tmp_path / "1.jpg" == first.path
    assert [image.path.name for image in images] == ["2.jpg", "3.jpg"]


def test_cancel_ends_the_search(tmp_path: Path) -> None:
    put(tmp_path, *(f"{folder}/{number}.jpg" for folder in "abc" for number in range(5)))
    cancel = threading.Event()
    images = find_images([tmp_path, tmp_path / "c"], cancel=cancel)

    before = [next(images), next(images)]
    cancel.set()

    assert len(before) == 2
    assert list(images) == []


def test_a_folder_that_vanishes_meanwhile_is_reported(tmp_path: Path) -> None:
    put(tmp_path, "1.jpg", "a/2.jpg")
    reported: list[Path] = []
    images = find_images([tmp_path], on_problem=lambda path, problem: reported.append(path))

    next(images)
    (tmp_path / "a/2.jpg").unlink()
    (tmp_path / "a").rmdir()

    assert ([], [tmp_path / "a"]) == (list(images), reported)
