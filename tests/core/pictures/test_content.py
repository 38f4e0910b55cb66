"""Content keys, and whether a file is still the one that was read."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from clipdesk.core.pictures.content import is_unchanged, read_content, text_key

OLD_NS = 1_700_000_000_000_000_000


def write(path: Path, content: bytes, mtime_ns: int = OLD_NS) -> Path:
    path.write_bytes(content)
    os.utime(path, ns=(mtime_ns, mtime_ns))
    return path


def test_equal_bytes_are_equal_content_whatever_the_name(tmp_path: Path) -> None:
    one, other = read_content(write(tmp_path / "a.jpg", b"x" * 3_000_000)), read_content(tmp_path / "a.jpg")
    copy = read_content(write(tmp_path / "b.png", b"x" * 3_000_000))
    changed = read_content(write(tmp_path / "c.jpg", b"x" * 2_999_999 + b"y"))

    assert one and other and copy and changed
    assert one.key == other.key == copy.key != changed.key
    assert len(one.key) == 20


def test_a_text_is_never_the_content_of_a_file(tmp_path: Path) -> None:
    content = read_content(write(tmp_path / "a.txt", b"dog"))

    assert content
    assert content.key != text_key("dog")
    assert text_key("\udcff") != text_key("dog")


def test_a_file_that_was_just_written_may_change_again_without_a_new_time(tmp_path: Path) -> None:
    (tmp_path / "new.jpg").write_bytes(b"new")
    write(tmp_path / "old.jpg", b"old")
    write(tmp_path / "from the future.jpg", b"clock", mtime_ns=4_000_000_000_000_000_000)

    settled = {path.name: (read_content(path) or pytest.fail()).is_settled for path in tmp_path.iterdir()}

    assert settled == {"new.jpg": False, "old.jpg": True, "from the future.jpg": True}


@pytest.mark.parametrize("change", ["other bytes", "other time", "gone"])
def test_a_file_that_changed_since_it_was_read_is_noticed(tmp_path: Path, change: str) -> None:
    path = write(tmp_path / "a.jpg", b"before")
    content = read_content(path)
    assert content and is_unchanged(content)

    if change == "gone":
        path.unlink()
    else:
        write(path, b"before" if change == "other time" else b"afterwards", OLD_NS + (change == "other time"))

    assert not is_unchanged(content)


def test_what_is_no_readable_file_has_no_content(tmp_path: Path) -> None:
    write(tmp_path / "empty.jpg", b"")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")

    for name in ("empty.jpg", "pipe.jpg", "gone.jpg", ".", "nul\0.jpg"):
        assert read_content(tmp_path / name) is None


def test_reading_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()

    assert read_content(write(tmp_path / "a.jpg", b"x"), cancel) is None
