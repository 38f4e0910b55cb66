"""Find pictures in folders on a separate thread, and watch these folders for changes."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from clipdesk.core.desk.folder_changes import SETTLE_S, Changes, find_changes
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.core.pictures.scan import ImageFile, find_images
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.problem import problem_of

logger = logging.getLogger(__name__)

#: How often a running scan reports the files found so far.
_SCAN_INTERVAL_S = 0.1

#: A system allows some thousand watches, shared by all programs. We watch folders, not files.
_MAX_WATCHED = 2000
#: Changes are collected for this long, or for four times as long as the last check took.
_GATHER_MS = 500


@dataclass(frozen=True)
class ScanRequest:
    """Find the pictures in these files and folders, and watch the folders from now on."""

    id: int
    paths: tuple[Path, ...]
    cancel: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class LookRequest:
    """Find what has changed in these folders. `images` are all images on the desk."""

    folders: tuple[Path, ...]
    images: ImageList


class ScanWorker(QObject):
    """Finds pictures, and reports when one of their folders has changed. Lives on the scan thread."""

    images_found = Signal(int, object)  # scan id, list[ImageFile]
    scan_ended = Signal(int, object, object)  # scan id, list[str] of problems, PassedOver
    folders_changed = Signal(object)  # tuple[Path, ...]
    changes_found = Signal(object)  # Changes

    def __init__(self) -> None:
        super().__init__()
        self._stopped = threading.Event()
        self._watch = FolderWatch(self)
        self._watch.folders_changed.connect(self.folders_changed)

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
                on_problem=lambda path, reason: problems.append(f"{path}: {reason}"),
                on_folder=self._watch.add,
                on_passed_over=passed_over.add,
            ):
                found.append(image)
                if time.monotonic() - sent > _SCAN_INTERVAL_S:
                    self.images_found.emit(request.id, found)
                    found, sent = [], time.monotonic()
        except Exception as error:
            problems.append(problem_of(error, "Looking for pictures stopped because of an unexpected error.").message)
        if found:
            self.images_found.emit(request.id, found)
        self.scan_ended.emit(request.id, problems, passed_over)

    @Slot(object)
    def look(self, request: LookRequest) -> None:
        """Compare folders with the images on the desk, and report the differences."""
        began = time.monotonic()
        try:
            changes, unsettled = find_changes(
                request.folders, request.images, self._watch.folders(), on_folder=self._watch.add, cancel=self._stopped
            )
        except Exception as error:
            logger.error("Watching the folders failed", exc_info=error)
            return
        self._watch.set_check_time(time.monotonic() - began)
        self._watch.check_later(unsettled)
        self._watch.drop(folder for folder in request.folders if not folder.is_dir())
        if changes != Changes((), (), (), ()):
            self.changes_found.emit(changes)

    @Slot()
    def look_everywhere(self) -> None:
        """Report all folders as changed: for network disks and others that send no notifications."""
        self.folders_changed.emit(tuple(self._watch.folders()))

    @Slot()
    def forget_folders(self) -> None:
        """Stop watching all folders."""
        self._watch.clear()

    def stop(self) -> None:
        """Cancel a running comparison. May be called from any thread."""
        self._stopped.set()

    @Slot()
    def end(self) -> None:
        """Release what belongs to this thread before it ends."""
        self._watch.clear()


class FolderWatch(QObject):
    """Watches folders, and reports changes in batches. Lives on the thread that uses it."""

    folders_changed = Signal(object)  # tuple[Path, ...]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders: set[Path] = set()
        self._watched: set[Path] = set()
        self._changed: dict[Path, None] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_directory_changed)
        self._gather = single_shot(self, _GATHER_MS, self._on_gathered)
        self._settle = single_shot(self, round(SETTLE_S * 1000), self._gather.start)

    def folders(self) -> set[Path]:
        """Return all added folders, including those beyond the limit of watches."""
        return set(self._folders)

    def add(self, folder: Path) -> None:
        """Watch a folder, without its subfolders."""
        self._folders.add(folder)
        if folder not in self._watched and len(self._watched) < _MAX_WATCHED and self._watcher.addPath(str(folder)):
            self._watched.add(folder)

    def drop(self, lost: Iterable[Path]) -> None:
        """Stop watching folders that no longer exist, with their subfolders.

        If one comes back, its parent folder is reported as changed.
        """
        for top in lost:
            below = {folder for folder in self._folders if folder == top or top in folder.parents}
            self._folders -= below
            self._watched -= below
            if still := set(self._watcher.directories()) & {str(folder) for folder in below}:
                self._watcher.removePaths(sorted(still))

    def clear(self) -> None:
        """Stop watching all folders, and discard unreported changes."""
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._folders.clear()
        self._watched.clear()
        self._changed.clear()
        self._gather.stop()
        self._settle.stop()

    def check_later(self, folders: Iterable[Path]) -> None:
        """Report these folders again in a while: files in them are still being written."""
        self._changed |= dict.fromkeys(folders)
        if self._changed:
            self._settle.start()

    def set_check_time(self, seconds: float) -> None:
        """Adapt the delay before the next report to the time that the last check took."""
        self._gather.setInterval(max(_GATHER_MS, round(4000 * seconds)))

    def _on_directory_changed(self, folder: str) -> None:
        self._changed[Path(folder)] = None
        if not self._gather.isActive():
            self._gather.start()

    def _on_gathered(self) -> None:
        changed, self._changed = tuple(self._changed), {}
        if changed:
            self.folders_changed.emit(changed)
