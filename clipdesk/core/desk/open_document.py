"""A document that a window has open, and writing a copy of it under another name."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from clipdesk.core.desk.desk_state import DeskState, DeskSummary
from clipdesk.core.desk.document import DeskDocument, read_title
from clipdesk.core.desk.document_lock import DocumentLock
from clipdesk.core.desk.document_rows import FindContents
from clipdesk.core.errors import DocumentError
from clipdesk.core.messages import Message, message
from clipdesk.core.reasons import os_reason

#: Why a document can only be read: another window has it open, or the disk or its permissions forbid writing.
ReadOnly = Literal["", "open elsewhere", "write-protected"]


class OpenDocument:
    """A document and its lock. Without a lock it is read-only."""

    def __init__(self, document: DeskDocument, lock: DocumentLock | None, read_only: ReadOnly = "") -> None:
        self.document = document
        self.read_only = read_only
        self.has_images = False
        self.lock = lock
        self._file = _identity(document.path)

    @property
    def path(self) -> Path:
        return self.document.path

    @property
    def is_in_place(self) -> bool:
        """Whether the file is still where it was opened. SQLite would go on writing to a deleted one."""
        found = _identity(self.path)
        if self._file is None:  # the first save has created it
            self._file = found
        return found is not None and found == self._file

    def is_at(self, path: Path) -> bool:
        """Return whether this is the document at `path`, which is free of symbolic links."""
        return Path(os.path.realpath(self.path)) == path

    def close(self, *, delete: bool = False) -> None:
        self.document.close()
        if delete:
            with contextlib.suppress(OSError):
                self.path.unlink()
        if self.lock is not None:
            self.lock.release()


@dataclass(frozen=True)
class OpenedDesk:
    """A document that was opened by its name, and what it contains."""

    opened: OpenDocument
    state: DeskState
    is_named: bool = True

    @property
    def path(self) -> Path:
        return self.opened.path

    @property
    def read_only(self) -> ReadOnly:
        return self.opened.read_only


@dataclass(frozen=True)
class KeptDesk:
    """A desk that was saved without a name: its document, title, number of images, and when it was saved last."""

    path: Path
    title: str
    image_count: int
    saved_s: float


def read_kept(path: Path) -> KeptDesk | None:
    """Return what a list of desks shows of a document, None if it cannot be read."""
    try:
        title, count = read_title(path)
        return KeptDesk(path, title, count, path.stat().st_mtime)
    except (DocumentError, OSError):
        return None


def is_free(path: Path) -> bool:
    """Return whether the document exists and no window has it open."""
    try:
        if not path.exists():
            return False
        if (lock := DocumentLock.acquire(path)) is None:
            return False
    except OSError:  # write-protected: it can be read
        return True
    lock.release()
    return True


def open_document(path: Path) -> OpenedDesk:
    """Open the document at `path`, which has to exist: for writing, or read-only if that is impossible.

    Raises DocumentError.
    """
    try:
        path.stat()
    except FileNotFoundError as error:
        raise DocumentError(
            message(
                "core", "“{path}” does not exist. It may have been moved or renamed, or its disk is not connected."
            ).of(path=path)
        ) from error
    except OSError as error:
        raise DocumentError(
            message("core", "“{path}” cannot be opened: {reason}.").of(path=path, reason=os_reason(error))
        ) from error
    lock, read_only = _lock(path)
    try:
        document = DeskDocument(path, read_only=bool(read_only))
        try:
            state = document.load()
        except BaseException:
            document.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    opened = OpenDocument(document, lock, read_only)
    opened.has_images = bool(len(state.images))
    return OpenedDesk(opened, state)


def _lock(path: Path) -> tuple[DocumentLock | None, ReadOnly]:
    if not os.access(path, os.W_OK):
        return None, "write-protected"
    try:
        lock = DocumentLock.acquire(path)
    except OSError:
        return None, "write-protected"
    return (lock, "") if lock is not None else (None, "open elsewhere")


def lock_for_writing(path: Path) -> DocumentLock:
    """Lock a document that is to be created or replaced. Raises DocumentError if a window has it open."""
    try:
        lock = DocumentLock.acquire(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    if lock is None:
        raise DocumentError(
            message("core", "“{path}” is open in another window of ClipDesk. Choose another name.").of(path=path)
        )
    return lock


def named_summary(path: Path) -> DeskSummary | None:
    """Return the summary of a document with a name, None if it is gone or open in a window. Raises DocumentError."""
    if not is_free(path):
        return None
    document = DeskDocument(path, read_only=True)
    try:
        return replace(document.summary(), document=path)
    finally:
        document.close()


def write_copy(
    state: DeskState, path: Path, source: DeskDocument | None, find_contents: FindContents | None = None
) -> None:
    """Write `state`, and whatever else the document `source` contains, as the document at `path`.

    A file that is there is replaced at once, or not at all. The caller holds the lock of `path`. Raises DocumentError.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        _delete(part)
        # SQLite would only say that it is unable to open the file.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        try:
            if source is not None:
                # The document may be on a disk that was removed. Then its labels, images and corrections are saved.
                with contextlib.suppress(DocumentError):
                    source.back_up(part)
            copy = DeskDocument(part)
            try:
                copy.save(state, find_contents)
            finally:
                copy.close()
            _replace(part, path)
        finally:
            with contextlib.suppress(OSError):
                _delete(part)
    except DocumentError as error:
        words = str(error)
        raise DocumentError(words.of(path=path) if isinstance(words, Message) else words) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> DocumentError:
    words = message("core", "“{path}” could not be written: {reason}. Choose another place.")
    return DocumentError(words.of(path=path, reason=os_reason(error)))


def _replace(part: Path, path: Path) -> None:
    # SQLite would replay the journal of the file that was there into the new one.
    _delete_journal(path)
    part.replace(path)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _delete(path: Path) -> None:
    _delete_journal(path)
    path.unlink(missing_ok=True)


def _delete_journal(path: Path) -> None:
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
