"""The licences of ClipDesk and of the software that it uses, to read and copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QTabWidget, QVBoxLayout, QWidget

from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, GRID

_WIDTH, _HEIGHT = 640, 480


class LicencesDialog(FittedDialog):
    """Shows our licence and those of others, on two pages. The texts arrive later, by `show_licences`."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Licences"))
        self.own, self.others = self._page("ClipDesk"), self._page(self.tr("Other software"))
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.windowTitle())
        for page in (self.own, self.others):
            self.tabs.addTab(page, page.accessibleName())
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(GAP)
        column.addWidget(self.tabs, 1)
        column.addLayout(buttons)
        self.close_button.clicked.connect(self.close)

    def show_licences(self, own: str, others: str) -> None:
        """Show the texts of both pages."""
        self.own.setPlainText(own)
        self.others.setPlainText(others)

    def _page(self, name: str) -> QPlainTextEdit:
        page = QPlainTextEdit(readOnly=True)
        page.setPlaceholderText(self.tr("Reading the licences…"))
        page.setAccessibleName(name)
        # The arrow keys scroll and select, as in a text to read.
        page.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        page.setTabChangesFocus(True)
        return page
