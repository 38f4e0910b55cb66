"""Exact copies, copies of the same picture, bursts and similar pictures are found and told apart, on real files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipdesk.core.desk.kept_groups import kept_group
from clipdesk.core.errors import Cancelled
from clipdesk.core.find.duplicates import DuplicateGroup, DuplicateRules, Kind, find_duplicates
from clipdesk.core.find.looks import Looks, find_looks
from clipdesk.core.find.similar import Likeness, measure_likeness
from clipdesk.core.find.twins import find_twins
from clipdesk.core.pictures.scan import ImageFile, find_images


def scene(seed: int, width: int = 480, height: int = 320) -> Image.Image:
    """Return a picture of smooth patches, different for each seed."""
    patches = np.random.default_rng(seed).integers(0, 256, (6, 9, 3), np.uint8)
    return Image.fromarray(patches).resize((width, height), Image.Resampling.BICUBIC)


def save(path: Path, image: Image.Image, taken: str = "", **options: object) -> Path:
    exif = Image.Exif()
    if taken:
        time, _, fraction = taken.partition(".")
        exif.get_ifd(0x8769).update({0x9003: time, 0x9291: fraction} if fraction else {0x9003: time})
    image.save(path, exif=exif, **options)
    return path


def embed(paths: list[Path]) -> np.ndarray:
    """Embed pictures by their patches in colour: a stand-in for a model, under which copies are similar."""
    found = []
    for path in paths:
        with Image.open(path) as image:
            pixels = image.convert("RGB").resize((9, 6), Image.Resampling.BOX)
        found.append(np.asarray(pixels, np.float32).ravel() - 127.5)
    vectors = np.stack(found)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Folder:
    """Pictures in a folder, and the groups among them by file names."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for seed in range(40):  # different pictures, on which it is measured how alike these usually are
            scene(1_000 + seed).save(path / f"other{seed}.jpg")

    def images(self) -> list[ImageFile]:
        return list(find_images([self.path], join_pairs=False))

    def find(self, **options: object) -> list[tuple[Kind, list[str]]]:
        images = self.images()
        vectors = embed([image.path for image in images])
        looks = find_looks(images)
        groups = find_duplicates(looks, vectors, measure_likeness(vectors, looks), **options)  # type: ignore[arg-type]
        return [(group.kind, sorted(images[row].path.name for row in group.rows)) for group in groups]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_different_pictures_have_no_duplicates(folder: Folder) -> None:
    assert folder.find() == []


def test_files_of_the_same_bytes_are_exact_copies(folder: Folder) -> None:
    (folder.path / "copy.jpg").write_bytes(save(folder.path / "a.jpg", scene(1)).read_bytes())

    assert folder.find() == [(Kind.EXACT, ["a.jpg", "copy.jpg"])]


@pytest.mark.parametrize(
    "change",
    [
        lambda image, path: save(path, image.resize((160, 107))),
        lambda image, path: save(path, image, quality=30),
        lambda image, path: save(path.with_suffix(".png"), image),
        lambda image, path: save(path, image.point([min(255, round(1.1 * value)) for value in range(256)] * 3)),
        lambda image, path: save(path, image.crop((6, 4, 474, 316))),
        lambda image, path: _captioned(image, path),
    ],
    ids=["resized", "recompressed", "another format", "brighter", "cropped a little", "captioned"],
)
def test_a_changed_copy_is_the_same_picture(folder: Folder, change: Callable[[Image.Image, Path], Path]) -> None:
    save(folder.path / "a.jpg", scene(1))
    changed = change(scene(1), folder.path / "b.jpg")

    assert folder.find() == [(Kind.SAME, ["a.jpg", changed.name])]


def _captioned(image: Image.Image, path: Path) -> Path:
    image.paste("black", (0, 296, 480, 320))
    return save(path, image)


def test_copies_of_copies_are_in_one_group(folder: Folder) -> None:
    data = save(folder.path / "a.jpg", scene(1)).read_bytes()
    (folder.path / "b.jpg").write_bytes(data)
    save(folder.path / "c.jpg", scene(1), quality=40)

    assert folder.find() == [(Kind.SAME, ["a.jpg", "b.jpg", "c.jpg"])]
    assert folder.find(rules=DuplicateRules(frozenset({Kind.EXACT}))) == [(Kind.EXACT, ["a.jpg", "b.jpg"])]


def moved(seed: int, shift: int) -> Image.Image:
    """Return the scene as it looks from a step aside."""
    return scene(seed, 520, 320).crop((shift, 0, shift + 480, 320))


def test_pictures_taken_within_seconds_are_a_burst_even_if_they_look_the_same(folder: Folder) -> None:
    for second, shift in ((1, 0), (2, 0), (4, 12)):
        save(folder.path / f"{second}.jpg", moved(1, shift), f"2024:05:31 17:20:0{second}")
    # Two frames of one second, told apart by its fractions.
    save(folder.path / "5a.jpg", moved(2, 0), "2024:05:31 17:30:05.10")
    save(folder.path / "5b.jpg", moved(2, 0), "2024:05:31 17:30:05.20")

    assert folder.find() == [(Kind.BURST, ["1.jpg", "2.jpg", "4.jpg"]), (Kind.BURST, ["5a.jpg", "5b.jpg"])]


def test_a_copy_keeps_the_time_or_loses_it(folder: Folder) -> None:
    save(folder.path / "a.jpg", scene(1), "2024:05:31 17:20:01")
    save(folder.path / "b.jpg", scene(1).resize((240, 160)), "2024:05:31 17:20:01")
    save(folder.path / "c.jpg", scene(1), quality=50)

    assert folder.find() == [(Kind.SAME, ["a.jpg", "b.jpg", "c.jpg"])]


