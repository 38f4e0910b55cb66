"""Commands of the dialog *Duplicates*: choose what to keep, keep both, and move the others away."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox

from clipdesk.core.find.keepers import KeeperRule
from clipdesk.core.messages import sentences
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.sorting.discard import DiscardReport, discard_others
from clipdesk.core.sorting.steps import Plan
from clipdesk.gui.commands.sorting_commands import SortingCommands
from clipdesk.gui.duplicates.duplicates_dialog import DuplicatesDialog
from clipdesk.gui.kit.words import pictures_text, size_text
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.duplicate_finder import ShownGroup
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.sorting.words import skipped_text
from clipdesk.gui.window.main_window import MainWindow

_RULES = "duplicates"


class DuplicateCommands(QObject):
    """Opens the dialog *Duplicates*, and carries out what the person does in it."""

    discarded = Signal(object)  # DiscardReport

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        thumbnails: Thumbnails,
        preferences: Preferences,
        sorting: SortingCommands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._labelling, self._thumbnails = window, labelling, thumbnails
        self._preferences, self._sorting = preferences, sorting
        self.dialog: DuplicatesDialog | None = None
        window.actions_["duplicates"].triggered.connect(self.show_dialog)
        labelling.duplicates.changed.connect(self._show)
        if rules := _rules_of(preferences.choices(_RULES)):
            labelling.duplicates.set_rules(rules)

    def show_dialog(self) -> None:
        """Open the dialog beside the window, or bring it to the front."""
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        finder, desk = self._labelling.duplicates, self._labelling.desk
        dialog = self.dialog = DuplicatesDialog(self._thumbnails, lambda row: desk.images.path(row), self._window)
        dialog.rules.show_rules(finder.rules)
        dialog.rules_chosen.connect(self._use_rules)
        dialog.keeper_chosen.connect(finder.keep_row)
        dialog.all_kept.connect(self._keep_all)
        dialog.rows_chosen.connect(self._select)
        dialog.move_wanted.connect(self._move)
        dialog.trash_wanted.connect(self._discard)
        dialog.again_requested.connect(finder.search_again)
        dialog.stop_requested.connect(finder.stop_search)
        dialog.finished.connect(self._on_finished)
        self._window.closed.connect(dialog.close)
        finder.begin()
        dialog.show()

    def _on_finished(self) -> None:
        self.dialog = None
        self._labelling.duplicates.end()

    def _show(self) -> None:
        if self.dialog is not None:
            self.dialog.show_state(self._labelling.duplicates.state)

    def _use_rules(self, rules: Sequence[KeeperRule]) -> None:
        self._preferences.set_choices(_RULES, [rule.name for rule in rules])
        self._labelling.duplicates.set_rules(rules)

    def _select(self, rows: Sequence[int]) -> None:
        """Show all pictures, and select these."""
        self._window.filter_bar.reset_filter()
        self._window.table.keeper.select(np.array(rows, np.intp))

    def _keep_all(self, number: int) -> None:
        """Remember that all pictures of a group are wanted, as a step that can be undone."""
        change = self._labelling.keep_groups(self._labelling.duplicates.groups_to_keep(number))
        if change:
            self._window.undo_stack.push(change)
            self._window.show_undoable(self.tr("These pictures are not shown as duplicates again."))

    def _move(self, groups: Sequence[ShownGroup]) -> None:
        """Show the plan that moves the others of these groups into a folder, and carry it out."""
        assert self.dialog is not None
        images = self._labelling.desk.images
        keeper_of: dict[Path, Path] = {}
        for group in groups:
            keeper = images.path(group.proposal.keeper)
            keeper_of |= {images.path(row): keeper for row in group.proposal.others}
        if keeper_of:
            folder = self._folder_for(next(iter(keeper_of.values())))
            self._sorting.move_others(keeper_of, folder, self._on_agreed, self.dialog)

    def _on_agreed(self, plan: Plan) -> None:
        """Follow the pictures that are about to be moved."""
        self._labelling.duplicates.expect_moves(step.source for step in plan.steps)
        if self.dialog is not None:
            self.dialog.forget_ticks()

    def _discard(self, groups: Sequence[ShownGroup]) -> None:
        """Ask, then put the others of these groups into the system's trash."""
        images = self._labelling.desk.images
        keeper_of: dict[ImageFile, Path] = {}
        for group in groups:
            keeper = images.path(group.proposal.keeper)
            keeper_of |= {images[row]: keeper for row in group.proposal.others}
        if not keeper_of or self.dialog is None:
            return
        pictures = pictures_text(len(keeper_of))
        size = size_text(sum(image.size_bytes for image in keeper_of))
        box = QMessageBox(self.dialog)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Put {pictures} into the trash? ({size})").format(pictures=pictures, size=size))
        box.setInformativeText(
            self.tr(
                "Files that belong to them, such as sidecars, go with them. The pictures to keep stay. "
                "You can put everything back from your system's trash, but not with Undo."
            )
        )
        trash = box.addButton(self.tr("Put into the trash"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        trash.clicked.connect(lambda: self._discard_now(keeper_of))
        box.open()

    def _discard_now(self, keeper_of: Mapping[ImageFile, Path]) -> None:
        news, stop = self._window.news, threading.Event()
        text = self.tr("Putting {pictures} into the trash…").format(pictures=pictures_text(len(keeper_of)))
        running = news.show_news(text, action=(self.tr("Stop"), stop.set), timeout_ms=0)
        if self.dialog is not None:
            self.dialog.forget_ticks()

        def on_done(report: DiscardReport) -> None:
            news.withdraw(running)
            self._labelling.look_again()
            parts = [self.tr("{pictures} put into the trash.").format(pictures=pictures_text(report.pictures))]
            if report.was_stopped:
                parts.append(self.tr("Stopped: the other files stay where they are."))
            if left := skipped_text(report.skipped):
                parts.append(left)
            is_whole = not report.skipped and not report.was_stopped
            news.show_news(sentences(*parts), level="good" if is_whole else "warn", timeout_ms=None if is_whole else 0)
            self.discarded.emit(report)

        def on_failed(problem: Problem) -> None:
            news.withdraw(running)
            news.show_news(problem.message, level="bad")

        work = partial(discard_others, keeper_of, should_stop=stop.is_set)
        self._labelling.background.run(work, on_done, on_failed)

    def _folder_for(self, picture: Path) -> Path:
        """Return a new folder to propose, in the added folder that the picture is in."""
        added = next((source for source in self._labelling.sources if source in picture.parents), picture.parent)
        return added / self.tr("Duplicates")


def _rules_of(names: object) -> tuple[KeeperRule, ...]:
    """Return the saved rules. Invalid entries are left out."""
    known = {rule.name: rule for rule in KeeperRule}
    return tuple(dict.fromkeys(known[name] for name in names if name in known)) if isinstance(names, list) else ()
