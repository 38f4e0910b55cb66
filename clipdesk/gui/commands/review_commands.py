"""The review: pictures one by one in the order of a queue, and what the answers say about the rest."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QObject, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.review_marks import ReviewMarks
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, UNSURE_ID, LabelId
from clipdesk.core.teaching.rounds import Estimate, Round, begin_round, doubtful_first, drawn_order, read_round
from clipdesk.gui.commands.label_commands import LabelCommands
from clipdesk.gui.commands.teaching_commands import OFFER_FROM, check_offer_text
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.review.key_list import Answer
from clipdesk.gui.review.label_ranges import LabelRange
from clipdesk.gui.review.review_view import ReviewCaption, ReviewFigures, ReviewView
from clipdesk.gui.review.words import changed_text, doubtful_text, enough_text, looked_text, range_text, wrong_text
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.verdict import color_of, shown_name, verdict
from clipdesk.gui.window.action_texts import keys_of, plain_text
from clipdesk.gui.window.actions import LABEL_KEYS
from clipdesk.gui.window.main_window import MainWindow

_DEFAULT_TARGET = 0.05
#: Pictures that are loaded ahead.
_AHEAD = 2


class ReviewCommands(QObject):
    """Shows the pictures of a round one after the other, and takes the answers that the label keys give meanwhile.

    The round is kept by the desk, and so by its document: the review goes on where it was, also after a restart.
    """

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        label_commands: LabelCommands,
        preferences: Preferences,
        loader: PictureLoader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._label_commands = label_commands
        self._preferences = preferences
        self._loader = loader
        self.draw_seed: Callable[[], int] = lambda: secrets.randbits(63)
        """Returns the number by which the next round is drawn."""
        self._view: ReviewView | None = None  # made when it is first opened
        self._drawn: ReviewMarks | None = None
        self._round: Round | None = None
        self._doubtful: NDArray[np.intp] = np.empty(0, np.intp)
        self._proposed: NDArray[np.int64] = np.empty(0, np.int64)  # of `_doubtful`
        self._order = "queue"
        self._place = 0
        self._is_answering = False
        self._is_stopped = False
        self._tickets = 0
        window.closed.connect(self._on_window_closed)
        window.actions_["review"].triggered.connect(self.open)
        window.actions_["review_round"].triggered.connect(self.open_new_round)
        labelling.desk_changed.connect(self._on_desk_changed)
        labelling.teaching.changed.connect(self._show_check)

    @property
    def view(self) -> ReviewView:
        """The view of the review."""
        if self._view is None:
            view = self._view = ReviewView(self._window, self._loader)
            view.set_target(self.target)
            view.moved.connect(self._on_moved)
            view.answer_clicked.connect(lambda name: self._window.actions_[name].trigger())
            view.order_chosen.connect(self._on_order_chosen)
            view.round_wanted.connect(self.open_new_round)
            view.check_wanted.connect(self._window.actions_["check_learning"].trigger)
            view.target_changed.connect(self._on_target_changed)
            view.closed.connect(self._on_closed)
            self._label_commands.add_view(view)
            self._label_commands.set_answers(self)
        return self._view

    @property
    def is_open(self) -> bool:
        return self._view is not None and not self._is_stopped and self._view.isVisible()

    @property
    def target(self) -> float:
        """The share, 0…1, of wrong labels that is acceptable."""
        value = self._preferences.choices("review_target")
        return value if isinstance(value, float) and 0.0 < value <= 0.5 else _DEFAULT_TARGET

    # --- begin and end

    @Slot()
    def open(self) -> None:
        """Go on with the round, or begin the first one."""
        if self.is_open:
            return
        self._read_round()
        if self._round is None:
            self._begin_round()
        if self._round is None:
            self._window.news.show_news(
                self.tr("There is nothing to review yet. Add pictures and labels first, and wait for their labels.")
            )
            return
        self.view.set_round_keys(keys_of(self._window.actions_["review_round"]))
        self.view.set_check_keys(keys_of(self._window.actions_["check_learning"]))
        self.view.open()
        self.view.orders.select("queue")
        self._begin_order("queue")
        self._show_check()

    @Slot()
    def open_new_round(self) -> None:
        """Begin a round with all labels about which the person has said nothing yet, and show its first picture."""
        self._begin_round()
        if self.is_open:
            self.view.orders.select("queue")
            self._begin_order("queue")
            self.view.take_focus()
        else:
            self.open()

    def _begin_round(self) -> None:
        self._labelling.follow_round(begin_round(self._labelling.desk, self.draw_seed()))
        self._read_round()

    @Slot()
    def _on_closed(self) -> None:
        row = self._row()
        self._tickets += 1
        if row is not None:
            self._window.table.select_desk_row(row)

    @Slot()
    def _on_window_closed(self) -> None:
        """Ignore estimates that are still being computed: the view may be deleted before they arrive."""
        self._is_stopped = True

    @Slot(str)
    def _on_order_chosen(self, order: str) -> None:
        self._begin_order(order)

    def _begin_order(self, order: str) -> None:
        self._order = order
        if order == "doubtful":
            self._doubtful = doubtful_first(self._labelling.desk)
            self._proposed = self._labelling.desk.decisions.label_id[self._doubtful].copy()
        self._place = self._frontier()
        self._show()

    # --- the order

    def _read_round(self) -> None:
        self._drawn = drawn_order(self._labelling.desk)
        self._round = read_round(self._labelling.desk, self._drawn)

    def _rows(self) -> NDArray[np.intp]:
        """Return the rows in their order."""
        if self._order == "doubtful":
            return self._doubtful
        return self._round.queue.rows if self._round is not None else np.empty(0, np.intp)

    def _row(self) -> int | None:
        """Return the row that is shown, or None if nothing is left."""
        rows = self._rows()
        return int(rows[self._place]) if self._place < len(rows) else None

    def _frontier(self) -> int:
        """Return the place of the first picture without an answer."""
        if self._order == "queue":
            return self._round.reviewed if self._round is not None else 0
        is_judged = self._labelling.desk.is_judged[self._doubtful]
        return int(np.argmin(is_judged)) if not is_judged.all() else len(is_judged)

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        """Show another picture. In the queue nobody can pass a picture by, or the sample would not be fair."""
        place = self._place + step
        if place < 0 or (self._order == "queue" and place > self._frontier()):
            return
        self._place = min(place, len(self._rows()))
        self._show_picture()

    # --- answers

    def give(self, label_id: LabelId) -> None:
        """Take the person's answer about the picture that is shown. See `Desk.correct` for the other ids."""
        row, in_queue = self._row(), self._order == "queue"
        if row is not None:
            self._answer_with(row, lambda: self._labelling.correct([row], label_id, in_queue=in_queue))

    def confirm(self) -> None:
        """The label that is shown is right."""
        row, in_queue = self._row(), self._order == "queue"
        if row is not None:
            self._answer_with(row, lambda: self._labelling.confirm([row], in_queue=in_queue))

    def _answer_with(self, row: int, change: Callable[[], DeskChange]) -> None:
        """Make the change, and go on to the next picture."""
        self._is_answering = True
        try:
            self._window.undo_stack.push(change())
        finally:
            self._is_answering = False
        goes_on = self._window.actions_["advance"].isChecked() and bool(self._labelling.desk.is_judged[row])
        rows = self._rows()
        if goes_on and self._place < len(rows) and rows[self._place] == row:
            self._place += 1
        self._show()

    @Slot(object)
    def _on_desk_changed(self, change: DeskChange) -> None:
        """Follow all changes, also those that undo makes: the picture whose answer was taken back is shown again."""
        if not self.is_open:
            return
        row = self._row()
        if change.moved or change.round_began:
            self._read_round()
            if change.new_rows is not None:
                self._follow_rows(change.new_rows)
                row = None if row is None or change.new_rows[row] < 0 else int(change.new_rows[row])
        else:
            self._round = read_round(self._labelling.desk, self._drawn)
        if self._is_answering:
            return
        if self._round is None and self._order == "queue":
            self.view.close()
            return
        rows = self._rows()
        if row is not None and not (self._place < len(rows) and rows[self._place] == row):
            places = np.flatnonzero(rows == row)
            self._place = int(places[0]) if len(places) else self._frontier()
        self._place = min(self._place, self._frontier()) if self._order == "queue" else min(self._place, len(rows))
        self._show()

    def _follow_rows(self, new_rows: NDArray[np.int32]) -> None:
        moved = new_rows[self._doubtful]
        self._doubtful, self._proposed = moved[moved >= 0].astype(np.intp), self._proposed[moved >= 0]

    # --- what is shown

    def _show(self) -> None:
        self._show_picture()
        self._show_figures()

    def _show_picture(self) -> None:
        row, desk, rows = self._row(), self._labelling.desk, self._rows()
        self.view.show_answers(self._answers(row))
        if row is None:
            self.view.show_message(self.tr("All pictures have been looked at."))
            return
        said = verdict(desk, row)
        number = QLocale().toString
        caption = ReviewCaption(
            name=shown_name(desk.images.path(row)),
            label=said.text,
            color=said.color.name() if said.color is not None else "",
            is_hollow=said.status == Status.UNSURE,
            place=self.tr("{position} of {total}").format(position=number(self._place + 1), total=number(len(rows))),
            error=desk.errors.get(row, ""),
        )
        neighbours = rows[self._place + 1 : self._place + 1 + _AHEAD].tolist()
        self.view.show_picture(desk.images.path(row), caption, [desk.images.path(one) for one in neighbours])

    def _answers(self, row: int | None) -> list[Answer]:
        """Return the answers with their keys, with a mark on the one that was given."""
        desk, actions = self._labelling.desk, self._window.actions_
        given = self._given(row)
        labels = {label.id: place for place, label in enumerate(desk.labels)}
        column = -1 if row is None else desk.decisions.column.item(row)
        right = self.tr("“{label}” is right").format(label=desk.labels[column].name) if column >= 0 else ""
        found = [Answer("confirm", right, keys_of(actions["confirm"]))] if right else []
        for number, label in enumerate(desk.label_set.labels[:LABEL_KEYS], start=1):
            color = color_of(desk, labels[label.id]).name()
            found.append(
                Answer(f"give_{number}", label.name, keys_of(actions[f"give_{number}"]), color, label.id == given)
            )
        if len(desk.label_set.labels) > LABEL_KEYS:
            others = {label.id for label in desk.label_set.labels[LABEL_KEYS:]}
            found.append(self._answer("give_other", is_given=given in others))
        found.append(self._answer("give_none", is_given=given == NO_LABEL_FITS_ID))
        found.append(self._answer("give_unsure", is_given=given == UNSURE_ID))
        if given != NO_LABEL:
            found.append(self._answer("give_auto", is_given=False))
        return found

    def _answer(self, name: str, *, is_given: bool) -> Answer:
        action = self._window.actions_[name]
        return Answer(name, plain_text(action), keys_of(action), is_given=is_given)

    def _given(self, row: int | None) -> LabelId:
        """Return what the person said about a row, or NO_LABEL."""
        if row is None or not self._labelling.desk.is_judged[row]:
            return NO_LABEL
        desk = self._labelling.desk
        if desk.decisions.source.item(row) == Source.USER:
            return desk.decisions.label_id.item(row) or NO_LABEL_FITS_ID
        return UNSURE_ID

    def _show_figures(self) -> None:
        desk, found = self._labelling.desk, self._round
        if self._order == "doubtful" or found is None:
            is_judged = desk.is_judged[self._doubtful]
            answers = np.array([self._given(int(row)) for row in self._doubtful[is_judged]], np.int64)
            right = int(np.count_nonzero(answers == self._proposed[is_judged]))
            self._tickets += 1
            self.view.show_figures(ReviewFigures(looked=doubtful_text(len(answers), right)))
            return
        self._tickets += 1
        ticket, ids = self._tickets, [label.id for label in desk.labels]
        self._labelling.background.run(
            lambda: found.estimate(ids), lambda estimate: self._on_estimated(ticket, found, estimate)
        )

    def _on_estimated(self, ticket: int, found: Round, estimate: Estimate) -> None:
        if ticket != self._tickets or not self.is_open:
            return
        desk, total, number = self._labelling.desk, estimate.total, QLocale().toString
        rows = []
        for place, label in enumerate(desk.labels):
            part = estimate.by_label.get(label.id)
            if part is None or not part.reviewed + part.unreviewed:
                continue
            right = self.tr("{right} of {count}").format(right=number(part.right), count=number(part.reviewed))
            wrong = f"{number(round(part.wrong))} ({range_text(part)})" if part.reviewed and part.unreviewed else "–"
            rows.append(
                LabelRange(
                    label.name,
                    color_of(desk, place).name(),
                    right if part.reviewed else "–",
                    number(0) if not part.unreviewed else wrong,
                )
            )
        is_known = bool(total.reviewed)
        self.view.show_figures(
            ReviewFigures(
                wrong=wrong_text(total, found.settled) if is_known else "",
                looked=looked_text(total, found.unsure)
                if is_known
                else self.tr("Answer some pictures to learn how many labels are wrong."),
                enough=enough_text(total, estimate.last_look, self.target) if is_known else "",
                is_enough=bool(estimate.last_look.reviewed) and estimate.last_look.is_enough(self.target),
                note=changed_text(found.changed, found.outside, found.beside),
                rows=tuple(rows) if is_known else (),
            )
        )

    @Slot()
    def _show_check(self) -> None:
        """Offer the check of what was learned here, too, because the review covers the window's message."""
        if not self.is_open:
            return
        teaching = self._labelling.teaching
        progress = teaching.progress
        learned = 0 if progress is None else int(progress.examples.sum())
        if progress is None or not teaching.can_check or learned < OFFER_FROM:
            self.view.show_check("")
            return
        self.view.show_check(check_offer_text(progress.changes, learned))

    @Slot(float)
    def _on_target_changed(self, share: float) -> None:
        self._preferences.set_choices("review_target", share)
        self._show_figures()
