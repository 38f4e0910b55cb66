"""How soon a job answers, and how soon it ends: counted in pictures and in what still waits, not in seconds."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.errors import Cancelled, EncoderError, ImageError
from clipdesk.core.labels.prompts import TextPrompt
from clipdesk.core.line import batches, decoding_threads, recognise
from clipdesk.core.line.batches import _BatchSizes
from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.prompts import encode_prompts
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures import decode as decoding
from clipdesk.core.pictures.content import Content
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.unreadable import STOPPED
from clipdesk.core.store.embedding_store import EmbeddingStore


class StuckEncoder(ColorEncoder):
    """Prepares the picture of one colour only once `released` is set: its decoder cannot be stopped."""

    def __init__(self, red: int, batch_size: int = 4) -> None:
        super().__init__(batch_size)
        self._red = red
        self.is_stuck = threading.Event()
        self.released = threading.Event()

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        pixels = super().prepare_image(image)
        if pixels[0, 0, 0] == self._red:
            self.is_stuck.set()
            self.released.wait()
        return pixels


@contextmanager
def released_in_the_end(*events: threading.Event) -> Iterator[None]:
    """Set the events afterwards, or after half a minute, so that a test fails instead of waiting for ever."""

    def release() -> None:
        for event in events:
            event.set()

    timer = threading.Timer(30, release)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        release()


def rows(batch: Sequence[EmbeddedImage]) -> list[int]:
    return [image.row for image in batch]


def test_a_cancelled_job_does_not_wait_for_a_picture_that_is_being_decoded(
    pictures: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding_threads, "_PATIENCE_S", 0.0)
    encoder, cancel = StuckEncoder(red=0), threading.Event()

    def cancel_when_stuck() -> None:
        encoder.is_stuck.wait()
        cancel.set()

    with released_in_the_end(encoder.released):
        thread = threading.Thread(target=cancel_when_stuck)
        thread.start()
        results = list(embed_images(enumerate(pictures[:1]), encoder, cancel=cancel))

        assert results == []
        assert not encoder.released.is_set()
        thread.join()


def test_a_picture_that_takes_long_is_overtaken(pictures: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_PATIENCE_S", 0.0)
    encoder = StuckEncoder(red=0)
    done: list[int] = []

    with released_in_the_end(encoder.released):
        for batch in embed_images(enumerate(pictures), encoder, cancel=threading.Event(), workers=2):
            done += rows(batch)
            if len(done) == 19:
                assert not encoder.released.is_set()
                encoder.released.set()

    assert sorted(done[:19]) == list(range(1, 20))
    assert done[19] == 0


def test_the_first_answer_does_not_wait_for_other_files_to_be_hashed(
    pictures: list[Path], store: EmbeddingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    read = recognise.read_content

    def read_first_at_once(path: Path, cancel: threading.Event) -> Content | None:
        if path != pictures[0]:
            released.wait()
        return read(path, cancel)

    monkeypatch.setattr(recognise, "read_content", read_first_at_once)

    with released_in_the_end(released):
        generator = embed_images(enumerate(pictures), ColorEncoder(), cancel=threading.Event(), store=store)
        first = next(generator)
        assert not released.is_set()
        released.set()
        others = [row for batch in generator for row in rows(batch)]

    assert rows(first) == [0]
    assert sorted(others) == list(range(1, 20))


def test_a_batch_grows_only_if_twice_as_many_pictures_are_quick_enough() -> None:
    sizes = _BatchSizes(largest=8, longest_s=0.8)
    seen = []
    for seconds_each in (0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.3, 0.3, 1.0, 0.02, 0.02):
        seen.append(sizes.now)
        sizes.follow(sizes.now, seconds_each * sizes.now)

    # Four take 0.4 s, so eight are tried: exactly 0.8 s. The computer gets slower, then quick again.
    assert seen == [1, 2, 4, 8, 8, 8, 4, 2, 2, 1, 2]


def test_a_batch_that_was_not_full_does_not_make_the_next_one_larger() -> None:
    sizes = _BatchSizes(largest=8, longest_s=0.8)
    sizes.follow(1, 0.0)
    sizes.follow(1, 0.0)

    assert sizes.now == 2


class PickyEncoder(ColorEncoder):
    """Fails on a picture of one colour, and with it on its whole batch."""

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        if any(image[0, 0, 0] == 130 for image in images):
            raise EncoderError("These numbers are not finite.")
        return super().encode_images(images)


def test_a_picture_that_the_model_fails_on_costs_no_other_of_its_batch(pictures: list[Path]) -> None:
    done: list[int] = []

    with pytest.raises(EncoderError, match="not finite"):
        for batch in embed_images(
            enumerate(pictures), PickyEncoder(8), cancel=threading.Event(), longest_batch_s=np.inf
        ):
            done += rows(batch)

    assert done == list(range(13))  # of the batch of eight that began with the eighth


def test_known_pictures_beside_one_that_the_model_fails_on_are_results(
    settled: list[Path], store: EmbeddingStore
) -> None:
    list(embed_images(enumerate(settled[12:13]), ColorEncoder(), cancel=threading.Event(), store=store))
    done: list[int] = []

    with pytest.raises(EncoderError, match="not finite"):
        for batch in embed_images(
            enumerate(settled[11:14]), PickyEncoder(8), cancel=threading.Event(), longest_batch_s=np.inf, store=store
        ):
            done += rows(batch)

    assert done == [0, 1]


def test_decoding_stops_in_the_middle_of_a_file(tmp_path: Path) -> None:
    path, cancel = tmp_path / "noise.jpg", threading.Event()
    noise = np.random.default_rng(0).integers(0, 256, (600, 600, 3), np.uint8)
    Image.fromarray(noise).save(path, quality=95)

    with pytest.raises(ImageError) as caught:
        decode(path, on_opened=lambda _: cancel.set(), cancel=cancel)

    assert caught.value.reason == STOPPED


def test_a_large_picture_that_waits_for_its_turn_can_be_cancelled(tmp_path: Path) -> None:
    path, cancel = tmp_path / "large.png", threading.Event()
    Image.new("1", (10_000, 5_001)).save(path)

    with decoding._one_at_a_time, pytest.raises(ImageError) as caught:
        decode(path, on_opened=lambda _: cancel.set(), cancel=cancel)

    assert caught.value.reason == STOPPED


def test_no_more_texts_are_encoded_after_a_cancel() -> None:
    cancel = threading.Event()

    class CancelledEncoder(ColorEncoder):
        encoded = 0

        def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
            self.encoded += len(texts)
            cancel.set()
            return super().encode_texts(texts)

    encoder = CancelledEncoder()
    prompts = [TextPrompt(f"text {number}") for number in range(100)]
    errors: list[Exception] = []

    vectors, problems = encode_prompts(prompts, encoder, describe_error=lambda e: errors.append(e) or "", cancel=cancel)

    assert 0 < encoder.encoded < 20
    assert len(vectors) == encoder.encoded
    assert problems == {}
    assert {type(error) for error in errors} == {Cancelled}
