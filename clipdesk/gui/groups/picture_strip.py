"""A few pictures in a row, cut to squares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clipdesk.gui.kit.theme import GRID, RADIUS, mixed, tokens
from clipdesk.gui.loading.thumbnails import Thumbnails

#: Pictures shown, and the height of each in px. Their width fits the strip.
COUNT, _HEIGHT = 4, 92
#: Thumbnails fit into squares of this size. Larger than the cells, because both ends of the longer side are cut off.
_THUMBNAIL = 144


class PictureStrip(QWidget):
    """Shows up to four pictures. A click anywhere is reported."""

    clicked = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._paths: tuple[Path, ...] = ()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        thumbnails.thumbnails_loaded.connect(self._on_loaded)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The pictures that are shown."""
        return self._paths

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Show the first four of these pictures."""
        if tuple(paths[:COUNT]) != self._paths:
            self._paths = tuple(paths[:COUNT])
            self.update()

    def _on_loaded(self, paths: list[Path]) -> None:
        if not set(paths).isdisjoint(self._paths):
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(COUNT * _HEIGHT + (COUNT - 1) * GRID, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(COUNT * _HEIGHT // 2, _HEIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = (self.width() - (COUNT - 1) * GRID) / COUNT
        for place, path in enumerate(self._paths):
            cell = QRectF(place * (width + GRID), 0, width, self.height())
            outline = QPainterPath()
            outline.addRoundedRect(cell, RADIUS, RADIUS)
            pixmap = self._thumbnails.pixmap(path, _THUMBNAIL)
            if pixmap is None:
                painter.fillPath(outline, mixed(tokens().text, 0.08))
                continue
            part = cell.size().scaled(pixmap.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio).toSize()
            source = QRect(0, 0, part.width(), part.height())
            source.moveCenter(pixmap.rect().center())
            painter.setClipPath(outline)
            painter.drawPixmap(cell, pixmap, QRectF(source))
            painter.setClipping(False)
