from __future__ import annotations

from pathlib import Path

import pytest

from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.scan import IMAGE_SUFFIXES, find_images

HINT = "What opens camera raw files (ClipDesk's extra “raw”) is not installed. Install it with: pip install rawpy"


@pytest.mark.parametrize(
    ("suffixes", "sentence"),
    [
        ([], ""),
        ([".txt", ".xmp", ".jpg", ""], ""),
        ([".r3d"], "1 camera raw file was passed over."),
        ([".jxl"] * 20 + [".eip"] * 4, "4 camera raw files and 20 JPEG XL pictures were passed over."),
        (
            [".psdt", ".eps", ".raw"],
            "1 camera raw file, 1 Photoshop template and 1 PostScript drawing were passed over.",
        ),
        ([".exr"] * 1234, "1,234 HDR pictures were passed over."),
        ([".nef", ".cr2"], "2 camera raw files were passed over. " + HINT),
    ],
)
def test_pictures_are_counted_by_kind(suffixes: list[str], sentence: str) -> None:
    passed_over = PassedOver()

    for suffix in suffixes:
        passed_over.add(suffix)

    assert passed_over.sentence() == sentence


def test_a_scan_counts_what_it_passes_over(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "folder.jxl").mkdir()
    for name in ("1.jpg", "1.R3D", "sub/2.eip", "a.jxl", "notes.txt", ".hidden.jxl", "no suffix"):
        (tmp_path / name).touch()
    passed_over = PassedOver()

    images = list(find_images([tmp_path], on_passed_over=passed_over.add))

    assert [image.path.name for image in images] == ["1.jpg"]
    assert passed_over.sentence() == "2 camera raw files and 1 JPEG XL picture were passed over."


def test_a_file_that_is_named_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jxl").touch()
    passed_over = PassedOver()

    assert len(list(find_images([tmp_path / "a.jxl"], on_passed_over=passed_over.add))) == 1
    assert passed_over.sentence() == ""


@pytest.mark.parametrize("suffix", sorted(IMAGE_SUFFIXES))
def test_what_a_scan_takes_has_no_kind(suffix: str) -> None:
    passed_over = PassedOver()

    passed_over.add(suffix)

    assert passed_over.sentence() == ""
