"""The dialog in which a folder of the panel gets its key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QKeySequenceEdit, QLabel, QVBoxLayout, QWidget

from clipdesk.gui.kit.accessible_roles import set_accessible_role
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import PADDING


class KeyDialog(FittedDialog):
    """Asks for a key for a folder."""

    key_chosen = Signal(str)

    def __init__(self, name: str, key: str, parent: QWidget | None) -> None:
        super().__init__(parent, 360)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Key of a folder"))
        text = self.tr("Press the key that sorts the selected pictures into “{folder}”:").format(folder=name)
        self.edit = QKeySequenceEdit(self)
        set_accessible_role(self.edit, QAccessible.Role.HotkeyField)
        self.edit.setKeySequence(QKeySequence(key))
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.setAccessibleName(self.tr("Key"))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(PADDING)
        column.addWidget(QLabel(text, textFormat=Qt.TextFormat.PlainText, wordWrap=True))
        column.addWidget(self.edit)
        column.addWidget(buttons)
        self.accepted.connect(self._on_accepted)

    def _on_accepted(self) -> None:
        self.key_chosen.emit(self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText))
