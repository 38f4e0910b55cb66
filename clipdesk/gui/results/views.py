"""The two views of the results, table and gallery, which share model and selection."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from clipdesk.gui.results.gallery.view import ResultsGallery
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.table import ResultsTable

ViewName = Literal["table", "gallery"]


class ResultsViews(QStackedWidget):
    """Shows the table or the gallery. Only the gallery is grouped by label."""

    view_changed = Signal(str)  # table or gallery

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._wants_groups = True
        self.table = ResultsTable(model, self)
        self.gallery = ResultsGallery(model, self.table.keeper, self)
        self.addWidget(self.table)
        self.addWidget(self.gallery)
        self.setFocusProxy(self.table)

    @property
    def view(self) -> ViewName:
        return "gallery" if self.currentWidget() is self.gallery else "table"

    @property
    def wants_groups(self) -> bool:
        """Whether the gallery is grouped by label."""
        return self._wants_groups

    def set_view(self, view: ViewName) -> None:
        """Show the table or the gallery. Selection and focus stay, and the same pictures stay in view."""
        if view == self.view:
            return
        before, after = (self.table, self.gallery) if view == "gallery" else (self.gallery, self.table)
        had_focus = before.hasFocus()
        seen = self._seen_desk_row()
        self._model.set_grouped(view == "gallery" and self._wants_groups)
        self.setFocusProxy(after)
        self.setCurrentWidget(after)
        if had_focus:
            after.setFocus()
        self._show_desk_row(seen)
        self.view_changed.emit(view)

    def set_wants_groups(self, wants_groups: bool) -> None:
        """Group the gallery by label, or not."""
        self._wants_groups = wants_groups
        self._model.set_grouped(self.view == "gallery" and wants_groups)

    def select_all(self) -> None:
        """Select all pictures that the view shows."""
        if self.view == "gallery":
            self.gallery.selectAll()
        else:
            self.table.selectAll()

    def move_current(self, step: int) -> None:
        """Select only the image `step` places further in the view."""
        if self.view == "gallery":
            self.gallery.move_current(step)
        else:
            self.table.move_current(step)

    def _seen_desk_row(self) -> int:
        """Return the desk row of the selected current image, or else of the first visible one. -1 at the top."""
        keeper = self.table.keeper
        if keeper.current >= 0 and keeper.selection_model.isSelected(keeper.selection_model.currentIndex()):
            return keeper.current
        view = self.gallery if self.view == "gallery" else self.table
        if not view.verticalScrollBar().value():
            return -1
        row = self.gallery.first_visible_row() if self.view == "gallery" else self.table.rowAt(0)
        return self._model.desk_row(self._model.index(row, 0)) if row >= 0 else -1

    def _show_desk_row(self, desk_row: int) -> None:
        """Scroll to this image, or to the top if it is -1."""
        view = self.gallery if self.view == "gallery" else self.table
        row = self._model.view_row(desk_row) if desk_row >= 0 else -1
        if row >= 0:
            view.show_row(row)
        else:
            view.verticalScrollBar().setValue(0)
