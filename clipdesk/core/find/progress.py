"""Progress of searches through a folder that take longer than a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class FindProgress:
    """How far a piece of work has come. `stage` says in a few words what is being done, such as “Comparing”."""

    stage: str
    done: int
    total: int


OnProgress = Callable[[FindProgress], None]


def ignore_progress(_: FindProgress) -> None:
    """Do nothing: the default `OnProgress`."""
