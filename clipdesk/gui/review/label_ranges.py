"""What a review says about each label, as a small table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clipdesk.gui.kit.accessible_roles import set_accessible_role
from clipdesk.gui.kit.theme import GAP, GRID, body_font, tokens

_DOT = 10


@dataclass(frozen=True)
class LabelRange:
    """One row. `right` is such as “12 of 14”, `wrong` such as “3 (1 to 9)”."""

    name: str
    color: str
    right: str
    wrong: str


class LabelRanges(QWidget):
    """Paints a row for each label: how often it was right, and how many of its pictures may be wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_accessible_role(self, QAccessible.Role.Chart)
        self._rows: tuple[LabelRange, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Figures by label"))

    @property
    def rows(self) -> tuple[LabelRange, ...]:
        return self._rows

    def show_rows(self, rows: Sequence[LabelRange]) -> None:
        """Show these rows."""
        self._rows = tuple(rows)
        lines = (
            self.tr("{name}: right {right}, wrong {wrong}").format(name=row.name, right=row.right, wrong=row.wrong)
            for row in rows
        )
        self.setAccessibleDescription("\n".join(lines))
        self.updateGeometry()
        self.update()

    def _line_height(self) -> int:
        return self.fontMetrics().height() + GRID

    def sizeHint(self) -> QSize:
        return QSize(240, self._line_height() * (len(self._rows) + 1) if self._rows else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        numbers = QFont(self.font())
        numbers.setFeature(QFont.Tag("tnum"), 1)
        metrics, height, small = QFontMetrics(numbers), self._line_height(), body_font(self.font(), 11)
        heads = (self.tr("right"), self.tr("still wrong"))
        small_metrics = QFontMetrics(small)
        widths = [
            max(small_metrics.horizontalAdvance(head), *(metrics.horizontalAdvance(text) for text in texts)) + 2
            for head, texts in zip(
                heads, ([row.right for row in self._rows], [row.wrong for row in self._rows]), strict=True
            )
        ]
        last = QRect(self.width() - widths[1], 0, widths[1], height)
        middle = QRect(last.left() - 2 * GAP - widths[0], 0, widths[0], height)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(QColor(t.secondary))
        for area, head in zip((middle, last), heads, strict=True):
            painter.drawText(area, right, head)
        for place, row in enumerate(self._rows, start=1):
            top = place * height
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(row.color))
            painter.drawEllipse(QRectF(0, top + (height - _DOT) / 2, _DOT, _DOT))
            name = QRect(_DOT + GAP, top, max(0, middle.left() - GAP - _DOT - GAP), height)
            painter.setFont(self.font())
            painter.setPen(QColor(t.text))
            text = self.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideMiddle, name.width())
            painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            painter.setFont(numbers)
            painter.setPen(QColor(t.secondary))
            painter.drawText(middle.translated(0, top), right, row.right)
            painter.setPen(QColor(t.text))
            painter.drawText(last.translated(0, top), right, row.wrong)
