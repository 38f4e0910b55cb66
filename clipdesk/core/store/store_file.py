"""One SQLite file that several programs share and that may be lost: its faults are said, and never raised."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: “Least recently used” is told apart to the hour, so that opening a folder seldom writes.
USE_STEP_S = 3600
#: After rows had to leave, the file is this full; and at most so many leave at once.
_FULL_SHARE = 0.95
_MOST_EVICTED = 20_000

#: How long one program waits for another that is writing.
_BUSY_S = 10.0

#: Another program is writing for longer than we wait.
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
#: The disk or the system refuses; the file itself may be sound.
_REFUSED = frozenset(
    {
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_NOLFS),
    }
)

#: What sqlite3 raises. The second for the message of an error that quotes a damaged schema.
_FAULTS = (sqlite3.Error, UnicodeDecodeError)


class StoreFile:
    """Runs reads and transactions on the file, from any thread, one at a time.

    A broken file is renamed aside and begun anew with `schema`; where the disk refuses, nothing is found and nothing is
    kept. `on_problem` gets a sentence, from whichever thread met the fault. The file is opened when it is first needed.
    """

    def __init__(self, path: Path, schema: str, on_problem: Callable[[str], None]) -> None:
        self.on_problem = on_problem
        self.path = path
        self._schema = schema
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._is_off = False
        self._is_read_only = False

    @property
    def size_bytes(self) -> int:
        """How large the file is, 0 where there is none."""
        with contextlib.suppress(OSError):
            return self.path.stat().st_size
        return 0

    def read(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `work` finds; `otherwise` when the file does not let it."""
        with self._lock:
            try:
                connection = self._connected()
                return otherwise if connection is None else work(connection)
            except _FAULTS as error:
                self._recover(error, writing=False)
                return otherwise

    def write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Run `work` in one transaction. What the file refuses is not kept."""
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

    def try_again(self) -> None:
        """Write again, though the disk has refused: the person makes room."""
        with self._lock:
            self._is_read_only = False

    def give_back(self) -> None:
        """Return free pages to the disk."""
        # Not execute(): Python steps once through a statement without columns, and each step frees one page.
        self.read(lambda connection: connection.executescript("PRAGMA incremental_vacuum"), None)

    def move(self, path: Path) -> bool:
        """Go on in another file and take along what is kept; whether that worked.

        The old file is deleted once all of it is in the new one. A file that is there already is used as it is, and the
        old one stays.
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
                        raise OSError("the file that is in use now could not be copied")
            except OSError as error:
                self.on_problem(f"Scores cannot be kept in “{path.parent}”: {error}. Choose another folder.")
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
        """Let the file go. It is opened again when it is needed."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._inode = 0

    def _connected(self) -> sqlite3.Connection | None:
        if self._connection is None and not self._is_off:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._connection = _open(self.path, self._schema)
                self._inode = self.path.stat().st_ino
            except OSError as error:
                self._turn_off(error)
        return self._connection

    def _recover(self, error: Exception, *, writing: bool) -> None:
        """After a failure: go on as well as it goes."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        logger.debug("The store failed", exc_info=error)
        if code in _BUSY:
            logger.warning("Another ClipDesk has been writing to “%s” for %.0f s.", self.path, _BUSY_S)
        elif code in _REFUSED and writing and self._connection is not None:
            self._is_read_only = True
            self.on_problem(
                f"New scores are not kept this time, because “{self.path}” cannot be written: {error}. "
                "Look whether its disk is full."
            )
        elif code in _REFUSED:
            self._turn_off(error)
        else:
            self._begin_anew(error)

    def _turn_off(self, error: Exception) -> None:
        self.close()
        self._is_off = True
        self.on_problem(
            f"Scores are not kept this time, because “{self.path}” cannot be used: {error}. "
            "Choose another folder for it in the preferences."
        )

    def _begin_anew(self, error: Exception) -> None:
        """Put the broken file aside and go on with an empty one, unless another window has just done so."""
        inode = self._inode
        self.close()
        aside = self.path.with_name(f"{self.path.stem}.damaged-{time.strftime('%Y%m%d-%H%M%S')}{self.path.suffix}")
        try:
            if inode not in (0, self.path.stat().st_ino):
                return
            # A journal that is left would be played into the new file.
            _unlink(self.path, journal_only=True)
            self.path.replace(aside)
        except FileNotFoundError:
            return
        except OSError as refused:
            self._turn_off(refused)
            return
        self.on_problem(
            f"The file with the kept scores was damaged ({error}). It is now “{aside}” and can be deleted; "
            "pictures are looked at again where that is needed."
        )


def _open(path: Path, schema: str) -> sqlite3.Connection:
    # The rollback journal, in whatever version of SQLite: WAL loses pages in all versions before 3.51.3 but the fixed
    # back-ports (https://www.sqlite.org/wal.html#walresetbug), and two installations with different versions may share
    # the file, so that asking for our own version would not do. A commit costs 1 to 3 ms here.
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    # A value whose type is damaged must not fail the rows beside it: text that is not UTF-8 would.
    connection.text_factory = bytes
    try:
        for pragma in (
            *("journal_mode = TRUNCATE", "synchronous = NORMAL"),
            *("cell_size_check = ON", "trusted_schema = OFF"),
        ):
            connection.execute(f"PRAGMA {pragma}")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            # 8 KiB holds seven vectors of 512, not three: loading 100,000 took 0.56 s instead of 0.77 s. Not asked of a
            # file with tables: setting auto_vacuum even to what it is costs a transaction of 20 ms.
            connection.execute("PRAGMA page_size = 8192")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            with _transaction(connection):
                for statement in schema.split(";"):
                    connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


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
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def evict_oldest(connection: sqlite3.Connection, table: str, limit_bytes: int) -> int:
    """Delete the rows of `entries` that were used least recently, and those of `table` with their ids; how many.

    For a file that is larger than its limit; whoever calls looks whether it still is.
    """
    (rows,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    share = 1 - _FULL_SHARE * limit_bytes / used_bytes(connection)
    count = min(max(int(rows * share), 1), _MOST_EVICTED)
    oldest = "SELECT id FROM entries ORDER BY used, id LIMIT ?"
    connection.execute(f"DELETE FROM {table} WHERE id IN ({oldest})", (count,))
    return connection.execute(f"DELETE FROM entries WHERE id IN ({oldest})", (count,)).rowcount


def _copy(connection: sqlite3.Connection, path: Path) -> bool:
    """A whole copy under the new name, or none."""
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
