from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clipdesk import __version__
from clipdesk.gui.kit import theme
from clipdesk.gui.window.about_dialog import AboutDialog


def test_it_lists_what_it_is_given(qtbot: QtBot) -> None:
    dialog = AboutDialog(None, [("Qt", "6.11.3"), ("Model", "Starter")])
    qtbot.addWidget(dialog)

    texts = [label.text() for label in dialog.findChildren(QLabel)]

    assert any(__version__ in text for text in texts)
    assert any("MIT" in text for text in texts)
    assert {"Qt", "6.11.3", "Model", "Starter"} <= set(texts)


def test_copy_copies_all_versions(qtbot: QtBot) -> None:
    dialog = AboutDialog(None, [("Qt", "6.11.3")])
    qtbot.addWidget(dialog)

    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)

    assert QGuiApplication.clipboard().text() == f"ClipDesk {__version__}\nQt 6.11.3"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_no_words_are_cut(qtbot: QtBot) -> None:
    theme.apply_theme(theme.application(), "light")
    dialog = AboutDialog(None, [("Model", "a name that is long enough to take more than one line of the dialog " * 2)])
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()

    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()) or not label.wordWrap()
