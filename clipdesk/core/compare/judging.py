"""Ask a person about the images on which two wordings differ, and count the answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.compare.evidence import Verdict, draw_questions, judge
from clipdesk.core.compare.wordings import Labels

#: Stands for “neither label is right”.
NEITHER = -1


class Side(Enum):
    """Which of the two labels offered is right."""

    LEFT = "left"
    RIGHT = "right"
    NEITHER = "neither"


@dataclass(frozen=True)
class Question:
    """The labels offered for the image in this row, as indices. Which of them is A's stays hidden."""

    row: int
    left: int
    right: int


class Judging:
    """Draws the differing images of A and B at random, with hidden sides, and keeps the answers.

    `answers` maps rows to the index of the right label, or to NEITHER. Images that are known already are not asked
    about. Those that do not differ any more count for nobody.
    """

    def __init__(
        self, a: Labels, b: Labels, answers: Mapping[int, int], seed: int, *, left_out: Iterable[int] = ()
    ) -> None:
        """`a` and `b` (n,) are the labels by A and B, -1 for none. `left_out` are rows not to ask about."""
        self._a, self._b = a, b
        self.answers = dict(answers)
        differing = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
        self._differs = frozenset(differing.tolist())
        without = np.fromiter((*self.answers, *left_out), np.intp)
        drawn = draw_questions(differing[~np.isin(differing, without)], seed)
        self._queue = deque(zip(drawn.rows.tolist(), drawn.b_first.tolist(), strict=True))
        self._history: list[tuple[int, bool]] = []  # answered questions, the latest last

    @property
    def question(self) -> Question | None:
        """The question to ask now; None if there is none left."""
        if not self._queue:
            return None
        row, b_first = self._queue[0]
        a, b = int(self._a[row]), int(self._b[row])
        return Question(row, b, a) if b_first else Question(row, a, b)

    @property
    def upcoming(self) -> list[int]:
        """The rows of the questions after this one, for loading ahead."""
        return [row for row, _ in list(self._queue)[1:3]]

    @property
    def left(self) -> int:
        """How many images can still be asked about."""
        return len(self._queue)

    @property
    def can_take_back(self) -> bool:
        return bool(self._history)

    def answer(self, side: Side) -> tuple[int, int]:
        """Answer the question. Return its row and the index of the right label, or NEITHER."""
        question = self.question
        assert question is not None
        right = {Side.LEFT: question.left, Side.RIGHT: question.right, Side.NEITHER: NEITHER}[side]
        self.answers[question.row] = right
        self._history.append(self._queue.popleft())
        return question.row, right

    def skip(self) -> None:
        """Ask the question again after all others."""
        self._queue.rotate(-1)

    def take_back(self) -> int | None:
        """Take the last answer back and ask that question again. Return its row, or None if there is no answer."""
        if not self._history:
            return None
        question = self._history.pop()
        self._queue.appendleft(question)
        del self.answers[question[0]]
        return question[0]

    def verdict(self) -> Verdict:
        """Return what the answers say about A and B."""
        counted = [(row, right) for row, right in self.answers.items() if row in self._differs]
        a = sum(int(self._a[row]) == right for row, right in counted)
        b = sum(int(self._b[row]) == right for row, right in counted)
        return judge(a, b, len(counted) - a - b, len(counted) + self.left)


def may_count(a: Labels, truth: NDArray[np.integer]) -> bool:
    """Return whether images that were labelled by hand before may count for the verdict.

    `a` (k,) are A's labels and `truth` (k,) the labels by hand, both of all k such images. Somebody who corrects only
    A's mistakes leaves images on which A is wrong, and any B would seem better. So at least half of the images must
    confirm A: then they were reviewed, and not only corrected.
    """
    return bool(len(truth)) and int(np.count_nonzero(a == truth)) * 2 >= len(truth)
