"""How images look is kept when they are decoded, found again, and made from files or thumbnails where it is missing."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from PIL import Image, ImageFilter

from clipdesk.core.errors import Cancelled
from clipdesk.core.find.looks import Looks, find_looks, measure_sharpness
from clipdesk.core.line.embed import embed_images
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.look import look_of, sharpness_of, shot_facts
from clipdesk.core.pictures.opening import opened
from clipdesk.core.pictures.scan import ImageFile, find_images
from clipdesk.core.store.embedding_store import FILE_NAME, EmbeddingStore
from clipdesk.core.store.thumbnail_store import LEAST_FILE_BYTES, ThumbnailStore


def noise(seed: int, width: int = 300, height: int = 200) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (20, 30, 3), np.uint8)
    return Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC)


@pytest.fixture
def images(tmp_path: Path) -> list[ImageFile]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(5):
        noise(number).save(folder / f"{number}.png")
    (folder / "5.jpg").write_bytes(b"no picture")
    return list(find_images([folder]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    with closing(EmbeddingStore(tmp_path / FILE_NAME)) as opened:
        yield opened


def same(one: Looks, other: Looks) -> bool:
    return (
        one.contents == other.contents
        and bool((one.is_known == other.is_known).all())
        and bool((np.abs(one.tiles.astype(int) - other.tiles) < 12).all())
    )


def test_looks_of_files_and_of_one_that_is_no_picture(images: list[ImageFile]) -> None:
    looks = find_looks(images)

    assert looks.is_known.tolist() == [True] * 5 + [False]
    assert (looks.widths[:5] == 300).all()
    assert (looks.heights[:5] == 200).all()
    assert all(looks.contents)
    assert np.isnan(looks.taken_s[:5]).all()


def test_the_line_keeps_the_looks_of_what_it_decodes(images: list[ImageFile], store: EmbeddingStore) -> None:
    paths = enumerate(image.path for image in images)
    results = [
        one for batch in embed_images(paths, ColorEncoder(), cancel=threading.Event(), store=store) for one in batch
    ]

    known = store.find_looks([one.content for one in results])
    assert known.is_known.tolist() == [True] * 5 + [False]
    assert same(find_looks(images, [one.content for one in results], store=store), find_looks(images))


def test_looks_are_stored_and_found_without_reading_the_files(images: list[ImageFile], store: EmbeddingStore) -> None:
    made = find_looks(images, store=store)
    for image in images:
        image.path.unlink()

    found = find_looks(images, made.contents, store=store)

    assert found.is_known.tolist() == made.is_known.tolist()
    assert found.values[found.is_known].tobytes() == made.values[made.is_known].tobytes()


def test_a_thumbnail_stands_for_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    noise(1, 900, 600).save(path)
    (image,) = find_images([path])
    with closing(ThumbnailStore(tmp_path / "thumbnails.sqlite3")) as thumbnails:
        thumbnails.put_image(image, noise(1, 900, 600))
        assert thumbnails.find(image) is not None

        looks = find_looks([image], thumbnails=thumbnails)

    assert (looks.widths[0], looks.heights[0]) == (900, 600)
    assert same(looks, find_looks([image]))
    assert bin(int(looks.dhash[0]) ^ int(find_looks([image]).dhash[0])).count("1") <= 2


def test_a_damaged_row_counts_as_absent(images: list[ImageFile], store: EmbeddingStore) -> None:
    made = find_looks(images, store=store)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE looks SET look = zeroblob(length(look)) WHERE content = ?", (made.contents[0],))

    assert store.find_looks(made.contents).is_known.tolist() == [False, *[True] * 4, False]


def test_a_store_of_the_version_before_gets_the_table(images: list[ImageFile], tmp_path: Path) -> None:
    with closing(EmbeddingStore(tmp_path / FILE_NAME)) as store:
        contents = find_looks(images, store=store).contents
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.executescript("DROP TABLE looks; PRAGMA user_version = 1")

    with closing(EmbeddingStore(tmp_path / FILE_NAME)) as store:
        assert not store.find_looks(contents).is_known.any()
        find_looks(images, store=store)
        assert store.find_looks(contents).is_known.sum() == 5
        store.clear()
        assert not store.find_looks(contents).is_known.any()


def test_a_look_has_the_time_of_the_shutter_and_the_upright_size(tmp_path: Path) -> None:
    path, exif = tmp_path / "a.jpg", Image.Exif()
    exif[0x0112], exif[0x0132] = 6, "2025:01:01 00:00:00"
    exif.get_ifd(0x8769).update({0x9003: "1970:01:02 00:00:01", 0x9291: "25"})
    noise(1).save(path, exif=exif)
    edited = Image.Exif()
    edited[0x0132] = "2025:01:01 00:00:00"
    noise(1).save(tmp_path / "edited.jpg", exif=edited)

    with opened(path) as image:
        look = look_of(noise(1), shot_facts(image))

    assert (look.width, look.height, look.taken_s) == (200, 300, 86_401.25)
    with opened(tmp_path / "edited.jpg") as image:
        assert shot_facts(image).taken_s is None


def test_a_blurred_or_reduced_picture_is_less_sharp(tmp_path: Path) -> None:
    sharp = Image.fromarray(np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)).resize((800, 600))
    sharp.save(tmp_path / "sharp.png")
    sharp.filter(ImageFilter.GaussianBlur(2)).save(tmp_path / "soft.png")
    sharp.resize((400, 300)).save(tmp_path / "small.png")
    portrait = sharp.filter(ImageFilter.GaussianBlur(6))
    portrait.paste(sharp.crop((200, 150, 600, 450)), (200, 150))
    portrait.save(tmp_path / "portrait.png")

    found = {name: sharpness_of(tmp_path / f"{name}.png") for name in ("sharp", "soft", "small", "portrait")}

    assert found["sharp"] > found["small"] + 1
    assert found["sharp"] > found["soft"] + 3
    assert found["portrait"] == pytest.approx(found["sharp"], abs=3)


def test_sharpness_is_measured_once_and_kept(images: list[ImageFile], store: EmbeddingStore) -> None:
    looks = find_looks(images, store=store)
    measured = measure_sharpness(looks, [0, 2, 5], images, store=store)

    assert np.isnan(looks.sharpness[:5]).all()
    assert (~np.isnan(measured.sharpness[:5])).tolist() == [True, False, True, False, False]
    again = find_looks(images, looks.contents, store=store)
    assert again.sharpness[[0, 2]].tolist() == measured.sharpness[[0, 2]].tolist()


def test_making_looks_can_be_cancelled(images: list[ImageFile]) -> None:
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        find_looks(images, cancel=cancel)


@pytest.mark.shared
def test_the_thumbnail_of_a_real_photo_has_its_look(shared_photos: Path, tmp_path: Path) -> None:
    """Within what counts as the same picture: 6 bits, and tiles correlated by 0.97."""
    images = [image for image in find_images([shared_photos / "everyday"]) if image.size_bytes >= LEAST_FILE_BYTES][:8]
    with closing(ThumbnailStore(tmp_path / "thumbnails.sqlite3")) as thumbnails:
        for image in images:
            thumbnails.put_image(image, decode(image.path))

        small, large = find_looks(images, thumbnails=thumbnails), find_looks(images)

    assert len(images) == 8 and small.is_known.all()
    differing = [bin(int(one) ^ int(other)).count("1") for one, other in zip(small.dhash, large.dhash, strict=True)]
    assert max(differing) <= 6 and sum(differing) <= 2 * len(images)
    for one, other in zip(small.tiles, large.tiles, strict=True):
        assert np.corrcoef(one, other)[0, 1] > 0.97
    assert (small.widths == large.widths).all()
