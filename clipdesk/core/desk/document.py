"""A desk as a file: a `.clipdesk` document, which is an SQLite database.

It holds what a person has entered or chosen: labels, prompts, corrections, which images, and how they are shown. It is
written in place, in transactions, so that a kill or a power cut loses at most the last one.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from clipdesk.core.desk.desk_state import Corrections, DeskState, DeskSummary
from clipdesk.core.desk.document_comparisons import COMPARISONS, read_comparisons, write_comparisons
from clipdesk.core.desk.document_duplicates import (
    read_kept_groups,
    read_set_aside,
    write_kept_groups,
    write_set_aside,
)
from clipdesk.core.desk.document_moves import HOMES, follow_move, homes_from_text, homes_to_text, with_home
from clipdesk.core.desk.document_rows import (
    SCHEMA,
    FindContents,
    read_all_corrections,
    read_corrections,
    read_images,
    read_label_set,
    read_reviews,
    read_sources,
    write_corrections,
    write_images,
    write_label_set,
    write_reviews,
    write_sources,
)
from clipdesk.core.errors import DamagedDocumentError, DocumentError, LabelError, NewerDocumentError
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason, sqlite_reason

logger = logging.getLogger(__name__)

SUFFIX = ".clipdesk"
#: “ClDk”, in the header of every document.
APPLICATION_ID = 0x436C446B
#: The version of the format, kept as `user_version`. A change that older programs would misread raises it.
VERSION = 1

#: Scripts of SQL: the first turns a document of version 1 into one of version 2, and so on.
UPGRADES: tuple[str, ...] = ()

#: How long to wait while another program, such as a backup, reads the file.
_BUSY_S = 10.0
_MAGIC = b"SQLite format 3\0"

#: The rollback journal, because WAL keeps recent changes in a second file, which a person would not copy along, and can
#: lose pages in versions of SQLite that are in use (https://www.sqlite.org/wal.html#walresetbug).
_PRAGMAS = ("journal_mode = DELETE", "synchronous = FULL", "cell_size_check = ON", "trusted_schema = OFF")

#: What sqlite3 and the functions that read rows raise for a damaged file.
_DAMAGE = (sqlite3.DatabaseError, LabelError, ValueError, TypeError, OverflowError)


class DeskDocument:
    """One open document. Use it from one thread at a time, and `close` it.

    `save` writes only what has changed since the last `load` or `save`. The methods raise DocumentError.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the document at `path`, or create it with the first `save`.

        With `read_only`, work on a copy in memory: the file may be in use elsewhere, and is never written to. If the
        document was moved together with its pictures, its paths follow (see `follow_move`).

        Raises NewerDocumentError, DamagedDocumentError, or DocumentError if the file is no document or cannot be read.
        """
        self.path = path
        self.is_read_only = read_only
        self._saved = DeskState()
        self._homes: tuple[str, ...] = ()
        self._is_loaded = False
        _check_header(path)
        with self._faults():
            self._connection = _connect(path, read_only=read_only)
            try:
                self._set_up()
            except BaseException:
                self._connection.close()
                raise

    def _set_up(self) -> None:
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        (self._version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if not self._version:
            return
        if self._version < VERSION:
            with self._transaction():
                for version in range(self._version, VERSION):
                    _run(self._connection, UPGRADES[version - 1])
                self._connection.execute(f"PRAGMA user_version = {VERSION}")
            self._version = VERSION
        self._homes = homes_from_text(self._facts().get(HOMES, ""))
        if set(self._homes) - {*with_home((), self.path)}:  # it was in another folder once
            with self._transaction():
                follow_move(self._connection, self._homes, self.path)

    # --- reading

    def summary(self) -> DeskSummary:
        """Return what is in the document, without reading its images."""
        if not self._version:
            return DeskSummary("", DeskState().label_set, None, "", (), 0)
        with self._faults():
            facts = self._facts()
            (count,) = self._connection.execute("SELECT count(*) FROM images").fetchone()
            return DeskSummary(
                facts.get("title", ""),
                _with_thresholds(read_label_set(self._connection), facts),
                _threshold(facts),
                facts.get("model", ""),
                read_sources(self._connection),
                count,
            )

    def load(self) -> DeskState:
        """Return everything that is in the document."""
        if not self._version:
            return DeskState()
        with self._faults():
            facts = self._facts()
            images = read_images(self._connection, "images")
            rows, ids, contents, absent = read_corrections(self._connection, images)
            self._saved = DeskState(
                _with_thresholds(read_label_set(self._connection), facts),
                _threshold(facts),
                # A copy, because the desk that gets the images will change its list.
                images.copy(),
                rows,
                ids,
                absent,
                read_sources(self._connection),
                read_images(self._connection, "taken_off"),
                facts.get("model", ""),
                facts.get("encoder", ""),
                facts.get("view", ""),
                read_comparisons(self._connection),
                facts.get("teaching", ""),
                read_reviews(self._connection, len(images)),
                contents,
                read_kept_groups(self._connection),
                read_set_aside(self._connection),
            )
        self._is_loaded = True
        return replace(self._saved, images=images, taken_off=self._saved.taken_off.copy())

    def corrections(self) -> Corrections:
        """Return the corrections of all images, on the desk or not, with the content keys that are known."""
        if not self._version:
            return {}
        with self._faults():
            return read_all_corrections(self._connection)

    def _facts(self) -> dict[str, str]:
        return {str(name): str(value) for name, value in self._connection.execute("SELECT name, value FROM facts")}

    # --- writing

    def save(self, state: DeskState, find_contents: FindContents | None = None) -> None:
        """Write what has changed. `find_contents` looks up the content keys of images that were corrected."""
        if self.is_read_only:
            raise DocumentError(
                message("core", "“{path}” was opened read-only. Save the desk under another name.").of(path=self.path)
            )
        if self._version and not self._is_loaded:
            self.load()
        with self._faults(), self._transaction():
            connection, before = self._connection, self._saved
            if not self._version:
                _run(connection, SCHEMA)
                _run(connection, COMPARISONS)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {VERSION}")
            if state.label_set != before.label_set or state.label_set.ids != before.label_set.ids:
                write_label_set(connection, state.label_set)
            write_images(connection, "images", state.images, before.images)
            write_images(connection, "taken_off", state.taken_off, before.taken_off)
            write_corrections(connection, state, before, find_contents)
            write_reviews(connection, state.reviews, before.reviews)
            if state.sources != before.sources or not self._version:
                write_sources(connection, state.sources)
            write_comparisons(connection, state.comparisons, before.comparisons)
            write_kept_groups(connection, state.kept_groups, before.kept_groups)
            write_set_aside(connection, state.set_aside, before.set_aside)
            rows = [(name, value) for name, value in _facts_of(state).items() if _facts_of(before).get(name) != value]
            homes = with_home(self._homes, self.path)
            if homes != self._homes:
                rows.append((HOMES, homes_to_text(homes)))
            connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", rows)
        self._saved, self._version, self._is_loaded, self._homes = state, VERSION, True, homes

    def back_up(self, path: Path) -> None:
        """Write a copy of the file to `path`, which must not exist or be empty."""
        with self._faults(), contextlib.closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn what SQLite and a damaged file raise into DocumentError."""
        try:
            yield
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if code == sqlite3.SQLITE_ERROR:  # such as a missing table
                raise _damaged(self.path, error) from error
            raise DocumentError(
                message(
                    "core", "“{path}” cannot be used: {reason}. Check whether its disk is full or write-protected."
                ).of(path=self.path, reason=sqlite_reason(error))
            ) from error
        except _DAMAGE as error:
            raise _damaged(self.path, error) from error


