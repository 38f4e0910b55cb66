"""A field for a few lines of text that reports changes when the person pauses or leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_PAUSE_MS = 600


class LinesEdit(QPlainTextEdit):
    """Plain text with one entry per line. Empty lines are ignored."""

    lines_edited = Signal(tuple)

    def __init__(self, visible_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reported: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.report)
        self.setTabChangesFocus(True)
        # Dropped files go to the window; the field would insert the text of their paths.
        self.setAcceptDrops(False)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * visible_lines + 24)
        self.textChanged.connect(self._pause.start)

    def lines(self) -> tuple[str, ...]:
        """Return the entries, stripped of surrounding whitespace."""
        return tuple(line.strip() for line in self.toPlainText().splitlines() if line.strip())

    def set_lines(self, lines: Sequence[str]) -> None:
        """Show these lines without reporting a change."""
        if tuple(lines) != self.lines():
            self.blockSignals(True)
            self.setPlainText("\n".join(lines))
            self.blockSignals(False)
        self._reported = self.lines()
        self._pause.stop()

    def report(self) -> None:
        """Report a change now unless it has been reported already."""
        self._pause.stop()
        if self.lines() != self._reported:
            self._reported = self.lines()
            self.lines_edited.emit(self._reported)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.report()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.report()
        else:
            super().keyPressEvent(event)
