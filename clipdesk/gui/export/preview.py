"""The first rows of an export, as they will be in the file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QWidget

from clipdesk.gui.kit.theme import font_scale

ROWS = 4
_ROW_HEIGHT = 26
_MAX_COLUMN_WIDTH = 220


class ExportPreview(QTableView):
    """A small table that shows cells and takes no input. Long cells are shortened in the middle, like a path."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = QStandardItemModel(self)
        self.setModel(self._cells)
        self.setAccessibleName(self.tr("The first rows of the file"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT * font_scale()))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # As in the header, whose padding the application's stylesheet sets.
        self.setStyleSheet("QTableView::item { padding: 0 5px; }")

    def show_rows(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these cells below this header, scrolled as before."""
        scrolled = self.horizontalScrollBar().value()
        self._cells.clear()
        self._cells.setHorizontalHeaderLabels(list(header))
        for row in rows:
            self._cells.appendRow([QStandardItem(cell) for cell in row])
        self.resizeColumnsToContents()
        widest = round(_MAX_COLUMN_WIDTH * font_scale())
        for column in range(len(header)):
            self.setColumnWidth(column, min(self.columnWidth(column), widest))
        self.horizontalScrollBar().setValue(scrolled)

    def sizeHint(self) -> QSize:
        """Return room for all rows and the scroll bar. Follows the fonts of the stylesheet, unlike a fixed height."""
        rows = ROWS * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(super().sizeHint().width(), self.horizontalHeader().sizeHint().height() + rows + bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def scroll_to_end(self) -> None:
        """Show the last columns, where additional ones are added."""
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())
