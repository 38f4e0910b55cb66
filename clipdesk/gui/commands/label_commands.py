"""What the person says about pictures by keys: a label, none of these, unsure, the proposed label, automatic."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.order import OrderChange
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, UNSURE_ID, LabelId, LabelSet
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.labels.label_popup import LabelPopup
from clipdesk.gui.picture.quick_look import QuickLook
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.window.action_texts import keys_of
from clipdesk.gui.window.actions import LABEL_KEYS
from clipdesk.gui.window.main_window import MainWindow


class Answers(Protocol):
    """Takes what the person says instead of the selected pictures, such as the review."""

    @property
    def is_open(self) -> bool:
        """Whether it takes the answers at the moment."""
        ...

    def give(self, label_id: LabelId) -> None: ...
    def confirm(self) -> None: ...


class LabelCommands(QObject):
    """Carries out the keys that label pictures, the same in all views.

    An answer goes to the pictures that are selected when the key arrives. In the quick look, it goes to the picture
    that is shown. After an answer about one picture, the next one is selected, if the person wants that.
    """

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        model: ResultsModel,
        quick_look: QuickLook,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._model = model
        self._quick_look = quick_look
        self._preferences = preferences
        self._answers: Answers | None = None
        self._stand_in: tuple[int, int] | None = None  # see `_keep_place`
        self.add_view(window.table)
        self.add_view(window.gallery)
        self.add_view(quick_look)
        self._connect()
        self._show_labels(labelling.desk.label_set)
        self._show_keys()

    def _connect(self) -> None:
        actions = self._window.actions_
        for number in range(LABEL_KEYS):
            action = actions[f"give_{number + 1}"]
            action.triggered.connect(lambda _=False, number=number: self._give_number(number))
            action.changed.connect(self._show_keys)  # the person may choose another key
        actions["give_other"].triggered.connect(self.choose_label)
        actions["give_none"].triggered.connect(lambda: self.give(NO_LABEL_FITS_ID))
        actions["give_unsure"].triggered.connect(lambda: self.give(UNSURE_ID))
        actions["give_auto"].triggered.connect(lambda: self.give(NO_LABEL))
        actions["confirm"].triggered.connect(self.confirm)
        actions["advance"].setChecked(self._preferences.choices("advance") is not False)
        actions["advance"].toggled.connect(lambda goes_on: self._preferences.set_choices("advance", goes_on))
        self._labelling.desk_changed.connect(self._on_desk_changed)
        self._model.order_changed.connect(self._on_order_changed)

    def add_view(self, view: QWidget) -> None:
        """Let the keys work while the focus is in this widget."""
        view.addActions(self._window.actions_.in_views())

    def set_answers(self, answers: Answers) -> None:
        """Hand over to this what the person says while it is open."""
        self._answers = answers

    # --- the labels with keys

    def _on_desk_changed(self, change: DeskChange) -> None:
        if change.labels is not None:
            self._show_labels(change.labels.after)

    def _show_labels(self, label_set: LabelSet) -> None:
        for number in range(LABEL_KEYS):
            action = self._window.actions_[f"give_{number + 1}"]
            is_label = number < len(label_set.labels)
            name = label_set.names[number] if is_label else self.tr("Label {number}").format(number=number + 1)
            action.setText(name.replace("&", "&&"))
            action.setVisible(is_label)
        self._window.actions_["give_other"].setEnabled(bool(label_set.labels))

    @Slot()
    def _show_keys(self) -> None:
        actions = self._window.actions_
        self._window.labels.set_keys([keys_of(actions[f"give_{number + 1}"]) for number in range(LABEL_KEYS)])

    def _give_number(self, number: int) -> None:
        ids = self._labelling.desk.label_set.ids
        if number < len(ids):
            self.give(ids[number])

    def choose_label(self) -> None:
        """Open the popup that finds a label by its first letters."""
        popup = LabelPopup(self._labelling.desk.label_set.labels, self._window)
        popup.chosen.connect(self.give)
        popup.open()

    # --- answers

    @Slot(object)
    def give(self, label_id: LabelId) -> None:
        """Give the pictures this label. See `Desk.correct` for the other ids. It sets and never toggles."""
        if self._answers is not None and self._answers.is_open:
            self._answers.give(label_id)
        elif rows := self._rows():
            self._follow(
                rows, self._labelling.correct(rows, label_id), self._said(label_id), goes_on=label_id != NO_LABEL
            )

    @Slot()
    def confirm(self) -> None:
        """Make the automatic labels of the pictures the person's."""
        if self._answers is not None and self._answers.is_open:
            self._answers.confirm()
        elif rows := self._rows():
            change = self._labelling.confirm(rows)
            self._follow(rows, change, self.tr("The labels of {pictures} confirmed."))

    def _rows(self) -> list[int]:
        """Return the desk rows that an answer is about."""
        table = self._window.table
        if self._quick_look.isVisible():
            row = table.current_desk_row()
            return [] if row is None else [row]
        rows = table.selected_desk_rows()
        if not rows:
            self._window.news.show_news(self.tr("Select the pictures first."))
        return rows

    def _follow(self, rows: list[int], change: DeskChange, said: str, *, goes_on: bool = True) -> None:
        """Add an undo step. Report it with the sentence `said`, or go on to the next picture."""
        self._keep_place(rows)
        self._window.undo_stack.push(change)
        if len(rows) > 1 and change.corrected is None:
            self._window.news.show_news(self.tr("That is what you had said already."))
        elif len(rows) > 1 and change.corrected is not None:
            self._window.show_undoable(said.format(pictures=pictures_text(len(change.corrected.images))))
        elif goes_on and self._window.actions_["advance"].isChecked():
            place = self._model.view_row(rows[0])
            if 0 <= place < self._model.rowCount() - 1:
                self._window.views.move_current(1)

    def _said(self, label_id: LabelId) -> str:
        """Return a sentence about an answer, with a place for the number of pictures."""
        if label_id == NO_LABEL:
            return self.tr("{pictures} back to the automatic label.")
        if label_id == NO_LABEL_FITS_ID:
            return self.tr("{pictures} marked as none of these.")
        label = self._labelling.desk.label_set.by_id(label_id)
        if label is None:
            return self.tr("{pictures} marked as unsure.")
        name = label.name.replace("{", "{{").replace("}", "}}")
        return self.tr("{pictures} labelled “{label}”.").format(pictures="{pictures}", label=name)

    # --- the place, when a filter takes the picture away

    def _keep_place(self, rows: list[int]) -> None:
        """Remember where the picture is, so that its neighbour is selected if the filter hides it now."""
        place = self._model.view_row(rows[0])
        self._stand_in = (rows[0], place) if place >= 0 else None

    @Slot(object)
    def _on_order_changed(self, change: OrderChange) -> None:
        if change.cause != "arrived":
            self._stand_in = None  # the person has chosen another filter or order
        if self._stand_in is None or self._window.table.current_desk_row() is not None:
            return
        row, place = self._stand_in
        self._stand_in = None
        shown = self._model.shown_rows
        if len(shown) and self._model.view_row(row) < 0:
            self._window.table.select_desk_row(int(shown[np.minimum(place, len(shown) - 1)]))
