"""A histogram of probabilities with a threshold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from clipdesk.gui.kit.accessible_roles import set_accessible_role
from clipdesk.gui.kit.theme import mixed, tokens

_HEIGHT = 56
#: Bars whose count is not 0 are at least this high.
_LEAST_HEIGHT = 2.0


class Histogram(QWidget):
    """Bars for equal parts of 0…1: filled from the threshold on, outlined below it.

    `margin` px at both sides are left free, so that the threshold lies above the handle of a slider.
    """

    def __init__(self, margin: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_accessible_role(self, QAccessible.Role.Chart)
        self._margin = margin
        self._counts = np.zeros(0, np.intp)
        self._threshold = 0.0
        self._color = QColor(tokens().accent)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("How probable the labels are"))

    def set_counts(self, counts: NDArray[np.intp], color: QColor) -> None:
        """Show these counts (bins,) in this colour."""
        self._counts, self._color = counts, color
        self.update()

    def set_threshold(self, threshold: float) -> None:
        """Show this threshold, 0…1."""
        self._threshold = threshold
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, width, bottom = float(self._margin), float(self.width() - 2 * self._margin), self.height() - 1.0
        painter.setPen(QPen(QColor(t.line_strong), 1))
        painter.drawLine(round(left), round(bottom), round(left + width), round(bottom))
        most = int(self._counts.max()) if len(self._counts) else 0
        step = width / max(len(self._counts), 1)
        for place, count in enumerate(self._counts.tolist()):
            if not count:
                continue
            # The square root keeps small counts visible beside a tall bar.
            height = max(_LEAST_HEIGHT, (bottom - 4) * (count / most) ** 0.5)
            bar = QRectF(left + place * step + 0.5, bottom - height, max(step - 1, 1.0), height)
            if (place + 1) / len(self._counts) > self._threshold + 1e-9:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._color)
                painter.drawRect(bar)
            else:
                painter.setPen(QPen(mixed(self._color, 0.7), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, 0))
        if self._threshold > 0:
            x = left + width * self._threshold
            painter.setPen(QPen(QColor(t.text), 1, Qt.PenStyle.DashLine))
            painter.drawLine(round(x), 0, round(x), round(bottom))
