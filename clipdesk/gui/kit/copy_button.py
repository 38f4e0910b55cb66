"""A button that copies text to the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from clipdesk.gui.kit.icons import icon


class CopyButton(QPushButton):
    """Copies the text that `text()` returns, then shows “Copied”."""

    def __init__(self, title: str, text: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._text = text
        self.setIcon(icon("copy"))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self.setText(self.tr("Copied"))
        self.setIcon(icon("check"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.setIcon(icon("copy"))
        super().changeEvent(event)
