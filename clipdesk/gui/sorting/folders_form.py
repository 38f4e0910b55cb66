"""The table that says which label goes into which folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from clipdesk.gui.kit.theme import font_scale, tokens
from clipdesk.gui.session.verdict import dot_pixmap

_ROW_HEIGHT = 28
_KEY_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class FolderRow:
    """One row: a label or a kind of picture, and the folder it goes into. `key` identifies it to the caller."""

    key: int
    name: str
    folder: str
    color: QColor | None = None
    is_sorted: bool = True


class FoldersForm(QTableWidget):
    """Each row has a tick (whether it is sorted at all), a label, and a folder name that can be edited."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._rows: list[FolderRow] = []
        self.setAccessibleName(self.tr("Folders of the labels"))
        self.setHorizontalHeaderLabels([self.tr("Label"), self.tr("Folder")])
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(10, 10))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT * font_scale()))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._on_item_changed)

    def show_rows(self, rows: Sequence[FolderRow]) -> None:
        """Show these rows, without emitting `edited`."""
        self.blockSignals(True)
        self._rows = list(rows)
        self.setRowCount(len(rows))
        for row, one in enumerate(rows):
            name = QTableWidgetItem(one.name)
            name.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            name.setCheckState(Qt.CheckState.Checked if one.is_sorted else Qt.CheckState.Unchecked)
            if one.color is not None:
                name.setIcon(QIcon(dot_pixmap(one.color, self.devicePixelRatioF())))
            name.setToolTip(one.name)
            name.setData(_KEY_ROLE, one.key)
            folder = QTableWidgetItem(one.folder)
            folder.setToolTip(self.tr("Click to rename the folder"))
            self.setItem(row, 0, name)
            self.setItem(row, 1, folder)
            self._show_state(row)
        self.blockSignals(False)

    def rows(self) -> list[FolderRow]:
        """Return the rows as they were edited."""
        return list(self._rows)

    def rename(self, before: str, after: str) -> bool:
        """Give another folder to all rows with the folder `before`. Return whether there was one."""
        hits = [row for row, one in enumerate(self._rows) if one.folder == before]
        for row in hits:
            self._folder_item(row).setText(after)
        return bool(hits)

    def _folder_item(self, row: int) -> QTableWidgetItem:
        item = self.item(row, 1)
        assert item is not None
        return item

    def _show_state(self, row: int) -> None:
        """Show the folder of a row that is not sorted in grey."""
        color = tokens().text if self._rows[row].is_sorted else tokens().disabled
        self._folder_item(row).setForeground(QColor(color))

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        row, one = item.row(), self._rows[item.row()]
        if item.column() == 0:
            changed = replace(one, is_sorted=item.checkState() == Qt.CheckState.Checked)
        else:
            # An emptied name would mean the root itself, which nobody types by accident: take the old one back.
            changed = replace(one, folder=item.text().strip() or one.folder)
        self.blockSignals(True)
        self._rows[row] = changed
        self._folder_item(row).setText(changed.folder)
        self._show_state(row)
        self.blockSignals(False)
        if changed != one:
            self.edited.emit()
