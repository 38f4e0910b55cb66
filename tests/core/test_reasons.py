from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from clipdesk.core.errors import ExportError, LabelError
from clipdesk.core.files import check_writable, replace_atomically
from clipdesk.core.labels.label_set import load_label_set
from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason, sqlite_reason

FULL = Path("/dev/full")


@pytest.mark.parametrize("number", sorted(set(errno.errorcode) - {errno.EDOM}))
def test_no_error_of_the_system_is_shown_in_its_own_words(number: int) -> None:
    error = OSError(number, os.strerror(number))

    reason = os_reason(error)

    assert os.strerror(number).lower() not in reason
    assert "errno" not in reason.lower()
    assert reason[0].islower() and not reason.endswith(".")


def test_the_same_errors_have_the_same_words_on_windows() -> None:
    error = OSError(errno.EACCES, "Der Prozess kann nicht auf die Datei zugreifen")
    error.winerror = 32  # type: ignore[attr-defined]  # set by Windows only

    assert os_reason(error) == "another program is using it"


def _full(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA max_page_count = 2")
    connection.execute("CREATE TABLE t (a)")
    connection.execute("INSERT INTO t VALUES (zeroblob(100000))")


def _not_a_database(connection: sqlite3.Connection) -> None:
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    Path(path).write_bytes(b"no database at all, only text" * 100)
    connection.execute("SELECT * FROM sqlite_master")


def _read_only(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = 1")
    connection.execute("CREATE TABLE t (a)")


@pytest.mark.parametrize(
    ("provoke", "words"),
    [(_full, "the disk is full"), (_not_a_database, "not a database"), (_read_only, "may not be written to")],
)
def test_errors_of_sqlite_are_in_plain_words(
    tmp_path: Path, provoke: Callable[[sqlite3.Connection], None], words: str
) -> None:
    connection = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)
    try:
        with pytest.raises(sqlite3.Error) as caught:
            provoke(connection)
    finally:
        connection.close()

    assert words in sqlite_reason(caught.value)


def test_an_error_of_our_own_keeps_its_words() -> None:
    words = message("core", "the copy differs from the original")

    assert os_reason(OSError(errno.EIO, words, "a.jpg")) == words
    assert sqlite_reason(ValueError(words)) == words


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_an_export_to_a_full_disk_says_so() -> None:
    with pytest.raises(ExportError) as caught, replace_atomically(FULL) as stream:
        stream.write("scores")

    assert "could not be written: the disk is full. Choose another place." in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)


def test_a_label_file_that_is_a_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"could not be read: (it is a folder|you have no permission)"):
        load_label_set(tmp_path)


def test_a_missing_folder_of_an_export_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="its folder does not exist"):
        check_writable(tmp_path / "gone" / "scores.csv")
