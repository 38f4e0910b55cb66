"""Find pictures in folders on a separate thread, and watch these folders for changes."""

from __future__ import annotations

import logging
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.folder_changes import Changes, find_changes, is_there
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.messages import message
from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.scan import ImageFile, find_images
from clipdesk.gui.session.folder_watch import FolderWatch
from clipdesk.gui.session.problem import problem_of

logger = logging.getLogger(__name__)

#: How often a running scan reports the files found so far.
_SCAN_INTERVAL_S = 0.1


@dataclass(frozen=True)
class ScanRequest:
    """Find the images in these files and folders, and watch the folders from now on."""

    id: int
    paths: tuple[Path, ...]
    join_pairs: bool = True
    cancel: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class LookRequest:
    """Find what has changed in these folders and single files. `images` are all images on the desk.

    `epoch` counts how often all folders were forgotten before; see `ScanWorker`.
    """

    folders: tuple[Path, ...]
    images: ImageList
    epoch: int
    join_pairs: bool = True


class ScanWorker(QObject):
    """Finds pictures, and reports when one of their folders has changed. Lives on the scan thread.

    Reports about folders carry an epoch, the number of `forget_folders` before. Those of an earlier epoch were on their
    way when the folders were forgotten.
    """

    images_found = Signal(int, object)  # scan id, list[ImageFile]
    scan_ended = Signal(int, object, object)  # scan id, list[str] of problems, PassedOver
    folders_changed = Signal(int, object)  # epoch, tuple[Path, ...]
    changes_found = Signal(object, object)  # LookRequest, Changes

    def __init__(self) -> None:
        super().__init__()
        self._stopped = threading.Event()
        self._watch = FolderWatch(self)
        self._watch.folders_changed.connect(self._on_folders_changed)
        self._epoch = 0

    @Slot(object)
    def scan(self, request: ScanRequest) -> None:
        """Find pictures and report them several times a second."""
        problems: list[str] = []
        passed_over = PassedOver()
        found: list[ImageFile] = []
        sent = time.monotonic()
        try:
            for image in find_images(
                request.paths,
                cancel=request.cancel,
                on_problem=lambda path, reason: problems.append(
                    message("core", "{path}: {reason}").of(path=path, reason=reason)
                ),
                on_folder=self._watch.add,
                on_passed_over=passed_over.add,
                join_pairs=request.join_pairs,
            ):
                found.append(image)
                if image.path.parent not in self._watch:
                    self._watch.add_file(image.path)
                if time.monotonic() - sent > _SCAN_INTERVAL_S:
                    self.images_found.emit(request.id, found)
                    found, sent = [], time.monotonic()
        except Exception as error:
            problems.append(
                problem_of(
                    error, message("core", "Looking for pictures stopped because of an unexpected error.")
                ).message
            )
        if found:
            self.images_found.emit(request.id, found)
        self.scan_ended.emit(request.id, problems, passed_over)

    @Slot(object)
    def look(self, request: LookRequest) -> None:
        """Compare folders with the images on the desk, and report the differences."""
        began = time.monotonic()
        # First, because a folder that comes back meanwhile is watched again when it is listed.
        self._watch.drop([folder for folder in request.folders if not is_there(folder)])
        for path in request.folders:
            if os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises if a disk fails
                self._watch.add_file(path)
        try:
            changes, unsettled = find_changes(
                request.folders,
                request.images,
                self._watch.folders(),
                on_folder=self._watch.add,
                cancel=self._stopped,
                join_pairs=request.join_pairs,
            )
        except Exception as error:
            logger.error("Watching the folders failed", exc_info=error)
            return
        self._watch.set_check_time(time.monotonic() - began)
        self._watch.check_later(unsettled)
        if changes != Changes((), (), (), ()):
            self.changes_found.emit(request, changes)

    @Slot()
    def look_everywhere(self) -> None:
        """Report all folders as changed: for network disks and others that send no notifications."""
        self._on_folders_changed(tuple(self._watch.folders()))

    @Slot(object)
    def follow_moves(self, paths: dict[Path, Path]) -> None:
        """Watch moved files at their new paths instead of the old ones."""
        self._watch.follow(paths)

    @Slot()
    def forget_folders(self) -> None:
        """Stop watching all folders."""
        self._epoch += 1
        self._watch.clear()

    @Slot(object)
    def _on_folders_changed(self, folders: tuple[Path, ...]) -> None:
        self.folders_changed.emit(self._epoch, folders)

    def stop(self) -> None:
        """Cancel a running comparison. May be called from any thread."""
        self._stopped.set()

    @Slot()
    def end(self) -> None:
        """Release what belongs to this thread before it ends."""
        self._watch.clear()
