"""The About dialog: version, licence and libraries."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipdesk import __version__
from clipdesk.gui.kit.copy_button import CopyButton
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.icons import app_icon
from clipdesk.gui.kit.theme import GAP, GRID, PADDING

_ICON = 64
_WIDTH = 440


class AboutDialog(FittedDialog):
    """Shows the version, the licence, and `rows` of (name, version)."""

    def __init__(self, parent: QWidget | None, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent, _WIDTH)
        self._rows = tuple(rows)
        self.setWindowTitle(self.tr("About ClipDesk"))
        symbol = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        symbol.setPixmap(app_icon().pixmap(_ICON, _ICON))
        name = self._line("ClipDesk", "heading")
        version = self._line(self.tr("Version {version}").format(version=__version__), "secondary")
        sentence = self._line(self.tr("Sorts pictures by the words you type, on your own computer."))
        licence = self._line(self.tr("Free and open source, under the MIT licence."), "secondary")
        self.copy_button = CopyButton(self.tr("Copy"), lambda: self.text)
        self.copy_button.setToolTip(self.tr("Copy these versions for a report"))
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setDefault(True)

        words = QVBoxLayout()
        words.setSpacing(GRID)
        for line in (name, version):
            words.addWidget(line)
        words.addSpacing(GAP)
        for line in (sentence, licence):
            words.addWidget(line)
        top = QHBoxLayout()
        top.setSpacing(5 * GRID)
        top.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(4 * GRID)
        column.addLayout(top)
        column.addWidget(self._rule())
        column.addLayout(self._grid())
        column.addStretch(1)
        column.addSpacing(GAP)
        column.addLayout(buttons)

        self.close_button.clicked.connect(self.close)
        self.close_button.setFocus()

    @property
    def text(self) -> str:
        """The versions as plain text, one a line."""
        return "\n".join((f"ClipDesk {__version__}", *(f"{name} {value}" for name, value in self._rows)))

    def _line(self, text: str, role: str = "") -> QLabel:
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        return label

    def _rule(self) -> QFrame:
        rule = QFrame()
        rule.setProperty("role", "line")
        return rule

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * PADDING)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(self._rows):
            label = self._line(value)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            caption = self._line(name, "secondary")
            caption.setWordWrap(False)
            grid.addWidget(caption, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, place, 1)
        return grid
