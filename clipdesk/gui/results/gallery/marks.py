"""The marks that tell the statuses of labels apart by their shape."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import tokens
from clipdesk.gui.results.delegates import paint_tick
from clipdesk.gui.results.gallery.captions import Caption, Mark
from clipdesk.gui.session.verdict import diamond

MARK = 14


def mark_pixmap(caption: Caption, ratio: float) -> QPixmap:
    """Return the mark of a caption in a square of MARK px. `ratio` is the device pixel ratio."""
    color = caption.color or (tokens().bad if caption.mark == "warning" else tokens().secondary)
    return _render(caption.mark, color, ratio)


@lru_cache(maxsize=512)
def _render(mark: Mark, color: str, ratio: float) -> QPixmap:
    if mark == "warning":
        return icons.pixmap("warning", MARK, color, ratio)
    if mark == "lens":
        return icons.pixmap("search", MARK, color, ratio)
    result = QPixmap(round(MARK * ratio), round(MARK * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, mark, QColor(color))
    painter.end()
    return result


def _paint(painter: QPainter, mark: Mark, color: QColor) -> None:
    middle = QPointF(MARK / 2, MARK / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if mark == "tick":
        paint_tick(painter, middle, color)
    elif mark == "dot":
        painter.drawEllipse(middle, 4, 4)
    elif mark == "dots":
        for step in (-4, 0, 4):
            painter.drawEllipse(middle + QPointF(step, 0), 1.3, 1.3)
    elif mark == "diamond":
        painter.drawPolygon(diamond(middle, 5))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 1.5))
        if mark == "hollow diamond":
            painter.drawPolygon(diamond(middle, 4.25))
        elif mark == "ring":
            painter.drawEllipse(middle, 3.25, 3.25)
        else:
            painter.drawEllipse(middle, 5.25, 5.25)
            painter.drawLine(middle + QPointF(-3.7, 3.7), middle + QPointF(3.7, -3.7))
