"""How long several ways to compute the same take, measured so that other programs change little."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

#: Rounds that count, after one that warms up.
ROUNDS = 3
#: The clock is trusted if the two shortest times of each way differ by less than this share, and neither is longer than
#: the CPU time: then it waited for a CPU.
_STEADY = 0.1


@dataclass
class Times:
    """The times of one way in each round: seconds by the clock, and of CPU time of all threads of this process."""

    clock_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)

    @property
    def is_steady(self) -> bool:
        shortest, second, *_ = sorted(self.clock_s)
        return second <= (1 + _STEADY) * min(shortest, *self.cpu_s)


def measure_in_turns(
    ways: Mapping[str, Callable[[], object]], times: Mapping[str, Times], rounds: int = ROUNDS
) -> Iterator[None]:
    """Run each way once a round, add to its `times`, and yield after each run.

    Each round starts with another way, so that whatever else happens on this computer slows all of them alike.
    """
    names = list(ways)
    for turn in range(rounds + 1):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            began, used = time.perf_counter(), time.process_time()
            ways[name]()
            if turn:  # in the first round, libraries still prepare
                times[name].clock_s.append(time.perf_counter() - began)
                times[name].cpu_s.append(time.process_time() - used)
            yield


def seconds_of(times: Mapping[str, Times], threads: int) -> dict[str, float]:
    """Return the seconds that each way takes.

    That is its shortest time by the clock. If the clock is disturbed for any of them, because other programs compute,
    it is the least CPU time, shared by the `threads` that the ways run on. With 0 threads, as on a GPU, the clock has
    to do.
    """
    if not threads or all(one.is_steady for one in times.values()):
        return {name: min(one.clock_s) for name, one in times.items()}
    return {name: min(one.cpu_s) / threads for name, one in times.items()}
