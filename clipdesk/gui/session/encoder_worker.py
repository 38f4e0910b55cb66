"""Work off the GUI thread: one worker that owns the encoder, and short tasks."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QThread, Signal, Slot

from clipdesk.core.desk.desk import encode_prompts, recall_prompts
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.encoder import Activity, Encoder, EncoderIdentity, RemoteEncoder, ScoreRule, Upload
from clipdesk.core.errors import Cancelled, EncoderError
from clipdesk.core.line.pipeline import RecalledImages, embed_images, recall_images
from clipdesk.core.store.cached_encoder import CachedRemoteEncoder
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore
from clipdesk.gui.session.problem import problem_of

logger = logging.getLogger(__name__)


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
            encoder = CachedRemoteEncoder(encoder, self._store)
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


def start_thread(worker: QObject, name: str, parent: QObject) -> QThread:
    """A running thread that `worker` lives on."""
    thread = QThread(parent)
    thread.setObjectName(name)
    worker.moveToThread(thread)
    thread.start()
    return thread
