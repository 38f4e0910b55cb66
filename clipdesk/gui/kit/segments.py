"""A row of segments, one of which is selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from clipdesk.gui.kit.theme import RADIUS, body_font, mixed, tokens


class Segments(QWidget):
    """Offers a few choices side by side. The arrow keys switch between them."""

    chosen = Signal(str)  # the name of the choice

    def __init__(self, choices: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`choices` are name, text and tooltip of each. The first one is selected."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._segments: dict[str, Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for name, text, tip in choices:
            segment = Segment(text, tip, self)
            self._segments[name] = segment
            self._group.addButton(segment)
            row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.select(choices[0][0])
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def choice(self) -> str:
        return next(name for name, segment in self._segments.items() if segment.isChecked())

    def select(self, name: str) -> None:
        """Select a choice without emitting `chosen`. Unknown names are ignored."""
        if name in self._segments:
            self._group.blockSignals(True)
            self._segments[name].setChecked(True)
            self._group.blockSignals(False)

    def segment(self, name: str) -> Segment:
        return self._segments[name]

    def _on_toggled(self, _: QAbstractButton, checked: bool) -> None:
        if checked:
            self.chosen.emit(self.choice)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.line_strong), 1))
        painter.setBrush(QColor(t.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()


class Segment(QToolButton):
    """One of the choices."""

    def __init__(self, text: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = mixed(t.text, 0.10) if self.isChecked() else mixed(t.text, 0.05) if self.underMouse() else None
        painter.setPen(QPen(QColor(t.accent), 1) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(Qt.BrushStyle.NoBrush if ground is None else ground)
        painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)
        if self.isChecked():
            bar = QRectF(area.left() + RADIUS, area.bottom() - 2, area.width() - 2 * RADIUS, 2)
            painter.fillRect(bar, QColor(t.accent if self.isEnabled() else t.disabled))
        painter.setFont(body_font(self.font(), semibold=False))
        color = t.disabled if not self.isEnabled() else t.text if self.isChecked() else t.secondary
        painter.setPen(QColor(color))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
