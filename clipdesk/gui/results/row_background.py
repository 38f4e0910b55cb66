"""Paint what spans whole rows of the results table: selection, hover, lines, and the mark of the current row."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QTableView

from clipdesk.gui.kit.theme import mixed, tokens
from clipdesk.gui.results.cells import Column

_CURRENT_MARK_WIDTH = 3


class RowBackground:
    """The background of a table whose rows all have the default height."""

    def __init__(self, table: QTableView) -> None:
        self._table = table
        self._hovered = -1

    @property
    def is_hovered(self) -> bool:
        """Whether the mouse is over a row."""
        return self._hovered >= 0

    def set_hovered(self, row: int) -> None:
        """Highlight the row under the mouse, none if it is -1."""
        if row != self._hovered:
            viewport = self._table.viewport()
            for one in (self._hovered, row):
                if one >= 0:
                    viewport.update(0, self._table.rowViewportPosition(one), viewport.width(), self._row_height)
            self._hovered = row

    def paint_rows(self, painter: QPainter, area: QRect) -> None:
        """Paint the background of whole rows, once per row instead of once per cell."""
        table, model = self._table, self._table.model()
        first = table.rowAt(area.top())
        if first < 0:
            return
        last = table.rowAt(area.bottom())
        last = model.rowCount() - 1 if last < 0 else last
        t, selection, height = tokens(), table.selectionModel(), self._row_height
        line, hover, selected = QColor(t.line), mixed(t.text, 0.035), mixed(t.accent, t.selection_alpha)
        y, width = table.rowViewportPosition(first), table.viewport().width()
        for row in range(first, last + 1):
            if selection.isSelected(model.index(row, Column.NAME)):
                painter.fillRect(0, y, width, height, selected)
            elif row == self._hovered:
                painter.fillRect(0, y, width, height, hover)
            painter.fillRect(0, y + height - 1, width, 1, line)
            y += height

    def paint_current_mark(self, painter: QPainter) -> None:
        """Paint a mark at the left edge of the current row."""
        row = self._table.currentIndex().row()
        if row >= 0:
            t, y = tokens(), self._table.rowViewportPosition(row)
            color = QColor(t.accent if self._table.hasFocus() else t.line_strong)
            painter.fillRect(0, y, _CURRENT_MARK_WIDTH, self._row_height - 1, color)

    @property
    def _row_height(self) -> int:
        return self._table.verticalHeader().defaultSectionSize()
