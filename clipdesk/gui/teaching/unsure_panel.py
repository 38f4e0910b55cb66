"""Below which probability a label is a guess, with what that changes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from clipdesk.core.labels.label_set import NO_LABEL, LabelId
from clipdesk.core.teaching.unsure import count_changes, histogram
from clipdesk.gui.kit.number_texts import percent_text
from clipdesk.gui.kit.theme import GAP, GRID, PADDING
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.teaching.histogram import Histogram
from clipdesk.gui.teaching.percent_slider import PercentSlider


@dataclass(frozen=True)
class UnsureState:
    """One label: its threshold, that of labels without their own, and the probabilities (n,) of its n pictures.

    Pictures that the user has labelled do not count, because they are never guesses.
    """

    label_id: LabelId = NO_LABEL
    color: QColor = field(default_factory=QColor)
    threshold: float = 0.0
    default: float = 0.0
    is_own: bool = False
    probability: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))


class UnsurePanel(QWidget):
    """A slider for the threshold of one label, a histogram of its pictures above it, and the count of what changes."""

    threshold_chosen = Signal(object, object)  # LabelId, float 0…1 or None for that of the other labels

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = UnsureState()
        self.note = _small(self.tr("Pictures whose label is less probable than this are marked unsure."))
        self.slider = PercentSlider()
        self.slider.setAccessibleName(self.tr("Unsure below"))
        self.histogram = Histogram(self.slider.handle_margin)
        self.text = QLabel(wordWrap=True)
        self.reset_button = QPushButton()
        self.reset_button.setProperty("flat", True)
        self.reset_button.setToolTip(self.tr("Use the threshold of the preferences, like the other labels"))
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, GRID, PADDING, GAP)
        column.setSpacing(GRID)
        column.addWidget(self.note)
        column.addSpacing(GRID)
        column.addWidget(self.histogram)
        column.addWidget(self.slider)
        column.addWidget(self.text)
        column.addWidget(self.reset_button)
        self.slider.moved.connect(self._show_choice)
        self.slider.chosen.connect(self._on_chosen)
        self.reset_button.clicked.connect(lambda: self.threshold_chosen.emit(self._state.label_id, None))

    def show_label(self, state: UnsureState) -> None:
        """Show this label."""
        if state.label_id != self._state.label_id:
            self.slider.finish()
        self._state = state
        self.setEnabled(state.label_id != NO_LABEL)
        self.slider.set_share(state.threshold)
        best = np.zeros(len(state.probability), np.int32)
        self.histogram.set_counts(histogram(state.probability, best, 0), state.color)
        self.reset_button.setVisible(state.is_own)
        self.reset_button.setText(self.tr("Back to {percent}").format(percent=percent_text(state.default)))
        self._show_choice(self.slider.share)

    def _on_chosen(self, threshold: float) -> None:
        if self._state.label_id != NO_LABEL and threshold != round(self._state.threshold, 4):
            self.threshold_chosen.emit(self._state.label_id, threshold)

    def _show_choice(self, threshold: float) -> None:
        """Say what this threshold would do."""
        self.histogram.set_threshold(threshold)
        probability = self._state.probability
        unsure = int(np.count_nonzero(probability < np.float32(threshold)))
        best = np.zeros(len(probability), np.int32)
        more, fewer = count_changes(probability, best, 0, self._state.threshold, threshold)
        if more:
            form = self.tr("Below {threshold}: {unsure} of {pictures} unsure ({count} more than now)")
        elif fewer:
            form = self.tr("Below {threshold}: {unsure} of {pictures} unsure ({count} fewer than now)")
        else:
            form = self.tr("Below {threshold}: {unsure} of {pictures} unsure")
        text = form.format(
            threshold=percent_text(threshold),
            unsure=QLocale().toString(unsure),
            pictures=pictures_text(len(probability)),
            count=QLocale().toString(more or fewer),
        )
        self.text.setText(text)
        self.slider.setAccessibleDescription(text)


def _small(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setProperty("role", "small")
    return label
