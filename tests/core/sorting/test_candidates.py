from __future__ import annotations

import math
from pathlib import Path

import pytest
from export_desk import desk_of_four

from clipdesk.core.desk.decisions import Status
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID
from clipdesk.core.sorting.candidates import desk_candidates


def test_candidates_have_the_labels_that_the_desk_has_decided() -> None:
    desk = desk_of_four()
    dog, cat = desk.labels

    sure, unsure, waiting, failed = desk_candidates(desk)

    assert (sure.path, sure.size, sure.mtime_ns) == (Path("/p/a.jpg"), 1, 1)
    assert (sure.label, sure.label_id, sure.status, sure.is_corrected) == ("dog", dog.id, Status.OK, False)
    assert sure.probability == pytest.approx(desk.scores.top[0]) and sure.margin == pytest.approx(desk.scores.margin[0])
    assert (unsure.label, unsure.status) == ("=cat", Status.UNSURE)
    assert (waiting.label, waiting.label_id, waiting.status) == ("", NO_LABEL, Status.WAITING)
    assert math.isnan(waiting.probability)
    assert failed.status == Status.ERROR

    desk.correct([2], cat.id)
    desk.correct([1], NO_LABEL_FITS_ID)
    chosen = desk_candidates(desk, [2, 1])
    assert [(one.path.name, one.label, one.status, one.is_corrected) for one in chosen] == [
        ("c.jpg", "=cat", Status.OK, True),
        ("b.jpg", "", Status.NONE, True),
    ]
    assert desk_candidates(desk, []) == []
