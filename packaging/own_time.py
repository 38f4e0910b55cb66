"""How long a command takes, and whether the computer was busy with other work meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Above this share of the CPUs' time for other work, the clock says nothing about the command.
MOST_OTHER_WORK = 0.2


@dataclass(frozen=True)
class Timing:
    """One run: by the clock, in CPU time (0 where the system does not say), and the share of CPU time for others."""

    clock_s: float
    cpu_s: float
    other_work: float


def timed(run: Callable[[], object], stat: Path = Path("/proc/stat")) -> Timing:
    """Run something that starts child processes and waits for them."""
    busy_before, before, started_s = _busy_s(stat), os.times(), time.monotonic()
    run()
    clock_s, after, busy_after = time.monotonic() - started_s, os.times(), _busy_s(stat)
    cpu_s = sum(after[:4]) - sum(before[:4])
    capacity_s = clock_s * (os.cpu_count() or 1)
    # Without /proc/stat nothing is known, and the clock has to do.
    others = (busy_after - busy_before - cpu_s) / capacity_s if busy_after and capacity_s else 0.0
    return Timing(clock_s, cpu_s, min(max(others, 0.0), 1.0))


def judged(timings: Sequence[Timing], limit_s: float, threads: int) -> tuple[bool, str]:
    """Return whether the fastest run keeps the limit, and what to say about it.

    A person waits by the clock, so it decides. But a computer that works for others at the same time makes the clock
    meaningless; then nothing is judged, unless the CPU time alone shows that the limit cannot be kept: `threads`
    threads do not compute more than that many seconds in one second.
    """
    best = min(timings, key=lambda one: one.clock_s)
    text = f"{best.clock_s:.1f} s"
    if best.clock_s <= limit_s or best.other_work <= MOST_OTHER_WORK:
        return best.clock_s <= limit_s, text
    least_cpu_s = min(one.cpu_s for one in timings)
    text += f", not judged: other work took {best.other_work:.0%} of the CPUs; {least_cpu_s:.1f} s of CPU time"
    return least_cpu_s <= threads * limit_s, text


def _busy_s(stat: Path) -> float:
    """Return the time all CPUs have worked since the start; also that which a host took from them. 0 if unknown."""
    try:
        first = stat.read_text().splitlines()[0].split()
    except (OSError, IndexError):
        return 0.0
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, first[1:9])
    return float(user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
