"""Keep the scroll position of the results table while its rows move."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTableView

from clipdesk.core.desk.order import OrderChange


class Anchor(NamedTuple):
    """A table row, and its distance from the top of the view in px."""

    row: int
    y: int


class ScrollPosition:
    """Call `save` before rows move, and `restore` once the current row has been restored."""

    def __init__(self, table: QTableView) -> None:
        self._table = table
        self._anchor: Anchor | None = None
        self._scrolled = QPoint()

    def save(self) -> None:
        """Save the position of the current row if it is visible, and of the scroll bars."""
        table = self._table
        self._anchor = self.visible_current()
        self._scrolled = QPoint(table.horizontalScrollBar().value(), table.verticalScrollBar().value())

    def restore(self, change: OrderChange) -> None:
        """Scroll so that a current row that was visible stays where it was, except after a search: to the top.

        Otherwise a new order starts at the top, a new filter shows the selected current row, and anything else keeps
        the scroll bars where they were.
        """
        table = self._table
        index = table.currentIndex()
        table.updateGeometries()
        table.horizontalScrollBar().setValue(self._scrolled.x())
        if change.cause == "found":
            self.scroll_to(0, 0)
        elif self._anchor is not None and index.row() >= 0:
            self.scroll_to(index.row(), self._anchor.y)
        elif change.cause == "filtered" and table.selectionModel().isSelected(index):
            self.scroll_to(index.row(), table.viewport().height() // 2)
        elif change.cause in ("sorted", "filtered"):
            self.scroll_to(0, 0)
        else:
            table.verticalScrollBar().setValue(self._scrolled.y())
        self._anchor = None

    def visible_anchor(self) -> Anchor:
        """Return the current row if it is selected and visible, otherwise the first visible row."""
        first = self._table.rowAt(0)
        return self.visible_current() or Anchor(max(first, 0), self._table.rowViewportPosition(first))

    def visible_current(self) -> Anchor | None:
        """Return the current row if it is selected and visible."""
        table, index = self._table, self._table.currentIndex()
        y = table.rowViewportPosition(index.row())
        is_visible = index.row() >= 0 and -self._row_height < y < table.viewport().height()
        return Anchor(index.row(), y) if is_visible and table.selectionModel().isSelected(index) else None

    def scroll_to(self, row: int, y: int) -> None:
        """Scroll so that a row is at distance `y` from the top, but fully visible."""
        table, height = self._table, self._row_height
        table.updateGeometries()
        y = min(max(y, 0), max(table.viewport().height() - height, 0))
        table.verticalScrollBar().setValue(row * height - y)

    @property
    def _row_height(self) -> int:
        return self._table.verticalHeader().defaultSectionSize()