def read_title(path: Path) -> tuple[str, int]:
    """Return the title of the desk in a document, and its number of images, fast. Raises DocumentError."""
    _check_header(path)
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, timeout=_BUSY_S, uri=True)) as connection:
            titles = connection.execute("SELECT value FROM facts WHERE name = 'title'").fetchall()
            (count,) = connection.execute("SELECT count(*) FROM images").fetchone()
    except _DAMAGE as error:
        raise _damaged(path, error) from error
    return (str(titles[0][0]) if titles else ""), count


def is_document(path: Path) -> bool:
    """Return whether this is the path of a document, judging by its name. A folder may have such a name, too."""
    return path.suffix.lower() == SUFFIX and not os.path.isdir(path)  # noqa: PTH112 - Path.is_dir may raise


def set_aside(path: Path) -> Path:
    """Rename a damaged document, so that a new one can take its place. Return the new path. Raises DocumentError."""
    aside = path.with_name(f"{path.stem} {time.strftime('%Y-%m-%d %H.%M.%S')}.damaged")
    try:
        path.replace(aside)
        with contextlib.suppress(OSError):
            # SQLite would replay it into the next file of this name.
            path.with_name(f"{path.name}-journal").replace(aside.with_name(f"{aside.name}-journal"))
    except OSError as error:
        raise DocumentError(
            message("core", "“{path}” is damaged and cannot be renamed: {reason}.").of(
                path=path, reason=os_reason(error)
            )
        ) from error
    return aside


