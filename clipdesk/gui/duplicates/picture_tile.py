"""One picture of a group: its thumbnail, the facts by which to choose, and the choice to keep it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.theme import GRID, RADIUS, mixed, tokens
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.verdict import shown_name

_HEIGHT, _LEAST_WIDTH = 128, 112
#: Thumbnails fit into squares of this size.
_THUMBNAIL = 144
_FRAME = 2


class PictureTile(QWidget):
    """Shows a picture of a group. The setters emit nothing."""

    kept = Signal()  # the person wants to keep this one

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = _Picture(thumbnails, self)
        self.keep = QRadioButton(self.tr("Keep"), self)
        self.keep.setToolTip(self.tr("Keep this picture; the others of the group may go"))
        self.name = ElidedLabel("", self)
        self.facts = QLabel(self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.facts.setProperty("role", "small")
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for part in (self.picture, self.keep, self.name, self.facts):
            column.addWidget(part)
        column.addStretch(1)
        self.keep.clicked.connect(self.kept)
        self.picture.clicked.connect(self.keep.click)

    def show_picture(self, path: Path, lines: Sequence[str], *, is_keeper: bool) -> None:
        """Show a picture with lines about it, and whether it is the one to keep."""
        name = shown_name(path)
        self.name.setText(name)
        self.name.setToolTip(shown_name(path, whole=True))
        self.facts.setText("\n".join(lines))
        self.keep.setChecked(is_keeper)
        self.keep.setAccessibleName(self.tr("Keep {name}").format(name=name))
        self.picture.show_path(path, is_keeper=is_keeper)


class _Picture(QWidget):
    """Paints the whole thumbnail, with a frame if the picture is kept."""

    clicked = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._path: Path | None = None
        self._is_keeper = False
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        thumbnails.thumbnails_loaded.connect(self._on_loaded)

    def show_path(self, path: Path, *, is_keeper: bool) -> None:
        """Show this picture."""
        if (path, is_keeper) != (self._path, self._is_keeper):
            self._path, self._is_keeper = path, is_keeper
            self.update()

    def _on_loaded(self, paths: list[Path]) -> None:
        if self._path in paths:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, _HEIGHT)

    minimumSizeHint = sizeHint

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(_FRAME / 2, _FRAME / 2, -_FRAME / 2, -_FRAME / 2)
        painter.setBrush(mixed(tokens().text, 0.06))
        painter.setPen(QPen(QColor(tokens().accent), _FRAME) if self._is_keeper else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        pixmap = self._thumbnails.pixmap(self._path, _THUMBNAIL) if self._path is not None else None
        if pixmap is None:
            return
        room = area.adjusted(GRID, GRID, -GRID, -GRID)
        size = pixmap.deviceIndependentSize()
        size = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, 0, size.width(), size.height())
        target.moveCenter(room.center())
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
