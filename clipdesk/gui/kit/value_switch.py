"""The switches between similarity and probability, and between table and gallery."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clipdesk.gui.kit.segments import Segments
from clipdesk.gui.kit.translation import tr


class ValueSwitch(Segments):
    """Chooses what the label columns show."""

    mode_chosen = Signal(str)  # cosine or probability

    def __init__(self, parent: QWidget | None = None) -> None:
        self._words = {
            "cosine": (tr("Similarity"), tr("Sim.")),
            "probability": (tr("Probability"), tr("Prob.")),
        }
        tips = {
            "cosine": tr("Show how well each label fits the picture (cosine similarity)"),
            "probability": tr("Show how likely each label is compared with the others"),
        }
        super().__init__([(mode, word, tips[mode]) for mode, (word, _) in self._words.items()], parent)
        self.set_mode("probability")
        self.chosen.connect(self.mode_chosen)

    @property
    def mode(self) -> str:
        return self.choice

    def set_mode(self, mode: str) -> None:
        """Select a mode without emitting `mode_chosen`."""
        self.select(mode)

    def set_short(self, short: bool) -> None:
        """Show short or full texts."""
        for mode, words in self._words.items():
            self.segment(mode).setText(words[short])


class ViewSwitch(Segments):
    """Chooses between `table` and `gallery`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        choices = (
            ("table", tr("Table"), tr("Show the pictures in a table (Ctrl+T)")),
            ("gallery", tr("Gallery"), tr("Show the pictures as a gallery (Ctrl+T)")),
        )
        super().__init__(choices, parent)
