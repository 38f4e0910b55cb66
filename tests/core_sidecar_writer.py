"""A program that writes sidecars until it is killed."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path

from results_desk import make_desk

from clipdesk.core.export.rows import Results
from clipdesk.core.export.xmp.sidecars import SidecarOptions, write_sidecars

_DISK = ("open", "os.rename", "os.chmod", "os.remove")


def labelled(pictures: list[Path], label: str) -> Results:
    """Return results in which all pictures have this label, by hand."""
    desk = make_desk(pictures)
    found = next(one for one in desk.label_set.labels if one.name == label)
    desk.correct(range(len(pictures)), found.id)
    return Results.of(desk)


def main(folder: Path, label: str, kill_at: int) -> None:
    """Label the pictures in a folder, and die before that call that concerns the disk, counted from 1."""
    results = labelled(sorted(folder.glob("*.jpg")), label)
    numbers = itertools.count(1)

    def on_event(name: str, _: object) -> None:
        if name in _DISK and next(numbers) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(on_event)
    write_sidecars(results, SidecarOptions())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
