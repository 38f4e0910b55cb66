"""The main window: menus, toolbar, panels, results, status bar, and drag and drop.

It is built in two steps, because the table and the panels import slow modules such as numpy. The frame with its empty
state is on the screen before that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clipdesk.gui.kit.desktop import local_paths
from clipdesk.gui.kit.icons import app_icon
from clipdesk.gui.kit.last_opened import LastOpened
from clipdesk.gui.kit.theme import font_scale
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.window.actions import Actions
from clipdesk.gui.window.drop_zone import DropZone
from clipdesk.gui.window.job_bar import JobBar
from clipdesk.gui.window.toolbar import Toolbar

if TYPE_CHECKING:
    from clipdesk.gui.picture.inspector import Inspector
    from clipdesk.gui.results.views import ResultsViews
    from clipdesk.gui.session.undo import UndoStack
    from clipdesk.gui.window.news_bar import News

_FIRST_SIZE = QSize(1280, 800)
_MIN_SIZE = QSize(760, 400)
#: What the system's frame around the window takes at most.
_FRAME = QSize(16, 48)
#: Room for three labels. Their list would not become lower than it is, and so keep the window from becoming lower.
#: Above the folders there is room for little else, so that the window fits on a small screen.
_LABELS_MIN_HEIGHT, _LABELS_MIN_HEIGHT_ABOVE_FOLDERS = 264, 190
_LABELS_WIDTH = 232
_INSPECTOR_WIDTH = 284


class MainWindow(QMainWindow):
    """Lays out the parts of the window. Their behaviour is connected in `application`.

    A new window is only a frame: menus, the toolbar's first button, empty panels and the drop zone. `furnish` adds the
    rest.
    """

    paths_dropped = Signal(list)  # list[Path]
    closed = Signal()
    #: The frame was painted for the first time. A queued connection runs when it is on the screen.
    first_painted = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._was_painted = False
        self.is_reopening = False
        self._wants_focus_in_table = False
        self.setWindowTitle("ClipDesk")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(_MIN_SIZE)
        self.setAcceptDrops(True)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks)

        self.actions_ = Actions(self)
        self.drop_zone = DropZone(self)
        self.job_bar = JobBar(self)
        self.sort_bar = JobBar(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.drop_zone)
        self._middle = QWidget(self)
        self._middle_column = _column(self._middle)
        self._middle_column.addWidget(self._stack, 1)
        self.setCentralWidget(self._middle)
        self._labels_dock = self._dock("labels", self.tr("Labels"), Qt.DockWidgetArea.LeftDockWidgetArea)
        self._inspector_dock = self._dock("inspector", self.tr("Inspector"), Qt.DockWidgetArea.RightDockWidgetArea)
        self._folders_dock = self._dock("folders", self.tr("Folders"), Qt.DockWidgetArea.LeftDockWidgetArea)
        self._folders_dock.hide()
        for dock, width in ((self._labels_dock, _LABELS_WIDTH), (self._inspector_dock, _INSPECTOR_WIDTH)):
            self.resizeDocks([dock], [round(width * font_scale())], Qt.Orientation.Horizontal)
        self.toolbar = Toolbar(self.actions_, self)
        self.addToolBar(self.toolbar)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addPermanentWidget(self.job_bar, 1)
        self.statusBar().addPermanentWidget(self.sort_bar, 1)
        self.show_sorting(False)
        self._restore_layout()
        self.setFocus()  # otherwise a button of the drop zone gets the focus until `furnish` adds the label field

    def furnish(self, views: ResultsViews, inspector: Inspector, undo_stack: UndoStack) -> None:
        """Add everything that the frame lacks. Call it once, before any other method."""
        from clipdesk.gui.find.search_bar import SearchBar
        from clipdesk.gui.kit.down_scroll import DownScroll
        from clipdesk.gui.kit.drop_frame import DropFrame
        from clipdesk.gui.labels.panel import LabelsPanel
        from clipdesk.gui.results.filter_bar import FilterBar
        from clipdesk.gui.sorting.folders_panel import FoldersPanel
        from clipdesk.gui.teaching.learning_panel import LearningPanel
        from clipdesk.gui.teaching.none_panel import NonePanel
        from clipdesk.gui.teaching.unsure_panel import UnsurePanel
        from clipdesk.gui.window.field_keys import FieldKeys
        from clipdesk.gui.window.news_bar import NewsBar

        self.views = views
        self.table, self.gallery = views.table, views.gallery
        self.inspector = inspector
        self.undo_stack = undo_stack
        self.escape = LastOpened()
        self._undo_offer: News | None = None
        self.news = NewsBar(self)
        self.filter_bar = FilterBar(self)
        self.search_bar = SearchBar(self)
        self.labels = LabelsPanel(self)
        self.unsure, self.learning, self.none = UnsurePanel(), LearningPanel(), NonePanel()
        self.unsure_section = self.labels.add_section(self.tr("Unsure"), self.unsure)
        self.learning_section = self.labels.add_section(self.tr("Learning"), self.learning)
        self.none_section = self.labels.add_section(self.tr("None of these"), self.none)
        self.folders = FoldersPanel(self)
        folders = DownScroll(self.folders)
        folders.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        folders.setAccessibleName(self.tr("Folders"))
        self._results = QWidget(self)
        column = _column(self._results)
        column.addWidget(self.search_bar)
        column.addWidget(self.filter_bar)
        column.addWidget(self.views, 1)
        self._stack.addWidget(self._results)
        self._middle_column.insertWidget(0, self.news)
        self.drop_frame = DropFrame(self.tr("Add to the list"), self._middle)
        for dock, content in (
            (self._labels_dock, self.labels),
            (self._inspector_dock, self.inspector),
            (self._folders_dock, folders),
        ):
            dock.widget().deleteLater()
            dock.setWidget(content)
        self._fitting = single_shot(self, 0, self._fit_folders)  # once the panel is laid out
        self.folders.model.modelReset.connect(self._fitting.start)
        self.actions_["show_folders"].toggled.connect(self._make_room_for_folders)
        self._make_room_for_folders(not self._folders_dock.isHidden())
        self.toolbar.furnish(self.filter_bar.finder)
        label_sets = QMenu(self)
        for name in ("open_labels", "save_labels"):
            label_sets.addAction(self.actions_[name])
        self.labels.set_menu(label_sets)
        self.actions_.refresh_icons()
        self._disable_drops_on_fields()
        self.field_keys = FieldKeys(self, self.actions_)
        self._connect_escape()

    # --- parts

    def _dock(self, name: str, title: str, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        # The panels have their own titles.
        bar = QWidget(dock)
        bar.setFixedHeight(0)
        dock.setTitleBarWidget(bar)
        dock.setWidget(QWidget(dock))
        self.addDockWidget(area, dock)
        action = self.actions_[f"show_{name}"]
        action.toggled.connect(dock.setVisible)
        dock.visibilityChanged.connect(lambda _: action.setChecked(dock.isVisibleTo(self)))
        return dock

    @Slot(bool)
    def _make_room_for_folders(self, are_shown: bool) -> None:
        height = _LABELS_MIN_HEIGHT_ABOVE_FOLDERS if are_shown else _LABELS_MIN_HEIGHT
        self.labels.setMinimumHeight(round(height * font_scale()))
        self._fitting.start()

    @Slot()
    def _fit_folders(self) -> None:
        """Let the panel grow with its folders. By itself a dock keeps its height, and the panel would scroll."""
        docks = [self._labels_dock, self._folders_dock]
        needed = self._folders_dock.widget().heightForWidth(self._folders_dock.width())
        grows_by = needed - self._folders_dock.height()
        if self._folders_dock.isVisible() and grows_by > 0:
            self.resizeDocks(docks, [self._labels_dock.height() - grows_by, needed], Qt.Orientation.Vertical)

    def _disable_drops_on_fields(self) -> None:
        """Let the window handle drops on text fields, which would insert the text of the path."""
        for edit in self.findChildren(QLineEdit):
            edit.setAcceptDrops(False)

    def _connect_escape(self) -> None:
        """Register everything that Escape closes."""
        news, bar, full_screen = self.news, self.filter_bar, self.actions_["full_screen"]
        news.opened.connect(lambda: self.escape.opened("news", news.dismiss))
        news.closed.connect(lambda: self.escape.closed("news"))
        bar.filter_changed.connect(lambda chosen: self._set_open("filter", not chosen.shows_all, bar.reset_filter))
        full_screen.toggled.connect(lambda full: self._set_open("full screen", full, full_screen.toggle))
        self.undo_stack.changed.connect(self._on_undo_stack_changed)

    def _set_open(self, name: str, is_open: bool, close: Callable[[], object]) -> None:
        if is_open:
            self.escape.opened(name, close)
        else:
            self.escape.closed(name)

    # --- what is shown

    def show_undoable(self, text: str) -> None:
        """Report what the last step on the undo stack did, with a button that undoes it."""
        self._undo_offer = self.news.show_news(text, action=(self.tr("Undo"), self.undo_stack.undo))

    def _on_undo_stack_changed(self) -> None:
        """Withdraw the offer to undo: its step is no longer the last one."""
        self.news.withdraw(self._undo_offer)
        self._undo_offer = None

    def show_results(self, shown: bool) -> None:
        """Show the results, or the drop zone if there are no pictures."""
        self._stack.setCurrentIndex(1 if shown else 0)
        for page in (self.drop_zone, self._results):
            # The hidden page must not keep the window from becoming lower.
            is_shown = page is self._stack.currentWidget()
            policy = QSizePolicy.Policy.Preferred if is_shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)
        self.toolbar.show_finder(shown)
        if shown and self._wants_focus_in_table:
            self._wants_focus_in_table = False
            self.views.setFocus()

    def set_document_name(self, name: str, *, read_only: bool = False) -> None:
        """Show in the title under which name the desk is saved; empty if it has none."""
        shown = self.tr("{name} (read-only)").format(name=name) if read_only else name
        self.setWindowTitle(f"{shown} — ClipDesk" if name else "ClipDesk")

    def set_less_motion(self, less: bool) -> None:
        """Let nothing move by itself, or let it again."""
        self.setAnimated(not less)
        self.news.moves_less = less

    def show_sorting(self, shown: bool) -> None:
        """Show the progress of a sort in place of the labelling's, which goes on."""
        self.job_bar.setVisible(not shown)
        self.sort_bar.setVisible(shown)

    def focus_results(self) -> None:
        """Move the focus to the table or gallery, as soon as it is shown."""
        self._wants_focus_in_table = True
        if self.shows_results:
            self.views.setFocus()

    def reopen(self) -> None:
        """Close, for a new window that shows the same desk in another language."""
        self.is_reopening = True
        self.close()

    @property
    def shows_results(self) -> bool:
        return self._stack.currentIndex() == 1

    # --- layout

    def _restore_layout(self) -> None:
        if not self.restoreGeometry(self._preferences.layout("window")):
            screen = QGuiApplication.primaryScreen().availableSize()
            self.resize(_FIRST_SIZE.boundedTo(screen - _FRAME))
        self.restoreState(self._preferences.layout("panels"))
        for dock in (self._labels_dock, self._inspector_dock, self._folders_dock):
            self.actions_[f"show_{dock.objectName()}"].setChecked(not dock.isHidden())

    def save_layout(self) -> None:
        """Save the window's size and the state of its panels."""
        self._preferences.set_layout("window", self.saveGeometry())
        self._preferences.set_layout("panels", self.saveState())

    # --- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._accept_drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._accept_drag(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_hovered(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_hovered(False)
        paths = self._dropped_paths(event)
        if paths:
            _accept_as_copy(event)
            self.paths_dropped.emit(list(paths))
        else:
            event.ignore()

    def _accept_drag(self, event: QDropEvent) -> None:
        if paths := self._dropped_paths(event):
            _accept_as_copy(event)
            is_desk = any(path.suffix.lower() == ".clipdesk" for path in paths)
            self.drop_frame.set_text(self.tr("Open this desk") if is_desk else self.tr("Add to the list"))
            self._show_hovered(True)
        else:
            event.ignore()

    def _show_hovered(self, hovered: bool) -> None:
        """Highlight the window while pictures are dragged over it."""
        self.drop_zone.set_hovered(hovered)
        self.drop_frame.set_shown(hovered and self.shows_results)

    def _dropped_paths(self, event: QDropEvent) -> Sequence[Path]:
        """Return the files of a drag from another program. Our own rows are on the desk already."""
        return [] if event.source() is not None else local_paths(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.escape.close_last():
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.first_painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "toolbar"):
            self.actions_.refresh_icons()
            self.toolbar.refresh_icons()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_layout()
        # First, because `closed` ends the work, which may wait until a model is loaded.
        self.hide()
        self.closed.emit()
        super().closeEvent(event)


def _column(widget: QWidget) -> QVBoxLayout:
    """Return a vertical layout without margins or spacing."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _accept_as_copy(event: QDropEvent) -> None:
    """Accept a drop as a copy, even if the file manager suggests moving: the files must stay where they are."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
