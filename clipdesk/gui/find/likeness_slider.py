"""A slider for how alike pictures have to be."""

from __future__ import annotations

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from clipdesk.gui.kit.timers import single_shot

#: Delay before a move searches again.
_MOVING_MS = 80
_STEPS_A_DECADE = 20
_STEPS = 5 * _STEPS_A_DECADE
#: At first, about as many pictures are found as fill the window.
_FIRST_COUNT = 30


class LikenessSlider(QSlider):
    """From any picture to nearly the same one.

    The value is the share of random pairs that are less alike, 0…0.99999: each fifth of the slider leaves out nine of
    ten pictures that are left.
    """

    share_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, _STEPS)
        self.setPageStep(_STEPS_A_DECADE)
        self.setMinimumWidth(80)
        self.setMaximumWidth(140)
        self.setToolTip(self.tr("How alike: to the right, only the most similar pictures stay"))
        self.setAccessibleName(self.tr("How alike the pictures have to be"))
        self._moving = single_shot(self, _MOVING_MS, lambda: self.share_changed.emit(self.share))
        self.valueChanged.connect(lambda _: self._moving.start())

    @property
    def share(self) -> float:
        return float(1 - 10 ** (-self.value() / _STEPS_A_DECADE))

    def set_for(self, count: int) -> None:
        """Choose a value that suits a search among `count` pictures. Emits nothing."""
        decades = math.log10(max(count / _FIRST_COUNT, 1))
        with QSignalBlocker(self):
            self.setValue(round(decades * _STEPS_A_DECADE))
