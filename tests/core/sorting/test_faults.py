"""The sorting rows of the reliability table: kills, errors of the disk, races, and files that change meanwhile."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

import pytest
from sorting_files import IS_FULL, census, part_files, plan_for, write_files

from clipdesk.core.sorting import journal as journal_module
from clipdesk.core.sorting.apply import apply_plan
from clipdesk.core.sorting.journal import SortingJournal
from clipdesk.core.sorting.recovery import recover
from clipdesk.core.sorting.steps import Action, Plan
from clipdesk.core.sorting.undo import undo_sort

KILLS = 100 if IS_FULL else 3  # on one disk, and as many across disks
RACES = 10_000 if IS_FULL else 300
MUTATIONS = 3000 if IS_FULL else 200

_PACKAGE = str(Path(journal_module.__file__).parent)

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def _in_child(work: Callable[[], object]) -> int:
    """Run `work` in a forked process. Return how it ended, as `os.waitpid` says."""
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _die_at_line(number: int) -> None:
    """Kill this process before the line of `core/sorting` with this number is run, counted from 1 over all calls."""
    left = number

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal left
        if not frame.f_code.co_filename.startswith(_PACKAGE):
            return None
        if event == "line":
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]


def _lines_of(work: Callable[[], object]) -> int:
    """Return how many lines of `core/sorting` are run."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal count
        if not frame.f_code.co_filename.startswith(_PACKAGE):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@needs_fork
@pytest.mark.parametrize("is_undo", [False, True], ids=["sort", "undo"])
@pytest.mark.parametrize("is_other_disk", [False, True], ids=["one disk", "two disks"])
def test_a_kill_loses_no_byte(tmp_path: Path, other_disk: Path, is_other_disk: bool, is_undo: bool) -> None:
    numbers = random.Random(1)
    lines = 0
    for attempt in range(KILLS):
        base = tmp_path / str(attempt)
        out = (other_disk if is_other_disk else tmp_path) / f"out {attempt}"
        plan = plan_for(write_files(base / "in", 6, seed=attempt), out)
        before = census(base / "in")
        path = base / "data" / "sorting.sqlite3"

        def work(plan: Plan = plan, path: Path = path) -> None:
            journal = SortingJournal(path)
            if is_undo:
                undo_sort(1, journal)
            else:
                apply_plan(plan, journal)
            journal.close()

        if is_undo:
            journal = SortingJournal(path)
            apply_plan(plan, journal)
            journal.close()
        if not lines:
            lines = _lines_of(work)
            assert before == census(base / "in", out)
            continue
        at = numbers.randint(1, lines)

        def die(work: Callable[[], None] = work, at: int = at) -> None:
            _die_at_line(at)
            work()

        _in_child(die)
        journal = SortingJournal(path)
        recover(journal)

        assert before == census(base / "in", out), f"killed at line {at}"
        assert not part_files(base / "in", out)
        # What the journal says is done can be taken back.
        for past in journal.sorts():
            if past.done and not past.is_undo:
                assert not undo_sort(past.id, journal).skipped
        assert before == census(base / "in")
        journal.close()


#: The calls by which a sort changes the disk, and those by which it looks.
_CALLS = (
    *("renameat2", "openat", "write", "pwrite64", "fsync", "fdatasync", "unlink", "mkdir", "ftruncate"),
    *("utimensat", "newfstatat", "fstat", "read", "lseek", "chmod", "rmdir"),
)
_FAULTS = ("error=ENOSPC", "error=EIO", "signal=KILL")
_MOST_COUNTS = 60 if IS_FULL else 1


