"""The open session: images come in, get embedded and scored as soon as everything for that is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.encoder import Activity, Encoder
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.line.job_state import JobState
from clipdesk.core.line.progress import Progress
from clipdesk.core.line.prompts import PromptVectors
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo, EncoderWorker, start_thread
from clipdesk.gui.session.intake import ImageIntake
from clipdesk.gui.session.job_control import JobControl
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.model_loading import ModelLoading
from clipdesk.gui.session.problem import Problem


class Labelling(QObject):
    """Owns the desk, and the parts that fill it: intake, model loading, job control and label scorer.

    Reports every event to the job control, which decides what happens next. Labelling starts by itself once there are
    images, labels and a model. All signals are emitted on the GUI thread.
    """

    scan_progressed = Signal(int)  # new images so far
    scan_ended = Signal(int, list)  # new images, problems
    desk_changed = Signal(object)  # DeskChange
    changes_seen = Signal(object, object)  # folder_changes.Changes, number of images that are new
    prompts_cut = Signal(tuple)  # texts longer than the model reads
    prompts_failed = Signal(object)  # dict[Prompt, str]: a sentence for each
    load_started = Signal(str)  # model
    load_progressed = Signal(object)  # LoadProgress
    encoder_changed = Signal(object)  # EncoderInfo
    load_failed = Signal(str, object)  # model, Problem
    job_started = Signal()
    job_progressed = Signal(object)  # Progress
    job_ended = Signal(object)  # Problem or None
    job_measured = Signal(float)  # images per second of a job that ran long enough to tell
    paused_changed = Signal(bool)
    consent_wanted = Signal(object, int)  # Upload, images to send: answer with `allow_upload` or `refuse_upload`

    def __init__(
        self,
        load: Callable[..., Encoder],
        store: EmbeddingStore | None = None,
        parent: QObject | None = None,
        thumbnails: ThumbnailStore | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = Desk()
        self.encoder: EncoderInfo | None = None
        self.background = Background(self)
        self._worker = EncoderWorker(load, store, thumbnails)
        self._thread = start_thread(self._worker, "encoder", self)
        self._intake = ImageIntake(lambda: self.desk.images, self)
        self._loading = ModelLoading(self._worker, self)
        self._jobs = JobControl(self.desk, self._worker, has_store=store is not None, parent=self)
        self._scorer = LabelScorer(
            self.desk, self.background, self._worker.request_prompts, has_store=store is not None, parent=self
        )
        self._connect_parts()

    def _connect_parts(self) -> None:
        self._intake.images_found.connect(self._on_images_found)
        self._intake.scan_ended.connect(self._on_scan_ended)
        self._intake.changes_found.connect(self._on_changes_found)
        self._loading.started.connect(self.load_started)
        self._loading.progressed.connect(self.load_progressed)
        self._loading.loaded.connect(self._on_encoder_loaded)
        self._loading.failed.connect(self._on_load_failed)
        self._jobs.desk_changed.connect(self.desk_changed)
        self._jobs.job_started.connect(self.job_started)
        self._jobs.job_progressed.connect(self.job_progressed)
        self._jobs.job_measured.connect(self.job_measured)
        self._jobs.recall_ended.connect(self._update_scores)  # prompts that need consent waited for this
        self._jobs.job_ended.connect(self.job_ended)
        self._jobs.paused_changed.connect(self.paused_changed)
        self._jobs.consent_wanted.connect(self.consent_wanted)
        self._scorer.desk_changed.connect(self.desk_changed)
        self._scorer.prompts_cut.connect(self.prompts_cut)
        self._scorer.prompts_failed.connect(self.prompts_failed)
        self._scorer.consent_needed.connect(self._on_consent_needed)
        self._worker.prompts_encoded.connect(self._on_prompts_encoded)
        self._worker.place_changed.connect(self._on_place_changed)

    # --- changes by the user

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Search files and folders for images, and put them on the desk as they are found."""
        self._intake.add_paths(paths)
        self._jobs.apply(JobState.scan_started)

    def remove_images(self, rows: Sequence[int]) -> DeskChange:
        """Take images off the desk. The files stay where they are."""
        self._jobs.apply(JobState.rows_moving)
        return self._follow(self.desk.remove_images(rows))

    def clear(self) -> None:
        """Take all images off the desk, and forget folders that are being watched or searched."""
        self.stop_scan()
        self._intake.forget_folders()
        self.remove_images(range(len(self.desk)))

    def set_label_set(self, label_set: LabelSet) -> DeskChange:
        """Use these labels. Scores follow as soon as their prompts are encoded; no image is embedded again."""
        return self._follow(self.desk.set_label_set(label_set))

    def set_threshold(self, threshold: float) -> DeskChange:
        """Call a label a guess when its probability is below this, 0…1."""
        return self._follow(self.desk.set_threshold(threshold))

    def revert(self, change: DeskChange) -> DeskChange:
        """Undo a change by the user. Reverting the returned change redoes it."""
        if change.removed is not None or change.restored is not None:
            self._jobs.apply(JobState.rows_moving)
        return self._follow(self.desk.revert(change))

    def _follow(self, change: DeskChange) -> DeskChange:
        """Announce a change by the user, and continue with what follows from it."""
        if change.removed is not None:
            self._intake.take_off(change.removed.images)
        if change.restored is not None:
            self._intake.put_back(change.restored)
        if change.labels is not None:
            self._scorer.try_again()
        self._announce(change)
        if change.labels is not None:
            self._update_scores()
        self._jobs.apply(JobState.images_changed if change.restored is not None else JobState.work_changed)
        return change

    def _announce(self, change: DeskChange) -> None:
        if change:
            self.desk_changed.emit(change)

    # --- images that are found

    @property
    def is_scanning(self) -> bool:
        return self._intake.is_scanning

    def stop_scan(self) -> None:
        """Stop searching folders, and forget those still to be searched."""
        self._intake.stop_scan()

    def look_again(self) -> None:
        """Look for changes in all folders, including those on disks that send no notifications."""
        self._intake.look_again()

    @Slot(object)
    def _on_images_found(self, images: list[ImageFile]) -> None:
        change = self.desk.add_images(images)
        found = self._intake.count_new(len(change.added))
        self._jobs.count_added(change)
        self._announce(change)
        self.scan_progressed.emit(found)
        self._jobs.apply(JobState.images_changed)

    @Slot(int, list)
    def _on_scan_ended(self, found: int, problems: list[str]) -> None:
        self.scan_ended.emit(found, problems)
        self._intake.scan_next()
        self._jobs.apply(lambda state: state.scan_ended(is_scanning=self.is_scanning))

    @Slot(object)
    def _on_changes_found(self, changes: Changes) -> None:
        """Add new images at the end, mark missing ones, and embed changed ones again."""
        change = self.desk.update_files(changes, self._intake.wanted(changes))
        self._jobs.count_added(change)
        if change:
            self._announce(change)
            self.changes_seen.emit(changes, len(change.added))
        self._jobs.apply(JobState.images_changed)

    # --- the model

    @property
    def is_loading(self) -> bool:
        return self._loading.is_loading

    def load_model(
        self,
        model: str,
        device: str = "auto",
        *,
        download: bool = False,
        connect: Callable[..., Encoder] | None = None,
    ) -> None:
        """Load a model. The one in use stays until the new one is ready, and its embeddings are kept.

        With `connect` the model is one on a server; see `LoadRequest`.
        """
        self._jobs.apply(JobState.load_started)
        self._worker.interrupt()
        self._loading.load(model, device, download=download, connect=connect)

    @Slot(object)
    def _on_encoder_loaded(self, info: EncoderInfo) -> None:
        self.encoder = info
        self._scorer.use_encoder(info.identity.key)
        change = self.desk.choose_encoder(info.identity, info.dimension, info.rule)

        def announce() -> None:
            self.encoder_changed.emit(info)
            self._announce(change)
            self._update_scores()

        self._jobs.use_encoder(info.upload, first=announce)

    @Slot(str, object)
    def _on_load_failed(self, model: str, problem: Problem) -> None:
        self.load_failed.emit(model, problem)
        self._jobs.apply(JobState.load_failed, first=self._update_scores)

    @Slot(str)
    def _on_place_changed(self, place: str) -> None:
        if self.encoder is not None:
            self.encoder = replace(self.encoder, place=place)
            self.encoder_changed.emit(self.encoder)

    # --- consent to send

    def allow_upload(self) -> None:
        """Allow the waiting images, and all prompts, to be sent to the hosts of the encoder in use."""
        self._jobs.apply(JobState.consent_granted, first=self._update_scores)

    def refuse_upload(self) -> None:
        """Send nothing until the user starts again."""
        self._jobs.apply(JobState.consent_refused)

    def withdraw_upload(self) -> None:
        """Send nothing more: the user has chosen this computer, whether or not it has a model that can be loaded."""
        self._jobs.apply(JobState.consent_withdrawn)
        self._worker.interrupt()

    @Slot()
    def _on_consent_needed(self) -> None:
        self._jobs.apply(JobState.prompts_need_consent)

    # --- scores

    def _update_scores(self) -> None:
        """Score what can be scored, and request the prompts that are missing."""
        if self.encoder is not None:
            self._scorer.update(may_send=self._jobs.may_send_prompts)

    @Slot(object)
    def _on_prompts_encoded(self, answer: PromptVectors) -> None:
        self._scorer.take(answer)
        self._update_scores()
        self._jobs.apply(JobState.work_changed)

    # --- the job

    @property
    def activity(self) -> Activity | None:
        """What a server is being asked at the moment; None when everything is computed here."""
        return self._worker.activity

    @property
    def is_running(self) -> bool:
        return self._jobs.is_running

    @property
    def is_paused(self) -> bool:
        return self._jobs.is_paused

    @property
    def can_start(self) -> bool:
        """Whether there are labels, a model, and images without an embedding."""
        return self._jobs.can_start

    def progress(self) -> Progress:
        """How far the job is, and how fast it was over the last seconds."""
        return self._jobs.progress()

    def start(self) -> None:
        """Label the waiting images, also after a cancel or a failure."""
        self._scorer.try_again()
        self._jobs.apply(JobState.started)
        self._update_scores()

    def set_paused(self, paused: bool) -> None:
        """Stop after the current batch, or continue."""
        self._jobs.apply(JobState.paused if paused else JobState.resumed)

    def cancel(self) -> None:
        """Stop loading, searching and labelling. Finished results stay."""
        self.stop_scan()
        self._loading.cancel()
        self._worker.interrupt()
        self._jobs.apply(JobState.cancelled)

    def retry_failed(self) -> None:
        """Read the images again that could not be read."""
        if change := self.desk.retry_failed():
            self._announce(change)
            self.start()

    # --- the end

    def stop(self) -> None:
        """End all work and wait for it, which takes at most one batch."""
        self._jobs.apply(JobState.shut_down)
        self._loading.stop()
        self._worker.interrupt()
        self._intake.stop()
        self._thread.quit()
        self._intake.wait()
        self._thread.wait()
        self._worker.close()
        self.background.stop()
