"""Group images by their label, in the order of the labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.order import Rows, place_order
from clipdesk.core.labels.label_set import NO_LABEL, LabelId

#: Groups without a label, which follow those of the labels.
_OTHER = (Status.NONE, Status.ERROR, Status.WAITING)


@dataclass(frozen=True)
class Group:
    """Images of one label, guesses included, or images without one.

    `status` is OK for a label's group, and NONE, ERROR or WAITING for a group whose `label` is NO_LABEL. `first` is the
    place of its first image among all that are shown.
    """

    label: LabelId
    status: Status
    first: int
    count: int

    @property
    def key(self) -> tuple[LabelId, Status]:
        """What identifies the group while images come and go."""
        return self.label, self.status


def group_rows(desk: Desk, rows: Rows) -> tuple[Rows, tuple[Group, ...]]:
    """Return these desk rows group by group, in stable order, and the groups that are not empty."""
    known = {label.id for label in desk.labels}
    labels = [one for one in desk.label_set.ids if one in known]
    labels += [label.id for label in desk.labels if label.id not in desk.label_set.ids]
    places = _places(desk, labels)[rows]
    order = place_order(places)
    keys = [*((one, Status.OK) for one in labels), *((NO_LABEL, status) for status in _OTHER)]
    counts = np.bincount(places, minlength=len(keys)).tolist()
    groups, first = [], 0
    for (label, status), count in zip(keys, counts, strict=True):
        if count:
            groups.append(Group(label, status, first, count))
        first += count
    return rows[order], tuple(groups)


def _places(desk: Desk, labels: list[LabelId]) -> NDArray[np.int32]:
    """Return the number of each image's group, shape (images,)."""
    of_status = np.zeros(len(Status), np.int32)
    of_status[list(_OTHER)] = range(len(labels), len(labels) + len(_OTHER))
    # The last entry is for column -1, no label.
    of_column = np.array([*(labels.index(label.id) for label in desk.labels), -1], np.int32)
    places, decisions = of_column[desk.decisions.column], desk.decisions
    return np.where(places < 0, of_status[decisions.status], places)
