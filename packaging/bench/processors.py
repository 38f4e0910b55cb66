"""How much of the processors other programs took while something was measured, and how much this benchmark.

On Linux the kernel counts it: what all processors were busy, less the CPU time of this process and of the children
that it has waited for. Elsewhere a calibrated load before and after the measurement shows it: threads that could use
every processor, and get less CPU time than the clock shows, share the processors with others.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TypeVar

_KERNEL_COUNTS = Path("/proc/stat")
_PROBE_S = 0.3
_T = TypeVar("_T")


@dataclass(frozen=True)
class Use:
    """Seconds by the clock; seconds of CPU time of this benchmark and of everything else, on all processors."""

    clock_s: float = 0.0
    own_s: float = 0.0
    others_s: float = 0.0

    def __add__(self, other: Use) -> Use:
        return Use(self.clock_s + other.clock_s, self.own_s + other.own_s, self.others_s + other.others_s)

    @property
    def others_share(self) -> float:
        """Which share of the processors others took, 0 to 1."""
        return min(1.0, self.others_s / (self.clock_s * processor_count())) if self.clock_s else 0.0


@dataclass
class Watch:
    """What was used from the beginning to the end of a row, and in those parts of it whose times count."""

    whole: Use = Use()
    parts: list[Use] = field(default_factory=list)

    @property
    def others_share(self) -> float:
        """Which share of the processors others took while times were measured; without such parts, in all."""
        return sum(self.parts, Use()).others_share if self.parts else self.whole.others_share


_watch: Watch | None = None
_is_measuring = False


@contextmanager
def watching() -> Iterator[Watch]:
    """Yield a watch, which is complete after the block."""
    global _watch
    _watch, used_since = Watch(), _start_counting()
    try:
        yield _watch
        _watch.whole = used_since()
    finally:
        _watch = None


@contextmanager
def measuring() -> Iterator[None]:
    """Mark a part of a row whose times count: others are watched there, and not while images are drawn before it.

    A part within a part belongs to the outer one.
    """
    global _is_measuring
    if _is_measuring or _watch is None or not _KERNEL_COUNTS.exists():
        yield
        return
    _is_measuring, used_since = True, _start_counting()
    try:
        yield
        _watch.parts.append(used_since())
    finally:
        _is_measuring = False


def once(measure: Callable[..., _T]) -> Callable[..., _T]:
    """Measure at the first call only, for rows that share a measurement. Others' share then counts for each of them."""
    kept: list[tuple[_T, list[Use]]] = []

    @wraps(measure)
    def measured(*arguments: object) -> _T:
        parts = _watch.parts if _watch is not None else []
        if kept:
            parts += kept[0][1]
        else:
            before = len(parts)
            with measuring():
                value = measure(*arguments)
            kept.append((value, parts[before:]))
        return kept[0][0]

    return measured


def _start_counting() -> Callable[[], Use]:
    """Return a function that returns what has been used since now."""
    if _KERNEL_COUNTS.exists():
        began, busy, own = time.perf_counter(), busy_s(_KERNEL_COUNTS.read_text(encoding="ascii")), cpu_s()

        def used_by_count() -> Use:
            own_s = cpu_s() - own
            others_s = busy_s(_KERNEL_COUNTS.read_text(encoding="ascii")) - busy - own_s
            return Use(time.perf_counter() - began, own_s, max(0.0, others_s))

        return used_by_count
    missing, began, own = missing_share(), time.perf_counter(), cpu_s()

    def used_by_load() -> Use:
        clock_s, own_s = time.perf_counter() - began, cpu_s() - own
        return Use(clock_s, own_s, max(missing, missing_share()) * clock_s * processor_count())

    return used_by_load


def busy_s(kernel_counts: str) -> float:
    """Return how many seconds the processors of this process were busy since the start, from /proc/stat's text.

    Time that a hypervisor gave to other machines (steal) counts too.
    """
    usable = {f"cpu{number}" for number in os.sched_getaffinity(0)}
    ticks = 0
    for line in kernel_counts.splitlines():
        name, *counts = line.split()
        if name in usable:
            user, nice, system, _idle, _waiting, interrupts, soft_interrupts, stolen = map(int, counts[:8])
            ticks += user + nice + system + interrupts + soft_interrupts + stolen
    return ticks / os.sysconf("SC_CLK_TCK")


def missing_share(seconds: float = _PROBE_S) -> float:
    """Load every processor for a moment; return which share of the processors this process did not get."""
    block = bytes(1 << 20)
    end = time.perf_counter() + seconds

    def load() -> None:
        while time.perf_counter() < end:
            hashlib.sha256(block)  # releases the GIL

    began, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(processor_count()) as pool:
        for future in [pool.submit(load) for _ in range(processor_count())]:
            future.result()
    had = (time.process_time() - used) / ((time.perf_counter() - began) * processor_count())
    return max(0.0, 1 - had)


def processor_count() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cpu_s() -> float:
    """Return the CPU time of this process and of the child processes that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
