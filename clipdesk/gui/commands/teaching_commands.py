"""Commands of learning: the panels of thresholds and of what was learned, and the check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.decisions import Source
from clipdesk.core.labels.label_set import NO_LABEL, LabelId
from clipdesk.core.teaching.check import CheckQuestions, CheckResult
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.verdict import color_of
from clipdesk.gui.teaching.check_dialog import CheckAnswers, CheckDialog, Choice, Question
from clipdesk.gui.teaching.learning_panel import CheckOutcome, Comparison, Examples, LearningState, examples_text
from clipdesk.gui.teaching.none_panel import NoneState
from clipdesk.gui.teaching.unsure_panel import UnsureState
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.gui.window.news_bar import News

#: The panels follow changes of the desk after this time, because a job changes it many times a second.
_SHOW_MS = 150
#: With this many examples the check is offered by itself.
OFFER_FROM = 10


def check_offer_text(changes: int, learned: int) -> str:
    """Return a sentence that offers the check: how many labels would change, as learned from how many pictures."""
    text = tr(
        "%Ln other label(s) would change, as learned from {pictures}. A short check tells if that is better.",
        "",
        changes,
    )
    return text.format(pictures=pictures_text(learned))


class TeachingCommands(QObject):
    """Connects the panels of learning with the session."""

    def __init__(
        self, window: MainWindow, labelling: Labelling, loader: PictureLoader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._loader = loader
        self._window = window
        self._labelling = labelling
        self._teaching = labelling.teaching
        self._timer = single_shot(self, _SHOW_MS, self.show_panels)
        self._dialog: CheckDialog | None = None
        self._was_used: bool | None = None  # None before the first corrections
        self._offer: News | None = None
        self._offered_at = 0  # the number of examples when the check was offered last
        labelling.desk_changed.connect(self._on_desk_changed)
        self._teaching.changed.connect(self._show_soon)
        window.labels.current_changed.connect(self._show_unsure)
        for section in (window.learning_section, window.unsure_section, window.none_section):
            section.toggled.connect(self.show_panels)
        window.unsure.threshold_chosen.connect(self.set_threshold)
        window.learning.switched.connect(self._teaching.set_on)
        window.learning.check_requested.connect(self.open_check)
        window.none.threshold_chosen.connect(self._teaching.set_none_threshold)
        window.actions_["learning"].toggled.connect(self._teaching.set_on)
        window.actions_["check_learning"].triggered.connect(self.open_check)
        self.show_panels()

    # --- what is shown

    @Slot(object)
    def _on_desk_changed(self, _: DeskChange) -> None:
        self._show_soon()

    @Slot()
    def _show_soon(self, *_: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def show_panels(self, *_: object) -> None:
        """Update all panels of learning."""
        state = self._learning_state()
        self._window.learning.show_state(state)
        self._tell(state)
        actions = self._window.actions_
        actions["learning"].setChecked(state.is_on)
        actions["learning"].setEnabled(state.total > 0)
        actions["check_learning"].setEnabled(state.can_check)
        notes = {one.label_id: examples_text(one) for one in state.examples}
        self._window.labels.set_notes(notes if state.total else {})
        self._show_unsure()
        if self._window.none_section.is_open:
            self._window.none.show_state(self._none_state())

    def _tell(self, state: LearningState) -> None:
        """Say once that something was learned, or that a check would decide about it."""
        if self._teaching.progress is None:
            self._was_used, self._offered_at = None, 0
            return
        if self._was_used and not state.is_used:
            self._offered_at = 0  # such as after a change of prompts, for which the last check does not count
        news, learned = self._window.news, pictures_text(state.total)
        if state.is_used and self._was_used is False:
            text = tr("Learned from {pictures}: %Ln other label(s) have changed.", "", state.changes)
            news.show_news(text.format(pictures=learned), action=(self.tr("Show"), self._open_learning))
        elif state.can_check and state.total >= max(OFFER_FROM, 2 * self._offered_at):
            self._offered_at = state.total
            text = check_offer_text(state.changes, state.total)
            self._offer = news.show_news(text, action=(self.tr("Check…"), self.open_check))
        elif not state.can_check:
            news.withdraw(self._offer)
            self._offer = None
        self._was_used = state.is_used

    def _open_learning(self) -> None:
        self._window.actions_["show_labels"].setChecked(True)
        self._window.learning_section.set_open(True)

    def _learning_state(self) -> LearningState:
        teaching, progress = self._teaching, self._teaching.progress
        if progress is None:
            return LearningState(is_on=teaching.is_on)
        label_set, ids = self._labelling.desk.label_set, progress.found.learned.label_ids
        examples = tuple(
            Examples(label.name, count, wanted, label.id)
            for one, count, wanted in zip(ids, progress.examples.tolist(), progress.wanted.tolist(), strict=True)
            if (label := label_set.by_id(one)) is not None
        )
        choice, last = progress.choice, teaching.last_check
        total = int(progress.examples.sum())
        return LearningState(
            teaching.is_on,
            progress.is_used,
            examples,
            progress.changes,
            None if choice is None else Comparison(choice.accuracy_words, choice.accuracy_taught, choice.sampled),
            teaching.can_check,
            None if last is None else CheckOutcome(last.new, last.old, last.result == CheckResult.USE.value),
            0 if last is None or teaching.is_approved else max(0, teaching.examples_for_next_check - total),
        )

    @Slot()
    def _show_unsure(self, *_: object) -> None:
        """Show the threshold of the current label."""
        window, desk = self._window, self._labelling.desk
        label = desk.label_set.by_id(window.labels.current)
        title = self.tr("Unsure")
        if label is None:
            window.unsure_section.set_title(title)
            window.unsure.show_label(UnsureState())
            return
        window.unsure_section.set_title(
            self.tr("Unsure: “{label}”").format(label=window.labels.short_name(label.name, title))
        )
        if not window.unsure_section.is_open:
            return
        column = next(place for place, one in enumerate(desk.labels) if one.id == label.id)
        decisions = desk.decisions
        rows = (decisions.column == column) & (decisions.source != Source.USER)
        window.unsure.show_label(
            UnsureState(
                label.id,
                color_of(desk, column),
                desk.threshold_of(column),
                desk.threshold,
                label.threshold is not None,
                decisions.probability[rows],
            )
        )

    def _none_state(self) -> NoneState:
        progress, desk = self._teaching.progress, self._labelling.desk
        if progress is None:
            return NoneState(threshold=desk.none_threshold)
        probability = desk.none_probability
        unjudged = (desk.decisions.source != Source.USER) & ~np.isnan(probability)
        return NoneState(
            progress.judged,
            progress.judged_none,
            desk.none_threshold,
            probability[unjudged],
            progress.curve if desk.knows_none else None,
        )

    # --- thresholds

    def set_threshold(self, label_id: LabelId, threshold: float | None) -> None:
        """Give a label a threshold of its own, or with None that of the other labels."""
        label_set = self._labelling.desk.label_set
        labels = [replace(label, threshold=threshold) if label.id == label_id else label for label in label_set.labels]
        self._window.undo_stack.push(self._labelling.set_label_set(label_set.with_labels(labels)))

    # --- the check

    def open_check(self) -> None:
        """Ask about a few pictures whose label would change."""
        drawn = self._teaching.draw_check()
        if drawn is None or self._dialog is not None:
            return
        dialog = self._dialog = CheckDialog(tuple(self._questions(drawn)), self._loader, self._window)
        dialog.decided.connect(self._on_decided)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _questions(self, drawn: CheckQuestions) -> Iterator[Question]:
        progress, desk = self._teaching.progress, self._labelling.desk
        assert progress is not None
        for row, new_first in zip(drawn.rows.tolist(), drawn.new_first.tolist(), strict=True):
            new, old = (
                Choice(desk.scored[column].id, desk.scored_labels[column], color_of(desk, column), is_new)
                for column, is_new in ((progress.after.item(row), True), (progress.before.item(row), False))
            )
            yield Question(desk.images.path(row), *((new, old) if new_first else (old, new)))

    def _on_decided(self, answers: CheckAnswers) -> None:
        desk = self._labelling.desk
        found = [
            (row, label)
            for path, label in zip(answers.paths, answers.labels, strict=True)
            if label != NO_LABEL and (row := desk.row_of(path)) is not None and desk.label_set.by_id(label)
        ]
        self._teaching.record_check(answers.result, answers.new, answers.old)
        if found:
            rows, labels = zip(*found, strict=True)
            self._window.undo_stack.push(self._labelling.correct_each(rows, labels))

    @Slot()
    def _on_closed(self, *_: object) -> None:
        self._dialog = None
