"""One group of duplicates: its pictures side by side, and what the person can do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from clipdesk.core.find.keepers import KeeperFacts, differences
from clipdesk.gui.duplicates.picture_tile import PictureTile
from clipdesk.gui.duplicates.words import facts_texts, group_text
from clipdesk.gui.kit.theme import GAP, GRID, PADDING
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.duplicate_finder import ShownGroup

#: Pictures side by side, and pictures shown before the person asks for all of a group.
_COLUMNS, _FIRST = 4, 8


class DuplicatesCard(QFrame):
    """Shows a group, which can be ticked. The setters emit nothing."""

    ticked = Signal(int, bool)  # the group's number, whether it is ticked
    keeper_chosen = Signal(int, int)  # the group's number, the row to keep
    all_kept = Signal(int)  # the group's number: all of it is wanted
    opened = Signal(object)  # the group's rows, to select in the window

    def __init__(self, thumbnails: Thumbnails, path_of: Callable[[int], Path]) -> None:
        super().__init__()
        self._thumbnails, self._path_of = thumbnails, path_of
        self._group: ShownGroup | None = None
        self._facts: Mapping[int, KeeperFacts] = {}
        self._rows: tuple[int, ...] = ()
        self._is_whole = False
        self.tiles: list[PictureTile] = []
        self._choices = QButtonGroup(self)
        self.tick = QCheckBox(self)
        self.tick.setToolTip(self.tr("Tick the groups whose other pictures you want to move away"))
        self.why = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.why.setProperty("role", "secondary")
        self.open_button = QPushButton(self.tr("Select"), self)
        self.open_button.setToolTip(self.tr("Select these pictures in the window"))
        self.keep_button = QPushButton(self)
        self.keep_button.setToolTip(self.tr("These pictures are not shown as duplicates again. You can undo that."))
        self.whole_button = QPushButton(self)
        for button in (self.open_button, self.keep_button, self.whole_button):
            button.setProperty("flat", True)
            button.setAutoDefault(False)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.tick)
        top.addStretch(1)
        top.addWidget(self.open_button)
        top.addWidget(self.keep_button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(PADDING)
        self._grid.setVerticalSpacing(PADDING)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self.why)
        column.addSpacing(GRID)
        column.addLayout(self._grid)
        column.addWidget(self.whole_button)
        self.tick.toggled.connect(lambda is_ticked: self.ticked.emit(self.number, is_ticked))
        self.keep_button.clicked.connect(lambda: self.all_kept.emit(self.number))
        self.open_button.clicked.connect(lambda: self.opened.emit(self._rows))
        self.whole_button.clicked.connect(self._show_whole)

    @property
    def number(self) -> int:
        """The number of the group that is shown."""
        return self._group.number if self._group is not None else -1

    def show_group(self, group: ShownGroup, facts: Mapping[int, KeeperFacts], *, is_ticked: bool) -> None:
        """Show a group with the facts about its rows."""
        if group.number != self.number:
            self._is_whole = False
        self._group, self._facts = group, facts
        self._rows = group.proposal.group.rows
        count = len(self._rows)
        with QSignalBlocker(self.tick):
            self.tick.setChecked(is_ticked)
        self.tick.setText(pictures_text(count))
        self.keep_button.setText(
            self.tr("Keep both: never ask again") if count == 2 else self.tr("Keep all: never ask again")
        )
        of_rows = [facts[row] for row in self._rows]
        found = differences(of_rows)
        why = group_text(group.proposal, found)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self._show_tiles()
        first = self.tiles[0].name.text()
        self.tick.setAccessibleName(
            self.tr("Group of {name}: {pictures}").format(name=first, pictures=self.tick.text())
        )
        self.open_button.setAccessibleName(self.tr("Select the group of {name}").format(name=first))
        self.keep_button.setAccessibleName(
            self.tr("Keep all pictures of the group of {name}, and never ask again").format(name=first)
        )

    def _show_whole(self) -> None:
        self._is_whole = True
        self._show_tiles()

    def _show_tiles(self) -> None:
        assert self._group is not None
        rows, keeper = self._rows, self._group.proposal.keeper
        if not self._is_whole and len(rows) > _FIRST:
            shown = rows[:_FIRST] if keeper in rows[:_FIRST] else (keeper, *rows[: _FIRST - 1])
        else:
            shown = rows
        while len(self.tiles) < len(shown):
            self._add_tile()
        all_facts = [self._facts[row] for row in rows]
        found = differences(all_facts)
        # Without it, one of the choices would have to stay checked while the others are set.
        self._choices.setExclusive(False)
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(shown))
            if place < len(shown):
                row = shown[place]
                lines = facts_texts(self._facts[row], all_facts, found)
                tile.show_picture(self._path_of(row), lines, is_keeper=row == keeper)
        self._choices.setExclusive(True)
        self._shown = shown
        self.whole_button.setVisible(len(shown) < len(rows))
        self.whole_button.setText(self.tr("Show all {pictures}").format(pictures=pictures_text(len(rows))))

    def _add_tile(self) -> None:
        place = len(self.tiles)
        tile = PictureTile(self._thumbnails, self)
        tile.kept.connect(lambda: self.keeper_chosen.emit(self.number, self._shown[place]))
        self._choices.addButton(tile.keep)
        self._grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        self.tiles.append(tile)
