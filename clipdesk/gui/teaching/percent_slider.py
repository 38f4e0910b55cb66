"""A slider for a percentage, which reports a choice once the user has made it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from clipdesk.gui.kit.timers import single_shot

#: Keys and the wheel change the value in steps: the choice is what it rests on.
_REST_MS = 500


class PercentSlider(QSlider):
    """0 to 100. `moved` is emitted for each step, `chosen` when the handle is released or rests. Both carry 0…1."""

    moved = Signal(float)
    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, 100)
        self.setPageStep(10)
        self._rest = single_shot(self, _REST_MS, self._choose)
        self.valueChanged.connect(self._on_changed)
        self.sliderReleased.connect(self._choose)
        self._is_set = True

    @property
    def share(self) -> float:
        """The value as 0…1."""
        return self.value() / 100

    def set_share(self, share: float) -> None:
        """Show a value without emitting anything. Ignored while the user moves the handle."""
        if self.isSliderDown() or self._rest.isActive():
            return
        with QSignalBlocker(self):
            self.setValue(round(100 * share))

    @property
    def handle_margin(self) -> int:
        """The distance of the handle's middle from the widget's edges at both ends, in px."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        length = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)
        return max(length // 2, 0)

    def finish(self) -> None:
        """Report now what the user has chosen and not rested on yet."""
        if self._rest.isActive():
            self._choose()

    def _on_changed(self, value: int) -> None:
        self.moved.emit(value / 100)
        if not self.isSliderDown():
            self._rest.start()

    def _choose(self) -> None:
        self._rest.stop()
        self.chosen.emit(self.share)
