"""Search files and folders for images, and watch the folders, on a thread of its own."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.session.encoder_worker import start_thread
from clipdesk.gui.session.scanning import LookRequest, ScanRequest, ScanWorker


class ImageIntake(QObject):
    """Finds the images that the desk takes in: one scan after the other, then whatever changes in their folders.

    Remembers which images the user has taken off the desk, so that a watched folder does not bring them back.
    """

    images_found = Signal(object)  # list[ImageFile]
    scan_ended = Signal(int, list)  # new images, problems: call `scan_next` afterwards
    changes_found = Signal(object)  # Changes

    _scan_requested = Signal(object)
    _look_requested = Signal(object)
    _look_everywhere_requested = Signal()
    _forget_requested = Signal()

    def __init__(self, images: Callable[[], ImageList], parent: QObject) -> None:
        """`images` returns the images that are on the desk now."""
        super().__init__(parent)
        self._images = images
        self._ids = count(1)
        self._queue: deque[tuple[Path, ...]] = deque()
        self._scan: ScanRequest | None = None
        self._new_count = 0
        self._taken_off = ImageList()
        self._worker = ScanWorker()
        self._thread = start_thread(self._worker, "scan", self)
        self._connect_worker()

    def _connect_worker(self) -> None:
        worker = self._worker
        self._scan_requested.connect(worker.scan)
        self._look_requested.connect(worker.look)
        self._look_everywhere_requested.connect(worker.look_everywhere)
        self._forget_requested.connect(worker.forget_folders)
        self._thread.finished.connect(worker.end)
        worker.images_found.connect(self._on_images_found)
        worker.scan_ended.connect(self._on_scan_ended)
        worker.folders_changed.connect(self._on_folders_changed)
        worker.changes_found.connect(self.changes_found)

    # --- scans

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Scan these files and folders after those that are still waiting."""
        if not len(self._images()) and not self.is_scanning:
            self.forget_folders()  # the desk was emptied: changes in its former folders no longer matter
        self._taken_off = ImageList()
        self._queue.append(tuple(paths))
        self.scan_next()

    def scan_next(self) -> None:
        """Start the next scan, unless one is running or none is waiting."""
        if self._scan is None and self._queue:
            self._new_count = 0
            self._scan = ScanRequest(next(self._ids), self._queue.popleft())
            self._scan_requested.emit(self._scan)

    @property
    def is_scanning(self) -> bool:
        return self._scan is not None

    def count_new(self, count: int) -> int:
        """Count images of the running scan that were not on the desk; return their number so far."""
        self._new_count += count
        return self._new_count

    def stop_scan(self) -> None:
        """Cancel the running scan and drop those that are waiting."""
        self._queue.clear()
        if self._scan is not None:
            self._scan.cancel.set()

    @Slot(int, object)
    def _on_images_found(self, scan_id: int, images: list[ImageFile]) -> None:
        if self._scan is not None and not self._scan.cancel.is_set():
            self.images_found.emit(images)

    @Slot(int, object)
    def _on_scan_ended(self, scan_id: int, problems: list[str]) -> None:
        self._scan = None
        self.scan_ended.emit(self._new_count, problems)

    # --- folders that change

    def look_again(self) -> None:
        """Look for changes in all folders, including those on disks that send no notifications."""
        self._look_everywhere_requested.emit()

    def forget_folders(self) -> None:
        """Stop watching all folders."""
        self._forget_requested.emit()

    def take_off(self, images: ImageList) -> None:
        """Remember images that the user has taken off the desk."""
        self._taken_off.add(images)

    def put_back(self, images: ImageList) -> None:
        """Forget that the user had taken these images off the desk."""
        self._taken_off = self._taken_off.take(np.flatnonzero(images.rows_of(self._taken_off) < 0))

    def wanted(self, changes: Changes) -> Iterator[ImageFile]:
        """Yield the new images that belong on the desk: none once the user has emptied it."""
        was_emptied = not len(self._images()) and bool(self._taken_off)
        for image in () if was_emptied else changes.new:
            if self._taken_off.row_of(image.path) is None:
                yield image

    @Slot(object)
    def _on_folders_changed(self, folders: tuple[Path, ...]) -> None:
        self._look_requested.emit(LookRequest(folders, self._images().copy()))

    # --- the end

    def stop(self) -> None:
        """Cancel everything and let the thread end; `wait` waits for it."""
        self.stop_scan()
        self._worker.stop()
        self._thread.quit()

    def wait(self) -> None:
        self._thread.wait()
