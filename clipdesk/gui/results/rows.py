"""The mapping between table rows and desk rows, with filter and sort order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.groups import Group, group_rows
from clipdesk.core.desk.order import (
    NameIndex,
    ResultsFilter,
    Rows,
    label_order,
    matching_rows,
    number_keys,
    place_keys,
    stable_order,
)
from clipdesk.gui.results.cells import FIRST_LABEL, Cells, Column


@dataclass(frozen=True)
class Moves:
    """The steps from one order to another: append new rows, rearrange, cut removed rows off the end."""

    with_coming: Rows
    moved: Rows
    final: Rows


class RowOrder:
    """The rows that are shown, and those that should be. `key` is the key of the sort column, or "" for desk order."""

    def __init__(self, desk: Desk, cells: Cells) -> None:
        self.filter = ResultsFilter()
        self.key = ""
        self.descending = False
        self.is_grouped = False
        self.groups: tuple[Group, ...] = ()
        """The groups of the rows that `wanted` returned last, if `is_grouped`."""
        self.names = NameIndex()
        self._desk = desk
        self._cells = cells
        self.show(np.arange(len(desk), dtype=np.int32))

    @property
    def column(self) -> int:
        """The column to sort by, or -1 for desk order, also while the label of `key` has no column.

        With one label alone, images are ranked by their similarity unless the user sorts otherwise.
        """
        column = Column.PROBABILITY if self._ranks_by_default else self._cells.column_of(self.key)
        return -1 if column == Column.MATCH and self._cells.ranking is None else column

    @property
    def descends(self) -> bool:
        return self.descending or self._ranks_by_default

    @property
    def _ranks_by_default(self) -> bool:
        return not self.key and self._desk.ranks_by_similarity

    @property
    def shows_all(self) -> bool:
        """Whether neither a filter nor a search hides rows."""
        return self.filter.shows_all and self._cells.ranking is None

    @property
    def has_groups(self) -> bool:
        """Whether rows are shown label by label. Groups would tear the order of a search apart."""
        return self.is_grouped and self._cells.ranking is None

    @property
    def is_plain(self) -> bool:
        """Whether all rows are wanted, in desk order."""
        return self.shows_all and self.column < 0 and not self.is_grouped

    @property
    def unread_names(self) -> int:
        """The number of names that `wanted` would have to index first."""
        images = self._desk.images
        unranked = self.names.count_unranked(images) if self.column == Column.NAME else 0
        unread = self.names.search.count_unread(images) if self.filter.text.strip() else 0
        return max(unranked, unread)

    def names_reader(self) -> Callable[[], None]:
        """Return a function that indexes those names, for another thread. Do not call `wanted` until it is done."""
        names, images = self.names, self._desk.images
        ranks, searches = self.column == Column.NAME, bool(self.filter.text.strip())

        def read() -> None:
            if searches:
                names.search.read(images)
            if ranks:
                names.ranks(images)

        return read

    @property
    def follows_scores(self) -> bool:
        """Whether new scores can change what is shown, or where."""
        return self.filter.needs_scores or self.column >= Column.LABEL or self.is_grouped

    def show(self, rows: Rows) -> None:
        """Show these desk rows. Do not modify the array afterwards."""
        self.shown = rows
        self._places: Rows | None = None

    def places(self, desk_rows: NDArray[Any]) -> Rows:
        """Return the table rows of these desk rows, -1 for those that are not shown."""
        if self._places is None:
            # The extra last entry is for rows that are not shown yet, and for -1.
            self._places = np.full(self.shown.max(initial=-1) + 2, -1, np.int32)
            self._places[self.shown] = np.arange(len(self.shown), dtype=np.int32)
        last = len(self._places) - 1
        return self._places[np.where((desk_rows < 0) | (desk_rows > last), last, desk_rows)]

    def matching(self) -> Rows:
        """Return the desk rows that pass the filter and were found, in desk order."""
        if self.filter.shows_all:
            rows = np.arange(len(self._desk), dtype=np.int32)
        else:
            rows = matching_rows(self._desk, self.filter, self.names)
        ranking = self._cells.ranking
        return rows if ranking is None else ranking.found(rows)

    def wanted(self) -> Rows:
        """Return the desk rows to show, filtered, sorted, and by label if `is_grouped`."""
        rows = self._sorted()
        self.groups = ()
        if self.has_groups:
            rows, self.groups = group_rows(self._desk, rows)
        return rows

    def _sorted(self) -> Rows:
        rows = self.matching()
        column, descending, decisions = self.column, self.descends, self._desk.decisions
        if column < 0:
            return rows
        if column == Column.LABEL:
            return rows[label_order(decisions.column[rows], self._cells.rankings[rows], descending=descending)]
        if column == Column.NAME:
            ranks = self.names.ranks(self._desk.images)[rows]
            return rows[stable_order(place_keys(ranks.astype(np.int32), descending=descending))]
        ranking = self._cells.ranking
        if column == Column.MATCH and ranking is not None:
            return rows[stable_order(number_keys(ranking.keys(rows), descending=descending))]
        if column in (Column.PROBABILITY, Column.BEST):
            values = self._cells.rankings
        elif column == Column.MARGIN:
            values = decisions.margin
        else:
            values = self._cells.values[:, column - FIRST_LABEL]
        return rows[stable_order(number_keys(values[rows], descending=descending))]

    def moves_to(self, rows: Rows) -> Moves:
        """Return the steps from the rows that are shown to `rows`."""
        is_shown, is_wanted = np.zeros((2, len(self._desk)), np.bool_)
        is_shown[self.shown] = is_wanted[rows] = True
        coming, going = rows[~is_shown[rows]], self.shown[~is_wanted[self.shown]]
        return Moves(np.concatenate((self.shown, coming)), np.concatenate((rows, going)), rows)
