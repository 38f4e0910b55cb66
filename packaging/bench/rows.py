"""A row of the benchmark, and how its times are measured."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from processors import cpu_s, measuring

Unit = Literal["×", "s", "ms", "a second", "bytes", "pictures"]
Verdict = Literal["reached", "missed", "not judged"]

#: Where other programs took more of the processors, a row is not judged.
MOST_OTHERS_SHARE = 0.1


class NotMeasuredError(Exception):
    """A row cannot be measured here. The message says why."""


@dataclass(frozen=True)
class Measured:
    """The value that is compared with the target, and what it was computed from. NaN if nothing can be said."""

    value: float
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One measurement: `what` is compared with the baseline `against`.

    The value should be at most `target`, or at least `target` with `more_is_better`. `measure` gets an empty folder,
    which is deleted afterwards. It may raise NotMeasuredError. What other programs take counts during all of it, or, if
    it calls `in_turns` or enters `processors.measuring()`, only there.
    """

    name: str
    what: str
    against: str
    target: float
    unit: Unit
    measure: Callable[[Path], Measured]
    more_is_better: bool = False

    def is_reached(self, value: float) -> bool:
        return value >= self.target if self.more_is_better else value <= self.target

    def judge(self, value: float, others_share: float) -> Verdict:
        """Judge a value that was measured while other programs took a share of the processors, 0 to 1.

        Other programs only ever make a time longer, so a time that reaches its target counts all the same. In a ratio
        they may have slowed the baseline instead. Memory is the same on a busy computer.
        """
        if math.isnan(value):
            return "not judged"
        verdict: Verdict = "reached" if self.is_reached(value) else "missed"
        if others_share <= MOST_OTHERS_SHARE or self.unit == "bytes":
            return verdict
        return verdict if verdict == "reached" and self.unit != "×" else "not judged"

    @property
    def target_text(self) -> str:
        return f"{'≥' if self.more_is_better else '≤'} {self.text(self.target)}"

    def text(self, value: float) -> str:
        return f"{value:.2f} {self.unit}" if self.unit in ("×", "s") else f"{value:,.0f} {self.unit}"


@dataclass(frozen=True)
class Took:
    """Seconds by the clock and of CPU time. Equal for one thread that never waits, on an idle computer."""

    clock_s: float
    cpu_s: float

    def __str__(self) -> str:
        return f"{self.clock_s:.2f} s ({self.cpu_s:.2f} s of CPU time)"


def in_turns(*works: Callable[[], object], times: int = 5) -> list[Took]:
    """Return the shortest time of each work. They run in turns, so that other programs slow all alike."""
    clock, cpu = [[float("inf")] * len(works) for _ in range(2)]
    with measuring():
        for _ in range(times):
            for place, work in enumerate(works):
                began, used = time.perf_counter(), cpu_s()
                work()
                clock[place] = min(clock[place], time.perf_counter() - began)
                cpu[place] = min(cpu[place], cpu_s() - used)
    return [Took(*pair) for pair in zip(clock, cpu, strict=True)]
