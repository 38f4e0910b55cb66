"""Carry out the files of a sort or an undo: journal first, then the disk, and never over another file."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from clipdesk.core.errors import Cancelled, SortingError
from clipdesk.core.messages import Message, message, sentences
from clipdesk.core.reasons import os_reason
from clipdesk.core.sorting.copy_file import SourceChangedError
from clipdesk.core.sorting.journal import JournalStep, PastSort, SortingJournal, StepState
from clipdesk.core.sorting.next_names import next_names
from clipdesk.core.sorting.place_file import sync_folder
from clipdesk.core.sorting.steps import Reason, Skipped, SortProgress, SortReport
from clipdesk.core.sorting.ways import Way, way_for

#: A batch is noted in the journal at once. Renames are quick; part files of a batch take room on the target's disk.
_BATCH_FILES = 1000
_COPIED_FILES = 64
_COPIED_BYTES = 256 << 20

#: The person sees progress this often.
_PROGRESS_S = 0.05
_MOST_NAMES = 1000

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Execution:
    """Carries out one sort, which has begun in the journal.

    A group is an image and its companions, the image first. `may_number`: a name that was taken meanwhile gets the
    next number; otherwise the file stays. `should_stop` is asked before each file, and within long copies; it may wait
    while the sort is paused.
    """

    def __init__(
        self,
        journal: SortingJournal,
        past: PastSort,
        groups: Sequence[Sequence[JournalStep]],
        *,
        may_number: bool,
        on_progress: Callable[[SortProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        trash: Callable[[Path], None],
    ) -> None:
        self._journal = journal
        self._past = past
        self._groups = groups
        self._may_number = may_number
        self._on_progress = on_progress
        self._should_stop = should_stop or (lambda: False)
        self._way: Way = way_for(past, trash, self._on_bytes)
        self._ended: list[JournalStep] = []  # not in the journal yet
        self._done: list[tuple[Path, Path]] = []
        self._skipped: list[Skipped] = []
        self._known_folders: set[Path] = set()
        self._was_cancelled = False
        self._message: str = ""
        self._all_files = sum(len(group) for group in groups)
        self._all_bytes = sum(step.size for group in groups for step in group)
        self._files = self._bytes = self._copying = 0
        self._told_s = 0.0

    def run(self) -> SortReport:
        """Carry out the sort. Errors of single files are in the report; a full disk or journal ends it early."""
        try:
            for batch in self._batches():
                self._run_batch(batch)
                if self._is_over():
                    break
            self._sync_folders(path for pair in self._done for path in pair)
            self._journal.end(self._past, self._ended)
        except SortingError as error:
            # What the disk has been told is in the journal as begun: recovery finds how far each file got.
            self._message = sentences(message("core", "The sort ended early."), str(error))
        self._tell(at_once=True)
        return SortReport(
            self._past.id,
            self._past.action,
            tuple(self._done),
            tuple(self._skipped),
            was_cancelled=self._was_cancelled,
            is_undo=self._past.is_undo,
            message=self._message,
        )

    def _is_over(self) -> bool:
        return self._was_cancelled or bool(self._message)

    def _batches(self) -> Iterator[list[list[JournalStep]]]:
        batch: list[list[JournalStep]] = []
        files = copied_bytes = copied_files = 0
        for group in self._groups:
            batch.append(list(group))
            files += len(group)
            if self._way.copies(group[0]):
                copied_files += len(group)
                copied_bytes += sum(step.size for step in group)
            if files >= _BATCH_FILES or copied_files >= _COPIED_FILES or copied_bytes >= _COPIED_BYTES:
                yield batch
                batch, files, copied_files, copied_bytes = [], 0, 0, 0
        if batch:
            yield batch

    def _run_batch(self, batch: list[list[JournalStep]]) -> None:
        ready = []
        for group in batch:
            if self._stops():
                return
            if members := self._checked(group):
                ready.append(members)
        steps = [step for group in ready for step in group]
        missing = self._missing_folders(steps)
        self._journal.note(self._past, [*self._ended, *steps], missing)
        self._ended.clear()
        self._make_folders(missing)
        with_parts = []
        for group in ready:
            with_parts += self._write_parts(group)
        if with_parts:
            self._journal.note(self._past, with_parts)
        for group in ready:
            self._place_group([step for step in group if step.state is StepState.BEGUN])
        if with_parts:
            self._sync_folders(step.target for step in with_parts)
        for group in ready:
            for step in group:
                self._finish(step)
        self._ended += steps

    def _checked(self, group: list[JournalStep]) -> list[JournalStep]:
        """Return the members of a group whose source is as planned, with targets that are free."""
        members: list[JournalStep] = []
        for step in group:
            problem = self._way.problem_of(step)
            if problem is None and self._way.needs_free_target and _is_same_file(step):
                problem = (Reason.ALREADY_THERE, "")
            if (
                problem is None
                and not self._may_number
                and self._way.needs_free_target
                and os.path.lexists(step.target)
            ):
                problem = (Reason.FAILED, _taken(step))
            if problem is not None:
                self._skip(step, *problem)
                if step is group[0]:
                    self._skip_companions(group[1:])
                    break
            else:
                members.append(step)
        if members and self._may_number and any(os.path.lexists(step.target) for step in members):
            self._take_next_names(members)
        return members

    def _take_next_names(self, members: list[JournalStep]) -> None:
        folder = members[0].target.parent
        for count, names in enumerate(next_names([step.target.name for step in members])):
            if not any(os.path.lexists(folder / name) for name in names) or count == _MOST_NAMES:
                for step, name in zip(members, names, strict=True):
                    step.target = folder / name
                return

    def _missing_folders(self, steps: Sequence[JournalStep]) -> list[Path]:
        """Return the folders that have to be made, the outermost first."""
        missing: list[Path] = []
        if not self._way.needs_free_target:
            return missing
        for folder in dict.fromkeys(step.target.parent for step in steps):
            new = []
            for ancestor in (folder, *folder.parents):
                if ancestor in self._known_folders or os.path.lexists(ancestor):
                    break
                new.append(ancestor)
            self._known_folders.update((folder, *new))
            missing += reversed(new)
        return missing

    def _make_folders(self, folders: Sequence[Path]) -> None:
        """Make folders. A file whose folder cannot be made fails when its turn comes."""
        not_ours = []
        for folder in folders:
            try:
                folder.mkdir()
            except FileExistsError:
                not_ours.append(folder)
            except OSError as error:
                not_ours.append(folder)
                self._known_folders.discard(folder)
                self._note_disk_full(error, folder)
        if not_ours:
            self._journal.forget_folders(self._past, not_ours)

    def _write_parts(self, group: Sequence[JournalStep]) -> list[JournalStep]:
        """Copy the members of a group to part files, where the way is by copies. Return those."""
        written: list[JournalStep] = []
        for step in group:
            if step.state is not StepState.BEGUN or not self._way.copies(step):
                continue
            if self._stops():
                break
            try:
                self._way.write_part(step)
                written.append(step)
            except Cancelled:
                self._was_cancelled = True
                break
            except OSError as error:
                self._fail(step, error)
                if step is group[0]:
                    self._skip_companions(group[1:])
                    break
            finally:
                self._copying = 0
        if self._is_over() and len(written) < len(group):
            # An image does not go without its companions.
            for step in group:
                self._leave(step)
            return []
        return written

    def _place_group(self, members: list[JournalStep]) -> None:
        """Give the files of a group their names, all with the same number if one of them is taken."""
        if not members:
            return
        if self._stops():
            for step in members:
                if not self._way.has_part(step):
                    self._leave(step)
            members = [step for step in members if step.state is StepState.BEGUN]
        placed: list[JournalStep] = []
        tries = 0
        waiting = list(members)
        while waiting:
            step = waiting.pop(0)
            try:
                if self._way.place(step, self._note_part):
                    placed.append(step)
                    step.state = StepState.DONE
                else:
                    self._skip(step, Reason.CHANGED)
                    if step is members[0]:
                        self._skip_companions(waiting)
                        return
            except FileExistsError:
                tries += 1
                if not self._may_number or tries > _MOST_NAMES or not self._take_back(placed):
                    self._skip(step, Reason.FAILED, _taken(step))
                    self._skip_companions(placed)
                    continue
                waiting = [member for member in members if member.state is StepState.BEGUN]
                placed = []
                self._take_next_names(waiting)
                self._journal.note(self._past, waiting)
            except OSError as error:
                self._fail(step, error)
                if step is members[0]:
                    self._skip_companions(waiting)
                    return

    def _take_back(self, placed: Sequence[JournalStep]) -> bool:
        """Undo the placing of a group's first files, so that all can get the same number. Return whether it worked."""
        for step in reversed(placed):
            try:
                self._way.take_back(step)
            except OSError:
                return False
            step.state = StepState.BEGUN
        return True

    def _note_part(self, step: JournalStep) -> None:
        self._journal.note(self._past, [step])

    def _finish(self, step: JournalStep) -> None:
        """Remove the source of a file that was moved by a copy, and count the file."""
        if step.state is StepState.DONE:
            detail = self._way.remove_source(step)
            if detail:
                self._skipped.append(Skipped(step.source, Reason.CHANGED, detail))
                step.detail = detail
            self._done.append((step.source, step.target))
        elif step.state is StepState.BEGUN:
            self._leave(step)
        self._way.discard_part(step)
        self._files += 1
        self._bytes += step.size
        self._tell()

    def _skip(self, step: JournalStep, reason: Reason, detail: str = "") -> None:
        self._skipped.append(Skipped(step.source, reason, detail))
        step.state, step.reason, step.detail = StepState.NOTHING_DONE, reason, detail
        self._way.discard_part(step)

    def _skip_companions(self, steps: Sequence[JournalStep]) -> None:
        for step in steps:
            if step.state is StepState.BEGUN:
                self._skip(step, Reason.COMPANION, message("core", "it stays with its picture"))

    def _fail(self, step: JournalStep, error: OSError) -> None:
        self._note_disk_full(error, step.target.parent)
        self._skip(step, reason_of(error), os_reason(error))

    def _note_disk_full(self, error: OSError, folder: Path) -> None:
        if error.errno in _DISK_FULL:
            self._message = message(
                "core",
                "The disk of “{folder}” is full. What was sorted until then stays sorted, everything else is where it "
                "was. Make room, then sort the rest.",
            ).of(folder=folder)

    def _leave(self, step: JournalStep) -> None:
        """Leave a file that has not been touched, because the sort ends early."""
        if step.state is StepState.BEGUN:
            step.state = StepState.NOTHING_DONE
            self._way.discard_part(step)

    def _stops(self) -> bool:
        if not self._is_over() and self._should_stop():
            self._was_cancelled = True
        return self._is_over()

    def _sync_folders(self, paths: Iterator[Path]) -> None:
        for folder in dict.fromkeys(path.parent for path in paths):
            sync_folder(folder)

    def _on_bytes(self, count: int) -> None:
        self._copying += count
        if self._should_stop():
            raise Cancelled(message("core", "The sort was stopped."))
        self._tell()

    def _tell(self, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if self._on_progress is not None and (at_once or now - self._told_s >= _PROGRESS_S):
            self._told_s = now
            done_bytes = min(self._bytes + self._copying, self._all_bytes)
            self._on_progress(SortProgress(self._files, self._all_files, done_bytes, self._all_bytes))


def _taken(step: JournalStep) -> Message:
    return message("core", "another file is at “{target}”").of(target=step.target)


def _is_same_file(step: JournalStep) -> bool:
    """Return whether the target is the source: the same path, a hard link or a symbolic link to it."""
    try:
        return step.target.samefile(step.source)
    except OSError:
        return False


def reason_of(error: OSError) -> Reason:
    """Return why a file stays after this error."""
    if isinstance(error, SourceChangedError):
        return Reason.CHANGED
    if isinstance(error, FileNotFoundError):
        return Reason.GONE
    return Reason.NOT_ALLOWED if isinstance(error, PermissionError) else Reason.FAILED
