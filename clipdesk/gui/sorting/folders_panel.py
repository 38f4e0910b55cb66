"""The panel *Folders*: sort by hand, by dragging pictures onto a folder or by pressing its key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.sorting.folder_names import folder_name
from clipdesk.core.sorting.steps import Action
from clipdesk.gui.kit.desktop import local_paths
from clipdesk.gui.kit.drop_frame import DropFrame
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.segments import Segments
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, ROW_HEIGHT, font_scale
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.kit.wrapped_label import WrappedLabel
from clipdesk.gui.session.verdict import shown_name
from clipdesk.gui.sorting.folders_list import FoldersList, FoldersModel
from clipdesk.gui.sorting.key_dialog import KeyDialog
from clipdesk.gui.sorting.panel_folders import PanelFolders

#: The list shows at least two folders, which are higher than the rows of other lists.
_LEAST_ROWS = 3


class FoldersPanel(QWidget):
    """Shows the target folders. The owner carries out the sorts that it asks for.

    `pictures_dropped` names the pictures; `folder_chosen` (a key, or Enter) means those that are selected.
    """

    pictures_dropped = Signal(object, list)  # the folder's Path, list[Path]
    folder_chosen = Signal(object)  # Path
    folder_opened = Signal(object)  # Path: show it in the file manager
    folders_changed = Signal(object)  # PanelFolders
    action_changed = Signal(str)  # copy or move
    refused = Signal(str)  # a sentence

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts: list[QShortcut] = []
        self._start_folder = Path.home()
        self.model = FoldersModel(self)
        self.list = FoldersList(self.model, self)
        self.action = Segments(
            [
                ("move", self.tr("Move"), self.tr("The pictures go into the folder")),
                ("copy", self.tr("Copy"), self.tr("The originals stay where they are")),
            ],
            self,
        )
        self.hint = WrappedLabel(parent=self)
        self.hint.setProperty("role", "secondary")
        self.hint.setContentsMargins(PADDING, GAP, PADDING, GAP)
        self.new_button = QPushButton(self.tr("New…"))
        self.new_button.setToolTip(self.tr("A folder that is made when the first picture goes there"))
        self.new_button.setAccessibleName(self.tr("New folder"))
        self.add_button = QPushButton(self.tr("Add…"))
        self.add_button.setToolTip(self.tr("A folder that exists already"))
        self.add_button.setAccessibleName(self.tr("Add a folder"))
        for button in (self.new_button, self.add_button):
            button.setProperty("flat", True)
        self.list.setMinimumHeight(round(_LEAST_ROWS * ROW_HEIGHT * font_scale()))
        self.refusal = DropFrame(self.tr("Add pictures to the list first"), self)
        self._lay_out()
        self._connect()
        self._refresh_icons()
        self._show_hint(None, 0)
        self.setMinimumWidth(200)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Folders"), self)
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.setContentsMargins(PADDING, GAP, GAP, GRID)
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self.action)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(GRID, GRID, GRID, GAP)
        buttons.setSpacing(GRID)
        buttons.addWidget(self.new_button)
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.hint)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.list.pictures_dropped.connect(self.pictures_dropped)
        self.list.chosen.connect(self.folder_chosen)
        self.list.hovered.connect(self._show_hint)
        self.list.menu_wanted.connect(self._show_menu)
        self.list.remove_wanted.connect(self._remove)
        self.action.chosen.connect(self.action_changed)
        self.action.chosen.connect(lambda _: self._show_hint(None, 0))
        self.new_button.clicked.connect(self.make_folder)
        self.add_button.clicked.connect(self.add_folder)

    # --- for the window

    @property
    def chosen_action(self) -> Action:
        return Action(self.action.choice)

    def set_action(self, name: str) -> None:
        """Select *Move* or *Copy* without emitting `action_changed`."""
        self.action.select(name)
        self._show_hint(None, 0)

    def show_folders(self, folders: PanelFolders) -> None:
        """Show these folders and connect their keys, without emitting `folders_changed`."""
        self.model.show(folders)
        for shortcut in self._shortcuts:
            shortcut.deleteLater()
        self._shortcuts = []
        for folder in folders.folders:
            if folder.key:
                shortcut = QShortcut(QKeySequence(folder.key), self.window())
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(lambda path=folder.path: self.folder_chosen.emit(path))
                self._shortcuts.append(shortcut)
        self.list.setVisible(bool(folders.folders))
        self._show_hint(None, 0)

    def set_start_folder(self, folder: Path) -> None:
        """Open the file dialogs here."""
        self._start_folder = folder

    def count_files(self, folder: Path, files: int) -> None:
        """Show that this many files were put into a folder."""
        self.model.add_count(folder, files)

    # --- folders

    def make_folder(self) -> None:
        """Ask for a name, and add a folder of that name. It is made on disk when the first picture goes there."""
        folders = self.model.folders.folders
        parent = folders[-1].path.parent if folders else self._start_folder
        name, agreed = QInputDialog.getText(
            self,
            self.tr("New folder"),
            self.tr("A new folder in {folder}:").format(folder=shown_name(parent, whole=True)),
        )
        if agreed and name.strip():
            self._change(self.model.folders.with_folder(parent / folder_name(name.strip())))

    def add_folder(self) -> None:
        """Let the person choose a folder that exists."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), str(self._start_folder))
        if folder:
            self._change(self.model.folders.with_folder(Path(folder)))

    def _remove(self, path: Path) -> None:
        self._change(self.model.folders.without(path))

    def _change(self, folders: PanelFolders) -> None:
        self.show_folders(folders)
        self.folders_changed.emit(folders)

    def _show_menu(self, path: Path, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("reveal"), self.tr("Open in file manager")).triggered.connect(
            lambda: self.folder_opened.emit(path)
        )
        menu.addAction(self.tr("Change key…")).triggered.connect(lambda: self.choose_key(path))
        menu.addSeparator()
        menu.addAction(icon("close"), self.tr("Remove from this panel") + "\tDel").triggered.connect(
            lambda: self._remove(path)
        )
        menu.popup(at)

    def choose_key(self, path: Path) -> None:
        """Ask for the folder's key."""
        current = next((one.key for one in self.model.folders.folders if one.path == path), "")
        dialog = KeyDialog(shown_name(path), current, self)
        dialog.key_chosen.connect(lambda key: self._set_key(path, key))
        dialog.open()

    def _set_key(self, path: Path, key: str) -> None:
        taken = {
            one.toString(QKeySequence.SequenceFormat.PortableText)
            for action in self.window().findChildren(QAction)
            for one in action.shortcuts()
        }
        if key in taken:
            self.refused.emit(self.tr("{key} is used by a menu. Choose another key.").format(key=key))
            return
        self._change(self.model.folders.with_key(path, key))

    # --- what is shown

    def _show_hint(self, folder: Path | None, count: int) -> None:
        """Say what a drop on this folder will do; without one, how the panel works."""
        moves = self.action.choice == "move"
        if folder is not None:
            form = self.tr("Move {pictures} into “{folder}”") if moves else self.tr("Copy {pictures} into “{folder}”")
            text = form.format(pictures=pictures_text(count), folder=shown_name(folder))
        elif not self.model.rowCount():
            text = self.tr("Make a folder here. Then drag pictures onto it, or select some and press its key.")
        elif moves:
            text = self.tr("Drag pictures onto a folder to move them, or select some and press its key.")
        else:
            text = self.tr("Drag pictures onto a folder to copy them, or select some and press its key.")
        self.hint.setText(text)

    def _refresh_icons(self) -> None:
        self.new_button.setIcon(icon("plus"))
        self.add_button.setIcon(icon("folder"))
        for button in (self.new_button, self.add_button):
            button.setIconSize(QSize(16, 16))

    # --- Qt: pictures from other programs are refused with a sentence

    def _refuse(self, event: QDropEvent) -> None:
        if event.source() is not None or not local_paths(event.mimeData()):
            event.ignore()
            return
        # Accepting keeps the event from the window, which would add the files. The action refuses them.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.refusal.set_shown(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._refuse(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._refuse(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.refusal.set_shown(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._refuse(event)
        self.refusal.set_shown(False)
        if event.isAccepted():
            self.refused.emit(
                self.tr("Only pictures of the list can be sorted. Drop them on the middle of the window first.")
            )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
