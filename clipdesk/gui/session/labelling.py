"""The open session: images come in, get embedded and scored as soon as everything for that is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.comparison import Comparison, with_comparison
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.kept_groups import KeptGroups
from clipdesk.core.encoder import Activity, Encoder
from clipdesk.core.labels.label_set import LabelId, LabelSet
from clipdesk.core.line.job_state import JobState
from clipdesk.core.line.progress import Progress
from clipdesk.core.line.shared_pictures import SharedPictures
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore
from clipdesk.core.teaching.course import weights_of
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.duplicate_finder import DuplicateFinder
from clipdesk.gui.session.encoder_worker import EncoderInfo, EncoderWorker, start_thread
from clipdesk.gui.session.grouper import Grouper
from clipdesk.gui.session.intake import ImageIntake
from clipdesk.gui.session.job_control import JobControl
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.model_loading import ModelLoading
from clipdesk.gui.session.searcher import Searcher
from clipdesk.gui.session.teaching import Teaching
from clipdesk.gui.session.word_learner import WordLearner
from clipdesk.gui.session.wording_scorer import WordingScorer


class Labelling(QObject):
    """Owns the desk, the encoder and the parts that fill the desk, and is all that the window knows of them.

    Labelling starts by itself once there are images, labels and a model. All signals are emitted on the GUI thread.
    """

    desk_changed = Signal(object)  # DeskChange
    comparison_kept = Signal()
    sort_undo_wanted = Signal(object)  # SortedFiles

    def __init__(
        self,
        load: Callable[..., Encoder],
        store: EmbeddingStore | None = None,
        parent: QObject | None = None,
        thumbnails: ThumbnailStore | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = Desk()
        self.background = Background(self)
        has_store = store is not None
        self.shared_pictures = SharedPictures()
        self._worker = EncoderWorker(load, store, thumbnails, self.shared_pictures)
        self._thread = start_thread(self._worker, "encoder", self)
        self._jobs = JobControl(self.desk, self._worker, has_store=has_store, parent=self)
        self._intake = ImageIntake(self.desk, self._jobs, self)
        self._scorer = LabelScorer(
            self.desk,
            self.background,
            self._worker.request_prompts,
            may_send=lambda: self._jobs.may_send_prompts,
            is_running=lambda: self._jobs.is_running,
            has_store=has_store,
            parent=self,
        )
        self._loading = ModelLoading(self.desk, self._worker, self._jobs, self._scorer, self)
        self.wordings = WordingScorer(self.desk, self.background, self._scorer, load, store, self)
        self.searcher = Searcher(
            self.desk, self.background, self._scorer, lambda wanted: self._jobs.set_purpose("search", wanted), self
        )
        self.grouper = Grouper(
            self.desk,
            self.background,
            WordLearner(self._scorer, self.background, self),
            lambda wanted: self._jobs.set_purpose("groups", wanted),
            lambda: self._jobs.is_running,
            lambda: self._loading.is_loading,
            self,
        )
        self.duplicates = DuplicateFinder(
            self.desk,
            self.background,
            store,
            thumbnails,
            lambda wanted: self._jobs.set_purpose("duplicates", wanted),
            lambda: self._jobs.is_running,
            self,
        )
        self.teaching = Teaching(
            self.desk,
            self.background,
            lambda: self.encoder.identity.key if self.encoder is not None else "",
            self,
        )
        # Images that the review queue drew say how much is right; corrections by hand only teach.
        self.teaching.sample_weights = lambda: weights_of(self.desk.reviewed)
        self._connect_parts()
        self._share_signals()

    def _connect_parts(self) -> None:
        for part in (self._jobs, self._intake, self._loading, self._scorer, self.teaching):
            part.desk_changed.connect(self.desk_changed)
        self._jobs.recall_ended.connect(self._scorer.update)  # prompts that need consent waited for this
        self._scorer.prompts_answered.connect(self._jobs.update)
        self._scorer.consent_needed.connect(self._jobs.request_consent)
        self._worker.prompts_encoded.connect(self._scorer.take)
        self._jobs.job_ended.connect(self._scorer.rescale)  # before others read the results
        self._jobs.consent_wanted.connect(self._scorer.rescale)  # all that is stored was found
        self.desk_changed.connect(self.teaching.follow)
        self._jobs.job_ended.connect(self.teaching.update)  # the folder has changed with its images
        # Queued, so that everybody has followed a change before the scores are replaced.
        self.desk_changed.connect(self._scorer.rescale, Qt.ConnectionType.QueuedConnection)

        self._loading.failed.connect(lambda *_: self.shared_pictures.end())  # no job may follow
        self._loading.encoder_changed.connect(self.wordings.use_encoder)
        self.desk_changed.connect(self.wordings.follow)
        self._loading.encoder_changed.connect(self.searcher.use_encoder)
        self.desk_changed.connect(self.searcher.follow)
        self._loading.encoder_changed.connect(self.grouper.use_encoder)
        self.desk_changed.connect(self.grouper.follow)
        for signal in (self._jobs.job_started, self._jobs.job_ended, self._loading.started, self._loading.failed):
            signal.connect(self.grouper.follow_work)
        self._loading.encoder_changed.connect(self.duplicates.use_encoder)
        self.desk_changed.connect(self.duplicates.follow)
        self._jobs.job_started.connect(self.duplicates.follow_job)
        self._jobs.job_ended.connect(self.duplicates.follow_job)

    def _share_signals(self) -> None:
        self.scan_progressed = self._intake.scan_progressed  # new images so far
        self.scan_ended = self._intake.scan_ended  # new images, problems, PassedOver
        self.changes_seen = self._intake.changes_seen  # folder_changes.Changes, number of images that are new
        self.prompts_cut = self._scorer.prompts_cut  # texts longer than the model reads
        self.prompts_failed = self._scorer.prompts_failed  # dict[Prompt, str]: a sentence for each
        self.load_started = self._loading.started  # model
        self.load_progressed = self._loading.progressed  # LoadProgress
        self.load_failed = self._loading.failed  # model, Problem
        self.encoder_changed = self._loading.encoder_changed  # EncoderInfo
        self.job_started = self._jobs.job_started
        self.job_progressed = self._jobs.job_progressed  # Progress
        self.job_ended = self._jobs.job_ended  # Problem or None
        self.job_measured = self._jobs.job_measured  # images per second of a job that ran long enough to tell
        self.paused_changed = self._jobs.paused_changed  # bool
        self.consent_wanted = self._jobs.consent_wanted  # Upload, images to send: answered by {allow,refuse}_upload

    # --- images

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Search files and folders for images, and put them on the desk as they are found."""
        self._intake.add_paths(paths)

    def set_join_pairs(self, join_pairs: bool) -> None:
        """Let the JPEG of a RAW + JPEG pair stand for both, or show both. Images on the desk stay there."""
        self._intake.set_join_pairs(join_pairs)

    def open_desk(self, state: DeskState) -> None:
        """Put the images and corrections of a document on the desk. Its labels are used if there are none yet."""
        self._jobs.apply(JobState.rows_moving)
        change = self.desk.open_images(
            state.images,
            state.corrected_rows,
            state.corrected_ids,
            state.corrected_contents,
            state.absent_contents,
            state.reviews,
        )
        for comparison in self.desk.comparisons:  # of the labels that were typed before
            state = replace(state, comparisons=with_comparison(state.comparisons, comparison))
        self.desk.comparisons = state.comparisons
        self.desk.keep_groups(state.kept_groups)
        self.desk.set_aside = {**self.desk.set_aside, **state.set_aside}
        self._intake.resume(state.sources, state.taken_off)
        self._jobs.follow_files(change)
        self.desk_changed.emit(change)
        if not self.desk.label_set.labels:
            self.set_label_set(state.label_set)
        self.teaching.restore(state.teaching)
        self._scorer.update()
        self._jobs.apply(JobState.images_changed)

    def replace_desk(self, state: DeskState) -> None:
        """Take everything off the desk, and put the labels, images and corrections of a document on it."""
        self._intake.stop_scan()
        self._intake.forget_folders()
        self._intake.forget_taken_off()
        self._jobs.apply(JobState.rows_moving)
        if change := self.desk.remove_images(range(len(self.desk))):
            self.desk_changed.emit(change)
        self.desk.comparisons, self.desk.kept_groups, self.desk.set_aside = (), frozenset(), {}
        self.set_label_set(state.label_set)
        self.open_desk(state)

    @property
    def sources(self) -> tuple[Path, ...]:
        """The files and folders that the user added, which are watched."""
        return self._intake.sources

    @property
    def taken_off(self) -> ImageList:
        """Images in the sources that the user has taken off the desk. Do not modify."""
        return self._intake.taken_off

    @property
    def is_scanning(self) -> bool:
        return self._intake.is_scanning

    def stop_scan(self) -> None:
        """Stop searching folders, and forget those still to be searched."""
        self._intake.stop_scan()

    def look_again(self) -> None:
        """Look for changes in all folders, including those on disks that send no notifications."""
        self._intake.look_again()

    # --- files that are moved

    def hold_changes(self) -> None:
        """Report no changes in folders while files are moved. `move_images` or `release_changes` ends that."""
        self._intake.hold_changes()

    @property
    def holds_changes(self) -> bool:
        """Whether files are being moved."""
        return self._intake.holds_changes

    def release_changes(self) -> None:
        """Report what changed in folders in the meantime, and from now on."""
        self._intake.release_changes()

    def move_images(self, moves: Mapping[Path, ImageFile]) -> DeskChange:
        """Follow files that were moved, from their old paths to the files at their new places. See `Desk.move_images`.

        Call `hold_changes` before the first file is moved, so that folders do not report the files as gone and new.
        """
        others = any(self.desk.row_of(image.path) is not None for image in moves.values())
        if others or self._jobs.is_waiting_for(moves):
            self._jobs.apply(JobState.rows_moving)
        change = self.desk.move_images(moves)
        self._jobs.follow_files(change)
        self._intake.follow_moves(change)
        return self._follow(change)

    def ignore_new(self, images: Sequence[ImageFile]) -> None:
        """Do not put these files on the desk when their folder reports them as new: the program itself made them."""
        self._intake.take_off(ImageList(images))

    # --- changes by the user

    def remove_images(self, rows: Sequence[int]) -> DeskChange:
        """Take images off the desk. The files stay where they are."""
        self._jobs.apply(JobState.rows_moving)
        return self._follow(self.desk.remove_images(rows))

    def clear(self) -> None:
        """Take all images off the desk, and forget folders that are being watched or searched."""
        self._intake.stop_scan()
        self._intake.forget_folders()
        self.remove_images(range(len(self.desk)))

    def set_label_set(self, label_set: LabelSet) -> DeskChange:
        """Use these labels. Scores follow as soon as their prompts are encoded; no image is embedded again."""
        return self._follow(self.desk.set_label_set(label_set))

    def correct(self, rows: Sequence[int], label: LabelId, *, in_queue: bool = False) -> DeskChange:
        """Give images a label by hand. See `Desk.correct`."""
        return self._follow(self.desk.correct(rows, label, in_queue=in_queue))

    def confirm(self, rows: Sequence[int], *, in_queue: bool = False) -> DeskChange:
        """Make the automatic labels of images the user's. See `Desk.confirm`."""
        return self._follow(self.desk.confirm(rows, in_queue=in_queue))

    def follow_round(self, change: DeskChange) -> DeskChange:
        """Announce a round of review that has begun. See `core.teaching.rounds.begin_round`."""
        return self._follow(change)

    def keep_comparison(self, comparison: Comparison) -> None:
        """Keep a comparison of wordings with the desk, in place of its earlier state."""
        self.desk.comparisons = with_comparison(self.desk.comparisons, comparison)
        self.comparison_kept.emit()

    def correct_each(self, rows: Sequence[int], labels: Sequence[LabelId]) -> DeskChange:
        """Give each image a label of its own by hand, in one step. See `Desk.correct_each`."""
        return self._follow(self.desk.correct_each(rows, labels))

    def keep_groups(self, pairs: KeptGroups) -> DeskChange:
        """Remember that these images are both wanted though they look alike. See `Desk.keep_groups`."""
        return self._follow(self.desk.keep_groups(pairs))

    def set_threshold(self, threshold: float) -> DeskChange:
        """Call a label a guess when its probability is below this, 0…1."""
        return self._follow(self.desk.set_threshold(threshold))

    def revert(self, change: DeskChange) -> DeskChange:
        """Undo a change by the user. Reverting the returned change redoes it."""
        if change.sorted_files is not None:
            # The files go back in the background; the same step then stands for the way forward again.
            self.sort_undo_wanted.emit(change.sorted_files)
            return change
        if change.removed is not None or change.restored is not None:
            self._jobs.apply(JobState.rows_moving)
        return self._follow(self.desk.revert(change))

    def _follow(self, change: DeskChange) -> DeskChange:
        """Announce a change by the user, and continue with what follows from it."""
        if change.removed is not None:
            self._intake.take_off(change.removed.images)
        if change.restored is not None:
            self._intake.put_back(change.restored)
        has_new_labels = change.labels is not None and not change.labels.only_thresholds
        if has_new_labels:
            self._scorer.try_again()
        if change:
            self.desk_changed.emit(change)
        if has_new_labels:
            self._scorer.update()
        finds_again = change.restored is not None or change.relocated is not None
        self._jobs.apply(JobState.images_changed if finds_again else JobState.work_changed)
        return change

    # --- the model

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
        self._loading.load(model, device, download=download, connect=connect)

    @property
    def encoder(self) -> EncoderInfo | None:
        """The encoder in use."""
        return self._loading.encoder

    @property
    def is_loading(self) -> bool:
        return self._loading.is_loading

    # --- consent to send

    def allow_upload(self) -> None:
        """Allow the waiting images, and all prompts, to be sent to the hosts of the encoder in use."""
        self._jobs.apply(JobState.consent_granted, first=self._scorer.update)

    def refuse_upload(self) -> None:
        """Send nothing until the user starts again."""
        self._jobs.apply(JobState.consent_refused)

    def withdraw_upload(self) -> None:
        """Send nothing more: the user has chosen this computer, whether or not it has a model that can be loaded."""
        self._jobs.apply(JobState.consent_withdrawn)
        self._worker.interrupt()

    # --- the job

    @property
    def activity(self) -> Activity | None:
        """What a server is being asked at the moment; None when everything is computed here."""
        return self._worker.activity

    @property
    def is_running(self) -> bool:
        return self._jobs.is_running

    def is_due(self, path: Path) -> bool:
        """Return whether a job will decode this file soon: one that runs, or that follows once the model is loaded."""
        return self._jobs.is_due(path)

    @property
    def is_stopping(self) -> bool:
        """Whether the running job was told to stop. It ends within a second."""
        return self._jobs.is_stopping

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
        self._scorer.update()

    def set_paused(self, paused: bool) -> None:
        """Stop after the current batch, which takes a second at most, or continue."""
        self._jobs.apply(JobState.paused if paused else JobState.resumed)

    def cancel(self) -> None:
        """Stop loading, searching and labelling. Finished results stay."""
        self._intake.stop_scan()
        self._loading.cancel()
        self._worker.interrupt()
        self._jobs.apply(JobState.cancelled)

    def retry_failed(self) -> None:
        """Read the images again that could not be read."""
        if change := self.desk.retry_failed():
            self.desk_changed.emit(change)
            self.start()

    # --- the end

    def stop(self) -> None:
        """End all work and wait for it, which takes at most one batch."""
        self._jobs.apply(JobState.shut_down)
        self.grouper.end()
        self.duplicates.end()
        self._loading.stop()
        self._worker.interrupt()
        self._intake.stop()
        self._thread.quit()
        self._intake.wait()
        self._thread.wait()
        self._worker.close()
        self.background.stop()
