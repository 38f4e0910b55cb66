"""An SQLite file that serves as a cache: several programs share it, and its faults are reported, never raised."""

from __future__ import annotations

import contextlib
import errno
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason, sqlite_reason

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: The time of last use is accurate to an hour, so that opening a folder rarely writes.
USE_STEP_S = 3600
#: Eviction leaves the file this full, as a share of its limit, and deletes at most this many rows at once.
_FULL_SHARE = 0.95
_MOST_EVICTED = 20_000

#: How long to wait while another program is writing.
_BUSY_S = 10.0

#: Another program has been writing for longer than that.
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
#: The disk or the system refuses; the file itself may be sound.
_REFUSED = frozenset(
    {
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)

#: What sqlite3 raises. UnicodeDecodeError comes from error messages that quote a damaged schema.
_FAULTS = (sqlite3.Error, UnicodeDecodeError)

#: Applied to every new connection.
#:
#: The rollback journal instead of WAL, whatever the version of SQLite: WAL can lose pages in all versions before 3.51.3
#: without the back-ported fix (https://www.sqlite.org/wal.html#walresetbug), and two installations with different
#: versions may share the file, so that a check of our own version would not help. A commit takes 1 to 3 ms.
_PRAGMAS = ("journal_mode = TRUNCATE", "synchronous = NORMAL", "cell_size_check = ON", "trusted_schema = OFF")


class StoreFile:
    """Runs reads and transactions on the file, from any thread, one at a time.

    A damaged file is renamed and replaced by an empty one with `schema`. If the disk refuses, nothing is found and
    nothing is stored. `on_problem` gets a sentence, on the thread that met the fault. The file is opened when it is
    first needed.

    `upgrades` are scripts of SQL: the first turns a file of version 0 into one of version 1, and so on. `schema` makes
    a new file of the latest version, which is kept as `user_version`.
    """

    def __init__(
        self, path: Path, schema: str, on_problem: Callable[[str], None], *, upgrades: Sequence[str] = ()
    ) -> None:
        self.on_problem = on_problem
        self.path = path
        self._schema = schema
        self._upgrades = upgrades
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._is_off = False
        self._is_read_only = False
        self._is_checked = False

    @property
    def size_bytes(self) -> int:
        """The size of the file; 0 if there is none."""
        with contextlib.suppress(OSError):
            return self.path.stat().st_size
        return 0

    def read(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Return the result of `work`, or `otherwise` if the file cannot be read."""
        with self._lock:
            try:
                connection = self._connected()
                return otherwise if connection is None else work(connection)
            except _FAULTS as error:
                self._recover(error, writing=False)
                return otherwise

    def write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Run `work` in one transaction. If the file cannot be written, nothing is stored."""
        with self._lock:
            if self._is_read_only:
                return
            try:
                connection = self._connected()
                if connection is None:
                    return
                with _transaction(connection):
                    work(connection)
            except _FAULTS as error:
                self._recover(error, writing=True)

    def repair(self) -> bool:
        """Check the whole file, because a row in it is damaged or was not kept. Return whether it had to be rebuilt.

        SQLite opens a file in which an index and its table contradict each other. Rows in it can overwrite each other,
        so that they are computed again for ever. Rebuilds the indexes, or starts a new file if that is not enough.
        Checks once each time the file is opened: 1 GB takes seconds.
        """
        with self._lock:
            if self._is_checked or self._is_read_only or (connection := self._connected()) is None:
                return False
            self._is_checked = True
            try:
                if (found := _integrity(connection)) == "ok":
                    return False
                logger.info("Rebuilding the indexes of “%s”: %s", self.path, found)
                with _transaction(connection):
                    connection.execute("REINDEX")
                if (left := _integrity(connection)) != "ok":
                    raise sqlite3.DatabaseError(left)
            except _FAULTS as error:
                self._recover(error, writing=True)
            return not self._is_off and not self._is_read_only

    def allow_writes(self) -> None:
        """Allow writes again after the disk has refused one, because the person is about to make room."""
        with self._lock:
            self._is_read_only = False

    def shrink(self) -> None:
        """Return free pages to the disk."""
        # Not execute(): each step of this statement frees one page, and Python steps once if there are no columns.
        self.read(lambda connection: connection.executescript("PRAGMA incremental_vacuum"), None)

    def move(self, path: Path) -> bool:
        """Move the content to another file and use that from now on. Return whether that worked.

        The old file is deleted after all of it has been copied. If there is a file at `path` already, it is used as it
        is, and the old file stays.
        """
        with self._lock:
            if path == self.path:
                return True
            old, copied = self.path, False
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                if not path.exists() and old.exists():
                    copied = self.read(lambda connection: _copy(connection, path), False)
                    if not copied and not self._is_off:
                        raise OSError(errno.EIO, message("core", "the file that is in use now could not be copied"))
            except OSError as error:
                words = message("core", "Scores cannot be saved in “{folder}”: {reason}. Choose another folder.")
                self.on_problem(words.of(folder=path.parent, reason=os_reason(error)))
                return False
            self.close()
            self.path, self._is_off, self._is_read_only = path, False, False
            if not self.read(lambda _: True, False):
                self.path, self._is_off = old, False
                return False
            if copied:
                _unlink(old)
            return True

    def close(self) -> None:
        """Close the file. It is opened again when it is needed."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._inode = 0

    def _connected(self) -> sqlite3.Connection | None:
        if self._connection is None and not self._is_off:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._connection = _open(self.path, self._schema, self._upgrades)
                self._inode = self.path.stat().st_ino
                self._is_checked = False
            except OSError as error:
                self._turn_off(error)
        return self._connection

    def _recover(self, error: Exception, *, writing: bool) -> None:
        """Carry on after a fault: ignore it, stop writing, stop using the file, or start a new one."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        logger.debug("The store failed", exc_info=error)
        if code in _BUSY:
            logger.warning("Another ClipDesk has been writing to “%s” for %.0f s.", self.path, _BUSY_S)
        elif code in _REFUSED and writing and self._connection is not None:
            self._is_read_only = True
            self.on_problem(
                message(
                    "core",
                    "New scores are not saved in this session, because “{path}” cannot be written: {reason}. "
                    "Check whether its disk is full.",
                ).of(path=self.path, reason=sqlite_reason(error))
            )
        elif code in _REFUSED:
            self._turn_off(error)
        else:
            self._start_anew(error)

    def _turn_off(self, error: Exception) -> None:
        self.close()
        self._is_off = True
        self.on_problem(
            message(
                "core",
                "Scores are not saved in this session, because “{path}” cannot be used: {reason}. "
                "Choose another folder for them in the preferences.",
            ).of(path=self.path, reason=sqlite_reason(error))
        )

    def _start_anew(self, error: Exception) -> None:
        """Rename the damaged file and start an empty one, unless another window has just done so."""
        inode = self._inode
        self.close()
        aside = self.path.with_name(f"{self.path.stem}.damaged-{time.strftime('%Y%m%d-%H%M%S')}{self.path.suffix}")
        try:
            if inode not in (0, self.path.stat().st_ino):
                return
            # SQLite would replay a leftover journal into the new file.
            _unlink(self.path, journal_only=True)
            self.path.replace(aside)
        except FileNotFoundError:
            return
        except OSError as refused:
            self._turn_off(refused)
            return
        self.on_problem(
            message(
                "core",
                "The file with the saved scores was damaged. It was renamed to “{path}” and can be deleted. "
                "Pictures are scored again when they are needed.",
            ).of(path=aside)
        )


def _open(path: Path, schema: str, upgrades: Sequence[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    # A damaged value may have become text that is not UTF-8, which must not fail the rows beside it.
    connection.text_factory = bytes
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            # A page of 8 KiB holds seven vectors of 512 instead of three: loading 100,000 took 0.56 s instead of
            # 0.77 s. Only for new files: setting auto_vacuum, even to its present value, costs a transaction of 20 ms.
            connection.execute("PRAGMA page_size = 8192")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            with _transaction(connection):
                _run(connection, schema, len(upgrades))
        elif _version(connection) < len(upgrades):
            with _transaction(connection):
                # Another program may have upgraded the file meanwhile.
                for version in range(_version(connection), len(upgrades)):
                    _run(connection, upgrades[version], version + 1)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return max(0, int(connection.execute("PRAGMA user_version").fetchone()[0]))


def _run(connection: sqlite3.Connection, script: str, version: int) -> None:
    """Run a script within the present transaction, after which the file has this version."""
    for statement in script.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version}")


def _integrity(connection: sqlite3.Connection) -> str:
    """Return "ok", or the first contradiction in the file."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return bytes(found).decode("utf-8", "replace")


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(*_FAULTS):
            connection.execute("ROLLBACK")
        raise


def used_bytes(connection: sqlite3.Connection) -> int:
    """Return the size of the file without its free pages."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def evict_oldest(connection: sqlite3.Connection, table: str, limit_bytes: int) -> int:
    """Delete the least recently used rows of `entries`, and the rows of `table` with their ids. Return how many.

    Call it if the file is larger than its limit, and again if it still is afterwards.
    """
    (rows,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    share = 1 - _FULL_SHARE * limit_bytes / used_bytes(connection)
    count = min(max(int(rows * share), 1), _MOST_EVICTED)
    oldest = "SELECT id FROM entries ORDER BY used, id LIMIT ?"
    connection.execute(f"DELETE FROM {table} WHERE id IN ({oldest})", (count,))
    return connection.execute(f"DELETE FROM entries WHERE id IN ({oldest})", (count,)).rowcount


def _copy(connection: sqlite3.Connection, path: Path) -> bool:
    """Copy the whole file to `path`, or leave nothing there."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(part)) as target:
        connection.backup(target)
    part.replace(path)
    return True


def _unlink(path: Path, *, journal_only: bool = False) -> None:
    for name in (f"{path.name}-journal", *(() if journal_only else (path.name,))):
        with contextlib.suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)
