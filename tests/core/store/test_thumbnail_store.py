"""ThumbnailStore: finds what was stored, whatever happens to its file."""

from __future__ import annotations

import io
import logging
import os
import signal
import sqlite3
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from core_thumbnail_writer import GATHERED, LIMIT_BYTES, file_number, jpeg_number
from PIL import Image

from clipdesk.core.line.embed import embed_images
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import EDGE, ThumbnailStore

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
    """Write a large image file that was last modified long ago."""
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), np.uint8)
    Image.fromarray(pixels).save(path, quality=95, **options)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_what_was_put_is_found_also_after_the_end(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite3"
    first = ThumbnailStore(path)
    for number in range(40):
        first.put(file_named(f"사진 {number}.jpg"), jpeg_of(number))
    assert first.find(file_named("사진 39.jpg")) == jpeg_of(39)  # not written yet
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


def test_a_thumbnail_of_older_pixels_is_not_used(thumbnails: ThumbnailStore) -> None:
    file = file_named("a.jpg")
    thumbnails.put(file, jpeg_of(1))
    thumbnails.flush()
    old_crc = zlib.crc32(jpeg_of(1), zlib.crc32(os.fsencode(file.path) + struct.pack("<qq", 300_000, 10**18)))
    with closing(sqlite3.connect(thumbnails.path)) as connection, connection:
        connection.execute("UPDATE pictures SET crc = ?", (old_crc,))

    assert thumbnails.find(file) is None


def test_a_damaged_file_is_renamed_and_replaced(thumbnails: ThumbnailStore) -> None:
    thumbnails.path.parent.mkdir()
    thumbnails.path.write_bytes(b"not a database at all " * 1000)

    assert thumbnails.find(file_named("a.jpg")) is None
    thumbnails.put(file_named("a.jpg"), jpeg_of(1))
    thumbnails.flush()

    assert thumbnails.find(file_named("a.jpg")) == jpeg_of(1)
    (aside,) = thumbnails.path.parent.glob("*.damaged-*")
    assert aside.read_bytes().startswith(b"not a database")


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
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
            assert store.find(file_named("0.jpg")) is not None  # in use all the time
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


# --- killed programs, full disks

_WRITER = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from core_thumbnail_writer import write_thumbnails
write_thumbnails(Path({path!r}), kill_at_statement={kill_at_statement})
"""


def writer_command(path: Path, kill_at_statement: int | None = None) -> list[str]:
    tests = str(Path(__file__).parents[2])
    return [sys.executable, "-c", _WRITER.format(tests=tests, path=str(path), kill_at_statement=kill_at_statement)]


def tables(path: Path) -> list[list[int]]:
    """Let SQLite check the file, and return the ids in both tables."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [
            [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
            for table in ("entries", "pictures")
        ]


def check_transactions(path: Path, said: int) -> None:
    """The store has the newest thumbnails up to those that the writer said, or one transaction more, without gaps."""
    with closing(ThumbnailStore(path, limit_bytes=LIMIT_BYTES)) as store:
        found = {n: jpeg for n in range(said + 3 * GATHERED) if (jpeg := store.find(file_number(n)))}
        store.put(file_number(10**6), jpeg_number(10**6))
        store.flush()
        assert store.find(file_number(10**6)) == jpeg_number(10**6)

    assert all(jpeg == jpeg_number(number) for number, jpeg in found.items())
    first, after = min(found, default=0), max(found, default=-1) + 1
    assert list(found) == list(range(first, after))
    assert after in (said, said + GATHERED)
    assert first == 0 or len(found) > 40
    entries, pictures = tables(path)
    assert entries == pictures
    assert not list(path.parent.glob("*.damaged-*"))


@pytest.mark.parametrize("transactions", [1, 5, 12, 30])
def test_after_a_kill_at_any_moment_every_transaction_is_whole_or_absent(tmp_path: Path, transactions: int) -> None:
    path = tmp_path / "cache" / "t.sqlite3"
    with subprocess.Popen(writer_command(path), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(transactions):
            process.stdout.readline()
        process.kill()
        said = transactions + len(process.stdout.read().split())

    check_transactions(path, said * GATHERED)


@pytest.mark.skipif(sys.platform == "win32", reason="the writer kills itself by a signal")
@pytest.mark.parametrize("kill_at_statement", [1, 2, 26, 29, 30, 58, 290, 310, 325, 1000])
def test_after_a_kill_at_any_statement_every_transaction_is_whole_or_absent(
    tmp_path: Path, kill_at_statement: int
) -> None:
    path = tmp_path / "cache" / "t.sqlite3"
    command = writer_command(path, kill_at_statement)

    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert result.returncode == -signal.SIGKILL
    check_transactions(path, len(result.stdout.split()) * GATHERED)


def test_a_full_disk_stops_writing_but_not_reading(
    thumbnails: ThumbnailStore, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(40):
        thumbnails.put(file_number(number), jpeg_number(number))
    thumbnails.flush()
    connection = thumbnails._file._connected()
    assert connection is not None
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")  # SQLite now reports a full disk

    with caplog.at_level(logging.INFO):
        for number in range(40, 140):
            thumbnails.put(file_number(number), jpeg_number(number))
        thumbnails.flush()

    assert caplog.text.count("Check whether its disk is full") == 1
    assert [thumbnails.find(file_number(n)) for n in range(40)] == [jpeg_number(n) for n in range(40)]
    assert not any(thumbnails.find(file_number(n)) for n in range(40, 140))
    assert not thumbnails._waiting  # nothing piles up in memory

    # Thumbnails are written again after the person has made room.
    thumbnails.clear()
    assert thumbnails.find(file_number(0)) is None
    thumbnails.put(file_number(7), jpeg_number(7))
    thumbnails.close()
    assert thumbnails.find(file_number(7)) == jpeg_number(7)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit for files")
@pytest.mark.parametrize("growth_bytes", [0, 1, 8192, 30_000])
def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path, growth_bytes: int) -> None:
    path = tmp_path / "t.sqlite3"
    with closing(ThumbnailStore(path)) as store:
        for number in range(40):
            store.put(file_number(number), jpeg_number(number))
    script = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pathlib import Path
from core_thumbnail_writer import file_number, jpeg_number
from clipdesk.core.store.thumbnail_store import ThumbnailStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
most = Path({str(path)!r}).stat().st_size + {growth_bytes}
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
store = ThumbnailStore(Path({str(path)!r}))
for number in range(40, 140):
    store.put(file_number(number), jpeg_number(number))
store.flush()
print(sum(store.find(file_number(number)) == jpeg_number(number) for number in range(40)))
print(sum(store.find(file_number(number)) not in (None, jpeg_number(number)) for number in range(40, 140)))
store.close()
"""

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["40", "0"]
    with closing(ThumbnailStore(path)) as store:
        assert [store.find(file_number(n)) for n in range(40)] == [jpeg_number(n) for n in range(40)]
        store.put(file_number(500), jpeg_number(500))
        store.flush()
        assert store.find(file_number(500)) == jpeg_number(500)
    entries, pictures = tables(path)
    assert entries == pictures


# --- from decoded images


def test_a_picture_becomes_a_small_upright_jpeg(thumbnails: ThumbnailStore, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = decode(noise(tmp_path / "a.jpg", exif=exif))

    thumbnails.put_image(file_named("a.jpg"), picture)

    with Image.open(io.BytesIO(thumbnails.find(file_named("a.jpg")) or b"")) as small:
        assert small.size == (128, EDGE)


def test_what_is_too_small_is_left_alone(thumbnails: ThumbnailStore) -> None:
    thumbnails.put_image(file_named("b.jpg"), Image.new("RGB", (EDGE - 1, 100)))
    thumbnails.put_image(file_named("c.jpg", size=1000), Image.new("RGB", (300, 300)))

    assert not any(thumbnails.find(file_named(name)) for name in ("a.png", "b.jpg"))
    assert thumbnails.find(file_named("c.jpg", size=1000)) is None


def test_a_job_keeps_thumbnails_of_what_it_decodes(thumbnails: ThumbnailStore, tmp_path: Path) -> None:
    paths = [noise(tmp_path / f"{number}.jpg", seed=number) for number in range(5)]
    encoder = ColorEncoder(batch_size=2)
    encoder.image_size = (100, 100)
    with closing(EmbeddingStore(tmp_path / "s.sqlite3")) as store:
        batches = embed_images(enumerate(paths), encoder, cancel=threading.Event(), store=store, thumbnails=thumbnails)
        assert all(result.embedding is not None for batch in batches for result in batch)

    assert all(thumbnails.find(ImageFile.of(path, path.stat())) for path in paths)


def test_pictures_of_one_size_and_time_that_exchange_their_names_keep_their_own_thumbnails(
    thumbnails: ThumbnailStore, tmp_path: Path
) -> None:
    paths = [tmp_path / "1.jpg", tmp_path / "2.jpg"]
    for path in paths:
        path.write_bytes(path.name.encode())
        os.utime(path, (LONG_AGO, LONG_AGO))
        thumbnails.put(ImageFile.of(path, path.stat()), jpeg_of(int(path.stem)))
    assert all(thumbnails.find(ImageFile.of(path, path.stat())) for path in paths)

    paths[0].rename(tmp_path / "aside")
    paths[1].rename(paths[0])
    (tmp_path / "aside").rename(paths[1])

    assert [thumbnails.find(ImageFile.of(path, path.stat())) for path in paths] == [None, None]


def test_an_older_file_is_used_and_its_thumbnails_are_made_again(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE entries (id INTEGER PRIMARY KEY, path BLOB UNIQUE, size INTEGER, mtime_ns INTEGER, "
            "used INTEGER); CREATE TABLE pictures (id INTEGER PRIMARY KEY, crc INTEGER, jpeg BLOB);"
            f"INSERT INTO entries VALUES (1, CAST('/pictures/a.jpg' AS BLOB), 300000, {10**18}, 5)"
        )

    with closing(ThumbnailStore(path)) as store:
        assert store.find(file_named("a.jpg")) is None
        store.put(file_named("a.jpg"), jpeg_of(1))
    with closing(ThumbnailStore(path)) as store:
        assert store.find(file_named("a.jpg")) == jpeg_of(1)
    assert not list(tmp_path.glob("*damaged*"))
