"""A picture, fitted into the space there is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from clipdesk.gui.kit.accessible_roles import set_accessible_role
from clipdesk.gui.kit.theme import RADIUS, mixed, tokens
from clipdesk.gui.kit.timers import single_shot

#: A picture that comes within this time replaces the one before without a message in between.
_LOADING_DELAY_MS = 150


class CheckPicture(QWidget):
    """Shows one picture, or a message in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_accessible_role(self, QAccessible.Role.Graphic)
        self._image = QImage()
        self._message = ""
        self._loading = single_shot(self, _LOADING_DELAY_MS, lambda: self.show_message(self.tr("Loading…")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def has_picture(self) -> bool:
        return not self._image.isNull()

    def set_picture(self, image: QImage) -> None:
        self._loading.stop()
        self._image, self._message = image, ""
        self.update()

    def show_loading(self) -> None:
        """Show that the next picture is on its way."""
        self._loading.start()

    def show_message(self, text: str) -> None:
        """Show a message instead of a picture."""
        self._loading.stop()
        self._image, self._message = QImage(), text
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        # A pen is drawn around the middle of its line.
        painter.setPen(QPen(QColor(t.accent), 1) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(mixed(t.text, 0.05, t.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self._image.isNull():
            painter.setPen(QColor(t.secondary))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
            return
        room = QSizeF(self.size()) - QSizeF(16, 16)
        size = QSizeF(self._image.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(target, self._image)
