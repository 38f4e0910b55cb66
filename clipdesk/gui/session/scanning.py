"""Looking for pictures on a thread of its own, and watching the folders where they were found."""

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
from clipdesk.core.pictures.scan import ImageFile, find_images
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.problem import problem_of

logger = logging.getLogger(__name__)

#: How often new files are handed over while folders are searched.
_SCAN_INTERVAL_S = 0.1

#: Folders are watched, not files; a system has room for some thousand watches, which all programs share.
_MOST_WATCHED = 2000
#: Changes are gathered for this long, or for four times as long as looking at them took.
_GATHER_MS = 500


@dataclass(frozen=True)
class ScanRequest:
    """Look for pictures in these files and folders, and watch the folders from now on."""

    id: int
    paths: tuple[Path, ...]
    cancel: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class LookRequest:
    """Look what has changed in these folders; `images` are the pictures that are on the desk, all of them."""

    folders: tuple[Path, ...]
    images: ImageList


class ScanWorker(QObject):
    """Looks for pictures on its thread, and says when a folder has changed where it found some."""

    images_found = Signal(int, object)  # scan id, list[ImageFile]
    scan_ended = Signal(int, object)  # scan id, list[str] of problems
    folders_changed = Signal(object)  # tuple[Path, ...]
    changes_found = Signal(object)  # Changes

    def __init__(self) -> None:
        super().__init__()
        self._stopped = threading.Event()
        self._watch = FolderWatch(self)
        self._watch.folders_changed.connect(self.folders_changed)

    @Slot(object)
    def scan(self, request: ScanRequest) -> None:
        """Hand pictures over several times a second while they are found."""
        problems: list[str] = []
        found: list[ImageFile] = []
        sent = time.monotonic()
        try:
            for image in find_images(
                request.paths,
                cancel=request.cancel,
                on_problem=lambda path, reason: problems.append(f"{path}: {reason}"),
                on_folder=self._watch.add,
            ):
                found.append(image)
                if time.monotonic() - sent > _SCAN_INTERVAL_S:
                    self.images_found.emit(request.id, found)
                    found, sent = [], time.monotonic()
        except Exception as error:
            problems.append(problem_of(error, "Looking for pictures stopped because of an unexpected error.").message)
        if found:
            self.images_found.emit(request.id, found)
        self.scan_ended.emit(request.id, problems)

    @Slot(object)
    def look(self, request: LookRequest) -> None:
        """Compare folders with the desk."""
        began = time.monotonic()
        try:
            changes, unsettled = find_changes(
                request.folders, request.images, self._watch.folders(), on_folder=self._watch.add, cancel=self._stopped
            )
        except Exception as error:
            logger.error("Watching the folders failed", exc_info=error)
            return
        self._watch.took(time.monotonic() - began)
        self._watch.look_later(unsettled)
        self._watch.drop(folder for folder in request.folders if not folder.is_dir())
        if changes != Changes((), (), (), ()):
            self.changes_found.emit(changes)

    @Slot()
    def look_everywhere(self) -> None:
        """Say of all folders that they have changed: for disks that tell nobody."""
        self.folders_changed.emit(tuple(self._watch.folders()))

    @Slot()
    def forget_folders(self) -> None:
        """Watch nothing any more."""
        self._watch.clear()

    def stop(self) -> None:
        """End a look that is going on; called from any thread."""
        self._stopped.set()

    @Slot()
    def end(self) -> None:
        """Let go what belongs to this thread, which is about to end."""
        self._watch.clear()


class FolderWatch(QObject):
    """Says which folders have changed, gathered. Lives on the thread that it is used from."""

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
        """All that were added, watched or not."""
        return set(self._folders)

    def add(self, folder: Path) -> None:
        """Watch a folder, not what is below it."""
        self._folders.add(folder)
        if folder not in self._watched and len(self._watched) < _MOST_WATCHED and self._watcher.addPath(str(folder)):
            self._watched.add(folder)

    def drop(self, lost: Iterable[Path]) -> None:
        """These are gone, with all below them. If they come back, their parent has changed and they are new."""
        for top in lost:
            below = {folder for folder in self._folders if folder == top or top in folder.parents}
            self._folders -= below
            self._watched -= below
            if still := set(self._watcher.directories()) & {str(folder) for folder in below}:
                self._watcher.removePaths(sorted(still))

    def clear(self) -> None:
        """Watch nothing, and forget what has changed."""
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._folders.clear()
        self._watched.clear()
        self._changed.clear()
        self._gather.stop()
        self._settle.stop()

    def look_later(self, folders: Iterable[Path]) -> None:
        """Something in these folders is still being written."""
        self._changed |= dict.fromkeys(folders)
        if self._changed:
            self._settle.start()

    def took(self, seconds: float) -> None:
        """Looking at the changes took so long: wait accordingly before the next."""
        self._gather.setInterval(max(_GATHER_MS, round(4000 * seconds)))

    def _on_directory_changed(self, folder: str) -> None:
        self._changed[Path(folder)] = None
        if not self._gather.isActive():
            self._gather.start()

    def _on_gathered(self) -> None:
        changed, self._changed = tuple(self._changed), {}
        if changed:
            self.folders_changed.emit(changed)
