"""Paint the rows of the list of labels."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clipdesk.gui.kit.icons import pixmap
from clipdesk.gui.kit.selection_bar import paint_selection_bar
from clipdesk.gui.kit.theme import GAP, PADDING, RADIUS, ROW_HEIGHT, mixed, text_on, tokens
from clipdesk.gui.labels.model import Role

Index = QModelIndex | QPersistentModelIndex

_DOT = 16
#: Left edge of a label's name. The colour dot is on its left.
NAME_LEFT = PADDING + _DOT + GAP


class LabelDelegate(QStyledItemDelegate):
    """Paints a label's colour, name, symbols and count, and edits its name in place."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(ROW_HEIGHT, option.fontMetrics.height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state, area = option.state, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state)
        dot = QRectF(area.left() + PADDING, area.center().y() - _DOT / 2 + 0.5, _DOT, _DOT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(index.data(Role.COLOR))
        painter.drawEllipse(dot)
        self._paint_key(painter, dot, str(index.data(Role.KEY) or ""), index.data(Role.COLOR))
        right = self._paint_count(painter, area, option.font, index)
        if index.data(Role.HAS_REFERENCES):
            right -= 14 + GAP // 2
            painter.drawPixmap(right, area.center().y() - 6, pixmap("picture", 14, tokens().secondary))
        if index.data(Role.WARNING):
            right -= 16 + GAP // 2
            painter.drawPixmap(right, area.center().y() - 7, pixmap("warning", 16, tokens().warn))
        painter.setFont(option.font)
        painter.setPen(QColor(tokens().text))
        name = QRect(area.left() + NAME_LEFT, area.top(), right - GAP - area.left() - NAME_LEFT, area.height())
        text = QFontMetrics(option.font).elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        t = tokens()
        ground = QRectF(area).adjusted(4, 1, -4, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            # Grey without the focus, because the table shows a selection too.
            is_active = self._list.hasFocus()
            painter.setBrush(mixed(t.accent, t.selection_alpha) if is_active else mixed(t.text, 0.07))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
            paint_selection_bar(painter, ground, active=is_active)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(mixed(t.text, 0.05))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.accent), 1))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _paint_key(self, painter: QPainter, dot: QRectF, key: str, color: QColor) -> None:
        """Paint the label's key into its dot, if it is a single character."""
        if len(key) != 1:
            return
        font = QFont(self._list.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(text_on(color))
        painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, key)

    def _paint_count(self, painter: QPainter, area: QRect, base: QFont, index: Index) -> int:
        """Paint the right-aligned count and return its left edge."""
        count = index.data(Role.COUNT)
        if count is None:
            return area.right() - PADDING
        font = QFont(base)
        font.setFeature(QFont.Tag("tnum"), 1)
        text = QLocale().toString(count) if count >= 0 else "…"
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(QColor(tokens().secondary))
        space = area.adjusted(0, 0, -PADDING, 0)
        painter.drawText(space, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return space.right() - width

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAcceptDrops(False)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRect(option.rect)
        editor.setGeometry(area.adjusted(NAME_LEFT - 6, 1, -GAP, -1))
