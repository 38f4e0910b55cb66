from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clipdesk.encoders.models.catalog import RECOMMENDED
from clipdesk.gui.models.models_dialog import ModelsDialog
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.preferences import Preferences


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> Iterator[ModelsDialog]:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    preferences.set_speed(RECOMMENDED, 13.5)
    background = Background()
    dialog = ModelsDialog(background, preferences)
    # Tests read the dialog after it has closed.
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    background.stop()


def column(dialog: ModelsDialog, place: int) -> list[str]:
    cells = [dialog.table.item(row, place) for row in range(dialog.table.rowCount())]
    return [cell.text() for cell in cells if cell is not None]


def test_the_catalogue_is_shown_with_size_licence_and_speed(dialog: ModelsDialog) -> None:
    row = column(dialog, 0).index("Recommended")

    assert "605 MB" in column(dialog, 2)[row]
    assert "13.5" in column(dialog, 3)[row]
    assert column(dialog, 4)[row] == "MIT"


def test_every_open_clip_model_is_found_by_search(qtbot: QtBot, dialog: ModelsDialog) -> None:
    dialog.search.setText("convnext_base laion400m")

    qtbot.waitUntil(lambda: column(dialog, 0) == ["convnext_base:laion400m_s13b_b51k"], timeout=20_000)
    dialog.search.clear()
    qtbot.waitUntil(lambda: "Recommended" in column(dialog, 0))


def test_a_search_without_a_result_says_so(qtbot: QtBot, dialog: ModelsDialog) -> None:
    dialog.search.setText("no such model")

    qtbot.waitUntil(lambda: dialog.table.rowCount() == 0, timeout=20_000)
    assert "No model" in dialog.summary.text()
    assert not dialog.use_button.isEnabled()


def test_use_emits_the_model_and_closes(qtbot: QtBot, dialog: ModelsDialog) -> None:
    dialog.table.setCurrentCell(column(dialog, 0).index("Recommended"), 0)

    with qtbot.waitSignal(dialog.model_chosen) as chosen:
        dialog.use_button.click()

    assert chosen.args == [RECOMMENDED]
    assert not dialog.isVisible()


def test_the_model_in_use_is_marked_and_not_used_again(qtbot: QtBot, tmp_path: Path, tiny_model_dir: Path) -> None:
    background = Background()
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))

    dialog = ModelsDialog(background, preferences, in_use=f"local-dir:{tiny_model_dir}")
    qtbot.addWidget(dialog)

    row = dialog.table.currentRow()
    assert column(dialog, 0)[row] == tiny_model_dir.name
    assert column(dialog, 1)[row] == "In use"
    assert not dialog.use_button.isEnabled()
    background.stop()


def test_the_folder_button_closes_the_dialog_and_asks_for_a_folder(qtbot: QtBot, dialog: ModelsDialog) -> None:
    button = next(button for button in dialog.findChildren(QPushButton) if button.text() == "From a folder…")

    with qtbot.waitSignal(dialog.folder_requested):
        button.click()

    assert not dialog.isVisible()
