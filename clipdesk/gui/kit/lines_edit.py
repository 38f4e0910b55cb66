"""A few lines of text, told when the person pauses or leaves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_PAUSE_MS = 600


class LinesEdit(QPlainTextEdit):
    """Plain text, one entry a line. Empty lines do not count."""

    lines_edited = Signal(tuple)

    def __init__(self, visible_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        self.setTabChangesFocus(True)
        # Files that are dropped here are for the window, not the text of their paths.
        self.setAcceptDrops(False)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * visible_lines + 24)
        self.textChanged.connect(self._pause.start)

    def lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())

    def set_lines(self, lines: Sequence[str]) -> None:
        """Show these; nobody is told."""
        if tuple(lines) != self.lines():
            self.blockSignals(True)
            self.setPlainText("\n".join(lines))
            self.blockSignals(False)
        self._told = self.lines()
        self._pause.stop()

    def tell(self) -> None:
        """Tell now what was typed, if that has not been told."""
        self._pause.stop()
        if self.lines() != self._told:
            self._told = self.lines()
            self.lines_edited.emit(self._told)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tell()
        else:
            super().keyPressEvent(event)
