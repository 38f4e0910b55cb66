"""A program that saves a growing desk until it is killed."""

from __future__ import annotations

import itertools
import os
import signal
from pathlib import Path

import numpy as np

from clipdesk.core.desk.desk_keeper import DeskKeeper
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile


def write_desks(folder: Path, kill_at_statement: int) -> None:
    """Save ten images more each time, print how many, and die before that statement of SQL, counted from 1."""
    numbers = itertools.count(1)

    def on_statement(_: str) -> None:
        if next(numbers) == kill_at_statement:
            os.kill(os.getpid(), signal.SIGKILL)

    set_up = DeskDocument._set_up

    def set_up_and_watch(self: DeskDocument) -> None:
        set_up(self)
        self._connection.set_trace_callback(on_statement)

    DeskDocument._set_up = set_up_and_watch  # type: ignore[method-assign]
    keeper = DeskKeeper(folder, print)
    keeper.read_last()
    labels = LabelSet((Label("dog"), Label("cat")))
    images = ImageList()
    while True:
        first = len(images)
        images.add(ImageFile(Path(f"/pictures/{first + number}.jpg"), 1, number) for number in range(10))
        corrected = np.array([len(images) - 1])
        keeper.save(DeskState(labels, 0.5, images.copy(), corrected, np.array([7]), sources=(Path("/pictures"),)))
        print(len(images), flush=True)
