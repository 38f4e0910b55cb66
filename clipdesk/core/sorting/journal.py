"""The journal of sorts: what each did, durable before it touches the disk, so that it can be recovered and undone.

**What is durable when.** Files are carried out in batches. One transaction notes, for every file of a batch, where it
is, where it goes, its size, time and inode: only then is the first of them touched. A second one notes the inodes and
hashes of finished part files before any of them gets its final name. How each file of the batch ended is noted together
with the next batch. If the program dies in between, the disk itself tells how far each file got: a rename takes the
inode along, and a copy at its target has the inode, or the hash, that the journal knows. See recovery.py.

The journal is in the user's data folder and is never deleted: it is what undo needs next week.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from clipdesk.core.errors import SortingBusyError, SortingError
from clipdesk.core.messages import from_json, message, to_json
from clipdesk.core.reasons import sqlite_reason
from clipdesk.core.sorting.steps import Action, Reason

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE_NAME = "sorting.sqlite3"
_LOCK_NAME = "sorting.lock"

_APPLICATION_ID = 0x434C5344  # "CLSD"
_VERSION = 1

_SCHEMA = """
CREATE TABLE sorts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL, time REAL NOT NULL, action TEXT NOT NULL,
    root BLOB NOT NULL, is_undo INTEGER NOT NULL, undoes INTEGER, state TEXT NOT NULL);
CREATE TABLE steps (
    sort_id INTEGER NOT NULL, number INTEGER NOT NULL, image INTEGER NOT NULL, source BLOB NOT NULL,
    target BLOB NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, device INTEGER NOT NULL,
    inode INTEGER NOT NULL, placed_inode INTEGER NOT NULL, placed_mtime_ns INTEGER NOT NULL, digest BLOB,
    reason TEXT NOT NULL, label TEXT NOT NULL, undoes INTEGER NOT NULL, state TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (sort_id, number)) WITHOUT ROWID;
CREATE TABLE folders (
    sort_id INTEGER NOT NULL, path BLOB NOT NULL, PRIMARY KEY (sort_id, path)) WITHOUT ROWID
