"""The list of labels with colour, name and count. Supports renaming, reordering and dropping images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QItemSelectionModel,
    QPoint,
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
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QListView,
    QMenu,
    QWidget,
)

from clipdesk.core.pictures.scan import readable_suffixes
from clipdesk.gui.kit.desktop import local_paths
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.theme import GAP, LABEL_COLORS, PADDING, RADIUS, tokens
from clipdesk.gui.labels.delegate import NAME_LEFT, LabelDelegate
from clipdesk.gui.labels.model import LabelsModel, Role, dragged_row


class LabelsList(QListView):
    """The view of a LabelsModel, which carries out the edits."""

    reference_dropped = Signal(object, int)  # Path, row or -1
    prompts_wanted = Signal(int)  # row
    only_wanted = Signal(object)  # LabelId

    def __init__(self, model: LabelsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._drop_line: int | None = None
        self._drop_row = -1
        self.setModel(model)
        self.setItemDelegate(LabelDelegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Labels"))

    def selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def remove_selected(self) -> None:
        self._model.remove(self.selected_rows())

    def select_row(self, row: int) -> None:
        """Make this label current and select only it."""
        # QListView.setCurrentIndex would extend the selection while Ctrl or Shift is held down.
        self.selectionModel().setCurrentIndex(self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def move_row(self, row: int, step: int) -> None:
        """Move a label one row up (-1) or down (1) and keep it current."""
        to = row + step
        if row >= 0 and 0 <= to < self._model.rowCount():
            self._model.move(row, to + 1 if step > 0 else to)
            self.select_row(to)

    def fill_menu(self, menu: QMenu, row: int) -> None:
        """Fill the menu with the actions for the label in this row."""
        name, last = str(self._model.index(row).data()), self._model.rowCount() - 1
        menu.clear()
        menu.addAction(icon("edit"), self.tr("Rename") + "\tF2").triggered.connect(
            lambda: self.edit(self._model.index(row))
        )
        menu.addAction(icon("template"), self.tr("Prompts…")).triggered.connect(lambda: self.prompts_wanted.emit(row))
        menu.addAction(icon("filter"), self.tr("Show only “{}”").format(name.replace("&", "&&"))).triggered.connect(
            lambda: self.only_wanted.emit(self._model.label_set.labels[row].id)
        )
        menu.addMenu(self._color_menu(menu, row))
        menu.addSeparator()
        for text, step in ((self.tr("Move up") + "\tAlt+Up", -1), (self.tr("Move down") + "\tAlt+Down", 1)):
            action = menu.addAction(text)
            action.setEnabled(0 <= row + step <= last)
            action.triggered.connect(lambda _=False, step=step: self.move_row(row, step))
        menu.addSeparator()
        rows = self.selected_rows() if row in self.selected_rows() else [row]
        delete = self.tr("Delete") if len(rows) == 1 else self.tr("Delete {} labels").format(len(rows))
        menu.addAction(icon("trash"), f"{delete}\tDel").triggered.connect(lambda: self._model.remove(rows))

    def choose_color(self, row: int, at: QPoint) -> None:
        """Open a menu of colours."""
        self._color_menu(self, row).popup(at)

    def _color_menu(self, parent: QWidget, row: int) -> QMenu:
        menu = QMenu(self.tr("Colour"), parent)
        own = self._model.label_set.labels[row].color
        for name, color in zip(self._color_names(), LABEL_COLORS, strict=False):
            action = menu.addAction(_swatch(color), name)
            action.triggered.connect(lambda _=False, color=color: self._set_color(row, color))
        menu.addSeparator()
        menu.addAction(self.tr("Other…")).triggered.connect(lambda: self._choose_any_color(row))
        automatic = menu.addAction(self.tr("Automatic"))
        automatic.setEnabled(own is not None)
        automatic.triggered.connect(lambda: self._set_color(row, None))
        return menu

    def _color_names(self) -> list[str]:
        """Return the names of the first LABEL_COLORS."""
        return [
            self.tr("Blue"), self.tr("Orange"), self.tr("Green"), self.tr("Pink"),
            self.tr("Red"), self.tr("Light blue"), self.tr("Olive"), self.tr("Violet"),
        ]  # fmt: skip

    def _choose_any_color(self, row: int) -> None:
        before = self._model.index(row).data(Role.COLOR)
        chosen = QColorDialog.getColor(before, self, self.tr("Colour of the label"))
        if chosen.isValid():
            self._set_color(row, chosen.name())

    def _set_color(self, row: int, color: str | None) -> None:
        self._model.change(row, replace(self._model.label_set.labels[row], color=color))

    # --- drops

    def _insert_row_at(self, position: QPoint) -> int:
        for row in range(self._model.rowCount()):
            if position.y() < self.visualRect(self._model.index(row)).center().y():
                return row
        return self._model.rowCount()

    def _offer(self, event: QDropEvent) -> None:
        position = event.position().toPoint()
        if event.source() is self:
            self._drop_line = self._insert_row_at(position)
        elif dragged_image(event):
            self._drop_row = self.indexAt(position).row()
        else:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.viewport().update()

    def _end_drop(self) -> None:
        self._drop_line, self._drop_row = None, -1
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drop()

    def dropEvent(self, event: QDropEvent) -> None:
        position = event.position().toPoint()
        row = dragged_row(event.mimeData()) if event.source() is self else None
        image = dragged_image(event)
        self._end_drop()
        if row is not None:
            self._model.move(row, self._insert_row_at(position))
        elif image is not None:
            self.reference_dropped.emit(image, self.indexAt(position).row())
        else:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    # --- Qt

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.fill_menu(menu, index.row())
            menu.popup(self.viewport().mapToGlobal(event.pos()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()), 0) if event.modifiers() == Qt.KeyboardModifier.AltModifier else 0
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_selected()
        elif step:
            self.move_row(self.currentIndex().row(), step)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        position = event.position().toPoint()
        index = self.indexAt(position)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and position.x() < NAME_LEFT - GAP // 2:
            self.choose_color(index.row(), self.viewport().mapToGlobal(position))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent), 2))
        if self._drop_line is not None:
            last = self.visualRect(self._model.index(self._model.rowCount() - 1)).bottom()
            row = self._drop_line
            y = self.visualRect(self._model.index(row)).top() if row < self._model.rowCount() else last
            painter.drawLine(PADDING, max(y, 1), self.viewport().width() - PADDING, max(y, 1))
        elif self._drop_row >= 0:
            area = self.visualRect(self._model.index(self._drop_row)).adjusted(3, 1, -3, -1)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.end()


def _swatch(color: str) -> QIcon:
    result = QPixmap(32, 32)
    result.setDevicePixelRatio(2)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(2, 2, 12, 12)
    painter.end()
    return QIcon(result)


def dragged_image(event: QDropEvent) -> Path | None:
    """Return the dragged image file. None for folders or several files, which go to the desk."""
    paths = local_paths(event.mimeData())
    if len(paths) == 1 and paths[0].suffix.lower() in readable_suffixes() and paths[0].is_file():
        return paths[0]
    return None


def unique_name(wanted: str, names: Sequence[str]) -> str:
    """Return `wanted`, or `wanted 2`, `wanted 3`… if the name is taken."""
    taken = {name.casefold() for name in names}
    name, number = wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted} {number}", number + 1
    return name
