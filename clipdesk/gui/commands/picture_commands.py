"""Commands on the selected images: quick look, open, reveal, copy, remove, use as a label."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.order import Rows
from clipdesk.gui.commands.opening import open_file, reveal
from clipdesk.gui.kit.desktop import copy_paths
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.picture.quick_look import QuickLook, QuickLookCaption
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.verdict import by_user_text, verdict
from clipdesk.gui.window.main_window import MainWindow

_REFRESH_MS = 100
_MENU = (
    ("quick_look", "open_picture", "reveal"),
    ("give",),
    ("copy", "copy_path"),
    ("find_similar", "use_as_label"),
    ("remove",),
)


class PictureCommands(QObject):
    """Keeps inspector, quick look and actions in step with the selection, and carries out the actions."""

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        model: ResultsModel,
        quick_look: QuickLook,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._model = model
        self.quick_look = quick_look
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._on_refresh)
        self._connect()
        self._on_selection_changed()

    def _connect(self) -> None:
        actions, table, labelling = self._window.actions_, self._window.table, self._labelling
        actions["quick_look"].triggered.connect(self.toggle_quick_look)
        actions["open_picture"].triggered.connect(self.open_picture)
        actions["reveal"].triggered.connect(self.reveal)
        actions["copy"].triggered.connect(self.copy)
        actions["copy_path"].triggered.connect(self.copy_path)
        actions["remove"].triggered.connect(self.remove)
        actions["use_as_label"].triggered.connect(self.use_as_label)
        actions["select_all"].triggered.connect(self._window.views.select_all)
        for view in (table, self._window.gallery):
            view.quick_look_requested.connect(self.toggle_quick_look)
            view.open_requested.connect(self.open_picture)
            view.remove_requested.connect(self.remove)
            view.menu_requested.connect(self.show_menu)
        table.current_changed.connect(self._on_selection_changed)
        table.selection_changed_rows.connect(self._on_selection_changed)
        self._window.inspector.quick_look_requested.connect(self.toggle_quick_look)
        self.quick_look.moved.connect(self._on_moved)
        labelling.desk_changed.connect(self._refresh.start)

    # --- the selection

    def selected_rows(self) -> list[int]:
        """Return the selected desk rows, in table order."""
        return self._window.table.selected_desk_rows()

    def selected_paths(self, limit: int | None = None) -> list[Path]:
        return [self._labelling.desk.images.path(row) for row in self.selected_rows()[:limit]]

    def _current_row(self) -> int | None:
        return self._window.table.current_desk_row()

    def _on_selection_changed(self, *_: object) -> None:
        rows = self._window.table.keeper.selected()
        for name in ("quick_look", "open_picture", "reveal", "copy", "copy_path", "remove", "use_as_label"):
            self._window.actions_[name].setEnabled(bool(len(rows)))
        self._show_in_inspector(rows)
        if self.quick_look.isVisible():
            self._show_in_quick_look()

    def _show_in_inspector(self, rows: Rows) -> None:
        inspector, desk = self._window.inspector, self._labelling.desk
        if len(rows) > 1:
            inspector.show_selection(desk, rows)
        else:
            inspector.show_picture(desk, rows.item(0) if len(rows) else None)

    def _on_refresh(self) -> None:
        self._window.inspector.refresh()
        if self.quick_look.isVisible():
            self._show_in_quick_look()

    # --- the quick look

    def toggle_quick_look(self) -> None:
        if self.quick_look.isVisible():
            self.quick_look.close()
        elif self._current_row() is not None:
            self._show_in_quick_look()

    def _show_in_quick_look(self) -> None:
        row = self._current_row()
        if row is None:
            self.quick_look.close()
            return
        desk, model = self._labelling.desk, self._model
        said, column = verdict(desk, row), desk.decisions.column.item(row)
        label = desk.labels[column].name if column >= 0 else ""
        if desk.decisions.source.item(row) == Source.USER and label:
            label = by_user_text(label)
        place = model.view_row(row)
        caption = QuickLookCaption(
            name=desk.images.names[row],
            label=label,
            color=said.color.name() if said.color is not None else "",
            probability=said.probability,
            position=place + 1,
            total=model.rowCount(),
            unsure=said.status == Status.UNSURE,
            error=desk.errors.get(row, ""),
        )
        beside = [step for step in (place + 1, place - 1) if 0 <= step < model.rowCount()]
        neighbours = [desk.images.path(model.desk_row(model.index(step, 0))) for step in beside]
        self.quick_look.show_picture(desk.images.path(row), caption, neighbours)

    def _on_moved(self, step: int) -> None:
        self._window.views.move_current(step)

    # --- the menu

    def show_menu(self, at: QPoint) -> None:
        """Open the context menu for the selected images, `at` in screen coordinates."""
        actions, menu = self._window.actions_, QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for names in _MENU:
            menu.addActions(
                [actions.submenus[name].menuAction() if name in actions.submenus else actions[name] for name in names]
            )
            menu.addSeparator()
        menu.popup(at)

    def open_picture(self) -> None:
        for path in self.selected_paths(1):
            open_file(self._window, path)

    def reveal(self) -> None:
        for path in self.selected_paths(1):
            reveal(self._window, path)

    def copy(self) -> None:
        if paths := self.selected_paths():
            copy_paths(paths)

    def copy_path(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(map(self._labelling.desk.images.path_text, self.selected_rows())))

    def remove(self) -> None:
        """Remove the selected images from the desk and offer to undo that."""
        rows = self.selected_rows()
        if not rows:
            return
        self._window.undo_stack.push(self._labelling.remove_images(rows))
        self._window.show_undoable(
            self.tr("{pictures} removed from the list. The files stay where they are.").format(
                pictures=pictures_text(len(rows))
            )
        )

    def use_as_label(self) -> None:
        for path in self.selected_paths(1):
            self._window.labels.add_reference(path)
