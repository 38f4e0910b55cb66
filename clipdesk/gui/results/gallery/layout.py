"""Where the pictures and headings of the gallery are. All cells have the same size, so that nothing is laid out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

MARGIN = 8
_GAP = 4


@dataclass(frozen=True)
class Measures:
    """Sizes in px: of a cell, and the height of a heading."""

    cell_width: int
    cell_height: int
    heading: int


@dataclass(frozen=True)
class Section:
    """A group of rows, from `first` on. Positions are in px from the top of all content.

    The cells begin at `cells_top`, and the section ends at `bottom`. A collapsed section has no cells.
    """

    first: int
    count: int
    top: int
    cells_top: int
    bottom: int
    is_collapsed: bool


class GalleryLayout:
    """The geometry of `count` rows in groups that have these numbers of rows, or without groups if `groups` is None."""

    def __init__(
        self, count: int, groups: Sequence[int] | None, collapsed: Sequence[bool], width: int, measures: Measures
    ) -> None:
        self.measures = measures
        room = max(width - 2 * MARGIN, measures.cell_width)
        self.columns = (room + _GAP) // (measures.cell_width + _GAP)
        spare = room - self.columns * measures.cell_width
        self._pitch = measures.cell_width + (spare / (self.columns - 1) if self.columns > 1 else 0)
        self.line_height = measures.cell_height + _GAP
        self.has_headings = groups is not None
        self.width = width
        self.sections: list[Section] = []
        first, top = 0, 0
        for place, size in enumerate([count] if groups is None else groups):
            is_collapsed = groups is not None and collapsed[place]
            cells_top = top + (measures.heading if groups is not None else 0) + _GAP
            lines = 0 if is_collapsed else -(-size // self.columns)
            bottom = cells_top + lines * self.line_height + MARGIN if lines else top + measures.heading
            self.sections.append(Section(first, size, top, cells_top, bottom, is_collapsed))
            first, top = first + size, bottom
        self.height = top
        self._firsts = [section.first for section in self.sections]
        self._tops = [section.top for section in self.sections]

    # --- from rows to places

    def section_of(self, row: int) -> int:
        """Return the index of the row's section."""
        return bisect_right(self._firsts, row) - 1

    def is_hidden(self, row: int) -> bool:
        """Return whether the row's section is collapsed."""
        return self.sections[self.section_of(row)].is_collapsed

    def cell(self, row: int) -> QRect:
        """Return the area of the row's cell, invalid if it is hidden."""
        section = self.sections[self.section_of(row)]
        if section.is_collapsed:
            return QRect()
        line, column = divmod(row - section.first, self.columns)
        return QRect(
            self._left(column),
            section.cells_top + line * self.line_height,
            self.measures.cell_width,
            self.measures.cell_height,
        )

    def heading(self, section: int) -> QRect:
        """Return the area of a section's heading."""
        return QRect(0, self.sections[section].top, self.width, self.measures.heading if self.has_headings else 0)

    def cells_in(self, top: int, bottom: int) -> Iterator[tuple[int, QRect]]:
        """Yield the rows and areas of the cells between these heights."""
        for section in self.sections[self.section_at(top) : self.section_at(bottom) + 1]:
            for row in self._rows_in(section, top, bottom):
                yield row, self.cell(row)

    def sections_in(self, top: int, bottom: int) -> range:
        """Return the indices of the sections between these heights."""
        return range(self.section_at(top), self.section_at(bottom) + 1) if self.sections else range(0)

    # --- from places to rows

    def section_at(self, y: int) -> int:
        """Return the index of the section at this height; the first or last one above or below all of them."""
        return min(max(bisect_right(self._tops, y) - 1, 0), len(self.sections) - 1)

    def heading_at(self, y: int) -> int:
        """Return the index of the section whose heading is at this height, or -1."""
        if not self.has_headings or not self.sections or not 0 <= y < self.height:
            return -1
        place = self.section_at(y)
        return place if y < self.sections[place].top + self.measures.heading else -1

    def row_at(self, point: QPoint) -> int:
        """Return the row whose cell is at this point, or -1."""
        if not self.sections or not 0 <= point.y() < self.height:
            return -1
        section = self.sections[self.section_at(point.y())]
        column = self._column_at(point.x())
        line = (point.y() - section.cells_top) // self.line_height
        row = section.first + line * self.columns + column
        is_row = line >= 0 and not section.is_collapsed and row < section.first + section.count
        return row if is_row and self.cell(row).contains(point) else -1

    def first_row_at(self, y: int) -> int:
        """Return the first row whose cell ends below this height, or -1 if there is none."""
        for section in self.sections[self.section_at(y) :]:
            for row in self._rows_in(section, y, section.bottom):
                return row
        return -1

    def ranges_in(self, area: QRect) -> list[tuple[int, int]]:
        """Return the first and last row of each run of cells that this area touches."""
        first_column, last_column = self._column_at(area.left()), self._column_at(area.right())
        if self._left(first_column) + self.measures.cell_width <= area.left():
            first_column += 1
        if area.right() < self._left(last_column):
            last_column -= 1
        ranges: list[tuple[int, int]] = []
        if first_column > last_column or not self.sections:
            return ranges
        for place in self.sections_in(area.top(), area.bottom()):
            section = self.sections[place]
            rows = self._rows_in(section, area.top(), area.bottom())
            for line_start in range(rows.start, rows.stop, self.columns):
                last = min(line_start + last_column, section.first + section.count - 1)
                first = line_start + first_column
                if first > last:
                    continue
                if ranges and ranges[-1][1] == first - 1:
                    ranges[-1] = (ranges[-1][0], last)
                else:
                    ranges.append((first, last))
        return ranges

    # --- steps

    def visible_ranges(self) -> list[tuple[int, int]]:
        """Return the first and last rows of the sections that are not collapsed, adjacent ones joined."""
        ranges: list[tuple[int, int]] = []
        for section in self.sections:
            if section.is_collapsed or not section.count:
                continue
            last = section.first + section.count - 1
            if ranges and ranges[-1][1] == section.first - 1:
                ranges[-1] = (ranges[-1][0], last)
            else:
                ranges.append((section.first, last))
        return ranges

    def beside(self, row: int, step: int) -> int:
        """Return the row `step` rows further that is not hidden; the first or last one at the ends. -1 if all are."""
        ranges = self.visible_ranges()
        if not ranges:
            return -1
        # Count the rows that are not hidden, as if there were no others.
        place = sum(min(max(row - first, 0), last - first + 1) for first, last in ranges)
        hidden = self.is_hidden(row)
        place = max(place + (step - 1 if hidden and step > 0 else step), 0)
        for first, last in ranges:
            if place <= last - first:
                return first + place
            place -= last - first + 1
        return ranges[-1][1]

    def above_or_below(self, row: int, lines: int) -> int:
        """Return the row in the same column, this number of lines further down, or up if negative.

        Lines continue in the next section. A short line ends earlier. Without a further line, returns `row`.
        """
        if self.is_hidden(row):
            return self.beside(row, 1 if lines > 0 else -1)
        place = self.section_of(row)
        section = self.sections[place]
        line, column = divmod(row - section.first, self.columns)
        step = 1 if lines > 0 else -1
        for _ in range(abs(lines)):
            line += step
            while not 0 <= line < self._lines(section):
                place += step
                if not 0 <= place < len(self.sections):
                    return row
                section = self.sections[place]
                line = 0 if step > 0 else self._lines(section) - 1
            row = min(section.first + line * self.columns + column, section.first + section.count - 1)
        return row

    # --- helpers

    def _left(self, column: int) -> int:
        return MARGIN + round(column * self._pitch)

    def _lines(self, section: Section) -> int:
        return 0 if section.is_collapsed else -(-section.count // self.columns)

    def _column_at(self, x: int) -> int:
        """Return the last column that begins at or left of `x`; the first one further left."""
        column = min(max(int((x - MARGIN) / self._pitch), 0), self.columns - 1)
        # Columns begin at whole pixels.
        return column + 1 if column + 1 < self.columns and self._left(column + 1) <= x else column

    def _rows_in(self, section: Section, top: int, bottom: int) -> range:
        """Return the rows of a section whose lines are between these heights, whole lines."""
        if section.is_collapsed or not section.count:
            return range(0)
        lines = self._lines(section)
        first = (top - section.cells_top) // self.line_height
        if top - section.cells_top - first * self.line_height >= self.measures.cell_height:
            first += 1  # in the gap below a line
        last = (bottom - section.cells_top) // self.line_height
        first, last = min(max(first, 0), lines), min(last, lines - 1)
        return range(
            section.first + first * self.columns,
            section.first + min((last + 1) * self.columns, section.count),
        )
