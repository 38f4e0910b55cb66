"""The first steps with ClipDesk, with the keys that lead there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipdesk.gui.kit.down_scroll import DownScroll
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, GRID

_WIDTH = 520


class FirstStepsDialog(FittedDialog):
    """Explains in five steps how to label pictures. `keys` returns the keys of an action, by its name."""

    samples_requested = Signal()
    keys_requested = Signal()

    def __init__(self, keys: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("First steps"))
        self.samples_button = QPushButton(self.tr("Try the samples"))
        self.keys_button = QPushButton(self.tr("Keys"))
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.samples_button)
        buttons.addWidget(self.keys_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(5 * GRID)
        content = QWidget()
        steps = QVBoxLayout(content)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.addLayout(self._steps(keys))
        steps.addStretch(1)
        area = DownScroll(content)
        area.setAccessibleName(self.windowTitle())
        column.addWidget(area, 1)
        column.addLayout(buttons)
        self.samples_button.clicked.connect(self._on_samples_clicked)
        self.keys_button.clicked.connect(self.keys_requested)
        self.close_button.clicked.connect(self.close)
        self.close_button.setFocus()

    def _steps(self, keys: Callable[[str], str]) -> QGridLayout:
        steps = (
            (
                self.tr("Add pictures"),
                self.tr("Drop a folder on the window, or choose one ({key}). The pictures stay where they are.").format(
                    key=keys("add_folder")
                ),
            ),
            (
                self.tr("Type labels"),
                self.tr(
                    "A word or two for each kind of picture: dog, cat, red car ({key}). ClipDesk gives each picture "
                    "the label that fits best."
                ).format(key=keys("new_label")),
            ),
            (
                self.tr("Look through the results"),
                self.tr(
                    "Click a column to sort by it, and a label to see its pictures only. {key} shows one large."
                ).format(key=keys("quick_look")),
            ),
            (
                self.tr("Improve them"),
                self.tr(
                    "Describe a label in other words, or drop a picture on it as an example. A larger model knows more "
                    "({key})."
                ).format(key=keys("models")),
            ),
            (
                self.tr("Export"),
                self.tr("Save all scores as a table for a spreadsheet or a program ({key}).").format(
                    key=keys("export")
                ),
            ),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        for place, (title, sentence) in enumerate(steps):
            grid.addWidget(self._line(str(place + 1), "number"), 3 * place, 0)
            grid.addWidget(self._line(title, "title"), 3 * place, 1)
            grid.addWidget(self._line(sentence, "secondary"), 3 * place + 1, 1)
            grid.setRowMinimumHeight(3 * place + 2, GAP)
        return grid

    def _line(self, text: str, role: str) -> QLabel:
        label = QLabel(text, wordWrap=role == "secondary", textFormat=Qt.TextFormat.PlainText)
        label.setProperty("role", "title" if role == "number" else role)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        return label

    def _on_samples_clicked(self) -> None:
        self.close()
        self.samples_requested.emit()
