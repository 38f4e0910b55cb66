"""The list of keys, read from the menus when it opens, so that it always shows the keys in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenuBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clipdesk.gui.kit.down_scroll import DownScroll
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, GRID, PADDING

_WIDTH = 640


@dataclass(frozen=True)
class KeyGroup:
    """A menu's title and its actions with keys, as (what it does, keys)."""

    title: str
    rows: tuple[tuple[str, str], ...]


def key_groups(bar: QMenuBar) -> list[KeyGroup]:
    """Return the keys of all actions in the menus of `bar`. Menus without any are left out."""
    groups = []
    for top in bar.actions():
        rows = tuple((plain_text(action), keys) for action in _leaves(top) if (keys := keys_of(action)))
        if rows:
            groups.append(KeyGroup(plain_text(top), rows))
    return groups


def keys_of(action: QAction) -> str:
    """Return the keys that a menu shows for an action, such as `Ctrl+E`. Those after a tab are handled by a widget."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) or action.text().partition("\t")[2]


def plain_text(action: QAction) -> str:
    """Return what a menu shows for an action, without its key, mnemonic and dots."""
    return action.text().partition("\t")[0].replace("&", "").rstrip("….")


def _leaves(action: QAction) -> Iterator[QAction]:
    menu = action.menu()
    if menu is None:
        yield action
    else:
        for inner in menu.actions():  # type: ignore[attr-defined]  # PySide's stub says QObject
            yield from _leaves(inner)


class KeysDialog(FittedDialog):
    """Shows these keys in two columns. Not modal, so that one can try them."""

    def __init__(self, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(PADDING)
        column.addWidget(self._scroll_area(groups), 1)
        column.addLayout(buttons)
        self.close_button.setFocus()

    def _scroll_area(self, groups: Sequence[KeyGroup]) -> DownScroll:
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, PADDING, 0)
        columns.setSpacing(8 * GRID)
        for part in _halves(groups):
            side = QVBoxLayout()
            side.setSpacing(GAP)
            for group in part:
                side.addLayout(self._table(group))
                side.addSpacing(GAP)
            side.addStretch(1)
            columns.addLayout(side, 1)
        area = DownScroll(content)
        area.setAccessibleName(self.tr("Keys"))
        return area

    def _table(self, group: KeyGroup) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(PADDING)
        table.setVerticalSpacing(GRID)
        table.setColumnStretch(0, 1)
        title = QLabel(group.title)
        title.setProperty("role", "title")
        table.addWidget(title, 0, 0, 1, 2)
        for row, (text, keys) in enumerate(group.rows, start=1):
            shown = QLabel(keys)
            shown.setProperty("role", "secondary")
            table.addWidget(QLabel(text), row, 0)
            table.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight)
        return table


def _halves(groups: Sequence[KeyGroup]) -> tuple[Sequence[KeyGroup], Sequence[KeyGroup]]:
    """Split the groups, in order, where both parts have about the same number of rows."""
    sizes = [len(group.rows) + 2 for group in groups]
    place = min(range(len(groups) + 1), key=lambda end: abs(sum(sizes[:end]) - sum(sizes[end:])))
    return groups[:place], groups[place:]
