"""Notice that folders have changed: by the system's events, and by looking at them now and then."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from clipdesk.core.desk.folder_changes import SETTLE_S, is_there
from clipdesk.core.pictures.scan import ImageFile, folder_state
from clipdesk.gui.kit.timers import single_shot

#: A system has room for some thousand watches, which all programs share.
_MOST_WATCHED = 2000
#: Changes are gathered for this long, or for four times as long as comparing the folders took.
_GATHER_MS = 500

#: How often folders are checked for what no event reports, such as a file that is written in place.
_CHECK_MS = 2000
#: One check ends after the folder during which this time has passed; the next one continues behind it.
_CHECK_S = 0.05
#: The pause after a check is at least this many times as long as the check, so that checking takes 2 % of one core.
_PAUSE_RATIO = 50
#: Folders that changed this recently are checked first.
_RECENT_S = 60.0


class FolderWatch(QObject):
    """Reports which folders have changed, gathered over half a second. Used from the thread it lives on.

    Events of the operating system tell at once which files come and go, but not which files are written in place, and
    not on every disk. Each folder's `folder_state` is therefore compared every few seconds, within a budget of time.
    Folders that are gone are remembered until they are back, as those on a USB stick may be. Files that were named one
    by one are watched like folders, without their neighbours.
    """

    folders_changed = Signal(object)  # tuple[Path, ...]

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states: dict[Path, int | None] = {}
        self._lost: set[Path] = set()
        self._watched: set[Path] = set()
        self._changed: dict[Path, None] = {}
        self._recent: dict[Path, float] = {}
        self._unchecked: list[Path] = []
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_directory_changed)
        self._gather = single_shot(self, _GATHER_MS, self._on_gathered)
        self._settle = single_shot(self, round(SETTLE_S * 1000), self._gather.start)
        self._check = single_shot(self, _CHECK_MS, self._on_check_due)

    def folders(self) -> set[Path]:
        """Return all folders and files that were added and are still there."""
        return set(self._states)

    def __contains__(self, folder: Path) -> bool:
        return folder in self._states

    def add(self, folder: Path) -> None:
        """Watch a folder, but not its subfolders. Add it before it is listed: what changes after that is reported."""
        self.add_file(folder)
        if folder not in self._watched and len(self._watched) < _MOST_WATCHED and self._watcher.addPath(str(folder)):
            self._watched.add(folder)

    def add_file(self, path: Path) -> None:
        """Watch a file by itself, without its folder."""
        self._states[path] = _state_at(path)
        self._lost.discard(path)
        if not self._check.isActive():
            self._check.start()

    def follow(self, paths: Mapping[Path, Path]) -> None:
        """Watch files that were moved at their new paths: by themselves, unless their new folder is watched."""
        for old, new in paths.items():
            self._states.pop(old, None)
            if new.parent not in self._states:
                self.add_file(new)

    def drop(self, lost: Iterable[Path]) -> None:
        """Stop watching folders that are gone, with all below them, and report them as changed once they are back."""
        tops = set(lost)
        below = {folder for folder in self._states if folder in tops or not tops.isdisjoint(folder.parents)}
        for folder in below:
            del self._states[folder]
        self._watched -= below
        if still := set(self._watcher.directories()) & {str(folder) for folder in below}:
            self._watcher.removePaths(sorted(still))
        tops |= self._lost
        self._lost = {top for top in tops if tops.isdisjoint(top.parents)}

    def clear(self) -> None:
        """Watch nothing, and forget what has changed."""
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        for one in (self._states, self._lost, self._watched, self._changed, self._recent, self._unchecked):
            one.clear()
        for timer in (self._gather, self._settle, self._check):
            timer.stop()

    def check_later(self, folders: Iterable[Path]) -> None:
        """Report these folders again after a while, because a file in them is still being written."""
        self._changed |= dict.fromkeys(folders)
        if self._changed:
            self._settle.start()

    def set_check_time(self, seconds: float) -> None:
        """Adapt the pause between reports to how long comparing the folders took."""
        self._gather.setInterval(max(_GATHER_MS, round(4000 * seconds)))

    def _on_directory_changed(self, folder: str) -> None:
        self._report(Path(folder))

    def _report(self, folder: Path) -> None:
        self._changed[folder] = None
        self._recent[folder] = time.monotonic()
        if not self._gather.isActive():
            self._gather.start()

    def _on_gathered(self) -> None:
        changed, self._changed = tuple(self._changed), {}
        if changed:
            self.folders_changed.emit(changed)

    def _on_check_due(self) -> None:
        began = time.monotonic()
        for folder in [folder for folder in self._lost if is_there(folder)]:
            self._lost.remove(folder)
            self._report(folder)
        for folder in self._due():
            state = _state_at(folder)
            if state != self._states[folder]:
                self._states[folder] = state
                self._report(folder)
            if time.monotonic() - began > _CHECK_S:
                break
        took_ms = round(1000 * (time.monotonic() - began))
        self._check.start(max(_CHECK_MS, _PAUSE_RATIO * took_ms))

    def _due(self) -> Iterator[Path]:
        """Yield the folders that changed lately, then all others, starting where the last check ended."""
        latest = time.monotonic() - _RECENT_S
        self._recent = {folder: at for folder, at in self._recent.items() if at > latest and folder in self._states}
        yield from tuple(self._recent)
        for _ in range(len(self._states)):
            self._unchecked = self._unchecked or list(self._states)
            folder = self._unchecked.pop()
            if folder in self._states and folder not in self._recent:
                yield folder


def _state_at(path: Path) -> int | None:
    """Return the state of a folder or a file; None if it cannot be read."""
    state = folder_state(path)
    if state is None:
        try:
            return hash(ImageFile.of(path, path.stat()))
        except (OSError, ValueError):
            return None
    return state
