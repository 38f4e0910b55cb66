"""The field for the minimum probability."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import tokens
from clipdesk.gui.kit.translation import percent_suffix

#: Space beside the text: the inner padding and the button that clears the field.
_SIDES = 40
_PLACEHOLDER = "{percent}"


class ProbabilityField(QSpinBox):
    """A field for a percentage, empty at 0. Its text is selected on focus, so that typing replaces it.

    While it is empty, a placeholder says that any probability is shown. Escape or the × empties it, and Escape in the
    empty field emits `escaped`.
    """

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._form, self._selects_on_release = _PLACEHOLDER, False
        super().__init__(parent)
        self.setRange(0, 100)
        self.setSingleStep(5)
        # Hide the buttons with a stylesheet: with setButtonSymbols, Qt 6.11 makes a styled field 1 px wide. The inner
        # QLineEdit must not inherit the frame of the window's text fields.
        self.setStyleSheet(
            "QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }"
            "QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }"
        )
        self.lineEdit().setTextMargins(7, 0, 0, 0)
        self.setToolTip(self.tr("Show only pictures whose label is at least this probable"))
        self.setAccessibleName(self.tr("Minimum probability"))
        self._clear = QAction(self.tr("Clear"), self)
        self._clear.triggered.connect(lambda: self.setValue(0))
        self.lineEdit().addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.lineEdit().installEventFilter(self)
        self.valueChanged.connect(lambda value: self._clear.setVisible(value > 0))
        self._clear.setVisible(False)
        self._refresh_icon()

    def set_texts(self, form: str, placeholder: str) -> None:
        """Set the text with {percent} for the percentage, and the text of the empty field. Fits the width to both."""
        self._form = form
        self.lineEdit().setPlaceholderText(placeholder)
        if not self.hasFocus():
            self.lineEdit().setText(self.textFromValue(self.value()))
        full = self.textFromValue(self.maximum())
        self.setFixedWidth(max(map(self.fontMetrics().horizontalAdvance, (full, placeholder))) + _SIDES)

    def _number_in(self, text: str) -> str | None:
        """Return the digits of a typed or formatted text, or None if it is not a percentage."""
        before, after = self._form.split(_PLACEHOLDER)
        number = text.removeprefix(before).removesuffix(after)
        match = re.fullmatch(r"\s*(\d*)\s*%?\s*", number, re.ASCII)
        return match and match[1]

    def _refresh_icon(self) -> None:
        self._clear.setIcon(icons.pixmap("close", 16, tokens().secondary))

    # --- Qt

    def textFromValue(self, value: int) -> str:
        return self._form.format(percent=f"{value}{percent_suffix()}") if value else ""

    def valueFromText(self, text: str) -> int:
        return int(self._number_in(text) or 0)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        number = self._number_in(text)
        is_valid = number is not None and int(number or 0) <= self.maximum()
        return QValidator.State.Acceptable if is_valid else QValidator.State.Invalid, text, position

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
        # The press that follows would move the cursor and drop the selection.
        self._selects_on_release = event.reason() == Qt.FocusReason.MouseFocusReason

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and watched is self.lineEdit():
            if self._selects_on_release and not self.lineEdit().hasSelectedText():
                self.selectAll()
            self._selects_on_release = False
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.lineEdit().text():
            self.setValue(0)
            self.lineEdit().clear()
        else:
            self.escaped.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icon()
