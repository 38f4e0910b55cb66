from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.errors import EncoderError, ImageError
from clipdesk.core.line.pipeline import EmbeddedImage, embed_images, embed_references, recall_images
from clipdesk.core.pictures.scan import ImageFile, find_images
from clipdesk.core.store.embedding_store import EmbeddingStore


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Twenty pictures, each with a colour of its own; the seventh is not a picture."""
    paths = []
    for number in range(20):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (8, 8), (number * 10, 255 - number * 10, 40)).save(path)
        paths.append(path)
    paths[7].write_text("not a picture")
    return paths


def run(
    paths: list[Path], encoder: ColorEncoder, cancel: threading.Event | None = None, **options: int
) -> Iterator[list[EmbeddedImage]]:
    return embed_images(enumerate(paths), encoder, cancel=cancel or threading.Event(), **options)


def test_results_come_in_order_each_with_its_own_vector(pictures: list[Path]) -> None:
    encoder = ColorEncoder()

    results = [result for batch in run(pictures, encoder) for result in batch]

    assert [result.row for result in results] == list(range(20))
    assert [result.path for result in results] == pictures
    for number, result in enumerate(results):
        if number != 7:
            expected = np.array([number * 10, 255 - number * 10, 40], np.float32)
            assert result.embedding == pytest.approx(expected / np.linalg.norm(expected), abs=2.5e-4)  # kept in float16


def test_a_picture_that_cannot_be_read_is_a_result_with_an_error(pictures: list[Path]) -> None:
    results = [result for batch in run(pictures, ColorEncoder()) for result in batch]

    assert results[7].embedding is None
    assert results[7].error
    assert sum(result.embedding is None for result in results) == 1


def test_the_first_answer_comes_soon_then_batches_are_full(
    pictures: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipdesk.core.line.pipeline._QUICK_BATCH_S", np.inf)

    sizes = [len(batch) for batch in run(pictures, ColorEncoder(batch_size=8))]

    assert sizes == [1, 2, 4, 8, 5]


def test_batches_grow_only_while_they_are_quick(pictures: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    class SlowEncoder(ColorEncoder):
        """Takes 20 ms for a picture."""

        def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
            time.sleep(0.02 * len(images))
            return super().encode_images(images)

    monkeypatch.setattr("clipdesk.core.line.pipeline._QUICK_BATCH_S", 0.05)

    sizes = [len(batch) for batch in run(pictures, SlowEncoder(batch_size=16))]

    assert max(sizes) <= 4


def test_cancel_ends_within_one_batch(pictures: list[Path]) -> None:
    cancel = threading.Event()
    encoder = ColorEncoder()
    seen = 0

    for batch in run(pictures, encoder, cancel):
        seen += len(batch)
        cancel.set()

    assert seen == 1
    assert encoder.batches == [1]


def test_no_more_than_two_batches_wait_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    Image.new("RGB", (8, 8)).save(path)
    taken = 0

    def source() -> Iterator[tuple[int, Path]]:
        nonlocal taken
        for row in range(1000):
            taken += 1
            yield row, path

    generator = embed_images(source(), ColorEncoder(batch_size=4), cancel=threading.Event(), workers=2)
    finished = sum(len(next(generator)) for _ in range(10))
    ahead = taken - finished
    generator.close()

    assert 0 <= ahead <= 8


def test_a_broken_encoder_ends_the_generator_and_its_threads(pictures: list[Path]) -> None:
    encoder = ColorEncoder()
    encoder.fails_after = 2

    with pytest.raises(EncoderError, match="went away"):
        list(run(pictures, encoder))

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_leaving_early_ends_the_threads(pictures: list[Path]) -> None:
    generator = run(pictures, ColorEncoder())
    next(generator)
    generator.close()

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(run([], ColorEncoder())) == []


def test_a_batch_of_unreadable_pictures_does_not_reach_the_encoder(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"")
    encoder = ColorEncoder()

    results = [result for batch in run([broken] * 3, encoder) for result in batch]

    assert [result.embedding for result in results] == [None] * 3
    assert encoder.batches == []


def test_references_are_embedded_in_order(pictures: list[Path]) -> None:
    vectors = embed_references(pictures[:3], ColorEncoder())

    assert vectors.shape == (3, 3)
    assert vectors[2] == pytest.approx(embed_references([pictures[2]], ColorEncoder())[0])


def test_an_unreadable_reference_is_named(pictures: list[Path]) -> None:
    with pytest.raises(ImageError, match=r"7\.png"):
        embed_references(pictures, ColorEncoder())


# --- with a store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    store = EmbeddingStore(tmp_path / "cache" / "s.sqlite3")
    yield store
    store.close()


@pytest.fixture
def settled(pictures: list[Path]) -> list[Path]:
    """The pictures, changed long ago."""
    for path in pictures:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return pictures


def embed(paths: list[Path], store: EmbeddingStore, encoder: ColorEncoder) -> list[EmbeddedImage]:
    batches = embed_images(enumerate(paths), encoder, cancel=threading.Event(), store=store)
    return [result for batch in batches for result in batch]


def recall(paths: list[Path], store: EmbeddingStore) -> dict[int, np.ndarray]:
    files = []
    for row, path in enumerate(paths):
        status = path.stat()
        files.append((row, ImageFile(path, status.st_size, status.st_mtime_ns)))
    found = list(recall_images(files, ColorEncoder.identity, store, threading.Event()))
    return {row: vector for one in found for row, vector in zip(one.rows.tolist(), one.embeddings, strict=True)}


def test_what_was_embedded_is_recalled_without_reading_a_file(settled: list[Path], store: EmbeddingStore) -> None:
    results = embed(settled, store, ColorEncoder())
    for path in settled:
        path.chmod(0)

    recalled = recall(settled, store)

    assert sorted(recalled) == [row for row in range(20) if row != 7]
    for row, vector in recalled.items():
        embedding = results[row].embedding
        assert embedding is not None and np.array_equal(embedding, vector)


def test_renamed_and_copied_pictures_are_known_by_their_content(
    settled: list[Path], store: EmbeddingStore, tmp_path: Path
) -> None:
    before = embed(settled, store, ColorEncoder())
    moved = tmp_path / "moved"
    moved.mkdir()
    others = [path.rename(moved / f"new {path.name}") for path in settled[:10]]
    others += [shutil.copy2(path, moved / path.name) for path in settled[10:]]
    encoder = ColorEncoder()

    after = embed(others, store, encoder)

    assert encoder.batches == []
    for old, new in zip(before, after, strict=True):
        assert (old.embedding is None) == (new.embedding is None)
        assert old.embedding is None or np.array_equal(old.embedding, new.embedding)
    # And from now on under their new names.
    assert len(recall(others, store)) == 19


def test_a_changed_picture_is_embedded_again(settled: list[Path], store: EmbeddingStore) -> None:
    embed(settled, store, ColorEncoder())
    Image.new("RGB", (8, 8), "white").save(settled[3])
    encoder = ColorEncoder()

    results = embed(settled, store, encoder)

    assert 3 not in recall(settled, store)
    assert sum(encoder.batches) == 1
    assert results[3].embedding == pytest.approx(np.full(3, 3**-0.5), abs=2.5e-4)


def test_a_picture_that_was_just_written_is_kept_by_content_only(pictures: list[Path], store: EmbeddingStore) -> None:
    embed(pictures, store, ColorEncoder())
    encoder = ColorEncoder()

    assert recall(pictures, store) == {}
    embed(pictures, store, encoder)

    assert encoder.batches == []


def test_with_a_store_and_without_it_the_vectors_are_the_same(settled: list[Path], store: EmbeddingStore) -> None:
    kept = embed(settled, store, ColorEncoder())
    fresh = [result for batch in run(settled, ColorEncoder()) for result in batch]

    for one, other in zip(kept, fresh, strict=True):
        assert one.embedding is None or np.array_equal(one.embedding, other.embedding)


def test_references_are_kept(settled: list[Path], store: EmbeddingStore) -> None:
    encoder = ColorEncoder()
    before = embed_references(settled[:3], encoder, store)
    after = embed_references(settled[:3], ColorEncoder(), store)
    again = ColorEncoder()

    assert np.array_equal(before, after)
    embed_references(settled[:3], again, store)
    assert again.batches == []


def test_recalling_ends_when_it_is_cancelled(settled: list[Path], store: EmbeddingStore) -> None:
    cancel = threading.Event()
    cancel.set()

    assert list(recall_images([(0, ImageFile(settled[0], 1, 1))], ColorEncoder.identity, store, cancel)) == []


_JOB = """
import sys, threading
from pathlib import Path
sys.path.insert(0, {tests!r})
from color_encoder import ColorEncoder
from clipdesk.core.line.pipeline import embed_images
from clipdesk.core.pictures.scan import find_images
from clipdesk.core.store.embedding_store import EmbeddingStore
class Slow(ColorEncoder):
    def encode_images(self, images):
        print(len(images), flush=True)
        threading.Event().wait(0.02)
        return super().encode_images(images)
