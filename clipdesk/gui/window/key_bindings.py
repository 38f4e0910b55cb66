"""The keys of the actions, as the person has changed them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from clipdesk.gui.kit.translation import tr
from clipdesk.gui.window.action_texts import key_text, plain_text
from clipdesk.gui.window.actions import Actions

_Key = Qt.Key
#: Keys that views, pictures and dialogs handle themselves. With Ctrl or Alt they may be used.
_RESERVED = frozenset(
    {
        _Key.Key_Escape, _Key.Key_Tab, _Key.Key_Backtab, _Key.Key_Space, _Key.Key_Delete,
        _Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down,
        _Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown,
        _Key.Key_Plus, _Key.Key_Minus, _Key.Key_Equal, _Key.Key_F, _Key.Key_Z, _Key.Key_Menu,
    }
)  # fmt: skip
_MODIFIERS = frozenset(
    {
        _Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta, _Key.Key_CapsLock,
        _Key.Key_NumLock, _Key.Key_ScrollLock, _Key.Key_unknown,
    }
)  # fmt: skip
_STRONG = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class KeyBindings:
    """Gives other keys to actions, and refuses those that mean something else already."""

    def __init__(self, actions: Actions) -> None:
        self._actions = actions
        self._changed: dict[str, str] = {}

    @property
    def changed(self) -> Mapping[str, str]:
        """The keys that differ from the defaults, as portable text, by the name of their action."""
        return self._changed

    def can_change(self, name: str) -> bool:
        return bool(self._actions.default_keys(name))

    def restore(self, saved: object) -> None:
        """Apply what `changed` was. Ignores unknown actions, and keys that mean something else by now."""
        pairs = saved.items() if isinstance(saved, Mapping) else ()
        wanted = {
            name: QKeySequence.fromString(text)
            for name, text in pairs
            if isinstance(name, str) and isinstance(text, str) and name in set(self._actions) and self.can_change(name)
        }
        # Two actions may have swapped their keys, so look at all of them together.
        while refused := [name for name in wanted if not self._is_free(name, wanted)]:
            del wanted[refused[0]]
        for name, key in wanted.items():
            self._set(name, key)

    def _is_free(self, name: str, wanted: Mapping[str, QKeySequence]) -> bool:
        key = wanted[name]
        if key.isEmpty() or _is_reserved(key):
            return False
        return not any(
            key in ([wanted[other]] if other in wanted else self._actions[other].shortcuts())
            for other in self._actions
            if other != name
        )

    def assign(self, name: str, key: QKeySequence) -> str:
        """Give this key to an action. Return "", or the reason for a refusal as a sentence."""
        if not self.can_change(name) or key.isEmpty():
            return tr("This key cannot be used.")
        shown = key_text(key)
        if _is_reserved(key):
            return tr("“{key}” is used to move, to look at pictures, or to close. Choose another key.").format(
                key=shown
            )
        for other in self._actions:
            if other != name and key in self._actions[other].shortcuts():
                text = plain_text(self._actions[other])
                return tr("“{key}” is the key of “{action}”. Give that another key first.").format(
                    key=shown, action=text
                )
        self._set(name, key)
        return ""

    def _set(self, name: str, key: QKeySequence) -> None:
        defaults = self._actions.default_keys(name)
        if key in defaults:
            self._actions.set_keys(name, defaults)
            self._changed.pop(name, None)
        else:
            self._actions.set_keys(name, [key, *_keypad_twins(key)])
            self._changed[name] = key.toString(QKeySequence.SequenceFormat.PortableText)

    def reset(self) -> None:
        """Give all actions their default keys again."""
        for name in self._changed:
            self._actions.set_keys(name, self._actions.default_keys(name))
        self._changed = {}


def pressed_key(event: QKeyEvent) -> QKeySequence | None:
    """Return the key of an event as a shortcut, or None for a modifier alone."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _MODIFIERS:
        return None
    text = event.text()
    if text.isprintable() and text and not text.isalnum() and text != " " and not modifiers & _STRONG:
        # “?” is Shift+/ on one keyboard and Shift+, on another.
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(modifiers.value | key.value)


def _combination(key: QKeySequence) -> QKeyCombination:
    first: QKeyCombination = key[0]  # type: ignore[index]  # missing in PySide's stub
    return first


def _is_reserved(key: QKeySequence) -> bool:
    combination = _combination(key)
    return combination.key() in _RESERVED and not combination.keyboardModifiers() & _STRONG


def _keypad_twins(key: QKeySequence) -> list[QKeySequence]:
    """Return Enter, the key of the number pad, for Return, with the same modifiers."""
    combination = _combination(key)
    if combination.key() != Qt.Key.Key_Return:
        return []
    return [QKeySequence(combination.keyboardModifiers().value | Qt.Key.Key_Enter.value)]
