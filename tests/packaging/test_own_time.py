"""The time that the built app may take: what the clock says, and when it says nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))

from own_time import Timing, judged, timed


@pytest.mark.parametrize(
    ("timings", "keeps"),
    [
        ([Timing(5.0, 9.0, 0.0)], True),
        ([Timing(5.0, 9.0, 0.9)], True),  # the clock is the best evidence, whatever else was going on
        ([Timing(7.0, 5.0, 0.1)], False),  # a person waits, although the CPUs do not work: for the disk
        ([Timing(9.0, 8.0, 0.6)], True),
        ([Timing(9.0, 13.0, 0.6)], False),  # more than two threads can compute in six seconds
        ([Timing(7.0, 5.0, 0.1), Timing(20.0, 5.0, 0.9)], False),
        ([Timing(20.0, 5.0, 0.9), Timing(6.0, 5.0, 0.0)], True),
    ],
)
def test_the_clock_decides_unless_the_computer_worked_for_others(timings: list[Timing], keeps: bool) -> None:
    assert judged(timings, 6.0, threads=2)[0] is keeps


def test_what_was_not_judged_is_said() -> None:
    assert judged([Timing(5.04, 9.0, 0.9)], 6.0, threads=2)[1] == "5.0 s"
    assert judged([Timing(9.0, 8.0, 0.6)], 6.0, threads=2)[1] == (
        "9.0 s, not judged: other work took 60% of the CPUs; 8.0 s of CPU time"
    )


@pytest.mark.skipif(not Path("/proc/stat").exists(), reason="other systems do not say how busy they are")
def test_the_work_of_a_command_is_its_own_and_all_else_is_other_work(tmp_path: Path) -> None:
    stat = tmp_path / "stat"
    burn = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    ticks = 0

    def work() -> None:
        nonlocal ticks
        subprocess.run([sys.executable, "-c", burn], check=True)
        ticks += 10**9  # of other processes
        stat.write_text(f"cpu {ticks} 0 0 7 7 0 0 0 0 0\n")

    stat.write_text("cpu 1 0 0 7 7 0 0 0 0 0\n")
    other = timed(work, stat)
    alone = timed(lambda: subprocess.run([sys.executable, "-c", burn], check=True), stat)

    assert other.cpu_s >= 0.15 and other.other_work == 1.0
    assert alone.cpu_s >= 0.15 and alone.other_work == 0.0


def test_where_nothing_is_known_of_other_work_the_clock_decides(tmp_path: Path) -> None:
    assert timed(lambda: None, tmp_path / "missing").other_work == 0.0
