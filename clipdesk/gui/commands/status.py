"""Show progress, counts and news of the labelling in the window."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, QTimer

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.desk.order import ResultsCounts
from clipdesk.core.encoder import Activity
from clipdesk.core.labels.label_set import LabelId
from clipdesk.core.labels.prompts import Prompt
from clipdesk.core.line.progress import Progress
from clipdesk.core.messages import sentences
from clipdesk.core.pictures.passed_over import PassedOver
from clipdesk.encoders.models.languages import unknown_words_finder
from clipdesk.gui.commands.problems import show_problem
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import megabytes_text, pictures_text
from clipdesk.gui.results.filter_bar import FilterBar
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.session.verdict import color_of
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.gui.window.news_bar import News

_COUNTS_MS = 150
#: Update interval of a server's activity, also while no response arrives.
_ACTIVITY_MS = 500


class Status(QObject):
    """Follows the labelling session and updates job bar, counts, actions and news."""

    def __init__(
        self, window: MainWindow, labelling: Labelling, model: ResultsModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._model = model
        self._counts = QTimer(self)
        self._counts.setSingleShot(True)
        self._counts.setInterval(_COUNTS_MS)
        self._counts.timeout.connect(self.show_counts)
        self._prompt_news: News | None = None
        self._job_news: News | None = None
        self._passed_over = ""  # what the last scan passed over, a sentence
        self._activity = QTimer(self)
        self._activity.setInterval(_ACTIVITY_MS)
        self._activity.timeout.connect(self._on_activity_due)
        self._connect()
        self.show_counts()

    def _connect(self) -> None:
        labelling, bar, actions = self._labelling, self._window.job_bar, self._window.actions_
        labelling.desk_changed.connect(self._on_desk_changed)
        labelling.scan_progressed.connect(self._on_scan_progressed)
        labelling.scan_ended.connect(self._on_scan_ended)
        labelling.changes_seen.connect(self._on_changes_seen)
        labelling.prompts_cut.connect(self._window.labels.set_cut_prompts)
        labelling.prompts_failed.connect(self._on_prompts_failed)
        labelling.encoder_changed.connect(self._on_encoder_changed)
        labelling.load_started.connect(self._on_counts_changed)
        labelling.load_failed.connect(self._on_load_failed)
        labelling.job_started.connect(self._on_job_started)
        labelling.job_progressed.connect(self._on_job_progressed)
        labelling.job_ended.connect(self._on_job_ended)
        labelling.paused_changed.connect(self._on_paused_changed)
        bar.pause_requested.connect(labelling.set_paused)
        bar.cancel_requested.connect(self.cancel)
        actions["start"].triggered.connect(labelling.start)
        actions["pause"].triggered.connect(labelling.set_paused)
        actions["cancel"].triggered.connect(self.cancel)
        actions["retry"].triggered.connect(labelling.retry_failed)
        self._model.filter_changed.connect(self._on_counts_changed)
        self._model.order_changed.connect(self._on_counts_changed)

    # --- counts

    def _on_counts_changed(self, *_: object) -> None:
        if not self._counts.isActive():
            self._counts.start()

    def show_counts(self) -> None:
        """Update everything that shows counts."""
        desk = self._labelling.desk
        counts = self._model.counts()
        self._window.show_results(len(desk) > 0)
        self._window.filter_bar.set_counts(counts)
        # The scored labels may lag behind the label set while new prompts are being encoded.
        by_id = dict(zip((label.id for label in desk.labels), counts.per_label, strict=False))
        unknown = self._unknown_labels(counts)
        shown = [-1 if one in unknown else by_id.get(one, 0) for one in desk.label_set.ids]
        knows_counts = (by_id and not counts.by_similarity) or unknown
        self._window.labels.set_counts(shown if knows_counts else None)
        self._window.labels.set_alone(counts.by_similarity and len(desk.label_set.labels) == 1)
        self._show_work()

    def _unknown_labels(self, counts: ResultsCounts) -> frozenset[LabelId]:
        """Return the labels whose count is not known yet, because a model is being loaded or nothing is scored."""
        desk, labelling = self._labelling.desk, self._labelling
        if not len(desk) or not (labelling.is_loading or labelling.is_running or labelling.is_scanning):
            return frozenset()
        is_scored = counts.waiting < counts.total
        known = {label.id for label in desk.scored} if is_scored else set()
        return frozenset(one for one in desk.label_set.ids if one not in known)

    def _on_desk_changed(self, change: DeskChange) -> None:
        if change.labels is not None:
            # The prompts that failed may be gone; those that are not fail again.
            self._window.news.withdraw(self._prompt_news)
            self._prompt_news = None
        if change.scores_replaced or change.labels is not None:
            show_labels(self._window.filter_bar, self._labelling.desk)
        self._on_counts_changed()

    # --- progress

    def _show_work(self) -> None:
        """Update the job bar and the actions."""
        labelling, bar, actions = self._labelling, self._window.job_bar, self._window.actions_
        busy = labelling.is_running or labelling.is_loading or labelling.is_scanning
        desk = labelling.desk
        actions["start"].setEnabled(not labelling.is_running and labelling.can_start)
        actions["pause"].setEnabled(labelling.is_running or labelling.is_paused)
        actions["pause"].setChecked(labelling.is_paused)
        actions["cancel"].setEnabled(busy or labelling.is_paused)
        actions["retry"].setEnabled(bool(desk.errors) and not labelling.is_running)
        actions["clear"].setEnabled(len(desk) > 0)
        actions["find"].setEnabled(len(desk) > 0)
        actions["show_all"].setEnabled(not self._model.filter.shows_all)
        actions.submenus["label"].setEnabled(bool(desk.label_set.labels))
        # What was found can be exported even without labels.
        is_searching = self._model.ranking is not None
        actions["export"].setEnabled(bool(len(desk) and (desk.scored_labels or is_searching)))
        actions["sort"].setEnabled(bool(len(desk) and desk.scored_labels))
        if labelling.is_paused:
            progress, counts = labelling.progress(), self._model.counts()
            bar.set_paused(True)
            if progress.total:
                bar.set_progress(progress.done, progress.total, None, None)
            else:
                bar.set_progress(counts.total - counts.waiting, counts.total, None, None)
        elif not busy:
            bar.set_idle(self._idle_text())

    def _idle_text(self) -> str:
        desk, labelling = self._labelling.desk, self._labelling
        if not len(desk):
            return ""
        if not desk.label_set.labels:
            return self.tr("Type a label to begin")
        if labelling.encoder is None:
            return self.tr("Choose a model to begin")
        counts = self._model.counts()
        if counts.waiting:
            return self.tr("Stopped: {pictures} not labelled yet").format(pictures=pictures_text(counts.waiting))
        if len(desk.label_set.labels) == 1 and not desk.rule.is_sigmoid:
            return self.tr("Done. Add a second label to compare with")
        done = self.tr("Done")
        return f"{done}. {translated(self._passed_over)}" if self._passed_over else done

    def _on_scan_progressed(self, found: int) -> None:
        if not self._labelling.is_running and not self._labelling.is_loading:
            self._window.job_bar.set_busy(
                self.tr("Looking for pictures… {count} found").format(count=QLocale().toString(found))
            )

    def _on_scan_ended(self, found: int, problems: list[str], passed_over: PassedOver) -> None:
        parts: list[str] = []
        is_empty = not found and not len(self._labelling.desk)
        if problems:
            first = translated(problems[0])
            several = self.tr("{problem} (and {count} more)").format(problem=first, count=len(problems) - 1)
            parts.append(several if len(problems) > 1 else first)
        elif is_empty:
            parts.append(self.tr("No pictures found there. Try another folder."))
        elif not found:
            parts.append(self.tr("These pictures are already in the list."))
        self._passed_over = passed_over.sentence()
        if self._passed_over:
            parts.append(self._passed_over)
        if parts:
            is_problem = problems or is_empty or self._passed_over
            self._window.news.show_news(sentences(*parts), level="warn" if is_problem else "info")
        self._show_work()

    def _on_changes_seen(self, changes: Changes, added: int) -> None:
        parts = []
        if added:
            parts.append(self.tr("{pictures} added.").format(pictures=pictures_text(added)))
        if changes.changed:
            parts.append(self.tr("{pictures} changed.").format(pictures=pictures_text(len(changes.changed))))
        if self._labelling.desk.missing and changes.gone:
            gone = self.tr("{pictures} missing and marked in the list.")
            parts.append(gone.format(pictures=pictures_text(len(self._labelling.desk.missing))))
        if parts:
            self._window.news.show_news(" ".join(parts))
        self._show_work()

    def cancel(self) -> None:
        """Stop everything that runs, and say so until it has stopped."""
        self._labelling.cancel()
        if self._labelling.is_stopping:
            self._window.job_bar.set_busy(self.tr("Stopping…"), can_cancel=False)
            self._window.actions_["cancel"].setEnabled(False)

    def _on_job_progressed(self, progress: Progress) -> None:
        if not self._labelling.is_paused and not self._labelling.is_stopping:
            activity = self._labelling.activity
            # The measured speed means nothing while a server asks us to wait.
            waits = activity is not None and activity.waiting_s >= 1
            self._window.job_bar.set_paused(False)
            self._window.job_bar.set_progress(
                progress.done,
                progress.total,
                None if waits else progress.per_second,
                None if waits else progress.seconds_left,
                activity_text(activity) if activity else "",
            )
            if activity and not self._activity.isActive():
                self._activity.start()

    def _on_activity_due(self) -> None:
        if self._labelling.is_running and self._labelling.activity:
            self._on_job_progressed(self._labelling.progress())
        else:
            self._activity.stop()

    def _on_paused_changed(self, paused: bool) -> None:
        self._window.job_bar.set_paused(paused)
        self._show_work()

    def _on_job_started(self) -> None:
        self._window.news.withdraw(self._job_news)
        self._job_news = None
        self._on_counts_changed()
        self._show_work()

    def _on_load_failed(self, *_: object) -> None:
        self.show_counts()

    def _on_job_ended(self, problem: Problem | None) -> None:
        """Report why the job stopped. `ServerCommands` reports what a server is the cause of."""
        self.show_counts()
        if problem is not None and problem.message and not problem.of_server:
            again = (self.tr("Try again"), self._labelling.start)
            self._job_news = show_problem(self._window, self.tr("Labelling stopped"), problem, again)

    # --- the model and the prompts

    def _on_encoder_changed(self, info: EncoderInfo) -> None:
        self._window.labels.set_unknown_words(unknown_words_finder(info.model))
        self._show_work()

    def _on_prompts_failed(self, problems: dict[Prompt, str]) -> None:
        self._prompt_news = self._window.news.show_news(next(iter(problems.values())), level="bad", timeout_ms=0)


def activity_text(activity: Activity) -> str:
    """Return a text such as `4 at once · 12 MB sent`, or why and how long requests are waiting."""
    sent = tr("{size} sent").format(size=megabytes_text(activity.sent_bytes))
    if activity.waiting_s >= 1:
        seconds = QLocale().toString(round(activity.waiting_s))
        if activity.is_asked_to_wait:
            return tr("the server asks us to wait {seconds} s").format(seconds=seconds) + f" · {sent}"
        return tr("no answer, trying again in {seconds} s").format(seconds=seconds) + f" · {sent}"
    return tr("{count} at once").format(count=QLocale().toString(activity.in_flight)) + f" · {sent}"


def show_labels(bar: FilterBar, desk: Desk) -> None:
    """Give the filter bar the labels that the table has columns for, with their colours."""
    bar.set_labels(desk.scored, [color_of(desk, column).name() for column in range(len(desk.scored))])
