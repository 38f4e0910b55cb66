"""The switches between similarity and probability, and between table and gallery."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clipdesk.gui.kit.segments import Segments


class ValueSwitch(Segments):
    """Chooses what the label columns show."""

    mode_chosen = Signal(str)  # cosine or probability

    def __init__(self, parent: QWidget | None = None) -> None:
        self._words = {
            "cosine": (_tr("Similarity"), _tr("Sim.")),
            "probability": (_tr("Probability"), _tr("Prob.")),
        }
        tips = {
            "cosine": _tr("Show how well each label fits the picture (cosine similarity)"),
            "probability": _tr("Show how likely each label is compared with the others"),
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
            ("table", _tr("Table"), _tr("Show the pictures in a table (Ctrl+T)")),
            ("gallery", _tr("Gallery"), _tr("Show the pictures as a gallery (Ctrl+T)")),
        )
        super().__init__(choices, parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ValueSwitch", text)
