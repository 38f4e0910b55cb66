"""Progress of searches through a folder that take longer than a moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from clipdesk.core.errors import Cancelled
from clipdesk.core.messages import message


@dataclass(frozen=True)
class FindProgress:
    """How far a piece of work has come. `stage` says in a few words what is being done, such as “Comparing”."""

    stage: str
    done: int
    total: int


OnProgress = Callable[[FindProgress], None]


def ignore_progress(_: FindProgress) -> None:
    """Do nothing: the default `OnProgress`."""


def raise_if_set(cancel: threading.Event | None) -> None:
    """Raise Cancelled if the event is set."""
    if cancel is not None and cancel.is_set():
        raise Cancelled(message("core", "Stopped."))
