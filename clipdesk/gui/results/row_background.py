"""Paint what spans whole rows of the results table: selection, hover, lines, and the mark of the current row."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QTableView

from clipdesk.gui.kit.theme import mixed, tokens
from clipdesk.gui.results.cells import Column

_CURRENT_MARK_WIDTH, _MARK_WIDTH = 4, 2


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

    def paint_marks(self, painter: QPainter, area: QRect) -> None:
        """Paint a bar at the left edge of the selected rows, because not everybody sees their tint.

        That of the current row is wider.
        """
        table, model, height = self._table, self._table.model(), self._row_height
        color = QColor(tokens().accent if table.hasFocus() else tokens().secondary)
        current, first = table.currentIndex().row(), table.rowAt(area.top())
        if first < 0:
            return
        last = table.rowAt(area.bottom())
        for row in range(first, (model.rowCount() - 1 if last < 0 else last) + 1):
            is_selected = table.selectionModel().isSelected(model.index(row, Column.NAME))
            width = _CURRENT_MARK_WIDTH if row == current else _MARK_WIDTH if is_selected else 0
            if width:
                painter.fillRect(0, table.rowViewportPosition(row), width, height - 1, color)

    @property
    def _row_height(self) -> int:
        return self._table.verticalHeader().defaultSectionSize()
