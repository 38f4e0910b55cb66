"""One large picture to judge."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from clipdesk.gui.kit.theme import PADDING, RADIUS, body_font, tokens
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.loading.picture_loader import PictureLoader

_LOADING_MS = 150
#: Small pictures are enlarged up to this, so that they do not become blurry.
_MAX_ZOOM = 4


class JudgedPicture(QWidget):
    """Shows one picture as large as it fits, or a message. Loads those that may follow ahead."""

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._path: Path | None = None
        self._image = QImage()
        self._scaled = QPixmap()
        self._message = ""
        self._loading = single_shot(self, _LOADING_MS, lambda: self._show_message(self.tr("Loading…")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.setAccessibleName(self.tr("Picture to judge"))
        loader.picture_loaded.connect(self._on_loaded)
        loader.picture_failed.connect(self._on_failed)

    @property
    def path(self) -> Path | None:
        """The picture that is shown or loading."""
        return self._path

    @property
    def message(self) -> str:
        """What is shown instead of a picture."""
        return self._message if self._image.isNull() else ""

    def show_picture(self, path: Path, ahead: list[Path]) -> None:
        """Show this picture, and load those `ahead` into the cache."""
        if path != self._path:
            self._path = path
            self._loading.start()
            self._loader.load(path)
        self._loader.preload(ahead)

    def show_text(self, text: str) -> None:
        """Show a message and no picture."""
        self._path = None
        self._loading.stop()
        self._show_message(text)

    def _show_message(self, text: str) -> None:
        self._image, self._message = QImage(), text
        self.setAccessibleDescription(text)
        self.update()

    def _on_loaded(self, path: Path, image: QImage, _: object) -> None:
        if path == self._path:
            self._loading.stop()
            self._image, self._scaled, self._message = image, QPixmap(), ""
            self.update()

    def _on_failed(self, path: Path, reason: str) -> None:
        if path == self._path:
            self._loading.stop()
            self._show_message(translated(reason))

    def _pixmap(self) -> QPixmap:
        """Return the picture scaled to the widget, at the resolution of the screen."""
        ratio = self.devicePixelRatioF()
        most = self._image.size() * _MAX_ZOOM
        size = (QSize(self.width(), self.height()) * ratio).boundedTo(most)
        fitted = self._image.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
        if self._scaled.size() != fitted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = QPixmap.fromImage(self._image.scaled(fitted.expandedTo(QSize(1, 1)), mode=smooth))
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().panel))
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        if not self._image.isNull():
            pixmap = self._pixmap()
            target = QRect(0, 0, *(pixmap.size() / pixmap.devicePixelRatio()).toTuple())
            target.moveCenter(self.rect().center())
            painter.drawPixmap(target, pixmap)
        elif self._message:
            painter.setFont(body_font(self.font()))
            painter.setPen(QColor(tokens().secondary))
            area = self.rect().adjusted(PADDING, PADDING, -PADDING, -PADDING)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._message)
        painter.end()
