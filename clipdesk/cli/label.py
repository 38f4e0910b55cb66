"""`clipdesk label`: score images against labels."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clipdesk import __version__
from clipdesk.cli.options import server_choice
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import (
    INTERRUPTED,
    OK,
    SOME_UNREADABLE,
    WRONG_ARGUMENTS,
    ProgressLine,
    fail,
    interrupt_sets,
    notice,
    print_table,
    tell,
)
from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import RemoteEncoder
from clipdesk.core.errors import Cancelled, EncoderError, ExportError, LabelError
from clipdesk.core.export.options import PLAIN_TABLE
from clipdesk.core.export.rows import ResultRow, Results
from clipdesk.core.export.run_details import write_run_details
from clipdesk.core.export.tables import is_json_lines, write_jsonl, write_results
from clipdesk.core.files import check_writable
from clipdesk.core.labels.label_set import PLAIN_TEMPLATE, LabelSet, load_label_set, parse_label
from clipdesk.core.labels.prompts import Prompt, distinct_prompts, label_prompts, prompt_texts
from clipdesk.core.labels.scoring import label_vectors
from clipdesk.core.labels.typed_labels import parse_typed_labels
from clipdesk.core.line.prompts import PromptVectors
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.line.run import EmbeddedBatch, LineJob, Remainder, run_line
from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.raw_files import RAW_SUFFIXES
from clipdesk.core.pictures.scan import IMAGE_SUFFIXES, find_images
from clipdesk.core.reasons import os_reason
from clipdesk.core.store.cached_encoder import CachedRemoteEncoder, is_loaded

if TYPE_CHECKING:
    from clipdesk.core.encoder import Encoder, Upload
    from clipdesk.core.store.embedding_store import EmbeddingStore
    from clipdesk.encoders.remote.api_keys import ApiKey
    from clipdesk.encoders.remote.servers import ServerChoice


def run_label(options: argparse.Namespace) -> int:
    label_set = _label_set(options)
    if not options.server and (options.jpeg or options.same_weights_as):
        return fail("--jpeg and --same-weights-as go with --server.", WRONG_ARGUMENTS)
    if problem := _problem_with_columns(options):
        return fail(problem, WRONG_ARGUMENTS)
    if problem := _problem_with_paths(options):
        return fail(problem, WRONG_ARGUMENTS)
    desk = Desk(options.threshold or 0.0)
    desk.set_label_set(label_set)
    problems: list[tuple[Path, str]] = []
    passed_over = PassedOver()
    desk.add_images(
        find_images(
            options.paths,
            on_problem=lambda path, reason: problems.append((path, reason)),
            on_passed_over=passed_over.add,
            join_pairs=not options.separate_pairs,
        )
    )
    for path, reason in problems:
        tell(f"{printable(str(path))}: {reason}")
    if not desk.images:
        return fail(f"No pictures were found there. {passed_over.sentence()}".rstrip())

    failure = ""
    with interrupt_sets() as cancel, _opened_store(options) as store:
        encoder = _load_encoder(options, store, cancel)
        choice = server_choice(options)
        name = choice.version if choice is not None else encoder.identity.model
        try:
            try:
                _score(desk, encoder, name, store, cancel)
            except EncoderError as error:
                if not _finished(desk):
                    raise
                failure = str(error)
            except Cancelled:
                # Cancelled while the model was loading for new images.
                if not _finished(desk):
                    raise
            rows = list(Results.of(desk))
            _write(rows, label_set, encoder, options)
            interrupted = cancel.is_set() and _finished(desk) < len(desk)
        finally:
            encoder.close()
    _summarise(desk, passed_over)
    if failure:
        return fail(f"{failure} Finished results are kept.")
    if interrupted:
        return fail("Stopped. Finished results are kept.", INTERRUPTED)
    return SOME_UNREADABLE if desk.errors or problems else OK


def _problem_with_columns(options: argparse.Namespace) -> str:
    """Return why the choice of columns has no effect, or an empty string."""
    if options.bom and (options.csv is None or is_json_lines(options.csv)):
        return "--bom goes with --csv."
    if options.columns != PLAIN_TABLE and options.csv is None and options.jsonl is None:
        return "--columns goes with --csv or --jsonl."
    return ""


def _problem_with_paths(options: argparse.Namespace) -> str:
    """Return what is wrong with the given paths, or an empty string."""
    for path in options.paths:
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return f"“{path}” does not exist. Check the spelling."
        except OSError as error:
            return f"“{path}” cannot be opened: {os_reason(error)}."
    files = [Path(os.path.realpath(path)) for path in _output_files(options)]
    pictures = {Path(os.path.realpath(path)) for path in options.paths}
    for path, file in zip(_output_files(options), files, strict=True):
        # Not Path.is_dir, which raises an error if a name is too long or a folder may not be searched.
        if os.path.isdir(file):  # noqa: PTH112
            return f"“{path}” is a folder. Name a file in it."
        if file.suffix.lower() in IMAGE_SUFFIXES | RAW_SUFFIXES or file in pictures:
            # `--csv *.jpg` would overwrite an image.
            return f"“{path}” is the name of a picture. Give the results a name of their own, such as scores.csv."
        if files.count(file) > 1:
            return f"“{path}” is named for two kinds of results. Give each a file of its own."
        try:
            check_writable(path)  # now rather than after hours of work
        except ExportError as error:
            return str(error)
    return ""


def _output_files(options: argparse.Namespace) -> list[Path]:
    return [path for path in (options.csv, options.jsonl, options.details) if path is not None]


def _label_set(options: argparse.Namespace) -> LabelSet:
    loaded = load_label_set(options.labels) if options.labels else LabelSet()
    # `parse_label` rejects an empty option.
    typed = (label for text in options.label for label in parse_typed_labels(text) or (parse_label(text),))
    labels = (*loaded.labels, *typed)
    if not labels:
        raise LabelError("There are no labels. Name at least one: --label dog --label cat.")
    return LabelSet(labels, tuple(options.template) or loaded.templates or (PLAIN_TEMPLATE,))


@contextmanager
def _opened_store(options: argparse.Namespace) -> Iterator[EmbeddingStore | None]:
    """Open the store, or yield None with `--no-cache`."""
    if options.no_cache:
        yield None
        return
    from clipdesk.store_settings import open_store

    with closing(open_store(lambda sentence: tell(printable(sentence)))) as store:
        yield store


def _load_encoder(options: argparse.Namespace, store: EmbeddingStore | None, cancel: threading.Event) -> Encoder:
    choice = server_choice(options)
    if choice is not None:
        return _connect(choice, store, cancel)
    from clipdesk.encoders.models.catalog import default_model
    from clipdesk.encoders.opening import open_encoder

    model = options.model or default_model()
    progress = ProgressLine()
    encoder = open_encoder(model, store=store, device=options.device, progress=progress.show_load, cancel=cancel)
    progress.end()
    return encoder


def _connect(choice: ServerChoice, store: EmbeddingStore | None, cancel: threading.Event) -> Encoder:
    from clipdesk.encoders.remote.api_keys import find_key
    from clipdesk.encoders.remote.roboflow import connect

    def key_of(host: str) -> ApiKey:
        key = find_key(host)
        if key:
            tell(f"{host} gets {key.origin}.")
        return key

    encoder = connect(choice, key_of=key_of, notice=notice, cancel=cancel)
    return encoder if store is None else CachedRemoteEncoder(encoder, store)


class _PlaceLine:
    """Reports where the model runs, once it is loaded and whenever that changes."""

    def __init__(self, encoder: Encoder, name: str) -> None:
        self._encoder = encoder
        self._name = name
        self._said = ""
        if is_loaded(encoder):
            self.say()

    def say(self) -> None:
        if self._encoder.place != self._said:
            self._said = self._encoder.place
            notice(f"{printable(self._name)} on {self._said}")


def _say_what_is_sent(upload: Upload, count: int, prompts: bool) -> None:
    """Report how many images, and whether prompts, are sent to which hosts."""
    megabytes = count * upload.bytes_per_image / 1e6
    what = "1 picture" if count == 1 else f"{count:,} pictures"
    hosts = " and ".join(upload.hosts)
    if count:
        words = ", and the prompts" if prompts else ""
        tell(f"Sending {what}, about {megabytes:,.1f} MB{words} to {hosts}: small copies without metadata.")
    elif prompts:
        tell(f"Sending the prompts to {hosts}. The pictures were sent there before.")
    else:
        tell(f"Nothing has to be sent to {hosts}: its earlier answers are stored.")
        return
    for host in upload.unencrypted:
        tell(f"What goes to {host} is not encrypted: others in that network can read it.")


def _score(desk: Desk, encoder: Encoder, name: str, store: EmbeddingStore | None, cancel: threading.Event) -> None:
    """Embed and score everything on the desk, reporting progress. What was finished before an error is scored, too."""
    place = _PlaceLine(encoder, name)
    desk.choose_encoder(encoder.identity, encoder.dimension, encoder.score_rule)
    prompts = label_prompts(desk.label_set)
    job = LineJob(np.arange(len(desk)), desk.images, distinct_prompts(prompts), cancel=cancel)
    vectors: Mapping[Prompt, NDArray[np.float32]] | None = None
    progress = ProgressLine()
    done = 0
    try:
        for event in run_line(job, encoder, store=store):
            match event:
                case RecalledImages():
                    desk.put_recalled(event)
                case Remainder():
                    done = len(desk) - event.image_count
                    if isinstance(encoder, RemoteEncoder):
                        _say_what_is_sent(encoder.upload, event.image_count, bool(event.prompts))
                case PromptVectors():
                    vectors = event.vectors
                    _warn_about_texts(event, name)
                case EmbeddedBatch():
                    desk.put(event.images)
                    done += len(event.images)
                    if is_loaded(encoder):
                        place.say()
                    progress.show(done, len(desk), _activity_text(encoder))
    finally:
        progress.end()
        if vectors is not None:
            # In one multiplication: in parts, the last digits would depend on the batch sizes.
            desk.set_labels(desk.label_set.labels, label_vectors(prompts, vectors))
    place.say()


def _warn_about_texts(answer: PromptVectors, name: str) -> None:
    """Name the texts that the model does not read to the end, and words that the starter model never learned."""
    for text in answer.cut_texts:
        tell(f"The model reads only the beginning of “{printable(text)}”.")
    from clipdesk.encoders.models.catalog import ANY_LANGUAGE
    from clipdesk.encoders.models.languages import unknown_words_finder

    find = unknown_words_finder(name)
    if find is not None and (unknown := find(prompt_texts(answer.request.prompts))):
        tell(
            f"The model does not know “{printable('”, “'.join(unknown))}”, so do not rely on its scores. For labels in "
            f"other languages than English, choose the model “{ANY_LANGUAGE.title}”: --model {ANY_LANGUAGE.name}"
        )


def _activity_text(encoder: Encoder) -> str:
    """Return what a remote encoder is doing, to append to the progress."""
    if not isinstance(encoder, RemoteEncoder):
        return ""
    activity = encoder.activity
    return f" · {activity.in_flight} at once · {activity.sent_bytes / 1e6:,.1f} MB sent"


def _write(rows: list[ResultRow], label_set: LabelSet, encoder: Encoder, options: argparse.Namespace) -> None:
    names, table = label_set.names, replace(options.columns, byte_order_mark=options.bom)
    if options.details:
        write_run_details(
            options.details, encoder.identity, encoder.score_rule, label_set, options.threshold or 0.0, __version__
        )
    if options.jsonl:
        write_jsonl(options.jsonl, rows, names, table)
    if options.csv:
        write_results(options.csv, rows, names, table)
    if not options.csv and not options.jsonl:
        print_table(rows, names)


def _finished(desk: Desk) -> int:
    """Return how many images are labelled or known to be unreadable."""
    return len(desk.errors) + _labelled(desk)


def _labelled(desk: Desk) -> int:
    decisions = desk.decisions
    return decisions.count_status(Status.OK) + decisions.count_status(Status.UNSURE)


def _summarise(desk: Desk, passed_over: PassedOver) -> None:
    for row in sorted(desk.errors):
        tell(f"{printable(desk.images.path_text(row))}: {desk.errors[row]}")
    tell(f"{_labelled(desk)} of {len(desk)} pictures labelled, {len(desk.errors)} could not be read.")
    if sentence := passed_over.sentence():
        tell(sentence)
