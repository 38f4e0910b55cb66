"""A title that shows or hides the content below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from clipdesk.gui.kit.icons import icon


class Disclosure(QWidget):
    """A button with a chevron above a widget, which is hidden at first."""

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.button = QToolButton(self)
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setProperty("disclosure", True)
        self.button.toggled.connect(self._on_toggled)
        content.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button)
        column.addWidget(content)
        self._refresh_icon()

    @property
    def is_open(self) -> bool:
        return self.button.isChecked()

    def set_open(self, opened: bool) -> None:
        self.button.setChecked(opened)

    def set_title(self, title: str) -> None:
        self.button.setText(title)

    @property
    def beside_title(self) -> int:
        """The width in px of everything beside the title: the chevron and the padding."""
        return self.button.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.button.text())

    def _on_toggled(self, opened: bool) -> None:
        self._content.setVisible(opened)
        self._refresh_icon()
        self.toggled.emit(opened)

    def _refresh_icon(self) -> None:
        self.button.setIcon(icon("chevron-down" if self.is_open else "chevron-right"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icon()
