"""Finds controls that are cut off, stick out of their window, or overlap."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableWidget,
    QWidget,
)

from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.segments import Segment
from clipdesk.gui.picture.facts_grid import FactValue

#: What a person reads or clicks. Containers are left out: they overlap their contents by nature.
CONTROLS = (QLabel, QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)


def faults(window: QWidget) -> list[str]:
    """Describe every control that is cut, sticks out of the window, or overlaps another one."""
    controls = [
        control
        for control in window.findChildren(QWidget)
        if isinstance(control, CONTROLS) and control.isVisible() and not is_part_of_another(control)
    ]
    result = [f"is cut: {text_of(control)}" for control in controls if is_cut(control)]
    result += [
        f"sticks out: {text_of(c)}"
        for c in controls
        if not window.rect().contains(area(c, window)) and not can_be_scrolled_to(c)
    ]
    result += [
        f"overlap: {text_of(one)}, {text_of(other)}"
        for one, other in itertools.combinations(controls, 2)
        if area(one, window).intersects(area(other, window))
    ]
    for table in window.findChildren(QTableWidget):
        result += cut_cells(table) if table.isVisible() else []
    return result


def is_part_of_another(control: QWidget) -> bool:
    """The field of a spin box, the clear button of a line edit, the corner of a table."""
    parent = control.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, (*CONTROLS, QTableWidget)):
            return True
        parent = parent.parentWidget()
    return False


def can_be_scrolled_to(control: QWidget) -> bool:
    parent = control.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent is not None


def is_cut(control: QWidget) -> bool:
    if isinstance(control, ElidedLabel):
        return control.height() < control.fontMetrics().height()
    if isinstance(control, Segment):  # which paints its text itself
        metrics = control.fontMetrics()
        return control.width() < metrics.horizontalAdvance(control.text()) or control.height() < metrics.height()
    if isinstance(control, FactValue):  # which elides its text, and is a field only to let it be copied
        return control.height() < control.fontMetrics().height()
    if isinstance(control, QLabel) and control.wordWrap():
        return control.height() < control.heightForWidth(control.width())
    if isinstance(control, QLineEdit):
        room = control.width() - 24
        shown = control.placeholderText() if not control.text() else control.text()
        return control.fontMetrics().horizontalAdvance(shown) > room or is_lower_than_its_hint(control)
    if isinstance(control, QAbstractSpinBox):
        text = control.fontMetrics().horizontalAdvance(control.text())
        return text + 20 > control.width() or is_lower_than_its_hint(control)
    return control.width() < control.minimumSizeHint().width() or is_lower_than_its_hint(control)


def is_lower_than_its_hint(control: QWidget) -> bool:
    return control.height() < control.minimumSizeHint().height()


def area(control: QWidget, window: QWidget) -> QRect:
    """Return where a control is seen, which is a part of it in a scroll area."""
    whole = QRect(control.mapTo(window, control.rect().topLeft()), control.size())
    parent = control.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent.parentWidget(), QScrollArea):
            shown = QRect(parent.mapTo(window, QPoint(0, 0)), parent.size())
            assert shown.left() <= whole.left() and whole.right() <= shown.right()  # these scroll only up and down
            return whole & shown
        parent = parent.parentWidget()
    return whole


def text_of(control: QWidget) -> str:
    if isinstance(control, (QLabel, QAbstractButton, QLineEdit)):
        return control.text() or control.accessibleName() or type(control).__name__
    return type(control).__name__


def cut_cells(table: QTableWidget) -> list[str]:
    """Describe every cell that is cut. Those with a tooltip are elided on purpose."""
    header, metrics = table.horizontalHeader(), table.fontMetrics()
    result = [
        f"is cut: column {column}"
        for column in range(table.columnCount())
        if header.isVisible() and header.sectionSize(column) < header.sectionSizeFromContents(column).width()
    ]
    for row, column in itertools.product(range(table.rowCount()), range(table.columnCount())):
        item = table.item(row, column)
        assert item is not None
        if item.toolTip():
            continue
        if metrics.horizontalAdvance(item.text()) > table.columnWidth(column) or metrics.height() > table.rowHeight(
            row
        ):
            result.append(f"is cut: {item.text()}")
    return result
