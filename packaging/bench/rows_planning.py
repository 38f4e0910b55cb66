"""The time to plan a sort, against finding the same files."""

from __future__ import annotations

import os
from pathlib import Path

from rows import Measured, Row, Took, in_turns

from clipdesk.core.pictures.scan import find_images
from clipdesk.core.sorting.plan import make_plan
from clipdesk.core.sorting.plan_summary import summarize
from clipdesk.core.sorting.rules import SortingRules
from clipdesk.core.sorting.steps import Action, Candidate

IMAGES, FEWER, IN_A_FOLDER, LABELS = 200_000, 10_000, 1_000, 20


def plan(folder: Path) -> Measured:
    """Plan to move pictures into the folders of 20 labels. One in four has a sidecar."""
    candidates = _candidates(folder / "in")
    rules = SortingRules(folder / "out", Action.MOVE)
    fewer, _ = _in_turns(candidates[:FEWER], rules, folder)
    planned, found = _in_turns(candidates, rules, folder)
    made = make_plan(candidates, rules)
    (summarized,) = in_turns(lambda: summarize(made), times=1)
    details = {f"{FEWER:,} pictures": str(fewer), f"{IMAGES:,} pictures": str(planned)}
    return Measured(planned.clock_s / found.clock_s, {**details, "found": str(found), "figures": str(summarized)})


def _in_turns(candidates: list[Candidate], rules: SortingRules, folder: Path) -> tuple[Took, Took]:
    planned, found = in_turns(
        lambda: make_plan(candidates, rules), lambda: sum(1 for _ in find_images([folder / "in"])), times=2
    )
    return planned, found


def _candidates(folder: Path) -> list[Candidate]:
    candidates = []
    for number in range(IMAGES):
        if number % IN_A_FOLDER == 0:
            below = folder / f"{number // IN_A_FOLDER:03}"
            below.mkdir(parents=True)
        path = below / f"IMG_{number:06}.jpg"
        path.touch()
        if number % 4 == 0:
            path.with_suffix(".xmp").touch()
        status = os.stat(path)  # noqa: PTH116
        label = number % LABELS
        state = status.st_size, status.st_mtime_ns
        candidates.append(Candidate(path, *state, 1 + label, f"label {label}", 0, 0.9, 0.5))
    return candidates


ROWS = (Row("plan", "200,000 pictures planned into folders", "finding the same files", 4, "×", plan),)
