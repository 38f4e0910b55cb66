"""Commands that sort pictures into folders: by rule, by hand, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from clipdesk.core.desk.changes import DeskChange, SortedFiles
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.sorting.apply import apply_plan
from clipdesk.core.sorting.candidates import DeskRows
from clipdesk.core.sorting.following import moved_files, new_files
from clipdesk.core.sorting.journal import SortingJournal
from clipdesk.core.sorting.plan import make_plan, plan_by_hand
from clipdesk.core.sorting.recovery import recover
from clipdesk.core.sorting.rules import SortingRules
from clipdesk.core.sorting.steps import Action, Plan, Skipped, SortReport
from clipdesk.core.sorting.undo import undo_sort
from clipdesk.gui.kit.desktop import open_in_viewer, reveal_in_file_manager
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.session.sort_runner import SortRunner, SortTask
from clipdesk.gui.session.verdict import color_of
from clipdesk.gui.sorting.history_dialog import HistoryDialog
from clipdesk.gui.sorting.panel_folders import PanelFolders
from clipdesk.gui.sorting.rules_form import Scope
from clipdesk.gui.sorting.sort_choices import SortChoices
from clipdesk.gui.sorting.sort_dialog import SortDialog
from clipdesk.gui.sorting.words import skipped_text, sorted_text, undone_text
from clipdesk.gui.window.main_window import MainWindow

_CHOICES, _FOLDERS, _HAND = "sorting", "sorting folders", "sorting by hand"


@dataclass
class _Job:
    """What a task of the runner is about. `outcome` is filled on its thread, and read after its end."""

    action: Action
    step: SortedFiles | None = None  # the step on the undo stack that this undoes or redoes
    folder: Path | None = None  # the folder of the panel that it fills
    moved: dict[Path, ImageFile] | None = None
    copies: Sequence[ImageFile] = ()
    is_recovery: bool = False


class SortingCommands(QObject):
    """Opens the dialogs, runs sorts and their undo, and lets the desk follow the files."""

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        model: ResultsModel,
        thumbnails: Thumbnails,
        preferences: Preferences,
        journal: SortingJournal,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._model = model
        self._thumbnails = thumbnails
        self._preferences = preferences
        self._journal = journal
        self._planning: threading.Event | None = None
        self.runner = SortRunner(self)
        self._connect()
        self._restore_panel()

    def _connect(self) -> None:
        window, actions, panel = self._window, self._window.actions_, self._window.folders
        actions["sort"].triggered.connect(self.show_dialog)
        actions["sort_history"].triggered.connect(self.show_history)
        panel.pictures_dropped.connect(self.sort_by_hand)
        panel.folder_chosen.connect(self._on_folder_chosen)
        panel.folder_opened.connect(self._show_folder)
        panel.folders_changed.connect(lambda folders: self._preferences.set_choices(_FOLDERS, folders.to_json()))
        panel.action_changed.connect(lambda name: self._preferences.set_choices(_HAND, name))
        panel.refused.connect(lambda sentence: window.news.show_news(sentence, level="warn"))
        self._labelling.sort_undo_wanted.connect(self._undo_step)
        self.runner.started.connect(self._on_started)
        self.runner.finished.connect(self._on_finished)
        self.runner.failed.connect(self._on_failed)

    def _restore_panel(self) -> None:
        panel = self._window.folders
        panel.show_folders(PanelFolders.from_json(self._preferences.choices(_FOLDERS)))
        panel.set_action(str(self._preferences.choices(_HAND)))
        recent = self._preferences.recent_folders
        if recent:
            panel.set_start_folder(recent[0])

    def begin(self) -> None:
        """Finish or take back what a crash has interrupted."""
        job = _Job(Action.MOVE, is_recovery=True)
        self._run(self.tr("Checking the last sort"), job, lambda task: recover(self._journal))

    def stop(self) -> None:
        """Stop before the next file, and wait for the present one."""
        if self._planning is not None:
            self._planning.set()
        self.runner.stop()

    # --- by rule

    def show_dialog(self) -> None:
        """Open the dialog *Sort into folders*."""
        desk, preferences = self._labelling.desk, self._preferences
        labels = [(label, color_of(desk, column)) for column, label in enumerate(desk.labels)]
        dialog = SortDialog(
            self._thumbnails,
            SortChoices.from_json(preferences.choices(_CHOICES)),
            self._scopes(),
            labels,
            preferences.recent_folders,
            self._window,
        )
        if len(self._window.table.selected_desk_rows()) > 1:
            dialog.form.select_scope("selected")
        elif not self._model.filter.shows_all:
            dialog.form.select_scope("shown")
        dialog.plan_wanted.connect(lambda scope, rules: self._plan(dialog, scope, rules))
        dialog.sort_requested.connect(lambda plan: self._on_sort_requested(dialog, plan))
        dialog.finished.connect(self._stop_planning)
        dialog.start()
        dialog.open()

    def _scopes(self) -> list[Scope]:
        """Return the sets of pictures that can be sorted. One that is the same as all pictures is left out."""
        total = len(self._labelling.desk)
        counts = {"shown": self._model.rowCount(), "selected": len(self._window.table.selected_desk_rows())}
        return [Scope("all", total), *(Scope(name, count) for name, count in counts.items() if 0 < count < total)]

    def _rows(self, scope: str) -> Sequence[int] | None:
        if scope == "selected":
            return self._window.table.selected_desk_rows()
        return self._model.shown_desk_rows() if scope == "shown" else None

    def _plan(self, dialog: SortDialog, scope: str, rules: SortingRules) -> None:
        """Plan in the background. A newer request stops an older one."""
        self._stop_planning()
        cancel = self._planning = threading.Event()
        rows = DeskRows.of(self._labelling.desk, self._rows(scope))

        def on_done(plan: Plan) -> None:
            if not cancel.is_set():
                dialog.show_plan(plan)

        def on_failed(problem: Problem) -> None:
            if not cancel.is_set():
                dialog.show_problem(problem.message)

        background = self._labelling.background
        background.run(lambda: make_plan(rows.candidates(), rules, cancel=cancel), on_done, on_failed)

    def _stop_planning(self, *_: object) -> None:
        if self._planning is not None:
            self._planning.set()
            self._planning = None

    def _on_sort_requested(self, dialog: SortDialog, plan: Plan) -> None:
        self._preferences.set_choices(_CHOICES, dialog.form.choices.to_json())
        self._apply(plan, _Job(plan.action))

    # --- by hand

    def sort_by_hand(self, folder: Path, paths: Sequence[Path]) -> None:
        """Put these pictures into a folder of the panel, after the sorts that are still running."""
        desk = self._labelling.desk
        pictures = [path for path in paths if desk.row_of(path) is not None]
        if not pictures:
            return
        action = self._window.folders.chosen_action
        job = _Job(action, folder=folder)

        def work(task: SortTask) -> SortReport:
            # Planned when its turn comes: a sort before it may have moved the same pictures.
            plan = plan_by_hand(pictures, folder, action, cancel=task.cancel)
            if plan.problems:
                raise SortingError(" ".join(plan.problems))
            return self._work(plan, task)

        self._run(_running_text(action), job, work)

    def _on_folder_chosen(self, folder: Path) -> None:
        paths = [self._labelling.desk.images.path(row) for row in self._window.table.selected_desk_rows()]
        if paths:
            self.sort_by_hand(folder, paths)
        else:
            self._window.news.show_news(self.tr("Select pictures first, then press the folder's key."))

    def _show_folder(self, folder: Path) -> None:
        if not open_in_viewer(folder):
            self._window.news.show_news(
                self.tr("“{}” does not exist yet. It is made when the first picture goes there.").format(folder),
            )

    # --- running

    def _apply(self, plan: Plan, job: _Job) -> None:
        self._run(_running_text(plan.action), job, lambda task: self._work(plan, task))

    def _work(self, plan: Plan, task: SortTask) -> SortReport:
        return apply_plan(plan, self._journal, on_progress=task.on_progress, should_stop=task.should_stop)

    def _run(self, title: str, job: _Job, work: Callable[[SortTask], SortReport]) -> None:
        def whole_work(task: SortTask) -> SortReport:
            report = work(task)
            job.moved, job.copies = moved_files(report), new_files(report)
            return report

        self.runner.run(SortTask(title, whole_work, tag=job))

    def _on_started(self, task: SortTask) -> None:
        self._labelling.hold_changes()

    def _on_finished(self, task: SortTask, report: SortReport) -> None:
        """Let the desk follow the files, offer the way back, and report what was left."""
        job = task.tag
        assert isinstance(job, _Job)
        self._labelling.ignore_new(job.copies)
        if job.moved:
            self._labelling.move_images(job.moved)
        else:
            self._labelling.release_changes()
