"""Keep the scroll position of the gallery while its pictures move."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clipdesk.core.desk.order import OrderChange

if TYPE_CHECKING:
    from clipdesk.gui.results.gallery.view import ResultsGallery


class _Anchor(NamedTuple):
    desk_row: int
    y: int
    is_selected: bool


class GalleryPosition:
    """Call `save` before pictures move, and `restore` once they have."""

    def __init__(self, gallery: ResultsGallery) -> None:
        self._gallery = gallery
        self._visible: list[_Anchor] = []
        self._current = -1

    def save(self) -> None:
        """Remember which pictures are where on the screen, and whether the current one is among them."""
        gallery, keeper = self._gallery, self._gallery.keeper
        selected = set(keeper.selected().tolist())
        shown = gallery.results.shown_rows
        self._visible = [
            _Anchor(desk_row, cell.y(), desk_row in selected)
            for row, cell in gallery.visible_cells()
            if (desk_row := shown.item(row)) >= 0
        ]
        self._current = keeper.current if keeper.current in selected else -1

    def restore(self, change: OrderChange) -> None:
        """Scroll so that what was visible stays where it was.

        If the person sorted or filtered, the selected current picture stays in view, and without one the gallery starts
        at the top. Otherwise the first visible picture that is not selected stays: selected ones may just have been
        moved to another group.
        """
        anchors, current = self._visible, self._current
        if change.new_rows is not None:
            moved = change.new_rows
            anchors = [one._replace(desk_row=moved.item(one.desk_row)) for one in anchors]
            current = moved.item(current) if current >= 0 else -1
        self._visible = []
        if change.cause == "found":
            self._gallery.verticalScrollBar().setValue(0)
            return
        if change.cause in ("sorted", "filtered"):
            self._show_current([one for one in anchors if one.desk_row == current], current)
            return
        for one in sorted(anchors, key=lambda one: one.is_selected):
            if one.desk_row >= 0 and self._scroll_to(one.desk_row, one.y):
                return

    def _show_current(self, visible: list[_Anchor], current: int) -> None:
        gallery = self._gallery
        row = gallery.results.view_row(current) if current >= 0 else -1
        if row < 0 or gallery.geometry_now.is_hidden(row):
            gallery.verticalScrollBar().setValue(0)
        else:
            gallery.scroll_row_to(row, visible[0].y if visible else gallery.viewport().height() // 2)

    def _scroll_to(self, desk_row: int, y: int) -> bool:
        """Scroll so that an image is at distance `y` from the top. Return whether it is shown at all."""
        gallery, row = self._gallery, self._gallery.results.view_row(desk_row)
        if row < 0 or gallery.geometry_now.is_hidden(row):
            return False
        gallery.verticalScrollBar().setValue(gallery.geometry_now.cell(row).y() - y)
        return True
