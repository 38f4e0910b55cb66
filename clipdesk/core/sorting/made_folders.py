"""The folders that a sort made."""

from __future__ import annotations

import contextlib

from clipdesk.core.sorting.journal import PastSort, SortingJournal


def remove_empty_folders(journal: SortingJournal, past: PastSort) -> None:
    """Remove the folders that a sort made and that are empty now. `rmdir` leaves all others alone."""
    gone = []
    for folder in sorted(journal.folders(past.id), key=lambda folder: len(folder.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
            gone.append(folder)
    if gone:
        journal.forget_folders(past, gone)
