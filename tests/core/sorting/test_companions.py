from __future__ import annotations

from pathlib import Path

import pytest

from clipdesk.core.sorting.companions import RAW_SUFFIXES, FolderCompanions, find_companions
from clipdesk.core.sorting.listings import Listings


def companions(folder: Path, *names: str, images: tuple[str, ...] = ()) -> FolderCompanions:
    """Find the companions in a folder with these files. Images are those named, or else the first file."""
    for name in names:
        (folder / name).write_text(name)
    return find_companions(Listings().of(str(folder)), images or names[:1])


def of(found: FolderCompanions, image: str) -> list[str]:
    return [companion.name for companion in found.of_image.get(image, ())]


def renamed(found: FolderCompanions, image: str, new: str) -> list[str]:
    return [companion.renamed(image, new) for companion in found.of_image[image]]


@pytest.mark.parametrize(
    "name",
    [
        *(f"IMG_1{suffix}" for suffix in (".xmp", ".aae", ".thm", ".pp3", ".dop", ".txt", ".json", ".mov")),
        *(f"IMG_1.jpg{suffix}" for suffix in (".xmp", ".pp3", ".dop", ".txt", ".json", ".XMP")),
        *(f"IMG_1{suffix}" for suffix in sorted(RAW_SUFFIXES)),
        "IMG_1.CR2",
        "IMG_1.JPG.xmp",
        "IMG_1.MOV",
        "IMG_1.jpg.supplemental-metadata.json",
    ],
)
def test_every_kind_of_companion_belongs_to_its_image_and_keeps_its_relation(tmp_path: Path, name: str) -> None:
    found = companions(tmp_path, "IMG_1.jpg", name)

    assert of(found, "IMG_1.jpg") == [name] and not found.ambiguous
    assert renamed(found, "IMG_1.jpg", "IMG_1 (2).jpg") == [name.replace("IMG_1", "IMG_1 (2)")]


@pytest.mark.parametrize(
    "name",
    ["IMG_10.xmp", "img_1.xmp", "IMG_1 .xmp", "IMG_1.jpg.bak", "IMG_1.doc", "IMG_1.mp4", "IMG_1.jpg.xmp.txt", "xmp"],
)
def test_other_files_do_not_belong_to_it(tmp_path: Path, name: str) -> None:
    found = companions(tmp_path, "IMG_1.jpg", name)

    assert not found.of_image and not found.ambiguous


def test_a_file_that_two_images_claim_belongs_to_neither_also_if_only_one_is_on_the_desk(tmp_path: Path) -> None:
    found = companions(tmp_path, "a.jpg", "a.png", "a.xmp", "a.cr2", "a.jpg.xmp")

    assert of(found, "a.jpg") == ["a.jpg.xmp"]
    assert found.ambiguous == {"a.xmp": ("a.jpg", "a.png"), "a.cr2": ("a.jpg", "a.png")}
    assert sorted(found.ambiguous_of["a.jpg"]) == ["a.cr2", "a.xmp"]


def test_a_raw_file_on_the_desk_is_an_image_of_its_own(tmp_path: Path) -> None:
    found = companions(tmp_path, "a.jpg", "a.nef", "a.nef.xmp", "a.jpg.xmp", "a.xmp", images=("a.jpg", "a.nef"))

    assert (of(found, "a.jpg"), of(found, "a.nef")) == (["a.jpg.xmp"], ["a.nef.xmp"])
    assert found.ambiguous == {"a.xmp": ("a.jpg", "a.nef")}


def test_sidecars_of_a_raw_twin_and_of_a_live_photo_travel_too(tmp_path: Path) -> None:
    found = companions(tmp_path, "a.HEIC", "a.DNG", "a.DNG.xmp", "a.dng.pp3", "a.MOV", "a.MOV.json", "a.xmp")

    assert of(found, "a.HEIC") == ["a.DNG", "a.DNG.xmp", "a.MOV", "a.MOV.json", "a.dng.pp3", "a.xmp"]
    assert renamed(found, "a.HEIC", "a (2).HEIC")[:2] == ["a (2).DNG", "a (2).DNG.xmp"]


def test_a_video_beside_a_drawing_is_not_a_live_photo(tmp_path: Path) -> None:
    assert not companions(tmp_path, "a.png", "a.mov").of_image


@pytest.mark.parametrize(
    ("image", "json", "later"),
    [
        # Names from public reports, see companions.py.
        ("IMG_1(1).jpg", "IMG_1.jpg(1).json", "x.jpg.json"),
        ("IMG_1(1).jpg", "IMG_1.jpg.supplemental-metadata(1).json", "x.jpg.supplemental-metadata.json"),
        ("Screenshot_2017-07-05-10-05-26.png", "Screenshot_2017-07-05-10-05-26.png.supplementa.json", ""),
        ("Screenshot_20241227_105539_Edge.jpg", "Screenshot_20241227_105539_Edge.jpg.supplement.json", ""),
        (
            "Screenshot_20220207_102421_com.snapchat.android.jpg",
            "Screenshot_20220207_102421_com.snapchat.androi.json",
            "x.jpg.json",
        ),
        ("D7157814-D2D5-4A62-AFCE-9CF465CB7D66.jpeg", "D7157814-D2D5-4A62-AFCE-9CF465CB7D66.jpeg.supp.json", ""),
        (
            "Urlaub in Knaufspesch in der Schneifel (38).JPG",
            "Urlaub in Knaufspesch in der Schneifel (38).JP.json",
            "",
        ),
    ],
)
def test_the_json_files_of_a_take_out_are_found_though_their_names_are_cut(
    tmp_path: Path, image: str, json: str, later: str
) -> None:
    found = companions(tmp_path, image, json)

    assert of(found, image) == [json]
    if later:
        assert renamed(found, image, "x.jpg") == [later]
    other = f"other (2){Path(image).suffix}"
    new = renamed(found, image, other)[0]
    after = tmp_path / "after"
    after.mkdir()
    assert of(companions(after, other, new), other) == [new]


def test_a_cut_name_that_fits_two_images_is_ambiguous(tmp_path: Path) -> None:
    images = ("x" * 46 + "1.jpg", "x" * 46 + "2.jpg")

    found = companions(tmp_path, *images, "x" * 46 + ".json", images=images)

    assert found.ambiguous == {"x" * 46 + ".json": images}


def test_folders_and_links_are_not_companions(tmp_path: Path) -> None:
    (tmp_path / "a.xmp").mkdir()
    (tmp_path / "elsewhere").write_text("x")
    (tmp_path / "a.txt").symlink_to(tmp_path / "elsewhere")

    found = companions(tmp_path, "a.jpg")

    assert not found.of_image and not found.ambiguous
