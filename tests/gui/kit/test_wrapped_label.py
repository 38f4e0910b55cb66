from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit.wrapped_label import WrappedLabel

TEXT = "A sentence that is long enough to take several lines in a narrow panel."


def test_the_whole_text_is_seen_in_a_splitter(qtbot: QtBot) -> None:
    splitter, upper, label = QSplitter(Qt.Orientation.Vertical), QWidget(), WrappedLabel(TEXT)
    qtbot.addWidget(splitter)
    column = QVBoxLayout(upper)
    column.addWidget(QListView(), 1)
    column.addWidget(label)
    splitter.addWidget(upper)
    splitter.addWidget(QListView())
    splitter.setChildrenCollapsible(False)
    splitter.resize(160, 300)
    with qtbot.waitExposed(splitter):
        splitter.show()
    splitter.setSizes([10, 290])

    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    high = label.height()
    assert high >= 3 * label.fontMetrics().height()

    splitter.resize(600, 300)
    qtbot.waitUntil(lambda: label.minimumHeight() < high)

    label.setText("")
    assert 0 <= label.minimumHeight() < high
