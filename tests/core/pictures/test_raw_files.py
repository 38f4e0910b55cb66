"""Raw files beside their JPEG count once; without the extra they are passed over aloud."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.raw_files import RAW_SUFFIXES, can_read_raw, paired_raws
from clipdesk.core.pictures.scan import IMAGE_SUFFIXES, find_images, readable_suffixes


@pytest.fixture
def without_rawpy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "rawpy", None)  # what an import meets where it is not installed
    can_read_raw.cache_clear()
    yield
    can_read_raw.cache_clear()


def found(folder: Path, *names: str, join_pairs: bool = True) -> tuple[list[str], str]:
    """Return the names of the images among these files, and what is said about the others."""
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    passed_over = PassedOver()
    images = list(find_images([folder], on_passed_over=passed_over.add, join_pairs=join_pairs))
    return [image.path.relative_to(folder).as_posix() for image in images], passed_over.sentence()


@pytest.mark.parametrize(
    ("names", "raws"),
    [
        (["a.CR2", "a.JPG", "b.cr2", "c.jpg"], {"a.CR2"}),
        (["IMG_1.NEF", "img_1.jpeg"], {"IMG_1.NEF"}),
        (["a.b.dng", "a.b.jpg", "a.dng", "b.jpg"], {"a.b.dng"}),
        (["a.cr2", "a.dng", "a.jpg"], set()),  # which of them is the JPEG's?
        (["a.cr2", "a.jpg", "a.jpeg"], set()),
        (["a.cr2", "a.JPG", "A.jpg"], set()),
        (["a.cr2", "a.png", "a.tif", "a"], set()),
        ([".cr2", ".jpg", "cr2", "jpg"], {".cr2"}),
        ([], set()),
    ],
)
def test_a_pair_is_one_raw_and_one_jpeg_of_the_same_stem(names: list[str], raws: set[str]) -> None:
    assert paired_raws(names) == raws


def test_the_jpeg_stands_for_the_pair(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    names = ("1.jpg", "1.nef", "2.nef", "3.jpg", "sub/3.nef")

    assert found(tmp_path, *names) == (["1.jpg", "2.nef", "3.jpg", "sub/3.nef"], "")
    assert found(tmp_path, join_pairs=False) == (["1.jpg", "1.nef", "2.nef", "3.jpg", "sub/3.nef"], "")


def test_a_raw_file_that_is_named_is_taken(tmp_path: Path) -> None:
    paths = [tmp_path / "1.nef", tmp_path / "1.jpg"]
    for path in paths:
        path.touch()

    assert [image.path for image in find_images(paths)] == paths


@pytest.mark.usefixtures("without_rawpy")
def test_without_the_extra_raw_files_are_passed_over_and_it_is_named(tmp_path: Path) -> None:
    names, sentence = found(tmp_path, "1.jpg", "1.nef", "2.NEF", "a.png", "b.dng")

    assert names == ["1.jpg", "a.png"]
    assert sentence.startswith("2 camera raw files were passed over. ")
    assert "extra “raw”" in sentence
    assert "pip install rawpy" in sentence
    assert readable_suffixes() == IMAGE_SUFFIXES


@pytest.mark.usefixtures("without_rawpy")
def test_without_the_extra_and_without_pairs_every_raw_file_is_counted(tmp_path: Path) -> None:
    assert found(tmp_path, "1.jpg", "1.nef", join_pairs=False)[1].startswith("1 camera raw file was passed over. ")


def test_with_the_extra_raw_files_are_images() -> None:
    pytest.importorskip("rawpy")

    assert readable_suffixes() == IMAGE_SUFFIXES | RAW_SUFFIXES
