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
    """No label fits: the user said so, or it was learned from the user's judgements."""
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
    TAUGHT = 3
    """The scores of a classifier that has learned from the user's corrections."""


class Origin(IntEnum):
    """How an image got its label: as `Source`, but telling apart what the user confirmed and what they corrected."""

    AUTO = 0
    TAUGHT = 1
    CONFIRMED = 2
    """The user chose the label that the words propose, too."""
    CORRECTED = 3
    """The user chose another label, or said that no label fits."""


@dataclass(frozen=True)
class Decisions:
    """The decision for each of n images, as arrays of shape (n,).

    `column` (int32) is the label's index in `Desk.labels`, which are the scored labels and after them those without
    scores; -1 for none. `label_id` (int64) is its id, NO_LABEL for none. `probability` and `margin` (float32) belong to
    this label and are NaN if it has no score. `source` and `status` (uint8) hold `Source` and `Status` values.
    `is_confirmed` (bool) marks labels by the user that the words propose, too. The arrays may share memory with the
    scores: take a `copy` if the scores are about to change.
    """

    column: NDArray[np.int32]
    label_id: NDArray[np.int64]
    probability: NDArray[np.float32]
    margin: NDArray[np.float32]
    source: NDArray[np.uint8]
    status: NDArray[np.uint8]
    is_confirmed: NDArray[np.bool_]

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

    def origin(self, row: int) -> Origin | None:
        """Return how this image got its label, or that no label fits. None if it has no label."""
        source = Source(self.source.item(row))
        if source == Source.USER:
            return Origin.CONFIRMED if self.is_confirmed.item(row) else Origin.CORRECTED
        return {Source.AUTO: Origin.AUTO, Source.TAUGHT: Origin.TAUGHT}.get(source)

    def has_origin(self, origin: Origin) -> NDArray[np.bool_]:
        """Return whether each image got its label in this way, shape (n,)."""
        if origin in (Origin.AUTO, Origin.TAUGHT):
            return np.asarray(self.source == (Source.AUTO if origin == Origin.AUTO else Source.TAUGHT))
        return np.asarray((self.source == Source.USER) & (self.is_confirmed == (origin == Origin.CONFIRMED)))

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
    threshold: float | NDArray[np.float32],
    label_ids: Sequence[LabelId],
    corrections: NDArray[np.int32] | None = None,
    *,
    is_taught: bool = False,
    is_none: NDArray[np.bool_] | None = None,
    proposed: NDArray[np.int32] | None = None,
) -> Decisions:
    """Decide the labels of n images from their scores against the first m of the labels with `label_ids`.

    `is_failed` (n,) marks files that could not be read: they have no label, whatever their scores. Below `threshold`
    (0…1, one for all labels or one for each, (m,)) the best label is a guess. `corrections` (n,) holds the user's
    choices: the index of a label, scored or not, `NO_LABEL_FITS`, `MARKED_UNSURE` or `UNCORRECTED`. None means no
    corrections. A label chosen by the user is never a guess, and also applies to an image without scores or one that
    could not be read. `MARKED_UNSURE` leaves the automatic label, if there is one, and makes a guess of it.

    `is_taught` says whether the scores are those of a taught classifier. `is_none` (n,) marks images that no label
    fits, as far as was learned. `proposed` (n,) is the best label by words alone, by default that of the scores.
    """
    column, probability, margin = scores.best, scores.top, scores.margin
    if (is_failed & (column >= 0)).any():  # they had been embedded before they failed
        column = np.where(is_failed, np.int32(-1), column)
        probability, margin = (np.where(is_failed, np.float32(np.nan), values) for values in (probability, margin))
    if isinstance(threshold, np.ndarray):
        # One more at the end, for column -1.
        threshold = np.append(threshold, np.float32(0))[column]
    status = np.where(probability < threshold, np.uint8(Status.UNSURE), np.uint8(Status.OK))
    status[column < 0] = Status.WAITING
    status[is_failed] = Status.ERROR
    source = np.where(column < 0, np.uint8(Source.NOBODY), np.uint8(Source.TAUGHT if is_taught else Source.AUTO))
    if is_none is not None:
        none = np.flatnonzero(is_none & (column >= 0))
        column, probability, margin = column.copy(), probability.copy(), margin.copy()
        column[none], probability[none], margin[none] = -1, np.nan, np.nan
        status[none], source[none] = Status.NONE, Source.TAUGHT
    is_confirmed = np.zeros(len(column), np.bool_)
    if corrections is not None:
        status[(corrections == MARKED_UNSURE) & (status == Status.OK)] = Status.UNSURE
    rows = np.flatnonzero(corrections >= NO_LABEL_FITS) if corrections is not None else np.empty(0, np.intp)
    if corrections is not None and len(rows):
        column, probability, margin = column.copy(), probability.copy(), margin.copy()
        column[rows] = corrections[rows]
        source[rows] = Source.USER
        is_confirmed[rows] = (scores.best if proposed is None else proposed)[rows] == corrections[rows]
        is_confirmed[rows] &= corrections[rows] >= 0
        status[rows] = np.where(corrections[rows] == NO_LABEL_FITS, np.uint8(Status.NONE), np.uint8(Status.OK))
        probability[rows], margin[rows] = _of_columns(scores.probability[rows], corrections[rows])
    # One more at the end, for column -1.
    ids = np.array([*label_ids, NO_LABEL], np.int64)
    return Decisions(column, ids[column], probability, margin, source, status, is_confirmed)


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
        decisions.is_confirmed,
    )
