"""CachedEncoder: loads the encoder only for what is new."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from PIL import Image

from clipdesk.core.encoder import EncoderIdentity, as_stored, facts_of
from clipdesk.core.errors import EncoderError
from clipdesk.core.store.cached_encoder import CachedEncoder, open_cached
from clipdesk.core.store.embedding_store import EmbeddingStore

LONG = "one two three four five six seven eight nine"


class Loader:
    """Loads encoders and counts them. `fingerprint` is the state of the files that they would be loaded from."""

    def __init__(self) -> None:
        self.loaded: list[ColorEncoder] = []
        self.identity = ColorEncoder.identity
        self.state = "first files"

    def __call__(self) -> ColorEncoder:
        encoder = ColorEncoder()
        encoder.identity = self.identity
        self.loaded.append(encoder)
        return encoder

    def fingerprint(self) -> str:
        return self.state

    def replace_files(self) -> None:
        """Replace the checkpoint by another one."""
        self.identity = EncoderIdentity("color", "1" * 64, "4x4")
        self.state = "other files"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddingStore]:
    store = EmbeddingStore(tmp_path / "s.sqlite3")
    yield store
    store.close()


@pytest.fixture
def loader() -> Loader:
    return Loader()


def keep(loader: Loader, store: EmbeddingStore) -> CachedEncoder:
    return open_cached(loader, store, loader.fingerprint)


def test_the_second_time_everything_is_known_without_loading(loader: Loader, store: EmbeddingStore) -> None:
    first = keep(loader, store)
    before = first.encode_texts(["a red thing", "a blue thing", "a red thing"]), first.cut_texts([LONG])
    first.encode_texts([LONG])

    again = keep(loader, store)
    after = again.encode_texts(["a red thing", "a blue thing", "a red thing"]), again.cut_texts([LONG, "a red thing"])

    assert len(loader.loaded) == 1 and not again.is_loaded
    assert facts_of(again) == facts_of(first) == facts_of(loader.loaded[0])
    assert np.array_equal(before[0], after[0])
    assert before[1] == after[1] == [LONG]
    assert again.place.startswith("this computer")


def test_a_new_text_loads_it_and_only_that_is_encoded(loader: Loader, store: EmbeddingStore) -> None:
    keep(loader, store).encode_texts(["a red thing"])
    again = keep(loader, store)

    vectors = again.encode_texts(["a red thing", "a green thing"])

    assert again.is_loaded and len(loader.loaded) == 2
    assert np.array_equal(vectors, as_stored(ColorEncoder().encode_texts(["red", "green"])))
    assert again.place == ColorEncoder.place


def test_no_text_is_no_reason_to_load(loader: Loader, store: EmbeddingStore) -> None:
    keep(loader, store)
    again = keep(loader, store)

    assert again.encode_texts([]).shape == (0, 3)
    assert again.cut_texts([]) == []
    assert not again.is_loaded


def test_a_picture_loads_it_once_for_all_threads(loader: Loader, store: EmbeddingStore) -> None:
    keep(loader, store)
    again = keep(loader, store)
    start = threading.Barrier(8)

    def prepare(_: int) -> tuple[int, ...]:
        start.wait()
        return again.prepare_image(Image.new("RGB", (9, 9), "red")).shape

    with ThreadPoolExecutor(8) as pool:
        shapes = set(pool.map(prepare, range(8)))

    assert shapes == {(4, 4, 3)}
    assert len(loader.loaded) == 2


def test_another_checkpoint_is_noticed_and_loaded(loader: Loader, store: EmbeddingStore) -> None:
    keep(loader, store).encode_texts(["a red thing"])
    loader.replace_files()

    other = keep(loader, store)

    assert other.is_loaded
    assert other.identity.checkpoint == "1" * 64
    assert store.find_texts(other.identity, ["a red thing"]) == {}


def test_files_that_change_before_they_are_loaded_are_an_error_not_a_mixture(
    loader: Loader, store: EmbeddingStore
) -> None:
    keep(loader, store)
    asleep = keep(loader, store)
    loader.identity = EncoderIdentity("color", "1" * 64, "4x4")  # though the fingerprint is the same

    with pytest.raises(EncoderError, match="Choose it again"):
        asleep.encode_texts(["a red thing"])

    assert loader.loaded[-1].closed
    assert keep(loader, store).identity.checkpoint == "1" * 64


def test_files_that_change_while_they_are_loaded_are_not_remembered(loader: Loader, store: EmbeddingStore) -> None:
    states = iter(["before", "after", "after", "after", "after"])

    for _ in range(2):
        open_cached(loader, store, lambda: next(states))
    assert len(loader.loaded) == 2
    open_cached(loader, store, lambda: next(states))

    assert len(loader.loaded) == 2


def test_without_a_fingerprint_nothing_is_remembered_of_the_encoder_but_texts_are(
    loader: Loader, store: EmbeddingStore
) -> None:
    loader.state = ""
    keep(loader, store).encode_texts(["a red thing"])

    again = keep(loader, store)
    again.encode_texts(["a red thing"])

    assert len(loader.loaded) == 2
    assert store.find_texts(again.identity, ["a red thing"])


def test_closing_gives_back_what_was_loaded(loader: Loader, store: EmbeddingStore) -> None:
    kept = keep(loader, store)
    kept.close()

    assert loader.loaded[0].closed
    kept.close()
    keep(loader, store).close()
