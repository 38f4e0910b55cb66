"""All actions of the window: one table from which menus, toolbar and shortcuts are built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from clipdesk.gui.kit import icons

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class ActionSpec:
    """One action. `hint` is a key that another widget handles, which the menu only displays.

    `more` are further shortcuts. The shortcuts of an action with `in_views` work only in the views that show pictures:
    elsewhere, Enter or a digit mean something else.
    """

    name: str
    text: str
    tip: str
    icon: str = ""
    shortcut: Key | str = ""
    hint: str = ""
    checkable: bool = False
    more: tuple[str, ...] = ()
    in_views: bool = False


#: Menu title → its entries. None is a separator, and a string is the name of a submenu.
MENUS: dict[str, tuple[ActionSpec | str | None, ...]] = {
    "&File": (
        ActionSpec("new_desk", "&New desk", "Begin with an empty desk; this one is kept", shortcut=Key.New),
        ActionSpec("open_desk", "Open des&k…", "Open a desk that was saved as a file", icon="open", shortcut="Ctrl+D"),
        "recent_documents",
        ActionSpec("save_desk", "Sa&ve desk", "Keep this desk as a file", icon="save", shortcut=Key.Save),
        ActionSpec(
            "save_desk_as",
            "Save &desk as…",
            "Save labels, corrections and the list of pictures as a file; changes are saved in it from then on",
            shortcut="Ctrl+Shift+D",
        ),
        None,
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
        ActionSpec("save_labels", "Save la&bels…", "Save these labels to a file", icon="save"),
        None,
        ActionSpec(
            "export",
            "&Export…",
            "Save scores, keywords for photo programs, or embeddings",
            icon="export",
            shortcut="Ctrl+E",
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
        None,
        "give",
        ActionSpec(
            "review",
            "Re&view…",
            "Look at pictures one by one, and learn how many labels are wrong",
            icon="eye",
            shortcut="F7",
        ),
        ActionSpec(
            "review_round",
            "Begin a new review roun&d",
            "Review all labels about which you have said nothing yet, as they are now",
            shortcut="Shift+F7",
        ),
        None,
        ActionSpec(
            "templates",
            "T&emplates…",
            "The words around every label, such as “a photo of a …”",
            icon="template",
            shortcut="Ctrl+Shift+T",
        ),
        ActionSpec(
            "compare",
            "Co&mpare wordings…",
            "Find out which words find your pictures better",
            icon="compare",
            shortcut="Ctrl+K",
        ),
        None,
        ActionSpec(
            "learning",
            "Use what was lea&rned",
            "Let your corrections improve the labels of the other pictures",
            checkable=True,
        ),
        ActionSpec("check_learning", "C&heck what was learned…", "Say of a few pictures which of two labels is right"),
        None,
        "model",
        ActionSpec("models", "&Models…", "Choose, download and delete models", icon="model", shortcut="Ctrl+M"),
        "place",
        ActionSpec("server", "Ser&ver settings…", "Address, key and connection test", icon="server"),
    ),
    "&Picture": (
        ActionSpec("quick_look", "&Quick look", "Show a large preview", icon="eye", hint="Space"),
        ActionSpec(
            "open_picture",
            "&Open",
            "Open in the system's image viewer",
            icon="open",
            shortcut="Ctrl+Return",
            more=("Ctrl+Enter",),
        ),
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
        ActionSpec("keys", "&Keys…", "All keys of the window, and how to change them", shortcut="?", more=("F1",)),
        None,
        ActionSpec("about", "&About ClipDesk", "Version and licences", icon="info"),
    ),
}

#: How many labels have a key of their own.
LABEL_KEYS = 9

#: Submenus with entries that do not change.
SUBMENUS: dict[str, tuple[ActionSpec | None, ...]] = {
    "give": (
        *(
            ActionSpec(
                f"give_{number}", f"Label {number}", "Give the pictures this label", shortcut=str(number), in_views=True
            )
            for number in range(1, LABEL_KEYS + 1)
        ),
        ActionSpec("give_other", "&Other label…", "Choose a label by its first letters", shortcut="L", in_views=True),
        None,
        ActionSpec("give_none", "&None of these", "No label fits these pictures", shortcut="0", in_views=True),
        ActionSpec("give_unsure", "&Unsure", "Mark the label as a guess", shortcut="U", in_views=True),
        None,
        ActionSpec(
            "confirm",
            "&Confirm the label",
            "The proposed label is right",
            shortcut="Return",
            more=("Enter",),
            in_views=True,
        ),
        ActionSpec("give_auto", "Back to &automatic", "Forget what you said", shortcut="Backspace", in_views=True),
        None,
        ActionSpec("advance", "&Go on after each label", "Move to the next picture after each answer", checkable=True),
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
        self._specs: dict[str, ActionSpec] = {}
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
        for name, entries in SUBMENUS.items():
            for entry in entries:
                if entry is None:
                    self.submenus[name].addSeparator()
                else:
                    self.submenus[name].addAction(self._make(entry, window))
        self._fill_appearance(window)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def in_views(self) -> list[QAction]:
        """Return the actions whose shortcuts work only in views of pictures, which have to add them."""
        return [self._actions[name] for name, spec in self._specs.items() if spec.in_views]

    def default_keys(self, name: str) -> list[QKeySequence]:
        """Return the shortcuts that an action has unless the person changes them. Empty for adopted actions."""
        spec = self._specs.get(name)
        if spec is None or not spec.shortcut:
            return []
        first = QKeySequence.keyBindings(spec.shortcut) if isinstance(spec.shortcut, Key) else [spec.shortcut]
        return [QKeySequence(key) for key in (*first, *spec.more)]

    def set_keys(self, name: str, keys: Sequence[QKeySequence]) -> None:
        """Set the shortcuts of an action. The first is shown in menus and tooltips."""
        action, spec = self._actions[name], self._specs[name]
        action.setShortcuts(keys)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{_tr(spec.tip)} ({shown})" if shown else _tr(spec.tip))

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
        if spec.in_views:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if spec.icon:
            self._icons[spec.name] = spec.icon
        self._actions[spec.name], self._specs[spec.name] = action, spec
        if spec.shortcut:
            self.set_keys(spec.name, self.default_keys(spec.name))
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
    "recent_documents": "Recen&t desks",
    "model": "M&odel",
    "place": "&Where to run",
    "columns": "&Columns",
    "sort": "So&rt by",
    "label": "&Selected label",
    "give": "&Give the pictures",
    "appearance": "&Appearance",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
