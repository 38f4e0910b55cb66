"""Try risky candidates in a child process, and build in this one only what has passed there."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from clipdesk.core.messages import message, to_json
from clipdesk.encoders.local.candidate import LEAST_COSINE, Candidate, ModelOnTrial, RiskyCandidate, least_cosine
from clipdesk.encoders.local.choosing.choice import Choice
from clipdesk.encoders.local.choosing.trial import Answer, Trial, TrialError

if TYPE_CHECKING:
    from clipdesk.encoders.local.image_towers import ImageTower

logger = logging.getLogger(__name__)

StartTrial = Callable[[RiskyCandidate, ModelOnTrial, int], Trial]


def start_trial(candidate: RiskyCandidate, model: ModelOnTrial, count: int) -> Trial:
    """Start a trial whose timed batches have `count` images. Raises TrialError."""
    folder = tempfile.TemporaryDirectory(prefix="clipdesk-trial-", ignore_cleanup_errors=True)
    try:
        task = candidate.write_task(model, Path(folder.name))
        return Trial({**task, "count": count}, model.test_images, folder)
    except TrialError:
        raise
    except Exception as error:
        # Broad on purpose: a network that a runtime cannot convert fails in many ways.
        folder.cleanup()
        raise TrialError(message("core", "it cannot compute this model")) from error


def tried_apart(
    candidate: RiskyCandidate, model: ModelOnTrial, count: int, start: StartTrial = start_trial
) -> Generator[bool, None, float]:
    """Yield True while a candidate is tried in a child process. Return the seconds that it takes for an image.

    Raises TrialError if the device is not there, or the child crashes, hangs, or computes other embeddings.
    """
    trial = start(candidate, model, count)
    try:
        yield True
        while (answer := trial.poll()) is None:
            yield True
    finally:
        trial.close()
    cosine = _cosine(answer, model)
    logger.info("%s: cosine %.7f to PyTorch in fp32.", candidate.description, cosine)
    if not (cosine >= LEAST_COSINE[candidate.precision] and 0 < answer.seconds < np.inf):
        raise TrialError(message("core", "it computes other numbers"))
    return answer.seconds


def passes_apart(candidate: RiskyCandidate, model: ModelOnTrial, start: StartTrial = start_trial) -> bool:
    """Try a candidate in a child process, wait for it, and return whether it works and agrees."""
    trial = tried_apart(candidate, model, 1, start)
    try:
        while next(trial):
            time.sleep(0.05)
    except StopIteration:
        return True
    except TrialError as error:
        logger.info("%s is not used: %s.", candidate.description, error)
    return False


def build_guarded(
    candidate: RiskyCandidate,
    attempt: Callable[[Candidate], ImageTower | None],
    choice: Choice,
    keep: Callable[[Choice], None],
) -> ImageTower | None:
    """Build a risky candidate's tower in this process. If that fails, or ends the process, it is not tried again."""

    def refuse(reason: str) -> None:
        keep(replace(choice, refused={**choice.refused, candidate.description: to_json(reason)}))

    refuse(message("core", "it ended the program"))
    tower = attempt(candidate)
    if tower is None:
        refuse(message("core", "it cannot compute this model"))
    else:
        keep(choice)
    return tower


def _cosine(answer: Answer, model: ModelOnTrial) -> float:
    """Return the least cosine of an answer to the expected embeddings; NaN if they are not even comparable."""
    found = answer.embeddings
    if found.shape != model.expected.shape or not np.isfinite(found).all():
        return float("nan")
    return least_cosine(found, model.expected)
