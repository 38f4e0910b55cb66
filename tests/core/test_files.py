"""Files are written whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clipdesk.core.errors import ExportError
from clipdesk.core.files import check_writable, replace_atomically


def test_the_new_text_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("old")

    with replace_atomically(path) as stream:
        stream.write("née\n")
        assert path.read_text() == "old"

    assert path.read_bytes() == "née\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("old")

    with pytest.raises(ZeroDivisionError), replace_atomically(path) as stream:
        stream.write("half")
        raise ZeroDivisionError

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def killed_while_writing(path: Path) -> int:
    """Return the exit code of a program that kills itself while it writes the file."""
    script = (
        "import os, signal, sys; from pathlib import Path; from clipdesk.core.files import replace_atomically\n"
        "with replace_atomically(Path(sys.argv[1])) as stream:\n"
        "    stream.write('half' * 100000); stream.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    return subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode


def test_a_killed_process_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("old")

    assert killed_while_writing(path) == -signal.SIGKILL
    assert path.read_text() == "old"


def test_the_next_export_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    killed_while_writing(tmp_path / "scores.csv")
    (tmp_path / ".clipdesk-notes.txt").touch()
    assert len(list(tmp_path.glob(".clipdesk-*.part"))) == 1

    with replace_atomically(tmp_path / "other.csv") as stream:
        stream.write("new")

    assert {path.name for path in tmp_path.iterdir()} == {"other.csv", ".clipdesk-notes.txt"}


def test_the_file_of_a_running_export_is_left_alone(tmp_path: Path) -> None:
    with replace_atomically(tmp_path / "slow.csv") as slow:
        slow.write("slow")
        with replace_atomically(tmp_path / "quick.csv") as quick:
            quick.write("quick")

    assert (tmp_path / "slow.csv").read_text() == "slow"
    assert {path.name for path in tmp_path.iterdir()} == {"slow.csv", "quick.csv"}


def test_many_exports_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    def export(number: int) -> None:
        for _ in range(20):
            with replace_atomically(tmp_path / f"{number}.csv") as stream:
                stream.write(str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(export, range(8)))

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {f"{n}.csv": str(n) for n in range(8)}


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    path = tmp_path / (300 * "x" + ".csv")

    with pytest.raises(ExportError, match=r"too long\. Choose a shorter one\.$"):
        check_writable(path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(ExportError, match=r"gone/scores\.csv.*Choose another place"),
        replace_atomically(tmp_path / "gone" / "scores.csv"),
    ):
        pass


def test_the_mode_of_the_old_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_text("old")
    path.chmod(0o640)

    with replace_atomically(path) as stream:
        stream.write("new")

    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "real.csv"
    target.write_text("old")
    link = tmp_path / "link.csv"
    link.symlink_to(target)

    with replace_atomically(link) as stream:
        stream.write("new")

    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_file_name_that_is_not_unicode_is_escaped(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")

    with replace_atomically(tmp_path / "scores.csv") as stream:
        stream.write(name)

    assert (tmp_path / "scores.csv").read_text(encoding="utf-8") == "caf\\udce9.jpg"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
def test_a_pipe_gets_the_text_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with replace_atomically(pipe) as stream:
            stream.write("rows")
        received = os.read(reader, 100)
    finally:
        os.close(reader)

    assert received == b"rows"
    assert pipe.is_fifo()


def test_a_place_that_can_be_written_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old")

    check_writable(tmp_path / "old.csv")
    check_writable(tmp_path / "new.csv")

    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
    assert (tmp_path / "old.csv").read_text() == "old"


def test_a_place_that_refuses_is_told_beforehand(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"gone.*could not be written"):
        check_writable(tmp_path / "gone" / "scores.csv")
