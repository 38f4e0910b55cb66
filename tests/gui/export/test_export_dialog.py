from __future__ import annotations

import numpy as np
from export_desk import NAMES, desk_of_four
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clipdesk.core.export.options import TableOptions
from clipdesk.core.export.rows import Results
from clipdesk.core.export.tables import csv_cells, csv_header
from clipdesk.gui.export.export_dialog import ExportDialog


def make_dialog(
    qtbot: QtBot, shown: int = 2, total: int = 4, key: str = "csv", options: TableOptions | None = None
) -> ExportDialog:
    desk = desk_of_four()

    def first_rows(only_shown: bool) -> Results:
        return Results.of(desk, np.array([3, 1]) if only_shown else None)

    dialog = ExportDialog(key, options or TableOptions(), shown, total, first_rows)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def cells(dialog: ExportDialog) -> list[list[str]]:
    model = dialog.preview.model()
    columns = range(model.columnCount())
    header = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    return [header, *([str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount()))]


def test_with_a_filter_it_asks_which_pictures(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, shown=66, total=300)

    assert dialog.shown_button.text().replace("&", "") == "The 66 shown"
    assert dialog.all_button.text().replace("&", "") == "All 300"
    assert dialog.choice().only_shown
    dialog.all_button.click()
    assert not dialog.choice().only_shown


def test_without_a_filter_it_does_not_ask(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, shown=4, total=4)

    assert dialog.count.isVisible() and dialog.count.text() == "4 pictures"
    assert not dialog.shown_button.isVisible()
    assert not dialog.choice().only_shown


def test_a_filter_that_shows_nothing_leaves_all(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, shown=0, total=300)

    assert not dialog.shown_button.isEnabled()
    assert not dialog.choice().only_shown


def test_the_preview_shows_the_rows_of_the_file(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)
    rows = list(Results.of(desk_of_four()))
    assert cells(dialog) == [csv_header(NAMES), csv_cells(rows[3]), csv_cells(rows[1])]

    dialog.all_button.click()
    dialog.table_fields.probabilities.click()

    with_probabilities = TableOptions(probabilities=True)
    assert cells(dialog) == [
        csv_header(NAMES, with_probabilities),
        *(csv_cells(row, with_probabilities) for row in rows),
    ]


def test_a_new_column_is_scrolled_into_view(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    dialog.table_fields.file.click()

    bar = dialog.preview.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)


def test_the_mark_for_excel_is_only_for_csv(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)
    assert dialog.table_fields.byte_order_mark.isEnabled()

    dialog.format.setCurrentIndex(dialog.format.findData("jsonl"))

    assert not dialog.table_fields.byte_order_mark.isEnabled()


def test_save_hands_over_the_choice_and_stays_open_for_the_name(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, key="jsonl", options=TableOptions(file=True))

    with qtbot.waitSignal(dialog.save_requested) as saved:
        dialog.save_button.click()

    assert saved.args == [dialog.choice()]
    assert dialog.choice().format.key == "jsonl"
    assert dialog.choice().options == TableOptions(file=True)
    assert dialog.isVisible()
