"""Run jobs on the encoder worker, one at a time, and count their progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress, count

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.line.progress import JobProgress, Progress
from clipdesk.core.line.results import EmbeddedImage, RecalledImages
from clipdesk.core.line.run import LineJob
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.encoder_worker import EmbedRequest, EncoderWorker
from clipdesk.gui.session.problem import Problem

#: The shortest time between two reports of progress.
_PROGRESS_MS = 100


class JobRunner(QObject):
    """Runs one job and passes its results on. Results of other jobs, or for rows that have moved, are dropped."""

    started = Signal()
    progressed = Signal(object)  # Progress
    images_recalled = Signal(object)  # RecalledImages
    batch_embedded = Signal(object)  # list[EmbeddedImage]
    measured = Signal(float)  # images per second of a job that ran long enough to tell
    ended = Signal(object)  # Problem or None

    _job_requested = Signal(object)

    def __init__(self, worker: EncoderWorker, generation: Callable[[], int], parent: QObject) -> None:
        """`generation` returns that of the desk's rows now; see `Desk.generation`."""
        super().__init__(parent)
        self._generation = generation
        self._ids = count(1)
        self._request: EmbedRequest | None = None
        self._progress = JobProgress()
        self._pause = single_shot(self, _PROGRESS_MS, self._on_pause_ended)
        self._is_report_due = False
        self._dropped: set[int] = set()  # rows of the running job whose files have changed since it started
        self._job_requested.connect(worker.embed)
        worker.images_recalled.connect(self._on_images_recalled)
        worker.batch_embedded.connect(self._on_batch_embedded)
        worker.job_ended.connect(self._on_job_ended)

    @property
    def is_running(self) -> bool:
        return self._request is not None

    def start(self, job: LineJob) -> None:
        """Start a job with the desk's rows as they are now. No other may be running."""
        self._request = EmbedRequest(next(self._ids), self._generation(), job)
        self._dropped.clear()
        self._progress.begin(len(job.rows))
        self.started.emit()
        self.report_progress()
        self._job_requested.emit(self._request)

    def stop(self) -> None:
        """Stop the job within one batch; `ended` follows."""
        if self._request is not None:
            self._request.job.cancel.set()

    def drop_results(self, rows: Iterable[int]) -> None:
        """Pass on nothing more for these rows: the running job may have read their files before they changed."""
        self._dropped.update(rows)

    # --- progress

    def progress(self) -> Progress:
        return self._progress.current()

    def report_progress(self) -> None:
        """Report the progress now, or within 100 ms if that was done a moment ago: small batches come fast."""
        if self._pause.isActive():
            self._is_report_due = True
        else:
            self._emit_progress()

    def _on_pause_ended(self) -> None:
        if self._is_report_due and self._request is not None:
            self._emit_progress()

    def _emit_progress(self) -> None:
        self._is_report_due = False
        self._pause.start()
        self.progressed.emit(self.progress())

    def count_waiting(self, images: int) -> None:
        """Count images that came in while the job runs or is paused."""
        self._progress.add_waiting(images)

    def end_count(self, *, is_paused: bool = False) -> None:
        """Start counting anew with the next job, unless this one is only paused."""
        self._progress.end(paused=is_paused)

    # --- results

    def _is_current(self, job_id: int) -> bool:
        return self._request is not None and job_id == self._request.id

    @Slot(int, int, object)
    def _on_images_recalled(self, job_id: int, generation: int, recalled: RecalledImages) -> None:
        if self._is_current(job_id) and generation == self._generation():
            self._progress.add_recalled(len(recalled.rows))
            if self._dropped:
                is_kept = ~np.isin(recalled.rows, np.fromiter(self._dropped, np.intp))
                contents = list(compress(recalled.contents, is_kept))
                recalled = RecalledImages(recalled.rows[is_kept], recalled.embeddings[is_kept], contents)
            self.images_recalled.emit(recalled)

    @Slot(int, int, object)
    def _on_batch_embedded(self, job_id: int, generation: int, batch: list[EmbeddedImage]) -> None:
        if self._is_current(job_id) and generation == self._generation():
            self._progress.add_embedded(len(batch))
            self.batch_embedded.emit([image for image in batch if image.row not in self._dropped])

    @Slot(int, object)
    def _on_job_ended(self, job_id: int, problem: Problem | None) -> None:
        if not self._is_current(job_id):
            return
        if (speed := self._progress.measured_speed()) is not None:
            self.measured.emit(speed)
        if self._is_report_due:
            self._emit_progress()
        self._request = None
        self.ended.emit(problem)
