"""Select what computes a model's images at first: what was measured to be the fastest here, or else what may be.

Forced precisions are not measured. Neither is anything if the result could not be kept, or the model is small.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clipdesk.core.messages import decimal, from_json, joined, message
from clipdesk.encoders.devices import Place
from clipdesk.encoders.local.candidate import Candidate, Forward, RiskyCandidate
from clipdesk.encoders.local.choosing.choice import PLAIN, Choice, Remembered, facts_now
from clipdesk.encoders.local.choosing.contest import Contest
from clipdesk.encoders.local.choosing.trying_apart import build_guarded, passes_apart
from clipdesk.encoders.local.image_towers import (
    ImageTower,
    attempt,
    candidates_for,
    choose_tower,
    first_tower,
    put_on_trial,
    risky_candidates_for,
)
from clipdesk.encoders.local.openvino_candidate import Conversion

logger = logging.getLogger(__name__)

#: A ratio that is less than this says nothing to a person.
_LEAST_SPEED_UP = 1.05


@dataclass(frozen=True)
class Selection:
    """What computes images: `tower`, or the network itself if that is None. `contest` may find something faster."""

    tower: ImageTower | None
    contest: Contest | None = None
    choice: Choice | None = None

    def on(self, place: Place) -> Place:
        """Return the place where images are computed now, in the words of the status bar."""
        tower, choice = self.tower, self.choice
        if tower is not None:
            place = replace(place, runtime=tower.description)
            if tower.hardware:
                place = replace(place, hardware=tower.hardware, threads=0)
        if choice is not None and tower is not None and choice.speed_up >= _LEAST_SPEED_UP:
            words = message("core", "{runtime}: {ratio} times as fast as PyTorch here")
            place = replace(place, runtime=words.of(runtime=tower.description, ratio=decimal(choice.speed_up, 1)))
        refused = [
            message("core", "{runtime} is not used: {reason}").of(runtime=name, reason=from_json(reason))
            for name, reason in (choice.refused.items() if choice is not None else ())
            if reason
        ]
        return replace(place, reason=joined("; ", filter(None, (place.reason, *refused)))) if refused else place


def select(
    network: Any,
    forward: Forward,
    size: tuple[int, int],
    place: Place,
    *,
    name: str,
    remembered: Remembered | None,
    candidates: Sequence[Candidate] | None = None,
    risky: Sequence[RiskyCandidate] | None = None,
) -> Selection:
    """Return what computes the images of a network in fp32 on its device; see `choose_tower` for the parameters.

    `name` is the model's. `remembered` is where a choice is kept; None if it is not. Raises what `choose_tower` raises.
    """
    if remembered is None or place.precision is not None:
        return Selection(choose_tower(network, forward, size, place, candidates))
    conversion = Conversion()
    candidates = candidates_for(place, conversion) if candidates is None else candidates
    risky = risky_candidates_for(place, conversion) if risky is None else risky
    facts, known = facts_now(), remembered.find()
    if known is not None and known.chosen == PLAIN and known.facts == facts and known.is_complete:
        return Selection(None, choice=known)
    try:
        model, is_small = put_on_trial(network, forward, size, place, name)
    except RuntimeError as error:
        if place.device != "mps":
            raise
        # The GPU may be able to compute a smaller batch later, or its failure is reported then.
        logger.info("Runtimes are not compared, as the test images cannot be computed (%s).", type(error).__name__)
        return Selection(None)
    if is_small:
        return Selection(first_tower(candidates, model, is_small=True))
    start = functools.partial(attempt, model=model)
    tower = None
    if known is not None and known.chosen not in known.refused:
        chosen = next((one for one in (*candidates, *risky) if one.description == known.chosen), None)
        # Its embeddings are in the store, so it comes first even if it has to be measured again.
        if isinstance(chosen, RiskyCandidate):
            # After an update, its driver may do anything.
            if known.facts == facts or passes_apart(chosen, model):
                tower = build_guarded(chosen, start, known, remembered.keep)
        elif chosen is not None:
            tower = start(chosen)
    if tower is None and (known is None or known.chosen != PLAIN):
        tower = first_tower(candidates, model, is_small=False)
    present = PLAIN if tower is None else tower.description
    if known is not None and known.facts == facts and known.is_complete and known.chosen == present:
        return Selection(tower, choice=known)
    known = remembered.find()  # the tower that was chosen before may have been refused meanwhile
    refused = known.refused if known is not None and known.facts == facts else {}
    now = Choice(present, facts, refused=refused)
    if known != now:
        remembered.keep(now)  # so that the identity stays the same until the contest is over
    contest = Contest(
        model=model,
        tower=tower,
        candidates=candidates,
        risky=risky,
        attempt=start,
        known=now,
        keep=remembered.keep,
        threads=0 if place.is_gpu else place.threads,
    )
    if place.is_gpu and place.device != "mps":
        contest.finish()  # takes a blink there, and the network's own tower is about to leave the GPU
        return Selection(contest.tower, choice=contest.choice)
    return Selection(tower, contest, contest.choice)
