"""The worker that owns the encoder, on a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, QThread, Signal, Slot

from clipdesk.core.encoder import Activity, Encoder, EncoderIdentity, RemoteEncoder, ScoreRule, Upload
from clipdesk.core.errors import EncoderError
from clipdesk.core.line.prompts import PromptRequest, PromptVectors, answer_prompts
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.line.run import EmbeddedBatch, LineEvent, LineJob, Remainder, run_line
from clipdesk.core.line.shared_pictures import SharedPictures
from clipdesk.core.messages import message
from clipdesk.core.store.cached_encoder import CachedRemoteEncoder
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore
from clipdesk.gui.session.problem import problem_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class EncoderInfo:
    """What the window needs to know about a loaded encoder. `upload` is None unless it sends images elsewhere."""

    model: str
    identity: EncoderIdentity
    dimension: int
    rule: ScoreRule
    place: str
    upload: Upload | None = None


@dataclass(frozen=True)
class LoadRequest:
    """Load this model. `device` is auto, cpu, cuda or mps; `download` allows downloading it first.

    With `connect`, which is called with `progress` and `cancel`, the model is one on a server instead.
    """

    id: int
    model: str
    device: str
    download: bool
    connect: Callable[..., Encoder] | None = None
    cancel: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class EmbedRequest:
    """Run this job; its rows are those of the desk's `generation`."""

    id: int
    generation: int
    job: LineJob


class EncoderWorker(QObject):
    """Owns the encoder. Slots run on the worker's thread; `request_prompts` and `interrupt` on any thread.

    A queued slot does not run during a job, so each request carries its own event to cancel it.
    """

    load_progressed = Signal(int, object)  # request id, encoders.LoadProgress
    encoder_loaded = Signal(int, object)  # request id, EncoderInfo
    load_failed = Signal(int, object)  # request id, Problem
    prompts_encoded = Signal(object)  # PromptVectors
    images_recalled = Signal(int, int, object)  # job id, generation, RecalledImages
    batch_embedded = Signal(int, int, object)  # job id, generation, list[EmbeddedImage]
    place_changed = Signal(object)  # Message
    job_ended = Signal(int, object)  # job id, Problem or None
    _prompts_requested = Signal()

    def __init__(
        self,
        load: Callable[..., Encoder],
        store: EmbeddingStore | None = None,
        thumbnails: ThumbnailStore | None = None,
        shared: SharedPictures | None = None,
    ) -> None:
        super().__init__()
        self._load = load
        self._store = store
        self._thumbnails = thumbnails
        self._shared = shared
        self._encoder: Encoder | None = None
        self._place = ""
        self._requests: queue.SimpleQueue[PromptRequest] = queue.SimpleQueue()
        self._prompts_requested.connect(self._answer_prompts)

    @property
    def activity(self) -> Activity | None:
        """What a remote encoder is doing; None for a local one."""
        encoder = self._encoder
        return encoder.activity if isinstance(encoder, RemoteEncoder) else None

    def interrupt(self) -> None:
        """Stop waiting for a server's answer to prompts."""
        encoder = self._encoder
        if isinstance(encoder, RemoteEncoder):
            encoder.interrupt()

    def request_prompts(self, request: PromptRequest) -> None:
        """Encode prompts as soon as possible: between two batches while a job is running."""
        self._requests.put(request)
        self._prompts_requested.emit()

    @Slot(object)
    def load(self, request: LoadRequest) -> None:
        """Load a model. The previous one stays in use until the new one is ready."""
        load = request.connect or partial(self._load, request.model, device=request.device, download=request.download)
        try:
            encoder = load(
                progress=lambda progress: self.load_progressed.emit(request.id, progress), cancel=request.cancel
            )
        except Exception as error:
            self.load_failed.emit(request.id, problem_of(error, message("core", "The model could not be loaded.")))
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
        """Run one job until it is finished, cancelled or failed."""
        problem = None
        try:
            encoder = self._require_encoder()
            events = run_line(
                request.job,
                encoder,
                store=self._store,
                thumbnails=self._thumbnails,
                shared=self._shared,
                next_request=self._next_request,
                describe_error=_describe_prompt_error,
            )
            for event in events:
                self._report(request, event)
                self._report_place(encoder)
        except Exception as error:
            problem = problem_of(error, message("core", "Labelling stopped because of an unexpected error."))
        self.job_ended.emit(request.id, problem)

    def _report(self, request: EmbedRequest, event: LineEvent) -> None:
        match event:
            case RecalledImages():
                self.images_recalled.emit(request.id, request.generation, event)
            case EmbeddedBatch():
                self.batch_embedded.emit(request.id, request.generation, event.images)
            case PromptVectors():
                self.prompts_encoded.emit(event)
            case Remainder():
                pass  # the window asks for consent before it starts the job

    @Slot()
    def close(self) -> None:
        """Release the encoder and its memory."""
        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None

    @Slot()
    def _answer_prompts(self) -> None:
        while self._encoder is not None and (request := self._next_request()) is not None:
            answer = answer_prompts(request, self._encoder, self._store, _describe_prompt_error)
            self.prompts_encoded.emit(answer)
            self._report_place(self._encoder)

    def _next_request(self) -> PromptRequest | None:
        """Return the next prompts for the encoder in use, dropping those meant for an earlier one."""
        while True:
            try:
                request = self._requests.get_nowait()
            except queue.Empty:
                return None
            if self._encoder is not None and self._encoder.identity.key == request.identity_key:
                return request

    def _report_place(self, encoder: Encoder) -> None:
        """Report when a remembered model has been loaded, or the CPU has taken over from a GPU."""
        if encoder.place != self._place:
            self._place = encoder.place
            self.place_changed.emit(self._place)

    def _require_encoder(self) -> Encoder:
        if self._encoder is None:
            raise EncoderError(message("core", "No model is loaded. Choose one in the model box."))
        return self._encoder


def _describe_prompt_error(error: Exception) -> str:
    """Return the sentence for prompts that cannot be encoded. Cancelled prompts have none: they are requested again."""
    return problem_of(error, message("core", "This prompt could not be read.")).message


def start_thread(worker: QObject, name: str, parent: QObject) -> QThread:
    """Move the worker to a new thread, start the thread and return it."""
    thread = QThread(parent)
    thread.setObjectName(name)
    worker.moveToThread(thread)
    thread.start()
    return thread
