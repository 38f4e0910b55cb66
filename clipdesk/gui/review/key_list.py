"""The answers to a picture, each with its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.icons import pixmap
from clipdesk.gui.kit.theme import GAP, GRID, RADIUS, body_font, font_scale, mixed, tokens

_DOT, _TICK = 10, 14


@dataclass(frozen=True)
class Answer:
    """One possible answer. `name` is that of its action, `color` is `#RRGGBB` or ""."""

    name: str
    text: str
    keys: str
    color: str = ""
    is_given: bool = False


class KeyList(QWidget):
    """Shows answers below each other. A click gives one, too."""

    clicked = Signal(str)  # the action's name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[AnswerButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Show these answers."""
        while len(self._buttons) < len(answers):
            button = AnswerButton(self)
            button.clicked.connect(lambda _=False, button=button: self.clicked.emit(button.answer.name))
            self._buttons.append(button)
            self._column.addWidget(button)
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(answers))
            if place < len(answers):
                button.show_answer(answers[place])

    @property
    def answers(self) -> list[Answer]:
        """The answers that are shown."""
        return [button.answer for button in self._buttons if not button.isHidden()]


class AnswerButton(QAbstractButton):
    """A key, a dot in the label's colour, and the answer. The one that was given is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = Answer("", "", "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_answer(self, answer: Answer) -> None:
        if answer == self.answer:
            return
        self.answer = answer
        self.setText(answer.text)
        name = self.tr("{answer} ({keys}), your answer") if answer.is_given else "{answer} ({keys})"
        self.setAccessibleName(name.format(answer=answer.text, keys=answer.keys))
        self.setToolTip(plain_tooltip(answer.text))
        # Otherwise screen readers would read the tooltip, with its tags.
        self.setAccessibleDescription(answer.text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = mixed(t.accent, t.selection_alpha) if self.answer.is_given else None
        if self.isDown() or self.underMouse():
            ground = mixed(t.text, 0.10 if self.isDown() else 0.05)
        if ground is not None or self.hasFocus():
            painter.setPen(QPen(QColor(t.accent), 1) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
            painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)
        small = body_font(self.font(), 11)
        metrics = QFontMetrics(small)
        cap_width = max(round(22 * font_scale()), metrics.horizontalAdvance(self.answer.keys) + 10)
        height = metrics.height() + 4
        cap = QRectF(GRID, (self.height() - height) / 2, cap_width, height)
        painter.setPen(QPen(QColor(t.line_strong), 1))
        painter.setBrush(QColor(t.window))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(small)
        painter.setPen(QColor(t.secondary))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.answer.keys)
        left = max(cap.right(), GRID + 48 * font_scale()) + GAP
        if self.answer.color:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.answer.color))
            painter.drawEllipse(QRectF(left, (self.height() - _DOT) / 2, _DOT, _DOT))
        left += _DOT + GAP
        painter.setFont(self.font())
        painter.setPen(QColor(t.text))
        space = QRectF(left, 0, self.width() - left - GRID, self.height())
        if self.answer.is_given:
            space.setRight(space.right() - _TICK - GRID)
            tick = pixmap("check", _TICK, t.text)
            painter.drawPixmap(round(space.right()) + GRID, (self.height() - _TICK) // 2, tick)
        text = self.fontMetrics().elidedText(self.answer.text, Qt.TextElideMode.ElideMiddle, int(space.width()))
        painter.drawText(space, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
