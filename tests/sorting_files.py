"""Folders with files for sorting tests: plans, journals and a census of all bytes."""

from __future__ import annotations

import hashlib
import os
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from clipdesk.core.sorting.steps import Action, Plan, Reason, Step

#: Set to 1, the tests of faults run at the figures of the project's reliability table, which takes some minutes.
IS_FULL = os.environ.get("CLIPDESK_SORTING_FULL") == "1"


def write_files(folder: Path, count: int, *, seed: int = 0, most_bytes: int = 5000) -> list[Path]:
    """Write files with random bytes and times in the past, every third with a sidecar. Return the pictures."""
    numbers = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for index in range(count):
        picture = folder / f"IMG_{index:05}.jpg"
        for path in (picture, *([Path(f"{picture}.xmp")] if index % 3 == 0 else [])):
            path.write_bytes(numbers.randbytes(numbers.randint(1, most_bytes)))
            time_ns = 1_500_000_000_000_000_000 + numbers.randrange(10**17)
            os.utime(path, ns=(time_ns, time_ns))
        pictures.append(picture)
    return pictures


def plan_for(pictures: Iterable[Path], root: Path, action: Action = Action.MOVE, *, folders: int = 3) -> Plan:
    """Plan to put pictures, with their sidecars, into folders 0, 1, … of `root` in turn."""
    steps: list[Step] = []
    for index, picture in enumerate(pictures):
        image = len(steps)
        for path in (picture, Path(f"{picture}.xmp")):
            if path.exists():
                steps.append(step_for(path, root / str(index % folders) / path.name, action, image))
    return Plan(root, action, tuple(steps))


def step_for(source: Path, target: Path, action: Action, image: int = -1) -> Step:
    """Return a step for a file as it is now."""
    status = source.stat()
    return Step(source, target, action, status.st_size, status.st_mtime_ns, Reason.LABEL, image=image)


def census(*folders: Path) -> Counter[bytes]:
    """Return how many files have each content, by hash. Symbolic links are not counted."""
    found: Counter[bytes] = Counter()
    for path in _files(*folders):
        if not path.is_symlink():
            found[hashlib.sha256(path.read_bytes()).digest()] += 1
    return found


def tree(*folders: Path) -> dict[str, object]:
    """Return every path below some folders, with content and modification time of files; folders have none."""
    found: dict[str, object] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_symlink():
                found[str(path)] = str(path.readlink())
            elif path.is_dir():
                found[str(path)] = None
            else:
                found[str(path)] = (path.read_bytes(), path.stat().st_mtime_ns)
    return found


def part_files(*folders: Path) -> list[Path]:
    """Return the part files that are left."""
    return [path for path in _files(*folders) if path.name.startswith(".clipdesk-")]


def _files(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()]
