"""A tool button that opens a menu, and says so with a chevron."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import GRID, tokens

_CHEVRON = 14


class MenuButton(QToolButton):
    """Icon, words, chevron. The stylesheet takes the style's own arrow away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        # Beside words Qt itself leaves room for a menu's arrow.
        is_icon = self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        return super().sizeHint() + QSize(_CHEVRON + GRID if is_icon else 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        sign = icons.pixmap("chevron-down", _CHEVRON, tokens().secondary if self.isEnabled() else tokens().disabled)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - _CHEVRON - GRID - 1, (self.height() - _CHEVRON) // 2, sign)
        painter.end()
