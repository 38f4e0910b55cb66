"""What a drop of pictures on a label does, shown on the label while the pictures hover over it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from clipdesk.gui.kit.theme import RADIUS, body_font, mixed, tokens
from clipdesk.gui.kit.translation import tr

#: The zone that corrects takes up this share of a row: it is the one that is wanted most.
_CORRECT_SHARE = 0.54
_GAP = 2
_PADDING = 6


@dataclass(frozen=True)
class DropZones:
    """The zones of a label's row, side by side. Without areas, nothing hovers over a label.

    `chosen` is the zone that a drop would land in. `corrects` says whether that is the one that corrects.
    """

    areas: tuple[QRect, ...] = ()
    texts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    chosen: int = 0
    corrects: bool = False

    def shown_texts(self, font: QFont) -> list[str]:
        """Return the texts as they are shown: a name that is too long is shortened in the middle."""
        metrics = QFontMetrics(_font(font))
        return [
            _fitted(text, name, metrics, area.width() - 2 * _PADDING)
            for area, text, name in zip(self.areas, self.texts, self.names, strict=True)
        ]

    def paint(self, painter: QPainter, font: QFont) -> None:
        t = tokens()
        painter.save()
        painter.setFont(_font(font))
        for area in self.areas:  # cover the label, also between the zones
            painter.fillRect(area.adjusted(-_GAP - 2, 0, _GAP + 2, 0), QColor(t.panel))
        for place, (area, text) in enumerate(zip(self.areas, self.shown_texts(font), strict=True)):
            is_chosen = place == self.chosen
            painter.setPen(QPen(QColor(t.accent), 1))
            painter.setBrush(QColor(t.accent) if is_chosen else mixed(t.accent, 0.10))
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.setPen(QColor(t.on_accent if is_chosen else t.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


def zones_at(row: QRect, name: str, position: QPoint, count: int, *, is_own: bool) -> DropZones:
    """Return the zones of the row of the label `name`, with the one at `position` chosen.

    Pictures in the list (`is_own`) can correct or become examples. Other files can only become examples.
    """
    if not row.isValid():
        return DropZones()
    whole = row.adjusted(4, 1, -4, -1)
    if not is_own:
        text = tr("Use as example(s) of {label}", "", count)
        return DropZones((whole,), (text,), (name,))
    # The texts after the bars are for narrow panels.
    example = tr("Use as example(s)|As example(s)|Example(s)", "", count)
    left, right = QRect(whole), QRect(whole)
    left.setWidth(round(whole.width() * _CORRECT_SHARE) - _GAP)
    right.setLeft(left.right() + 1 + _GAP)
    corrects = position.x() <= left.right() + _GAP // 2
    return DropZones((left, right), (tr("Correct to {label}"), example), (name, ""), 0 if corrects else 1, corrects)


def _fitted(text: str, name: str, metrics: QFontMetrics, width: int) -> str:
    if "{label}" in text:
        room = width - metrics.horizontalAdvance(text.replace("{label}", ""))
        return text.replace("{label}", metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, max(room, 0)), 1)
    texts = text.split("|")
    fitting = next((one for one in texts if metrics.horizontalAdvance(one) <= width), texts[-1])
    return metrics.elidedText(fitting, Qt.TextElideMode.ElideRight, width)


def _font(font: QFont) -> QFont:
    return body_font(font, 11, semibold=True)
