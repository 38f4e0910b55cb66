"""Python's cyclic garbage, collected in the thread of the window alone.

Python collects in whichever thread allocates at the moment. When that is a worker, widgets in the garbage are destroyed
there, and Qt, whose widgets belong to one thread, ends the program.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class GarbageCollector(QObject):
    """Takes automatic collection over until `stop`, by the same thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start(_EVERY_MS)

    def collect_what_is_due(self) -> None:
        """Collect the oldest generation whose threshold is reached, and the younger ones with it."""
        pairs = list(zip(gc.get_count(), gc.get_threshold(), strict=True))
        for generation in (2, 1, 0):
            count, threshold = pairs[generation]
            if 0 < threshold < count:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Let Python collect for itself again, if it did before."""
        self._timer.stop()
        if self._was_automatic:
            gc.enable()
