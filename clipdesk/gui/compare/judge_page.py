"""Judge one picture at a time, without knowing which wording said what."""

from __future__ import annotations

import secrets
from functools import partial

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QIcon, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipdesk.core.compare.evidence import Verdict
from clipdesk.core.compare.judging import Judging, Side, may_count
from clipdesk.core.desk.comparison import Wording
from clipdesk.gui.compare.judged_picture import JudgedPicture
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.compare.words import earlier_text, progress_text, verdict_text
from clipdesk.gui.kit.accessible_roles import set_accessible_role
from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.theme import GAP, GRID, label_color, tokens
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.session.verdict import dot_pixmap

_LEAST_WIDTH = 120
_ARROW_WIDTH = 40


class JudgePage(QWidget):
    """Asks which of two labels is right: ← and → answer, ↓ says neither, ↑ skips, Backspace takes an answer back."""

    answered = Signal(object, int, int)  # Wording, row, index of the right label or NEITHER
    taken_back = Signal(object, int)  # Wording, row
    corrects_toggled = Signal(bool)
    verdict_changed = Signal()

    def __init__(self, loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_accessible_role(self, QAccessible.Role.Pane)
        self._snapshot: Snapshot | None = None
        self._against = 0
        self._key: tuple[object, ...] = ()
        self._names = ("", "")
        self.judging: Judging | None = None
        self.picture = JudgedPicture(loader, self)
        self.progress = QLabel(self)
        self.progress.setProperty("role", "secondary")
        self.finding = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.left_button = AnswerButton("←", self)
        self.right_button = AnswerButton("→", self)
        self.neither_button = _flat(self.tr("↓  Neither"), self)
        self.neither_button.setToolTip(self.tr("Neither label is right"))
        self.skip_button = _flat(self.tr("↑  Skip"), self)
        self.skip_button.setToolTip(self.tr("Ask again later"))
        self.back_button = _flat(self.tr("⌫  Take back"), self)
        self.back_button.setToolTip(self.tr("Take the last answer back"))
        self.corrects = QCheckBox(self.tr("Also label the pictures with my answers"), self)
        self.corrects.setToolTip(self.tr("The label that you choose becomes the label of the picture, by your hand"))
        self.counts_earlier = QCheckBox(self)
        self.earlier_note = QLabel(self, wordWrap=True)
        self.earlier_note.setProperty("role", "small")
        self._lay_out()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _lay_out(self) -> None:
        answers = QHBoxLayout()
        answers.setSpacing(GAP)
        answers.addWidget(self.left_button, 1)
        answers.addWidget(self.right_button, 1)
        others = QHBoxLayout()
        others.setSpacing(GRID)
        for button in (self.neither_button, self.skip_button, self.back_button):
            others.addWidget(button)
        others.addStretch(1)
        others.addWidget(self.progress)
        switches = QHBoxLayout()
        switches.setSpacing(2 * GAP)
        switches.addWidget(self.corrects)
        switches.addWidget(self.counts_earlier)
        switches.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.picture, 1)
        column.addLayout(answers)
        column.addLayout(others)
        column.addWidget(self.finding)
        column.addLayout(switches)
        column.addWidget(self.earlier_note)

    def _connect(self) -> None:
        self.left_button.clicked.connect(partial(self._answer, Side.LEFT))
        self.right_button.clicked.connect(partial(self._answer, Side.RIGHT))
        self.neither_button.clicked.connect(partial(self._answer, Side.NEITHER))
        self.skip_button.clicked.connect(self._skip)
        self.back_button.clicked.connect(self._take_back)
        for key, button in (
            (Qt.Key.Key_Left, self.left_button), (Qt.Key.Key_Right, self.right_button),
            (Qt.Key.Key_Down, self.neither_button), (Qt.Key.Key_Up, self.skip_button),
            (Qt.Key.Key_Backspace, self.back_button),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # Not `animateClick`: answers must not get lost when the person is quick.
            shortcut.activated.connect(button.click)
        self.corrects.toggled.connect(self.corrects_toggled)
        self.counts_earlier.toggled.connect(lambda _: self._refresh(anew=True))

    # --- what is judged

    def show_snapshot(self, snapshot: Snapshot, against: int, names: tuple[str, str]) -> None:
        """Judge A against the wording at this place. `names` are what both are called.

        The question stays while more images are being scored.
        """
        self._snapshot, self._against, self._names = snapshot, against, names
        self._refresh()

    @property
    def wording(self) -> Wording | None:
        """The wording that is judged against A."""
        snapshot = self._snapshot
        if snapshot is None or not 0 < self._against < len(snapshot.comparison.wordings):
            return None
        return snapshot.comparison.wordings[self._against]

    @property
    def verdict(self) -> Verdict | None:
        return self.judging.verdict() if self.judging is not None else None

    @property
    def left(self) -> int:
        """How many images can still be judged."""
        return self.judging.left if self.judging is not None else 0

    def verdict_text(self) -> str:
        """Return what the answers say, in words; empty without any answer."""
        verdict = self.verdict
        return "" if verdict is None else verdict_text(verdict, *self._names, self.left)

    def _refresh(self, *, anew: bool = False) -> None:
        snapshot, wording = self._snapshot, self.wording
        pair = snapshot.pair(self._against) if snapshot is not None else None
        if snapshot is None or wording is None or pair is None:
            self.judging, self._key = None, ()
            self._show_earlier(0, 0)
            self._show_question()
            return
        key = (snapshot.comparison.id, snapshot.a, wording, snapshot.generation)
        is_done = self.judging is not None and not self.judging.left
        if key != self._key or anew or is_done:
            if key != self._key:
                self.counts_earlier.blockSignals(True)
                self.counts_earlier.setChecked(True)
                self.counts_earlier.blockSignals(False)
            self._key = key
            self._begin(snapshot, wording)
        self._show_question()

    def _begin(self, snapshot: Snapshot, wording: Wording) -> None:
        pair = snapshot.pair(self._against)
        assert pair is not None
        a, b = pair[0].labels, pair[1].labels
        answers = dict(snapshot.answers.get(wording, {}))
        by_hand = snapshot.reviewed
        by_hand = by_hand[(a[by_hand] >= 0) & ~np.isin(by_hand, np.fromiter(answers, np.intp))]
        earlier = by_hand[(b[by_hand] >= 0) & (a[by_hand] != b[by_hand])]
        # Images drawn by a review count. Others only if they are no mere mistakes of A.
        others = by_hand[~snapshot.is_drawn[by_hand]]
        counts_others = may_count(a[others], snapshot.truth[others])
        counted = earlier if counts_others else earlier[snapshot.is_drawn[earlier]]
        self._show_earlier(len(counted), len(earlier) - len(counted))
        if self.counts_earlier.isChecked():
            answers |= {row: int(snapshot.truth[row]) for row in counted.tolist()}
        self.judging = Judging(a, b, answers, secrets.randbits(32), left_out=earlier.tolist())

    def _show_earlier(self, counted: int, left_out: int) -> None:
        """Offer to count images that were labelled by hand before, and say why others do not count."""
        self.counts_earlier.setVisible(counted > 0)
        self.counts_earlier.setText(earlier_text(counted))
        self.earlier_note.setVisible(left_out > 0)
        self.earlier_note.setText(
            self.tr(
                "Pictures that you corrected before do not count here: most of them are mistakes of {wording}."
            ).format(wording=self._names[0])
        )

    # --- answers

    def _answer(self, side: Side) -> None:
        judging, wording = self.judging, self.wording
        if judging is None or wording is None or judging.question is None:
            return
        row, right = judging.answer(side)
        self.answered.emit(wording, row, right)
        self._show_question()

    def _skip(self) -> None:
        if self.judging is not None and self.judging.question is not None:
            self.judging.skip()
            self._show_question()

    def _take_back(self) -> None:
        judging, wording = self.judging, self.wording
        row = judging.take_back() if judging is not None else None
        if row is not None and wording is not None:
            self.taken_back.emit(wording, row)
            self._show_question()

    # --- display

    def _show_question(self) -> None:
        snapshot, judging = self._snapshot, self.judging
        question = judging.question if judging is not None else None
        for button in (self.left_button, self.right_button, self.neither_button, self.skip_button):
            button.setEnabled(question is not None)
        self.skip_button.setEnabled(judging is not None and judging.left > 1)
        self.back_button.setEnabled(judging is not None and judging.can_take_back)
        if snapshot is not None and judging is not None and question is not None:
            ahead = [snapshot.path_of(row) for row in judging.upcoming]
            self.picture.show_picture(snapshot.path_of(question.row), ahead)
            self._show_label(self.left_button, question.left)
            self._show_label(self.right_button, question.right)
        else:
            self.left_button.show_answer("", None)
            self.right_button.show_answer("", None)
            self.picture.show_text(self._empty_text())
        self.finding.setText(self.verdict_text())
        self.finding.setVisible(bool(self.finding.text()))
        shown = judging is not None and (judging.left or judging.answers)
        self.progress.setText(progress_text(len(judging.answers), judging.left) if judging and shown else "")
        self.verdict_changed.emit()

    def _show_label(self, button: AnswerButton, index: int) -> None:
        assert self._snapshot is not None
        label = self._snapshot.label_set.labels[index]
        number = index if label.color_index is None else label.color_index
        button.show_answer(label.name, label_color(number, label.color))

    def _empty_text(self) -> str:
        if self.wording is None:
            return self.tr("Type another wording first.")
        if self.judging is None:
            return self.tr("Scoring…")
        if self.judging.answers:
            return self.tr("You have judged all pictures on which they differ.")
        return self.tr("Both wordings label all pictures alike, so there is nothing to judge.")


class AnswerButton(QPushButton):
    """A large button with the name of a label, elided in the middle, and the arrow key that presses it."""

    def __init__(self, arrow: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrow, self._name = arrow, ""
        self.setProperty("large", True)
        self.setIconSize(QSize(10, 10))
        self.show_answer("", None)

    def show_answer(self, name: str, color: QColor | None) -> None:
        """Offer this label, or nothing if it has no colour."""
        self._name = name
        self.setIcon(QIcon() if color is None else QIcon(dot_pixmap(color, 2.0)))
        self.setToolTip(plain_tooltip(name))
        self.setAccessibleName(name or self.tr("No question"))
        self._show_text()

    def _show_text(self) -> None:
        room = self.width() - 2 * _ARROW_WIDTH - 28
        name = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        # The space parts the name from the dot.
        self.setText(" " + name.replace("&", "&&"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(tokens().secondary if self.isEnabled() else tokens().disabled))
        painter.setFont(self.font())
        side = Qt.AlignmentFlag.AlignLeft if self._arrow == "←" else Qt.AlignmentFlag.AlignRight
        area = self.rect().adjusted(2 * GAP, 0, -2 * GAP, 0)
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), self._arrow)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())


def _flat(text: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setProperty("flat", True)
    return button
