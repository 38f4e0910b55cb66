"""How many pictures get each label, by two wordings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from clipdesk.core.compare.wordings import Agreement
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import ROW_HEIGHT, font_scale, label_color
from clipdesk.gui.session.verdict import dot_pixmap


class LabelsPage(QTableWidget):
    """One row for each label: its pictures by A, by the other wording, and the change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        plain_table(self, self.tr("Pictures of each label"))
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def show_counts(self, snapshot: Snapshot, agreement: Agreement | None, names: tuple[str, str]) -> None:
        """Show the counts of this agreement. `names` are what both wordings are called."""
        set_titles(self, [self.tr("Label")], [*names, self.tr("Change")])
        labels = snapshot.label_set.labels if agreement is not None else ()
        self.setRowCount(len(labels))
        texts = NumberTexts()
        for row, label in enumerate(labels):
            assert agreement is not None
            number = row if label.color_index is None else label.color_index
            name = QTableWidgetItem(QIcon(dot_pixmap(label_color(number, label.color), 2.0)), label.name)
            name.setToolTip(plain_tooltip(label.name))
            a, b = int(agreement.counts_a[row]), int(agreement.counts_b[row])
            sign = "+" if b > a else "−" if b < a else ""
            self.setItem(row, 0, name)
            for column, text in enumerate((texts.count(a), texts.count(b), sign + texts.count(abs(b - a))), start=1):
                self.setItem(row, column, number_item(text))


def number_item(text: str) -> QTableWidgetItem:
    """Return a cell with a number, at the right."""
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def set_titles(table: QTableWidget, texts: Sequence[str], numbers: Sequence[str]) -> None:
    """Set the titles of the columns: first those with `texts`, then those with `numbers`."""
    for column, title in enumerate((*texts, *numbers)):
        item = QTableWidgetItem(title)
        if column < len(texts):
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setHorizontalHeaderItem(column, item)


def plain_table(table: QTableWidget, name: str) -> None:
    """Give a table of the dialog its look."""
    table.setAccessibleName(name)
    table.setProperty("plain", True)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.setWordWrap(False)
    table.setIconSize(QSize(10, 10))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(round(ROW_HEIGHT * font_scale()))
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
