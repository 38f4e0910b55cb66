from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from color_encoder import ColorEncoder
from PIL import Image

from clipdesk.core.errors import EncoderError
from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.results import EmbeddedImage


def run(
    paths: list[Path], encoder: ColorEncoder, cancel: threading.Event | None = None, **options: Any
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


def test_the_first_answer_comes_soon_then_batches_are_full(pictures: list[Path]) -> None:
    sizes = [len(batch) for batch in run(pictures, ColorEncoder(batch_size=8), longest_batch_s=np.inf)]

    assert sizes == [1, 2, 4, 8, 5]


def test_batches_grow_only_while_they_are_quick(pictures: list[Path]) -> None:
    sizes = [len(batch) for batch in run(pictures, ColorEncoder(batch_size=16), longest_batch_s=0.0)]

    assert sizes == [1] * 20


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
