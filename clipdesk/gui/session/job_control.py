"""Start, stop and pause jobs as the state machine decides, and put their results on the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import Upload
from clipdesk.core.line.job_state import Decision, Job, JobState, Step
from clipdesk.core.line.progress import Progress
from clipdesk.core.line.results import EmbeddedImage, RecalledImages
from clipdesk.core.line.run import LineJob
from clipdesk.gui.session.encoder_worker import EncoderWorker
from clipdesk.gui.session.job_runner import JobRunner
from clipdesk.gui.session.problem import Problem


class JobControl(QObject):
    """Tells a JobState what happens (`apply`), and carries out what it decides."""

    desk_changed = Signal(object)  # DeskChange: finished images
    job_started = Signal()
    job_progressed = Signal(object)  # Progress
    job_measured = Signal(float)  # images per second of a job that ran long enough to tell
    recall_ended = Signal()  # after `job_ended` of a job that only searched the store
    job_ended = Signal(object)  # Problem or None
    paused_changed = Signal(bool)
    consent_wanted = Signal(object, int)  # Upload, images to send

    def __init__(self, desk: Desk, worker: EncoderWorker, *, has_store: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._upload: Upload | None = None
        self._state = JobState(has_store=has_store)
        self._purposes: set[str] = set()
        self._runner = JobRunner(worker, lambda: desk.generation, self)
        self._runner.started.connect(self.job_started)
        self._runner.progressed.connect(self.job_progressed)
        self._runner.measured.connect(self.job_measured)
        self._runner.images_recalled.connect(self._on_images_recalled)
        self._runner.batch_embedded.connect(self._on_batch_embedded)
        self._runner.ended.connect(self._on_job_ended)

    @property
    def is_running(self) -> bool:
        return self._runner.is_running

    @property
    def is_stopping(self) -> bool:
        """Whether the running job was told to stop. It ends within a second."""
        return self.is_running and self._state.is_stopping

    @property
    def is_paused(self) -> bool:
        return self._state.is_paused

    @property
    def can_start(self) -> bool:
        """Whether embeddings have a use, and there are a model and images without an embedding."""
        desk = self._desk
        return bool(self._has_use and desk.table is not None and len(desk.waiting()))

    @property
    def _has_use(self) -> bool:
        """Whether anything needs the embeddings of images."""
        return bool(self._desk.label_set.labels or self._purposes)

    def set_purpose(self, purpose: str, is_wanted: bool) -> None:
        """Embed images even without labels while some purpose, such as groups, wants that.

        A running job goes on once the last purpose is gone.
        """
        (self._purposes.add if is_wanted else self._purposes.discard)(purpose)
        if is_wanted:
            self.apply(JobState.work_changed)

    @property
    def may_send_prompts(self) -> bool:
        return self._state.may_send_prompts

    def progress(self) -> Progress:
        """How far the job is, and how fast it was over the last seconds."""
        return self._runner.progress()

    def follow_files(self, change: DeskChange) -> None:
        """Count images that came in while a job runs or is paused as part of it; drop its results for changed files."""
        if change.added and (self.is_running or self.is_paused):
            self._runner.count_waiting(len(change.added))
        rows = (self._desk.row_of(path) for path in change.renewed)
        self._runner.drop_results(row for row in rows if row is not None)
        if change.relocated is not None:
            moved = change.relocated.rows.tolist()
            self._runner.drop_results(row for row in moved if not self._desk.is_embedded(row))

    def is_waiting_for(self, paths: Iterable[Path]) -> bool:
        """Return whether a job is running that has yet to read one of these files."""
        rows = (self._desk.row_of(path) for path in paths) if self.is_running else ()
        return any(row is not None and not self._desk.is_embedded(row) for row in rows)

    def is_due(self, path: Path) -> bool:
        """Return whether a job will decode this file soon: one that runs, or that follows once the model is loaded."""
        state = self._state
        follows = state.is_loading and not (state.is_paused or state.is_halted) and self._has_use
        if not (follows or (state.job is Job.FULL and not state.is_stopping)):
            return False
        row = self._desk.row_of(path)
        return row is not None and row not in self._desk.errors and not self._desk.is_embedded(row)

    def use_encoder(self, upload: Upload | None, *, first: Callable[[], object]) -> None:
        """Another encoder is in use, which sends what `upload` says. See `apply` for `first`."""
        self._upload = upload
        self._runner.end_count()
        hosts = upload.hosts if upload is not None else ()
        self.apply(lambda state: state.encoder_loaded(hosts), first=first)

    # --- events and decisions

    @Slot()
    def update(self) -> None:
        """Do what is possible now that labels, prompts or rows have changed."""
        self.apply(JobState.work_changed)

    @Slot()
    def request_consent(self) -> None:
        """Prompts would have to be sent: ask for consent, unless that is done already."""
        self.apply(JobState.prompts_need_consent)

    def apply(
        self,
        event: Callable[[JobState], Step],
        *,
        first: Callable[[], object] | None = None,
        problem: Problem | None = None,
    ) -> tuple[Decision, ...]:
        """Let an event happen, call `first`, then carry out and return what the state machine has decided."""
        before = self._state.with_work(is_ready=self.can_start, has_labels=self._has_use)
        self._state, decisions = event(before)
        if self._state.is_paused != before.is_paused:
            self.paused_changed.emit(self._state.is_paused)
        if first is not None:
            first()
        for decision in decisions:
            self._carry_out(decision, problem)
        return decisions

    def _carry_out(self, decision: Decision, problem: Problem | None) -> None:
        match decision:
            case Decision.START_RECALL:
                self._start_job(only_recall=True)
            case Decision.START_FULL:
                self._start_job(only_recall=False)
            case Decision.STOP_JOB:
                self._runner.stop()
            case Decision.ASK_CONSENT:
                self.consent_wanted.emit(self._upload, len(self._desk.waiting()))
            case Decision.END:
                self._runner.end_count(is_paused=self.is_paused)
                self.job_ended.emit(problem)

    def _start_job(self, *, only_recall: bool) -> None:
        waiting = self._desk.waiting()
        job = LineJob(waiting, self._desk.images.take(waiting), only_recall=only_recall)
        if self._state.is_stopping:
            job.cancel.set()  # stopped by a listener to an earlier decision of the same event
        self._runner.start(job)

    # --- results

    @Slot(object)
    def _on_images_recalled(self, recalled: RecalledImages) -> None:
        self._announce(self._desk.put_recalled(recalled))

    @Slot(object)
    def _on_batch_embedded(self, batch: list[EmbeddedImage]) -> None:
        self._announce(self._desk.put(batch))

    def _announce(self, change: DeskChange) -> None:
        if change:
            self.desk_changed.emit(change)
        self._runner.report_progress()

    @Slot(object)
    def _on_job_ended(self, problem: Problem | None) -> None:
        was_recall = self._state.job is Job.RECALL
        decisions = self.apply(lambda state: state.job_ended(failed=problem is not None), problem=problem)
        if was_recall and Decision.END in decisions:
            self.recall_ended.emit()
