"""Finds the controls that a screen reader cannot name, or does not know what they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextEdit,
)
#: Parts of other controls, which Qt names or which are no stop of their own.
_PARTS = (QScrollBar, QHeaderView)


def nameless(window: QWidget) -> list[str]:
    """Return the class and the parents of every control without an accessible name, hidden ones included."""
    return [
        " in ".join(type(one).__name__ for one in _ancestry(control))
        for control in window.findChildren(QWidget)
        if _is_control(control) and not _name(control)
    ]


def roleless(window: QWidget) -> list[str]:
    """Return the class and the parents of everything that takes the focus but has no role, hidden ones included."""
    return [
        " in ".join(type(one).__name__ for one in _ancestry(control))
        for control in window.findChildren(QWidget)
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus
        and control.focusProxy() is None
        and not _is_inside_control(control)
        and _role(control) in (QAccessible.Role.NoRole, QAccessible.Role.Client)
    ]


def tagged(window: QWidget) -> list[str]:
    """Return the descriptions of visible controls that are HTML, which screen readers would read with its tags."""
    found = [QAccessible.queryAccessibleInterface(one) for one in window.findChildren(QWidget) if one.isVisible()]
    texts = [one.text(QAccessible.Text.Description) for one in found if one is not None]
    return [text for text in texts if text.startswith("<")]


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, _PARTS) or _is_inside_control(widget):
        return False
    return isinstance(widget, _CONTROLS) or (isinstance(widget, QScrollArea) and bool(widget.focusPolicy().value))


def _is_inside_control(widget: QWidget) -> bool:
    """Return whether the widget is the field of a spin box, the clear button of a line edit, a tool bar's arrow…"""
    others = _ancestry(widget)[1:]
    return widget.objectName().startswith("qt_") or any(
        isinstance(one, (QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView)) for one in others
    )


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def _role(widget: QWidget) -> QAccessible.Role:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role() if interface is not None else QAccessible.Role.NoRole


def _ancestry(widget: QWidget) -> list[QWidget]:
    found = [widget]
    while (parent := found[-1].parentWidget()) is not None:
        found.append(parent)
    return found
