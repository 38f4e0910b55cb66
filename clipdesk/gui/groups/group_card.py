"""One group: a few typical pictures, its name, and how many pictures it has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from clipdesk.gui.groups.picture_strip import PictureStrip
from clipdesk.gui.kit.theme import GAP, GRID, ROW_HEIGHT, font_scale
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.loading.thumbnails import Thumbnails


class GroupCard(QFrame):
    """Shows a group, which can be ticked and given another name. Also shows the pictures in no group (`show_various`).

    The setters emit nothing.
    """

    opened = Signal()  # select the group's pictures
    edited = Signal()  # the tick, or the name

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.strip = PictureStrip(thumbnails, self)
        self.tick = QCheckBox(self)
        self.tick.setAccessibleName(self.tr("Make a label"))
        self.name_box = QComboBox(self, editable=True)
        self.name_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.name_box.setMinimumContentsLength(8)
        self.name_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name_box.setAccessibleName(self.tr("Name of the group"))
        self.name_box.setToolTip(self.tr("Choose another proposed name, or type one"))
        self.various = QLabel(self.tr("Various"), self)
        self.various.setToolTip(self.tr("Pictures that fit no group"))
        self.various.hide()
        self.open_button = QPushButton(self)
        self.open_button.setProperty("flat", True)
        # As high as the line: its hint grows when the fonts of other scripts are loaded, which no layout notices.
        self.open_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.open_button.setToolTip(self.tr("Select these pictures in the window"))
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addStrut(round(ROW_HEIGHT * font_scale()))
        for part in (self.tick, self.name_box, self.various):
            line.addWidget(part, 1 if part is not self.tick else 0)
        line.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.strip)
        column.addLayout(line)
        self.strip.clicked.connect(self.opened)
        self.open_button.clicked.connect(self.opened)
        self.tick.toggled.connect(self._on_edited)
        self.name_box.editTextChanged.connect(self._on_renamed)

    @property
    def name(self) -> str:
        """The group's name as chosen or typed."""
        return self.name_box.currentText().strip()

    def show_group(
        self, paths: Sequence[Path], count: int, names: Sequence[str], name: str, *, is_ticked: bool
    ) -> None:
        """Show a group with proposed `names`, which is called `name`."""
        self._show_pictures(paths, count, is_various=False)
        with QSignalBlocker(self.name_box), QSignalBlocker(self.tick):
            shown = [self.name_box.itemText(place) for place in range(self.name_box.count())]
            if shown != list(names):
                self.name_box.clear()
                self.name_box.addItems(list(names))
            if self.name_box.currentText().strip() != name:
                self.name_box.setEditText(name)
            self.tick.setChecked(is_ticked)
        self._show_accessible_names()

    def show_various(self, paths: Sequence[Path], count: int) -> None:
        """Show pictures that are in no group."""
        self._show_pictures(paths, count, is_various=True)
        with QSignalBlocker(self.tick):
            self.tick.setChecked(False)
        self.open_button.setAccessibleName(self.tr("Select the various pictures"))

    def _show_pictures(self, paths: Sequence[Path], count: int, *, is_various: bool) -> None:
        self.strip.show_paths(paths)
        self.open_button.setText(pictures_text(count))
        self.tick.setVisible(not is_various)
        self.name_box.setVisible(not is_various)
        self.various.setVisible(is_various)

    def _show_accessible_names(self) -> None:
        self.tick.setAccessibleName(self.tr("Make a label of “{name}”").format(name=self.name))
        text = self.tr("Select the pictures of “{name}”: {pictures}")
        self.open_button.setAccessibleName(text.format(name=self.name, pictures=self.open_button.text()))

    def _on_edited(self) -> None:
        self._show_accessible_names()
        self.edited.emit()

    def _on_renamed(self) -> None:
        # Whoever types a name wants the label.
        line = self.name_box.lineEdit()
        if line is not None and line.hasFocus() and self.name:
            with QSignalBlocker(self.tick):
                self.tick.setCheckState(Qt.CheckState.Checked)
        self._on_edited()
