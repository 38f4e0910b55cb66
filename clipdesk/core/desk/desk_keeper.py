"""Keep the desk of a window in a document, also if the person has not saved it under a name."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from clipdesk.core.desk.desk_state import DeskState, DeskSummary
from clipdesk.core.desk.document import SUFFIX, DeskDocument, set_aside
from clipdesk.core.desk.document_lock import DocumentLock
from clipdesk.core.desk.document_rows import FindContents
from clipdesk.core.desk.open_document import (
    KeptDesk,
    OpenDocument,
    OpenedDesk,
    is_free,
    lock_for_writing,
    named_summary,
    open_document,
    read_kept,
    write_copy,
)
from clipdesk.core.errors import DamagedDocumentError, DocumentError
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.messages import message, sentences
from clipdesk.core.reasons import os_reason

logger = logging.getLogger(__name__)

#: Unnamed desks that are kept. Beginning another one deletes the one that was used least recently.
MAX_KEPT = 20


@dataclass(frozen=True)
class LastDesk:
    """What the window begins with: the labels of the last desk, and a desk with images that can be continued."""

    label_set: LabelSet = field(default_factory=LabelSet)
    is_kept: bool = False
    """Whether the labels come from a document."""
    offer: DeskSummary | None = None


class DeskKeeper:
    """Saves the desk in a document in `folder`, or in one with a name. Use it from one thread, and `close` it.

    Each desk has a document of its own, and each document is open in one window only. A window begins with the document
    that was used last and is not open elsewhere. If that has images, it is not written to until the person continues
    with it: until then, and if the person begins another desk, the desk is saved in a new document.

    A document that the person opens by its name (`open`, then `use`) is read-only if another window has it open.

    `on_problem` gets a sentence if a document is damaged, or cannot be read or written. Only `open` and `save_as` raise
    exceptions.
    """

    def __init__(
        self, folder: Path, on_problem: Callable[[str], None], find_contents: FindContents | None = None
    ) -> None:
        self._folder = folder
        self._on_problem = on_problem
        self._find_contents = find_contents
        self._current: OpenDocument | None = None
        self._offer: OpenDocument | None = None
        self._opened: OpenDocument | None = None  # until `use`
        self._problem: str = ""

    def read_last(self, old_labels: LabelSet | None = None, named: Path | None = None) -> LastDesk:
        """Open the documents that were used last. `old_labels`, from a version without documents, come after those.

        `named` is the document that was used last, if it has a name. It comes first, and is not kept open.
        """
        if named is not None:
            try:
                if (offer := named_summary(named)) is not None:
                    return LastDesk(offer.label_set, is_kept=True, offer=offer)
            except DocumentError as error:
                self._on_problem(str(error))
        last: DeskSummary | None = None
        for path in newest_first(self._folder.glob(f"*{SUFFIX}")):
            opened = self._open(path)
            if opened is None:
                continue
            try:
                summary = opened.document.summary()
            except DocumentError as error:
                opened.close()
                self._on_unreadable(path, error)
                continue
            last = last or summary
            if summary.image_count:
                self._offer = opened
                return LastDesk(last.label_set, is_kept=True, offer=summary)
            if self._current is None and last is summary:
                self._current = opened  # only labels: nothing that another desk should not replace
            else:
                opened.close()
        if last is None:
            last = last_summary(self._folder)
        return LastDesk(old_labels or LabelSet()) if last is None else LastDesk(last.label_set, is_kept=True)

    def continue_last(self) -> DeskState | None:
        """Return the desk that `read_last` offered, and save in its document from now on. None if that fails."""
        if self._offer is None:
            return None
        offer, self._offer = self._offer, None
        try:
            state = offer.document.load()
        except DocumentError as error:
            offer.close()
            self._on_unreadable(offer.document.path, error)
            return None
        if self._current is not None:
            # Without images, it holds only the labels that were typed since the start, which the desk has, too.
            self._current.close(delete=not self._current.has_images and not self._is_named(self._current))
        self._current = offer
        offer.has_images = bool(len(state.images))
        return state

    def begin_new(self, *, offers_old: bool = False) -> None:
        """Save in a new document from now on. The one that is open stays as it was saved last.

        With `offers_old`, `continue_last` continues with that one, unless it has a name.
        """
        current, self._current = self._current, None
        if current is None:
            return
        if offers_old and not self._is_named(current):
            self._close_offer()
            self._offer = current
        else:
            current.close()

    def open(self, path: Path) -> OpenedDesk:
        """Open a document by its path. The one in use stays in use until `use`. Raises DocumentError."""
        path = Path(os.path.realpath(path))
        if self._current is not None and self._current.is_at(path) and not self._current.read_only:
            raise DocumentError(message("core", "“{name}” is open in this window already.").of(name=path.stem))
        if self._offer is not None and self._offer.is_at(path):
            self._close_offer()
        desk = open_document(path)
        self._opened = desk.opened
        return replace(desk, is_named=self._is_named(desk.opened))

    def kept(self) -> list[KeptDesk]:
        """Return the desks with images that have no name and are open in no window, the one used last first."""
        desks = map(read_kept, newest_first(self._folder.glob(f"*{SUFFIX}")))
        offered = None if self._offer is None else self._offer.path
        return [desk for desk in desks if desk and desk.image_count and (desk.path == offered or is_free(desk.path))]

    def use(self, desk: OpenedDesk, *, replaces_labels: bool = False) -> None:
        """Save in this document from now on. With `replaces_labels`, delete the one before if it had only labels."""
        current, self._current, self._opened = self._current, desk.opened, None
        self._close_offer()
        if current is not None:
            current.close(delete=replaces_labels and not self._is_named(current) and not current.has_images)

    def save_as(self, path: Path, state: DeskState) -> Path:
        """Save the desk as the document at `path`, replacing a file there, and go on with that. Return its real path.

        Unless the document in use has a name, it is deleted. Raises DocumentError, and nothing has changed then.
        """
        path, current = Path(os.path.realpath(path)), self._current
        is_same = current is not None and current.is_at(path) and not current.read_only
        if is_same and current is not None and current.is_in_place:
            current.document.save(state, self._find_contents)
            return path
        lock = current.lock if is_same and current is not None else lock_for_writing(path)
        try:
            write_copy(state, path, None if is_same or current is None else current.document, self._find_contents)
            opened = OpenDocument(DeskDocument(path), lock)
        except BaseException:
            if not is_same and lock is not None:
                lock.release()
            raise
        opened.has_images = bool(len(state.images))
        self._current, self._problem = opened, ""
        if is_same and current is not None:
            current.document.close()
        elif current is not None:
            current.close(delete=not self._is_named(current))
        return path

    def _is_named(self, opened: OpenDocument) -> bool:
        return opened.path.parent not in (self._folder, Path(os.path.realpath(self._folder)))

    def _close_offer(self) -> None:
        if self._offer is not None:
            self._offer.close()
            self._offer = None

    def save(self, state: DeskState, *, may_create: bool = True) -> None:
        """Save the desk. Without `may_create`, only if it has a document already."""
        if self._current is None and (not may_create or state.is_empty):
            return
        if self._current is not None and self._current.read_only:
            return
        try:
            if self._current is None:
                self._current = self._create()
            elif not self._current.is_in_place:
                raise DocumentError(
                    message(
                        "core",
                        "“{path}” was moved, replaced or deleted, or its disk was removed. "
                        "Save the desk under a name to keep your changes (File → Save desk as…).",
                    ).of(path=self._current.path)
                )
            self._current.document.save(state, self._find_contents)
            self._current.has_images = bool(len(state.images))
            self._problem = ""
        except (DocumentError, OSError) as error:
            logger.warning("The desk could not be saved", exc_info=error)
            problem = str(error) if isinstance(error, DocumentError) else _unwritable(error)
            if problem != self._problem:
                self._problem = problem
                words = message("core", "The labels and the list of pictures are not saved at the moment.")
                self._on_problem(sentences(words, problem))

    def close(self) -> None:
        """Close the documents. The one that was saved in becomes the last one."""
        if self._current is not None:
            if not self._is_named(self._current):
                with contextlib.suppress(OSError):
                    # By our own clock: that of file systems ticks in steps of milliseconds.
                    now = time.time_ns()
                    os.utime(self._current.path, ns=(now, now))
            self._current.close()
        self._close_offer()
        if self._opened is not None:
            self._opened.close()
        self._current = self._opened = None

    def _open(self, path: Path) -> OpenDocument | None:
        """Open a document for writing. Return None if it is open in another window or cannot be used."""
        try:
            lock = DocumentLock.acquire(path)
        except OSError as error:
            logger.warning("“%s” cannot be locked", path, exc_info=error)
            return None
        if lock is None:
            return None
        try:
            return OpenDocument(DeskDocument(path), lock)
        except DocumentError as error:
            self._on_unreadable(path, error)
            lock.release()
            return None

    def _create(self) -> OpenDocument:
        """Create a document with a name that no other window uses. Raises OSError or DocumentError."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._delete_oldest()
        while True:
            path = self._folder / f"{time.strftime('%Y-%m-%d %H.%M.%S')} {secrets.token_hex(2)}{SUFFIX}"
            if not path.exists() and (lock := DocumentLock.acquire(path)) is not None:
                try:
                    return OpenDocument(DeskDocument(path), lock)
                except BaseException:
                    lock.release()
                    raise

    def _delete_oldest(self) -> None:
        for path in newest_first(self._folder.glob(f"*{SUFFIX}"))[MAX_KEPT - 1 :]:
            with contextlib.suppress(OSError):
                if (lock := DocumentLock.acquire(path)) is not None:
                    path.unlink()
                    lock.release()

    def _on_unreadable(self, path: Path, error: DocumentError) -> None:
        """Report a document that cannot be read. Rename a damaged one, so that it is reported once."""
        if not isinstance(error, DamagedDocumentError):
            self._on_problem(str(error))
            return
        try:
            aside = set_aside(path)
        except DocumentError as refused:
            self._on_problem(str(refused))
        else:
            words = message(
                "core", "The file with your last labels and pictures was damaged. It was renamed to “{path}”."
            )
            self._on_problem(words.of(path=aside))


def _unwritable(error: OSError) -> str:
    words = message("core", "“{path}” could not be written: {reason}.")
    return words.of(path=str(error.filename), reason=os_reason(error))


def last_summary(folder: Path, named: Path | None = None) -> DeskSummary | None:
    """Return the summary of the document that was used last, even if it is open in a window. None if there is none.

    `named` is that document if it has a name.
    """
    for path in (*([named] if named is not None else []), *newest_first(folder.glob(f"*{SUFFIX}"))):
        with contextlib.suppress(DocumentError):
            document = DeskDocument(path, read_only=True)
            try:
                return document.summary()
            finally:
                document.close()
    return None


def newest_first(paths: Iterable[Path]) -> list[Path]:
    """Return those of these files that exist, the one that was written last first."""
    times: list[tuple[int, Path]] = []
    for path in paths:
        with contextlib.suppress(OSError):
            times.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(times, reverse=True)]
