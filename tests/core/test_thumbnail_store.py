from __future__ import annotations

import io
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from PIL import Image, ImageCms

from clipdesk.core import decode as decode_module
from clipdesk.core.pipeline import embed_images
from clipdesk.core.scan import ImageFile
from clipdesk.core.store import EmbeddingStore
from clipdesk.core.thumbnail_store import EDGE, ThumbnailStore

LONG_AGO = 1_700_000_000


@pytest.fixture
def thumbnails(tmp_path: Path) -> Iterator[ThumbnailStore]:
    with closing(ThumbnailStore(tmp_path / "cache" / "thumbnails.sqlite3")) as store:
        yield store


def file_named(name: str, size: int = 300_000, mtime_ns: int = 10**18) -> ImageFile:
    return ImageFile(Path(f"/pictures/{name}"), size, mtime_ns)


def jpeg_of(number: int, length: int = 5000) -> bytes:
    return np.random.default_rng(number).bytes(length)


def noise(path: Path, size: tuple[int, int] = (900, 600), seed: int = 0, **options: object) -> Path:
    """A picture whose file is large, changed long ago."""
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), np.uint8)
    Image.fromarray(pixels).save(path, quality=95, **options)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_what_was_put_is_found_also_after_the_end(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite3"
    first = ThumbnailStore(path)
    for number in range(40):
        first.put(file_named(f"사진 {number}.jpg"), jpeg_of(number))
    assert first.find(file_named("사진 39.jpg")) == jpeg_of(39)  # it waits to be written
    first.close()

    with closing(ThumbnailStore(path)) as second:
        assert [second.find(file_named(f"사진 {n}.jpg")) for n in range(40)] == [jpeg_of(n) for n in range(40)]


def test_a_file_of_another_size_or_time_is_another_picture(thumbnails: ThumbnailStore) -> None:
    thumbnails.put(file_named("a.jpg"), jpeg_of(1))
    for flush in (lambda: None, thumbnails.flush):
        flush()
        assert thumbnails.find(file_named("a.jpg", size=300_001)) is None
        assert thumbnails.find(file_named("a.jpg", mtime_ns=10**18 + 1)) is None

    thumbnails.put(file_named("a.jpg", size=300_001), jpeg_of(2))
    thumbnails.flush()

    assert thumbnails.find(file_named("a.jpg", size=300_001)) == jpeg_of(2)
    assert thumbnails.find(file_named("a.jpg")) is None


def test_a_flipped_bit_is_not_believed(thumbnails: ThumbnailStore) -> None:
    thumbnails.put(file_named("a.jpg"), jpeg_of(1))
    thumbnails.close()
    damaged = bytearray(jpeg_of(1))
    damaged[2000] ^= 1
    with closing(sqlite3.connect(thumbnails.path)) as connection, connection:
        connection.execute("UPDATE pictures SET jpeg = ?", (bytes(damaged),))

    assert thumbnails.find(file_named("a.jpg")) is None


def test_a_broken_file_is_put_aside_and_begun_anew(thumbnails: ThumbnailStore) -> None:
    thumbnails.path.parent.mkdir()
    thumbnails.path.write_bytes(b"not a database at all " * 1000)

    assert thumbnails.find(file_named("a.jpg")) is None
    thumbnails.put(file_named("a.jpg"), jpeg_of(1))
    thumbnails.flush()

    assert thumbnails.find(file_named("a.jpg")) == jpeg_of(1)
    (aside,) = thumbnails.path.parent.glob("*.damaged-*")
    assert aside.read_bytes().startswith(b"not a database")


def test_a_folder_that_refuses_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with closing(ThumbnailStore(tmp_path / "file" / "t.sqlite3")) as store:
        store.put(file_named("a.jpg"), jpeg_of(1))
        store.flush()

        assert store.find(file_named("a.jpg")) is None
        assert store.size_bytes == 0


def test_the_limit_holds_and_what_was_used_least_recently_leaves(tmp_path: Path) -> None:
    now = [0.0]
    with closing(ThumbnailStore(tmp_path / "t.sqlite3", limit_bytes=500_000, clock=lambda: now[0])) as store:
        for number in range(150):
            now[0] += 10_000
            store.put(file_named(f"{number}.jpg"), jpeg_of(number))
            store.flush()
            assert store.find(file_named("0.jpg")) is not None  # looked at all the time
            assert store.size_bytes < 600_000

        found = [number for number in range(150) if store.find(file_named(f"{number}.jpg"))]
        assert found == [0, *range(found[1], 150)]
        assert 50 < len(found) < 100

        store.set_limit(200_000)
        assert store.size_bytes < 300_000
        assert store.find(file_named("149.jpg")) is not None


def test_clear_leaves_nothing(thumbnails: ThumbnailStore) -> None:
    for number in range(100):
        thumbnails.put(file_named(f"{number}.jpg"), jpeg_of(number))

    thumbnails.clear()

    assert not any(thumbnails.find(file_named(f"{number}.jpg")) for number in range(100))
    assert thumbnails.size_bytes < 50_000


def test_many_threads_put_and_find(thumbnails: ThumbnailStore) -> None:
    def work(first: int) -> None:
        for number in range(first, first + 100):
            thumbnails.put(file_named(f"{number}.jpg"), jpeg_of(number))
            assert thumbnails.find(file_named(f"{number}.jpg")) == jpeg_of(number)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(0, 400, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    thumbnails.close()

    assert all(thumbnails.find(file_named(f"{number}.jpg")) == jpeg_of(number) for number in range(400))


# --- from what was decoded


def test_a_picture_becomes_a_small_jpeg_with_its_colours(thumbnails: ThumbnailStore, tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = decode_module.decode(noise(tmp_path / "a.jpg", icc_profile=profile, exif=exif), for_screen=True)

    thumbnails.put_picture(file_named("a.jpg"), picture)

    with Image.open(io.BytesIO(thumbnails.find(file_named("a.jpg")) or b"")) as small:
        assert small.size == (128, EDGE)  # upright
        assert small.info["icc_profile"] == profile


def test_what_a_jpeg_cannot_hold_or_is_too_small_is_left_alone(thumbnails: ThumbnailStore, tmp_path: Path) -> None:
    Image.new("RGBA", (300, 300), (255, 0, 0, 90)).save(tmp_path / "a.png")

    thumbnails.put_picture(file_named("a.png"), decode_module.decode(tmp_path / "a.png", for_screen=True))
    thumbnails.put_picture(file_named("b.jpg"), Image.new("RGB", (EDGE - 1, 100)))
    thumbnails.put_picture(file_named("c.jpg", size=1000), Image.new("RGB", (300, 300)))

    assert not any(thumbnails.find(file_named(name)) for name in ("a.png", "b.jpg"))
    assert thumbnails.find(file_named("c.jpg", size=1000)) is None


def test_a_job_keeps_thumbnails_of_what_it_decodes(thumbnails: ThumbnailStore, tmp_path: Path) -> None:
    paths = [noise(tmp_path / f"{number}.jpg", seed=number) for number in range(5)]
    encoder = ColorEncoder(batch_size=2)
    encoder.image_size = (100, 100)
    with closing(EmbeddingStore(tmp_path / "s.sqlite3")) as store:
        batches = embed_images(enumerate(paths), encoder, cancel=threading.Event(), store=store, thumbnails=thumbnails)
        assert all(result.embedding is not None for batch in batches for result in batch)

    assert all(thumbnails.find(ImageFile(path, path.stat().st_size, path.stat().st_mtime_ns)) for path in paths)
