"""A desk that an earlier window left behind."""

from __future__ import annotations

from clipdesk.core.desk.desk_keeper import DeskKeeper
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.store_settings import desks_folder


def keep_desk(state: DeskState) -> None:
    """Save a desk as the last one of the test."""
    problems: list[str] = []
    keeper = DeskKeeper(desks_folder(), problems.append)
    keeper.save(state)
    keeper.close()
    assert not problems


def keep_labels(label_set: LabelSet) -> None:
    """Let the next window begin with these labels."""
    keep_desk(DeskState(label_set))
