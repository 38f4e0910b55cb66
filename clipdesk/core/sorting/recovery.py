"""Finish what an interrupted sort left: the disk tells how far each file got."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from clipdesk.core.errors import SortingBusyError
from clipdesk.core.messages import counted
from clipdesk.core.sorting.copy_file import hash_file, part_path
from clipdesk.core.sorting.journal import JournalStep, PastSort, SortingJournal, SortState, StepState, is_same_version
from clipdesk.core.sorting.made_folders import remove_empty_folders
from clipdesk.core.sorting.place_file import rename_no_replace
from clipdesk.core.sorting.steps import Action, SortReport
from clipdesk.core.sorting.ways import is_link_to

_READ_BYTES = 1 << 20


def recover(journal: SortingJournal) -> list[SortReport]:
    """Finish the sorts that were interrupted by a crash, and say so: the reports' `message` is a sentence.

    Each file that was on its way is finished or stays where it was, and part files are removed. What had not begun is
    not begun now. Returns an empty list if there is nothing to finish, or if another window or program is sorting.
    Raises SortingError if the journal cannot be used.
    """
    if not journal.path.exists():
        return []
    try:
        with journal.exclusive():
            return [recover_sort(journal, past) for past in journal.sorts()[::-1] if past.state is SortState.RUNNING]
    except SortingBusyError:
        return []


def recover_sort(journal: SortingJournal, past: PastSort) -> SortReport:
    """Finish one interrupted sort. The caller holds the journal's lock."""
    steps = journal.steps(past.id)
    done = []
    for step in steps:
        if step.state is StepState.WRITING:
            _remove_incomplete(step)
        if step.state in (StepState.BEGUN, StepState.WRITING, StepState.DONE):
            step.state = StepState.DONE if _settle(past, step) else StepState.NOTHING_DONE
            if step.state is StepState.DONE:
                done.append((step.source, step.target))
    journal.end(past, steps)
    filled = {folder for _, target in done for folder in target.parents}
    empty = [folder for folder in journal.folders(past.id) if folder not in filled]
    for folder in sorted(empty, key=lambda folder: len(folder.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
    journal.forget_folders(past, [folder for folder in empty if not os.path.lexists(folder)])
    if past.undoes is not None:
        remove_empty_folders(journal, journal.sort(past.undoes))
    return SortReport(past.id, past.action, tuple(done), is_undo=past.is_undo, message=_message(past, len(done)))


def _message(past: PastSort, done: int) -> str:
    if past.is_undo:
        words = counted(
            "core",
            "The last undo in “{folder}” was interrupted after {count} files. They are complete, everything else is "
            "where it was. The undo can be undone.",
            "The last undo in “{folder}” was interrupted after 1 file. It is complete, everything else is where it "
            "was. The undo can be undone.",
            1,
        )
    else:
        words = counted(
            "core",
            "The last sort in “{folder}” was interrupted after {count} files. They are complete, everything else is "
            "where it was. The sort can be undone.",
            "The last sort in “{folder}” was interrupted after 1 file. It is complete, everything else is where it "
            "was. The sort can be undone.",
            1,
        )
    return words.of(count=done, folder=past.root)


def _settle(past: PastSort, step: JournalStep) -> bool:
    """Bring a file to the end of its way or back to its beginning. Return whether it is at its target."""
    if past.action is Action.MOVE:
        return _settle_move(past, step)
    if past.is_undo:
        return not os.path.lexists(step.source)
    if past.action is Action.COPY:
        _remove_part(past, step)
        return _is_our_copy(step)
    if past.action is Action.HARD_LINK:
        return _is_same_file(step.source, step.target)
    with contextlib.suppress(OSError):
        return is_link_to(step.target, step.source)
    return False


def _settle_move(past: PastSort, step: JournalStep) -> bool:
    source, target = _status(step.source), _status(step.target)
    if source is None:
        part = part_path(step.target, past.token, step.number)
        if target is None and step.digest is not None and _has_digest(part, step.digest):
            # Somebody removed the source meanwhile: the verified part file is all there is.
            with contextlib.suppress(OSError):
                rename_no_replace(part, step.target)
            target = _status(step.target)
        else:
            _remove_part(past, step)
        return target is not None and _note_moved(step, target)
    if target is not None and not step.is_source(source) and _note_moved(step, target):
        return True  # somebody has put another file at its old place meanwhile
    if target is not None and _is_same_file(step.source, step.target):
        # Between the link and the removal of the old name, where renames cannot be exclusive.
        step.note_placed(target)
        step.source.unlink()
        return True
    if step.digest is not None and _is_our_copy(step) and step.is_source(source):
        _remove_part(past, step)
        with contextlib.suppress(OSError):
            if hash_file(step.source) == step.digest:
                step.source.unlink()
        return True
    _remove_part(past, step)
    return False


def _note_moved(step: JournalStep, target: os.stat_result) -> bool:
    """Return whether the file at the target is the one that was moved there, and note it as such."""
    if step.digest is not None:
        return step.is_placed(target) or step.is_placed_inode(target)
    if not is_same_version(step, target) and not step.is_source_inode(target):
        return False
    step.note_placed(target)
    return True


def _is_our_copy(step: JournalStep) -> bool:
    """Return whether the file at the target is the verified copy that the journal knows."""
    status = _status(step.target)
    if status is None or step.digest is None or not step.is_placed(status):
        return False
    return _has_digest(step.target, step.digest)


def _remove_part(past: PastSort, step: JournalStep) -> None:
    with contextlib.suppress(OSError):
        part_path(step.target, past.token, step.number).unlink(missing_ok=True)


def _remove_incomplete(step: JournalStep) -> None:
    """Remove what was being written at the target: a file whose bytes are the first of those of the source.

    So no byte is lost, whoever made it.
    """
    with contextlib.suppress(OSError):
        with step.target.open("rb") as written, step.source.open("rb") as source:
            while block := written.read(_READ_BYTES):
                if source.read(len(block)) != block:
                    return
        if not step.target.samefile(step.source):
            step.target.unlink()


def _has_digest(path: Path, digest: bytes) -> bool:
    try:
        return hash_file(path) == digest
    except OSError:
        return False


def _is_same_file(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second) and not second.is_symlink()
    except OSError:
        return False


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError:
        return None
