"""EmbeddingStore: finds what was stored, whatever happens to its file."""

from __future__ import annotations

import contextlib
import random
import signal
import sqlite3
import struct
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from stored_images import IDENTITY, OTHER, Problems, damage, file, key, put, vectors

from clipdesk.core.encoder import EncoderFacts, EncoderIdentity, ScoreRule, as_stored
from clipdesk.core.labels.scoring import score
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage, StoredText

# --- what was stored is found


def test_pictures_come_back_by_path_size_and_time(store: EmbeddingStore, path: Path) -> None:
    kept = put(store, 3000)
    store.close()

    places, found = EmbeddingStore(path).find_files(IDENTITY, [file(n) for n in range(3001)])

    assert sorted(places.tolist()) == list(range(3000))
    assert np.array_equal(found, kept[places])
    assert found.dtype == np.float32


def test_content_keys_of_unchanged_files_are_found_without_reading_them(store: EmbeddingStore) -> None:
    put(store, 3)
    changed = ImageFile(file(1).path, 999, file(1).mtime_ns)

    found = store.find_contents([file(0), changed, file(2), file(7)])

    assert found == {file(0).path: key(0), file(2).path: key(2)}
    assert store.find_contents([]) == {}


@pytest.mark.parametrize(
    "changed",
    [
        ImageFile(file(1).path, 999, file(1).mtime_ns),
        ImageFile(file(1).path, file(1).size_bytes, 5),
        ImageFile(file(1).path, file(1).size_bytes, file(1).mtime_ns, stamp=7),
        ImageFile(Path("/elsewhere/img1.jpg"), file(1).size_bytes, file(1).mtime_ns),
    ],
)
def test_a_file_that_differs_has_to_be_read(store: EmbeddingStore, changed: ImageFile) -> None:
    put(store, 3)

    places, _ = store.find_files(IDENTITY, [file(0), changed, file(2)])

    assert sorted(places.tolist()) == [0, 2]


def test_a_renamed_picture_is_known_by_its_content(store: EmbeddingStore) -> None:
    kept = put(store, 3)

    found = store.find_content(IDENTITY, key(1))
    assert found is not None and np.array_equal(found, kept[1])
    store.put_images(IDENTITY, [StoredImage(key(1), None, file(1, "/renamed"))])

    places, again = store.find_files(IDENTITY, [file(1, "/renamed")])
    assert places.tolist() == [0]
    assert np.array_equal(again[0], kept[1])


def test_a_changed_picture_takes_the_place_of_the_older_one(store: EmbeddingStore) -> None:
    put(store, 1)
    newer = ImageFile(file(0).path, 5, 5)
    embedding = vectors(1, seed=9)

    store.put_images(IDENTITY, [StoredImage(key(77), embedding[0], newer)])

    assert store.find_files(IDENTITY, [file(0)])[0].size == 0
    assert np.array_equal(store.find_files(IDENTITY, [newer])[1], as_stored(embedding))


def test_texts_are_found_with_the_note_that_they_were_cut(store: EmbeddingStore, path: Path) -> None:
    embeddings = vectors(2)
    store.put_texts(
        IDENTITY, {"a dog": StoredText(embeddings[0], False), "long " * 99: StoredText(embeddings[1], True)}
    )
    store.close()

    found = EmbeddingStore(path).find_texts(IDENTITY, ["a dog", "long " * 99, "a cat"])

    assert found.keys() == {"a dog", "long " * 99}
    assert not found["a dog"].is_cut and found["long " * 99].is_cut
    assert np.array_equal(found["a dog"].embedding, as_stored(embeddings)[0])


