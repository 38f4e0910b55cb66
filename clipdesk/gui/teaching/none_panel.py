"""Find pictures that no label fits, once the user has judged some."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from clipdesk.core.teaching.none_detection import LEAST_JUDGED, NoneCurve
from clipdesk.core.teaching.unsure import histogram
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, tokens
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.teaching.histogram import Histogram
from clipdesk.gui.teaching.percent_slider import PercentSlider

#: Where the slider begins: more probably none of the labels than one of them.
FIRST_THRESHOLD = 0.5


@dataclass(frozen=True)
class NoneState:
    """What is known about pictures that no label fits.

    - `judged`, `judged_none`: how many pictures the user judged in all, and as none of these.
    - `threshold`: None while it is switched off.
    - `probability` (n,): that no label fits, of pictures that the user has not judged.
    - `curve`: None while too few are judged.
    """

    judged: int = 0
    judged_none: int = 0
    threshold: float | None = None
    probability: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    curve: NoneCurve | None = None


class NonePanel(QWidget):
    """A switch and a slider, with how many pictures are found and how many of them rightly."""

    threshold_chosen = Signal(object)  # float 0…1, or None for off

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = NoneState()
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "small")
        self.switch = QCheckBox(self.tr("Find “none of these”"))
        self.switch.setToolTip(self.tr("Mark the pictures that probably fit none of the labels"))
        self.slider = PercentSlider()
        self.slider.setAccessibleName(self.tr("Least probability of “none of these”"))
        self.histogram = Histogram(self.slider.handle_margin)
        self.text = QLabel(wordWrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, GRID, PADDING, GAP)
        column.setSpacing(GRID)
        for part in (self.note, self.switch, self.histogram, self.slider, self.text):
            column.addWidget(part)
        self.switch.toggled.connect(self._on_toggled)
        self.slider.moved.connect(self._show_choice)
        self.slider.chosen.connect(self._on_chosen)
        self.show_state(self._state)

    def show_state(self, state: NoneState) -> None:
        """Show this."""
        self._state = state
        is_ready, is_on = state.curve is not None, state.curve is not None and state.threshold is not None
        self.note.setText(self._note(state))
        self.switch.setVisible(is_ready)
        with QSignalBlocker(self.switch):
            self.switch.setChecked(is_on)
        for part in (self.histogram, self.slider, self.text):
            part.setVisible(is_on)
        if is_on:
            assert state.threshold is not None
            self.slider.set_share(state.threshold)
            best = np.zeros(len(state.probability), np.int32)
            self.histogram.set_counts(histogram(state.probability, best, 0), QColor(tokens().secondary))
            self._show_choice(self.slider.share)

    def _note(self, state: NoneState) -> str:
        number = QLocale().toString
        if state.curve is not None:
            text = self.tr("Learned from {judged} pictures that you judged, {none} of them as none of these.")
            return text.format(judged=number(state.judged), none=number(state.judged_none))
        text = self.tr(
            "Say of some pictures that none of the labels fits. From {least} judged pictures on, ClipDesk finds more "
            "of these. So far: {judged}, {none} of them as none of these."
        )
        return text.format(least=LEAST_JUDGED, judged=number(state.judged), none=number(state.judged_none))

    def _on_toggled(self, is_on: bool) -> None:
        self.threshold_chosen.emit(FIRST_THRESHOLD if is_on else None)

    def _on_chosen(self, threshold: float) -> None:
        if self.switch.isChecked() and threshold != self._state.threshold:
            self.threshold_chosen.emit(threshold)

    def _show_choice(self, threshold: float) -> None:
        """Say what this threshold would find."""
        self.histogram.set_threshold(threshold)
        curve = self._state.curve
        if curve is None:
            return
        found = int(np.count_nonzero(self._state.probability >= np.float32(threshold)))
        if found:
            place = min(round(100 * threshold), 100)
            texts = NumberTexts()

            def span(middle: float, low: float, high: float) -> tuple[str, str]:
                return texts.percent(middle), self.tr("{low} to {high}").format(
                    low=texts.percent_number(low), high=texts.percent(high)
                )

            right = span(curve.precision[place], curve.precision_low[place], curve.precision_high[place])
            reached = span(curve.recall[place], curve.recall_low[place], curve.recall_high[place])
            text = self.tr(
                "{pictures}. About {right} of them fit no label ({right_range}). That is about {found} of all such "
                "pictures ({found_range})."
            ).format(
                pictures=pictures_text(found),
                right=right[0],
                right_range=right[1],
                found=reached[0],
                found_range=reached[1],
            )
        else:
            text = self.tr("No picture. Move the slider to the left to find more.")
        self.text.setText(text)
        self.slider.setAccessibleDescription(text)