paths = [image.path for image in find_images([Path({folder!r})])]
store = EmbeddingStore(Path({store!r}))
for batch in embed_images(enumerate(paths), Slow(8), cancel=threading.Event(), store=store):
    pass
"""


@pytest.mark.parametrize("batches_before_the_kill", [5, 9, 12])
def test_after_a_kill_at_most_one_batch_is_done_again(
    tmp_path: Path, store: EmbeddingStore, batches_before_the_kill: int
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(150):
        Image.new("RGB", (8, 8), (number, 255 - number, 40)).save(folder / f"{number}.png")
        os.utime(folder / f"{number}.png", (1_700_000_000, 1_700_000_000))
    code = _JOB.format(tests=str(Path(__file__).parents[2]), folder=str(folder), store=str(store.path))
    encoded = 0

    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(batches_before_the_kill):
            encoded += int(process.stdout.readline())
        process.kill()
        encoded += sum(map(int, process.stdout.read().split()))
    paths = [image.path for image in find_images([folder])]
    kept = recall(paths, store)
    encoder = ColorEncoder(8)
    results = embed([path for row, path in enumerate(paths) if row not in kept], store, encoder)

    assert encoded < 150  # it was killed in the middle
    assert sum(encoder.batches) + encoded <= 150 + 8
    assert len(results) + len(kept) == 150
    assert len(recall(paths, store)) == 150
