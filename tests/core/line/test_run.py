from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder

from clipdesk.core.errors import EncoderError, ImageError
from clipdesk.core.labels.prompts import ImagePrompt, Prompt, TextPrompt
from clipdesk.core.line.prompts import PromptRequest, PromptVectors
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.line.run import EmbeddedBatch, LineEvent, LineJob, Remainder, run_line
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore

RED, BLUE = TextPrompt("red"), TextPrompt("blue")


def job(paths: list[Path], *prompts: Prompt, first_row: int = 0, only_recall: bool = False) -> LineJob:
    files = [ImageFile.of(path, path.stat()) for path in paths]
    return LineJob(np.arange(len(files)) + first_row, files, prompts, only_recall)


def embedded_rows(events: list[LineEvent]) -> list[int]:
    return [image.row for event in events if isinstance(event, EmbeddedBatch) for image in event.images]


def kinds(events: list[LineEvent]) -> list[type[LineEvent]]:
    """The kinds of events in order, repeats left out."""
    found = [type(event) for event in events]
    return [kind for number, kind in enumerate(found) if not number or kind != found[number - 1]]


def test_prompts_come_before_images_and_rows_are_those_of_the_job(pictures: list[Path]) -> None:
    events = list(run_line(job(pictures, RED, BLUE, first_row=100), ColorEncoder()))

    assert kinds(events) == [Remainder, PromptVectors, EmbeddedBatch]
    assert events[0] == Remainder(20, (RED, BLUE))
    assert isinstance(events[1], PromptVectors) and events[1].vectors.keys() == {RED, BLUE}
    assert embedded_rows(events) == list(range(100, 120))


def test_what_is_kept_is_recalled_and_only_the_remainder_is_computed(
    settled: list[Path], store: EmbeddingStore
) -> None:
    reference, other = ImagePrompt(settled[0]), ImagePrompt(settled[15])
    list(run_line(job(settled[:10]), ColorEncoder(), store=store))
    encoder = ColorEncoder()

    events = list(run_line(job(settled, reference, other, first_row=50), encoder, store=store))

    assert kinds(events) == [RecalledImages, Remainder, PromptVectors, EmbeddedBatch]
    assert isinstance(events[0], RecalledImages)
    assert events[0].rows.tolist() == [row + 50 for row in range(10) if row != 7]
    assert events[1] == Remainder(11, (other,))
    assert embedded_rows(events) == [57, *range(60, 70)]
    assert sum(encoder.batches) == 10


def test_a_job_that_only_recalls_computes_nothing(settled: list[Path], store: EmbeddingStore) -> None:
    list(run_line(job(settled[:10]), ColorEncoder(), store=store))
    encoder = ColorEncoder()

    events = list(run_line(job(settled, only_recall=True), encoder, store=store))

    assert kinds(events) == [RecalledImages]
    assert encoder.batches == []


@pytest.mark.parametrize("only_recall", [False, True])
def test_after_a_job_its_folder_has_a_listing(settled: list[Path], store: EmbeddingStore, only_recall: bool) -> None:
    cancelled = job(settled)
    for event in run_line(cancelled, ColorEncoder(), store=store):
        if isinstance(event, EmbeddedBatch) and event.images[-1].row == 19:
            cancelled.cancel.set()

    first = list(run_line(job(settled, only_recall=only_recall), ColorEncoder(), store=store))
    second = list(run_line(job(settled), ColorEncoder(), store=store))

    for events, is_listed in ((first, False), (second, True)):
        assert isinstance(events[0], RecalledImages) and events[0].is_listed == is_listed
        assert sorted(events[0].rows.tolist()) == [row for row in range(20) if row != 7]


def test_prompts_that_are_requested_meanwhile_are_answered_between_batches(pictures: list[Path]) -> None:
    requests: list[PromptRequest] = []
    events = []

    for event in run_line(job(pictures), ColorEncoder(), next_request=lambda: requests.pop() if requests else None):
        events.append(event)
        if len(events) == 2:  # the first batch
            requests.append(PromptRequest(ColorEncoder.identity.key, (RED,)))

    assert kinds(events) == [Remainder, EmbeddedBatch, PromptVectors, EmbeddedBatch]
    assert isinstance(events[2], PromptVectors) and events[2].vectors.keys() == {RED}
    assert len(embedded_rows(events)) == 20


def test_nothing_is_computed_before_the_remainder_is_reported(pictures: list[Path]) -> None:
    encoder = ColorEncoder()
    events: Iterator[LineEvent] = run_line(job(pictures, ImagePrompt(pictures[0])), encoder)

    assert isinstance(next(events), Remainder)
    assert encoder.batches == []


def test_cancel_ends_the_job_within_one_batch(pictures: list[Path]) -> None:
    running = job(pictures)
    encoder = ColorEncoder()

    for event in run_line(running, encoder):
        if isinstance(event, EmbeddedBatch):
            running.cancel.set()

    assert encoder.batches == [1]


def test_a_cancelled_job_embeds_nothing(settled: list[Path], store: EmbeddingStore) -> None:
    cancelled = job(settled)
    cancelled.cancel.set()
    encoder = ColorEncoder()

    assert embedded_rows(list(run_line(cancelled, encoder, store=store))) == []
    assert encoder.batches == []


def test_a_broken_encoder_ends_the_job_and_what_came_before_is_valid(pictures: list[Path]) -> None:
    encoder = ColorEncoder()
    encoder.fails_after = 2
    events = []

    with pytest.raises(EncoderError, match="went away"):
        for event in run_line(job(pictures), encoder):
            events.append(event)

    assert embedded_rows(events) == [0, 1, 2]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("decode")]


def test_a_prompt_that_cannot_be_encoded_ends_the_job_unless_it_is_described(pictures: list[Path]) -> None:
    unreadable = ImagePrompt(pictures[7])

    with pytest.raises(ImageError, match=r"7\.png"):
        list(run_line(job(pictures, RED, unreadable), ColorEncoder()))
    events = list(run_line(job(pictures, RED, unreadable), ColorEncoder(), describe_error=str))

    answer = events[1]
    assert isinstance(answer, PromptVectors)
    assert (answer.vectors.keys(), answer.problems.keys()) == ({RED}, {unreadable})
    assert len(embedded_rows(events)) == 20


def test_moved_files_are_recalled_by_their_content(settled: list[Path], store: EmbeddingStore, tmp_path: Path) -> None:
    list(run_line(job(settled[:7]), ColorEncoder(), store=store))
    (tmp_path / "sorted").mkdir()
    moved = [path.rename(tmp_path / "sorted" / f"{path.stem} (2).png") for path in settled[:7]]
    encoder = ColorEncoder()

    events = list(run_line(job(moved), encoder, store=store))

    assert embedded_rows(events) == list(range(7))
    assert encoder.batches == []
    # The next time they are found without being read.
    assert kinds(list(run_line(job(moved), encoder, store=store))) == [RecalledImages, Remainder]
