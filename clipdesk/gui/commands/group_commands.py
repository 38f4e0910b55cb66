"""Commands of the dialog *Groups*: select the pictures of a group, and make labels of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from clipdesk.core.errors import LabelError
from clipdesk.core.find.names import label_of_group
from clipdesk.core.find.vectors import Rows
from clipdesk.gui.groups.groups_dialog import ChosenGroup, GroupsDialog
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.window.main_window import MainWindow


class GroupCommands(QObject):
    """Opens the dialog *Groups*, and carries out what the person does in it."""

    def __init__(
        self, window: MainWindow, labelling: Labelling, thumbnails: Thumbnails, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._labelling, self._thumbnails = window, labelling, thumbnails
        self.dialog: GroupsDialog | None = None
        window.actions_["groups"].triggered.connect(self.show_dialog)
        labelling.grouper.changed.connect(self._show)

    def show_dialog(self) -> None:
        """Open the dialog beside the window, or bring it to the front."""
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        grouper, labelling = self._labelling.grouper, self._labelling
        dialog = self.dialog = GroupsDialog(self._thumbnails, lambda row: labelling.desk.images.path(row), self._window)
        dialog.fineness_chosen.connect(grouper.set_fineness)
        dialog.again_requested.connect(grouper.group_again)
        dialog.read_requested.connect(labelling.start)
        dialog.words_allowed.connect(grouper.send_words)
        dialog.rows_chosen.connect(self._select)
        dialog.labels_wanted.connect(self._make_labels)
        dialog.finished.connect(self._on_finished)
        self._window.closed.connect(dialog.close)
        grouper.begin()
        dialog.show()

    def _on_finished(self) -> None:
        self.dialog = None
        self._labelling.grouper.end()

    def _show(self) -> None:
        if self.dialog is not None:
            self.dialog.show_state(self._labelling.grouper.state)

    def _select(self, rows: Rows) -> None:
        """Show all pictures, and select these."""
        self._window.filter_bar.reset_filter()
        self._window.table.keeper.select(rows)

    def _make_labels(self, chosen: Sequence[ChosenGroup]) -> None:
        """Add labels of groups, as one step that can be undone."""
        assert self.dialog is not None
        images, label_set = self._labelling.desk.images, self._labelling.desk.label_set
        labels = [label_of_group(group.name, [images.path(row) for row in group.rows.tolist()]) for group in chosen]
        try:
            changed = replace(label_set, labels=(*label_set.labels, *labels))
        except LabelError as error:
            self.dialog.show_problem(str(error))
            return
        self._window.undo_stack.push(self._labelling.set_label_set(changed))
        self._window.show_undoable(tr("%Ln label(s) made of groups.", "", len(labels)))
        self.dialog.forget_ticks()
