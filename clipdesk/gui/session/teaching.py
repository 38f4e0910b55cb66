"""Learn from the corrections on the desk, in the background, and decide whether that is used."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.teaching.check import CheckQuestions, CheckResult, draw_questions
from clipdesk.core.teaching.choice import Choice
from clipdesk.core.teaching.course import Material, Progress, learn
from clipdesk.core.teaching.kept import CheckRecord, KeptTeaching, check_key
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.problem import Problem

logger = logging.getLogger(__name__)

#: Corrections within this time are learned from together.
_DELAY_MS = 60
#: From so many images of the review queue on, the folds take longer than a moment. Then a choice is kept until this
#: share more images came, and made again when no correction has come for a while.
_SLOW_SAMPLE, _MORE_SAMPLED, _REST_MS = 60, 0.1, 2_000
#: With fewer changed labels, the check could never approve.
_LEAST_CHANGES = 4
#: After a check in favour of the words, so many more examples, and this share more, make another check worthwhile.
#: Asking again at once would approve by chance.
_MORE_EXAMPLES, _MORE_SHARE = 5, 0.25


@dataclass(frozen=True)
class _MadeChoice:
    """What the folds chose, with these label vectors and this number of images of the review queue."""

    choice: Choice
    vectors: NDArray[np.float32]
    sampled: int

    def fits(self, material: Material) -> bool:
        """Whether it may stand in for a choice on this material for a while."""
        if material.label_vectors is not self.vectors or self.sampled < _SLOW_SAMPLE:
            return False
        return self.sampled <= material.sampled <= self.sampled * (1 + _MORE_SAMPLED)


class Teaching(QObject):
    """Follows the desk's corrections, and shows the scores that were learned from them while these are better.

    The results of checks are kept for each encoder and set of labels with their prompts. All computing is done in the
    background; images that come in meanwhile are scored by the desk with what was learned before.
    """

    desk_changed = Signal(object)  # DeskChange: there are new scores
    changed = Signal()  # `progress`, or a choice of the user
    kept_changed = Signal()  # what `kept` returns

    def __init__(self, desk: Desk, background: Background, encoder_key: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self.progress: Progress | None = None
        """What was learned last. None without corrections."""
        self.sample_weights: Callable[[], NDArray[np.float64] | None] = lambda: None
        """Returns (rows,): 1/inclusion probability of images that the review queue drew, NaN for all others."""
        self._desk = desk
        self._background = background
        self._encoder_key = encoder_key
        self._is_on = True
        self._checks: dict[str, CheckRecord] = {}
        self._seed = 0
        self._learned_at = -1  # the desk's generation to which the rows of `progress` belong
        self._is_computing = self._is_wanted = self._is_installing = False
        self._made: _MadeChoice | None = None
        self._timer = single_shot(self, _DELAY_MS, self._compute)
        self._rest = single_shot(self, _REST_MS, self._choose_again)

    # --- choices

    @property
    def is_on(self) -> bool:
        """Whether the user wants what was learned to be used."""
        return self._is_on

    def set_on(self, is_on: bool) -> None:
        if is_on != self._is_on:
            self._is_on = is_on
            self.kept_changed.emit()
            self.update()

    @property
    def none_threshold(self) -> float | None:
        return self._desk.none_threshold

    def set_none_threshold(self, threshold: float | None) -> None:
        """Let images count as “none of these” from this probability on; None switches that off."""
        change = self._desk.set_none_threshold(threshold)
        self.kept_changed.emit()
        if change:
            self._install(change)
        self.changed.emit()

    # --- the check

    @property
    def last_check(self) -> CheckRecord | None:
        """The last check with these labels and this encoder."""
        return self._checks.get(self._key())

    @property
    def is_approved(self) -> bool:
        return self.last_check is not None and self.last_check.is_approval

    @property
    def can_check(self) -> bool:
        """Whether the check is needed, and may approve."""
        progress, last = self.progress, self.last_check
        if progress is None or progress.lesson is None or progress.is_used or not self._is_on:
            return False
        if not self._is_current:
            return False
        if not progress.lesson.needs_check or progress.changes < _LEAST_CHANGES or self.is_approved:
            return False
        return last is None or int(progress.examples.sum()) >= self.examples_for_next_check

    @property
    def _is_current(self) -> bool:
        """Whether the rows and labels of `progress` are those of the desk."""
        ids = tuple(label.id for label in self._desk.scored)
        learned = self.progress.found.learned.label_ids if self.progress is not None else ()
        return self._learned_at == self._desk.generation and learned == ids

    @property
    def examples_for_next_check(self) -> int:
        """From how many examples on another check is worthwhile; 0 if there was none."""
        last = self.last_check
        return 0 if last is None else last.examples + max(_MORE_EXAMPLES, round(_MORE_SHARE * last.examples))

    def draw_check(self) -> CheckQuestions | None:
        """Draw the images for a check; None if it is not possible now."""
        if self.progress is None or not self.can_check:
            return None
        self._seed += 1
        found = self.progress
        seed = np.random.default_rng([self._seed, len(found.before), int(found.examples.sum())]).integers(2**31)
        return draw_questions(found.before, found.after, found.is_reviewed, int(seed))

    def record_check(self, result: CheckResult, new: int, old: int) -> None:
        """Keep the result of a check, and act on it. `new`, `old`: how often that label was right.

        The answers count as examples that there were at the time of the check, because they become labels of the user.
        """
        if result == CheckResult.OPEN or self.progress is None:
            return
        self._checks[self._key()] = CheckRecord(result.value, new, old, int(self.progress.examples.sum()) + new + old)
        self.kept_changed.emit()
        self.update()

    # --- what a document keeps

    def kept(self) -> str:
        """Return the choices and the results of checks, as JSON; empty if all are as at first."""
        return KeptTeaching(self._is_on, self.none_threshold, self._checks).to_json()

    def restore(self, text: str) -> None:
        """Take over what `kept` has returned. What cannot be read is left as it is."""
        kept = KeptTeaching.from_json(text)
        if kept is None:
            return
        self._is_on, self._checks = kept.is_on, dict(kept.checks)
        self.set_none_threshold(kept.none_threshold)
        self.update()

    # --- learning

    @Slot(object)
    def follow(self, change: DeskChange) -> None:
        """Learn again after a change that matters."""
        if self._is_installing:
            return
        if change.corrected is not None or change.scores_replaced or change.moved:
            self.update()

    @Slot()
    def update(self, *_: object) -> None:
        """Learn from the corrections as they are now, a moment later."""
        self._rest.stop()
        if not self._timer.isActive():
            self._timer.start()

    def _compute(self) -> None:
        if self._is_computing:
            self._is_wanted = True
            return
        desk, weights = self._desk, self.sample_weights()
        material = Material.of(desk, weights)
        if material is None or (not len(material.rows) and desk.shows_words and not desk.knows_none):
            if self.progress is not None:
                self.progress = None
                self.changed.emit()
            return
        self._is_computing, self._is_wanted = True, False
        is_on, is_approved = self._is_on, self.is_approved
        rows_then, vectors, table = (desk.generation, desk.renewals), desk.label_vectors, desk.table
        made = self._made
        known = made.choice if made is not None and made.fits(material) else None

        def install(progress: Progress) -> None:
            self._is_computing = False
            is_current = rows_then == (desk.generation, desk.renewals)
            if is_current and desk.label_vectors is vectors and desk.table is table:
                self.progress = progress if len(material.rows) else None
                self._learned_at = rows_then[0]
                learned = progress.found.learned
                is_as_before = desk.shows_words and not desk.knows_none
                if learned.score is not None or learned.none is not None or not is_as_before:
                    self._install(desk.learn(progress.found))
                if known is None and progress.choice is not None:
                    self._made = _MadeChoice(progress.choice, material.label_vectors, material.sampled)
                elif known is not None:
                    self._rest.start()
                self.changed.emit()
            else:
                self._is_wanted = True
            self._go_on()

        self._background.run(
            lambda: learn(material, is_on=is_on, is_approved=is_approved, known=known),
            install,
            self._on_learning_failed,
        )

    def _choose_again(self) -> None:
        self._made = None
        self.update()

    def _on_learning_failed(self, problem: Problem) -> None:
        logger.warning("Nothing was learned: %s", problem)
        self._is_computing = False
        self._go_on()

    def _go_on(self) -> None:
        if self._is_wanted:
            self._is_wanted = False
            self.update()

    def _install(self, change: DeskChange) -> None:
        """Announce scores of our own, without learning from them again."""
        self._is_installing = True
        try:
            self.desk_changed.emit(change)
        finally:
            self._is_installing = False

    @property
    def is_busy(self) -> bool:
        """Whether something is still being learned."""
        return self._is_computing or self._timer.isActive() or self._rest.isActive()

    def _key(self) -> str:
        return check_key(self._encoder_key(), self._desk.label_set)
