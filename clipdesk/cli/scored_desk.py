"""Score the pictures that a command names, on a desk: what `label` and `sort` have in common."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clipdesk.cli.options import server_choice
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import INTERRUPTED, OK, SOME_UNREADABLE, ProgressLine, fail, notice, tell
from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import EncoderIdentity, RemoteEncoder, ScoreRule
from clipdesk.core.errors import Cancelled, ClipDeskError, EncoderError, LabelError, UnknownModelError
from clipdesk.core.labels.label_set import PLAIN_TEMPLATE, LabelSet, load_label_set, parse_label
from clipdesk.core.labels.prompts import Prompt, distinct_prompts, label_prompts, prompt_texts
from clipdesk.core.labels.scoring import label_vectors
from clipdesk.core.labels.typed_labels import parse_typed_labels
from clipdesk.core.line.prompts import PromptVectors
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.line.run import EmbeddedBatch, LineJob, Remainder, run_line
from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.scan import find_images
from clipdesk.core.reasons import os_reason
from clipdesk.core.store.cached_encoder import CachedRemoteEncoder, is_loaded

if TYPE_CHECKING:
    from clipdesk.cli.saved_desk import SavedDesk
    from clipdesk.core.encoder import Encoder, Upload
    from clipdesk.core.store.embedding_store import EmbeddingStore
    from clipdesk.encoders.remote.api_keys import ApiKey
    from clipdesk.encoders.remote.servers import ServerChoice


@dataclass(frozen=True)
class ScoredDesk:
    """A desk whose pictures are scored as far as possible, and what to report about it.

    `failure` is the sentence of the error that ended the work early, `was_interrupted` whether Ctrl+C did.
    """

    desk: Desk
    identity: EncoderIdentity
    rule: ScoreRule
    passed_over: PassedOver
    has_problems: bool
    failure: str = ""
    was_interrupted: bool = False

    def report(self) -> int:
        """Print which pictures could not be read, and the totals. Return the exit code."""
        desk = self.desk
        for row in sorted(desk.errors):
            tell(f"{printable(desk.images.path_text(row))}: {desk.errors[row]}")
        tell(f"{_labelled(desk)} of {len(desk)} pictures labelled, {len(desk.errors)} could not be read.")
        if sentence := self.passed_over.sentence():
            tell(sentence)
        if self.failure:
            return fail(f"{self.failure} Finished results are kept.")
        if self.was_interrupted:
            return fail("Stopped. Finished results are kept.", INTERRUPTED)
        return SOME_UNREADABLE if desk.errors or self.has_problems else OK


def problem_with_inputs(options: argparse.Namespace) -> str:
    """Return what is wrong with the paths of the pictures or the server's options, or an empty string."""
    if not options.server and (options.jpeg or options.same_weights_as):
        return "--jpeg and --same-weights-as go with --server."
    for path in options.paths:
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return f"“{path}” does not exist. Check the spelling."
        except OSError as error:
            return f"“{path}” cannot be opened: {os_reason(error)}."
    return ""


def chosen_labels(options: argparse.Namespace, saved: SavedDesk | None = None) -> LabelSet:
    """Return the labels of a saved desk, or those that the options name.

    Raises LabelError if there are none, if there are both, or if one cannot be used.
    """
    if saved is not None:
        if options.labels or options.label or options.template:
            raise LabelError("--desk brings its own labels. Leave out --label, --labels and --template.")
        if not saved.state.label_set.labels:
            raise LabelError(f"There are no labels in “{saved.path}”. Open it in the window, and add some.")
        return saved.state.label_set
    loaded = load_label_set(options.labels) if options.labels else LabelSet()
    # `parse_label` rejects an empty option.
    typed = (label for text in options.label for label in parse_typed_labels(text) or (parse_label(text),))
    labels = (*loaded.labels, *typed)
    if not labels:
        raise LabelError("There are no labels. Name at least one: --label dog --label cat.")
    return LabelSet(labels, tuple(options.template) or loaded.templates or (PLAIN_TEMPLATE,))