"""

#: The rollback journal instead of WAL for the reason given in store_file.py. FULL: a commit is on the disk.
_PRAGMAS = ("journal_mode = TRUNCATE", "synchronous = FULL", "cell_size_check = ON", "trusted_schema = OFF")
_BUSY_S = 10.0
#: Inodes can have 64 bits and more; SQLite's integers have 63 and a sign.
_INODE_BITS = (1 << 63) - 1
#: The desk knows no later modification time, and SQLite holds none.
_LATEST_NS = (1 << 63) - 1


class SortState(StrEnum):
    """Whether a sort has ended. One that is running although no program holds the lock was interrupted."""

    RUNNING = "running"
    ENDED = "ended"


class StepState(StrEnum):
    """How far a file got. BEGUN: the disk tells. NOTHING_DONE: it is where it was.

    WRITING: the target may be an incomplete copy, on disks that can neither rename without replacing nor link.
    """

    BEGUN = "begun"
    WRITING = "writing"
    DONE = "done"
    NOTHING_DONE = "nothing done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class PastSort:
    """A sort in the history. `time` is in seconds since 1970. `done` files can still be undone, `undone` ones were."""

    id: int
    time: float
    action: Action
    root: Path
    is_undo: bool
    undoes: int | None
    state: SortState
    done: int
    undone: int
    token: str


@dataclass(slots=True)
class JournalStep:
    """One file of a sort, as the journal knows it.

    `size`, `mtime_ns`, `device` and `inode` are those of the source before the step; `placed_inode` and
    `placed_mtime_ns` those of the file at the target. `image` is the number of the image that a companion follows, or
    the step's own. `undoes` is the number of the step that this one undoes, in the sort that its sort undoes, or -1.
    `digest` is known for copied files only.
    """

    number: int
    image: int
    source: Path
    target: Path
    size: int
    mtime_ns: int
    reason: Reason
    label: str = ""
    device: int = 0
    inode: int = 0
    placed_inode: int = 0
    placed_mtime_ns: int = 0
    digest: bytes | None = None
    undoes: int = -1
    state: StepState = StepState.BEGUN
    detail: str = ""
    #: The modification time of the placed file in ns, if not that of the source. Not in the journal.
    restored_mtime_ns: int = 0

    def note_source(self, status: os.stat_result) -> None:
        """Remember which file the source is."""
        self.device, self.inode = status.st_dev & _INODE_BITS, status.st_ino & _INODE_BITS

    def is_source(self, status: os.stat_result) -> bool:
        """Return whether a file is the source, unchanged."""
        return self.is_source_inode(status) and is_same_version(self, status)

    def is_source_inode(self, status: os.stat_result) -> bool:
        """Return whether a file is the source, or what has been made of it since."""
        return self.inode == status.st_ino & _INODE_BITS

    def note_placed(self, status: os.stat_result) -> None:
        """Remember which file is at the target, or will be there under another name."""
        self.placed_inode, self.placed_mtime_ns = status.st_ino & _INODE_BITS, _mtime_ns(status)

    def is_placed(self, status: os.stat_result) -> bool:
        """Return whether a file is the one that was placed, unchanged. Inodes of some disks differ at every start."""
        return self.placed_mtime_ns == _mtime_ns(status) and self.size == status.st_size

    def is_placed_inode(self, status: os.stat_result) -> bool:
        """Return whether a file is the one that was placed, or what has been made of it since."""
        return self.placed_inode == status.st_ino & _INODE_BITS


def is_same_version(step: JournalStep, status: os.stat_result) -> bool:
    """Return whether a file has the size and modification time of the step's source."""
    return (step.size, step.mtime_ns) == (status.st_size, _mtime_ns(status))


def _mtime_ns(status: os.stat_result) -> int:
    """Return the modification time as the desk knows it."""
    return min(int(status.st_mtime_ns), _LATEST_NS)


_COLUMNS = (
    "number, image, source, target, size, mtime_ns, device, inode, placed_inode, placed_mtime_ns, digest, reason, "
    "label, undoes, state, detail"
)
_PUT = f"INSERT OR REPLACE INTO steps (sort_id, {_COLUMNS}) VALUES ({', '.join('?' * 17)})"


