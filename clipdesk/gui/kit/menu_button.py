"""A tool button with a menu and a chevron."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import GRID, tokens

_CHEVRON = 14


class MenuButton(QToolButton):
    """Shows an icon, a text and a chevron. The stylesheet hides the arrow of the style."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        # Next to a text, Qt already reserves space for the menu's arrow.
        is_icon = self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        return super().sizeHint() + QSize(_CHEVRON + GRID if is_icon else 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        sign = icons.pixmap("chevron-down", _CHEVRON, tokens().secondary if self.isEnabled() else tokens().disabled)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - _CHEVRON - GRID - 1, (self.height() - _CHEVRON) // 2, sign)
        painter.end()
