from __future__ import annotations

import numpy as np
import pytest
from export_desk import NAMES, desk_of_four
from PySide6.QtCore import QLocale, Qt
from pytestqt.qtbot import QtBot

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.export.embeddings import Embeddings, can_write_parquet
from clipdesk.core.export.image_folder import METADATA_HEADER
from clipdesk.core.export.options import TableOptions
from clipdesk.core.export.rows import Results
from clipdesk.core.export.tables import csv_cells, csv_header
from clipdesk.core.export.xmp.sidecars import SIDECAR_HEADER, SidecarNaming, SidecarOptions
from clipdesk.gui.export.export_dialog import ExportDialog
from clipdesk.gui.export.preview_rows import FirstRows
from clipdesk.gui.export.sidecar_fields import sidecar_options_from_json, sidecar_options_to_json


def make_dialog(
    qtbot: QtBot,
    shown: int = 2,
    total: int = 4,
    key: str = "csv",
    options: TableOptions | None = None,
    *,
    folder: str = "/p",
    is_embedded: bool = True,
) -> ExportDialog:
    desk = desk_of_four()

    def first_rows(only_shown: bool) -> FirstRows:
        rows = np.array([3, 1]) if only_shown else None
        embeddings = Embeddings.of(desk, EncoderIdentity("m", "c", "p"), rows) if is_embedded else None
        return FirstRows(Results.of(desk, rows), embeddings, folder)

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


def test_what_is_for_excel_is_only_for_csv(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)
    assert dialog.table_fields.for_excel.isEnabled()

    dialog.format.setCurrentIndex(dialog.format.findData("jsonl"))

    assert not dialog.table_fields.for_excel.isEnabled()


def test_save_hands_over_the_choice_and_stays_open_for_the_name(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, key="jsonl", options=TableOptions(file=True))

    with qtbot.waitSignal(dialog.save_requested) as saved:
        dialog.save_button.click()

    assert saved.args == [dialog.choice()]
    assert dialog.choice().format.key == "jsonl"
    assert dialog.choice().options == TableOptions(file=True)
    assert dialog.isVisible()


def test_excel_gets_semicolons_where_numbers_have_a_comma(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    german = QLocale(QLocale.Language.German, QLocale.Country.Germany)
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: german))  # while the window is English
    dialog = make_dialog(qtbot, shown=4)
    dialog.table_fields.for_excel.click()

    assert dialog.choice().options == TableOptions(byte_order_mark=True, decimal_comma=True)
    assert "semicolons" in dialog.table_fields.for_excel.text()
    assert cells(dialog)[1][4] == csv_cells(next(iter(Results.of(desk_of_four()))))[4].replace(".", ",")


def test_elsewhere_excel_gets_only_the_mark(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    dialog.table_fields.for_excel.click()

    assert dialog.choice().options == TableOptions(byte_order_mark=True)


def choose(dialog: ExportDialog, key: str) -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(key))


def test_the_preview_shows_sidecars_and_their_keywords(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, shown=4)

    choose(dialog, "xmp")
    dialog.sidecar_fields.root.setText("AI")
    dialog.sidecar_fields.naming.setCurrentIndex(1)

    assert cells(dialog) == [
        SIDECAR_HEADER,
        ["a.jpg.xmp", "dog", "AI|dog", "AI/dog"],
        ["b.jpg.xmp", "", "", ""],
        ["c.jpg.xmp", "", "", ""],
        ["d.jpg.xmp", "", "", ""],
    ]
    dialog.sidecar_fields.with_unsure.click()
    assert cells(dialog)[2] == ["b.jpg.xmp", "=cat", "AI|=cat", "AI/=cat"]
    assert dialog.choice().sidecars == SidecarOptions("AI", SidecarNaming.FULL, with_unsure=True)
    assert dialog.sidecar_fields.isVisible() and not dialog.table_fields.isVisible()


def test_keywords_need_one_above_them(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, key="xmp")
    assert dialog.save_button.isEnabled() and dialog.save_button.text() == "Write keywords"

    dialog.sidecar_fields.root.setText(" | ")

    assert not dialog.save_button.isEnabled()
    assert cells(dialog) == [SIDECAR_HEADER]


def test_the_preview_of_a_data_set_has_relative_names(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, shown=4, key="imagefolder")

    assert cells(dialog)[0] == METADATA_HEADER
    assert [row[0] for row in cells(dialog)[1:]] == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]
    assert dialog.note.isVisible()


def test_a_data_set_needs_one_folder(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, key="imagefolder", folder="")

    assert not dialog.save_button.isEnabled()
    assert "several disks" in dialog.note.text()


def test_the_preview_of_embeddings_shows_their_first_numbers(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, shown=4, key="npz")

    assert cells(dialog)[1:] == [
        ["/p/a.jpg", "1.000  0.000  … (2)"],
        ["/p/b.jpg", "0.707  0.707  … (2)"],
    ]


def test_without_embeddings_there_is_nothing_to_save(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot, key="npz", is_embedded=False)

    assert not dialog.save_button.isEnabled()
    assert "no embeddings yet" in dialog.note.text()


def test_parquet_is_offered_only_with_pyarrow(qtbot: QtBot) -> None:
    dialog = make_dialog(qtbot)

    assert (dialog.format.findData("parquet") >= 0) == can_write_parquet()


def test_saved_options_for_sidecars_come_back() -> None:
    options = SidecarOptions("AI", SidecarNaming.FULL, with_unsure=True)

    assert sidecar_options_from_json(sidecar_options_to_json(options)) == options
    for odd in (None, [], {"root": 1, "naming": "y"}, {"root": " "}):
        assert sidecar_options_from_json(odd) == SidecarOptions()
