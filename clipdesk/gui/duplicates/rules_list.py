"""The rules for the picture to keep, in an order that the person can change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.find.keepers import KeeperRule
from clipdesk.gui.duplicates.words import rule_text, rule_tip
from clipdesk.gui.kit.theme import GAP, GRID, font_scale

_WIDTH, _ROW_HEIGHT = 208, 26
_LEAST_ROWS = 3


class RulesList(QWidget):
    """A list of rules with ticks. Rules are moved by dragging, or with the buttons."""

    rules_changed = Signal(object)  # tuple[KeeperRule, ...]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Which picture to keep"))
        row = round(_ROW_HEIGHT * font_scale())
        self.list.setMinimumHeight(_LEAST_ROWS * row)
        self.list.setMaximumHeight(len(KeeperRule) * row + 2 * GRID)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.up_button = QPushButton(self.tr("Up"), self)
        self.down_button = QPushButton(self.tr("Down"), self)
        title = QLabel(self.tr("Keep the one with"), self)
        title.setProperty("role", "title")
        note = QLabel(self.tr("The first rule decides. Where it finds no difference, the next one does."), self)
        note.setWordWrap(True)
        note.setProperty("role", "small")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.up_button, self.down_button):
            button.setProperty("flat", True)
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(note)
        column.addWidget(self.list, 1_000)  # as high as it may be, before the stretch gets anything
        column.addLayout(buttons)
        column.addStretch(1)
        self.setFixedWidth(round(_WIDTH * font_scale()))
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.list.currentRowChanged.connect(self._show_buttons)
        self.list.itemChanged.connect(self._on_changed)
        self.list.model().rowsMoved.connect(self._on_changed)
        self.show_rules(())

    @property
    def rules(self) -> tuple[KeeperRule, ...]:
        """The ticked rules, in their order."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(_rule_of(item) for item in items if item.checkState() == Qt.CheckState.Checked)

    def show_rules(self, rules: Sequence[KeeperRule]) -> None:
        """Show these rules ticked, and the others below them. Emits nothing."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for rule in (*rules, *(rule for rule in KeeperRule if rule not in rules)):
                item = QListWidgetItem(rule_text(rule), self.list)
                item.setData(Qt.ItemDataRole.UserRole, rule.name)
                item.setToolTip(rule_tip(rule))
                item.setSizeHint(QSize(0, round(_ROW_HEIGHT * font_scale())))
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled
                    | Qt.ItemFlag.ItemIsSelectable
                    | Qt.ItemFlag.ItemIsUserCheckable
                    | Qt.ItemFlag.ItemIsDragEnabled
                )
                item.setCheckState(Qt.CheckState.Checked if rule in rules else Qt.CheckState.Unchecked)
        self._show_buttons(self.list.currentRow())

    def _move(self, step: int) -> None:
        place = self.list.currentRow()
        with QSignalBlocker(self.list):
            self.list.insertItem(place + step, self.list.takeItem(place))
            self.list.setCurrentRow(place + step)
        self._show_buttons(place + step)
        self._on_changed()

    def _show_buttons(self, place: int) -> None:
        self.up_button.setEnabled(place > 0)
        self.down_button.setEnabled(0 <= place < self.list.count() - 1)

    def _on_changed(self, *_: object) -> None:
        self.rules_changed.emit(self.rules)


def _rule_of(item: QListWidgetItem) -> KeeperRule:
    return KeeperRule[item.data(Qt.ItemDataRole.UserRole)]
