"""Switches with two segments: between similarity and probability, and between table and gallery."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from clipdesk.gui.kit.theme import RADIUS, body_font, mixed, tokens


class SegmentSwitch(QWidget):
    """Segments, one of which is selected. The arrow keys switch between them."""

    mode_chosen = Signal(str)

    def __init__(
        self, words: Mapping[str, tuple[str, str]], tips: Mapping[str, str], mode: str, parent: QWidget | None
    ) -> None:
        """`words` maps each mode to its text and a short text, and `tips` to its tooltip. `mode` is selected."""
        super().__init__(parent)
        self._words = words
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for name, (word, _) in self._words.items():
            segment = _Segment(word, tips[name], self)
            segment.setAccessibleName(word)
            self._segments[name] = segment
            self._group.addButton(segment)
            row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_mode(mode)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def mode(self) -> str:
        return next(mode for mode, segment in self._segments.items() if segment.isChecked())

    def set_mode(self, mode: str) -> None:
        """Select a mode without emitting `mode_chosen`."""
        if mode in self._segments:
            self._group.blockSignals(True)
            self._segments[mode].setChecked(True)
            self._group.blockSignals(False)

    def set_short(self, short: bool) -> None:
        """Show short or full texts."""
        for mode, segment in self._segments.items():
            segment.setText(self._words[mode][short])

    def _on_toggled(self, _: QAbstractButton, checked: bool) -> None:
        if checked:
            self.mode_chosen.emit(self.mode)

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.line_strong), 1))
        painter.setBrush(QColor(t.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()


class ValueSwitch(SegmentSwitch):
    """Switches between `cosine` and `probability`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        words = {
            "cosine": (_tr("Similarity"), _tr("Sim.")),
            "probability": (_tr("Probability"), _tr("Prob.")),
        }
        tips = {
            "cosine": _tr("Show how well each label fits the picture (cosine similarity)"),
            "probability": _tr("Show how likely each label is compared with the others"),
        }
        super().__init__(words, tips, "probability", parent)


class ViewSwitch(SegmentSwitch):
    """Switches between `table` and `gallery`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        words = {"table": (_tr("Table"), _tr("Table")), "gallery": (_tr("Gallery"), _tr("Gallery"))}
        tips = {
            "table": _tr("Show the pictures in a table (Ctrl+T)"),
            "gallery": _tr("Show the pictures as a gallery (Ctrl+T)"),
        }
        super().__init__(words, tips, "table", parent)


class _Segment(QToolButton):
    def __init__(self, text: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setToolTip(tip)
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
        painter.setFont(body_font(self.font(), semibold=False))
        painter.setPen(QColor(t.text if self.isChecked() else t.secondary))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ValueSwitch", text)
