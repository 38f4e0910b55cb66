"""All actions of the window: one table from which menus, toolbar and shortcuts are built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from clipdesk.gui.kit import icons
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.window.action_texts import plain_text

Key = QKeySequence.StandardKey

#: How many labels have a key of their own.
LABEL_KEYS = 9


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


def menus() -> dict[str, tuple[ActionSpec | str | None, ...]]:
    """Return menu title → its entries. None is a separator, and a string is the name of a submenu."""
    return {
        tr("&File"): (
            ActionSpec("new_desk", tr("&New desk"), tr("Begin with an empty desk; this one is kept"), shortcut=Key.New),
            ActionSpec(
                "open_desk",
                tr("Open des&k…"),
                tr("Open a desk that was saved as a file"),
                icon="open",
                shortcut="Ctrl+D",
            ),
            "recent_documents",
            ActionSpec("save_desk", tr("Sa&ve desk"), tr("Keep this desk as a file"), icon="save", shortcut=Key.Save),
            ActionSpec(
                "save_desk_as",
                tr("Save &desk as…"),
                tr("Save labels, corrections and the list of pictures as a file; changes are saved in it from then on"),
                shortcut="Ctrl+Shift+D",
            ),
            None,
            ActionSpec(
                "add_folder", tr("Add &folder…"), tr("Add all pictures in a folder"), icon="folder", shortcut=Key.Open
            ),
            ActionSpec(
                "add_pictures",
                tr("Add &pictures…"),
                tr("Add individual pictures"),
                icon="add-pictures",
                shortcut="Ctrl+Shift+O",
            ),
            "recent",
            ActionSpec(
                "continue",
                tr("C&ontinue with the last desk"),
                tr("Open the pictures, labels and model of the last time again"),
            ),
            ActionSpec(
                "look_again",
                tr("Look for &changes"),
                tr("Look for new, changed and missing pictures in the open folders"),
                icon="refresh",
                shortcut=Key.Refresh,
            ),
            ActionSpec(
                "samples", tr("Try the &samples"), tr("Open the pictures that come with ClipDesk"), icon="picture"
            ),
            None,
            ActionSpec(
                "open_labels", tr("Open &labels…"), tr("Load labels from a file"), icon="open", shortcut="Ctrl+Shift+L"
            ),
            ActionSpec("save_labels", tr("Save la&bels…"), tr("Save these labels to a file"), icon="save"),
            None,
            ActionSpec(
                "export",
                tr("&Export…"),
                tr("Save scores, keywords for photo programs, or embeddings"),
                icon="export",
                shortcut="Ctrl+E",
            ),
            ActionSpec(
                "sort",
                tr("S&ort into folders…"),
                tr("Put the pictures into folders by their labels, after a look at the plan"),
                icon="sort-into-folders",
                shortcut="Ctrl+Shift+S",
            ),
            None,
            ActionSpec("quit", tr("&Quit"), tr("Close ClipDesk"), shortcut="Ctrl+Q"),
        ),
        tr("&Edit"): (
            "undo",
            None,
            ActionSpec(
                "copy",
                tr("&Copy"),
                tr("Copy the selected pictures, as files and as paths"),
                icon="copy",
                shortcut=Key.Copy,
            ),
            ActionSpec(
                "paste", tr("&Paste pictures"), tr("Add pictures copied in another program"), shortcut=Key.Paste
            ),
            ActionSpec("select_all", tr("Select &all"), tr("Select all pictures shown"), shortcut=Key.SelectAll),
            ActionSpec(
                "remove",
                tr("&Remove from the list"),
                tr("Remove the selected pictures from the list; files stay"),
                hint="Del",
            ),
            ActionSpec("sort_history", tr("Sortin&g history…"), tr("See past sorts, and take them back"), icon="undo"),
            None,
            ActionSpec("clear", tr("Remove a&ll pictures"), tr("Empty the list; files stay"), icon="close"),
            None,
            ActionSpec("find", tr("&Filter"), tr("Show only some of the pictures"), icon="search", shortcut=Key.Find),
            ActionSpec(
                "search",
                tr("Search by &words…"),
                tr("Find pictures by what they show"),
                icon="search",
                shortcut="Ctrl+Shift+F",
            ),
            ActionSpec("show_all", tr("S&how all pictures"), tr("Clear the filter"), hint="Esc"),
            None,
            ActionSpec(
                "preferences",
                tr("Pre&ferences…"),
                tr("Appearance, device, storage"),
                icon="settings",
                shortcut="Ctrl+,",
            ),
        ),
        tr("&Label"): (
            ActionSpec("start", tr("Label &now"), tr("Label all waiting pictures"), icon="play", shortcut="Ctrl+R"),
            ActionSpec("pause", tr("&Pause"), tr("Pause labelling"), icon="pause", checkable=True, shortcut="Ctrl+P"),
            ActionSpec("cancel", tr("&Cancel"), tr("Stop; finished scores are kept"), icon="stop", shortcut="Ctrl+."),
            ActionSpec(
                "retry", tr("Read &unreadable pictures again"), tr("Try pictures with errors again"), icon="refresh"
            ),
            None,
            ActionSpec(
                "new_label", tr("&Type a label"), tr("Go to the field for a new label"), icon="label", shortcut="Ctrl+L"
            ),
            ActionSpec("paste_labels", tr("Paste la&bels"), tr("Add each line of the copied text as a label")),
            "label",
            None,
            "give",
            ActionSpec(
                "review",
                tr("Re&view…"),
                tr("Look at pictures one by one, and learn how many labels are wrong"),
                icon="eye",
                shortcut="F7",
            ),
            ActionSpec(
                "review_round",
                tr("Begin a new review roun&d"),
                tr("Review all labels about which you have said nothing yet, as they are now"),
                shortcut="Shift+F7",
            ),
            None,
            ActionSpec(
                "templates",
                tr("T&emplates…"),
                tr("The words around every label, such as “a photo of a …”"),
                icon="template",
                shortcut="Ctrl+Shift+T",
            ),
            ActionSpec(
                "compare",
                tr("Co&mpare wordings…"),
                tr("Find out which words find your pictures better"),
                icon="compare",
                shortcut="Ctrl+K",
            ),
            None,
            ActionSpec(
                "learning",
                tr("Use what was lea&rned"),
                tr("Let your corrections improve the labels of the other pictures"),
                checkable=True,
            ),
            ActionSpec(
                "check_learning",
                tr("C&heck what was learned…"),
                tr("Say of a few pictures which of two labels is right"),
                shortcut="F8",
            ),
            None,
            "model",
            ActionSpec(
                "models", tr("&Models…"), tr("Choose, download and delete models"), icon="model", shortcut="Ctrl+M"
            ),
            "place",
            ActionSpec("server", tr("Ser&ver settings…"), tr("Address, key and connection test"), icon="server"),
        ),
        tr("&Picture"): (
            ActionSpec("quick_look", tr("&Quick look"), tr("Show a large preview"), icon="eye", hint="Space"),
            ActionSpec(
                "open_picture",
                tr("&Open"),
                tr("Open in the system's image viewer"),
                icon="open",
                shortcut="Ctrl+Return",
                more=("Ctrl+Enter",),
            ),
            ActionSpec(
                "reveal",
                tr("&Reveal in file manager"),
                tr("Show the file in its folder"),
                icon="reveal",
                shortcut="Ctrl+Shift+R",
            ),
            ActionSpec(
                "copy_path", tr("Copy &path"), tr("Copy the file's path as text"), icon="copy", shortcut="Ctrl+Shift+C"
            ),
            None,
            ActionSpec(
                "find_similar",
                tr("Find &similar"),
                tr("Show the pictures that are most similar to these"),
                icon="search",
                shortcut="Ctrl+Shift+M",
            ),
            ActionSpec("use_as_label", tr("Use as &label"), tr("Find pictures that look like this one"), icon="label"),
        ),
        tr("&View"): (
            ActionSpec("show_labels", tr("&Labels"), tr("Show or hide the labels"), shortcut="Ctrl+1", checkable=True),
            ActionSpec(
                "show_inspector", tr("&Inspector"), tr("Show or hide the inspector"), shortcut="Ctrl+2", checkable=True
            ),
            ActionSpec(
                "show_folders",
                tr("Fol&ders"),
                tr("Show or hide the folders for sorting by hand"),
                shortcut="Ctrl+3",
                checkable=True,
            ),
            None,
            ActionSpec(
                "gallery",
                tr("&Gallery"),
                tr("Show the pictures as a gallery, or in a table"),
                shortcut="Ctrl+T",
                checkable=True,
            ),
            ActionSpec("group_by_label", tr("Group by la&bel"), tr("Group the gallery by label"), checkable=True),
            ActionSpec(
                "collapse_groups", tr("C&ollapse all groups"), tr("Show only the headings of the gallery's groups")
            ),
            ActionSpec("expand_groups", tr("&Expand all groups"), tr("Show the pictures of all groups")),
            None,
            ActionSpec(
                "zoom_in",
                tr("&Larger thumbnails"),
                tr("Larger pictures in the table or gallery"),
                icon="zoom-in",
                shortcut="Ctrl++",
            ),
            ActionSpec(
                "zoom_out",
                tr("&Smaller thumbnails"),
                tr("Smaller pictures in the table or gallery"),
                icon="zoom-out",
                shortcut="Ctrl+-",
            ),
            ActionSpec(
                "groups", tr("Gro&ups…"), tr("See what is in the pictures, and make labels of it"), shortcut="Ctrl+G"
            ),
            ActionSpec(
                "duplicates",
                tr("&Duplicates…"),
                tr("See copies, bursts and similar pictures, and move all but one away"),
                shortcut="Ctrl+Shift+G",
            ),
            None,
            "columns",
            "sort",
            ActionSpec(
                "show_similarity",
                tr("Similarit&y in the columns"),
                tr("Show how well each label fits the picture"),
                shortcut="Ctrl+Shift+Y",
                checkable=True,
            ),
            None,
            "appearance",
            ActionSpec("full_screen", tr("&Full screen"), tr("Use the whole screen"), shortcut="F11", checkable=True),
        ),
        tr("&Help"): (
            ActionSpec("first_steps", tr("&First steps…"), tr("How to label pictures, in five steps"), icon="help"),
            ActionSpec(
                "keys", tr("&Keys…"), tr("All keys of the window, and how to change them"), shortcut="?", more=("F1",)
            ),
            None,
            ActionSpec(
                "check_updates",
                tr("Check for &updates"),
                tr("Open the page of new versions in the browser"),
                icon="download",
            ),
            ActionSpec("licences", tr("&Licences…"), tr("Licences of ClipDesk and of the software that it uses")),
            ActionSpec("about", tr("&About ClipDesk"), tr("Version and libraries"), icon="info"),
        ),
    }


def submenus() -> dict[str, tuple[ActionSpec | None, ...]]:
    """Return the submenus with entries that do not change."""
    return {
        "give": (
            *(
                ActionSpec(
                    f"give_{number}",
                    tr("Label {number}").format(number=number),
                    tr("Give the pictures this label"),
                    shortcut=str(number),
                    in_views=True,
                )
                for number in range(1, LABEL_KEYS + 1)
            ),
            ActionSpec(
                "give_other",
                tr("&Other label…"),
                tr("Choose a label by its first letters"),
                shortcut="L",
                in_views=True,
            ),
            None,
            ActionSpec(
                "give_none", tr("&None of these"), tr("No label fits these pictures"), shortcut="0", in_views=True
            ),
            ActionSpec("give_unsure", tr("&Unsure"), tr("Mark the label as a guess"), shortcut="U", in_views=True),
            None,
            ActionSpec(
                "confirm",
                tr("&Confirm the label"),
                tr("The proposed label is right"),
                shortcut="Return",
                more=("Enter",),
                in_views=True,
            ),
            ActionSpec(
                "give_auto", tr("Back to &automatic"), tr("Forget what you said"), shortcut="Backspace", in_views=True
            ),
            None,
            ActionSpec(
                "advance",
                tr("&Go on after each label"),
                tr("Move to the next picture after each answer"),
                checkable=True,
            ),
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
        titles = _submenu_titles()
        for title, rows in menus().items():
            menu = window.menuBar().addMenu(title)
            menu.setToolTipsVisible(True)
            for row in rows:
                if row is None:
                    menu.addSeparator()
                elif isinstance(row, str):
                    self.submenus[row] = menu if row == "undo" else menu.addMenu(titles[row])
                else:
                    menu.addAction(self._make(row, window))
        for name, entries in submenus().items():
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
        action.setToolTip(f"{spec.tip} ({shown})" if shown else spec.tip)

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
        text = spec.text
        action = QAction(f"{text}\t{spec.hint}" if spec.hint else text, window)
        # By itself, Qt would leave the “(E)” of a Korean text in the toolbar.
        action.setIconText(plain_text(action))
        action.setObjectName(spec.name)
        action.setStatusTip(spec.tip)
        action.setToolTip(spec.tip)
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
        for scheme, text in (("system", tr("Like the &system")), ("light", tr("&Light")), ("dark", tr("&Dark"))):
            action = QAction(text, group)
            action.setCheckable(True)
            action.setData(scheme)
            self._actions[f"appearance_{scheme}"] = action
            self.submenus["appearance"].addAction(action)


def _submenu_titles() -> dict[str, str]:
    return {
        "recent": tr("&Recent folders"),
        "recent_documents": tr("Recen&t desks"),
        "model": tr("M&odel"),
        "place": tr("&Where to run"),
        "columns": tr("&Columns"),
        "sort": tr("So&rt by"),
        "label": tr("&Selected label"),
        "give": tr("&Give the pictures"),
        "appearance": tr("&Appearance"),
    }
