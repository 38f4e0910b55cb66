"""What core and encoders say reaches the window in its language, from every thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bracketed import Bracketed
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.results.cells import Column


@pytest.fixture
def bracketed(qapp: QApplication) -> Iterator[None]:
    translator = Bracketed()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_messages_of_core_are_shown_in_the_language_of_the_window(
    bracketed: None, qtbot: QtBot, application: Application, folder: Path
) -> None:
    window, news = application.window, application.window.news
    assert "⟦this computer (CPU, PyTorch, fp32, ⟦" in window.job_bar.place.toolTip()

    application.desk_commands.show_labels(LabelSet((Label("dog"), Label("cat"))))
    missing = folder / "gone.jpg"
    with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
        application.desk_commands.add_paths([missing, folder])
    qtbot.waitUntil(lambda: application.labelling.desk.errors != {})

    # From the threads that decode pictures: in the inspector and in the table's tool tip.
    (row,) = application.labelling.desk.errors
    model = application.model
    (index,) = [one for one in (model.index(at, Column.LABEL) for at in range(9)) if model.desk_row(one) == row]
    error = "⟦The file ends too early; part of the picture is missing. Copy or download it again.⟧"
    window.table.selectRow(index.row())
    qtbot.waitUntil(lambda: window.inspector.error_text.text() == error)
    assert error in index.data(Qt.ItemDataRole.ToolTipRole)

    # On the GUI thread.
    window.labels.model.add([Label("Dog")])
    assert window.labels.message.text() == "⟦There is already a label “dog”. Choose another name.⟧"

    # From the thread that opens documents.
    other = folder / "notes.clipdesk"
    other.write_text("not a desk at all " * 10)
    with qtbot.waitSignal(application.documents.failed):
        application.documents.open(other)
    assert news.text.text() == f"⟦“{other}” is damaged, or not a desk of ClipDesk.⟧"

    # From the thread that looks for pictures.
    with qtbot.waitSignal(application.labelling.scan_ended):
        application.desk_commands.add_paths([missing])
    gone = "There is no file or folder of this name; it may have been moved, renamed or deleted."
    assert news.text.text() == f"⟦{missing}: ⟦{gone}⟧⟧"
