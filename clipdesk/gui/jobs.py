"""Work off the GUI thread: one worker that owns the encoder, and short tasks."""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, Signal, Slot

from clipdesk.core.encoder import Activity, Encoder, EncoderIdentity, RemoteEncoder, ScoreRule, Upload
from clipdesk.core.errors import AccessError, Cancelled, ClipDeskError, EncoderError, ServerError
from clipdesk.core.image_list import ImageList
from clipdesk.core.kept_encoder import KeptRemoteEncoder
from clipdesk.core.pipeline import RecalledImages, embed_images, recall_images
from clipdesk.core.project import encode_prompts, recall_prompts
from clipdesk.core.store import EmbeddingStore
from clipdesk.core.thumbnail_store import ThumbnailStore

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """Why something ended: a sentence for the person, and the details for a report.

    `of_server` and `of_access` tell whose fault it is: a server's, and there the key's or the credits'.
    """

    message: str
    details: str = ""
    of_server: bool = False
    of_access: bool = False


@dataclass(frozen=True)
class EncoderInfo:
    """What the window needs to know about a loaded encoder. `upload`: what it would send elsewhere; None: nothing."""

    model: str
    identity: EncoderIdentity
    dimension: int
    rule: ScoreRule
    place: str
    upload: Upload | None = None


@dataclass(frozen=True)
class LoadRequest:
    """Make this model the encoder. `device` is auto, cpu, cuda or mps; `download` allows fetching it first.

    `connect` reaches it on a server instead: it is called with progress and cancel.
    """

    id: int
    model: str
    device: str
    download: bool
    connect: Callable[..., Encoder] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class EmbedRequest:
    """Recall or embed these pictures, from these rows of the desk's `generation`.

    `only_recall`: none may be sent yet.
    """

    id: int
    generation: int
    rows: NDArray[np.intp]
    images: ImageList
    only_recall: bool = False
    cancel: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class PromptRequest:
    """Encode these prompt keys (see `core.project.prompt_keys`) with the encoder of `identity_key`.

    `only_recall`: none may be sent yet, so only those that are kept are answered.
    """

    identity_key: str
    keys: tuple[str, ...]
    only_recall: bool = False


@dataclass(frozen=True)
class PromptVectors:
    """The answer: a vector or a sentence for each key, and the texts that the model cuts off."""

    request: PromptRequest
    vectors: dict[str, NDArray[np.float32]]
    problems: dict[str, str]
    cut_texts: tuple[str, ...]


class EncoderWorker(QObject):
    """Owns the encoder on its thread. Slots run there; `request_prompts` may be called from any.

    A queued slot does not run while a job loops, so each request brings its own event that ends it.
    """

    load_progressed = Signal(int, object)  # request id, encoders.LoadProgress
    encoder_loaded = Signal(int, object)  # request id, EncoderInfo
    load_failed = Signal(int, object)  # request id, Problem
    prompts_encoded = Signal(object)  # PromptVectors
    images_recalled = Signal(int, int, object)  # job id, generation, RecalledImages
    batch_embedded = Signal(int, int, object)  # job id, generation, list[EmbeddedImage]
    place_changed = Signal(str)
    job_ended = Signal(int, object)  # job id, Problem or None
    _prompts_wanted = Signal()

    def __init__(
        self,
        load: Callable[..., Encoder],
        store: EmbeddingStore | None = None,
        thumbnails: ThumbnailStore | None = None,
    ) -> None:
        super().__init__()
        self._load = load
        self._store = store
        self._thumbnails = thumbnails
        self._encoder: Encoder | None = None
        self._place = ""
        self._inbox: queue.SimpleQueue[PromptRequest] = queue.SimpleQueue()
        self._prompts_wanted.connect(self._serve_prompts)

    @property
    def activity(self) -> Activity | None:
        """What a remote encoder is doing; None for any other."""
        encoder = self._encoder
        return encoder.activity if isinstance(encoder, RemoteEncoder) else None

    def interrupt(self) -> None:
        """Let a server's answer to prompts not be waited for. From any thread."""
        encoder = self._encoder
        if isinstance(encoder, RemoteEncoder):
            encoder.interrupt()

    def request_prompts(self, request: PromptRequest) -> None:
        """Have prompts encoded as soon as possible: between two batches when a job is running."""
        self._inbox.put(request)
        self._prompts_wanted.emit()

    @Slot(object)
    def load(self, request: LoadRequest) -> None:
        """Load a model; the old one stays until the new one is ready."""
        load = request.connect or partial(self._load, request.model, device=request.device, download=request.download)
        try:
            encoder = load(
                progress=lambda progress: self.load_progressed.emit(request.id, progress), cancel=request.cancel
            )
        except Exception as error:
            self.load_failed.emit(request.id, problem_of(error, "The model could not be loaded."))
            return
        if self._store is not None and isinstance(encoder, RemoteEncoder):
            encoder = KeptRemoteEncoder(encoder, self._store)
        self.close()
        self._encoder, self._place = encoder, encoder.place
        upload = encoder.upload if isinstance(encoder, RemoteEncoder) else None
        info = EncoderInfo(request.model, encoder.identity, encoder.dimension, encoder.score_rule, self._place, upload)
        self.encoder_loaded.emit(request.id, info)

    @Slot(object)
    def embed(self, request: EmbedRequest) -> None:
        """Run one job to its end, its cancellation or its failure."""
        problem = None
        try:
            encoder = self._require_encoder()
            new = self._recall(request, encoder)
            if request.only_recall:
                new = []
            for batch in embed_images(
                new, encoder, cancel=request.cancel, store=self._store, thumbnails=self._thumbnails
            ):
                self.batch_embedded.emit(request.id, request.generation, batch)
                self._serve_prompts()
                self._tell_place(encoder)
        except Exception as error:
            problem = problem_of(error, "Labelling stopped because of an unexpected error.")
        self.job_ended.emit(request.id, problem)

    def _recall(self, request: EmbedRequest, encoder: Encoder) -> Iterable[tuple[int, Path]]:
        """Hand over what is kept; the (row, path) pairs of the others."""
        is_new = np.ones(len(request.rows), np.bool_)
        if self._store is not None:
            for kept in recall_images(enumerate(request.images), encoder.identity, self._store, request.cancel):
                is_new[kept.rows] = False
                recalled = RecalledImages(request.rows[kept.rows], kept.embeddings)
                self.images_recalled.emit(request.id, request.generation, recalled)
                self._serve_prompts()
        return ((int(request.rows[place]), request.images.path(int(place))) for place in np.flatnonzero(is_new))

    @Slot()
    def close(self) -> None:
        """Give the encoder's memory back."""
        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None

    @Slot()
    def _serve_prompts(self) -> None:
        while True:
            try:
                request = self._inbox.get_nowait()
            except queue.Empty:
                return
            if self._encoder is not None and self._encoder.identity.key == request.identity_key:
                self.prompts_encoded.emit(self._encode_prompts(self._encoder, request))
                self._tell_place(self._encoder)

    def _encode_prompts(self, encoder: Encoder, request: PromptRequest) -> PromptVectors:
        """Encode each kind of prompt; one that fails does not take the others with it."""
        problems: dict[str, str] = {}
        vectors: dict[str, NDArray[np.float32]] = {}
        if request.only_recall:
            if self._store is not None:
                vectors = recall_prompts(request.keys, encoder.identity, self._store)
            request_texts = [key.removeprefix("text:") for key in vectors if key.startswith("text:")]
            return PromptVectors(request, vectors, problems, tuple(encoder.cut_texts(request_texts)))
        texts = [key for key in request.keys if key.startswith("text:")]
        images = [key for key in request.keys if key.startswith("image:")]
        for keys in filter(None, [texts, *([key] for key in images)]):
            try:
                vectors |= encode_prompts(keys, encoder, self._store)
            except Cancelled:
                continue  # no answer, but not a problem either: they are asked for again
            except Exception as error:
                problems |= dict.fromkeys(keys, problem_of(error, "This prompt could not be read.").message)
        cut = encoder.cut_texts([key.removeprefix("text:") for key in texts]) if texts else []
        return PromptVectors(request, vectors, problems, tuple(cut))

    def _tell_place(self, encoder: Encoder) -> None:
        """A model that was asleep has been woken, or the processor has taken over from a GPU."""
        if encoder.place != self._place:
            self._place = encoder.place
            self.place_changed.emit(self._place)

    def _require_encoder(self) -> Encoder:
        if self._encoder is None:
            raise EncoderError("No model is loaded. Choose one in the model box.")
        return self._encoder


