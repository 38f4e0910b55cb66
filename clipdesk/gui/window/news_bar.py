"""The message bar above the results: one message at a time, with at most two buttons."""

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
from clipdesk.gui.kit.translated import translated

Level = Literal["info", "good", "warn", "bad"]

DEFAULT_TIMEOUT_MS = 8000
_ANIMATION_MS = 150
_MAX_CHARACTERS = 280
_MIN_ONE_LINE_WIDTH = 480
_MOST_KEPT = 5
_MAX_HEIGHT = 16_777_215
_ICONS = {"info": "info", "good": "check", "warn": "warning", "bad": "error"}


#: A button's text and its callback.
Action = tuple[str, Callable[[], object]]


@dataclass(frozen=True, eq=False)
class News:
    """A message that was shown; its text may be a `Message`. Compared by identity: two may have the same text.

    `on_read` is called when the person closes the message or uses its action, not when it is replaced or withdrawn.
    """

    text: str
    level: Level
    action: Action | None = None
    second: Action | None = None
    timeout_ms: int = DEFAULT_TIMEOUT_MS
    on_read: Callable[[], object] | None = None


class NewsBar(QWidget):
    """Shows one message, and hides itself after a while.

    A new message replaces the old one. One that stays until the person closes it comes back after the newer one.
    The message stays as long as the mouse is over the bar.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: News | None = None
        self._kept: list[News] = []  # messages below the current one, the newest last
        self._level: Level = "info"  # outlives the message: the bar keeps its colour while it closes
        self._symbol = QLabel()
        self.text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.action_button = QPushButton()
        self.second_button = QPushButton()
        self.second_button.setProperty("flat", True)
        self.close_button = QToolButton(autoRaise=True)
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close this message"))

        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(GAP)
        self._words.addWidget(self.text, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(GRID)
        for button in (self.action_button, self.second_button):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._words.addLayout(self._buttons)
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
        self.second_button.clicked.connect(self._on_second_clicked)
        self.close_button.clicked.connect(self.dismiss)
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
        action: Action | None = None,
        second: Action | None = None,
        timeout_ms: int | None = None,
        on_read: Callable[[], object] | None = None,
    ) -> News:
        """Show a message and return it, for `withdraw`. The button of `second`, such as *Details…*, keeps it open.

        The message closes after `timeout_ms`; 0 keeps it open. By default messages of level `bad` stay open and all
        others close after DEFAULT_TIMEOUT_MS. For `on_read` see `News`.
        """
        timeout = timeout_ms if timeout_ms is not None else 0 if level == "bad" else DEFAULT_TIMEOUT_MS
        news = News(text, level, action, second, timeout, on_read)
        before = self._current
        self._kept = [one for one in self._kept if one.text != text][-_MOST_KEPT:]
        if before is not None and not before.timeout_ms and before.text != text:
            self._kept.append(before)
        return self._show(news)

    def _show(self, news: News) -> News:
        text, action = translated(news.text), news.action
        self._current, self._level = news, news.level
        is_long = len(text) > _MAX_CHARACTERS
        self.text.setText(text[: _MAX_CHARACTERS - 1].rstrip() + "…" if is_long else text)
        self.text.setToolTip(plain_tooltip(text) if is_long else "")
        self.action_button.setText(action[0] if action else "")
        self.action_button.setVisible(action is not None)
        self.second_button.setText(news.second[0] if news.second else "")
        self.second_button.setVisible(news.second is not None)
        self._refresh_icons()
        self._timer.setInterval(news.timeout_ms)
        self._timer.stop()
        self._open()
        if news.timeout_ms and not self.underMouse():
            self._timer.start()
        self._announce(text)
        self.opened.emit()
        return news

    def show_progress(self, news: News, text: str) -> None:
        """Show how far the work of a message is, if the message is on display. It is not announced each time."""
        if news is self._current:
            self.text.setText(translated(text))

    def withdraw(self, news: News | None) -> None:
        """Take this message away if it is shown, or would come back; do nothing if it was closed."""
        if news is not None and news is self._current:
            self.close_news()
        elif news in self._kept:
            self._kept.remove(news)

    def dismiss(self) -> None:
        """Close the message because the person wants it closed."""
        news = self._current
        self.close_news()
        if news is not None and news.on_read is not None:
            news.on_read()

    def close_news(self) -> None:
        """Close the message. The newest one that the person has not closed yet takes its place."""
        if self.isHidden() or self._closing:
            return
        self._timer.stop()
        if self._kept:
            self._show(self._kept.pop())
            return
        self._current = None
        self._closing = True
        self._animate(self.height(), 0)

    def _open(self) -> None:
        was_open = not self.isHidden() and not self._closing
        start = self.height() if self._closing else 0
        self._closing = False
        if was_open:
            self._animation.stop()
            self._fit(self.width())
            self.setMaximumHeight(_MAX_HEIGHT)
            self.updateGeometry()
            self.update()
            return
        parent = self.parentWidget()
        width = parent.width() if parent is not None else self.width()
        self._fit(width)
        self.setMaximumHeight(start)
        self.show()
        self._animate(start, max(self.heightForWidth(width), self.sizeHint().height()))

    def _fit(self, width: int) -> None:
        """Put the buttons below the text, or below each other, in a bar too narrow for them side by side."""
        direction = QBoxLayout.Direction
        buttons = (self.action_button, self.second_button)
        needed = sum(button.sizeHint().width() + GAP for button in buttons if not button.isHidden())
        room = width - self.close_button.sizeHint().width() - 20 - 2 * (PADDING + GAP)
        self._buttons.setDirection(direction.LeftToRight if needed <= room else direction.TopToBottom)
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
        self.dismiss()
        if news is not None and news.action is not None:
            news.action[1]()

    def _on_second_clicked(self) -> None:
        if self._current is not None and self._current.second is not None:
            self._current.second[1]()

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
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)
