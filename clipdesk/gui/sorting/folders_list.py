"""The list of target folders in the panel: key, name and how many files went there. Accepts pictures of the list."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clipdesk.gui.kit.desktop import local_paths
from clipdesk.gui.kit.icons import pixmap
from clipdesk.gui.kit.selection_bar import paint_selection_bar
from clipdesk.gui.kit.theme import GAP, PADDING, RADIUS, body_font, mixed, tokens
from clipdesk.gui.session.verdict import shown_name
from clipdesk.gui.sorting.panel_folders import PanelFolder, PanelFolders

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW_HEIGHT = 44


class Role(IntEnum):
    FOLDER = Qt.ItemDataRole.UserRole
    """The PanelFolder."""
    COUNT = Qt.ItemDataRole.UserRole + 1
    """How many files were put there since the window was opened."""


class FoldersModel(QAbstractListModel):
    """The target folders in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = PanelFolders()
        self._counts: dict[Path, int] = {}

    @property
    def folders(self) -> PanelFolders:
        return self._folders

    def show(self, folders: PanelFolders) -> None:
        """Show these folders."""
        self.beginResetModel()
        self._folders = folders
        self.endResetModel()

    def add_count(self, folder: Path, files: int) -> None:
        """Count files that were put into a folder."""
        self._counts[folder] = self._counts.get(folder, 0) + files
        if self._folders.folders:
            self.dataChanged.emit(self.index(0), self.index(len(self._folders.folders) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._folders.folders)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        folder = self._folders.folders[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown_name(folder.path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown_name(folder.path, whole=True)
        if role == Role.FOLDER:
            return folder
        return self._counts.get(folder.path, 0) if role == Role.COUNT else None


class FoldersList(QListView):
    """The view of a FoldersModel. Dropping pictures of the list on a row sorts them into that folder."""

    pictures_dropped = Signal(object, list)  # the folder's Path, list[Path]
    hovered = Signal(object, int)  # the folder's Path or None, how many pictures
    chosen = Signal(object)  # Path: sort the selected pictures into it
    menu_wanted = Signal(object, QPoint)  # Path, position on the screen
    remove_wanted = Signal(object)  # Path

    def __init__(self, model: FoldersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._drop_row = -1
        self.setItemDelegate(_FolderDelegate(self))
        self.setUniformItemSizes(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Folders"))
        self.activated.connect(lambda index: self.chosen.emit(index.data(Role.FOLDER).path))

    @property
    def drop_row(self) -> int:
        """The row that pictures are dragged over, or -1."""
        return self._drop_row

    def _folder(self, row: int) -> PanelFolder | None:
        index = self.model().index(row, 0)
        folder = index.data(Role.FOLDER) if index.isValid() else None
        return folder if isinstance(folder, PanelFolder) else None

    def _offer(self, event: QDropEvent) -> None:
        """Accept pictures of the list over a row. Those of other programs go to the panel, which refuses them."""
        row = self.indexAt(event.position().toPoint()).row()
        folder, paths = self._folder(row), local_paths(event.mimeData())
        if event.source() is None or folder is None or not paths:
            self._end_drop()
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()
            self.hovered.emit(folder.path, len(paths))

    def _end_drop(self) -> None:
        if self._drop_row >= 0:
            self._drop_row = -1
            self.viewport().update()
            self.hovered.emit(None, 0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())  # more is taken where there is room

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drop()

    def dropEvent(self, event: QDropEvent) -> None:
        folder = self._folder(self.indexAt(event.position().toPoint()).row())
        self._end_drop()
        if event.source() is None or folder is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.pictures_dropped.emit(folder.path, local_paths(event.mimeData()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            at = event.pos() if by_mouse else self.visualRect(index).center()
            self.menu_wanted.emit(index.data(Role.FOLDER).path, self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        folder = self._folder(self.currentIndex().row())
        if event.key() == Qt.Key.Key_Delete and folder is not None:
            self.remove_wanted.emit(folder.path)
        else:
            super().keyPressEvent(event)


class _FolderDelegate(QStyledItemDelegate):
    """Paints the folder's name above its parent folder, its key at the right."""

    def __init__(self, parent: FoldersList) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(_ROW_HEIGHT, 2 * option.fontMetrics.height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, area, folder = tokens(), QRect(option.rect), index.data(Role.FOLDER)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, option.state, is_target=index.row() == self._list.drop_row)
        painter.drawPixmap(area.left() + PADDING, area.center().y() - 8, pixmap("folder", 18, t.secondary))
        left = area.left() + PADDING + 18 + GAP
        right = self._paint_key(painter, area, option, folder.key)
        count = index.data(Role.COUNT)
        small = body_font(option.font, 11)
        where = shown_name(folder.path.parent, whole=True)
        below = self.tr("{count} here · {folder}").format(count=count, folder=where) if count else where
        upper = QRect(left, area.top() + 4, right - left - GAP, area.height() // 2 - 4)
        lower = QRect(left, area.center().y(), right - left - GAP, area.height() // 2 - 4)
        painter.setFont(option.font)
        painter.setPen(QColor(t.text))
        name = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, name)
        painter.setFont(small)
        painter.setPen(QColor(t.secondary))
        text = QFontMetrics(small).elidedText(below, Qt.TextElideMode.ElideMiddle, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag, *, is_target: bool) -> None:
        t = tokens()
        ground = QRectF(area).adjusted(4, 1, -4, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_target:
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.setBrush(mixed(t.accent, 0.10))
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        elif state & QStyle.StateFlag.State_Selected:
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

    def _paint_key(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, key: str) -> int:
        """Paint the key as a badge at the right, and return its left edge."""
        if not key:
            return area.right() - PADDING
        text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        font = body_font(option.font, 11)
        width = QFontMetrics(font).horizontalAdvance(text) + 2 * 6
        height = QFontMetrics(font).height() + 4
        badge = QRectF(area.right() - PADDING - width, area.center().y() - height / 2, width, height)
        painter.setPen(QPen(QColor(tokens().line_strong), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(badge, 4, 4)
        painter.setFont(font)
        painter.setPen(QColor(tokens().secondary))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        return round(badge.left())
