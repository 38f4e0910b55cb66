"""Pictures side by side, loaded as they come into view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.theme import GRID, RADIUS, body_font, mixed, tokens
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.verdict import shown_name

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_THUMBNAIL = 112
#: More are not shown: nobody scrolls through them, and laying them out would block the window.
MOST_SHOWN = 5_000


class PicturesModel(QAbstractListModel):
    """Some of the images on the desk, by their rows."""

    PATH = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: NDArray[np.intp] = np.empty(0, np.intp)
        self._path_of: Callable[[int], Path] = lambda _: Path()

    def show_rows(self, rows: NDArray[np.intp], path_of: Callable[[int], Path]) -> None:
        """Show the images in these desk rows, 5,000 at most."""
        if np.array_equal(rows[:MOST_SHOWN], self._rows):
            self._path_of = path_of
            return
        self.beginResetModel()
        self._rows, self._path_of = rows[:MOST_SHOWN], path_of
        self.endResetModel()

    @property
    def rows(self) -> NDArray[np.intp]:
        """The desk rows that are shown."""
        return self._rows

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        path = self._path_of(int(self._rows[index.row()]))
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(shown_name(path, whole=True))
        return path if role == self.PATH else None


class PicturesGrid(QListView):
    """Shows pictures with their names. Enter or a double click opens one."""

    picture_opened = Signal(object)  # Path

    def __init__(self, thumbnails: Thumbnails, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = PicturesModel(self)
        self.setModel(self.pictures)
        self.setItemDelegate(_Delegate(thumbnails, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(GRID)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        thumbnails.thumbnails_loaded.connect(self.viewport().update)
        self.activated.connect(lambda index: self.picture_opened.emit(index.data(PicturesModel.PATH)))

    def show_rows(self, rows: NDArray[np.intp], path_of: Callable[[int], Path]) -> None:
        """Show the images in these desk rows."""
        self.pictures.show_rows(rows, path_of)


class _Delegate(QStyledItemDelegate):
    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_THUMBNAIL + 2 * GRID, _THUMBNAIL + option.fontMetrics.height() + 3 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area, state = option.rect, option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(tokens().accent), 1))
            painter.setBrush(mixed(tokens().accent, tokens().selection_alpha))
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.setPen(Qt.PenStyle.NoPen)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(mixed(tokens().text, 0.06))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        frame = QRect(area.left() + GRID, area.top() + GRID, _THUMBNAIL, _THUMBNAIL)
        pixmap = self._thumbnails.pixmap(index.data(PicturesModel.PATH), _THUMBNAIL)
        if pixmap is None:
            painter.setBrush(mixed(tokens().text, 0.08))
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
        else:
            size = (pixmap.size() / pixmap.devicePixelRatio()).scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(0, 0, size.width(), size.height())
            target.moveCenter(frame.center())
            painter.drawPixmap(target, pixmap)
        painter.setFont(body_font(option.font, 11))
        painter.setPen(QColor(tokens().secondary))
        text = QRect(frame.left(), frame.bottom() + GRID, frame.width(), area.bottom() - frame.bottom() - GRID)
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()
