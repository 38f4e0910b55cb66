"""Comparisons with fixed labels for tests of the dialog, so that no encoder has to run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from clipdesk.core.desk.comparison import Comparison, Wording
from clipdesk.core.desk.decisions import UNCORRECTED
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.session.wording_scorer import WordingResult

IMAGES = 40


def make_snapshot(
    names: Sequence[str] = ("dog", "cat", "car"), wordings: int = 2, *, reviewed: int = 20, differing: int = 10
) -> Snapshot:
    """Return a comparison of `wordings` wordings of the first label.

    A says that image n has label n % m. Each other wording says the next label on the first `differing` images. The
    first `reviewed` images were labelled by hand, as A says, except every fifth.
    """
    label_set = LabelSet(tuple(Label(name) for name in names))
    count = len(names)
    a = np.arange(IMAGES, dtype=np.int32) % count
    b = np.where(np.arange(IMAGES) < differing, (a + 1) % count, a).astype(np.int32)
    sides = tuple(Wording((f"wording {place}",)) for place in range(wordings))
    results = {side: WordingResult(a if place == 0 else b, 0.2 + place / 100) for place, side in enumerate(sides)}
    truth = np.full(IMAGES, UNCORRECTED, np.int32)
    rows = np.arange(reviewed)
    truth[rows] = np.where(rows % 5, a[rows], b[rows])
    return Snapshot(
        Comparison(label_set.ids[0], sides),
        label_set,
        results,
        truth=truth,
        is_drawn=np.zeros(IMAGES, np.bool_),
        path_of=lambda row: Path(f"/pictures/image {row}.jpg"),
    )
