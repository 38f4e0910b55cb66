"""What a view of the results shows when the filter or a search hides all pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QVBoxLayout, QWidget

from clipdesk.gui.kit.theme import GAP
from clipdesk.gui.results.model import ResultsModel


class NothingMatches(QWidget):
    """A panel over an empty view that offers to show all pictures."""

    show_all_requested = Signal()

    def __init__(self, model: ResultsModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._heading = heading = QLabel(self)
        heading.setProperty("role", "title")
        button = QPushButton(self.tr("Show all"))
        button.setProperty("primary", True)
        button.clicked.connect(self.show_all_requested)
        column = QVBoxLayout(self)
        column.setSpacing(GAP + 4)
        column.addStretch(1)
        column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.hide()

    def refresh(self) -> None:
        """Show or hide the panel."""
        is_empty = self._model.rowCount() == 0 and not self._model.shows_all
        is_filtered = not self._model.filter.shows_all
        if is_filtered:
            self._heading.setText(self.tr("No picture matches the filter"))
        elif is_empty and len(self._model.desk.waiting()):
            self._heading.setText(self.tr("The pictures are still being read"))
        else:
            self._heading.setText(self.tr("The search found no picture"))
        self.setVisible(is_empty)
        self.fit()

    def fit(self) -> None:
        """Cover the view."""
        if not self.isHidden():
            self.setGeometry(self._view.viewport().geometry())
