"""The message bar above the results: one message at a time, with at most one action button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEasingCurve, QEvent, QPropertyAnimation, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStyle, QToolButton, QWidget

from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.icons import icon, pixmap
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, mixed, tokens

Level = Literal["info", "good", "warn", "bad"]

DEFAULT_TIMEOUT_MS = 8000
_ANIMATION_MS = 150
_MAX_CHARACTERS = 280
_MIN_ONE_LINE_WIDTH = 480
_MAX_HEIGHT = 16_777_215
_ICONS = {"info": "info", "good": "check", "warn": "warning", "bad": "error"}


@dataclass(frozen=True, eq=False)
class News:
    """A message that was shown. Compared by identity: two messages may have the same text."""

    text: str
    level: Level
    action: tuple[str, Callable[[], object]] | None = None


class NewsBar(QWidget):
    """Shows one message and hides itself after a while; a new message replaces the old one.

    The message stays as long as the mouse is over the bar.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: News | None = None
        self._level: Level = "info"  # outlives the message: the bar keeps its colour while it closes
        self._symbol = QLabel()
        self.text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.action_button = QPushButton()
        self.close_button = QToolButton(autoRaise=True)
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close this message"))

        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(GAP)
        self._words.addWidget(self.text, 1)
        self._words.addWidget(self.action_button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, GRID + 2, GAP, GRID + 3)
        row.setSpacing(GAP)
        row.addWidget(self._symbol)
        row.addLayout(self._words, 1)
        row.addWidget(self.close_button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.close_news)
        self._animation = QPropertyAnimation(self, b"maximumHeight", self)
        self._animation.setDuration(_ANIMATION_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.finished.connect(self._on_animation_finished)
        self.action_button.clicked.connect(self._on_action_clicked)
        self.close_button.clicked.connect(self.close_news)
        self._closing = False
        self._refresh_icons()
        self.hide()

    @property
    def current(self) -> News | None:
        """The message on display; None when the bar is closed or closing."""
        return self._current

    def show_news(
        self,
        text: str,
        *,
        level: Level = "info",
        action: tuple[str, Callable[[], object]] | None = None,
        timeout_ms: int | None = None,
    ) -> News:
        """Show a message and return it, for `withdraw`. `action` is the button's text and its callback.

        The message closes after `timeout_ms`; 0 keeps it open. By default messages of level `bad` stay open and all
        others close after DEFAULT_TIMEOUT_MS.
        """
        self._current, self._level = News(text, level, action), level
        is_long = len(text) > _MAX_CHARACTERS
        self.text.setText(text[: _MAX_CHARACTERS - 1].rstrip() + "…" if is_long else text)
        self.text.setToolTip(plain_tooltip(text) if is_long else "")
        self.action_button.setText(action[0] if action else "")
        self.action_button.setVisible(action is not None)
        self._refresh_icons()
        timeout = timeout_ms if timeout_ms is not None else 0 if level == "bad" else DEFAULT_TIMEOUT_MS
        self._timer.setInterval(timeout)
        self._timer.stop()
        self._open()
        if timeout and not self.underMouse():
            self._timer.start()
        self._announce(text)
        self.opened.emit()
        return self._current

    def withdraw(self, news: News | None) -> None:
        """Close the bar if it still shows this message; do nothing if another has replaced it."""
        if news is not None and news is self._current:
            self.close_news()

    def close_news(self) -> None:
        """Close the bar, whatever it shows."""
        if self.isHidden() or self._closing:
            return
        self._timer.stop()
        self._current = None
        self._closing = True
        self._animate(self.height(), 0)

    def _open(self) -> None:
        was_open = not self.isHidden() and not self._closing
        start = self.height() if self._closing else 0
        self._closing = False
        if was_open:
            self._animation.stop()
            self.setMaximumHeight(_MAX_HEIGHT)
            self.update()
            return
        parent = self.parentWidget()
        width = parent.width() if parent is not None else self.width()
        self._fit(width)
        self.setMaximumHeight(start)
        self.show()
        self._animate(start, max(self.heightForWidth(width), self.sizeHint().height()))

    def _fit(self, width: int) -> None:
        """Put the button below the text in a bar too narrow for both side by side."""
        direction = QBoxLayout.Direction
        self._words.setDirection(direction.LeftToRight if width >= _MIN_ONE_LINE_WIDTH else direction.TopToBottom)

    def _animate(self, start: int, end: int) -> None:
        self._animation.stop()
        if not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self):
            self._on_animation_finished()
            return
        self._animation.setStartValue(start)
        self._animation.setEndValue(end)
        self._animation.start()

    def _announce(self, text: str) -> None:
        """Announce the message to screen readers, which do not notice the bar opening."""
        event = QAccessibleAnnouncementEvent(self, text)
        if self._level in ("warn", "bad"):
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _color(self) -> str:
        t = tokens()
        return {"info": t.accent, "good": t.good, "warn": t.warn, "bad": t.bad}[self._level]

    def _refresh_icons(self) -> None:
        self._symbol.setPixmap(pixmap(_ICONS[self._level], 20, self._color()))
        self.close_button.setIcon(icon("close"))
        self.update()

    def _on_animation_finished(self) -> None:
        self.setMaximumHeight(_MAX_HEIGHT)
        if self._closing:
            self._closing = False
            self.hide()
            self.closed.emit()

    def _on_action_clicked(self) -> None:
        news = self._current
        self.close_news()
        if news is not None and news.action is not None:
            news.action[1]()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), mixed(self._color(), 0.10))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens().line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.width())

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self._timer.interval() and self.isVisible() and not self._closing:
            self._timer.start()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_news()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)
