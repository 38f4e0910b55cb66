"""The note below a label that is alone: why there are no percentages, and a counter-label to get them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from clipdesk.core.labels.label_set import Label
from clipdesk.gui.kit.theme import GRID, PADDING

#: What models that know only English get for the label “something else” in any language.
_PROMPT = "something else"


class AloneNote(QWidget):
    """Hidden at first."""

    counter_label_wanted = Signal(object)  # Label

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("something else")
        label = Label(name, () if name == _PROMPT else (_PROMPT,))
        text = self.tr(
            "With one label, pictures are ranked by similarity. "
            "Add a counter-label such as “{label}” to get percentages."
        )
        self.text = QLabel(text.format(label=name), self)
        self.text.setProperty("role", "small")
        self.text.setWordWrap(True)
        self.button = QPushButton(self.tr("Add “{label}”").format(label=name), self)
        self.button.setAccessibleDescription(self.text.text())
        self.button.clicked.connect(lambda: self.counter_label_wanted.emit(label))
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, GRID, PADDING, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.text)
        column.addWidget(self.button)
        self.hide()
