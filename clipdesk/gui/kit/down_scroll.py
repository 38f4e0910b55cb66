"""A scroll area for contents that may be too high, never too wide."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from clipdesk.gui.kit.theme import font_scale

_LEAST_HEIGHT = 120


class DownScroll(QScrollArea):
    """Shows all of `content` if there is room, and scrolls up and down otherwise. Always as wide as its contents."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = width - self._around()
        height = self._content.heightForWidth(inner) if self._content.hasHeightForWidth() else -1
        return (height if height > 0 else self._content.sizeHint().height()) + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        return self._content.sizeHint() + QSize(self._around(), 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        content = self._content.minimumSizeHint()
        return QSize(content.width() + self._around(), min(content.height(), round(_LEAST_HEIGHT * font_scale())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the contents, which QScrollArea watches already."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _around(self) -> int:
        return self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
