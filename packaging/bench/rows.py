"""A row of the benchmark, and how its times are measured."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Unit = Literal["×", "s", "ms", "a second", "bytes", "pictures"]


@dataclass(frozen=True)
class Measured:
    """The value that is compared with the target, and what it was computed from."""

    value: float
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One measurement: `what` is compared with the baseline `against`.

    The value should be at most `target`, or at least `target` with `more_is_better`. `measure` gets an empty folder,
    which is deleted afterwards.
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
    for _ in range(times):
        for place, work in enumerate(works):
            began, used = time.perf_counter(), _cpu_s()
            work()
            clock[place] = min(clock[place], time.perf_counter() - began)
            cpu[place] = min(cpu[place], _cpu_s() - used)
    return [Took(*pair) for pair in zip(clock, cpu, strict=True)]


def _cpu_s() -> float:
    """Return the CPU time of this process and of the child processes that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