def test_an_older_file_loses_its_paths_but_no_embedding(path: Path, problems: Problems) -> None:
    with contextlib.closing(EmbeddingStore(path)) as store:
        kept = put(store, 3)
        store.put_texts(IDENTITY, {"a dog": StoredText(kept[0], is_cut=False)})
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            "DROP TABLE files; PRAGMA user_version = 0; CREATE TABLE pictures "
            "(path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, content BLOB, crc INTEGER) WITHOUT ROWID"
        )

    with contextlib.closing(EmbeddingStore(path, on_problem=problems)) as store:
        assert store.find_files(IDENTITY, [file(n) for n in range(3)])[0].size == 0
        assert [store.find_content(IDENTITY, key(n)).tolist() for n in range(3)] == kept.tolist()  # type: ignore[union-attr]
        assert store.find_texts(IDENTITY, ["a dog"])
        put(store, 3)
        assert len(store.find_files(IDENTITY, [file(n) for n in range(3)])[0]) == 3
    assert not problems
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert not connection.execute("SELECT * FROM sqlite_master WHERE name = 'pictures'").fetchall()


def test_file_names_that_are_not_unicode_are_stored_too(store: EmbeddingStore) -> None:
    odd = ImageFile(Path("/pictures/\udcff\udc80.jpg"), 1, 1)
    store.put_images(IDENTITY, [StoredImage(key(0), vectors(1)[0], odd)])

    assert store.find_files(IDENTITY, [odd])[0].tolist() == [0]


def test_facts_are_remembered_by_fingerprint(store: EmbeddingStore, path: Path) -> None:
    facts = EncoderFacts(IDENTITY, 512, (224, 256), 8, ScoreRule(99.5, -10.25))
    store.put_facts("weights at 5 o'clock", facts)
    store.close()

    again = EmbeddingStore(path)
    assert again.find_facts("weights at 5 o'clock") == facts
    assert again.find_facts("weights at 6 o'clock") is None
    again.forget_facts("weights at 5 o'clock")
    assert again.find_facts("weights at 5 o'clock") is None
    again.close()


def test_scores_from_the_store_are_those_of_a_fresh_run_up_to_half_precision() -> None:
    images, labels = vectors(2000, 1, 512), vectors(20, 2, 512)
    fresh = score(images, labels, ScoreRule(100.0))
    kept = score(as_stored(images), as_stored(labels), ScoreRule(100.0))

    assert np.abs(fresh.cosine - kept.cosine).max() < 1e-4
    assert np.abs(fresh.probability - kept.probability).max() < 5e-3
    assert np.array_equal(as_stored(as_stored(images)), as_stored(images))


def test_embeddings_of_the_first_format_are_found(path: Path) -> None:
    """Rows written by hand as the first version wrote them: what was embedded once is never embedded again."""
    vector, encoder = vectors(1)[0].astype("<f2").tobytes(), bytes.fromhex(IDENTITY.key)
    name, size, mtime_ns = b"/pictures/img0.jpg", 1000, 10**18
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript("""
            CREATE TABLE pictures (
                path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, content BLOB, crc INTEGER
            ) WITHOUT ROWID;
            CREATE TABLE entries (
                id INTEGER PRIMARY KEY, content BLOB, encoder BLOB, used INTEGER, UNIQUE (content, encoder)
            );
            CREATE TABLE vectors (id INTEGER PRIMARY KEY, crc INTEGER, cut INTEGER, vector BLOB);
            CREATE TABLE models (fingerprint TEXT PRIMARY KEY, crc INTEGER, facts BLOB);
        """)
        path_crc = zlib.crc32(name + struct.pack("<qq", size, mtime_ns) + key(0))
        vector_crc = zlib.crc32(encoder + key(0) + b"0" + vector)
        connection.execute("INSERT INTO pictures VALUES (?, ?, ?, ?, ?)", (name, size, mtime_ns, key(0), path_crc))
        connection.execute("INSERT INTO entries VALUES (1, ?, ?, 0)", (key(0), encoder))
        connection.execute("INSERT INTO vectors VALUES (1, ?, 0, ?)", (vector_crc, vector))

    with contextlib.closing(EmbeddingStore(path)) as store:
        positions, _ = store.find_files(IDENTITY, [file(0)])
        found = store.find_content(IDENTITY, key(0))

    assert IDENTITY.key == "693145e07269ef8aafe0c7cd0e5e3475"
    assert positions.tolist() == []  # its paths lack change times: such a file is read once more
    assert found is not None
    assert np.array_equal(found, as_stored(vectors(1))[0])


# --- identities are never mixed

