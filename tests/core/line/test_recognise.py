"""Known pictures at new paths: recognised in groups, with few queries and large batches."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from PIL import Image

from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.content import read_content
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage
from clipdesk.core.store.store_file import StoreFile

COUNT = 600


@pytest.fixture
def known(tmp_path: Path, store: EmbeddingStore) -> list[Path]:
    """Pictures whose contents the store knows, but not their paths."""
    folder = tmp_path / "known"
    folder.mkdir()
    paths = [folder / f"{number}.png" for number in range(COUNT)]
    Image.new("RGB", (8, 8), "red").save(tmp_path / "one.png")
    content = (tmp_path / "one.png").read_bytes()
    vectors = np.random.default_rng(0).normal(size=(COUNT, 3)).astype(np.float32)
    for number, path in enumerate(paths):
        path.write_bytes(content + number.to_bytes(4, "big"))
        os.utime(path, (1_700_000_000, 1_700_000_000))
    images = []
    for number, path in enumerate(paths):  # in a loop of its own: reading waits until a file is a tick old
        found = read_content(path)
        assert found is not None
        images.append(StoredImage(found.key, vectors[number] / np.linalg.norm(vectors[number])))
    store.put_images(ColorEncoder.identity, images)
    return paths


def batches(paths: list[Path], store: EmbeddingStore, encoder: ColorEncoder) -> Iterator[list[EmbeddedImage]]:
    return embed_images(enumerate(paths), encoder, cancel=threading.Event(), store=store)


def test_known_pictures_come_in_large_batches_and_few_transactions(
    known: list[Path], store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = {"read": 0, "write": 0}
    for name in visits:
        visit = getattr(StoreFile, name)

        def counted(*given: object, name: str = name, visit: object = visit, **named: object) -> object:
            visits[name] += 1
            return visit(*given, **named)  # type: ignore[operator]

        monkeypatch.setattr(StoreFile, name, counted)
    encoder = ColorEncoder()

    found = list(batches(known, store, encoder))

    assert [result.row for batch in found for result in batch] == list(range(COUNT))
    assert encoder.batches == []
    # One query for each image and one transaction for each eight took 675 visits. A slow disk makes smaller groups.
    assert len(found) <= COUNT // 8
    assert visits["write"] <= len(found)
    assert visits["read"] <= 3 * len(found)
    files = [ImageFile.of(path, path.stat()) for path in known]
    assert len(store.find_files(encoder.identity, files)[0]) == COUNT  # opening them again reads no file


def test_new_pictures_among_known_ones_keep_their_places(known: list[Path], store: EmbeddingStore) -> None:
    paths = known[:40]
    for number in (0, 7, 8, 30, 39):
        Image.new("RGB", (8, 8), (number, 200, 10)).save(paths[number])
    paths[20].write_text("not a picture")
    encoder = ColorEncoder(batch_size=4)

    results = [result for batch in batches(paths, store, encoder) for result in batch]

    assert [result.row for result in results] == list(range(40))
    assert sum(encoder.batches) == 5
    assert [result.row for result in results if result.error] == [20]
    for number in (0, 7, 8, 30, 39):
        expected = np.array([number, 200, 10], np.float32)
        assert results[number].embedding == pytest.approx(expected / np.linalg.norm(expected), abs=2.5e-4)


def test_known_pictures_do_not_wait_for_new_ones(known: list[Path], store: EmbeddingStore) -> None:
    """A batch of known pictures is there before the new picture behind it has been encoded."""
    Image.new("RGB", (8, 8), "blue").save(known[1])
    encoder = ColorEncoder()

    first = next(batches(known[:2], store, encoder))

    assert [result.row for result in first] == [0]
    assert encoder.batches == []


def test_each_result_tells_its_content(known: list[Path], store: EmbeddingStore, tmp_path: Path) -> None:
    new = tmp_path / "new.png"
    Image.new("RGB", (8, 8), "blue").save(new)
    copy = shutil.copy2(new, tmp_path / "copy.png")

    results = [result for batch in batches([known[3], new], store, ColorEncoder()) for result in batch]
    again = [result for batch in batches([Path(copy)], store, ColorEncoder()) for result in batch]

    contents = [found.key for path in (known[3], new) if (found := read_content(path)) is not None]
    assert [result.content for result in results] == contents
    assert again[0].content == contents[1]
