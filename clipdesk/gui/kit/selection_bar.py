"""The bar at the left edge of a selected row: not everybody sees the tint behind it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from clipdesk.gui.kit.theme import GRID, tokens

_WIDTH = 3


def paint_selection_bar(painter: QPainter, ground: QRectF, *, active: bool) -> None:
    """Paint the bar on the tinted `ground` of a row; without the focus (not `active`) in a quiet colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().accent if active else tokens().secondary))
    bar = QRectF(ground.left(), ground.top() + GRID, _WIDTH, ground.height() - 2 * GRID)
    painter.drawRoundedRect(bar, _WIDTH / 2, _WIDTH / 2)
