"""Camera raw files are read through the preview that the camera put into them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from image_files import PRO, difference, encoded, gradient, put, with_orientation
from PIL import Image, ImageOps
from raw_files import dng, preview

from clipdesk.core.errors import ImageError, UnsupportedImageError
from clipdesk.core.pictures import camera_raw
from clipdesk.core.pictures.decode import decode, decode_bytes
from clipdesk.core.pictures.facts import read_facts

pytest.importorskip("rawpy")


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_largest_preview_is_shown(order: str, tmp_path: Path) -> None:
    path = put(tmp_path, dng(preview(32, 24), preview(60, 45), preview(16, 12), order=order), "a.dng")

    image = decode(path)

    assert image.size == (60, 45)
    assert difference(image, gradient(60, 45)) < 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_preview_without_exif_is_turned_as_the_raw_file_says(orientation: int, tmp_path: Path) -> None:
    path = put(tmp_path, dng(preview(), orientation=orientation), "a.dng")
    stored = gradient(60, 45)
    stored.getexif()[0x0112] = orientation
    upright = ImageOps.exif_transpose(stored)

    image, facts = decode(path), read_facts(path)

    assert difference(image, upright) < 2
    assert (facts.width, facts.height) == upright.size


@pytest.mark.parametrize("own", [1, 3, 8])
def test_the_orientation_of_the_preview_itself_comes_first(own: int, tmp_path: Path) -> None:
    path = put(tmp_path, dng(preview(exif=with_orientation(own)), orientation=6), "a.dng")
    stored = gradient(60, 45)
    stored.getexif()[0x0112] = own

    assert difference(decode(path), ImageOps.exif_transpose(stored)) < 2


def test_exif_without_an_orientation_leaves_it_to_the_raw_file(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Somebody"
    path = put(tmp_path, dng(preview(exif=exif), orientation=6), "a.dng")

    assert difference(decode(path), gradient(60, 45).rotate(-90, expand=True)) < 2
    assert read_facts(path).camera == "Somebody"


def test_a_preview_that_is_upright_already_is_not_turned_again(tmp_path: Path) -> None:
    path = put(tmp_path, dng(preview(45, 60), orientation=6), "a.dng")

    assert difference(decode(path), gradient(45, 60)) < 2


@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (6, -90), (3, 180)])
def test_an_uncompressed_preview_is_used_if_there_is_no_jpeg(orientation: int, turn: int, tmp_path: Path) -> None:
    path = put(tmp_path, dng(bitmap=gradient(60, 44), orientation=orientation), "a.dng")

    assert difference(decode(path), gradient(60, 44).rotate(turn, expand=True)) == 0
    assert difference(decode(path, max_edge=30), gradient(60, 44).rotate(turn, expand=True).reduce(2)) < 3


def test_the_inspector_says_that_it_is_a_preview(tmp_path: Path) -> None:
    facts = read_facts(put(tmp_path, dng(preview()), "a.dng"))

    assert (facts.format_name, facts.colours) == ("Camera raw (its preview)", "colour, 8 bit")
    assert (facts.taken, facts.camera) == ("2024-05-31 17:20:05", "ClipDesk Test camera")


def test_a_profile_of_the_preview_counts(tmp_path: Path) -> None:
    jpeg = preview(icc_profile=PRO)

    raw, plain = (decode(put(tmp_path, data, name)) for data, name in ((dng(jpeg), "a.dng"), (jpeg, "a.jpg")))

    assert raw.tobytes() == plain.tobytes()


def test_the_suffix_plays_no_part_and_neither_do_odd_names(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.dng", os.fsdecode(b"caf\xe9.dng")):
        try:
            path = put(tmp_path, dng(preview()), name)
        except OSError:
            continue  # this file system takes Unicode names only
        assert decode(path).size == (60, 45)


def test_a_tiff_is_no_raw_file(tmp_path: Path) -> None:
    path = put(tmp_path, encoded(gradient(), "TIFF"), "a.nef")

    assert read_facts(path).format_name == "TIFF"


def test_bytes_from_others_never_reach_libraw() -> None:
    with pytest.raises(ImageError):
        decode_bytes(b"FUJIFILMCCD-RAW " + bytes(600))


def test_a_raw_file_without_a_preview(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImageError, match="contains no preview that ClipDesk can show"):
        decode(put(tmp_path, dng(), "a.dng"))


@pytest.mark.parametrize(
    "data",
    [
        b"FUJIFILMCCD-RAW 0201" + bytes(600),
        b"IIU\0\x18\0\0\0" + bytes(600),
        b"FOVb" + bytes(600),
        b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(600),
        b"II*\0\x10\0\0\0CR\2\0" + bytes(600),
    ],
)
def test_a_forged_raw_file_is_an_error_in_a_sentence(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ImageError) as caught:
        decode(put(tmp_path, data))

    assert caught.value.reason.endswith(".")


def test_a_truncated_raw_file_is_an_error(tmp_path: Path) -> None:
    whole = dng(preview(600, 450))
    jpeg_at = whole.index(b"\xff\xd8\xff")

    # The directories stay, and the preview is cut off.
    with pytest.raises(ImageError):
        decode(put(tmp_path, whole[:jpeg_at] + whole[jpeg_at : jpeg_at + 3000].ljust(9000, b"\0")))
    for length in (9, 100, len(whole) // 2, len(whole) - 100):
        with pytest.raises(ImageError):
            decode(put(tmp_path, whole[:length]))


def test_a_preview_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="the limit is"):
        decode(put(tmp_path, dng(preview())), max_pixels=1000)


def test_a_preview_of_an_impossible_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_raw, "_MAX_PREVIEW_BYTES", 1000)

    for data in (dng(preview()), dng(bitmap=gradient(60, 45))):
        with pytest.raises(UnsupportedImageError, match="contains no preview that ClipDesk can show"):
            decode(put(tmp_path, data))


def test_no_mutant_crashes_and_nothing_reaches_standard_error(tmp_path: Path) -> None:
    # In a process of its own, which a crash would end.
    script = (
        "import random, sys; from pathlib import Path\n"
        "from clipdesk.core.errors import ImageError; from clipdesk.core.pictures.decode import decode\n"
        "seed = Path(sys.argv[1]); data = seed.read_bytes(); chance = random.Random(7)\n"
        "path = seed.with_name('m.dng')\n"
        "for number in range(400):\n"
        "    mutant = bytearray(data)\n"
        "    for _ in range(chance.choice((1, 2, 4, 16))):\n"
        "        mutant[chance.randrange(len(mutant))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))\n"
        "    if number % 4 == 0:\n"
        "        del mutant[chance.randrange(len(mutant)):]\n"
        "    path.write_bytes(mutant)\n"
        "    try:\n"
        "        decode(path)\n"
        "    except ImageError:\n"
        "        pass\n"
        "print('done')\n"
    )
    seed = put(tmp_path, dng(preview(24, 18), preview(16, 12), sensor=(8, 6)), "seed.dng")

    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, seed], capture_output=True, text=True, timeout=120
    )

    assert (result.returncode, result.stdout, result.stderr) == (0, "done\n", "")


def test_without_the_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rawpy", None)  # what an import meets where it is not installed

    with pytest.raises(UnsupportedImageError) as caught:
        decode(put(tmp_path, dng(preview()), "a.dng"))

    assert "extra “raw”" in caught.value.reason
    assert "pip install rawpy" in caught.value.reason


def test_rawpy_is_imported_only_for_a_raw_file(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from clipdesk.core.pictures.decode import decode\n"
        "decode(Path(sys.argv[1])); assert 'rawpy' not in sys.modules\n"
        "decode(Path(sys.argv[2])); assert 'rawpy' in sys.modules\n"
    )
    paths = put(tmp_path, encoded(gradient(), "TIFF"), "a.tif"), put(tmp_path, dng(preview()), "a.dng")

    subprocess.run([sys.executable, "-c", script, *paths], check=True)
