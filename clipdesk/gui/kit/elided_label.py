"""A line of text that is elided where space is short."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget


class ElidedLabel(QLabel):
    """One line of plain text, shortened with “…” if it does not fit. The tooltip then shows all of it."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(text, parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def shown_text(self) -> str:
        """The text, elided to the label's width."""
        # A file name may contain a line break.
        line = " ".join(self.text().splitlines())
        return self.fontMetrics().elidedText(line, self._elide, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()) | int(Qt.TextFlag.TextSingleLine),
            self.palette(),
            self.isEnabled(),
            self.shown_text,
            self.foregroundRole(),
        )

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            hidden = self.shown_text != self.text()
            QToolTip.showText(event.globalPos(), plain_tooltip(self.text()) if hidden else "", self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        # A little more than the text, whose fractional width is rounded down.
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(metrics.averageCharWidth() * 6, self.sizeHint().width()), metrics.height())


def plain_tooltip(text: str) -> str:
    """Return the text as a tooltip that wraps and is not parsed as HTML, such as a file named `<b>.jpg`."""
    import html  # its table of character names would slow down the start of the window

    return f"<qt>{html.escape(text)}</qt>" if text else ""
