"""A store of embeddings in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from stored_images import Problems

from clipdesk.core.store.embedding_store import EmbeddingStore


@pytest.fixture
def problems() -> Problems:
    return Problems()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "embeddings.sqlite3"


@pytest.fixture
def store(path: Path, problems: Problems) -> Iterator[EmbeddingStore]:
    store = EmbeddingStore(path, on_problem=problems)
    yield store
    store.close()
