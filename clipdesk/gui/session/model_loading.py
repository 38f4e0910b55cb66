"""Load models on the encoder worker, one at a time, and make them the desk's encoder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import Encoder
from clipdesk.core.line.job_state import JobState
from clipdesk.gui.session.encoder_worker import EncoderInfo, EncoderWorker, LoadRequest
from clipdesk.gui.session.job_control import JobControl
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.problem import Problem


class ModelLoading(QObject):
    """Loads the model chosen last. A newer choice cancels an older one, whose outcome is then ignored."""

    started = Signal(str)  # model
    progressed = Signal(object)  # LoadProgress
    failed = Signal(str, object)  # model, Problem
    encoder_changed = Signal(object)  # EncoderInfo
    desk_changed = Signal(object)  # DeskChange: the desk shows another encoder's embeddings

    _load_requested = Signal(object)

    def __init__(
        self, desk: Desk, worker: EncoderWorker, jobs: JobControl, scorer: LabelScorer, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.encoder: EncoderInfo | None = None
        self._desk = desk
        self._worker = worker
        self._jobs = jobs
        self._scorer = scorer
        self._ids = count(1)
        self._request: LoadRequest | None = None
        self._last: LoadRequest | None = None
        """The request whose encoder is in use. A remembered encoder is loaded only when something is new to it."""
        self._load_requested.connect(worker.load)
        worker.load_progressed.connect(self._on_progressed)
        worker.encoder_loaded.connect(self._on_loaded)
        worker.load_failed.connect(self._on_failed)
        worker.place_changed.connect(self._on_place_changed)

    @property
    def is_loading(self) -> bool:
        return self._request is not None

    def load(self, model: str, device: str, *, download: bool, connect: Callable[..., Encoder] | None) -> None:
        """Stop the running job, then load this model instead of any that is loading; see `LoadRequest`."""
        self._jobs.apply(JobState.load_started)
        self.cancel()
        self._worker.interrupt()
        self._request = LoadRequest(next(self._ids), model, device, download, connect)
        self.started.emit(model)
        self._load_requested.emit(self._request)

    def cancel(self) -> None:
        """Cancel the load that is running."""
        if self._request is not None:
            self._request.cancel.set()

    def stop(self) -> None:
        """Cancel every load, including that of a remembered encoder for its first new image."""
        self.cancel()
        if self._last is not None:
            self._last.cancel.set()

    @Slot(int, object)
    def _on_progressed(self, request_id: int, progress: object) -> None:
        if request_id in {request.id for request in (self._request, self._last) if request is not None}:
            self.progressed.emit(progress)

    @Slot(int, object)
    def _on_loaded(self, request_id: int, info: EncoderInfo) -> None:
        if self._request is None or request_id != self._request.id:
            return
        self._request, self._last = None, self._request
        self.encoder = info
        self._scorer.use_encoder(info.identity.key)
        change = self._desk.choose_encoder(info.identity, info.dimension, info.rule)

        def announce() -> None:
            self.encoder_changed.emit(info)
            if change:
                self.desk_changed.emit(change)
            self._scorer.update()

        self._jobs.use_encoder(info.upload, first=announce)

    @Slot(int, object)
    def _on_failed(self, request_id: int, problem: Problem) -> None:
        if self._request is None or request_id != self._request.id:
            return
        model, self._request = self._request.model, None
        self.failed.emit(model, problem)
        self._jobs.apply(JobState.load_failed, first=self._scorer.request_missing)

    @Slot(object)
    def _on_place_changed(self, place: str) -> None:
        if self.encoder is not None:
            self.encoder = replace(self.encoder, place=place)
            self.encoder_changed.emit(self.encoder)