@dataclass(frozen=True)
class _Errand:
    task: Callable[[], Any]
    on_done: Callable[[Any], None]
    on_failed: Callable[[Problem], None] | None


class Background(QObject):
    """Short tasks in a thread pool; what they return comes back on the GUI thread.

    Task and callbacks stay in this thread's keeping until it is through with them. Were a worker the last to let go of
    them, a dialog that they speak of would be destroyed there, which ends the program.
    """

    _ended = Signal(int, bool, object)  # ticket, whether it went well, result or Problem

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands: dict[int, _Errand] = {}
        self._tickets = itertools.count()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._ended.connect(self._on_ended)

    def run(
        self,
        task: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Problem], None] | None = None,
    ) -> None:
        """Call `task` elsewhere, then `on_done` with its result or `on_failed` with a Problem here."""
        ticket = next(self._tickets)
        self._errands[ticket] = _Errand(task, on_done, on_failed)
        self._pool.start(QRunnable.create(partial(self._work, ticket)))

    def stop(self) -> None:
        """Wait for what is running; forget what is not."""
        self._pool.clear()
        self._pool.waitForDone()

    def _work(self, ticket: int) -> None:
        went_well, outcome = self._attempt(ticket)
        self._ended.emit(ticket, went_well, outcome)  # by now this thread holds nothing of the errand

    def _attempt(self, ticket: int) -> tuple[bool, Any]:
        try:
            return True, self._errands[ticket].task()
        except Exception as error:
            return False, problem_of(error, "That did not work because of an unexpected error.")

    @Slot(int, bool, object)
    def _on_ended(self, ticket: int, went_well: bool, outcome: Any) -> None:
        errand = self._errands.pop(ticket)
        if went_well:
            errand.on_done(outcome)
        elif errand.on_failed is not None:
            errand.on_failed(outcome)


def start_thread(worker: QObject, name: str, parent: QObject) -> QThread:
    """A running thread that `worker` lives on."""
    thread = QThread(parent)
    thread.setObjectName(name)
    worker.moveToThread(thread)
    thread.start()
    return thread


def problem_of(error: Exception, unexpected: str) -> Problem:
    """A sentence for the person; the traceback only where the error is not one of ours."""
    if isinstance(error, Cancelled):
        return Problem("")
    if isinstance(error, ClipDeskError):
        cause = error.__cause__
        details = "".join(traceback.format_exception(cause)) if cause else ""
        return Problem(str(error), details, isinstance(error, ServerError), isinstance(error, AccessError))
    logger.error(unexpected, exc_info=error)
    return Problem(f"{unexpected} ({type(error).__name__}: {error})", "".join(traceback.format_exception(error)))
