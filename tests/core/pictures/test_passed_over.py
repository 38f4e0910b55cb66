from __future__ import annotations

from pathlib import Path

import pytest

from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.scan import IMAGE_SUFFIXES, find_images


@pytest.mark.parametrize(
    ("suffixes", "sentence"),
    [
        ([], ""),
        ([".txt", ".xmp", ".jpg", ""], ""),
        ([".nef"], "1 camera raw file was passed over."),
        ([".psd"] * 20 + [".cr2"] * 4, "4 camera raw files and 20 Photoshop documents were passed over."),
        (
            [".tga", ".eps", ".dng"],
            "1 camera raw file, 1 Targa picture and 1 PostScript drawing were passed over.",
        ),
        ([".pcx"] * 1234, "1,234 PCX pictures were passed over."),
    ],
)
def test_pictures_are_counted_by_kind(suffixes: list[str], sentence: str) -> None:
    passed_over = PassedOver()

    for suffix in suffixes:
        passed_over.add(suffix)

    assert passed_over.sentence() == sentence


def test_a_scan_counts_what_it_passes_over(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "folder.psd").mkdir()
    for name in ("1.jpg", "1.NEF", "sub/2.cr3", "a.psd", "notes.txt", ".hidden.psd", "no suffix"):
        (tmp_path / name).touch()
    passed_over = PassedOver()

    images = list(find_images([tmp_path], on_passed_over=passed_over.add))

    assert [image.path.name for image in images] == ["1.jpg"]
    assert passed_over.sentence() == "2 camera raw files and 1 Photoshop document were passed over."


def test_a_file_that_is_named_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.psd").touch()
    passed_over = PassedOver()

    assert len(list(find_images([tmp_path / "a.psd"], on_passed_over=passed_over.add))) == 1
    assert passed_over.sentence() == ""


@pytest.mark.parametrize("suffix", sorted(IMAGE_SUFFIXES))
def test_what_a_scan_takes_has_no_kind(suffix: str) -> None:
    passed_over = PassedOver()

    passed_over.add(suffix)

    assert passed_over.sentence() == ""
