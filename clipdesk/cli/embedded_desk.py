"""Embed the pictures that a command names, on a desk without labels: what `search`, `duplicates` and `groups` share."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clipdesk.cli.options import add_model_options, server_choice
from clipdesk.cli.outputs import problem_with_outputs
from clipdesk.cli.scored_desk import (
    PlaceLine,
    activity_text,
    load_encoder,
    opened_store,
    problem_with_inputs,
    say_what_is_sent,
    warn_about_texts,
)
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import OK, SOME_UNREADABLE, ProgressLine, tell
from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import Encoder, RemoteEncoder
from clipdesk.core.errors import Cancelled, ClipDeskError
from clipdesk.core.find.progress import FindProgress
from clipdesk.core.labels.prompts import Prompt
from clipdesk.core.line.prompts import PromptVectors
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.line.run import EmbeddedBatch, LineJob, Remainder, run_line
from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.scan import find_images
from clipdesk.core.store.cached_encoder import is_loaded

if TYPE_CHECKING:
    from clipdesk.core.store.embedding_store import EmbeddingStore
    from clipdesk.core.store.thumbnail_store import ThumbnailStore


@dataclass(frozen=True)
class EmbeddedDesk:
    """A desk whose pictures are embedded as far as they can be read, with the encoder and stores that were used.

    `vectors` (n, d) are NaN for pictures that could not be read. `prompts` are the vectors of the prompts asked for.
    `model` is the name that the model is called by.
    """

    desk: Desk
    vectors: NDArray[np.float32]
    encoder: Encoder
    model: str
    store: EmbeddingStore | None
    thumbnails: ThumbnailStore | None
    prompts: Mapping[Prompt, NDArray[np.float32]]
    passed_over: PassedOver
    has_problems: bool

    def report(self, sentence: str) -> int:
        """Print which pictures could not be read, and a sentence about the rest. Return the exit code."""
        desk = self.desk
        for row in sorted(desk.errors):
            tell(f"{printable(desk.images.path_text(row))}: {desk.errors[row]}")
        if desk.errors:
            tell(f"{len(desk.errors):,} of {len(desk):,} pictures could not be read.")
        if passed_over := self.passed_over.sentence():
            tell(passed_over)
        tell(sentence)
        return SOME_UNREADABLE if desk.errors or self.has_problems else OK


def add_find_options(parser: argparse.ArgumentParser, csv_help: str) -> None:
    """Add the arguments that name pictures and the model, and `--csv`."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="pictures and folders")
    parser.add_argument("--csv", type=Path, metavar="FILE", help=csv_help)
    parser.add_argument(
        "--separate-pairs",
        action="store_true",
        help="count a camera raw file and its JPEG as two pictures; otherwise the JPEG stands for both",
    )
    add_model_options(parser)


def problem_with_options(options: argparse.Namespace) -> str:
    """Return what is wrong with the paths, the server's options or `--csv`, or an empty string."""
    return problem_with_inputs(options) or problem_with_outputs(
        [] if options.csv is None else [options.csv], options.paths
    )


@contextmanager
def embedded_desk(
    options: argparse.Namespace, cancel: threading.Event, prompts: Sequence[Prompt] = ()
) -> Iterator[EmbeddedDesk]:
    """Find the pictures, embed them and the prompts, and yield the desk, while encoder and stores are open.

    Reports progress on standard error. What was embedded before an interrupt is in the store. Raises ClipDeskError if
    there are no pictures, or none can be read.
    """
    desk = Desk()
    problems: list[Path] = []
    passed_over = PassedOver()

    def on_problem(path: Path, reason: str) -> None:
        problems.append(path)
        tell(f"{printable(str(path))}: {reason}")

    join = not options.separate_pairs
    desk.add_images(find_images(options.paths, on_problem=on_problem, on_passed_over=passed_over.add, join_pairs=join))
    if not desk.images:
        raise ClipDeskError(f"No pictures were found there. {passed_over.sentence()}".rstrip())
    with (
        opened_store(options) as store,
        _opened_thumbnails(options) as thumbnails,
        closing(load_encoder(options, store, cancel, None)) as encoder,
    ):
        choice = server_choice(options)
        name = choice.version if choice is not None else encoder.identity.model
        found = _embed(desk, encoder, name, tuple(prompts), store, thumbnails, cancel)
        if cancel.is_set():
            raise Cancelled("Stopped.")
        if len(desk.errors) == len(desk):
            raise ClipDeskError(f"None of the pictures can be read. {desk.errors[0]}")
        assert desk.table is not None
        vectors = desk.table.all_vectors()
        yield EmbeddedDesk(desk, vectors, encoder, name, store, thumbnails, found, passed_over, bool(problems))


class FindProgressLine(ProgressLine):
    """Shows the progress of what is searched for in embeddings."""

    def show_find(self, progress: FindProgress) -> None:
        self._draw(progress.done / max(progress.total, 1), f"{progress.stage}…")


@contextmanager
def _opened_thumbnails(options: argparse.Namespace) -> Iterator[ThumbnailStore | None]:
    """Open the store of thumbnails, or yield None with `--no-cache`."""
    from clipdesk.store_settings import open_thumbnails

    with nullcontext() if options.no_cache else closing(open_thumbnails()) as thumbnails:
        yield thumbnails


def _embed(
    desk: Desk,
    encoder: Encoder,
    name: str,
    prompts: tuple[Prompt, ...],
    store: EmbeddingStore | None,
    thumbnails: ThumbnailStore | None,
    cancel: threading.Event,
) -> Mapping[Prompt, NDArray[np.float32]]:
    place = PlaceLine(encoder, name)
    desk.choose_encoder(encoder.identity, encoder.dimension, encoder.score_rule)
    job = LineJob(np.arange(len(desk)), desk.images, prompts, cancel=cancel)
    vectors: Mapping[Prompt, NDArray[np.float32]] = {}
    progress, done = ProgressLine(), 0
    try:
        for event in run_line(job, encoder, store=store, thumbnails=thumbnails):
            match event:
                case RecalledImages():
                    desk.put_recalled(event)
                case Remainder():
                    done = len(desk) - event.image_count
                    if isinstance(encoder, RemoteEncoder):
                        say_what_is_sent(encoder.upload, event.image_count, bool(event.prompts))
                case PromptVectors():
                    vectors = event.vectors
                    warn_about_texts(event, name)
                case EmbeddedBatch():
                    desk.put(event.images)
                    done += len(event.images)
                    if is_loaded(encoder):
                        place.say()
                    progress.show(done, len(desk), activity_text(encoder))
    finally:
        progress.end()
    place.say()
    return vectors
