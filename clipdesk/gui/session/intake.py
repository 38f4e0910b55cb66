"""Put images on the desk: search files and folders, and watch the folders, on a thread of its own."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.line.job_state import JobState
from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.session.encoder_worker import start_thread
from clipdesk.gui.session.job_control import JobControl
from clipdesk.gui.session.scanning import LookRequest, ScanRequest, ScanWorker


class ImageIntake(QObject):
    """Puts images on the desk: those that are found, one scan after the other, then what changes in their folders.

    Remembers which images the user has taken off the desk, so that a watched folder does not bring them back.
    """

    desk_changed = Signal(object)  # DeskChange
    scan_progressed = Signal(int)  # new images so far
    scan_ended = Signal(int, object, object)  # new images, problems, PassedOver
    changes_found = Signal(object)  # Changes in watched folders, whether or not they concern the desk
    changes_seen = Signal(object, object)  # Changes that concern the desk, number of images that are new

    _scan_requested = Signal(object)
    _look_requested = Signal(object)
    _look_everywhere_requested = Signal()
    _forget_requested = Signal()
    _follow_requested = Signal(object)

    def __init__(self, desk: Desk, jobs: JobControl, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._ids = count(1)
        self._queue: deque[tuple[Path, ...]] = deque()
        self._scan: ScanRequest | None = None
        self._new_count = 0
        self._epoch = 0  # how often all folders were forgotten
        self._sources: dict[Path, None] = {}
        self._taken_off = ImageList()
        self._held: set[Path] | None = None  # folders that changed while changes are held back
        self._join_pairs = True
        self._worker = ScanWorker()
        self._thread = start_thread(self._worker, "scan", self)
        self._connect_worker()

    def _connect_worker(self) -> None:
        worker = self._worker
        self._scan_requested.connect(worker.scan)
        self._look_requested.connect(worker.look)
        self._look_everywhere_requested.connect(worker.look_everywhere)
        self._forget_requested.connect(worker.forget_folders)
        self._follow_requested.connect(worker.follow_moves)
        self._thread.finished.connect(worker.end)
        worker.images_found.connect(self._on_images_found)
        worker.scan_ended.connect(self._on_scan_ended)
        worker.folders_changed.connect(self._on_folders_changed)
        worker.changes_found.connect(self._on_changes_found)

    # --- scans

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Scan these files and folders after those that are still waiting."""
        if not len(self._desk) and not self.is_scanning:
            self.forget_folders()  # the desk was emptied: changes in its former folders no longer matter
        self._taken_off = ImageList()
        self._sources |= dict.fromkeys(path.absolute() for path in paths)
        self._queue.append(tuple(paths))
        self._scan_next()
        self._jobs.apply(JobState.scan_started)

    def _scan_next(self) -> None:
        if self._scan is None and self._queue:
            self._new_count = 0
            self._scan = ScanRequest(next(self._ids), self._queue.popleft(), self._join_pairs)
            self._scan_requested.emit(self._scan)

    def set_join_pairs(self, join_pairs: bool) -> None:
        """Let the JPEG of a RAW + JPEG pair stand for both, or show both. Images on the desk stay there."""
        if join_pairs != self._join_pairs:
            self._join_pairs = join_pairs
            self.look_again()

    @property
    def is_scanning(self) -> bool:
        return self._scan is not None

    def stop_scan(self) -> None:
        """Cancel the running scan and drop those that are waiting."""
        self._queue.clear()
        if self._scan is not None:
            self._scan.cancel.set()

    @Slot(int, object)
    def _on_images_found(self, scan_id: int, images: list[ImageFile]) -> None:
        if self._scan is None or self._scan.cancel.is_set():
            return
        change = self._desk.add_images(images)
        self._new_count += len(change.added)
        self._announce(change)
        self.scan_progressed.emit(self._new_count)
        self._jobs.apply(JobState.images_changed)

    @Slot(int, object, object)
    def _on_scan_ended(self, scan_id: int, problems: list[str], passed_over: PassedOver) -> None:
        self._scan = None
        self.scan_ended.emit(self._new_count, problems, passed_over)
        self._scan_next()
        self._jobs.apply(lambda state: state.scan_ended(is_scanning=self.is_scanning))

    # --- folders that change

    def look_again(self) -> None:
        """Look for changes in all folders, including those on disks that send no notifications."""
        self._look_everywhere_requested.emit()

    def forget_folders(self) -> None:
        """Stop watching all folders. Reports about them that are on their way are dropped."""
        self._epoch += 1
        self._sources.clear()
        self._forget_requested.emit()

    @property
    def sources(self) -> tuple[Path, ...]:
        """The files and folders that were added and are watched."""
        return tuple(self._sources)

    @property
    def taken_off(self) -> ImageList:
        """Images in the sources that the user has taken off the desk. Do not modify."""
        return self._taken_off

    def resume(self, sources: Sequence[Path], taken_off: ImageList) -> None:
        """Watch the sources of the images on the desk again, and look for what has changed since they were watched."""
        self._sources |= dict.fromkeys(sources)
        self._taken_off.add(taken_off)
        tops = tuple(os.path.join(source, "") for source in sources)  # noqa: PTH118 - keeps the separator at the end
        folders = [Path(folder) for folder in self._desk.images.folders if folder.startswith(tops)]
        # Naming the subfolders finds images that are gone from them.
        places = tuple(dict.fromkeys((*sources, *folders)))
        self._look_requested.emit(LookRequest(places, self._desk.images.copy(), self._epoch))

    def take_off(self, images: ImageList) -> None:
        """Remember images that the user has taken off the desk."""
        self._taken_off.add(images)

    def forget_taken_off(self) -> None:
        """Forget which images the user has taken off the desk: another desk follows."""
        self._taken_off = ImageList()

    def put_back(self, images: ImageList) -> None:
        """Forget that the user had taken these images off the desk."""
        self._taken_off = self._taken_off.take(np.flatnonzero(images.rows_of(self._taken_off) < 0))

    def hold_changes(self) -> None:
        """Report no changes in folders until `release_changes`, because the program itself is moving files there."""
        self._held = set() if self._held is None else self._held

    @property
    def holds_changes(self) -> bool:
        return self._held is not None

    def release_changes(self) -> None:
        """Look at the folders that changed in the meantime."""
        held, self._held = self._held, None
        self._look_at(held or ())

    def follow_moves(self, change: DeskChange) -> None:
        """Watch moved images at their new places, then `release_changes`."""
        if change.relocated is not None:
            self._follow_requested.emit(change.relocated.paths)
        self.release_changes()

    def _look_at(self, folders: Iterable[Path]) -> None:
        if self._held is not None:
            self._held.update(folders)
        elif folders := tuple(folders):
            images = self._desk.images.copy()
            self._look_requested.emit(LookRequest(folders, images, self._epoch, self._join_pairs))

    @Slot(int, object)
    def _on_folders_changed(self, epoch: int, folders: tuple[Path, ...]) -> None:
        if epoch == self._epoch:
            self._look_at(folders)

    @Slot(object, object)
    def _on_changes_found(self, request: LookRequest, changes: Changes) -> None:
        """Add new images at the end, mark missing ones, and embed changed ones again."""
        if request.epoch != self._epoch:
            return
        if self._held is not None:
            self._look_at(request.folders)  # it may have found files between their old and new places
            return
        self.changes_found.emit(changes)
        change = self._desk.update_files(changes, self._wanted(changes))
        self._announce(change)
        if change:
            self.changes_seen.emit(changes, len(change.added))
        self._jobs.apply(JobState.images_changed)

    def _wanted(self, changes: Changes) -> list[ImageFile]:
        """Return the new images that belong on the desk: none once the user has emptied it."""
        was_emptied = not len(self._desk) and bool(self._taken_off)
        return [] if was_emptied else [image for image in changes.new if self._taken_off.row_of(image.path) is None]

    def _announce(self, change: DeskChange) -> None:
        self._jobs.follow_files(change)
        if change:
            self.desk_changed.emit(change)

    # --- the end

    def stop(self) -> None:
        """Cancel everything and let the thread end; `wait` waits for it."""
        self.stop_scan()
        self._worker.stop()
        self._thread.quit()

    def wait(self) -> None:
        self._thread.wait()