def _traced(faults: Sequence[str], work: Callable[[], object]) -> bool:
    """Run `work` in a process whose system calls get these faults. Return whether strace could attach to it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(writing)
            os.read(reading, 1)
            work()
        except BaseException:  # the fault is meant to fail it
            os._exit(1)
        os._exit(0)
    os.close(reading)
    calls = ",".join(fault.split(":", 1)[0] for fault in faults)
    injections = [word for fault in faults for word in ("-e", f"inject={fault}")]
    with subprocess.Popen(
        ["strace", "-p", str(child), "-o", os.devnull, "-e", f"trace={calls}", *injections],
        stderr=subprocess.PIPE,
        text=True,
    ) as strace:
        assert strace.stderr is not None
        is_attached = "attached" in strace.stderr.readline()
        os.write(writing, b"g")
        os.close(writing)
        os.waitpid(child, 0)
        strace.communicate()
    return is_attached


@needs_fork
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.parametrize("is_other_disk", [False, True], ids=["one disk", "two disks"])
def test_a_fault_at_any_system_call_loses_no_byte(tmp_path: Path, other_disk: Path, is_other_disk: bool) -> None:
    numbers = random.Random(2)
    faults = [(call, fault) for call in _CALLS for fault in _FAULTS]
    if not IS_FULL:
        faults = numbers.sample(faults, 5)
    for index, (call, fault) in enumerate(faults):
        for count in range(1, _MOST_COUNTS + 1) if IS_FULL else [numbers.randint(1, 12)]:
            base = tmp_path / f"{index}-{count}"
            out = (other_disk if is_other_disk else tmp_path) / f"out {index}-{count}"
            plan = plan_for(write_files(base / "in", 4, seed=count), out)
            before = census(base / "in")
            path = base / "data" / "sorting.sqlite3"

            def work(plan: Plan = plan, path: Path = path) -> None:
                apply_plan(plan, SortingJournal(path))

            if not _traced([f"{call}:{fault}:when={count}"], work):
                pytest.skip("strace may not attach here")
            journal = SortingJournal(path)
            recover(journal)
            journal.close()

            after = census(base / "in", out)
            assert set(before) == set(after), f"{call}, {fault}, call {count}"
            if "KILL" in fault:
                assert before == after, f"{call}, {fault}, call {count}"
                assert not part_files(base / "in", out)
            shutil.rmtree(base)
            shutil.rmtree(out, ignore_errors=True)


#: What memory cards lack on some systems: renames that do not replace, and links.
_BARE_DISK = ("renameat2:error=EINVAL", "linkat:error=EPERM", "link:error=EPERM")


@needs_fork
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.parametrize("action", [Action.MOVE, Action.COPY])
@pytest.mark.parametrize("count", [0, *(range(1, 40) if IS_FULL else [2, 5])])
def test_a_disk_without_links_gets_verified_copies(tmp_path: Path, action: Action, count: int) -> None:
    plan = plan_for(write_files(tmp_path / "in", 4), tmp_path / "out", action)
    before = census(tmp_path / "in")
    path = tmp_path / "data" / "sorting.sqlite3"

    def work() -> None:
        apply_plan(plan, SortingJournal(path))

    kill = [f"write:signal=KILL:when={count}"] if count else []
    if not _traced([*_BARE_DISK, *kill], work):
        pytest.skip("strace may not attach here")
    journal = SortingJournal(path)
    reports = recover(journal)
    (past,) = journal.sorts()
    journal.close()

    assert bool(reports) or not count or past.done == len(plan.steps)
    assert not part_files(tmp_path)
    if action is Action.MOVE:
        assert before == census(tmp_path / "in", tmp_path / "out")
    else:
        assert before == census(tmp_path / "in")
        assert set(census(tmp_path / "out")) <= set(before)
    if not count:
        assert past.done == len(plan.steps)


def test_names_taken_while_the_sort_runs_are_never_overwritten(tmp_path: Path, journal: SortingJournal) -> None:
    pictures = write_files(tmp_path / "in", RACES, most_bytes=50)
    plan = plan_for(pictures, tmp_path / "out")
    before = census(tmp_path / "in")
    for folder in range(3):
        (tmp_path / "out" / str(folder)).mkdir(parents=True)
    started, stop = threading.Event(), threading.Event()
    taken: list[Path] = []

    def take_names() -> None:
        numbers = random.Random(3)
        targets = [step.target for step in plan.steps]
        started.wait(60)
        while not stop.is_set():
            target = numbers.choice(targets)
            if numbers.random() < 0.2:
                target = target.with_stem(f"{target.stem} (2)")
            try:
                with target.open("x") as stream:
                    stream.write(f"taken: {target}")
                taken.append(target)
            except FileExistsError:
                pass

    racer = threading.Thread(target=take_names)
    racer.start()
    report = apply_plan(plan, journal, on_progress=lambda _: started.set(), should_stop=lambda: bool(started.set()))
    stop.set()
    racer.join()

    assert taken
    for path in taken:
        assert f"taken: {path}" == path.read_text()
        path.unlink()
    assert before == census(tmp_path / "in", tmp_path / "out")
    assert not report.skipped
    # Sidecars still belong to their pictures.
    names = {target for _, target in report.done}
    for target in names:
        assert target.suffix != ".xmp" or target.with_suffix("") in names
    assert not undo_sort(report.sort_id, journal).skipped


@pytest.mark.parametrize("action", [Action.MOVE, Action.COPY])
def test_files_that_change_while_the_sort_runs_are_not_sorted(
    tmp_path: Path, journal: SortingJournal, action: Action
) -> None:
    pictures = write_files(tmp_path / "in", MUTATIONS, most_bytes=50)
    plan = plan_for(pictures, tmp_path / "out", action)
    planned = {step.source: step.source.read_bytes() for step in plan.steps}
    started = threading.Event()

    def mutate() -> None:
        numbers = random.Random(4)
        started.wait(60)
        edited = tmp_path / "edited"
        for path in numbers.sample(list(planned), len(planned) // 2):
            if numbers.random() < 0.5:
                path.unlink(missing_ok=True)
            elif path.exists():
                edited.write_bytes(b"edited, and longer than any of the files was before: " + bytes(50))
                edited.replace(path)

    mutator = threading.Thread(target=mutate)
    mutator.start()
    report = apply_plan(plan, journal, should_stop=lambda: bool(started.set()))
    mutator.join()

    assert report.skipped
    for source, target in report.done:
        assert planned[source] == target.read_bytes()
