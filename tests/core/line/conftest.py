from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

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
