"""Listings of folders: they lead to the right vectors at once, or they are not believed."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from stored_images import IDENTITY, OTHER, Problems, damage, file, key, put, vectors

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.encoder import EncoderIdentity, as_stored
from clipdesk.core.line.recall import recall_images
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage
from clipdesk.core.store.file_columns import columns_of
from clipdesk.core.store.listing_rows import Listing, listed_row, listing_from_row
from clipdesk.core.store.listings import ListedVectors

COUNT = 60
EVERYTHING = list(range(COUNT))


def files(count: int = COUNT) -> list[ImageFile]:
    return [file(n) for n in range(count)]


def make_listings(
    store: EmbeddingStore, images: Sequence[ImageFile], identity: EncoderIdentity = IDENTITY, first: int = 0
) -> None:
    """List these images, as a job does with those that it did not find by a listing."""
    for _ in store.listings.add(identity, columns_of(images), np.arange(len(images)) >= first):
        pass


def put_listed(store: EmbeddingStore, count: int = COUNT) -> NDArray[np.float32]:
    """Store images and their listing. Return the embeddings."""
    kept = put(store, count)
    make_listings(store, files(count))
    return kept


def listed(
    store: EmbeddingStore, images: Sequence[ImageFile], identity: EncoderIdentity = IDENTITY
) -> dict[int, list[float]]:
    """Return the embeddings that are found by listings, by the places of the images."""
    return _vectors(store.listings.recall(identity, columns_of(images), threading.Event()))


def recalled(store: EmbeddingStore, images: Sequence[ImageFile]) -> dict[int, list[float]]:
    """Return the embeddings that are found in any way."""
    return _vectors(recall_images(images, IDENTITY, store, threading.Event()))


def _vectors(parts: Iterable[ListedVectors | RecalledImages]) -> dict[int, list[float]]:
    return {row: one.tolist() for part in parts for row, one in zip(part.rows.tolist(), part.embeddings, strict=True)}


def by_row(embeddings: NDArray[np.float32]) -> dict[int, list[float]]:
    return dict(enumerate(embeddings.tolist()))


def rows_in(path: Path, table: str) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


# --- what is listed is found


def test_a_listed_folder_is_found_with_its_contents_in_any_order(store: EmbeddingStore, path: Path) -> None:
    kept = put_listed(store)
    store.close()
    order = random.Random(3).sample(EVERYTHING, COUNT)
    images = ImageList(file(n) for n in order)

    (found,) = EmbeddingStore(path).listings.recall(IDENTITY, images.columns(), threading.Event())

    assert sorted(found.rows.tolist()) == EVERYTHING
    numbers = [order[row] for row in found.rows.tolist()]
    assert np.array_equal(found.embeddings, kept[numbers])
    assert found.contents == [key(n) for n in numbers]
    assert found.embeddings.dtype == np.float32


def test_many_folders_and_more_files_than_are_read_at_once_are_found(
    store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipdesk.core.store.listings._PART", 50)
    embeddings = vectors(220)
    images = [file(n, f"/pictures/{n % 3 if n < 100 else 'large'}") for n in range(220)]
    stored = [StoredImage(key(n), embeddings[n], image) for n, image in enumerate(images)]
    store.put_images(IDENTITY, stored)

    make_listings(store, images)

    assert listed(store, images) == by_row(as_stored(embeddings))


def test_a_folder_of_the_other_encoder_is_not_listed(store: EmbeddingStore) -> None:
    put_listed(store)
    kept = put(store, COUNT, OTHER, seed=5)

    assert listed(store, files(), OTHER) == {}
    make_listings(store, files(), OTHER)

    assert listed(store, files(), OTHER) == by_row(kept)


@pytest.mark.parametrize(
    "changed",
    [
        replace(file(7), size_bytes=5),
        replace(file(7), mtime_ns=5),
        replace(file(7), stamp=5),
        replace(file(7), path=Path("/pictures/renamed.jpg")),
        replace(file(7), path=Path("/elsewhere/img7.jpg")),
    ],
)
def test_a_file_that_differs_is_not_found_beside_those_that_do_not(store: EmbeddingStore, changed: ImageFile) -> None:
    kept = put_listed(store)
    images = files()
    images[7] = changed

    assert listed(store, images) == {n: vector for n, vector in by_row(kept).items() if n != 7}


def test_a_file_that_is_not_listed_is_not_taken_for_one_in_the_same_state(store: EmbeddingStore) -> None:
    kept = put_listed(store)
    last = files()[-1]

    found = listed(store, [*files(), replace(last, path=last.path.with_name("other.jpg"))])

    assert found == by_row(kept)


def test_copies_of_an_image_are_all_found(store: EmbeddingStore) -> None:
    kept = put(store, COUNT)
    copies = [ImageFile(Path(f"/pictures/copy{n}.jpg"), 5, 5) for n in range(20)]
    store.put_images(IDENTITY, [StoredImage(key(3), None, copy) for copy in copies])
    images = [*files(), *copies]

    make_listings(store, images)

    assert listed(store, images) == by_row(np.concatenate((kept, np.repeat(kept[3:4], 20, axis=0))))


def test_odd_names_are_listed_too(store: EmbeddingStore) -> None:
    images = [ImageFile(Path(f"/bild\udcff er/\udcff\udc80 한 {n}\n.jpg"), 1, 1) for n in range(20)]
    embeddings = vectors(20)
    store.put_images(IDENTITY, [StoredImage(key(n), embeddings[n], image) for n, image in enumerate(images)])

    make_listings(store, images)

    assert listed(store, images) == by_row(as_stored(embeddings))


def test_a_list_of_the_desk_and_single_files_have_the_same_columns() -> None:
    images = [file(n, f"/pictures/{n % 3}") for n in range(10)] + [ImageFile(Path("/top.jpg"), 1, 2, -3)]

    desk, single = ImageList(images).columns(), columns_of(images)

    assert columns_of(ImageList(images)).names == desk.names
    assert desk.paths() == single.paths() == [os.fsencode(image.path) for image in images]
    assert desk.states.tolist() == single.states.tolist()
    assert desk.take(np.array([10, 2])).paths() == [b"/top.jpg", os.fsencode(images[2].path)]
    assert [(folder, rows.tolist()) for folder, rows in desk.by_folder()] == [
        ("/pictures/0/", [0, 3, 6, 9]),
        ("/pictures/1/", [1, 4, 7]),
        ("/pictures/2/", [2, 5, 8]),
        ("/", [10]),
    ]
    assert list(columns_of([]).by_folder()) == []


def test_recalling_ends_when_it_is_cancelled(store: EmbeddingStore) -> None:
    put_listed(store)
    cancel = threading.Event()
    cancel.set()

    assert list(store.listings.recall(IDENTITY, columns_of(files()), cancel)) == []


# --- when a listing is written


def test_what_is_not_listed_is_found_one_by_one(store: EmbeddingStore) -> None:
    kept = put(store, COUNT)

    assert listed(store, files()) == {}
    assert recalled(store, files()) == by_row(kept)


def test_a_few_new_files_do_not_rewrite_a_listing_but_many_do(store: EmbeddingStore) -> None:
    put_listed(store, 400)
    kept = put(store, 500)

    make_listings(store, files(418), first=400)
    assert sorted(listed(store, files(500))) == list(range(400))
    make_listings(store, files(500), first=400)

    assert listed(store, files(500)) == by_row(kept)


def test_the_listing_of_a_folder_stays_when_a_part_of_it_is_opened(store: EmbeddingStore) -> None:
    kept = put(store, 100)
    make_listings(store, files(60))

    make_listings(store, files(100)[60:] + files(40), first=0)

    assert listed(store, files(100)) == by_row(kept)


def test_files_that_are_gone_leave_the_listing_when_it_is_written_again(store: EmbeddingStore, path: Path) -> None:
    put_listed(store, 100)
    put(store, 140)

    make_listings(store, files(140)[90:], first=10)

    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count FROM listed").fetchall() == [(50,)]


def test_a_file_that_has_changed_since_it_was_stored_is_not_listed(store: EmbeddingStore) -> None:
    kept = put(store, COUNT)
    images = files()
    images[7] = replace(images[7], stamp=5)

    make_listings(store, images)

    assert listed(store, images) == {n: vector for n, vector in by_row(kept).items() if n != 7}


def test_a_file_that_was_not_stored_is_not_listed(store: EmbeddingStore) -> None:
    kept = put(store, COUNT)

    make_listings(store, files(COUNT + 30))

    assert listed(store, files(COUNT + 30)) == by_row(kept)


# --- damage


def test_no_flipped_bit_of_a_listing_is_believed() -> None:
    listing = Listing(
        ["a.jpg", "b.jpg"], np.array([[1, 2, 3], [4, 5, 6]]), np.array([key(0), key(1)], "V20"), np.array([8, 9])
    )
    encoder, folder = bytes(16), b"/pictures/"
    _, crc, count, packed = listed_row(1, encoder, folder, listing)
    sound = listing_from_row(encoder, folder, crc, count, packed)
    assert sound is not None and sound.names == ["a.jpg", "b.jpg"] and sound.entries.tolist() == [8, 9]

    for bit in range(8 * len(packed)):
        damaged = bytearray(packed)
        damaged[bit // 8] ^= 1 << bit % 8
        assert listing_from_row(encoder, folder, crc, count, bytes(damaged)) is None
    for other in ((encoder, folder, crc, 3), (encoder, b"/other/", crc, 2), (OTHER.key.encode(), folder, crc, 2)):
        assert listing_from_row(*other, packed) is None
    for wrong in (None, "text", 5, b"", packed[:-1], packed + b"\0"):
        assert listing_from_row(encoder, folder, crc, count, wrong) is None
    assert listing_from_row(encoder, folder, crc, "2", packed) is None


def test_no_flipped_byte_of_a_vector_or_of_its_checksum_is_believed(store: EmbeddingStore, path: Path) -> None:
    kept = put_listed(store, 16)
    store.close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        crc, vector = connection.execute("SELECT crc, vector FROM vectors WHERE id = 5").fetchone()
        for at in range(len(vector) + 4):
            damaged = bytearray(crc.to_bytes(4, "big") + vector)
            damaged[at] ^= 1 << at % 8
            row = int.from_bytes(damaged[:4], "big"), damaged[4:]
            connection.execute("UPDATE vectors SET crc = ?, vector = ? WHERE id = 5", row)
            assert listed(store, files(16)) == {n: value for n, value in by_row(kept).items() if n != 4}


@pytest.mark.parametrize("value", ["NULL", "5", "'text'", "zeroblob(64)", "x''", "CAST(vector AS TEXT)"])
def test_a_damaged_value_spoils_no_other(store: EmbeddingStore, path: Path, value: str) -> None:
    kept = put_listed(store)
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE vectors SET vector = {value} WHERE id = 2")

    assert listed(store, files()) == {n: vector for n, vector in by_row(kept).items() if n != 1}


def test_a_damaged_listing_counts_as_absent_and_is_written_again(
    store: EmbeddingStore, path: Path, problems: Problems
) -> None:
    kept = put_listed(store)
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE listed SET files = zeroblob(length(files))")

    assert listed(store, files()) == {}
    assert store._file._is_checked  # as after any damaged row
    assert recalled(store, files()) == by_row(kept)
    make_listings(store, files())

    assert listed(store, files()) == by_row(kept)
    assert not problems


def test_a_hundred_and_fifty_corruptions_give_no_wrong_vector(tmp_path: Path) -> None:
    """Flip bits, zero, overwrite, exchange and copy pages, and truncate, anywhere in a file with listings."""
    path = tmp_path / "s.sqlite3"
    same = [ImageFile(Path(f"/other/img{n}.jpg"), 1000, 10**18) for n in range(COUNT)]
    with contextlib.closing(EmbeddingStore(path)) as store:
        kept = put_listed(store)
        other = vectors(COUNT, 5)
        store.put_images(OTHER, [StoredImage(key(n), other[n], same[n]) for n in range(COUNT)])
        make_listings(store, same, OTHER)
    sound, chance = path.read_bytes(), random.Random(1)
    wrong, by_listing, missed = 0, 0, 0

    for _ in range(150):
        path.write_bytes(damage(bytearray(sound), chance))
        with contextlib.closing(EmbeddingStore(path, on_problem=Problems())) as store:
            for identity, images, truth in ((OTHER, same, as_stored(other)), (IDENTITY, files(), kept)):
                for part in recall_images(images, identity, store, threading.Event()):
                    wrong += int((part.embeddings != truth[part.rows]).any(axis=1).sum())
                    wrong += [part.contents[at] != key(row) for at, row in enumerate(part.rows.tolist())].count(True)
                    by_listing += part.is_listed * len(part.rows)
                    missed -= len(part.rows)
                missed += COUNT
        for left in tmp_path.iterdir():
            left.unlink()

    assert wrong == 0
    assert by_listing > 2500 and missed > 500  # so listings were in use, and the damage was real


# --- what is out of date


def test_an_entry_that_holds_another_content_by_now_is_not_believed(
    store: EmbeddingStore, path: Path, problems: Problems
) -> None:
    """Older programs delete entries and leave listings. SQLite gives the ids to the next entries."""
    kept = put_listed(store)
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for table in ("vectors", "entries"):
            connection.execute(f"DELETE FROM {table} WHERE id > 10")
    embeddings = vectors(COUNT, 8)
    later = [ImageFile(Path(f"/pictures/later{n}.jpg"), 1, 1) for n in range(COUNT)]
    store.put_images(IDENTITY, [StoredImage(key(1000 + n), embeddings[n], later[n]) for n in range(COUNT)])

    assert sorted(listed(store, files())) == list(range(10))
    assert sorted(recalled(store, files())) == list(range(10))
    assert recalled(store, later) == by_row(as_stored(embeddings))
    # Old and new files now lead to the same entries. Those that are not believed are found one by one.
    make_listings(store, [*files(), *later], first=COUNT)
    truth = np.concatenate((kept, as_stored(embeddings)))
    for images, numbers in (
        ([*files(), *later], range(2 * COUNT)),
        ([*later, *files()], [*range(60, 120), *range(60)]),
    ):
        found = listed(store, images)
        assert found == {row: truth[numbers[row]].tolist() for row in found}
        assert len(found) >= 20
    assert not problems


def test_a_file_of_the_version_before_is_taken_over_and_listed(path: Path, problems: Problems) -> None:
    with contextlib.closing(EmbeddingStore(path)) as store:
        kept = put(store, COUNT)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE listings; DROP TABLE listed; PRAGMA user_version = 2")

    with contextlib.closing(EmbeddingStore(path, on_problem=problems)) as store:
        assert recalled(store, files()) == by_row(kept)
        make_listings(store, files())
        assert listed(store, files()) == by_row(kept)
    assert not problems


# --- the limit, and what is cleared


def test_a_folder_that_is_only_found_by_its_listing_is_not_the_least_recently_used(path: Path) -> None:
    now = 1_000_000.0
    with contextlib.closing(EmbeddingStore(path, limit_bytes=400_000, clock=lambda: now)) as store:
        folders = [[file(n, f"/{start}") for n in range(start, start + 100)] for start in range(0, 1200, 100)]
        for images in folders:
            now += 3601
            embeddings = vectors(100, int(images[0].path.parent.name))
            stored = [
                StoredImage(key(int(image.path.stem[3:])), embeddings[at], image) for at, image in enumerate(images)
            ]
            store.put_images(IDENTITY, stored)
            make_listings(store, images)
            now += 3601
            assert len(listed(store, folders[0])) == 100

        found = [len(recalled_once(store, images)) for images in folders]

    assert found[0] == found[-1] == 100
    assert found[1:4] == [0, 0, 0]
    # The listings of folders without an entry are gone.
    with contextlib.closing(sqlite3.connect(path)) as connection:
        known = {folder for (folder,) in connection.execute("SELECT folder FROM listings")}
        (lost,) = connection.execute("SELECT count(*) FROM listed WHERE id NOT IN (SELECT id FROM listings)").fetchone()
    assert {b"/0/", b"/1100/"} <= known and not known & {b"/100/", b"/200/", b"/300/"}
    assert lost == 0


def recalled_once(store: EmbeddingStore, images: Sequence[ImageFile]) -> NDArray[np.intp]:
    return store.find_files(IDENTITY, images)[0]


@pytest.mark.parametrize("delete", [lambda store: store.clear(), lambda store: store.forget_encoder(IDENTITY)])
def test_no_listing_remains_of_what_was_deleted(
    store: EmbeddingStore, path: Path, delete: Callable[[EmbeddingStore], None]
) -> None:
    put_listed(store)

    delete(store)

    assert rows_in(path, "listings") == rows_in(path, "listed") == 0
    assert b"img7.jpg" not in path.read_bytes() or rows_in(path, "files")
    assert listed(store, files()) == {}


def test_a_listing_moves_with_the_file(store: EmbeddingStore, tmp_path: Path) -> None:
    kept = put_listed(store)

    assert store.move(tmp_path / "other" / "s.sqlite3")

    assert listed(store, files()) == by_row(kept)


# --- faults


def test_on_a_full_disk_nothing_is_listed_and_everything_is_found(store: EmbeddingStore, problems: Problems) -> None:
    kept = put(store, 2000)
    connection = store._file._connected()
    assert connection is not None
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite now reports a full disk

    make_listings(store, files(2000))

    assert len(problems) == 1 and "disk is full" in problems[0]
    assert listed(store, files(2000)) == {}
    assert recalled(store, files(2000)) == by_row(kept)


def test_a_file_that_vanishes_while_it_is_open_costs_no_wrong_vector(
    store: EmbeddingStore, path: Path, tmp_path: Path
) -> None:
    kept = put_listed(store)
    path.rename(tmp_path / "away")

    found = recalled(store, files())

    assert found in ({}, by_row(kept))
    make_listings(store, files())


def test_two_stores_list_and_recall_the_same_folder_at_once(path: Path) -> None:
    problems = Problems()
    stores = [EmbeddingStore(path, on_problem=problems) for _ in range(2)]
    truth = put(stores[0], 400)
    wrong: list[int] = []

    def work(store: EmbeddingStore) -> None:
        for count in range(40, 401, 40):
            make_listings(store, files(count))
            wrong.extend(n for n, vector in listed(store, files(400)).items() if vector != truth[n].tolist())

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    for store in stores:
        assert listed(store, files(400)) == by_row(truth)
        store.close()
    assert not problems


_WRITER = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from core_store_writer import write_listings
write_listings(Path({path!r}), kill_at_statement={kill_at_statement})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the writer kills itself by a signal")
@pytest.mark.parametrize("kill_at_statement", [1, 2, 4, 6, 7, 8, 12])
def test_after_a_kill_at_any_statement_a_listing_is_whole_or_as_it_was(path: Path, kill_at_statement: int) -> None:
    tests = str(Path(__file__).parents[2])
    program = _WRITER.format(tests=tests, path=str(path), kill_at_statement=kill_at_statement)
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=False)

    assert result.returncode == -signal.SIGKILL
    problems = Problems()
    with contextlib.closing(EmbeddingStore(path, on_problem=problems)) as store:
        found = listed(store, files(48))
        assert len(found) in (0, 24, 48)
        assert recalled(store, files(48)) == by_row(as_stored(vectors(48)))
        assert found == {n: as_stored(vectors(48))[n].tolist() for n in found}
    assert not problems
