"""All actions of the window: one table from which menus, toolbar and shortcuts are built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from clipdesk.gui.kit import icons

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class ActionSpec:
    """One action. `hint` is a key that another widget handles, which the menu only displays."""

    name: str
    text: str
    tip: str
    icon: str = ""
    shortcut: Key | str = ""
    hint: str = ""
    checkable: bool = False


#: Menu title → its entries. None is a separator, and a string is the name of a submenu.
MENUS: dict[str, tuple[ActionSpec | str | None, ...]] = {
    "&File": (
        ActionSpec("add_folder", "Add &folder…", "Add all pictures in a folder", icon="folder", shortcut=Key.Open),
        ActionSpec(
            "add_pictures", "Add &pictures…", "Add individual pictures", icon="add-pictures", shortcut="Ctrl+Shift+O"
        ),
        "recent",
        ActionSpec(
            "continue", "C&ontinue with the last desk", "Open the pictures, labels and model of the last time again"
        ),
        ActionSpec(
            "look_again",
            "Look for &changes",
            "Look for new, changed and missing pictures in the open folders",
            icon="refresh",
            shortcut=Key.Refresh,
        ),
        ActionSpec("samples", "Try the &samples", "Open the pictures that come with ClipDesk", icon="picture"),
        None,
        ActionSpec("open_labels", "Open &labels…", "Load labels from a file", icon="open", shortcut="Ctrl+Shift+L"),
        ActionSpec("save_labels", "Save la&bels…", "Save these labels to a file", icon="save", shortcut=Key.Save),
        None,
        ActionSpec(
            "export", "&Export scores…", "Save all scores as CSV or JSON Lines", icon="export", shortcut="Ctrl+E"
        ),
        ActionSpec(
            "sort",
            "S&ort into folders…",
            "Put the pictures into folders by their labels, after a look at the plan",
            icon="sort-into-folders",
            shortcut="Ctrl+Shift+S",
        ),
        None,
        ActionSpec("quit", "&Quit", "Close ClipDesk", shortcut="Ctrl+Q"),
    ),
    "&Edit": (
        "undo",
        None,
        ActionSpec(
            "copy", "&Copy", "Copy the selected pictures, as files and as paths", icon="copy", shortcut=Key.Copy
        ),
        ActionSpec("paste", "&Paste pictures", "Add pictures copied in another program", shortcut=Key.Paste),
        ActionSpec("select_all", "Select &all", "Select all pictures shown", shortcut=Key.SelectAll),
        ActionSpec(
            "remove", "&Remove from the list", "Remove the selected pictures from the list; files stay", hint="Del"
        ),
        ActionSpec("sort_history", "Sortin&g history…", "See past sorts, and take them back", icon="undo"),
        None,
        ActionSpec("clear", "Remove a&ll pictures", "Empty the list; files stay", icon="close"),
        None,
        ActionSpec("find", "&Filter", "Show only some of the pictures", icon="search", shortcut=Key.Find),
        ActionSpec("show_all", "S&how all pictures", "Clear the filter", hint="Esc"),
        None,
        ActionSpec("preferences", "Pre&ferences…", "Appearance, device, storage", icon="settings", shortcut="Ctrl+,"),
    ),
    "&Label": (
        ActionSpec("start", "Label &now", "Label all waiting pictures", icon="play", shortcut="Ctrl+R"),
        ActionSpec("pause", "&Pause", "Pause labelling", icon="pause", checkable=True, shortcut="Ctrl+P"),
        ActionSpec("cancel", "&Cancel", "Stop; finished scores are kept", icon="stop", shortcut="Ctrl+."),
        ActionSpec("retry", "Read &unreadable pictures again", "Try pictures with errors again", icon="refresh"),
        None,
        ActionSpec("new_label", "&Type a label", "Go to the field for a new label", icon="label", shortcut="Ctrl+L"),
        ActionSpec("paste_labels", "Paste la&bels", "Add each line of the copied text as a label"),
        "label",
        ActionSpec(
            "templates",
            "T&emplates…",
            "The words around every label, such as “a photo of a …”",
            icon="template",
            shortcut="Ctrl+Shift+T",
        ),
        None,
        "model",
        ActionSpec("models", "&Models…", "Choose, download and delete models", icon="model", shortcut="Ctrl+M"),
        "place",
        ActionSpec("server", "Ser&ver settings…", "Address, key and connection test", icon="server"),
    ),
    "&Picture": (
        ActionSpec("quick_look", "&Quick look", "Show a large preview", icon="eye", hint="Space"),
        ActionSpec("open_picture", "&Open", "Open in the system's image viewer", icon="open", hint="Enter"),
        ActionSpec(
            "reveal", "&Reveal in file manager", "Show the file in its folder", icon="reveal", shortcut="Ctrl+Shift+R"
        ),
        ActionSpec("copy_path", "Copy &path", "Copy the file's path as text", icon="copy", shortcut="Ctrl+Shift+C"),
        None,
        ActionSpec("use_as_label", "Use as &label", "Find pictures that look like this one", icon="label"),
    ),
    "&View": (
        ActionSpec("show_labels", "&Labels", "Show or hide the labels", shortcut="Ctrl+1", checkable=True),
        ActionSpec("show_inspector", "&Inspector", "Show or hide the inspector", shortcut="Ctrl+2", checkable=True),
        ActionSpec(
            "show_folders",
            "Fol&ders",
            "Show or hide the folders for sorting by hand",
            shortcut="Ctrl+3",
            checkable=True,
        ),
        None,
        ActionSpec(
            "gallery", "&Gallery", "Show the pictures as a gallery, or in a table", shortcut="Ctrl+T", checkable=True
        ),
        ActionSpec("group_by_label", "Group by la&bel", "Group the gallery by label", checkable=True),
        ActionSpec("collapse_groups", "C&ollapse all groups", "Show only the headings of the gallery's groups"),
        ActionSpec("expand_groups", "&Expand all groups", "Show the pictures of all groups"),
        None,
        ActionSpec(
            "zoom_in",
            "&Larger thumbnails",
            "Larger pictures in the table or gallery",
            icon="zoom-in",
            shortcut="Ctrl++",
        ),
        ActionSpec(
            "zoom_out",
            "&Smaller thumbnails",
            "Smaller pictures in the table or gallery",
            icon="zoom-out",
            shortcut="Ctrl+-",
        ),
        "columns",
        "sort",
        ActionSpec(
            "show_similarity",
            "Similarit&y in the columns",
            "Show how well each label fits the picture",
            shortcut="Ctrl+Shift+Y",
            checkable=True,
        ),
        None,
        "appearance",
        ActionSpec("full_screen", "&Full screen", "Use the whole screen", shortcut="F11", checkable=True),
    ),
    "&Help": (
        ActionSpec("first_steps", "&First steps…", "How to label pictures, in five steps", icon="help"),
        ActionSpec("keys", "&Keys…", "All keys of the window", shortcut=Key.HelpContents),
        None,
        ActionSpec("about", "&About ClipDesk", "Version and licences", icon="info"),
    ),
}


class Actions:
    """The actions by name, such as `actions["export"]`, and the submenus by name in `submenus`.

    They have no icons until `refresh_icons`, because drawing these would delay the first paint of the window.
    """

    def __init__(self, window: QMainWindow) -> None:
        self.submenus: dict[str, QMenu] = {}
        self._actions: dict[str, QAction] = {}
        self._icons: dict[str, str] = {}
        for title, rows in MENUS.items():
            menu = window.menuBar().addMenu(_tr(title))
            menu.setToolTipsVisible(True)
            for row in rows:
                if row is None:
                    menu.addSeparator()
                elif isinstance(row, str):
                    self.submenus[row] = menu if row == "undo" else menu.addMenu(_tr(_SUBMENU_TITLES[row]))
                else:
                    menu.addAction(self._make(row, window))
        self._fill_appearance(window)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def refresh_icons(self, names: Iterable[str] = ()) -> None:
        """Draw the icons of these actions, by default of all, in the colours of the theme."""
        for name in names or self._icons:
            self._actions[name].setIcon(icons.icon(self._icons[name]))

    def adopt(self, action: QAction, *, icon: str) -> None:
        """Add an action that was created elsewhere, under the name of its icon."""
        self._actions[icon] = action
        self._icons[icon] = icon
        self.refresh_icons([icon])

    def _make(self, spec: ActionSpec, window: QMainWindow) -> QAction:
        text = _tr(spec.text)
        action = QAction(f"{text}\t{spec.hint}" if spec.hint else text, window)
        action.setObjectName(spec.name)
        action.setStatusTip(_tr(spec.tip))
        action.setToolTip(_tr(spec.tip))
        action.setCheckable(spec.checkable)
        if spec.shortcut:
            keys = QKeySequence(spec.shortcut)
            action.setShortcut(keys)
            if isinstance(spec.shortcut, Key):
                action.setShortcuts(spec.shortcut)
            action.setToolTip(f"{_tr(spec.tip)} ({keys.toString(QKeySequence.SequenceFormat.NativeText)})")
        if spec.icon:
            self._icons[spec.name] = spec.icon
        self._actions[spec.name] = action
        return action

    def _fill_appearance(self, window: QMainWindow) -> None:
        group = QActionGroup(window)
        for scheme, text in (("system", "Like the &system"), ("light", "&Light"), ("dark", "&Dark")):
            action = QAction(_tr(text), group)
            action.setCheckable(True)
            action.setData(scheme)
            self._actions[f"appearance_{scheme}"] = action
            self.submenus["appearance"].addAction(action)


_SUBMENU_TITLES = {
    "recent": "&Recent folders",
    "model": "M&odel",
    "place": "&Where to run",
    "columns": "&Columns",
    "sort": "So&rt by",
    "label": "&Selected label",
    "appearance": "&Appearance",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
