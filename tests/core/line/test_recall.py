"""Embedding with a store: what is kept, what is recalled, and what is computed again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from PIL import Image

from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.recall import recall_images
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile, find_images
from clipdesk.core.store.embedding_store import EmbeddingStore

LONG_AGO = 1_700_000_000


def embed(paths: list[Path], store: EmbeddingStore, encoder: ColorEncoder) -> list[EmbeddedImage]:
    batches = embed_images(enumerate(paths), encoder, cancel=threading.Event(), store=store)
    return [result for batch in batches for result in batch]


def recall(paths: list[Path], store: EmbeddingStore) -> dict[int, np.ndarray]:
    return recall_files(files_at(paths), store)


def files_at(paths: list[Path]) -> list[ImageFile]:
    return [ImageFile.of(path, path.stat()) for path in paths]


def recall_files(files: list[ImageFile], store: EmbeddingStore) -> dict[int, np.ndarray]:
    found = list(recall_images(files, ColorEncoder.identity, store, threading.Event()))
    return {row: vector for one in found for row, vector in zip(one.rows.tolist(), one.embeddings, strict=True)}


def test_what_was_embedded_is_recalled_without_reading_a_file(settled: list[Path], store: EmbeddingStore) -> None:
    results = embed(settled, store, ColorEncoder())
    files = files_at(settled)
    for path in settled:
        path.unlink()

    recalled = recall_files(files, store)

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


def test_pictures_of_one_size_and_time_that_exchange_their_names_keep_their_own_embeddings(
    settled: list[Path], store: EmbeddingStore
) -> None:
    first, second = settled[0], exchangeable(settled[0], settled[1])
    before = embed([first, second], store, ColorEncoder())

    exchange_names(first, second)
    recalled = recall([first, second], store)
    after = embed([first, second], store, ColorEncoder())

    assert recalled == {}
    assert after[0].embedding == pytest.approx(before[1].embedding)
    assert after[1].embedding == pytest.approx(before[0].embedding)
    assert before[0].embedding != pytest.approx(before[1].embedding)


def test_an_edit_that_keeps_size_and_time_is_embedded_again(settled: list[Path], store: EmbeddingStore) -> None:
    path, other = settled[0], exchangeable(settled[0], settled[1])
    before = embed([path, other], store, ColorEncoder())

    path.write_bytes(other.read_bytes())
    os.utime(path, (LONG_AGO, LONG_AGO))

    assert recall([path, other], store).keys() == {1}
    assert embed([path], store, ColorEncoder())[0].embedding == pytest.approx(before[1].embedding)


@pytest.mark.parametrize("change", ["touch", "chmod", "rename and back"])
def test_what_changes_no_byte_costs_no_embedding(settled: list[Path], store: EmbeddingStore, change: str) -> None:
    before = embed(settled[:1], store, ColorEncoder())
    match change:
        case "touch":
            os.utime(settled[0], (LONG_AGO + 9, LONG_AGO + 9))
        case "chmod":
            settled[0].chmod(0o600)
        case _:
            settled[0].rename(settled[0].with_name("away.png")).rename(settled[0])
    encoder = ColorEncoder()

    after = embed(settled[:1], store, encoder)

    assert encoder.batches == []
    assert after[0].embedding == pytest.approx(before[0].embedding)
    assert recall(settled[:1], store).keys() == {0}


def exchangeable(one: Path, other: Path) -> Path:
    """Make two PNG of equal size, which may have bytes behind their end, and return the second."""
    length = max(one.stat().st_size, other.stat().st_size)
    for path in (one, other):
        path.write_bytes(path.read_bytes().ljust(length, b"\0"))
        os.utime(path, (LONG_AGO, LONG_AGO))
    return other


def exchange_names(one: Path, other: Path) -> None:
    aside = one.rename(one.with_name("aside"))
    other.rename(one)
    aside.rename(other)


def test_a_picture_that_was_just_written_is_kept_by_content_only(pictures: list[Path], store: EmbeddingStore) -> None:
    embed(pictures, store, ColorEncoder())
    encoder = ColorEncoder()

    assert recall(pictures, store) == {}
    embed(pictures, store, encoder)

    assert encoder.batches == []


def test_with_a_store_and_without_it_the_vectors_are_the_same(settled: list[Path], store: EmbeddingStore) -> None:
    kept = embed(settled, store, ColorEncoder())
    batches = embed_images(enumerate(settled), ColorEncoder(), cancel=threading.Event())
    fresh = [result for batch in batches for result in batch]

    for one, other in zip(kept, fresh, strict=True):
        assert one.embedding is None or np.array_equal(one.embedding, other.embedding)


def test_recalling_ends_when_it_is_cancelled(settled: list[Path], store: EmbeddingStore) -> None:
    cancel = threading.Event()
    cancel.set()

    assert list(recall_images([ImageFile(settled[0], 1, 1)], ColorEncoder.identity, store, cancel)) == []


_JOB = """
import sys, threading
from pathlib import Path
sys.path.insert(0, {tests!r})
from color_encoder import ColorEncoder
from clipdesk.core.line.embed import embed_images
from clipdesk.core.pictures.scan import find_images
from clipdesk.core.store.embedding_store import EmbeddingStore
class InStep(ColorEncoder):
    # Encodes a batch for each line that comes in.
    def encode_images(self, images):
        print(len(images), flush=True)
        sys.stdin.readline()
        return super().encode_images(images)
paths = [image.path for image in find_images([Path({folder!r})])]
store = EmbeddingStore(Path({store!r}))
for batch in embed_images(enumerate(paths), InStep(8), cancel=threading.Event(), store=store):
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

    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, text=True, bufsize=1) as process:
        assert process.stdin is not None and process.stdout is not None
        for _ in range(batches_before_the_kill):
            encoded += int(process.stdout.readline())
            process.stdin.write("\n")
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
