"""The speed of sorting: 10,000 files moved on one disk against `mv`, and across disks against `cp` and `cmp`.

python packaging/bench/sorting.py [FOLDER ON ONE DISK] [FOLDER ON ANOTHER] [FILES]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clipdesk.core.sorting.apply import apply_plan
from clipdesk.core.sorting.journal import SortingJournal
from clipdesk.core.sorting.steps import Action, Plan, Reason, Step
from clipdesk.core.sorting.undo import undo_sort

FOLDERS, BYTES = 5, 200_000


def main(first: str = "/var/tmp", second: str = "/dev/shm", count: str = "10000") -> None:
    with tempfile.TemporaryDirectory(dir=first) as here, tempfile.TemporaryDirectory(dir=second) as there:
        for name, target in (("one disk", Path(here)), ("two disks", Path(there))):
            compare(name, Path(here), target, int(count))


def compare(name: str, disk: Path, other: Path, count: int) -> None:
    journal = SortingJournal(disk / name / "sorting.sqlite3")
    plan = plan_of(write(disk / "in", count), other / "sorted")
    sort_s = seconds(lambda: apply_plan(plan, journal))
    undo_s = seconds(lambda: undo_sort(1, journal))
    journal.close()
    script = disk / "plain.sh"
    if disk == other:
        lines = [
            f"mv -n -t '{other}/plain/{folder}' " + " ".join(str(step.source) for step in plan.steps[folder::FOLDERS])
            for folder in range(FOLDERS)
        ]
    else:
        lines = [copy_and_compare(step.source, other / "plain" / step.target.parent.name) for step in plan.steps]
    for folder in range(FOLDERS):
        (other / "plain" / str(folder)).mkdir(parents=True)
    script.write_text("\n".join([*lines, "sync"]) + "\n")
    plain_s = seconds(lambda: subprocess.run(["sh", script], check=True))
    print(f"{name}: {count} files, sort {sort_s:.2f} s, undo {undo_s:.2f} s, plain {plain_s:.2f} s")
    for folder in (disk / "in", other / "sorted", other / "plain"):
        shutil.rmtree(folder, ignore_errors=True)


def copy_and_compare(source: Path, folder: Path) -> str:
    copy = folder / source.name
    return f"cp -p '{source}' '{copy}' && cmp '{source}' '{copy}' && rm '{source}'"


def write(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"IMG_{number:06}.jpg" for number in range(count)]
    for path in paths:
        path.write_bytes(os.urandom(BYTES))
    subprocess.run(["sync"], check=True)
    return paths


def plan_of(paths: list[Path], root: Path) -> Plan:
    steps = []
    for number, path in enumerate(paths):
        status, target = path.stat(), root / str(number % FOLDERS) / path.name
        steps.append(Step(path, target, Action.MOVE, status.st_size, status.st_mtime_ns, Reason.LABEL, image=number))
    return Plan(root, Action.MOVE, tuple(steps))


def seconds(work: object) -> float:
    assert callable(work)
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
