"""The results of the desk as rows to export, one per image."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.decisions import Decisions, Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.image_list import ImageList

StatusText = Literal["ok", "unsure", "none", "error"]


@dataclass(frozen=True)
class ResultRow:
    """The exported values of one image. Numbers are None if there is no score."""

    filepath: str
    label: str
    label_source: str
    status: StatusText
    probability: float | None
    margin: float | None
    cosine: tuple[float | None, ...]
    error: str
    probabilities: tuple[float | None, ...] = ()
    match: float | None = None

    @property
    def file(self) -> str:
        """The file's name without its folder."""
        return os.path.basename(self.filepath)  # noqa: PTH119 - a Path would take five times as long


_STATUS_TEXT: dict[Status, StatusText] = {
    Status.OK: "ok",
    Status.UNSURE: "unsure",
    Status.NONE: "none",
    Status.ERROR: "error",
    Status.WAITING: "none",
}


@dataclass(frozen=True)
class Results:
    """A snapshot of the results of n images, safe to read in another thread.

    Iterating yields one `ResultRow` per image.
    """

    images: ImageList
    names: tuple[str, ...]
    """The names of the scored labels, in the order of the columns of `cosine` and `probabilities`."""
    label_names: tuple[str, ...]
    """The names of all labels that `decisions` may point to."""
    decisions: Decisions
    cosine: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    errors: Mapping[int, str]
    matches: NDArray[np.float32] | None = None
    """How well each image (n,) fits what was searched for, NaN if it was not found; None without a search."""

    @classmethod
    def of(
        cls, desk: Desk, rows: NDArray[np.integer] | None = None, matches: NDArray[np.float32] | None = None
    ) -> Results:
        """Copy the results of all images on a desk, or of these `rows` in this order, to which `matches` belong."""
        label_names, scores = tuple(label.name for label in desk.labels), desk.scores
        if rows is None:
            columns = desk.decisions.copy(), scores.cosine.copy(), scores.probability.copy()
            return cls(desk.images.copy(), desk.scored_labels, label_names, *columns, dict(desk.errors), matches)
        chosen = rows.astype(np.intp)
        columns = desk.decisions.take(chosen), scores.cosine[chosen], scores.probability[chosen]
        errors = {place: desk.errors[row] for place, row in enumerate(chosen.tolist()) if row in desk.errors}
        return cls(desk.images.take(chosen), desk.scored_labels, label_names, *columns, errors, matches)

    def __len__(self) -> int:
        return len(self.images)

    def __iter__(self) -> Iterator[ResultRow]:
        return map(self.row, range(len(self)))

    def row(self, row: int) -> ResultRow:
        """Return the results of one image.

        The status is `ok`, `unsure` if the label is a guess, `none` if there is no label (none fits, or there are no
        scores), or `error` if the file could not be read.
        """
        decisions = self.decisions
        status, column = Status(decisions.status.item(row)), decisions.column.item(row)
        has_scores = bool(self.names) and not np.isnan(self.cosine[row, 0])
        return ResultRow(
            filepath=self.images.path_text(row),
            label=self.label_names[column] if column >= 0 else "",
            label_source=_source_text(Source(decisions.source.item(row))),
            status=_STATUS_TEXT[status],
            probability=_none_if_nan(decisions.probability.item(row)),
            margin=_none_if_nan(decisions.margin.item(row)),
            cosine=tuple(self.cosine[row].tolist()) if has_scores else (None,) * len(self.names),
            error=self.errors.get(row, ""),
            probabilities=tuple(self.probabilities[row].tolist()) if has_scores else (None,) * len(self.names),
            match=None if self.matches is None else _none_if_nan(self.matches.item(row)),
        )


def _source_text(source: Source) -> str:
    return "" if source is Source.NOBODY else source.name.lower()


def _none_if_nan(value: float) -> float | None:
    return None if math.isnan(value) else value