identities = st.builds(
    EncoderIdentity,
    model=st.sampled_from(["m", "n"]),
    checkpoint=st.sampled_from(["a" * 64, "b" * 64, ""]),
    preprocessing=st.sampled_from(["224", "256", "a\0b", ""]),
    server=st.sampled_from(["", "http://localhost:9001", "b\0"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(identities, min_size=2, max_size=6, unique_by=lambda identity: identity.key))
def test_no_encoder_ever_gets_the_vector_of_another(
    tmp_path_factory: pytest.TempPathFactory, those: list[EncoderIdentity]
) -> None:
    with contextlib.closing(EmbeddingStore(tmp_path_factory.mktemp("store") / "s.sqlite3")) as store:
        for seed, identity in enumerate(those[:-1]):
            put(store, 4, identity, seed)
            store.put_texts(identity, {"a dog": StoredText(vectors(1, seed + 50)[0], False)})

        for seed, identity in enumerate(those[:-1]):
            places, found = store.find_files(identity, [file(n) for n in range(4)])
            assert np.array_equal(found, as_stored(vectors(4, seed))[places]) and len(places) == 4
            text = store.find_texts(identity, ["a dog"])["a dog"].embedding
            assert np.array_equal(text, as_stored(vectors(1, seed + 50))[0])
        assert store.find_files(those[-1], [file(n) for n in range(4)])[0].size == 0
        assert store.find_content(those[-1], key(0)) is None
        assert store.find_texts(those[-1], ["a dog"]) == {}


def test_equal_weights_under_another_name_share_their_vectors() -> None:
    assert EncoderIdentity("x", "c", "p").key == EncoderIdentity("y", "c", "p").key
    parts = {EncoderIdentity("m", *p).key for p in (("c", "p", "s"), ("c2", "p", "s"), ("c", "p2", "s"), ("c", "p"))}
    assert len(parts) == 4


# --- damage


def test_five_hundred_corruptions_give_no_wrong_vector(tmp_path: Path) -> None:
    """Flip bits, zero, overwrite, exchange and copy pages, and truncate, anywhere in the file."""
    path = tmp_path / "s.sqlite3"
    with contextlib.closing(EmbeddingStore(path)) as store:
        kept = put(store, 120)
        # All of the same size and time, so that a row found under a wrong path would look right.
        same = [ImageFile(Path(f"/other/img{n}.jpg"), 1000, 10**18) for n in range(60)]
        other = vectors(60, 5)
        store.put_images(OTHER, [StoredImage(key(n), other[n], same[n]) for n in range(60)])
        store.put_texts(IDENTITY, {f"text {n}": StoredText(kept[n], n % 2 == 0) for n in range(50)})
    sound, images = path.read_bytes(), [file(n) for n in range(120)]
    chance = random.Random(1)
    wrong, missed, broken = 0, 0, 0

    for _ in range(500):
        damaged = damage(bytearray(sound), chance)
        path.write_bytes(damaged)
        problems = Problems()
        with contextlib.closing(EmbeddingStore(path, on_problem=problems)) as store:
            for identity, files, truth in ((OTHER, same, as_stored(other)), (IDENTITY, images, kept)):
                if problems:
                    break  # the file was renamed, and an empty one holds nothing wrong
                places, found = store.find_files(identity, files)
                wrong += int((found != truth[places]).any(axis=1).sum()) if len(places) else 0
                missed += len(files) - len(places)
            texts = [] if problems else [f"text {n}" for n in range(50)]
            for text, value in store.find_texts(IDENTITY, texts).items():
                number = int(text.split()[1])
                wrong += not np.array_equal(value.embedding, kept[number]) or value.is_cut != (number % 2 == 0)
        broken += bool(problems)
        for left in tmp_path.iterdir():
            left.unlink()

    assert wrong == 0
    assert missed > 1000 and broken > 50  # so the damage was real


def test_a_damaged_row_counts_as_absent_and_can_be_stored_again(
    store: EmbeddingStore, path: Path, problems: Problems
) -> None:
    kept = put(store, 3)
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(128) WHERE id = 2")

    places, _ = store.find_files(IDENTITY, [file(n) for n in range(3)])
    assert sorted(places.tolist()) == [0, 2]
    assert store.find_content(IDENTITY, key(1)) is None
    put(store, 3)

    places, found = store.find_files(IDENTITY, [file(n) for n in range(3)])
    assert np.array_equal(found, kept[places]) and len(places) == 3
    assert not problems


@pytest.mark.parametrize(("written", "over", "leaf"), [("vectors", "entries", 0), ("entries", "vectors", 4)])
def test_a_file_that_opens_but_cannot_keep_some_rows_is_rebuilt(
    store: EmbeddingStore, path: Path, problems: Problems, written: str, over: str, leaf: int
) -> None:
    """Rows that overwrote each other were computed again in every other session."""
    kept = put(store, 200)
    store.put_texts(IDENTITY, {f"text {n}": StoredText(kept[n], is_cut=False) for n in range(50)})
    store.close()
    overwrite_leaf(path, written, over, leaf)

    misses = [store_what_is_missing(store, kept) for _ in range(8)]  # each is a session

    assert sum(misses) > 0
    assert misses[3:] == [0] * 5
    assert len(problems) == 1


def store_what_is_missing(store: EmbeddingStore, kept: NDArray[np.float32]) -> int:
    """Store what is not found, as a job does. Return how many embeddings that were."""
    places, found = store.find_files(IDENTITY, [file(n) for n in range(200)])
    assert not len(places) or np.array_equal(found, kept[places])
    new = sorted(set(range(200)) - set(places.tolist()))
    for start in range(0, len(new), 16):
        store.put_images(IDENTITY, [StoredImage(key(n), kept[n], file(n)) for n in new[start : start + 16]])
    texts = {f"text {n}": StoredText(kept[n], is_cut=False) for n in range(50)}
    stored = store.find_texts(IDENTITY, texts)
    new_texts = {text: value for text, value in texts.items() if text not in stored}
    store.put_texts(IDENTITY, new_texts)
    store.close()
    return len(new) + len(new_texts)


def overwrite_leaf(path: Path, written: str, over: str, leaf: int) -> None:
    """Write a table's root page over a leaf of another (https://www.sqlite.org/fileformat2.html#b_tree_pages)."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        root = {
            table: connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
            for table in (written, over)
        }
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    top, source = size * (root[over] - 1), size * (root[written] - 1)
    assert content[top] == content[source] == 5  # inner pages, whose cells begin with the number of a page below
    (count,) = struct.unpack_from(">H", content, top + 3)
    pointers = [top + cell for cell in struct.unpack_from(f">{count}H", content, top + 12)] + [top + 8]
    target = size * (struct.unpack_from(">I", content, pointers[leaf])[0] - 1)
    content[target : target + size] = content[source : source + size]
    path.write_bytes(content)


def test_facts_that_were_damaged_are_forgotten(store: EmbeddingStore, path: Path) -> None:
    store.put_facts("f", EncoderFacts(IDENTITY, 512, (224, 224), 8, ScoreRule(100.0)))
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE models SET facts = replace(facts, '512', '768')")

    assert store.find_facts("f") is None


@pytest.mark.parametrize("content", [b"not a database, but a text", b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_file_is_renamed_and_reported(
    store: EmbeddingStore, path: Path, problems: Problems, content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    path.with_name(f"{path.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\1" * 600)

    assert store.find_content(IDENTITY, key(0)) is None
    kept = put(store, 2)

    assert len(problems) == 1
    (aside,) = path.parent.glob("*damaged*")
    assert str(aside) in problems[0]
    assert aside.read_bytes() == content
    assert np.array_equal(store.find_files(IDENTITY, [file(0), file(1)])[1], kept)


def test_a_file_damaged_while_it_is_open_is_renamed(store: EmbeddingStore, path: Path, problems: Problems) -> None:
    put(store, 300)
    with path.open("r+b") as stream:
        stream.write(b"\xff" * 40_000)

    store.find_files(IDENTITY, [file(n) for n in range(300)])
    kept = put(store, 3)

    assert len(problems) == 1
    places, found = store.find_files(IDENTITY, [file(n) for n in range(3)])
    assert np.array_equal(found, kept[places]) and len(places) == 3


def test_a_folder_that_cannot_be_written_is_reported_once_and_nothing_is_stored(tmp_path: Path) -> None:
    problems = Problems()
    (tmp_path / "a file").write_text("in the way")
    store = EmbeddingStore(tmp_path / "a file" / "s.sqlite3", on_problem=problems)

    put(store, 2)
    put(store, 2)

    assert store.find_content(IDENTITY, key(0)) is None
    assert len(problems) == 1
    assert "Scores are not saved in this session" in problems[0]
    store.clear()
    store.close()


def test_a_full_disk_stops_writing_but_not_reading(store: EmbeddingStore, path: Path, problems: Problems) -> None:
    kept = put(store, 300)
    connection = store._file._connected()
    assert connection is not None
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")  # SQLite now reports a full disk

    store.put_images(IDENTITY, [StoredImage(key(n), vectors(1)[0], file(n)) for n in range(300, 900)])
    store.put_images(IDENTITY, [StoredImage(key(n), vectors(1)[0], file(n)) for n in range(900, 1500)])

    assert len(problems) == 1 and "disk is full" in problems[0]
    places, found = store.find_files(IDENTITY, [file(n) for n in range(900)])
    assert np.array_equal(found, kept[places]) and len(places) == 300


@pytest.mark.parametrize("make_room", ["clear", "set_limit"])
def test_after_room_was_made_on_a_full_disk_new_rows_are_stored_again(
    store: EmbeddingStore, path: Path, problems: Problems, make_room: str
) -> None:
    put(store, 900)
    connection = store._file._connected()
    assert connection is not None
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    new = [StoredImage(key(n), vectors(1)[0], file(n)) for n in range(900, 1800)]
    store.put_images(IDENTITY, new)
    assert len(problems) == 1

    if make_room == "clear":
        store.clear()
    else:
        store.set_limit(100_000)

    assert path.stat().st_size < 150_000
    store.put_images(IDENTITY, new[:10])
    places, _ = store.find_files(IDENTITY, [file(n) for n in range(900, 1800)])
    assert places.tolist() == list(range(10))
    assert len(problems) == 1


# --- two programs at once, and killed programs


def test_two_stores_share_the_file(path: Path) -> None:
    problems = Problems()
    stores = [EmbeddingStore(path, on_problem=problems) for _ in range(2)]
    truth = as_stored(vectors(200))

    def work(store: EmbeddingStore, first: int) -> None:
        for n in range(first, 200, 2):
            store.put_images(IDENTITY, [StoredImage(key(n), truth[n], file(n))])
            store.find_files(IDENTITY, [file(n) for n in range(0, n + 1, 7)])

    threads = [threading.Thread(target=work, args=(store, first)) for first, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for store in stores:
        places, found = store.find_files(IDENTITY, [file(n) for n in range(200)])
        assert len(places) == 200
        assert np.array_equal(found, truth[places])
        store.close()
    assert not problems


_WRITER = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from core_store_writer import write_batches
write_batches(Path({path!r}), {batch}, kill_at_statement={kill_at_statement})
"""


def check_batches(path: Path, said: int, batch: int) -> None:
    """The store has every batch of which the writer said that it is stored, and at most the next one besides."""
    problems = Problems()
    with contextlib.closing(EmbeddingStore(path, on_problem=problems)) as store:
        positions, found = store.find_files(IDENTITY, [file(n) for n in range((said + 2) * batch)])

    assert not problems
    assert len(positions) in (said * batch, (said + 1) * batch)
    assert as_stored(vectors(len(positions), 0))[positions].tolist() == found.tolist()


def writer_command(path: Path, batch: int, kill_at_statement: int | None = None) -> list[str]:
    tests = str(Path(__file__).parents[2])
    program = _WRITER.format(tests=tests, path=str(path), batch=batch, kill_at_statement=kill_at_statement)
    return [sys.executable, "-c", program]


@pytest.mark.parametrize("batches", [1, 2, 5, 12])
def test_after_a_kill_at_any_moment_every_batch_is_whole_or_absent(path: Path, batches: int) -> None:
    with subprocess.Popen(writer_command(path, 16), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(batches):
            process.stdout.readline()
        process.kill()
        said = batches + len(process.stdout.read().split())

    check_batches(path, said, 16)


@pytest.mark.skipif(sys.platform == "win32", reason="the writer kills itself by a signal")
@pytest.mark.parametrize("kill_at_statement", [1, 2, 40, 66, 69, 70, 110, 138, 500])
def test_after_a_kill_at_any_statement_every_batch_is_whole_or_absent(path: Path, kill_at_statement: int) -> None:
    command = writer_command(path, 16, kill_at_statement)
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert result.returncode == -signal.SIGKILL
    check_batches(path, len(result.stdout.split()), 16)


# --- the limit


def test_the_least_recently_used_leave_when_the_limit_is_reached(path: Path) -> None:
    now = 1_000_000.0
    store = EmbeddingStore(path, limit_bytes=250_000, clock=lambda: now)
    for start in range(0, 800, 100):
        now += 3601
        embeddings = vectors(100, start)
        numbers = range(start, start + 100)
        pictures = [StoredImage(key(n), embeddings[n - start], file(n)) for n in numbers]
        store.put_images(IDENTITY, pictures)
        # The first hundred are in use all the time.
        now += 3601
        assert len(store.find_files(IDENTITY, [file(n) for n in range(100)])[0]) == 100

    places, _ = store.find_files(IDENTITY, [file(n) for n in range(800)])

    assert store.size_bytes <= 250_000 * 1.2  # about
    assert set(range(100)) <= set(places.tolist())
    assert set(range(700, 800)) <= set(places.tolist())
    assert not set(range(100, 300)) & set(places.tolist())
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (paths,) = connection.execute("SELECT count(*) FROM files").fetchone()
        (entries,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    assert paths == entries > 250
    store.close()


def test_a_lower_limit_shrinks_the_file(store: EmbeddingStore) -> None:
    put(store, 2000)
    assert store.size_bytes > 400_000

    store.set_limit(200_000)

    assert store.size_bytes <= 200_000
    assert 0 < len(store.find_files(IDENTITY, [file(n) for n in range(2000)])[0]) < 2000


def test_clearing_deletes_everything_and_shrinks_the_file(store: EmbeddingStore, path: Path) -> None:
    put(store, 2000)
    store.put_facts("f", EncoderFacts(IDENTITY, 512, (224, 224), 8, ScoreRule(100.0)))
    other = EmbeddingStore(path)
    assert other.find_facts("f") is not None

    store.clear()

    assert store.size_bytes < 100_000
    assert other.find_content(IDENTITY, key(0)) is None
    assert other.find_facts("f") is None
    other.close()
    assert len(put(store, 3)) == 3


# --- moving the file


def test_moving_takes_everything_along(store: EmbeddingStore, path: Path, tmp_path: Path) -> None:
    kept = put(store, 300)
    new = tmp_path / "other disk" / "e.sqlite3"

    assert store.move(new)

    assert store.path == new and not path.exists()
    places, found = store.find_files(IDENTITY, [file(n) for n in range(300)])
    assert np.array_equal(found, kept[places]) and len(places) == 300


def test_moving_where_nothing_can_be_written_changes_nothing(
    store: EmbeddingStore, path: Path, tmp_path: Path, problems: Problems
) -> None:
    put(store, 3)
    (tmp_path / "a file").write_text("in the way")

    assert not store.move(tmp_path / "a file" / "e.sqlite3")

    assert store.path == path
    assert len(problems) == 1 and "Choose another folder" in problems[0]
    assert len(store.find_files(IDENTITY, [file(n) for n in range(3)])[0]) == 3


def test_moving_to_a_file_that_is_there_uses_it_and_leaves_the_old_one(
    store: EmbeddingStore, path: Path, tmp_path: Path
) -> None:
    put(store, 3)
    new = tmp_path / "there" / "e.sqlite3"
    with contextlib.closing(EmbeddingStore(new)) as there:
        put(there, 5)

    assert store.move(new)

    assert path.exists()
    assert len(store.find_files(IDENTITY, [file(n) for n in range(5)])[0]) == 5