class SortingJournal:
    """The journal's file. It is opened when it is first needed; any thread may use it.

    Every method raises SortingError if the file cannot be read or written. A damaged file is renamed and a new one
    started: `on_problem` gets a sentence about it.
    """

    def __init__(self, path: Path, *, on_problem: Callable[[str], None] | None = None) -> None:
        self.path = path
        self.on_problem = on_problem or (lambda _: None)
        self._connection: sqlite3.Connection | None = None
        self._thread_lock = threading.RLock()

    def sorts(self) -> list[PastSort]:
        """Return the past sorts, the latest first."""
        query = """
            SELECT id, time, action, root, is_undo, sorts.undoes, sorts.state, token,
                coalesce(sum(steps.state = 'done'), 0), coalesce(sum(steps.state = 'undone'), 0)
            FROM sorts LEFT JOIN steps ON sort_id = id GROUP BY id ORDER BY id DESC"""
        with self._opened() as connection:
            rows = connection.execute(query).fetchall()
        return [
            PastSort(
                id=row[0],
                time=row[1],
                action=Action(row[2]),
                root=_path(row[3]),
                is_undo=bool(row[4]),
                undoes=row[5],
                state=SortState(row[6]),
                token=row[7],
                done=row[8],
                undone=row[9],
            )
            for row in rows
        ]

    def sort(self, sort_id: int) -> PastSort:
        """Return one past sort. Raises SortingError if there is none with this number."""
        for past in self.sorts():
            if past.id == sort_id:
                return past
        raise SortingError(message("core", "There is no sort with the number {number}.").of(number=str(sort_id)))

    def steps(self, sort_id: int) -> list[JournalStep]:
        """Return the files of a sort, in the order in which they went."""
        query = f"SELECT {_COLUMNS} FROM steps WHERE sort_id = ? ORDER BY number"
        with self._opened() as connection:
            return [_step(row) for row in connection.execute(query, (sort_id,))]

    def folders(self, sort_id: int) -> list[Path]:
        """Return the folders that a sort made."""
        with self._opened() as connection:
            rows = connection.execute("SELECT path FROM folders WHERE sort_id = ?", (sort_id,)).fetchall()
        return [_path(row[0]) for row in rows]

    def begin(self, action: Action, root: Path, *, undoes: int | None = None, is_undo: bool = False) -> PastSort:
        """Note a new sort, before its first file."""
        token, now = secrets.token_hex(8), time.time()
        values = (token, now, str(action), _bytes(root), is_undo, undoes, str(SortState.RUNNING))
        columns = "token, time, action, root, is_undo, undoes, state"
        with self._opened() as connection, _transaction(connection):
            cursor = connection.execute(f"INSERT INTO sorts ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        return PastSort(
            id=cursor.lastrowid or 0,
            time=now,
            action=action,
            root=root,
            is_undo=is_undo,
            undoes=undoes,
            state=SortState.RUNNING,
            done=0,
            undone=0,
            token=token,
        )

    def note(self, past: PastSort, steps: Sequence[JournalStep], folders: Sequence[Path] = ()) -> None:
        """Make files and the folders that will be made for them durable, in one transaction."""
        if not steps and not folders:
            return
        with self._opened() as connection, _transaction(connection):
            self._put(connection, past, steps, folders)

    def end(self, past: PastSort, steps: Sequence[JournalStep] = ()) -> None:
        """Note how the last files ended, and that the sort has ended."""
        with self._opened() as connection, _transaction(connection):
            self._put(connection, past, steps, ())
            connection.execute("UPDATE sorts SET state = ? WHERE id = ?", (str(SortState.ENDED), past.id))

    def forget_folders(self, past: PastSort, folders: Sequence[Path]) -> None:
        """Note that a sort did not make these folders after all, or that they are gone again."""
        with self._opened() as connection, _transaction(connection):
            rows = [(past.id, _bytes(folder)) for folder in folders]
            connection.executemany("DELETE FROM folders WHERE sort_id = ? AND path = ?", rows)

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other windows and programs from sorting meanwhile. Raises SortingBusyError if one is sorting.

        Creates the journal if there is none, so that no sort begins without one.
        """
        with self._opened():
            pass
        lock_path = self.path.with_name(_LOCK_NAME)
        try:
            descriptor = os.open(lock_path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise _cannot_write(lock_path, error) from error
        try:
            try:
                _lock(descriptor)
            except (BlockingIOError, PermissionError) as error:
                raise SortingBusyError(
                    message(
                        "core",
                        "Another window or program of ClipDesk is sorting at this moment. Wait until it has finished.",
                    )
                ) from error
            except OSError as error:
                raise _cannot_write(lock_path, error) from error
            yield
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Close the file. It is opened again when it is needed."""
        with self._thread_lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _put(
        self, connection: sqlite3.Connection, past: PastSort, steps: Sequence[JournalStep], folders: Sequence[Path]
    ) -> None:
        connection.executemany(_PUT, [(past.id, *_row(step)) for step in steps])
        rows = [(past.id, _bytes(folder)) for folder in folders]
        connection.executemany("INSERT OR IGNORE INTO folders (sort_id, path) VALUES (?, ?)", rows)
        if past.undoes is not None:
            undone = [
                (str(StepState.UNDONE), past.undoes, step.undoes) for step in steps if step.state is StepState.DONE
            ]
            connection.executemany("UPDATE steps SET state = ? WHERE sort_id = ? AND number = ?", undone)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._thread_lock:
            try:
                if self._connection is None:
                    self._connection = self._open()
                yield self._connection
            except (sqlite3.Error, OSError, ValueError) as error:
                self.close()
                raise _cannot_write(self.path, error) from error

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _connect(self.path)
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
            self._set_aside(error)
            return _connect(self.path)

    def _set_aside(self, error: Exception) -> None:
        """Rename a damaged file. It stays, because it is the only record of past sorts."""
        now = time.strftime("%Y%m%d-%H%M%S")
        aside = self.path.with_name(f"{self.path.stem}.damaged-{now}-{secrets.token_hex(2)}{self.path.suffix}")
        with contextlib.suppress(FileNotFoundError):
            # SQLite would replay it into the new file.
            self.path.with_name(f"{self.path.name}-journal").rename(aside.with_name(f"{aside.name}-journal"))
        self.path.rename(aside)
        self.on_problem(
            message(
                "core",
                "The journal of past sorts was damaged ({reason}). It was renamed to “{path}”. Your pictures are where "
                "they are, but sorts before now cannot be undone.",
            ).of(reason=sqlite_reason(error), path=aside)
        )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            with _transaction(connection):
                # Another program may have created it meanwhile.
                if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    for statement in _SCHEMA.split(";"):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {_VERSION}")
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION_ID:
            raise sqlite3.DatabaseError(message("core", "it is another program's file"))
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            raise ValueError(message("core", "a newer ClipDesk wrote it (version {version})").of(version=str(version)))
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
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _lock(descriptor: int) -> None:
    """Lock a file until it is closed. Raises OSError if it is locked elsewhere."""
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _cannot_write(path: Path, error: Exception) -> SortingError:
    return SortingError(
        message(
            "core",
            "The journal of sorts, “{path}”, cannot be used: {reason}. Without it nothing could be undone, so nothing "
            "is sorted. Check whether its disk is full, and whether you may write there.",
        ).of(path=path, reason=sqlite_reason(error))
    )


