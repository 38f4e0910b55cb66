"""The ways in which a file gets from its source to its target: by a rename, a copy, a link, or out of the way again."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason
from clipdesk.core.sorting.copy_file import copy_verified, hash_file, part_path
from clipdesk.core.sorting.journal import JournalStep, PastSort, StepState, is_same_version
from clipdesk.core.sorting.place_file import rename_no_replace
from clipdesk.core.sorting.steps import Action, Reason

#: Why a file stays, and more about it in words.
Problem = tuple[Reason, str]


def way_for(past: PastSort, trash: Callable[[Path], None], on_bytes: Callable[[int], None]) -> Way:
    """Return how the files of a sort go. The undo of a copy or a link removes what the sort made."""
    if past.action is Action.MOVE:
        return MoveWay(past.token, on_bytes)
    if past.is_undo:
        return RemoveWay(past.action, trash)
    if past.action is Action.COPY:
        return CopyWay(past.token, on_bytes)
    return HardLinkWay() if past.action is Action.HARD_LINK else SymbolicLinkWay()


class Way:
    """How a file goes. This base class has what links and removals need: no part files, sources that stay."""

    #: Whether the target must not exist.
    needs_free_target = True

    def problem_of(self, step: JournalStep) -> Problem | None:
        """Return why a step must not be carried out now, or None. Notes which file the source is."""
        try:
            status = step.source.stat()
        except FileNotFoundError:
            return Reason.GONE, ""
        except OSError as error:
            return Reason.NOT_ALLOWED, os_reason(error)
        if not stat.S_ISREG(status.st_mode):
            return Reason.FAILED, message("core", "it is not a file")
        if not is_same_version(step, status):
            return Reason.CHANGED, ""
        step.note_source(status)
        return None

    def copies(self, step: JournalStep) -> bool:
        """Return whether the file goes by way of a part file."""
        return False

    def write_part(self, step: JournalStep) -> None:
        """Copy the source to a part file and verify it. Raises OSError or Cancelled."""
        raise NotImplementedError

    def has_part(self, step: JournalStep) -> bool:
        """Return whether there is a verified part file of this step."""
        return False

    def discard_part(self, step: JournalStep) -> None:
        """Remove the part file of a step, if there is one."""

    def place(self, step: JournalStep, note: Callable[[JournalStep], None]) -> bool:
        """Put the file at its target. Return False if the source has been changed: nothing is done then.

        `note` makes what is new about the step durable. Raises OSError, FileExistsError if the target is taken.
        """
        raise NotImplementedError

    def take_back(self, step: JournalStep) -> None:
        """Undo `place`, a moment ago. Raises OSError."""
        raise NotImplementedError

    def remove_source(self, step: JournalStep) -> str:
        """Remove the source, if a verified copy was moved. Return a sentence if it stays although it should not."""
        return ""


class CopyWay(Way):
    """A verified part file, which gets its final name when it is complete."""

    def __init__(self, token: str, on_bytes: Callable[[int], None]) -> None:
        self._token = token
        self._on_bytes = on_bytes
        self._parts: dict[int, Path] = {}

    def copies(self, step: JournalStep) -> bool:
        return True

    def write_part(self, step: JournalStep) -> None:
        part = self._part(step)
        self._write(step, part)
        self._parts[step.number] = part

    def _write(self, step: JournalStep, path: Path) -> None:
        mtime_ns = step.restored_mtime_ns or None
        step.digest, status = copy_verified(
            step.source, path, self._on_bytes, is_expected=lambda found: is_same_version(step, found), mtime_ns=mtime_ns
        )
        step.note_placed(status)

    def has_part(self, step: JournalStep) -> bool:
        return step.number in self._parts

    def discard_part(self, step: JournalStep) -> None:
        part = self._parts.pop(step.number, None)
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def place(self, step: JournalStep, note: Callable[[JournalStep], None]) -> bool:
        if step.number not in self._parts:
            self.write_part(step)
            note(step)
        try:
            rename_no_replace(self._parts[step.number], step.target)
        except OSError as error:
            if error.errno != errno.ENOTSUP:
                raise
            self._write_in_place(step, note)
        return True

    def take_back(self, step: JournalStep) -> None:
        rename_no_replace(step.target, self._parts[step.number])

    def _write_in_place(self, step: JournalStep, note: Callable[[JournalStep], None]) -> None:
        """Write a verified copy under the target's own name, on disks that have no other way of not overwriting.

        The file is created only if the name is free. The journal knows that it may be incomplete.
        """
        step.state = StepState.WRITING
        note(step)
        try:
            self._write(step, step.target)
        finally:
            step.state = StepState.BEGUN
        note(step)
        self.discard_part(step)
        self._parts[step.number] = self._part(step)

    def _part(self, step: JournalStep) -> Path:
        return part_path(step.target, self._token, step.number)


class MoveWay(CopyWay):
    """A rename on one disk. To another disk: a verified copy, then the removal of the source."""

    def __init__(self, token: str, on_bytes: Callable[[int], None]) -> None:
        super().__init__(token, on_bytes)
        self._devices: dict[Path, int] = {}

    def problem_of(self, step: JournalStep) -> Problem | None:
        try:
            if stat.S_ISLNK(step.source.lstat().st_mode):
                return Reason.FAILED, message("core", "it is a link to another file, and links are not moved")
        except OSError:
            pass  # the base class says why
        return super().problem_of(step)

    def copies(self, step: JournalStep) -> bool:
        return self._device(step.source.parent) != self._device(step.target.parent)

    def place(self, step: JournalStep, note: Callable[[JournalStep], None]) -> bool:
        if self.has_part(step):
            return super().place(step, note)
        try:
            rename_no_replace(step.source, step.target)
        except OSError as error:
            if error.errno == errno.EXDEV:  # one disk that is mounted twice
                return super().place(step, note)
            if error.errno != errno.ENOTSUP:
                raise
            self._write_in_place(step, note)
            return True
        status = step.target.lstat()
        if not is_same_version(step, status):
            # Another program replaced the source since it was checked.
            with contextlib.suppress(OSError):
                rename_no_replace(step.target, step.source)
                return False
        step.note_placed(status)
        step.size = status.st_size
        return True

    def take_back(self, step: JournalStep) -> None:
        if self.has_part(step):
            super().take_back(step)
        else:
            rename_no_replace(step.target, step.source)

    def remove_source(self, step: JournalStep) -> str:
        if not self.has_part(step):
            return ""
        del self._parts[step.number]
        try:
            if not step.is_source(step.source.lstat()):
                return message("core", "it was changed while it was moved; its former content is at “{target}”").of(
                    target=step.target
                )
            step.source.unlink()
        except FileNotFoundError:
            return ""
        except OSError as error:
            return message("core", "it was copied to “{target}”, but could not be removed here: {reason}").of(
                target=step.target, reason=os_reason(error)
            )
        return ""

    def _device(self, folder: Path) -> int:
        """Return the disk of a folder, or of the innermost folder above it that exists."""
        found = self._devices.get(folder)
        if found is None:
            try:
                found = folder.stat().st_dev
            except OSError:
                found = self._device(folder.parent) if folder.parent != folder else 0
            self._devices[folder] = found
        return found


class HardLinkWay(Way):
    """A second name of the same file, on the same disk."""

    def place(self, step: JournalStep, note: Callable[[JournalStep], None]) -> bool:
        try:
            # A link to a symbolic link would follow that one's file if the file is replaced.
            os.link(os.path.realpath(step.source), step.target)
        except OSError as error:
            if error.errno == errno.EXDEV:
                words = message("core", "a hard link can only be on the same disk; copy it, or use a symbolic link")
                raise OSError(errno.EXDEV, words, str(step.source)) from error
            raise
        status = step.target.lstat()
        if not is_same_version(step, status):
            step.target.unlink()
            return False
        step.note_placed(status)
        return True

    def take_back(self, step: JournalStep) -> None:
        if step.target.samefile(step.source):
            step.target.unlink()


class SymbolicLinkWay(Way):
    """A link that names its file by the absolute path, so that the folder with the links can be moved."""

    def place(self, step: JournalStep, note: Callable[[JournalStep], None]) -> bool:
        step.target.symlink_to(link_text(step.source))
        step.note_placed(step.target.lstat())
        return True

    def take_back(self, step: JournalStep) -> None:
        if is_link_to(step.target, step.source):
            step.target.unlink()


class RemoveWay(Way):
    """The undo of a copy or a link, whose `source` is the copy and `target` the original.

    Copies go to the system's trash, links are removed: no byte is lost. Nothing goes if the original is not there, or
    if the copy has been edited.
    """

    needs_free_target = False

    def __init__(self, action: Action, trash: Callable[[Path], None]) -> None:
        self._action = action
        self._trash = trash

    def problem_of(self, step: JournalStep) -> Problem | None:
        try:
            return self._problem_of(step)
        except FileNotFoundError:
            return Reason.GONE, ""
        except OSError as error:
            return Reason.NOT_ALLOWED, os_reason(error)

    def place(self, step: JournalStep, note: Callable[[JournalStep], None]) -> bool:
        if self._problem_of(step) is not None:
            return False
        if self._action is Action.COPY:
            self._trash(step.source)
            if os.path.lexists(step.source):
                raise OSError(errno.EIO, message("core", "the system's trash did not take it"), str(step.source))
        else:
            step.source.unlink()
        with contextlib.suppress(OSError):
            # What a redo starts from.
            step.note_placed(step.target.stat())
        return True

    def take_back(self, step: JournalStep) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    def _problem_of(self, step: JournalStep) -> Problem | None:
        status = step.source.lstat()
        step.note_source(status)
        if self._action is Action.SYMBOLIC_LINK:
            return None if is_link_to(step.source, step.target) else (Reason.CHANGED, "")
        if not stat.S_ISREG(status.st_mode):
            return Reason.CHANGED, ""
        try:
            original = step.target.stat()
        except OSError:
            return Reason.FAILED, message("core", "it stays, because the original is no longer there")
        if self._action is Action.HARD_LINK:
            is_link = (status.st_dev, status.st_ino) == (original.st_dev, original.st_ino)
            return None if is_link else (Reason.CHANGED, "")
        if not is_same_version(step, status) or hash_file(step.source) != step.digest:
            return Reason.CHANGED, ""
        return None


def link_text(source: Path) -> str:
    """Return the path that a symbolic link to `source` contains."""
    return os.path.abspath(source)  # noqa: PTH100 - Path.absolute keeps `..`


def is_link_to(path: Path, source: Path) -> bool:
    """Return whether `path` is a symbolic link that a sort made for `source`."""
    return path.is_symlink() and os.fspath(path.readlink()) == link_text(source)
