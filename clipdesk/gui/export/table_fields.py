"""What a table of results contains: the additional columns, and what Excel needs."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
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
        self.for_excel = QCheckBox(self._excel_text())
        self.for_excel.setToolTip(
            self.tr(
                "Excel needs this to show letters such as é and 강, and to split the columns. Other programs read the "
                "file better without."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID + 2)
        for box, checked in (
            (self.file, options.file),
            (self.probabilities, options.probabilities),
            (self.for_excel, options.byte_order_mark),
        ):
            box.setChecked(checked)
            box.toggled.connect(self.changed)
            column.addWidget(box)

    def options(self) -> TableOptions:
        """Return what is ticked."""
        for_excel = self.for_excel.isChecked()
        return TableOptions(
            self.file.isChecked(), self.probabilities.isChecked(), for_excel, for_excel and _has_decimal_comma()
        )

    def set_csv(self, is_csv: bool) -> None:
        """Enable what is for Excel only for CSV."""
        self.for_excel.setEnabled(is_csv)

    def _excel_text(self) -> str:
        if _has_decimal_comma():
            return self.tr("For &Excel only: semicolons, decimal commas, Unicode mark")
        return self.tr("For &Excel: mark the file as Unicode")


def _has_decimal_comma() -> bool:
    """Return whether the system writes numbers with a comma. Excel then expects semicolons between cells.

    Excel follows the system, whatever language was chosen for our window.
    """
    return QLocale.system().decimalPoint() == ","