def _damaged(path: Path, error: Exception) -> DamagedDocumentError:
    logger.debug("“%s” is damaged", path, exc_info=error)
    return DamagedDocumentError(message("core", "“{path}” is damaged and cannot be opened.").of(path=path))


def _check_header(path: Path) -> None:
    """Raise DocumentError unless the file is a document of this version or an older one, or is empty or absent.

    Reads the header itself: SQLite might replay a journal into a file that must not be changed.
    """
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise DocumentError(
            message("core", "“{path}” cannot be read: {reason}. Check its permissions.").of(
                path=path, reason=os_reason(error)
            )
        ) from error
    if not header:
        return
    if not header.startswith(_MAGIC) and path.with_name(f"{path.name}-journal").exists():
        return  # killed while it was created: SQLite will empty it
    version, application = (int.from_bytes(header[start : start + 4], "big") for start in (60, 68))
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise DamagedDocumentError(message("core", "“{path}” is damaged, or not a desk of ClipDesk.").of(path=path))
    if application != APPLICATION_ID:
        raise DocumentError(
            message("core", "“{path}” is not a desk of ClipDesk. Choose a file that ends in {suffix}.").of(
                path=path, suffix=SUFFIX
            )
        )
    if version > VERSION:
        raise NewerDocumentError(
            message("core", "“{path}” was saved by a newer version of ClipDesk. Update ClipDesk to open it.").of(
                path=path
            )
        )


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    uri = f"{path.absolute().as_uri()}?mode=ro"
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with contextlib.closing(sqlite3.connect(uri, timeout=_BUSY_S, uri=True)) as source:
        source.backup(copy)
    return copy


def _run(connection: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";"):
        connection.execute(statement)


def _facts_of(state: DeskState) -> dict[str, str]:
    threshold = "" if state.threshold is None else repr(state.threshold)
    texts = {"title": state.title, "model": state.model, "encoder": state.encoder, "view": state.view}
    own = {str(label.id): label.threshold for label in state.label_set.labels if label.threshold is not None}
    # As facts, which older programs leave alone, and not as a column that they would not know.
    return texts | {"threshold": threshold, "thresholds": json.dumps(own), "teaching": state.teaching}


def _with_thresholds(label_set: LabelSet, facts: dict[str, str]) -> LabelSet:
    """Return the labels with their own thresholds, which are kept by id."""
    own = json.loads(facts.get("thresholds") or "{}")
    if not isinstance(own, dict):
        raise ValueError("not thresholds")
    found = {int(one): min(max(float(value), 0.0), 1.0) for one, value in own.items()}
    return label_set.with_labels(replace(label, threshold=found.get(label.id)) for label in label_set.labels)


def _threshold(facts: dict[str, str]) -> float | None:
    text = facts.get("threshold", "")
    return min(max(float(text), 0.0), 1.0) if text else None
