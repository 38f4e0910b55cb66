"""What a table of results contains: the additional columns, and a mark for Excel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from clipdesk.core.export.options import TableOptions
from clipdesk.gui.kit.theme import GRID


class TableFields(QWidget):
    """Check boxes for `TableOptions`."""

    changed = Signal()

    def __init__(self, options: TableOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = QCheckBox(self.tr("Add the &file name without its folder"))
        self.probabilities = QCheckBox(self.tr("Add the &probability of every label"))
        self.byte_order_mark = QCheckBox(self.tr("For &Excel: mark the file as Unicode"))
        self.byte_order_mark.setToolTip(
            self.tr(
                "Without the mark, Excel shows letters such as é and 강 incorrectly. Other programs do not need it."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID + 2)
        for box, checked in (
            (self.file, options.file),
            (self.probabilities, options.probabilities),
            (self.byte_order_mark, options.byte_order_mark),
        ):
            box.setChecked(checked)
            box.toggled.connect(self.changed)
            column.addWidget(box)

    def options(self) -> TableOptions:
        """Return what is ticked."""
        return TableOptions(self.file.isChecked(), self.probabilities.isChecked(), self.byte_order_mark.isChecked())

    def set_csv(self, is_csv: bool) -> None:
        """Enable the mark for Excel only for CSV."""
        self.byte_order_mark.setEnabled(is_csv)
