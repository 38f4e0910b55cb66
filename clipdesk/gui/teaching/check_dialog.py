"""The check: a few pictures with two labels each, of which the user says which one is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from clipdesk.core.labels.label_set import NO_LABEL, LabelId
from clipdesk.core.teaching.check import CheckResult, judge
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, GRID
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.session.verdict import dot_icon
from clipdesk.gui.teaching.check_picture import CheckPicture

_WIDTH, _HEIGHT = 620, 560


@dataclass(frozen=True)
class Choice:
    """One of the two labels of a question."""

    label_id: LabelId
    name: str
    color: QColor
    is_new: bool


@dataclass(frozen=True)
class Question:
    """A picture with the learned label and that of the words, in the order in which they are offered."""

    path: Path
    first: Choice
    second: Choice


@dataclass(frozen=True)
class CheckAnswers:
    """What the user said: `labels` holds the right label of each picture that was asked about, NO_LABEL for neither."""

    paths: tuple[Path, ...]
    labels: tuple[LabelId, ...]
    new: int
    old: int
    result: CheckResult


class CheckDialog(FittedDialog):
    """Asks until the result is certain. `decided` is emitted once; closing the dialog before that changes nothing."""

    decided = Signal(object)  # CheckAnswers

    def __init__(self, questions: Sequence[Question], loader: PictureLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Which label is right?"))
        self._questions = tuple(questions)
        self._answers: list[Choice | None] = []
        self._loader = loader
        self._loader.picture_loaded.connect(self._on_picture_loaded)
        self._loader.picture_failed.connect(self._on_picture_failed)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.count = QLabel()
        self.count.setProperty("role", "secondary")
        self.picture = CheckPicture()
        self.first_button, self.second_button = QPushButton(), QPushButton()
        self.neither_button = QPushButton(self.tr("&Neither, or I can’t tell"))
        self.back_button = QPushButton(self.tr("&Back"))
        self.back_button.setProperty("flat", True)
        self.hint = QLabel(self.tr("Keys: 1 and 2 choose a label, 0 neither of them, Backspace goes back."))
        self.hint.setProperty("role", "small")
        self.result_text = QLabel(wordWrap=True)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setProperty("primary", True)
        self._stack = QStackedWidget()
        self._build()
        self.first_button.clicked.connect(lambda: self._answer(self._questions[self.place].first))
        self.second_button.clicked.connect(lambda: self._answer(self._questions[self.place].second))
        self.neither_button.clicked.connect(lambda: self._answer(None))
        self.back_button.clicked.connect(self._go_back)
        self.close_button.clicked.connect(self.accept)
        self._show_question()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.count)
        choices = QHBoxLayout()
        choices.setSpacing(GAP)
        for button in (self.first_button, self.second_button):
            button.setAutoDefault(False)
            choices.addWidget(button, 1)
        others = QHBoxLayout()
        others.setSpacing(GAP)
        others.addWidget(self.back_button)
        others.addStretch(1)
        others.addWidget(self.neither_button)
        self.back_button.setAutoDefault(False)
        self.neither_button.setAutoDefault(False)
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addLayout(top)
        column.addWidget(self.picture, 1)
        column.addLayout(choices)
        column.addLayout(others)
        column.addWidget(self.hint)
        done = QWidget()
        end = QVBoxLayout(done)
        end.setContentsMargins(0, 0, 0, 0)
        end.setSpacing(3 * GRID)
        end.addStretch(1)
        self._end_title = QLabel()
        self._end_title.setProperty("role", "title")
        end.addWidget(self._end_title)
        end.addWidget(self.result_text)
        end.addStretch(1)
        closing = QHBoxLayout()
        closing.addStretch(1)
        closing.addWidget(self.close_button)
        end.addLayout(closing)
        self._stack.addWidget(asking)
        self._stack.addWidget(done)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        outer.addWidget(self._stack)

    # --- questions

    @property
    def place(self) -> int:
        """The place of the question that is shown."""
        return len(self._answers)

    @property
    def is_decided(self) -> bool:
        return self._stack.currentIndex() == 1

    def _show_question(self) -> None:
        question = self._questions[self.place]
        self.title.setText(self.tr("Which label is right?"))
        self.count.setText(
            self.tr("{number} of at most {total}").format(number=self.place + 1, total=len(self._questions))
        )
        for number, (button, choice) in enumerate(
            ((self.first_button, question.first), (self.second_button, question.second)), 1
        ):
            button.setText(f"  &{number}   {choice.name.replace('&', '&&')}")
            button.setAccessibleName(choice.name)
            button.setIcon(dot_icon(choice.color))
        self.back_button.setEnabled(bool(self._answers))
        self.picture.show_loading()
        self._loader.load(question.path)
        self._loader.preload([one.path for one in self._questions[self.place + 1 : self.place + 3]])
        self.picture.setFocus()

    def _answer(self, choice: Choice | None) -> None:
        if self.is_decided:
            return
        self._answers.append(choice)
        new, old, neither = self._counts()
        result = judge(new, old, neither, len(self._questions))
        if result == CheckResult.OPEN and self.place < len(self._questions):
            self._show_question()
        else:
            self._show_result(CheckResult.KEEP_WORDS if result == CheckResult.OPEN else result)

    def _go_back(self) -> None:
        if self._answers and not self.is_decided:
            self._answers.pop()
            self._show_question()

    def _counts(self) -> tuple[int, int, int]:
        """Return how often the learned label, the other one, and neither was right."""
        new = sum(choice is not None and choice.is_new for choice in self._answers)
        neither = sum(choice is None for choice in self._answers)
        return new, len(self._answers) - new - neither, neither

    # --- the result

    def _show_result(self, result: CheckResult) -> None:
        new, old, neither = self._counts()
        is_better = result == CheckResult.USE
        self._end_title.setText(
            self.tr("Learning helps") if is_better else self.tr("The words stay, until there are more examples")
        )
        counts = self.tr("The learned label was right {new} times, the other one {old} times, neither {neither} times.")
        end = (
            self.tr("What was learned is used from now on. You can switch it off at any time.")
            if is_better
            else self.tr("That does not show that the learned labels are better. Nothing changes.")
        )
        kept = self.tr("The labels that you chose here are kept as yours.")
        self.result_text.setText(f"{counts.format(new=new, old=old, neither=neither)}\n\n{end} {kept}")
        self._stack.setCurrentIndex(1)
        self.close_button.setFocus()
        labels = tuple(NO_LABEL if choice is None else choice.label_id for choice in self._answers)
        paths = tuple(question.path for question in self._questions[: len(labels)])
        self.decided.emit(CheckAnswers(paths, labels, new, old, result))

    # --- pictures

    def _on_picture_loaded(self, path: Path, image: QImage, facts: object) -> None:
        if not self.is_decided and path == self._questions[self.place].path:
            self.picture.set_picture(image)

    def _on_picture_failed(self, path: Path, reason: str) -> None:
        if not self.is_decided and path == self._questions[self.place].path:
            self.picture.show_message(translated(reason))

    # --- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_1: self.first_button,
            Qt.Key.Key_2: self.second_button,
            Qt.Key.Key_0: self.neither_button,
            Qt.Key.Key_Backspace: self.back_button,
        }
        button = keys.get(Qt.Key(event.key()))
        if button is not None and not self.is_decided and not event.isAutoRepeat():
            button.click()
        else:
            super().keyPressEvent(event)
