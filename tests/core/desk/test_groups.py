from __future__ import annotations

import numpy as np
from results_desk import fail, label, make_desk, scored_desk, set_labels

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.groups import group_rows
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, LabelSet


def grouped(desk: Desk, rows: list[int] | None = None) -> list[tuple[str, list[int]]]:
    """Return the title and the desk rows of each group."""
    wanted = np.arange(len(desk), dtype=np.int32) if rows is None else np.array(rows, np.int32)
    ordered, groups = group_rows(desk, wanted)
    names = {one.id: one.name for one in desk.labels} | {NO_LABEL: ""}
    return [
        (names[group.label] or group.status.name, ordered[group.first : group.first + group.count].tolist())
        for group in groups
    ]


def test_groups_have_the_order_of_the_labels_and_keep_the_order_of_the_rows() -> None:
    desk = scored_desk(40)
    best = desk.decisions.column

    found = grouped(desk, list(range(39, -1, -1)))

    assert [name for name, _ in found] == ["dog", "cat", "car", "ERROR", "WAITING"]
    assert found[0][1] == [row for row in range(39, -1, -1) if best[row] == 0]
    assert [rows for _, rows in found[3:]] == [[7], [11, 5]]
    assert sum(len(rows) for _, rows in found) == 40


def test_a_corrected_image_is_in_the_group_of_its_new_label_and_one_that_fits_none_in_its_own() -> None:
    desk = scored_desk(6, waiting=(), failed=())
    desk.correct([0, 3], label("car").id)
    desk.correct([1], NO_LABEL_FITS_ID)

    found = dict(grouped(desk))

    assert {0, 3} <= set(found["car"])
    assert found[Status.NONE.name] == [1]


def test_the_order_of_the_groups_follows_the_label_set() -> None:
    desk = scored_desk(40)
    labels = desk.label_set.labels

    desk.set_label_set(LabelSet((labels[2], labels[0], labels[1])))

    assert [name for name, _ in grouped(desk)][:3] == ["car", "dog", "cat"]


def test_without_labels_or_scores_all_images_wait() -> None:
    desk = make_desk(["/a.jpg", "/b.jpg"])
    assert grouped(desk) == [("WAITING", [0, 1])]

    set_labels(desk, ())
    fail(desk, 0)
    assert grouped(desk) == [("ERROR", [0]), ("WAITING", [1])]
    assert grouped(desk, []) == []
