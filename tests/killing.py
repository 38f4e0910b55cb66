"""Programs that die in the middle of a transaction."""

from __future__ import annotations

import itertools
import os
import signal

from clipdesk.core.store.store_file import StoreFile


def die_at_statement(file: StoreFile, number: int) -> None:
    """Kill this process before the statement of SQL with this number, counted from 1, is run on `file`."""
    numbers = itertools.count(1)
    connection = file._connected()
    assert connection is not None

    def on_statement(_: str) -> None:
        if next(numbers) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.set_trace_callback(on_statement)
