from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect

from clipdesk.gui.results.gallery.layout import GalleryLayout, Measures

MEASURES = Measures(cell_width=100, cell_height=140, heading=36)
#: Four columns.
WIDTH = 460


def grid(*groups: int, collapsed: tuple[int, ...] = (), width: int = WIDTH) -> GalleryLayout:
    return GalleryLayout(sum(groups), groups, [place in collapsed for place in range(len(groups))], width, MEASURES)


def plain(count: int, width: int = WIDTH) -> GalleryLayout:
    return GalleryLayout(count, None, [], width, MEASURES)


@pytest.mark.parametrize("layout", [grid(5, 1, 9, 3), grid(5, 1, 9, 3, collapsed=(1,)), plain(18)])
def test_every_cell_is_found_at_its_place_and_overlaps_no_other(layout: GalleryLayout) -> None:
    cells = {row: layout.cell(row) for row in range(18) if not layout.is_hidden(row)}

    for row, cell in cells.items():
        assert {layout.row_at(point) for point in (cell.topLeft(), cell.center(), cell.bottomRight())} == {row}
        assert QRect(0, 0, WIDTH, layout.height).contains(cell)
        assert not any(cell.intersects(other) for one, other in cells.items() if one != row)
        assert layout.heading_at(cell.y()) == -1
    assert [row for row, _ in layout.cells_in(0, layout.height)] == list(cells)


def test_a_collapsed_group_has_a_heading_and_no_cells() -> None:
    layout = grid(5, 4, 2, collapsed=(1,))

    assert not layout.cell(6).isValid()
    assert layout.heading_at(layout.sections[1].top + 1) == 1
    assert layout.sections[2].top == layout.sections[1].top + MEASURES.heading
    assert layout.visible_ranges() == [(0, 4), (9, 10)]


def test_nothing_is_beside_the_cells() -> None:
    layout = grid(5)

    assert layout.row_at(QPoint(layout.cell(4).right() + 20, layout.cell(4).y() + 5)) == -1
    assert layout.row_at(QPoint(layout.cell(0).right() + 2, layout.cell(0).y() + 5)) == -1
    assert layout.row_at(QPoint(10, -1)) == -1
    assert layout.row_at(QPoint(10, layout.height)) == -1
    assert layout.row_at(QPoint(50, 10)) == -1  # the heading


def test_a_narrow_view_has_one_column() -> None:
    assert plain(3, width=30).columns == 1
    assert [plain(3, width=30).cell(row).x() for row in range(3)] == [8, 8, 8]


def test_an_empty_gallery_has_no_rows() -> None:
    layout = plain(0)

    assert layout.row_at(QPoint(20, 20)) == -1
    assert layout.beside(0, 1) == -1
    assert list(layout.cells_in(0, 1000)) == []
    assert layout.ranges_in(QRect(0, 0, 400, 400)) == []


@pytest.mark.parametrize(
    ("row", "lines", "expected"),
    [
        (1, 1, 4),  # the second line of the first group is short
        (4, 1, 5),  # into the next group
        (5, -1, 4),
        (7, -1, 4),  # the line above is short
        (6, 1, 10),
        (10, 1, 13),
        (13, 1, 13),  # there is no further line
        (2, -1, 2),
        (0, 9, 13),
    ],
)
def test_up_and_down_keep_the_column(row: int, lines: int, expected: int) -> None:
    layout = grid(5, 9, collapsed=())  # lines: 0-3, 4, 5-8, 9-12, 13

    result = layout.above_or_below(row, lines)

    assert expected == result


def test_steps_leave_out_collapsed_groups() -> None:
    layout = grid(3, 4, 2, collapsed=(1,))

    assert layout.beside(2, 1) == 7
    assert layout.beside(7, -1) == 2
    assert layout.above_or_below(1, 1) == 8
    assert layout.beside(8, 5) == 8
    assert layout.beside(0, -5) == 0
    # From a row that is hidden, to the next one that is not.
    assert layout.beside(5, 1) == 7
    assert layout.beside(5, -1) == 2
    assert layout.above_or_below(5, 1) == 7


def test_a_rubber_band_touches_whole_cells() -> None:
    layout = grid(6, 6)  # lines: 0-3, 4-5, 6-9, 10-11

    def rows(area: QRect) -> list[int]:
        return [row for first, last in layout.ranges_in(area) for row in range(first, last + 1)]

    for area in (
        QRect(layout.cell(1).center(), layout.cell(6).center()),
        QRect(layout.cell(2).center(), layout.cell(11).center() + QPoint(150, 0)),
        QRect(0, 0, WIDTH, layout.height),
        QRect(layout.cell(4).bottomRight() + QPoint(2, -30), layout.cell(5).bottomLeft() + QPoint(-2, -3)),
    ):
        area = area.normalized()
        assert rows(area) == [row for row in range(12) if layout.cell(row).intersects(area)]


def test_a_million_rows_are_laid_out_at_once() -> None:
    layout = plain(1_000_000, width=1900)

    last = layout.cell(999_999)

    assert layout.row_at(last.center()) == 999_999
    assert len(list(layout.cells_in(last.y() - 500, last.y() + 100))) < 150
