"""Collect cyclic garbage on the GUI thread only.

Python runs its collector on whichever thread happens to allocate. On a worker thread it would destroy widgets, which
belong to the GUI thread, and Qt would abort the program.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1_000
#: What outlives a collection that took longer than this is left out of later ones. With torch, 418,000 objects live
#: until the end, and each full collection would block the window for 100 to 350 ms.
_LONG_S = 0.02


class GarbageCollector(QObject):
    """Replaces Python's automatic collection until `stop`, with the same thresholds.

    Objects that are left out stay in memory if they become cyclic garbage, which few do: they are modules and the
    widgets that are open at the time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start(_INTERVAL_MS)

    def collect_if_due(self) -> None:
        """Collect the oldest generation that has reached its threshold, together with the younger ones."""
        pairs = list(zip(gc.get_count(), gc.get_threshold(), strict=True))
        for generation in (2, 1, 0):
            count, threshold = pairs[generation]
            if 0 < threshold < count:
                began = time.thread_time()
                gc.collect(generation)
                if generation == 2 and time.thread_time() - began > _LONG_S:
                    gc.freeze()
                return

    def stop(self) -> None:
        """Turn automatic collection on again if it was on before."""
        self._timer.stop()
        if self._was_automatic:
            gc.enable()
