"""The line of work behind the window: pictures come in, get embedded, get scored."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.encoder import Activity, Encoder
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.line.progress import JobProgress, Progress
from clipdesk.core.line.prompts import PromptVectors
from clipdesk.core.line.results import EmbeddedImage, RecalledImages
from clipdesk.core.line.run import LineJob
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import (
    EmbedRequest,
    EncoderInfo,
    EncoderWorker,
    LoadRequest,
    start_thread,
)
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.session.scanning import LookRequest, ScanRequest, ScanWorker


class Labelling(QObject):
    """Owns the desk and the workers, and moves everything on that can move.

    Labelling starts by itself once there are pictures, labels and a model. All signals come on the GUI thread.
    """

    scan_progressed = Signal(int)  # pictures found so far
    scan_ended = Signal(int, list)  # pictures that were new, problems
    desk_changed = Signal(object)  # DeskChange
    changes_seen = Signal(object, object)  # folder_changes.Changes, number of images that are new
    prompts_cut = Signal(tuple)  # texts that the model does not read to the end
    prompts_failed = Signal(object)  # dict[Prompt, str]: a sentence for each
    load_started = Signal(str)  # model
    load_progressed = Signal(object)  # encoders.LoadProgress
    encoder_changed = Signal(object)  # EncoderInfo
    load_failed = Signal(str, object)  # model, Problem
    job_started = Signal()
    job_progressed = Signal(object)  # job_progress.Progress
    job_ended = Signal(object)  # Problem or None
    job_measured = Signal(float)  # pictures a second of a job that ran long enough to tell
    paused_changed = Signal(bool)
    consent_wanted = Signal(object, int)  # Upload, pictures that wait: answer by `allow_upload` or `refuse_upload`

    _load_wanted = Signal(object)
    _job_wanted = Signal(object)
    _scan_wanted = Signal(object)
    _look_wanted = Signal(object)
    _look_everywhere_wanted = Signal()
    _forget_wanted = Signal()

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
        self._ids = count(1)
        self._load: LoadRequest | None = None
        self._loaded: LoadRequest | None = None
        self._job: EmbedRequest | None = None
        self._scan: ScanRequest | None = None
        self._paused = False
        self._halted = False
        self._may_upload = False  # the pictures of this job
        self._trusted: set[tuple[str, ...]] = set()  # hosts that were agreed to since the start: prompts may go there
        self._asking = False
        self._store = store
        self._recall_due = True  # pictures that wait may be kept: look before anything is asked
        self._scan_queue: deque[tuple[Path, ...]] = deque()
        self._scan_found = 0
        self._taken_off = ImageList()
        self._progress = JobProgress()

        self._worker = EncoderWorker(load, store, thumbnails)
        self._scorer = LabelScorer(
            self.desk, self.background, self._worker.request_prompts, has_store=store is not None, parent=self
        )
        self._scanner = ScanWorker()
        self._threads = [start_thread(self._worker, "encoder", self), start_thread(self._scanner, "scan", self)]
        self._connect_workers()

    def _connect_workers(self) -> None:
        self._load_wanted.connect(self._worker.load)
        self._job_wanted.connect(self._worker.embed)
        self._scan_wanted.connect(self._scanner.scan)
        self._look_wanted.connect(self._scanner.look)
        self._look_everywhere_wanted.connect(self._scanner.look_everywhere)
        self._forget_wanted.connect(self._scanner.forget_folders)
        self._threads[1].finished.connect(self._scanner.end)
        self._scorer.desk_changed.connect(self.desk_changed)
        self._scorer.prompts_cut.connect(self.prompts_cut)
        self._scorer.prompts_failed.connect(self.prompts_failed)
        self._scorer.consent_needed.connect(self._ask_for_consent)
        self._worker.load_progressed.connect(self._on_load_progressed)
        self._worker.encoder_loaded.connect(self._on_encoder_loaded)
        self._worker.load_failed.connect(self._on_load_failed)
        self._worker.prompts_encoded.connect(self._on_prompts_encoded)
        self._worker.images_recalled.connect(self._on_images_recalled)
        self._worker.batch_embedded.connect(self._on_batch_embedded)
        self._worker.place_changed.connect(self._on_place_changed)
        self._worker.job_ended.connect(self._on_job_ended)
        self._scanner.images_found.connect(self._on_images_found)
        self._scanner.scan_ended.connect(self._on_scan_ended)
        self._scanner.folders_changed.connect(self._on_folders_changed)
        self._scanner.changes_found.connect(self._on_changes_found)

    # --- pictures

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Look for pictures in files and folders and put them on the desk as they are found."""
        self._halted = False
        if not len(self.desk) and not self.is_scanning:
            self._forget_wanted.emit()  # the list was emptied: what changes in earlier folders is not for it
        self._taken_off = ImageList()
        self._scan_queue.append(tuple(paths))
        self._scan_next()

    def remove_images(self, rows: Sequence[int]) -> DeskChange:
        """Take images off the desk; the files stay where they are."""
        self._stop_job()
        return self._follow(self.desk.remove_images(rows))

    def revert(self, change: DeskChange) -> DeskChange:
        """Take a change by the user back; reverting what this returns does it again."""
        if change.removed is not None or change.restored is not None:
            self._stop_job()
        return self._follow(self.desk.revert(change))

    def _follow(self, change: DeskChange) -> DeskChange:
        """Tell everybody what a change by the user did, and go on with what follows from it."""
        if change.removed is not None:
            self._taken_off.add(change.removed.images)
        if change.restored is not None:
            self._recall_due = True
            self._taken_off = self._taken_off.take(np.flatnonzero(change.restored.rows_of(self._taken_off) < 0))
        if change.labels is not None:
            self._scorer.try_again()
        self._announce(change)
        if change.labels is not None:
            self._score_or_ask()
        self._go_on()
        return change

    def _announce(self, change: DeskChange) -> None:
        if change:
            self.desk_changed.emit(change)

    def clear(self) -> None:
        """Take all pictures off the desk, and forget folders that are watched or still being searched."""
        self.stop_scan()
        self._forget_wanted.emit()
        self.remove_images(range(len(self.desk)))

    @property
    def is_scanning(self) -> bool:
        return self._scan is not None

    def _scan_next(self) -> None:
        if self._scan is None and self._scan_queue:
            self._scan_found = 0
            self._scan = ScanRequest(next(self._ids), self._scan_queue.popleft())
            self._scan_wanted.emit(self._scan)

    def stop_scan(self) -> None:
        """Forget folders that are still being searched."""
        self._scan_queue.clear()
        if self._scan is not None:
            self._scan.cancel.set()

    @Slot(int, object)
    def _on_images_found(self, scan_id: int, images: list[ImageFile]) -> None:
        if self._scan is None or self._scan.cancel.is_set():
            return
        change = self.desk.add_images(images)
        self._recall_due = True
        self._scan_found += len(change.added)
        self._count_waiting(change)
        self._announce(change)
        self.scan_progressed.emit(self._scan_found)
        self._go_on()

    @Slot(int, object)
    def _on_scan_ended(self, scan_id: int, problems: list[str]) -> None:
        self._scan = None
        self.scan_ended.emit(self._scan_found, problems)
        self._scan_next()
        self._go_on()

    # --- folders that change

    def look_again(self) -> None:
        """Look in all folders for what has changed, also where no disk tells."""
        self._look_everywhere_wanted.emit()

    @Slot(object)
    def _on_folders_changed(self, folders: tuple[Path, ...]) -> None:
        self._look_wanted.emit(LookRequest(folders, self.desk.images.copy()))

    @Slot(object)
    def _on_changes_found(self, changes: Changes) -> None:
        """Bring the desk up to date: new pictures at its end, gone ones marked, changed ones to be looked at again."""
        was_emptied = not len(self.desk) and bool(self._taken_off)
        new = () if was_emptied else changes.new
        change = self.desk.update_files(changes, (image for image in new if self._taken_off.row_of(image.path) is None))
        self._recall_due = True
        self._count_waiting(change)
        if change:
            self._announce(change)
            self.changes_seen.emit(changes, len(change.added))
        self._go_on()

    def _count_waiting(self, change: DeskChange) -> None:
        """Count images that came in while a job runs or is paused as part of it."""
        if change.added and (self._job is not None or self._paused):
            self._progress.add_waiting(len(change.added))

    # --- labels

    def set_label_set(self, label_set: LabelSet) -> DeskChange:
        """Use these labels. Scores follow as soon as their prompts are encoded; no image is embedded again."""
        return self._follow(self.desk.set_label_set(label_set))

    def set_threshold(self, threshold: float) -> DeskChange:
        """Call a label a guess when its probability is below this, 0…1."""
        return self._follow(self.desk.set_threshold(threshold))

    def _score_or_ask(self) -> None:
        """Score what can be scored, and ask for the prompts that are missing."""
        if self.encoder is not None and self.desk.table is not None:
            self._scorer.update(may_send=self._may_send_prompts)

    @Slot(object)
    def _on_prompts_encoded(self, answer: PromptVectors) -> None:
        self._scorer.take(answer)
        self._score_or_ask()
        self._go_on()

    # --- the model

    def load_model(
        self,
        model: str,
        device: str = "auto",
        *,
        download: bool = False,
        connect: Callable[..., Encoder] | None = None,
    ) -> None:
        """Make this the model. The one in use stays until the new one is ready; its embeddings stay anyway.

        With `connect` it is one on a server, which is reached by this.
        """
        self._stop_job()
        self._stop_load()
        self._worker.interrupt()
        self._load = LoadRequest(next(self._ids), model, device, download, connect)
        self.load_started.emit(model)
        self._load_wanted.emit(self._load)

    @property
    def is_loading(self) -> bool:
        return self._load is not None

    def _stop_load(self) -> None:
        if self._load is not None:
            self._load.cancel.set()

    @Slot(int, object)
    def _on_load_progressed(self, request_id: int, progress: object) -> None:
        # An encoder that was only remembered is loaded later, for the first picture or prompt that is new.
        if request_id in {request.id for request in (self._load, self._loaded) if request is not None}:
            self.load_progressed.emit(progress)

    @Slot(int, object)
    def _on_encoder_loaded(self, request_id: int, info: EncoderInfo) -> None:
        if self._load is None or request_id != self._load.id:
            return
        self._load, self._loaded = None, self._load
        self._halted = False
        self._progress.end()
        self._asking = False
        # Only a new key, say: the same job goes on with the same servers.
        before = self.encoder.upload if self.encoder is not None else None
        same = before is not None and info.upload is not None and before.hosts == info.upload.hosts
        self._may_upload = self._may_upload and same
        self.encoder = info
        self._recall_due = True
        self._scorer.use_encoder(info.identity.key)
        change = self.desk.choose_encoder(info.identity, info.dimension, info.rule)
        self.encoder_changed.emit(info)
        self._announce(change)
        self._score_or_ask()
        self._go_on()

    @Slot(int, object)
    def _on_load_failed(self, request_id: int, problem: Problem) -> None:
        if self._load is None or request_id != self._load.id:
            return
        model, self._load = self._load.model, None
        self.load_failed.emit(model, problem)
        self._go_on()

    @Slot(str)
    def _on_place_changed(self, place: str) -> None:
        if self.encoder is not None:
            self.encoder = replace(self.encoder, place=place)
            self.encoder_changed.emit(self.encoder)

    # --- what may leave this computer

    def allow_upload(self) -> None:
        """The pictures that wait may go to the servers of the encoder in use, and the prompts with them."""
        if self.encoder is not None and self.encoder.upload is not None:
            self._asking, self._may_upload = False, True
            self._trusted.add(self.encoder.upload.hosts)
            self._score_or_ask()
            self._go_on()

    def refuse_upload(self) -> None:
        """Nothing is sent until the person starts again."""
        self._asking, self._halted = False, True
        self.job_ended.emit(None)

    def withdraw_upload(self) -> None:
        """Nothing more is sent: the person wants to compute here, whether or not a model for that can be loaded."""
        if self.encoder is not None and self.encoder.upload is not None:
            self._may_upload = self._asking = False
            self._trusted.clear()
            self._halted = True
            self._stop_job()
            self._worker.interrupt()

    @property
    def _may_send_pictures(self) -> bool:
        return self.encoder is None or self.encoder.upload is None or self._may_upload

    @property
    def _may_send_prompts(self) -> bool:
        upload = self.encoder.upload if self.encoder is not None else None
        return upload is None or upload.hosts in self._trusted

    def _ask_for_consent(self) -> None:
        """Once everything is found and recalled, so that the count is right; and once for each start."""
        if self._asking or self._halted or self.is_scanning or self._scan_queue or not self.desk.label_set.labels:
            return
        is_recalling = self._job is not None and self._job.job.only_recall
        if is_recalling or (self._store is not None and self._recall_due and self.can_start):
            return
        assert self.encoder is not None and self.desk.table is not None
        self._asking = True
        self.consent_wanted.emit(self.encoder.upload, len(self.desk.table.waiting()))

    # --- the job

    @property
    def activity(self) -> Activity | None:
        """What a server is asked at the moment; None when everything is computed here."""
        return self._worker.activity

    @property
    def is_running(self) -> bool:
        return self._job is not None

    @property
    def is_paused(self) -> bool:
        return self._paused

    @property
    def can_start(self) -> bool:
        """There are pictures, labels and a model, and pictures that wait."""
        table = self.desk.table
        return bool(self.desk.label_set.labels and table is not None and len(table.waiting()))

    def start(self) -> None:
        """Label what waits, also after a cancel or a failure."""
        self._halted = False
        self._recall_due = True
        self._scorer.try_again()
        self.set_paused(False)
        self._score_or_ask()
        self._go_on()

    def set_paused(self, paused: bool) -> None:
        """Stop after the batch at hand, or go on with what waits."""
        if paused != self._paused:
            self._paused = paused
            self.paused_changed.emit(paused)
        if paused:
            self._stop_job()
        else:
            self._go_on()

    def cancel(self) -> None:
        """Stop loading, searching and labelling. What is finished stays."""
        self._halted = True
        self.stop_scan()
        self._stop_load()
        self._worker.interrupt()
        if self._paused:
            self._paused = False
            self.paused_changed.emit(False)
        if self._job is not None:
            self._stop_job()
        else:
            self._progress.end()
            self.job_ended.emit(None)

    def retry_failed(self) -> None:
        """Read once more the pictures that could not be read."""
        if change := self.desk.retry_failed():
            self._announce(change)
            self.start()

    def _stop_job(self) -> None:
        if self._job is not None:
            self._job.job.cancel.set()

    def _go_on(self) -> None:
        """Start a job when everything for one is there. Before anything is sent, what is kept is recalled."""
        if self._job or self._load or self._paused or self._halted or not self.can_start:
            return
        only_recall = not self._may_send_pictures
        if only_recall and (self._store is None or not self._recall_due):
            self._ask_for_consent()
            return
        self._recall_due = False
        assert self.desk.table is not None
        waiting = self.desk.table.waiting()
        self._job = EmbedRequest(
            next(self._ids),
            self.desk.generation,
            LineJob(waiting, self.desk.images.take(waiting), only_recall=only_recall),
        )
        self._progress.begin(len(waiting))
        self.job_started.emit()
        self.job_progressed.emit(self.progress())
        self._job_wanted.emit(self._job)

    @Slot(int, int, object)
    def _on_images_recalled(self, job_id: int, generation: int, recalled: RecalledImages) -> None:
        if self._job is None or job_id != self._job.id or generation != self.desk.generation:
            return
        change = self.desk.put_recalled(recalled)
        self._progress.add_recalled(len(recalled.rows))
        self._announce(change)
        self.job_progressed.emit(self.progress())

    @Slot(int, int, object)
    def _on_batch_embedded(self, job_id: int, generation: int, batch: list[EmbeddedImage]) -> None:
        if self._job is None or job_id != self._job.id or generation != self.desk.generation:
            return
        change = self.desk.put(batch)
        self._progress.add_embedded(len(batch))
        self._announce(change)
        self.job_progressed.emit(self.progress())

    @Slot(int, object)
    def _on_job_ended(self, job_id: int, problem: Problem | None) -> None:
        if self._job is None or job_id != self._job.id:
            return
        cancelled, was_recall = self._job.job.cancel.is_set(), self._job.job.only_recall
        if (speed := self._progress.measured_speed()) is not None:
            self.job_measured.emit(speed)
        self._job = None
        self._recall_due = self._recall_due or (was_recall and cancelled)
        self._halted = self._halted or problem is not None
        if not cancelled and problem is None and self.can_start:
            # Pictures came in while the job ran.
            self._go_on()
            return
        if not self.can_start:
            self._may_upload = False  # all is done: other pictures are another job
        self._progress.end(paused=self._paused)
        self.job_ended.emit(problem)
        if was_recall:
            self._score_or_ask()  # its prompts waited for this
        self._go_on()

    def progress(self) -> Progress:
        """How far the job is, and how fast it was over the last seconds."""
        return self._progress.current()

    # --- the end

    def stop(self) -> None:
        """End all work and wait for it: at most one batch."""
        self._halted = True
        self.stop_scan()
        self._scanner.stop()
        self._stop_load()
        if self._loaded is not None:
            self._loaded.cancel.set()  # it may be loading only now
        self._stop_job()
        self._worker.interrupt()
        for thread in self._threads:
            thread.quit()
        for thread in self._threads:
            thread.wait()
        self._worker.close()
        self.background.stop()
