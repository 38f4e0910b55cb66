"""What was learned from the user's corrections: before and after, the switch, and the examples of each label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipdesk.core.labels.label_set import NO_LABEL, LabelId
from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.number_texts import percent_text
from clipdesk.gui.kit.theme import GAP, GRID, PADDING
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text


@dataclass(frozen=True)
class Examples:
    """How many examples a label has, and how many more would help; 0 if it has enough."""

    name: str
    count: int
    wanted: int
    label_id: LabelId = NO_LABEL


@dataclass(frozen=True)
class Comparison:
    """Estimated shares of right labels, 0…1, before and after, from `reviewed` pictures drawn at random."""

    words: float
    learned: float
    reviewed: int


@dataclass(frozen=True)
class CheckOutcome:
    """How often the learned label and that of the words was right in the last check, and whether it was passed."""

    learned: int
    words: int
    is_passed: bool


@dataclass(frozen=True)
class LearningState:
    """What the panel shows.

    `changes`: how many other pictures have, or would have, another label. `more_for_check`: how many more examples make
    another check worthwhile; 0 if none is due.
    """

    is_on: bool = True
    is_used: bool = False
    examples: Sequence[Examples] = ()
    changes: int = 0
    comparison: Comparison | None = None
    can_check: bool = False
    check: CheckOutcome | None = None
    more_for_check: int = 0

    @property
    def total(self) -> int:
        return sum(one.count for one in self.examples)


class LearningPanel(QWidget):
    """Shows whether what was learned is used and why, with a switch and a button for the check."""

    switched = Signal(bool)
    check_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = QLabel(wordWrap=True)
        self.switch = QCheckBox(self.tr("Use what was learned"))
        self.switch.setToolTip(self.tr("Off: the words and examples of the labels alone decide"))
        self.before, self.after = QLabel(), QLabel()
        self.source = QLabel(wordWrap=True)
        self.source.setProperty("role", "small")
        self.check_button = QPushButton(self.tr("Short check…"))
        self.check_button.setToolTip(self.tr("Say which of two labels is right, without knowing which one was learned"))
        self._comparison = QWidget()
        grid = QGridLayout(self._comparison)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for row, (title, value) in enumerate(
            ((self.tr("Right by words"), self.before), (self.tr("Right as learned"), self.after))
        ):
            grid.addWidget(QLabel(title), row, 0)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        self.examples_title = QLabel(self.tr("Examples from you"))
        self.examples_title.setProperty("role", "small")
        self._examples = QWidget()
        self._grid = QGridLayout(self._examples)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._shown: tuple[Examples, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, GRID, PADDING, GAP)
        column.setSpacing(GAP)
        for part in (self.note, self._comparison, self.source, self.switch, self.check_button):
            column.addWidget(part)
        column.addSpacing(GRID)
        column.addWidget(self.examples_title)
        column.addWidget(self._examples)
        self.switch.toggled.connect(self.switched)
        self.check_button.clicked.connect(self.check_requested)
        self.show_state(LearningState())

    def show_state(self, state: LearningState) -> None:
        """Show this."""
        with QSignalBlocker(self.switch):
            self.switch.setChecked(state.is_on)
        has_examples = state.total > 0
        self.switch.setVisible(has_examples)
        self.note.setText(self._note(state))
        comparison = state.comparison
        self._comparison.setVisible(comparison is not None)
        if comparison is not None:
            self.before.setText(percent_text(comparison.words))
            self.after.setText(percent_text(comparison.learned))
        source = self._source(state)
        self.source.setText(source)
        self.source.setVisible(bool(source))
        self.check_button.setVisible(state.can_check)
        self.examples_title.setVisible(has_examples)
        self._show_examples(tuple(state.examples) if has_examples else ())

    def _note(self, state: LearningState) -> str:
        if not state.total:
            return self.tr(
                "Correct or confirm the labels of some pictures. ClipDesk learns from them and labels the others anew, "
                "as soon as that is better than the words alone."
            )
        learned = self.tr("Learned from {pictures}.").format(pictures=pictures_text(state.total))
        if not state.is_on:
            return f"{learned} " + self.tr("Not used, because you have switched it off.")
        if state.is_used:
            return f"{learned} " + tr("%Ln other picture(s) have another label because of that.", "", state.changes)
        if state.can_check:
            text = tr(
                "%Ln other label(s) would change. Whether for the better is not certain yet: a short check decides.",
                "",
                state.changes,
            )
            return f"{learned} {text}"
        if not state.changes:
            return f"{learned} " + self.tr("No other label would change.")
        text = self.tr("Not used yet: it is not certain to be better than the words alone. More examples will help.")
        return f"{learned} {text}"

    def _source(self, state: LearningState) -> str:
        parts = []
        if state.comparison is not None:
            text = self.tr("Estimated from {pictures} that were reviewed in random order.")
            parts.append(text.format(pictures=pictures_text(state.comparison.reviewed)))
        if state.check is not None:
            text = self.tr("In your check, the learned label was right {learned} times, the other one {words} times.")
            parts.append(text.format(learned=state.check.learned, words=state.check.words))
            if state.more_for_check:
                parts.append(tr("Another check is worthwhile after %Ln more example(s).", "", state.more_for_check))
        return " ".join(parts)

    def _show_examples(self, examples: tuple[Examples, ...]) -> None:
        if examples == self._shown:
            return
        self._shown = examples
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, one in enumerate(examples):
            name = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
            name.setText(one.name)
            self._grid.addWidget(name, row, 0)
            count = QLabel(QLocale().toString(one.count))
            self._grid.addWidget(count, row, 1, Qt.AlignmentFlag.AlignRight)
            more = QLabel(
                self.tr("{count} more help").format(count=QLocale().toString(one.wanted)) if one.wanted else "✓"
            )
            more.setProperty("role", "small")
            more.setToolTip(examples_text(one))
            self._grid.addWidget(more, row, 2, Qt.AlignmentFlag.AlignRight)
            name.setAccessibleDescription(examples_text(one))

    @property
    def shown_examples(self) -> tuple[Examples, ...]:
        return self._shown


def examples_text(one: Examples) -> str:
    """Return how many examples a label has and whether more would help, as a sentence."""
    has = tr("%Ln example(s) from you.", "", one.count)
    if not one.wanted:
        return f"{has} " + tr("More would change little.")
    return f"{has} " + tr("{count} more would help.").format(count=QLocale().toString(one.wanted))
