"""Find out which candidate is fastest for a model on this computer, bit by bit between the batches of a job.

The first batches are computed by the first candidate that works and agrees with PyTorch, so that nobody waits for a
measurement. Later, whenever enough time has gone into images, the contest takes a turn: it builds another candidate, or
times one on the test images, or asks how a trial in a child process is going.

Candidates whose embeddings are interchangeable with the present ones can take over at once. One that is faster, but in
another precision, cannot: the job's images have embeddings already, and the two must not be mixed. It is remembered
instead, and takes over when the model is opened again, if few images have to be computed once more (see
local/adoption.py).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from clipdesk.core.messages import to_json
from clipdesk.encoders.local.candidate import Candidate, ModelOnTrial, RiskyCandidate, mark_of
from clipdesk.encoders.local.choosing.choice import PLAIN, Choice
from clipdesk.encoders.local.choosing.stopwatch import Times, measure_in_turns, seconds_of
from clipdesk.encoders.local.choosing.trial import TrialError
from clipdesk.encoders.local.choosing.trying_apart import StartTrial, build_guarded, start_trial, tried_apart

if TYPE_CHECKING:
    from clipdesk.encoders.local.image_towers import ImageTower

logger = logging.getLogger(__name__)

#: The share of the time for images that turns may take. The first turn comes after two seconds of images, so that a
#: small job is not measured at all.
_SHARE = 0.25
_FIRST_TURN_S = 0.5
#: A timed batch has this many multiply-adds at most, which take a slow laptop a third of a second, but at least one
#: image. In a small batch runtimes compare differently.
_MOST_MULTIPLY_ADDS = 16e9
_MOST_IMAGES = 8
#: How many times as fast a candidate has to be to take over at once, and to have images computed again for it.
_FASTER = 1.05
_MUCH_FASTER = 1.25

#: Yields whether the contest only waits for another process, so that another turn at once is useless.
Turns = Generator[bool, None, None]


@dataclass
class Contest:
    """Measures what was not measured when the model was loaded.

    - `tower`: computes images at present; None is the network itself. The contest replaces it.
    - `candidates`: all of this device. `risky` are tried in child processes, after the others.
    - `attempt`: builds a candidate's tower, and returns None if it does not work or does not agree.
    - `known`: what an earlier contest found, under the same conditions.
    - `keep`: is called with what was found.
    - `threads`: how many threads compute on the CPU; 0 on a GPU.
    """

    model: ModelOnTrial
    tower: ImageTower | None
    candidates: Sequence[Candidate]
    risky: Sequence[RiskyCandidate]
    attempt: Callable[[Candidate], ImageTower | None]
    known: Choice
    keep: Callable[[Choice], None]
    threads: int
    start: StartTrial = start_trial
    share: float = _SHARE
    first_turn_s: float = _FIRST_TURN_S
    choice: Choice = field(init=False)
    is_over: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.choice = self.known
        self._turns = self._all_turns()
        self._spent_s = self._computed_s = 0.0

    def add_computed(self, seconds: float) -> None:
        """Count time that went into images."""
        self._computed_s += seconds

    def take_turns(self) -> None:
        """Go on measuring for as long as that is a small part of the time for images."""
        while not self.is_over and self._spent_s <= self.share * self._computed_s - self.first_turn_s:
            began = time.perf_counter()
            waits = self._take_turn()
            self._spent_s += time.perf_counter() - began
            if waits:
                return

    def finish(self) -> None:
        """Go on measuring until the end, however long it takes."""
        while not self.is_over:
            if self._take_turn():
                time.sleep(0.05)

    def close(self) -> None:
        """End without a result, and end the child process."""
        self._turns.close()
        self.is_over = True

    def _take_turn(self) -> bool:
        try:
            return next(self._turns)
        except StopIteration:
            self.is_over = True
        except Exception as error:
            # Broad on purpose: runtimes fail in many ways, and whatever computes images at present goes on doing so.
            logger.info("The runtimes could not be compared (%s).", type(error).__name__)
            logger.debug("Comparing runtimes", exc_info=True)
            self.is_over = True
        return False

    def _all_turns(self) -> Turns:
        present = _name(self.tower)
        towers: dict[str, ImageTower | None] = {PLAIN: None, present: self.tower}
        for candidate in self.candidates:
            if candidate.description not in towers and (tower := self.attempt(candidate)) is not None:
                towers[candidate.description] = tower
            yield False
        count = self._image_count()
        images = np.resize(self.model.test_images, (count, *self.model.test_images.shape[1:]))
        ways = {
            name: (lambda features=self.model.plain if tower is None else tower.features: features(images))
            for name, tower in towers.items()
        }
        times = {name: Times() for name in ways}
        for _ in measure_in_turns(ways, times):
            yield False
        seconds = {name: taken / count for name, taken in seconds_of(times, self.threads).items()}
        self._take_over(towers, seconds)
        by_name = {candidate.description: candidate for candidate in self.risky}
        yield from self._try_risky(seconds, count)
        self._decide(towers, seconds, by_name)

    def _image_count(self) -> int:
        """Return how many images a timed batch has."""
        return int(np.clip(_MOST_MULTIPLY_ADDS / max(self.model.multiply_adds, 1), 1, _MOST_IMAGES))

    def _try_risky(self, seconds: dict[str, float], count: int) -> Turns:
        for candidate in self.risky:
            name = candidate.description
            if name in self.choice.refused or (reason := candidate.why_not(self.model)):
                logger.info("%s is not tried: %s.", name, self.choice.refused.get(name) or reason)
                continue
            try:
                seconds[name] = yield from tried_apart(candidate, self.model, count, self.start)
            except TrialError as error:
                logger.info("%s is not used: %s.", name, str(error) or "OpenVINO does not find the device")
                refused = {**self.choice.refused, name: to_json(str(error.args[0]))}
                # Kept at once, so that a driver which ends this process after all is not tried at every start.
                self.choice = replace(self.choice, refused=refused)
                self.keep(self.choice)

    def _take_over(self, towers: Mapping[str, ImageTower | None], seconds: Mapping[str, float]) -> None:
        """Let the fastest of the interchangeable towers compute from now on."""
        present = _name(self.tower)
        same = [name for name in towers if _mark(towers[name]) == _mark(self.tower)]
        fastest = min(same, key=lambda name: seconds[name])
        if seconds[fastest] * _FASTER < seconds[present]:
            logger.info("%s takes over from %s.", fastest, present)
            self.tower = towers[fastest]

    def _decide(
        self,
        towers: dict[str, ImageTower | None],
        seconds: Mapping[str, float],
        risky: Mapping[str, RiskyCandidate],
    ) -> None:
        present = _name(self.tower)
        fastest = min(seconds, key=lambda name: seconds[name])
        is_faster = seconds[fastest] * _FASTER < seconds[present]
        if is_faster and fastest in risky and _mark_of(risky[fastest]) == _mark(self.tower):
            tower = build_guarded(risky[fastest], self.attempt, self.choice, self.keep)
            if tower is not None:
                self.tower, present = tower, fastest
        is_better = seconds[fastest] * _MUCH_FASTER < seconds[present]
        mark = _mark_of(risky[fastest]) if fastest in risky else _mark(towers[fastest])
        self.choice = replace(
            self.choice,
            chosen=present,
            better=fastest if is_better and mark != _mark(self.tower) else "",
            ms={name: 1000 * taken for name, taken in seconds.items()},
        )
        logger.info("Milliseconds for an image: %s.", ", ".join(f"{n} {ms:.1f}" for n, ms in self.choice.ms.items()))
        self.keep(self.choice)


def _name(tower: ImageTower | None) -> str:
    return PLAIN if tower is None else tower.description


def _mark(tower: ImageTower | None) -> str:
    return "" if tower is None else tower.mark


def _mark_of(candidate: Candidate) -> str:
    return mark_of(candidate.runtime, candidate.precision)
