"""No image is decoded twice while a view and the job need it: counted by what the decoder is asked for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from color_encoder import ColorEncoder
from PIL import Image

from clipdesk.core.line import embed, shared_pictures
from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.line.shared_pictures import SharedPictures
from clipdesk.core.pictures import decode as decoding
from clipdesk.core.store.embedding_store import EmbeddingStore


class Decoded(Counter[Path]):
    """How often each file was decoded. `before` is called with its path each time."""

    before: Callable[[Path], object] = staticmethod(lambda path: None)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Decoded:
    decoded, decode, lock = Decoded(), decoding.decode, threading.Lock()

    def counted(path: Path, *args: Any, **options: Any) -> Image.Image:
        with lock:
            decoded[path] += 1
        decoded.before(path)
        return decode(path, *args, **options)

    monkeypatch.setattr(decoding, "decode", counted)
    return decoded


def job(
    paths: list[Path], shared: SharedPictures | None, store: EmbeddingStore | None = None
) -> Iterator[list[EmbeddedImage]]:
    return embed_images(enumerate(paths), ColorEncoder(), cancel=threading.Event(), shared=shared, store=store)


def vectors_of(batches: Iterator[list[EmbeddedImage]]) -> dict[int, np.ndarray | None]:
    return {image.row: image.embedding for batch in batches for image in batch}


@pytest.mark.parametrize("has_store", [False, True])
def test_what_a_view_needs_first_is_decoded_for_the_job_too(
    settled: list[Path], store: EmbeddingStore, decoded: Decoded, has_store: bool
) -> None:
    expected = vectors_of(job(settled, None))
    decoded.clear()
    shared = SharedPictures()
    batches = job(settled, shared, store if has_store else None)
    found = {image.row: image.embedding for image in next(batches)}

    shown = [shared.picture(path) for path in settled[10:]]
    found |= vectors_of(batches)

    assert [picture.getpixel((0, 0))[0] for picture in shown if picture is not None] == list(range(100, 200, 10))
    assert decoded == dict.fromkeys(settled, 1)
    assert found.keys() == expected.keys()
    for row, vector in expected.items():
        np.testing.assert_array_equal(found[row], vector)


def test_a_view_takes_what_the_job_is_decoding(settled: list[Path], decoded: Decoded) -> None:
    shared, is_decoding, released = SharedPictures(), threading.Event(), threading.Event()

    def wait_once(path: Path) -> None:
        if path == settled[0]:
            is_decoding.set()
            assert released.wait(30)

    decoded.before = wait_once
    found: dict[int, np.ndarray | None] = {}
    running = threading.Thread(target=lambda: found.update(vectors_of(job(settled, shared))))
    running.start()
    assert is_decoding.wait(30)
    shown: list[Image.Image | None] = []
    view = threading.Thread(target=lambda: shown.append(shared.picture(settled[0])))
    view.start()
    released.set()
    view.join()
    running.join()

    assert shown[0] is not None and shown[0].size == (8, 8)
    assert decoded[settled[0]] == 1
    assert len(found) == 20


class LazyEncoder(ColorEncoder):
    """Has yet to load its model."""

    is_loaded = False


def test_what_a_view_decodes_before_the_model_is_loaded_is_not_decoded_again(
    settled: list[Path], store: EmbeddingStore, decoded: Decoded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_pictures, "_USUAL_SIZE", ColorEncoder.image_size)
    monkeypatch.setattr(embed, "is_loaded", lambda encoder: encoder.is_loaded)
    expected = vectors_of(job(settled, None))
    decoded.clear()
    shared, encoder = SharedPictures(), LazyEncoder()

    shown = [shared.picture(path) for path in settled[:3]]
    batches = embed_images(enumerate(settled), encoder, cancel=threading.Event(), shared=shared, store=store)
    found = {image.row: image.embedding for image in next(batches)}
    assert not shared.is_open
    shown.append(shared.picture(settled[19]))
    found |= vectors_of(batches)

    assert all(picture is not None for picture in shown)
    assert decoded == dict.fromkeys(settled, 1)
    for row, vector in expected.items():
        np.testing.assert_array_equal(found[row], vector)


def test_what_was_decoded_for_a_model_of_another_size_is_decoded_again(settled: list[Path], decoded: Decoded) -> None:
    shared = SharedPictures()
    shared.picture(settled[0])

    found = vectors_of(job(settled, shared))

    assert decoded[settled[0]] == 2
    assert len(found) == 20


def test_a_file_that_changes_in_between_is_decoded_again(
    settled: list[Path], store: EmbeddingStore, decoded: Decoded
) -> None:
    shared = SharedPictures()
    batches = job(settled, shared, store)
    next(batches)
    assert shared.picture(settled[19]) is not None

    Image.new("RGB", (8, 8), (0, 0, 255)).save(settled[19])
    found = vectors_of(batches)

    assert decoded[settled[19]] == 2
    assert found[19] == pytest.approx(np.array([0, 0, 1]), abs=1e-3)


def test_a_view_gets_nothing_without_room_and_of_a_broken_file(settled: list[Path], store: EmbeddingStore) -> None:
    shared = SharedPictures(most_bytes=1)
    assert not shared.is_open
    settled[18].write_text("not a picture")
    batches = job(settled, shared, store)
    next(batches)

    assert shared.is_open
    assert shared.picture(settled[18]) is None
    assert shared.picture(settled[19]) is not None
    assert not shared.is_open
    assert shared.picture(settled[17]) is None
    found = vectors_of(batches)

    assert found[18] is None and found[17] is not None
    assert not shared.is_open
