"""Commands that sort pictures into folders: by rule, by hand, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clipdesk.core.desk.changes import DeskChange, SortedFiles
from clipdesk.core.messages import sentences
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.sorting.apply import apply_plan
from clipdesk.core.sorting.candidates import DeskRows
from clipdesk.core.sorting.journal import PastSort, SortingJournal
from clipdesk.core.sorting.moved_files import moved_files, new_files
from clipdesk.core.sorting.plan import make_plan, plan_by_hand
from clipdesk.core.sorting.recovery import recover
from clipdesk.core.sorting.rules import SameContent, SortingRules
from clipdesk.core.sorting.steps import Action, Plan, SortProgress, SortReport
from clipdesk.core.sorting.undo import undo_sort
from clipdesk.gui.kit.desktop import open_in_viewer
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.session.sort_runner import SortRunner, SortTask
from clipdesk.gui.session.verdict import color_of
from clipdesk.gui.sorting.history_dialog import HistoryDialog
from clipdesk.gui.sorting.panel_folders import PanelFolders
from clipdesk.gui.sorting.plan_dialog import PlanDialog
from clipdesk.gui.sorting.rules_form import Scope
from clipdesk.gui.sorting.sort_choices import SortChoices
from clipdesk.gui.sorting.sort_dialog import SortDialog
from clipdesk.gui.sorting.words import running_text, skipped_text, sorted_text, undone_text
from clipdesk.gui.window.main_window import MainWindow

_CHOICES, _FOLDERS, _HAND = "sorting", "sorting folders", "sorting by hand"


@dataclass
class _Job:
    """What a task of the runner is about. `outcome` is filled on its thread, and read after its end."""

    step: SortedFiles | None = None  # the step on the undo stack that this undoes or redoes
    folder: Path | None = None  # the folder of the panel that it fills
    moved: dict[Path, ImageFile] | None = None
    copies: Sequence[ImageFile] = ()


class SortingCommands(QObject):
    """Opens the dialogs, runs sorts and their undo, and lets the desk follow the files."""

    sorted = Signal(object)  # SortReport

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
        bar = window.sort_bar
        bar.pause_requested.connect(self._on_pause_requested)
        bar.cancel_requested.connect(self.runner.cancel)
        self.runner.started.connect(self._on_started)
        self.runner.progressed.connect(self._on_progressed)
        self.runner.idle.connect(lambda: window.show_sorting(False))
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

        def on_done(reports: Sequence[SortReport]) -> None:
            if any(report.message for report in reports):
                text = sentences(*(report.message for report in reports))
                self._window.news.show_news(text, level="warn", timeout_ms=0)

        self._labelling.background.run(lambda: recover(self._journal), on_done)

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
            self._labelling.sources,
            self._window,
        )
        if len(self._window.table.selected_desk_rows()) > 1:
            dialog.form.select_scope("selected")
        elif not self._model.shows_all:
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
        return self._model.shown_rows.tolist() if scope == "shown" else None

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
        self._apply(plan, _Job())

    # --- by hand

    def sort_by_hand(self, folder: Path, paths: Sequence[Path]) -> None:
        """Put these pictures into a folder of the panel, after the sorts that are still running."""
        desk = self._labelling.desk
        pictures = [path for path in paths if desk.row_of(path) is not None]
        if not pictures:
            return
        action = self._window.folders.chosen_action
        job = _Job(folder=folder)

        def work(task: SortTask) -> SortReport:
            # Planned when its turn comes: a sort before it may have moved the same pictures.
            plan = plan_by_hand(pictures, folder, action, cancel=task.cancel)
            return self._work(plan, task)

        self._run(running_text(action), job, work)

    def move_others(
        self,
        keeper_of: Mapping[Path, Path],
        folder: Path,
        on_agreed: Callable[[Plan], None],
        parent: QWidget,
    ) -> None:
        """Show the plan that moves duplicates into a folder, and carry it out if the person agrees.

        `keeper_of` has the picture that is kept for each of them. A picture whose keeper is gone stays.
        """
        dialog = PlanDialog(self._thumbnails, folder, parent)

        def plan_into(chosen: Path) -> None:
            self._stop_planning()
            cancel = self._planning = threading.Event()

            def work() -> Plan:
                paths = [path for path, keeper in keeper_of.items() if keeper.is_file()]
                return plan_by_hand(paths, chosen, Action.MOVE, same_content=SameContent.NUMBER, cancel=cancel)

            def on_done(plan: Plan) -> None:
                if not cancel.is_set():
                    dialog.show_plan(plan)

            def on_failed(problem: Problem) -> None:
                if not cancel.is_set():
                    dialog.show_problem(problem.message)

            self._labelling.background.run(work, on_done, on_failed)

        def on_sort_requested(plan: Plan) -> None:
            on_agreed(plan)
            self._apply(plan, _Job())

        dialog.plan_wanted.connect(plan_into)
        dialog.sort_requested.connect(on_sort_requested)
        dialog.finished.connect(self._stop_planning)
        dialog.start()
        dialog.open()

    def _on_folder_chosen(self, folder: Path) -> None:
        paths = [self._labelling.desk.images.path(row) for row in self._window.table.selected_desk_rows()]
        if paths:
            self.sort_by_hand(folder, paths)
        else:
            self._window.news.show_news(self.tr("Select pictures first, then press the folder's key."))

    def _show_folder(self, folder: Path) -> None:
        if not open_in_viewer(folder):
            self._window.news.show_news(
                self.tr("“{folder}” does not exist yet. It is made when the first picture goes there.").format(
                    folder=folder
                ),
            )

    # --- running

    def _apply(self, plan: Plan, job: _Job) -> None:
        self._run(running_text(plan.action), job, lambda task: self._work(plan, task))

    def _work(self, plan: Plan, task: SortTask) -> SortReport:
        return apply_plan(plan, self._journal, on_progress=task.on_progress, should_stop=task.should_stop)

    def _run(self, title: str, job: _Job, work: Callable[[SortTask], SortReport]) -> None:
        def whole_work(task: SortTask) -> SortReport:
            report = work(task)
            job.copies = new_files(report)
            job.moved = moved_files(report.done) if report.action is Action.MOVE else {}
            return report

        self.runner.run(SortTask(title, whole_work, tag=job))

    def _on_started(self, task: SortTask) -> None:
        self._labelling.hold_changes()
        self._window.sort_bar.set_busy(f"{task.title}…")
        self._window.show_sorting(True)

    def _on_progressed(self, task: SortTask, progress: SortProgress) -> None:
        self._window.sort_bar.set_progress(progress.files, progress.all_files, None, None, title=task.title)

    def _on_pause_requested(self, paused: bool) -> None:
        self.runner.set_paused(paused)
        self._window.sort_bar.set_paused(paused)

    def _on_finished(self, task: SortTask, report: SortReport) -> None:
        """Let the desk follow the files, offer the way back, and report what was left."""
        job = task.tag
        assert isinstance(job, _Job)
        self._labelling.ignore_new(job.copies)
        if job.moved:
            self._labelling.move_images(job.moved)
        else:
            self._labelling.release_changes()
        if job.folder is not None:
            self._window.folders.count_files(job.folder, len(report.done))
        if job.step is not None:
            # Undo and redo of this step take back what was done last.
            job.step.sort_id = report.sort_id if report.done else job.step.sort_id
        elif report.done and not report.is_undo:
            self._window.undo_stack.push(DeskChange(sorted_files=SortedFiles(report.sort_id, len(report.done))))
        self._report(report)
        self.sorted.emit(report)

    def _report(self, report: SortReport) -> None:
        done = len(report.done)
        folders = list(dict.fromkeys(target.parent for _, target in report.done))
        words = undone_text(done) if report.is_undo else sorted_text(report.action, done, folders)
        parts = [words] if done else []
        if report.was_cancelled:
            parts.append(self.tr("Stopped: the other files stay where they are."))
        parts += [sentence for sentence in (report.message, skipped_text(report.skipped)) if sentence]
        if not parts:
            nothing = self.tr("Nothing was left to take back."), self.tr("The pictures are in that folder already.")
            parts.append(nothing[0] if report.is_undo else nothing[1])
        is_warning = bool(report.skipped or report.message)
        undo = None if report.is_undo or not done else (self.tr("Undo"), self._window.undo_stack.undo)
        second: tuple[str, Callable[[], object]] = (self.tr("History…"), self.show_history)
        if done and not report.is_undo:
            folder = folders[0] if len(folders) == 1 else folders[0].parent
            second = (self.tr("Show folders"), lambda: self._show_folder(folder))
        self._window.news.show_news(
            sentences(*parts),
            level="warn" if is_warning else "good",
            action=undo,
            second=second,
            timeout_ms=0 if is_warning else None,
        )

    def _on_failed(self, task: SortTask, problem: Problem) -> None:
        self._labelling.release_changes()
        if problem.message:
            self._window.news.show_news(problem.message, level="bad")

    # --- undo

    def _undo_step(self, step: SortedFiles) -> None:
        """Take back what a step of the undo stack did last: the sort, or its undo."""
        self._run(self.tr("Taking back"), _Job(step), lambda task: self._undo(step.sort_id, None, task))

    def _undo(self, sort_id: int, numbers: Sequence[int] | None, task: SortTask) -> SortReport:
        return undo_sort(
            sort_id, self._journal, numbers=numbers, on_progress=task.on_progress, should_stop=task.should_stop
        )

    # --- the history

    def show_history(self) -> None:
        """Open the history of past sorts."""
        dialog = HistoryDialog(self._window)
        background = self._labelling.background

        def fill(*_: object) -> None:
            background.run(self._journal.sorts, dialog.show_sorts, lambda problem: dialog.show_note(problem.message))

        def show_files(sort_id: int) -> None:
            background.run(lambda: self._journal.steps(sort_id), lambda steps: dialog.show_files(sort_id, steps))

        def undo(past: PastSort, numbers: Sequence[int] | None) -> None:
            self._run(self.tr("Taking back"), _Job(), lambda task: self._undo(past.id, numbers, task))

        dialog.files_wanted.connect(show_files)
        dialog.undo_requested.connect(undo)
        dialog.folder_requested.connect(self._show_folder)
        self.sorted.connect(fill)
        dialog.finished.connect(lambda _: self.sorted.disconnect(fill))
        fill()
        dialog.open()
