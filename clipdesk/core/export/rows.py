"""The results of the desk as rows to export, one per image."""

from __future__ import annotations

import math
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


_STATUS_TEXT: dict[Status, StatusText] = {
    Status.OK: "ok",
    Status.UNSURE: "unsure",
    Status.NONE: "none",
    Status.ERROR: "error",
    Status.WAITING: "none",
}
_SOURCE_TEXT = {Source.NOBODY: "", Source.AUTO: "auto", Source.USER: "user"}


@dataclass(frozen=True)
class Results:
    """A snapshot of the results of all n images, safe to read in another thread.

    Iterating yields one `ResultRow` per image, in desk order.
    """

    images: ImageList
    names: tuple[str, ...]
    """The names of the scored labels, in the order of the columns of `cosine`."""
    label_names: tuple[str, ...]
    """The names of all labels that `decisions` may point to."""
    decisions: Decisions
    cosine: NDArray[np.float32]
    errors: Mapping[int, str]

    @classmethod
    def of(cls, desk: Desk) -> Results:
        """Copy the results of all images on a desk."""
        decisions, cosine = desk.decisions.copy(), desk.scores.cosine.copy()
        label_names = tuple(label.name for label in desk.labels)
        return cls(desk.images.copy(), desk.scored_labels, label_names, decisions, cosine, dict(desk.errors))

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
            label_source=_SOURCE_TEXT[Source(decisions.source.item(row))],
            status=_STATUS_TEXT[status],
            probability=_none_if_nan(decisions.probability.item(row)),
            margin=_none_if_nan(decisions.margin.item(row)),
            cosine=tuple(self.cosine[row].tolist()) if has_scores else (None,) * len(self.names),
            error=self.errors.get(row, ""),
        )


def _none_if_nan(value: float) -> float | None:
    return None if math.isnan(value) else value
