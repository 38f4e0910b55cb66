from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from clipdesk.core.encoder import Upload
from clipdesk.gui.servers.consent_dialog import ConsentDialog


def make(qtbot: QtBot, upload: Upload, count: int) -> ConsentDialog:
    dialog = ConsentDialog(upload, count)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_it_says_how_many_how_much_where_to_and_what_is_removed(qtbot: QtBot) -> None:
    dialog = make(qtbot, Upload(("api.example",), 110_000), 3214)

    assert "3214 pictures" in dialog.title.text().replace(",", "")
    assert "api.example" in dialog.title.text()
    assert "354 MB" in dialog.amount.text()
    assert "metadata are removed" in dialog.amount.text()
    assert not dialog.warning.isVisible()
    assert not dialog.remember.isChecked()


def test_a_small_amount_is_not_shown_as_zero(qtbot: QtBot) -> None:
    dialog = make(qtbot, Upload(("api.example",), 1_000), 1)

    assert "1 picture to" in dialog.title.text()
    assert "0.1 MB" in dialog.amount.text()


def test_an_unencrypted_connection_is_warned_about(qtbot: QtBot) -> None:
    dialog = make(qtbot, Upload(("gpu.office:9001", "api.example"), 1, ("gpu.office:9001",)), 5)

    assert dialog.warning.isVisible()
    assert "gpu.office:9001 is not encrypted" in dialog.warning.text()
    assert "these hosts" in dialog.remember.text()


def test_long_host_names_are_shown_in_full_on_their_own_lines(qtbot: QtBot) -> None:
    hosts = ("gpu-of-the-department-of-photography.example:9001", "gpu-of-the-department-of-botany.example:9001")
    dialog = make(qtbot, Upload(hosts, 1, hosts), 5)

    assert dialog.title.text() == "Send 5 pictures to these servers?"
    assert dialog.hosts.text().splitlines() == list(hosts)
    assert dialog.hosts.isVisible()
    assert dialog.warning.text().startswith("The connection is not encrypted")


def test_return_sends_and_escape_does_not(qtbot: QtBot) -> None:
    sends, refuses = make(qtbot, Upload(("a",), 1), 5), make(qtbot, Upload(("a",), 1), 5)

    qtbot.keyClick(sends, Qt.Key.Key_Return)
    qtbot.keyClick(refuses, Qt.Key.Key_Escape)

    assert sends.result() == QDialog.DialogCode.Accepted
    assert refuses.result() == QDialog.DialogCode.Rejected
