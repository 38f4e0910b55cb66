"""A frame over a part of the window that says what a drop will do there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from clipdesk.gui.kit.theme import GAP, PADDING, RADIUS, body_font, tokens

_LINE = 2


class DropFrame(QWidget):
    """Hidden until `set_shown`. Ignores the mouse."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_text(self, text: str) -> None:
        """Say that a drop does this."""
        self._text = text
        self.update()

    def set_shown(self, shown: bool) -> None:
        """Cover the parent widget, or hide."""
        if shown:
            parent = self.parentWidget()
            assert parent is not None
            self.setGeometry(parent.rect())
            self.raise_()
        self.setVisible(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent, veil = QColor(t.accent), QColor(t.accent)
        veil.setAlphaF(0.08)
        area = QRectF(self.rect()).adjusted(_LINE, _LINE, -_LINE, -_LINE)
        painter.setPen(QPen(accent, _LINE))
        painter.setBrush(veil)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.setFont(body_font(self.font(), semibold=True))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, round(area.width()) - 4 * PADDING)
        pill = QRectF(0, 0, metrics.horizontalAdvance(text) + 2 * PADDING, metrics.height() + 2 * GAP)
        pill.moveCenter(area.center())
        pill.moveBottom(area.bottom() - 2 * PADDING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawRoundedRect(pill, RADIUS, RADIUS)
        painter.setPen(QColor(t.on_accent))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
