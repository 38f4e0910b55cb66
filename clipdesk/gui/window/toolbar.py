"""The toolbar: add pictures, model, where to run, start, search, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from clipdesk.gui.kit.icons import ICON_SIZE, accent_icon, icon
from clipdesk.gui.kit.menu_button import MenuButton
from clipdesk.gui.window.actions import Actions

if TYPE_CHECKING:
    from clipdesk.gui.results.finder import Finder


class Toolbar(QToolBar):
    """The toolbar of the window. In a narrow window, some of its buttons show only their icons.

    `furnish` adds the parts that are not needed for the first paint.
    """

    def __init__(self, actions: Actions, window: QMainWindow) -> None:
        super().__init__(window)
        self._actions = actions
        self._finder: Finder | None = None
        self.setWindowTitle(self.tr("Toolbar"))
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.add_button = MenuButton(self)
        self.add_button.setText(self.tr("Add pictures"))
        self.add_button.setIcon(icon("add-pictures"))
        self.add_button.setToolTip(self.tr("Add a folder or individual pictures"))
        menu = QMenu(self.add_button)
        for name in ("add_folder", "add_pictures"):
            menu.addAction(actions[name])
        menu.addMenu(actions.submenus["recent"])
        menu.addAction(actions["samples"])
        self.add_button.setMenu(menu)
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(self.add_button)
        self._space = self.addWidget(space)
        for name in ("export", "sort"):
            actions[name].setEnabled(False)
            actions.refresh_icons([name])
            self.addAction(actions[name])
            # Qt makes the buttons of actions in a toolbar unreachable by Tab.
            self.widgetForAction(actions[name]).setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def furnish(self, finder: Finder) -> None:
        """Add the buttons whose texts are unknown at the start, and the search field, which is hidden at first."""
        self.model_button = MenuButton(self)
        self.model_button.setIcon(icon("model"))
        self.place_button = MenuButton(self)
        self.place_button.setIcon(icon("server"))
        start = self._actions["start"]
        self.start_button = QToolButton(self)
        self.start_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.start_button.setText(self.tr("Label now"))
        self.start_button.setToolTip(start.toolTip())
        self.start_button.clicked.connect(start.trigger)
        start.enabledChanged.connect(self._refresh_start)
        self.insertSeparator(self._space)
        self.insertWidget(self._space, self.model_button)
        self.insertWidget(self._space, self.place_button)
        self.insertSeparator(self._space)
        self.insertWidget(self._space, self.start_button)
        self._finder = finder
        self._finder_action = self.insertWidget(self._actions["export"], finder)
        self._finder_action.setVisible(False)
        self._refresh_start()

    def show_finder(self, shown: bool) -> None:
        """Show or hide the search field, which is useless without pictures."""
        self._finder_action.setVisible(shown)
        self.fit()

    def show_model(self, text: str, tip: str) -> None:
        self.model_button.setText(text)
        self.model_button.setToolTip(tip)
        self.fit()

    def show_place(self, text: str) -> None:
        """Show where the model runs."""
        self.place_button.setText(text)
        self.place_button.setToolTip(self.tr("{place}. Choose this computer or a server").format(place=text))
        self.fit()

    def fit(self) -> None:
        """Hide the texts of buttons, least important first, until everything fits."""
        if self._finder is None:
            return
        export, sort = (self.widgetForAction(self._actions[name]) for name in ("export", "sort"))
        assert isinstance(export, QToolButton)
        assert isinstance(sort, QToolButton)
        buttons = (export, self.place_button, self.model_button, sort, self.start_button, self.add_button)
        for button in buttons:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button in buttons:
            if self._least_width() <= self.width():
                return
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _least_width(self) -> int:
        assert self._finder is not None
        spare = self._finder.sizeHint().width() - self._finder.minimumSizeHint().width()
        return self.sizeHint().width() - (spare if self._finder_action.isVisible() else 0)

    def refresh_icons(self) -> None:
        """Redraw the icons in the colours of the theme, except those of actions, which `Actions` redraws."""
        self.add_button.setIcon(icon("add-pictures"))
        if self._finder is not None:
            self.model_button.setIcon(icon("model"))
            self.place_button.setIcon(icon("server"))
            self._refresh_start()

    def _refresh_start(self) -> None:
        """Fill the button with the accent colour while pictures are waiting and no job is running."""
        button, waits = self.start_button, self._actions["start"].isEnabled()
        button.setEnabled(waits)
        button.setProperty("primary", waits)
        button.setIcon(accent_icon("play") if waits else icon("play"))
        button.style().unpolish(button)
        button.style().polish(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