def _bytes(path: Path) -> bytes:
    """Return a path as bytes: a name need not be valid Unicode."""
    return os.fsencode(path)


def _path(value: bytes) -> Path:
    return Path(os.fsdecode(value))


def _row(step: JournalStep) -> tuple[object, ...]:
    return (
        step.number,
        step.image,
        _bytes(step.source),
        _bytes(step.target),
        step.size,
        step.mtime_ns,
        step.device,
        step.inode,
        step.placed_inode,
        step.placed_mtime_ns,
        step.digest,
        str(step.reason),
        step.label,
        step.undoes,
        str(step.state),
        to_json(step.detail),
    )


def _step(row: Sequence[object]) -> JournalStep:
    number, image, source, target, size, mtime_ns, device, inode, placed_inode, placed_mtime_ns = row[:10]
    digest, reason, label, undoes, state, detail = row[10:]
    assert isinstance(source, bytes) and isinstance(target, bytes)
    numbers = [number, image, size, mtime_ns, device, inode, placed_inode, placed_mtime_ns, undoes]
    assert all(isinstance(value, int) for value in numbers)
    return JournalStep(
        number=number,  # type: ignore[arg-type]
        image=image,  # type: ignore[arg-type]
        source=_path(source),
        target=_path(target),
        size=size,  # type: ignore[arg-type]
        mtime_ns=mtime_ns,  # type: ignore[arg-type]
        reason=Reason(str(reason)),
        label=str(label),
        device=device,  # type: ignore[arg-type]
        inode=inode,  # type: ignore[arg-type]
        placed_inode=placed_inode,  # type: ignore[arg-type]
        placed_mtime_ns=placed_mtime_ns,  # type: ignore[arg-type]
        digest=digest if isinstance(digest, bytes) else None,
        undoes=undoes,  # type: ignore[arg-type]
        state=StepState(str(state)),
        detail=from_json(str(detail)),
    )
