"""The dialog *Duplicates*: groups of pictures that are alike, by kind, and which one of each to keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.find.duplicates import Kind
from clipdesk.gui.duplicates.duplicates_card import DuplicatesCard
from clipdesk.gui.duplicates.rules_list import RulesList
from clipdesk.gui.duplicates.words import found_text, heading_text, kind_text, message_text, note_text
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, PADDING
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.duplicate_finder import DuplicatesStage, DuplicatesState, ShownGroup

_WIDTH, _HEIGHT = 920, 680
#: Groups shown before the person asks for more, and cards made at once. More would block the window for a moment.
_PAGE, _AT_ONCE = 40, 3
_PROGRESS_WIDTH = 280


class DuplicatesDialog(FittedDialog):
    """Shows the groups. Stays open beside the window, in which its owner selects the pictures of a group."""

    rules_chosen = Signal(object)  # tuple[KeeperRule, ...]
    keeper_chosen = Signal(int, int)  # the group's number, the row to keep
    all_kept = Signal(int)  # the group's number
    rows_chosen = Signal(object)  # rows to select in the window
    move_wanted = Signal(object)  # list[ShownGroup]: move the others of these groups
    trash_wanted = Signal(object)  # list[ShownGroup]: put the others of these groups into the trash
    again_requested = Signal()
    stop_requested = Signal()

    def __init__(self, thumbnails: Thumbnails, path_of: Callable[[int], Path], parent: QWidget | None = None) -> None:
        """`path_of` returns the path of a row of the desk."""
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Duplicates"))
        self._thumbnails, self._path_of = thumbnails, path_of
        self._state = DuplicatesState(DuplicatesStage.COMPARING)
        self._ticked: set[int] = set()
        self._limit = _PAGE
        self.cards: list[DuplicatesCard] = []
        self.headline = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.headline.setProperty("role", "title")
        self.note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setProperty("role", "secondary")
        self.again_button = QPushButton(self.tr("Search again"), self)
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.tr("Kinds of duplicates"))
        for kind in Kind:
            self.tabs.addTab(kind_text(kind))
        self.heading = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.heading.setProperty("role", "secondary")
        self.message = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setProperty("role", "secondary")
        self.progress = QProgressBar(self, textVisible=False)
        self.progress.setFixedWidth(_PROGRESS_WIDTH)
        self.progress.setAccessibleName(self.tr("Progress of the search"))
        self.stop_button = QPushButton(self.tr("Stop"), self)
        self.start_button = QPushButton(self)
        self.more_button = QPushButton(self.tr("Show more groups"), self)
        self.rules = RulesList(self)
        self.all_button = QPushButton(self.tr("Tick all"), self)
        self.move_button = QPushButton(self)
        self.move_button.setToolTip(
            self.tr("Shows first what goes where. The pictures to keep stay, nothing is deleted, and you can undo it.")
        )
        self.move_button.setProperty("primary", True)
        self.trash_button = QPushButton(self.tr("Trash…"), self)
        self.trash_button.setToolTip(
            self.tr("Asks first. Nothing is deleted: you can put the pictures back from your system's trash.")
        )
        self.close_button = QPushButton(self.tr("Close"), self)
        self._fill = single_shot(self, 0, self._show_more_cards)
        self._lay_out()
        self._connect()
        self.headline.setText(found_text(self._state))
        self.show_state(self._state)
        self.tabs.setFocus()

    def _lay_out(self) -> None:
        notes = QHBoxLayout()
        notes.setSpacing(GAP)
        notes.addWidget(self.note, 1)
        notes.addWidget(self.again_button)
        empty = QWidget(self)
        middle = QVBoxLayout(empty)
        middle.setSpacing(PADDING)
        middle.addStretch(1)
        middle.addWidget(self.message)
        for part in (self.progress, self.stop_button, self.start_button):
            middle.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        content = QWidget(self)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, PADDING, 0)
        self._column.setSpacing(2 * PADDING)
        self._column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidget(content)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        groups = QVBoxLayout()
        groups.setSpacing(GAP)
        groups.addWidget(self.tabs)
        groups.addWidget(self.heading)
        groups.addWidget(self.area, 1)
        found = QWidget(self)
        halves = QHBoxLayout(found)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(2 * PADDING)
        halves.addLayout(groups, 1)
        halves.addWidget(self.rules)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(found)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.all_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.trash_button)
        buttons.addWidget(self.move_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(PADDING)
        column.addWidget(self.headline)
        column.addLayout(notes)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.rules.rules_changed.connect(self.rules_chosen)
        self.tabs.currentChanged.connect(self._on_kind_chosen)
        self.again_button.clicked.connect(self.again_requested)
        self.start_button.clicked.connect(self.again_requested)
        self.stop_button.clicked.connect(self.stop_requested)
        self.more_button.clicked.connect(self._on_more_clicked)
        self.all_button.clicked.connect(self._on_all_clicked)
        self.move_button.clicked.connect(lambda: self.move_wanted.emit(self.ticked_groups()))
        self.trash_button.clicked.connect(lambda: self.trash_wanted.emit(self.ticked_groups()))
        self.close_button.clicked.connect(self.close)

    # --- display

    @property
    def kind(self) -> Kind:
        """The kind of the groups that are shown."""
        return tuple(Kind)[self.tabs.currentIndex()]

    def shown_groups(self) -> list[ShownGroup]:
        """Return the groups of the chosen kind."""
        return [group for group in self._state.groups if group.proposal.group.kind is self.kind]

    def ticked_groups(self) -> list[ShownGroup]:
        """Return the ticked groups of all kinds."""
        return [group for group in self._state.groups if group.number in self._ticked]

    def show_state(self, state: DuplicatesState) -> None:
        """Show this state. Ticks stay with their groups until the next search."""
        before, self._state = self._state, state
        is_ready = state.stage is DuplicatesStage.READY
        if state.search != before.search:
            self._ticked.clear()
            self._limit = _PAGE
        if state.groups is not before.groups or state.stage is not before.stage:
            self.headline.setText(found_text(state))
        note = note_text(state)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.again_button.setVisible(is_ready and state.new_images > 0)
        self._show_stage(state)
        self._stack.setCurrentIndex(1 if is_ready and state.groups else 0)
        if state.groups is not before.groups:
            self._show_kinds()
            self._fill.stop()
            self._show_cards()
        self._show_choice()

    def _show_stage(self, state: DuplicatesState) -> None:
        stage, progress = state.stage, state.progress
        self.message.setText(message_text(state))
        self.progress.setVisible(stage in (DuplicatesStage.COMPARING, DuplicatesStage.READING))
        self.progress.setRange(0, progress.total)
        self.progress.setValue(progress.done)
        self.stop_button.setVisible(stage is DuplicatesStage.COMPARING)
        can_begin = stage in (DuplicatesStage.READING, DuplicatesStage.STOPPED, DuplicatesStage.FAILED)
        self.start_button.setVisible(can_begin)
        self.start_button.setText(
            self.tr("Search those read so far") if stage is DuplicatesStage.READING else self.tr("Search again")
        )

    def _show_kinds(self) -> None:
        """Show how many groups there are of each kind. An empty kind cannot be chosen."""
        counts = dict.fromkeys(Kind, 0)
        for group in self._state.groups:
            counts[group.proposal.group.kind] += 1
        for place, kind in enumerate(Kind):
            self.tabs.setTabText(place, f"{kind_text(kind)}  {self.locale().toString(counts[kind])}")
            self.tabs.setTabEnabled(place, counts[kind] > 0)
        if not counts[self.kind] and any(counts.values()):
            self.tabs.setCurrentIndex(next(place for place, kind in enumerate(Kind) if counts[kind]))
        self.heading.setText(heading_text(self.kind))

    def _show_cards(self) -> None:
        """Fill the cards, and make those that are missing."""
        groups = self.shown_groups()
        count = min(len(groups), self._limit)
        for place, card in enumerate(self.cards):
            card.setVisible(place < count)
            if place < count:
                self._fill_card(card, groups[place])
        self.more_button.setVisible(len(groups) > count)
        self._show_more_cards()

    def _show_more_cards(self) -> None:
        """Make some of the cards that are missing, and go on a moment later."""
        groups = self.shown_groups()
        count = min(len(groups), self._limit)
        for place in range(len(self.cards), min(count, len(self.cards) + _AT_ONCE)):
            self._add_card()
            self._fill_card(self.cards[place], groups[place])
        if len(self.cards) < count:
            self._fill.start()

    def _fill_card(self, card: DuplicatesCard, group: ShownGroup) -> None:
        card.show_group(group, self._state.facts, is_ticked=group.number in self._ticked)

    def _add_card(self) -> None:
        card = DuplicatesCard(self._thumbnails, self._path_of)
        card.ticked.connect(self._on_ticked)
        card.keeper_chosen.connect(self.keeper_chosen)
        card.all_kept.connect(self.all_kept)
        card.opened.connect(self.rows_chosen)
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)

    def _show_choice(self) -> None:
        has_groups = self._state.stage is DuplicatesStage.READY and bool(self._state.groups)
        others = {row for group in self.ticked_groups() for row in group.proposal.others}
        self.all_button.setVisible(has_groups)
        self.all_button.setText(self.tr("Tick none") if self._are_all_ticked() else self.tr("Tick all"))
        self.move_button.setVisible(has_groups)
        self.move_button.setEnabled(bool(others))
        self.trash_button.setVisible(has_groups)
        self.trash_button.setEnabled(bool(others))
        self.move_button.setText(
            self.tr("Move {pictures} into…").format(pictures=pictures_text(len(others)))
            if others
            else self.tr("Move the others into…")
        )

    def _are_all_ticked(self) -> bool:
        groups = self.shown_groups()
        return bool(groups) and all(group.number in self._ticked for group in groups)

    # --- user input

    def _on_kind_chosen(self) -> None:
        self._limit = _PAGE
        self.heading.setText(heading_text(self.kind))
        self.area.verticalScrollBar().setValue(0)
        self._show_cards()
        self._show_choice()

    def _on_more_clicked(self) -> None:
        self._limit += _PAGE
        self._show_cards()

    def _on_ticked(self, number: int, is_ticked: bool) -> None:
        if is_ticked:
            self._ticked.add(number)
        else:
            self._ticked.discard(number)
        self._show_choice()

    def _on_all_clicked(self) -> None:
        """Tick the groups of the chosen kind, or none of them."""
        numbers = {group.number for group in self.shown_groups()}
        if self._are_all_ticked():
            self._ticked -= numbers
        else:
            self._ticked |= numbers
        self._show_cards()
        self._show_choice()

    def forget_ticks(self) -> None:
        """Untick all groups: their pictures are being moved."""
        self._ticked.clear()
        self._show_cards()
        self._show_choice()
