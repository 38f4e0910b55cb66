"""Which keys the text fields of the window leave to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QMainWindow, QWidget

from clipdesk.gui.kit.desktop import local_paths
from clipdesk.gui.window.actions import Actions

#: Fields that Qt's line editor edits; it claims keys before shortcuts see them. QTextEdit leaves ours alone.
_FIELDS = (QLineEdit, QAbstractSpinBox, QComboBox)
_KEY = QKeySequence.StandardKey
#: What everybody expects of a text field.
_EDITING = (_KEY.Copy, _KEY.Cut, _KEY.Paste, _KEY.SelectAll, _KEY.Undo, _KEY.Redo)


class FieldKeys(QObject):
    """Leaves these keys to the window while a text field has the focus:

    - Ctrl with a letter that is a shortcut of the window, other than for the clipboard, select all, undo and redo. On
      Linux, Qt's fields know the keys of Emacs, such as Ctrl+E for the end of the line.
    - Undo and redo, when the field has nothing to undo.
    - Paste, when files are on the clipboard.
    """

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._watch)
        self._watch(None, app.focusWidget())

    def _watch(self, old: QWidget | None, new: QWidget | None) -> None:
        """Watch the field that has the focus: some, such as that for a label's name, are made when they are needed."""
        if isinstance(old, _FIELDS):
            old.removeEventFilter(self)
        if isinstance(new, _FIELDS) and self._window.isAncestorOf(new):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (self._is_shortcut(event) or _is_useless_undo(watched, event) or _pastes_files(event))
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _is_shortcut(self, event: QKeyEvent) -> bool:
        """Return whether the key is Ctrl and a letter, belongs to an enabled action, and is not for editing."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if modifiers != Qt.KeyboardModifier.ControlModifier or not Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:
            return False
        if any(event.matches(key) for key in _EDITING):
            return False
        pressed = QKeySequence(event.keyCombination())
        actions = (self._actions[name] for name in self._actions)
        return any(action.isEnabled() and pressed in action.shortcuts() for action in actions)


def _is_useless_undo(field: QObject, event: QKeyEvent) -> bool:
    return isinstance(field, QLineEdit) and (
        (event.matches(_KEY.Undo) and not field.isUndoAvailable())
        or (event.matches(_KEY.Redo) and not field.isRedoAvailable())
    )


def _pastes_files(event: QKeyEvent) -> bool:
    if not event.matches(_KEY.Paste):
        return False
    clipboard = QGuiApplication.clipboard().mimeData()
    return clipboard.hasUrls() and bool(local_paths(clipboard))