def test_pictures_of_different_days_are_similar_but_no_burst(folder: Folder) -> None:
    save(folder.path / "1.jpg", moved(1, 0), "2024:05:31 17:20:01")
    save(folder.path / "2.jpg", moved(1, 8), "2024:06:01 17:20:01")

    assert folder.find() == [(Kind.SIMILAR, ["1.jpg", "2.jpg"])]


def test_a_burst_is_no_chain() -> None:
    # Twelve frames four seconds apart: no image is within ten seconds of more than four others.
    looks = made_looks(12, taken_s=[4.0 * frame for frame in range(12)])
    vectors = np.tile(np.float32([[1.0, 0.0]]), (12, 1))

    groups = find_duplicates(looks, vectors, Likeness(np.array([0.0, 1.0]), np.array([0.0, 0.9])))

    times = looks.taken_s
    assert groups
    for group in groups:
        assert group.kind is Kind.BURST
        assert all(abs(times[row] - times[group.hub]) <= 10 for row in group.rows)


def made_looks(count: int, **columns: object) -> Looks:
    from clipdesk.core.store.look_rows import LOOK_DTYPE

    values = np.zeros(count, LOOK_DTYPE)
    values["taken_s"] = np.nan
    values["dhash"] = np.random.default_rng(0).integers(0, 2**63, count, dtype=np.uint64)
    values["tile"] = np.random.default_rng(1).integers(0, 256, (count, 256), np.uint8)
    for name, column in columns.items():
        values[name] = column
    contents = tuple(row.to_bytes(20, "big") for row in range(1, count + 1))
    return Looks(contents, np.ones(count, np.bool_), values)


def test_blank_pages_are_only_exact_copies(folder: Folder) -> None:
    save(folder.path / "page1.png", Image.new("RGB", (200, 300), "white"))
    page = Image.new("RGB", (200, 300), "white")
    page.putpixel((100, 100), (0, 0, 0))
    save(folder.path / "page2.png", page)

    assert folder.find() == []


def test_pairs_that_are_both_wanted_are_not_found_again(folder: Folder) -> None:
    data = save(folder.path / "a.jpg", scene(1)).read_bytes()
    (folder.path / "b.jpg").write_bytes(data)
    save(folder.path / "c.jpg", scene(2))
    save(folder.path / "d.jpg", scene(2), quality=40)
    looks = find_looks(folder.images())
    content = {image.path.name: key for image, key in zip(folder.images(), looks.contents, strict=True)}

    both = kept_group([content["a.jpg"], content["b.jpg"]])
    assert folder.find(kept=both) == [(Kind.SAME, ["c.jpg", "d.jpg"])]
    assert folder.find(kept=both | kept_group([content["d.jpg"], content["c.jpg"]])) == []


def test_a_raw_file_and_its_jpeg_are_no_duplicates(folder: Folder) -> None:
    save(folder.path / "IMG_1.jpg", scene(1))
    save(folder.path / "IMG_1.dng", scene(1), format="TIFF")

    images = folder.images()
    twins = find_twins(images)

    assert [sorted(images[row].path.name for row in pair) for pair in twins] == [["IMG_1.dng", "IMG_1.jpg"]]
    assert folder.find() == [(Kind.SAME, ["IMG_1.dng", "IMG_1.jpg"])]
    assert folder.find(twins=twins) == []


def test_unreadable_files_are_left_out_and_without_vectors_there_are_exact_copies(folder: Folder) -> None:
    for name in ("a.jpg", "b.jpg"):
        (folder.path / name).write_bytes(b"no picture")
    (folder.path / "empty.jpg").touch()
    images = folder.images()

    looks = find_looks(images)

    groups = find_duplicates(looks, None, None)
    assert [sorted(images[row].path.name for row in group.rows) for group in groups] == [["a.jpg", "b.jpg"]]
    assert isinstance(groups[0], DuplicateGroup)
    assert looks.is_known.sum() == 40


def test_eight_million_pairs_of_different_images_and_no_wrong_one_while_copies_are_found() -> None:
    # Bits of the hashes are alike in many images, as with horizons, and so are half of the embeddings.
    count, copies, rng = 4_000, 50, np.random.default_rng(0)
    bits = rng.random((count, 64)) < rng.choice([0.3, 0.5, 0.7], 64)
    hashes = np.packbits(bits, axis=1).view(np.uint64)[:, 0]
    common = rng.normal(size=256)
    vectors = (rng.normal(size=(count, 256)) + common).astype(np.float32)
    tiles = (127 + 40 * np.clip(rng.normal(size=(count, 256)) + rng.normal(size=256), -3, 3)).astype(np.uint8)
    of = rng.choice(count - copies, copies, replace=False)
    hashes[-copies:] = hashes[of] ^ np.uint64(0b1000001)
    vectors[-copies:] = vectors[of] + 0.2 * rng.normal(size=(copies, 256))
    tiles[-copies:] = tiles[of]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    groups = find_duplicates(made_looks(count, dhash=hashes, tile=tiles), vectors, measure_likeness(vectors))

    assert count * (count - 1) / 2 > 7.9e6
    expected = {(int(row), count - copies + place) for place, row in enumerate(of)}
    assert {group.rows for group in groups} == expected
    assert {group.kind for group in groups} == {Kind.SAME}


def test_progress_is_reported_and_cancel_stops() -> None:
    vectors = np.eye(300, 64, dtype=np.float32)
    vectors[64:, 0] = 1.0
    looks, seen, cancel = made_looks(300), [], threading.Event()

    find_duplicates(looks, vectors, measure_likeness(vectors), on_progress=seen.append)
    assert seen[-1].done == seen[-1].total > 0

    cancel.set()
    with pytest.raises(Cancelled):
        find_duplicates(looks, vectors, measure_likeness(vectors), cancel=cancel)
