"""What the pages of the dialog show: labels by each wording, what the user knows, and the images' files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.compare.wordings import Agreement, compare
from clipdesk.core.desk.comparison import Comparison, Wording
from clipdesk.core.desk.decisions import UNCORRECTED
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.gui.session.wording_scorer import WordingResult


def _no_path(row: int) -> Path:
    return Path()


@dataclass(frozen=True)
class Snapshot:
    """The state of a comparison. Indices point into `label_set`.

    - `results` and `problems`: for each wording what it labels, or why it cannot be scored; neither while it is scored.
    - `warnings`: for some wordings a sentence, such as that the model does not know a word.
    - `truth` (n,): the label that the user gave each image by hand, `NO_LABEL_FITS` or `UNCORRECTED`.
    - `is_drawn` (n,): which of these were drawn by a review, whether their label was right or wrong.
    - `answers`: for each wording the right label of judged rows, or NEITHER.
    - `generation`: changes when rows move.
    """

    comparison: Comparison
    label_set: LabelSet = field(default_factory=LabelSet)
    results: Mapping[Wording, WordingResult] = field(default_factory=dict)
    problems: Mapping[Wording, str] = field(default_factory=dict)
    warnings: Mapping[Wording, str] = field(default_factory=dict)
    truth: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    is_drawn: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    answers: Mapping[Wording, Mapping[int, int]] = field(default_factory=dict)
    path_of: Callable[[int], Path] = _no_path
    generation: int = 0

    @property
    def a(self) -> Wording:
        return self.comparison.wordings[0]

    @property
    def label_name(self) -> str:
        """The name of the compared label."""
        label = self.label_set.by_id(self.comparison.label)
        return label.name if label is not None else ""

    @cached_property
    def reviewed(self) -> NDArray[np.intp]:
        """The rows that the user labelled by hand."""
        return np.flatnonzero(self.truth != UNCORRECTED)

    @property
    def scored(self) -> list[int]:
        """The places of the wordings that have results."""
        return [place for place, one in enumerate(self.comparison.wordings) if one in self.results]

    def pair(self, against: int) -> tuple[WordingResult, WordingResult] | None:
        """Return the results of A and of the wording at this place, or None until both are there."""
        wordings = self.comparison.wordings
        if not 0 < against < len(wordings):
            return None
        a, b = self.results.get(self.a), self.results.get(wordings[against])
        return (a, b) if a is not None and b is not None else None

    def agreement(self, against: int) -> Agreement | None:
        """Return where A and the wording at this place agree, or None until both have results."""
        pair = self.pair(against)
        return compare(pair[0].labels, pair[1].labels, len(self.label_set.labels)) if pair is not None else None