def score_pictures(
    options: argparse.Namespace, label_set: LabelSet, cancel: threading.Event, saved: SavedDesk | None = None
) -> ScoredDesk:
    """Find the pictures and score them against the labels.

    A saved desk brings its corrections and what they teach. It also stands in for paths, model and threshold where the
    options name none. Reports progress on standard error. What was finished before an error or an interrupt is kept.
    Raises ClipDeskError if there are no pictures, or none could be finished.
    """
    threshold = saved.state.threshold if saved is not None and options.threshold is None else options.threshold
    desk = Desk(threshold or 0.0)
    desk.set_label_set(label_set)
    problems: list[tuple[Path, str]] = []
    passed_over = PassedOver()
    if saved is not None and not options.paths:
        desk.add_images(saved.images(problems))
    else:
        found = find_images(
            options.paths,
            cancel=cancel,
            on_problem=lambda path, reason: problems.append((path, reason)),
            on_passed_over=passed_over.add,
            join_pairs=not options.separate_pairs,
        )
        desk.add_images(found)
        if cancel.is_set():
            raise Cancelled("Stopped.")
    for path, reason in problems:
        tell(f"{printable(str(path))}: {reason}")
    if not desk.images:
        raise ClipDeskError(f"No pictures were found there. {passed_over.sentence()}".rstrip())

    failure = ""
    with opened_store(options) as store, closing(load_encoder(options, store, cancel, saved)) as encoder:
        choice = server_choice(options)
        name = choice.version if choice is not None else encoder.identity.model
        if saved is not None and saved.state.encoder not in ("", encoder.identity.key):
            tell(f"“{saved.path}” was saved with another model or server, so its scores differ from these.")
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
        was_interrupted = cancel.is_set() and _finished(desk) < len(desk)
        if saved is not None:
            saved.correct(desk, store)
            saved.learn(desk, encoder.identity.key)
        return ScoredDesk(
            desk, encoder.identity, encoder.score_rule, passed_over, bool(problems), failure, was_interrupted
        )


@contextmanager
def opened_store(options: argparse.Namespace) -> Iterator[EmbeddingStore | None]:
    """Open the store, or yield None with `--no-cache`."""
    if options.no_cache:
        yield None
        return
    from clipdesk.store_settings import open_store

    with closing(open_store(lambda sentence: tell(printable(sentence)))) as store:
        yield store


def load_encoder(
    options: argparse.Namespace, store: EmbeddingStore | None, cancel: threading.Event, saved: SavedDesk | None
) -> Encoder:
    choice = server_choice(options)
    if choice is not None:
        return _connect(choice, store, cancel)
    from clipdesk.encoders.models.catalog import default_model
    from clipdesk.encoders.opening import open_encoder

    from_desk = saved.state.model if saved is not None and not options.model else ""
    model = options.model or from_desk or default_model()
    progress = ProgressLine()
    try:
        encoder = open_encoder(model, store=store, device=options.device, progress=progress.show_load, cancel=cancel)
    except UnknownModelError as error:
        if not from_desk:
            raise
        raise UnknownModelError(
            f"“{options.desk}” was saved with “{printable(model)}”, which is not a model of this computer. Name the "
            "server that has it with --server, or another model with --model."
        ) from error
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


class PlaceLine:
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


def say_what_is_sent(upload: Upload, count: int, prompts: bool) -> None:
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
    place = PlaceLine(encoder, name)
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
        if vectors is not None:
            # In one multiplication: in parts, the last digits would depend on the batch sizes.
            desk.set_labels(desk.label_set.labels, label_vectors(prompts, vectors))
    place.say()


def warn_about_texts(answer: PromptVectors, name: str) -> None:
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


def activity_text(encoder: Encoder) -> str:
    """Return what a remote encoder is doing, to append to the progress."""
    if not isinstance(encoder, RemoteEncoder):
        return ""
    activity = encoder.activity
    return f" · {activity.in_flight} at once · {activity.sent_bytes / 1e6:,.1f} MB sent"


def _finished(desk: Desk) -> int:
    """Return how many images are labelled or known to be unreadable."""
    return len(desk.errors) + _labelled(desk)


def _labelled(desk: Desk) -> int:
    decisions = desk.decisions
    return decisions.count_status(Status.OK) + decisions.count_status(Status.UNSURE)
