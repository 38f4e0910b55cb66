"""The dialog *Groups*: pictures that are alike, with proposed names, from which labels are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QStackedWidget, QVBoxLayout, QWidget

from clipdesk.core.find.groups import COARSEST, FINEST, USUAL
from clipdesk.core.find.vectors import Rows
from clipdesk.gui.groups.cards_grid import CardsGrid
from clipdesk.gui.groups.group_card import GroupCard
from clipdesk.gui.groups.picture_strip import COUNT
from clipdesk.gui.groups.words import found_text, message_text, words_text
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, PADDING
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.groups_state import GroupsStage, GroupsState, NamedGroup
from clipdesk.gui.session.word_learner import WordsStage

_WIDTH, _HEIGHT = 760, 640
#: The slider's steps, from few large groups to many small ones. The usual fineness is the third.
_STEPS = 9
_SLIDER_WIDTH = 140
#: So few pictures are worth being grouped before all are read.
_FEWEST = 3
#: Cards that are added when the person scrolls down to the last ones.
_CARDS_AT_ONCE = 16


@dataclass(frozen=True)
class ChosenGroup:
    """A group that is to become a label: its name, and the rows of typical images."""

    name: str
    rows: Rows


@dataclass
class _Choice:
    """What the person did with a group: a name of their own, if any, and whether it is ticked."""

    name: str | None = None
    is_ticked: bool = False


class GroupsDialog(FittedDialog):
    """Shows the groups. Stays open beside the window, in which its owner selects the pictures of a group."""

    fineness_chosen = Signal(float)
    rows_chosen = Signal(object)  # Rows to select in the window
    labels_wanted = Signal(object)  # list[ChosenGroup]
    again_requested = Signal()
    read_requested = Signal()
    words_allowed = Signal()

    def __init__(self, thumbnails: Thumbnails, path_of: Callable[[int], Path], parent: QWidget | None = None) -> None:
        """`path_of` returns the path of a row of the desk."""
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Groups"))
        self._path_of = path_of
        self._state = GroupsState(GroupsStage.COMPARING)
        self._reach = _CARDS_AT_ONCE
        # By size and first rows, so that a group that another fineness leaves as it is keeps its name and tick.
        self._choices: dict[tuple[int, ...], _Choice] = {}
        self.headline = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.headline.setProperty("role", "title")
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(1)
        self.slider.setValue(_step_of(USUAL))
        self.slider.setFixedWidth(_SLIDER_WIDTH)
        self.slider.setAccessibleName(self.tr("Coarser or finer groups"))
        self.slider.setToolTip(self.tr("Few large groups at the left, many small ones at the right"))
        self.note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setProperty("role", "secondary")
        self.words_button = QPushButton(self.tr("Send words"), self)
        self.again_button = QPushButton(self.tr("Group again"), self)
        self.grid = CardsGrid(thumbnails, self)
        self.message = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setProperty("role", "secondary")
        self.start_button = QPushButton(self.tr("Read the pictures"), self)
        self.problem = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.problem.hide()
        self.all_button = QPushButton(self.tr("Tick all"), self)
        self.labels_button = QPushButton(self.tr("Make labels of these groups"), self)
        self.labels_button.setToolTip(
            self.tr("Each label gets the group's name and typical pictures. You can undo that.")
        )
        self.labels_button.setProperty("primary", True)
        self.close_button = QPushButton(self.tr("Close"), self)
        self._fill = single_shot(self, 0, self._show_cards)
        self._lay_out()
        self._connect()
        self.show_state(self._state)

    def _lay_out(self) -> None:
        coarser, finer = QLabel(self.tr("Coarser"), self), QLabel(self.tr("Finer"), self)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.headline, 1)
        self._slider_parts = (coarser, self.slider, finer)
        for part in self._slider_parts:
            top.addWidget(part)
        offers = QHBoxLayout()
        offers.setSpacing(GAP)
        offers.addWidget(self.words_button)
        offers.addWidget(self.again_button)
        offers.addStretch(1)
        empty = QWidget(self)
        middle = QVBoxLayout(empty)
        middle.addStretch(1)
        middle.addWidget(self.message)
        middle.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.grid)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.all_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.labels_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(PADDING)
        column.addLayout(top)
        column.addWidget(self.note)
        column.addLayout(offers)
        column.addWidget(self._stack, 1)
        column.addWidget(self.problem)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a name must not press a button
        self.grid.end_neared.connect(self._on_end_neared)
        self.slider.valueChanged.connect(lambda step: self.fineness_chosen.emit(_fineness_of(step)))
        self.words_button.clicked.connect(self.words_allowed)
        self.again_button.clicked.connect(self.again_requested)
        self.start_button.clicked.connect(self._on_start_clicked)
        self.all_button.clicked.connect(self._on_all_clicked)
        self.labels_button.clicked.connect(self._on_labels_clicked)
        self.close_button.clicked.connect(self.close)

    # --- display

    def show_state(self, state: GroupsState) -> None:
        """Show this state. Ticks and names that the person gave stay with their groups."""
        if list(map(_key, state.groups)) != list(map(_key, self._state.groups)):
            self._reach = _CARDS_AT_ONCE
            self.grid.verticalScrollBar().setValue(0)
        has_new_groups = state.groups is not self._state.groups or state.various is not self._state.various
        was_ready, self._state = self._state.stage is GroupsStage.READY, state
        is_ready = state.stage is GroupsStage.READY
        has_groups = is_ready and bool(state.groups)
        self.headline.setText(found_text(state))
        self.message.setText(message_text(state))
        self.start_button.setText(
            self.tr("Read the pictures") if state.stage is GroupsStage.NOT_READ else self.tr("Group those read so far")
        )
        can_begin = state.stage is GroupsStage.READING and state.done >= _FEWEST
        self.start_button.setVisible(state.stage is GroupsStage.NOT_READ or can_begin)
        for part in self._slider_parts:
            part.setVisible(is_ready)
        note = words_text(state) if is_ready else ""
        self.again_button.setVisible(is_ready and state.new_images > 0)
        if self.again_button.isVisibleTo(self) and not note:
            note = tr("%Ln new picture(s) since then.", "", state.new_images)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.words_button.setVisible(is_ready and state.words is WordsStage.NOT_SENT)
        self._stack.setCurrentIndex(1 if has_groups else 0)
        if has_new_groups:
            self._show_cards()
        self.all_button.setVisible(has_groups)
        self._show_choice()
        if is_ready and not was_ready and self.focusWidget() in (None, self.close_button, self.start_button):
            self.slider.setFocus()

    def show_problem(self, sentence: str) -> None:
        """Show why labels could not be made; an empty sentence hides it."""
        self.problem.setText(translated(sentence))
        self.problem.setVisible(bool(sentence))

    def _show_cards(self) -> None:
        """Fill the first cards. Hundreds at once would block the window for a second, so more follow on scrolling."""
        state = self._state
        total = len(state.groups) + bool(len(state.various)) if state.groups else 0
        count = min(total, self._reach)
        for card in self.grid.make_cards(count):
            card.opened.connect(lambda card=card: self._on_opened(card))
            card.edited.connect(lambda card=card: self._on_edited(card))
        for card, group in zip(self.grid.cards[:count], state.groups, strict=False):
            self._fill_card(card, group)
        if len(state.groups) < count:
            self.grid.cards[count - 1].show_various(self._paths(state.various), len(state.various))
        self.grid.show_first(count)

    def _on_end_neared(self) -> None:
        if self._reach <= len(self._state.groups):
            self._reach += _CARDS_AT_ONCE
            self._fill.start()

    def _fill_card(self, card: GroupCard, group: NamedGroup) -> None:
        choice = self._choice_of(group)
        card.show_group(
            self._paths(group.rows), len(group.rows), group.names, self._name_of(group), is_ticked=choice.is_ticked
        )

    def _paths(self, rows: Rows) -> list[Path]:
        return [self._path_of(row) for row in rows[:COUNT].tolist()]

    def _name_of(self, group: NamedGroup) -> str:
        name = self._choice_of(group).name
        return name if name is not None else (group.names[0] if group.names else "")

    def _choice_of(self, group: NamedGroup) -> _Choice:
        return self._choices.get(_key(group), _Choice())

    def _show_choice(self) -> None:
        groups = self._state.groups if self._state.stage is GroupsStage.READY else ()
        ticked = [group for group in groups if self._choice_of(group).is_ticked]
        self.labels_button.setEnabled(bool(ticked) and all(map(self._name_of, ticked)) and not self._state.is_busy)
        are_all = bool(groups) and len(ticked) == len(groups)
        self.all_button.setText(self.tr("Tick none") if are_all else self.tr("Tick all"))

    # --- user input

    def _on_opened(self, card: GroupCard) -> None:
        place, groups = self.grid.cards.index(card), self._state.groups
        self.rows_chosen.emit(groups[place].rows if place < len(groups) else self._state.various)

    def _on_edited(self, card: GroupCard) -> None:
        place = self.grid.cards.index(card)
        if place >= len(self._state.groups):
            return
        group = self._state.groups[place]
        proposed = group.names[0] if group.names else ""
        self._choices[_key(group)] = _Choice(
            card.name if card.name != proposed else None, is_ticked=card.tick.isChecked()
        )
        self.show_problem("")
        self._show_choice()

    def _on_all_clicked(self) -> None:
        groups = self._state.groups
        is_ticked = not all(self._choice_of(group).is_ticked for group in groups)
        for group in groups:
            self._choices[_key(group)] = _Choice(self._choice_of(group).name, is_ticked)
        self._show_cards()
        self.show_problem("")
        self._show_choice()

    def _on_labels_clicked(self) -> None:
        self.labels_wanted.emit(
            [
                ChosenGroup(self._name_of(group), group.rows[:COUNT])
                for group in self._state.groups
                if self._choice_of(group).is_ticked
            ]
        )

    def forget_ticks(self) -> None:
        """Untick all groups: labels were made of them."""
        for choice in self._choices.values():
            choice.is_ticked = False
        self._show_cards()
        self._show_choice()

    def _on_start_clicked(self) -> None:
        if self._state.stage is GroupsStage.NOT_READ:
            self.read_requested.emit()
        else:
            self.again_requested.emit()


def _key(group: NamedGroup) -> tuple[int, ...]:
    return (len(group.rows), *group.rows[:COUNT].tolist())


def _fineness_of(step: int) -> float:
    return float(COARSEST * (FINEST / COARSEST) ** (step / _STEPS))


def _step_of(fineness: float) -> int:
    return min(range(_STEPS + 1), key=lambda step: abs(_fineness_of(step) - fineness))
