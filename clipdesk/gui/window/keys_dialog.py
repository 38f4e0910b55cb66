"""The list of keys, read from the menus when it opens, so that it always shows the keys in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
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
from clipdesk.gui.window.action_texts import keys_of, plain_text
from clipdesk.gui.window.key_bindings import pressed_key

_WIDTH = 720


class KeyRow(NamedTuple):
    """What an action does, its keys, and its name if the keys can be changed."""

    text: str
    keys: str
    name: str = ""


@dataclass(frozen=True)
class KeyGroup:
    """A menu's title and its actions with keys."""

    title: str
    rows: tuple[KeyRow, ...]


def key_groups(bar: QMenuBar, can_change: Callable[[str], bool] = lambda name: False) -> list[KeyGroup]:
    """Return the keys of all actions in the menus of `bar`. Menus without any are left out.

    `can_change` says whether the keys of the action with this name can be changed.
    """
    groups = []
    for top in bar.actions():
        rows = tuple(
            KeyRow(plain_text(action), keys, action.objectName() if can_change(action.objectName()) else "")
            for action in _leaves(top)
            if (keys := keys_of(action))
        )
        if rows:
            groups.append(KeyGroup(plain_text(top), rows))
    return groups


def _leaves(action: QAction) -> Iterator[QAction]:
    menu = action.menu()
    if menu is None:
        yield action
    else:
        for inner in menu.actions():  # type: ignore[attr-defined]  # PySide's stub says QObject
            yield from _leaves(inner)


class KeysDialog(FittedDialog):
    """Shows these keys in two columns, and lets the person change them. Not modal, so that one can try them.

    Whoever handles `key_chosen` and `reset_wanted` calls `show_keys` or `show_problem`.
    """

    key_chosen = Signal(str, QKeySequence)  # the action's name
    reset_wanted = Signal()

    def __init__(self, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self._buttons: dict[str, KeyButton] = {}
        self.hint = QLabel(
            self.tr("To change a key, click it and press another one."), textFormat=Qt.TextFormat.PlainText
        )
        self.hint.setWordWrap(True)
        self.reset_button = QPushButton(self.tr("Reset all keys"))
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self.reset_wanted)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.reset_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(PADDING)
        column.addWidget(self._scroll_area(groups), 1)
        column.addWidget(self.hint)
        column.addLayout(buttons)
        self._show_hint("", role="secondary")
        self.close_button.setFocus()

    def button(self, name: str) -> KeyButton:
        """Return the button with the key of this action."""
        return self._buttons[name]

    def show_keys(self, groups: Sequence[KeyGroup]) -> None:
        """Show the keys as they are now, of the same actions."""
        for group in groups:
            for row in group.rows:
                if row.name in self._buttons:
                    self._buttons[row.name].show_key(row.text, row.keys)
        self._show_hint("", role="secondary")

    def show_problem(self, sentence: str) -> None:
        """Say why a key was refused."""
        self._show_hint(sentence, role="error")

    def _show_hint(self, text: str, *, role: str) -> None:
        self.hint.setText(text or self.tr("To change a key, click it and press another one."))
        self.hint.setProperty("role", role)
        self.hint.style().unpolish(self.hint)
        self.hint.style().polish(self.hint)

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
        for place, row in enumerate(group.rows, start=1):
            table.addWidget(QLabel(row.text, textFormat=Qt.TextFormat.PlainText), place, 0)
            table.addWidget(self._key(row), place, 1, Qt.AlignmentFlag.AlignRight)
        return table

    def _key(self, row: KeyRow) -> QWidget:
        if not row.name:
            shown = QLabel(row.keys)
            shown.setProperty("role", "secondary")
            shown.setContentsMargins(0, 0, GAP, 0)
            return shown
        button = self._buttons[row.name] = KeyButton(row.text, row.keys)
        button.key_pressed.connect(lambda key: self.key_chosen.emit(row.name, key))
        return button


class KeyButton(QPushButton):
    """Shows a key. A click waits for another one; Esc or another place for the focus end that."""

    key_pressed = Signal(QKeySequence)

    def __init__(self, text: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._waits = False
        self.setProperty("key", True)
        self.setAutoDefault(False)
        self.clicked.connect(self._on_clicked)
        self.show_key(text, keys)

    @property
    def waits(self) -> bool:
        """Whether the next key is the one to be used."""
        return self._waits

    def show_key(self, text: str, keys: str) -> None:
        """Show the keys of the action that does this."""
        self._keys = keys
        self.setAccessibleName(self.tr("{action}: {keys}").format(action=text, keys=keys))
        self.setToolTip(self.tr("Change the key"))
        self._set_waits(waits=False)

    def _on_clicked(self) -> None:
        self._set_waits(waits=True)

    def _set_waits(self, *, waits: bool) -> None:
        self._waits = waits
        self.setText(self.tr("Press a key…") if waits else self._keys.replace("&", "&&"))

    def event(self, event: QEvent) -> bool:
        if self._waits and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # no shortcut of the window may take it
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            self._set_waits(waits=False)
        elif (key := pressed_key(event)) is not None:
            self._set_waits(waits=False)
            self.key_pressed.emit(key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._set_waits(waits=False)


def _halves(groups: Sequence[KeyGroup]) -> tuple[Sequence[KeyGroup], Sequence[KeyGroup]]:
    """Split the groups, in order, where both parts have about the same number of rows."""
    sizes = [len(group.rows) + 2 for group in groups]
    place = min(range(len(groups) + 1), key=lambda end: abs(sum(sizes[:end]) - sum(sizes[end:])))
    return groups[:place], groups[place:]
