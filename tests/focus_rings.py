"""Finds the tab stops of a window, and those whose focus cannot be seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

#: The ring may be just outside of the widget.
_MARGIN = 3


def tab_stops(window: QWidget) -> list[QWidget]:
    """Return the widgets that Tab reaches, in order.

    Call it at the end of a test: PySide 6.11 takes each widget of the chain for a child of the one before. Once one is
    deleted, those after it seem to be deleted, too.
    """
    found: list[QWidget] = []
    start = widget = window
    while (widget := widget.nextInFocusChain()) is not start:
        reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if reachable and widget.isVisible() and widget.isEnabled() and widget.window() is window:
            found.append(widget)
    return found


def around(window: QWidget, widget: QWidget) -> QImage:
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return window.grab(area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) & window.rect()).toImage()


def without_ring(window: QWidget) -> list[str]:
    """Return the tab stops that look the same with and without the focus."""
    parking = QLineEdit(window)  # keeps the focus elsewhere, but in the window
    parking.setGeometry(0, 0, 1, 1)
    parking.show()

    hidden = []
    for widget in tab_stops(window):
        if widget is parking:
            continue
        parking.setFocus(Qt.FocusReason.TabFocusReason)
        before = around(window, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert QApplication.focusWidget() is not None
        if around(window, widget) == before:
            hidden.append(f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}")

    return hidden
