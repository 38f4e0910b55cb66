"""The folders panel: sorting by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMainWindow, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from clipdesk.core.sorting.steps import Action
from clipdesk.gui.sorting.folders_panel import FoldersPanel
from clipdesk.gui.sorting.panel_folders import PanelFolder, PanelFolders

HOLIDAY, WORK = Path("/pictures/Holiday"), Path("/pictures/Work")
FOLDERS = PanelFolders().with_folder(HOLIDAY).with_folder(WORK)


class FromTheList(QDropEvent):
    """A drop whose source is a widget of the window, which Qt sets in real drags only."""

    def source(self) -> QObject:
        return QApplication.instance() or QObject()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def panel(window: QMainWindow, qtbot: QtBot) -> FoldersPanel:
    panel = FoldersPanel(window)
    window.setCentralWidget(panel)
    panel.show_folders(FOLDERS)
    window.resize(300, 500)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return panel


def mime(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(target: QWidget, at: QPoint, paths: Sequence[Path], *, inside: bool) -> QDropEvent:
    kind = FromTheList if inside else QDropEvent
    data = mime(paths)
    event = kind(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.data_ = data  # type: ignore[attr-defined]  # keeps it alive
    target.dropEvent(event)  # type: ignore[attr-defined]
    return event


def row_center(panel: FoldersPanel, row: int) -> QPoint:
    return panel.list.visualRect(panel.model.index(row)).center()


def test_new_folders_get_the_next_free_key() -> None:
    assert [one.key for one in FOLDERS.folders] == ["Alt+1", "Alt+2"]
    more = FOLDERS.without(HOLIDAY).with_folder(Path("/pictures/Family"))
    assert [(one.path.name, one.key) for one in more.folders] == [("Work", "Alt+2"), ("Family", "Alt+1")]


def test_a_tenth_folder_has_no_key() -> None:
    many = PanelFolders()
    for number in range(10):
        many = many.with_folder(Path(f"/{number}"))

    assert many.folders[9].key == ""


def test_a_key_belongs_to_one_folder_only() -> None:
    changed = FOLDERS.with_key(WORK, "Alt+1")

    assert changed.folders == (PanelFolder(HOLIDAY, ""), PanelFolder(WORK, "Alt+1"))


def test_folders_survive_being_saved() -> None:
    changed = FOLDERS.with_key(WORK, "F6")

    assert PanelFolders.from_json(changed.to_json()) == changed
    assert PanelFolders.from_json([["relative", "Alt+1"], 3, ["/a"]]) == PanelFolders()


def test_the_model_is_sound(panel: FoldersPanel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.model)


def test_dropping_pictures_of_the_list_on_a_folder_asks_to_sort_them(panel: FoldersPanel, qtbot: QtBot) -> None:
    pictures = [Path("/a/1.jpg"), Path("/a/2.jpg")]
    with qtbot.waitSignal(panel.pictures_dropped) as blocker:
        event = drop(panel.list, row_center(panel, 1), pictures, inside=True)

    assert [WORK, pictures] == blocker.args
    assert event.isAccepted()


def test_the_hint_says_what_a_drop_will_do(panel: FoldersPanel) -> None:
    panel.list.hovered.emit(WORK, 2)
    assert panel.hint.text() == "Move 2 pictures into “Work”"

    panel.action.segment("copy").click()
    panel.list.hovered.emit(WORK, 1)
    assert panel.hint.text() == "Copy 1 picture into “Work”"
    assert panel.chosen_action == Action.COPY


def test_files_of_a_file_manager_are_refused_with_a_sentence(panel: FoldersPanel, qtbot: QtBot) -> None:
    data = mime([Path("/a/1.jpg")])
    enter = QDragEnterEvent(
        QPoint(50, 300),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dragEnterEvent(enter)
    assert panel.refusal.isVisible()

    with qtbot.waitSignal(panel.refused) as blocker, qtbot.assertNotEmitted(panel.pictures_dropped):
        event = drop(panel, QPoint(50, 300), [Path("/a/1.jpg")], inside=False)

    assert blocker.args is not None
    assert "list" in blocker.args[0]
    assert event.dropAction() == Qt.DropAction.IgnoreAction
    assert not panel.refusal.isVisible()


def test_a_file_manager_cannot_drop_on_a_row_either(panel: FoldersPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.pictures_dropped):
        event = drop(panel.list, row_center(panel, 0), [Path("/a/1.jpg")], inside=False)

    assert not event.isAccepted()


def test_a_folders_key_chooses_it(panel: FoldersPanel, window: QMainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.folder_chosen) as blocker:
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)

    assert blocker.args == [WORK]


def test_enter_and_delete_work_on_the_current_folder(panel: FoldersPanel, qtbot: QtBot) -> None:
    panel.list.setCurrentIndex(panel.model.index(0))
    with qtbot.waitSignal(panel.folder_chosen) as blocker:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert blocker.args == [HOLIDAY]

    with qtbot.waitSignal(panel.folders_changed) as changed:
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert [FOLDERS.without(HOLIDAY)] == changed.args


def test_a_key_of_a_menu_is_not_taken_away(panel: FoldersPanel, window: QMainWindow, qtbot: QtBot) -> None:
    action = QAction("Find", window)
    action.setShortcut(QKeySequence("Ctrl+F"))

    with qtbot.waitSignal(panel.refused), qtbot.assertNotEmitted(panel.folders_changed):
        panel._set_key(WORK, "Ctrl+F")


def test_a_new_folder_is_made_beside_the_last_one_with_a_safe_name(
    panel: FoldersPanel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Fam/ily..", True))

    with qtbot.waitSignal(panel.folders_changed) as blocker:
        panel.make_folder()

    assert blocker.args is not None
    new = blocker.args[0].folders[-1].path
    assert new.parent == WORK.parent
    assert "/" not in new.name
    assert not new.name.endswith(".")


def test_counts_are_shown_beside_the_folder(panel: FoldersPanel) -> None:
    panel.count_files(WORK, 2)
    panel.count_files(WORK, 1)

    from clipdesk.gui.sorting.folders_list import Role

    assert panel.model.index(1).data(Role.COUNT) == 3
    assert panel.model.index(0).data(Role.COUNT) == 0
