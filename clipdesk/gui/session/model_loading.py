"""Load models on the encoder worker, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.encoder import Encoder
from clipdesk.gui.session.encoder_worker import EncoderInfo, EncoderWorker, LoadRequest
from clipdesk.gui.session.problem import Problem


class ModelLoading(QObject):
    """Loads the model chosen last. A newer choice cancels an older one, whose outcome is then ignored."""

    started = Signal(str)  # model
    progressed = Signal(object)  # encoders.models.download.LoadProgress
    loaded = Signal(object)  # EncoderInfo
    failed = Signal(str, object)  # model, Problem

    _load_requested = Signal(object)

    def __init__(self, worker: EncoderWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._ids = count(1)
        self._request: LoadRequest | None = None
        self._last: LoadRequest | None = None
        """The request whose encoder is in use. A remembered encoder is loaded only when something is new to it."""
        self._load_requested.connect(worker.load)
        worker.load_progressed.connect(self._on_progressed)
        worker.encoder_loaded.connect(self._on_loaded)
        worker.load_failed.connect(self._on_failed)

    @property
    def is_loading(self) -> bool:
        return self._request is not None

    def load(self, model: str, device: str, *, download: bool, connect: Callable[..., Encoder] | None) -> None:
        """Load this model instead of the one that is loading; see `LoadRequest`."""
        self.cancel()
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
        if self._request is not None and request_id == self._request.id:
            self._request, self._last = None, self._request
            self.loaded.emit(info)

    @Slot(int, object)
    def _on_failed(self, request_id: int, problem: Problem) -> None:
        if self._request is not None and request_id == self._request.id:
            model, self._request = self._request.model, None
            self.failed.emit(model, problem)
