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

from clipdesk.core.labels.label_set import LabelId
from clipdesk.core.pictures.scan import readable_suffixes
from clipdesk.gui.kit.desktop import OWN_PICTURES_TYPE, local_paths
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.theme import GAP, LABEL_COLORS, PADDING, tokens
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.labels.delegate import NAME_LEFT, LabelDelegate
from clipdesk.gui.labels.drop_zones import DropZones, zones_at
from clipdesk.gui.labels.model import LabelsModel, Role, dragged_label


class LabelsList(QListView):
    """The view of a LabelsModel, which carries out the edits."""

    examples_dropped = Signal(list, object)  # list[Path], LabelId or NO_LABEL
    correction_dropped = Signal(list, object)  # list[Path] of images on the desk, LabelId
    prompts_wanted = Signal(object)  # LabelId
    only_wanted = Signal(object)  # LabelId

    def __init__(self, model: LabelsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._drop_line: int | None = None
        self.drop_zones = DropZones()
        """What a drop of the pictures that hover over a label would do."""
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
        self._model.remove([self._model.id_at(row) for row in self.selected_rows()])

    def select_row(self, row: int) -> None:
        """Make this label current and select only it."""
        # QListView.setCurrentIndex would extend the selection while Ctrl or Shift is held down.
        self.selectionModel().setCurrentIndex(self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def move_row(self, row: int, step: int) -> None:
        """Move a label one row up (-1) or down (1) and keep it current."""
        to = row + step
        if row >= 0 and 0 <= to < self._model.rowCount():
            self._model.move(self._model.id_at(row), to + 1 if step > 0 else to)
            self.select_row(to)

    def fill_menu(self, menu: QMenu, row: int) -> None:
        """Fill the menu with the actions for the label in this row."""
        name, last = str(self._model.index(row).data()), self._model.rowCount() - 1
        label_id, row_of = self._model.id_at(row), self._model.row_of
        menu.clear()
        menu.addAction(icon("edit"), self.tr("Rename") + "\tF2").triggered.connect(
            lambda: self.edit(self._model.index(row_of(label_id)))
        )
        menu.addAction(icon("template"), self.tr("Prompts…")).triggered.connect(
            lambda: self.prompts_wanted.emit(label_id)
        )
        menu.addAction(
            icon("filter"), self.tr("Show only “{label}”").format(label=name.replace("&", "&&"))
        ).triggered.connect(lambda: self.only_wanted.emit(label_id))
        menu.addMenu(self._color_menu(menu, label_id))
        menu.addSeparator()
        for text, step in ((self.tr("Move up") + "\tAlt+Up", -1), (self.tr("Move down") + "\tAlt+Down", 1)):
            action = menu.addAction(text)
            action.setEnabled(0 <= row + step <= last)
            action.triggered.connect(lambda _=False, step=step: self.move_row(row_of(label_id), step))
        menu.addSeparator()
        rows = self.selected_rows() if row in self.selected_rows() else [row]
        gone = [self._model.id_at(one) for one in rows]
        delete = self.tr("Delete") if len(rows) == 1 else tr("Delete %Ln label(s)", "", len(rows))
        menu.addAction(icon("trash"), f"{delete}\tDel").triggered.connect(lambda: self._model.remove(gone))

    def choose_color(self, label_id: LabelId, at: QPoint) -> None:
        """Open a menu of colours."""
        self._color_menu(self, label_id).popup(at)

    def _color_menu(self, parent: QWidget, label_id: LabelId) -> QMenu:
        menu = QMenu(self.tr("Colour"), parent)
        label = self._model.label_set.by_id(label_id)
        for name, color in zip(self._color_names(), LABEL_COLORS, strict=False):
            action = menu.addAction(_swatch(color), name)
            action.triggered.connect(lambda _=False, color=color: self._set_color(label_id, color))
        menu.addSeparator()
        menu.addAction(self.tr("Other…")).triggered.connect(lambda: self._choose_any_color(label_id))
        automatic = menu.addAction(self.tr("Automatic"))
        automatic.setEnabled(label is not None and label.color is not None)
        automatic.triggered.connect(lambda: self._set_color(label_id, None))
        return menu

    def _color_names(self) -> list[str]:
        """Return the names of the first LABEL_COLORS."""
        return [
            self.tr("Blue"), self.tr("Orange"), self.tr("Green"), self.tr("Pink"),
            self.tr("Red"), self.tr("Light blue"), self.tr("Olive"), self.tr("Violet"),
        ]  # fmt: skip

    def _choose_any_color(self, label_id: LabelId) -> None:
        before = self._model.index(self._model.row_of(label_id)).data(Role.COLOR)
        chosen = QColorDialog.getColor(before, self, self.tr("Colour of the label"))
        if chosen.isValid():
            self._set_color(label_id, chosen.name())

    def _set_color(self, label_id: LabelId, color: str | None) -> None:
        if (label := self._model.label_set.by_id(label_id)) is not None:
            self._model.change(replace(label, color=color))

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
        elif paths := dragged_images(event):
            index = self.indexAt(position)
            if not index.isValid() and len(paths) > 1:
                event.ignore()  # beside the labels, only a single picture becomes a new one
                return
            self.drop_zones = zones_at(
                self.visualRect(index), str(index.data() or ""), position, len(paths), is_own=is_own_drag(event)
            )
        else:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.viewport().update()

    def _end_drop(self) -> None:
        self._drop_line, self.drop_zones = None, DropZones()
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drop()

    def dropEvent(self, event: QDropEvent) -> None:
        position = event.position().toPoint()
        label = dragged_label(event.mimeData()) if event.source() is self else None
        paths, index = dragged_images(event), self.indexAt(position)
        zones = zones_at(self.visualRect(index), "", position, len(paths), is_own=is_own_drag(event))
        self._end_drop()
        if label is not None:
            self._model.move(label, self._insert_row_at(position))
        elif paths and index.isValid() and zones.corrects:
            self.correction_dropped.emit(paths, self._model.id_at(index.row()))
        elif paths and (index.isValid() or len(paths) == 1):
            self.examples_dropped.emit(paths, self._model.id_at(index.row()))
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
            self.choose_color(self._model.id_at(index.row()), self.viewport().mapToGlobal(position))

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
        self.drop_zones.paint(painter, self.font())
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


def dragged_images(event: QDropEvent) -> list[Path]:
    """Return the dragged image files. Empty if there is anything else, as folders, which go to the desk."""
    paths = local_paths(event.mimeData())
    return paths if all(path.suffix.lower() in readable_suffixes() and path.is_file() for path in paths) else []


def is_own_drag(event: QDropEvent) -> bool:
    """Return whether the dragged images are on the desk of this window."""
    return event.mimeData().hasFormat(OWN_PICTURES_TYPE)


def unique_name(wanted: str, names: Sequence[str]) -> str:
    """Return `wanted`, or `wanted 2`, `wanted 3`… if the name is taken."""
    taken = {name.casefold() for name in names}
    name, number = wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted} {number}", number + 1
    return name
