"""What screen readers call the widgets that we paint ourselves. Qt knows the roles of its own widgets only."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget

_PROPERTY = "accessibleRole"
_is_installed = False


def set_accessible_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Let screen readers call `widget` by this role, such as a graphic.

    Call it first of all: giving the widget its name creates its interface, which is kept.
    """
    global _is_installed
    if not _is_installed:
        _is_installed = True
        QAccessible.installFactory(_interface)
    widget.setProperty(_PROPERTY, role.value)


def _interface(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Return the interface of a widget with a role of ours. Qt asks only while assistive technology is in use."""
    if not isinstance(thing, QWidget):
        return None
    role = thing.property(_PROPERTY)
    if role is None and isinstance(thing, QScrollArea):
        role = QAccessible.Role.Pane.value  # which Tab reaches, to scroll by keys
    return None if role is None else QAccessibleWidget(thing, QAccessible.Role(role))
