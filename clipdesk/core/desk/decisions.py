"""Decide each image's label, its source and its status. This is the only place that does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.labels.label_set import NO_LABEL, LabelId
from clipdesk.core.labels.scoring import Scores


class Status(IntEnum):
    """The status of an image's label."""

    OK = 0
    UNSURE = 1
    """The label is a guess: its probability is below the threshold, or the user marked it as one."""
    NONE = 2
    """The user said that no label fits."""
    ERROR = 3
    """The file could not be read."""
    WAITING = 4
    """No label yet: not embedded, or there are no labels."""


class Source(IntEnum):
    """Who chose an image's label."""

    NOBODY = 0
    """There is no label."""
    AUTO = 1
    """The scores."""
    USER = 2
    """The user, by hand. Overrides the scores."""


@dataclass(frozen=True)
class Decisions:
    """The decision for each of n images, as arrays of shape (n,).

    `column` (int32) is the label's index in `Desk.labels`, which are the scored labels and after them those without
    scores; -1 for none. `label_id` (int64) is its id, NO_LABEL for none. `probability` and `margin` (float32) belong to
    this label and are NaN if it has no score. `source` and `status` (uint8) hold `Source` and `Status` values. The
    arrays may share memory with the scores: take a `copy` if the scores are about to change.
    """

    column: NDArray[np.int32]
    label_id: NDArray[np.int64]
    probability: NDArray[np.float32]
    margin: NDArray[np.float32]
    source: NDArray[np.uint8]
    status: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.column)

    def take(self, rows: NDArray[np.intp]) -> Decisions:
        """Return the decisions of these rows, in this order."""
        return Decisions(*(array[rows] for array in _arrays(self)))

    def copy(self) -> Decisions:
        """Return a copy that does not share memory with the scores."""
        return Decisions(*(array.copy() for array in _arrays(self)))

    def count_status(self, status: Status) -> int:
        """Return how many images have this status."""
        return int(np.count_nonzero(self.status == status))

    def count_labels(self, labels: int) -> NDArray[np.intp]:
        """Return the number of images for each of the first `labels` of `Desk.labels`, guesses included."""
        return np.bincount(self.column[self.column >= 0], minlength=labels)[:labels]


#: Correction value: the user has not labelled this image.
UNCORRECTED = -2
#: Correction value: the user said that no label fits.
NO_LABEL_FITS = -1
#: Correction value: the user marked the automatic label as a guess.
MARKED_UNSURE = -3


def decide(
    scores: Scores,
    is_failed: NDArray[np.bool_],
    threshold: float,
    label_ids: Sequence[LabelId],
    corrections: NDArray[np.int32] | None = None,
) -> Decisions:
    """Decide the labels of n images from their scores against the first m of the labels with `label_ids`.

    `is_failed` (n,) marks files that could not be read: they have no label, whatever their scores. Below `threshold`
    (0…1) the best label is a guess. `corrections` (n,) holds the user's choices: the index of a label, scored or
    not, `NO_LABEL_FITS`, `MARKED_UNSURE` or `UNCORRECTED`. None means no corrections. A label chosen by the user is
    never a guess, and also applies to an image without scores or one that could not be read. `MARKED_UNSURE` leaves
    the automatic label, if there is one, and makes a guess of it.
    """
    column, probability, margin = scores.best, scores.top, scores.margin
    if (is_failed & (column >= 0)).any():  # they had been embedded before they failed
        column = np.where(is_failed, np.int32(-1), column)
        probability, margin = (np.where(is_failed, np.float32(np.nan), values) for values in (probability, margin))
    status = np.where(probability < threshold, np.uint8(Status.UNSURE), np.uint8(Status.OK))
    status[column < 0] = Status.WAITING
    status[is_failed] = Status.ERROR
    source = np.where(column < 0, np.uint8(Source.NOBODY), np.uint8(Source.AUTO))
    if corrections is not None:
        status[(corrections == MARKED_UNSURE) & (status == Status.OK)] = Status.UNSURE
    rows = np.flatnonzero(corrections >= NO_LABEL_FITS) if corrections is not None else np.empty(0, np.intp)
    if corrections is not None and len(rows):
        column, probability, margin = column.copy(), probability.copy(), margin.copy()
        column[rows] = corrections[rows]
        source[rows] = Source.USER
        status[rows] = np.where(corrections[rows] == NO_LABEL_FITS, np.uint8(Status.NONE), np.uint8(Status.OK))
        probability[rows], margin[rows] = _of_columns(scores.probability[rows], corrections[rows])
    # One more at the end, for column -1.
    ids = np.array([*label_ids, NO_LABEL], np.int64)
    return Decisions(column, ids[column], probability, margin, source, status)


def _of_columns(
    probability: NDArray[np.float32], columns: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the probability (k,) of one column per row of `probability` (k, m), and its margin over the next best."""
    chosen = np.full(len(columns), np.nan, np.float32)
    margin = chosen.copy()
    has_label = (columns >= 0) & (columns < probability.shape[1])
    if has_label.any():
        others, places = probability[has_label].copy(), np.flatnonzero(has_label)
        picked = columns[has_label]
        chosen[has_label] = others[np.arange(len(picked)), picked]
        others[np.arange(len(picked)), picked] = 0.0
        margin[places] = chosen[places] - others.max(axis=1)
    return chosen, margin


def _arrays(decisions: Decisions) -> tuple[NDArray[Any], ...]:
    return (
        decisions.column,
        decisions.label_id,
        decisions.probability,
        decisions.margin,
        decisions.source,
        decisions.status,
    )
