"""The header of the results table, with label colours, the column layout and its menus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import GAP, body_font, mixed, tokens
from clipdesk.gui.results.cells import COLOR_ROLE, SHORT_TITLE_ROLE, Column
from clipdesk.gui.results.columns import BEST_KEY, ColumnLayout, column_keys

_DOT = 8
_ARROW_WIDTH = 8
_HEIGHT = 32
_MIN_NAME_WIDTH = 130
_LABEL_WIDTH = 76
_BEST_WIDTH = 236
_CHEVRON = 24
_MAX_LABEL_WIDTH = 112
_ROLE = Qt.ItemDataRole


class ResultsHeader(QHeaderView):
    """The header. Custom painted, because a stylesheet cannot show a label's colour.

    The name column takes up the remaining width until the user resizes a column. From then on no column is resized
    automatically.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._hovered = -1
        self._layout = ColumnLayout()
        self._is_applying = False
        self._row_height = 48
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(40)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setMouseTracking(True)
        self.sectionResized.connect(self._on_section_resized)
        self.sectionMoved.connect(self._on_section_moved)
        self.customContextMenuRequested.connect(self._on_menu_requested)

    # --- layout

    def layout_now(self) -> ColumnLayout:
        """Return the current layout, including what is stored about labels that are absent."""
        self._layout.learn(self)
        return self._layout

    def set_layout(self, layout: ColumnLayout) -> None:
        """Use a saved layout."""
        layout.searches = self._layout.searches
        self._layout = layout
        self.apply_layout()

    @Slot()
    def learn_layout(self) -> None:
        """Store the current layout before the columns change."""
        self._layout.learn(self)

    def apply_layout(self) -> None:
        """Apply the stored layout to the current columns."""
        widths = self._default_widths()
        with self._applying():
            self._layout.apply(self, widths)
            if self.count():
                self.setSectionResizeMode(Column.PICTURE, QHeaderView.ResizeMode.Fixed)
                self.resizeSection(Column.PICTURE, widths[Column.PICTURE])
        self.fill_width()

    def reset_layout(self) -> None:
        """Show all columns in the default order and widths."""
        self._layout = ColumnLayout(searches=self._layout.searches)
        self.apply_layout()

    @Slot(bool)
    def set_searches(self, searches: bool) -> None:
        """Show the column *Match* during a search."""
        self._layout.learn(self)
        self._layout.searches = searches
        self.apply_layout()

    def set_row_height(self, height: int) -> None:
        """Adapt the width of the thumbnail column to the row height."""
        self._row_height = height
        if self.count():
            with self._applying():
                self.resizeSection(Column.PICTURE, self._default_widths()[Column.PICTURE])
            self.fill_width()

    def fill_width(self) -> None:
        """Let the name column take up the remaining width."""
        if self._layout.fills and self.count() and not self.isSectionHidden(Column.NAME):
            others = self.length() - self.sectionSize(Column.NAME)
            with self._applying():
                self.resizeSection(Column.NAME, max(self._scaled(_MIN_NAME_WIDTH), self.width() - others))

    @contextmanager
    def _applying(self) -> Iterator[None]:
        before, self._is_applying = self._is_applying, True
        try:
            yield
        finally:
            self._is_applying = before

    def _default_widths(self) -> list[int]:
        fixed = (
            self._row_height + 2 * GAP,
            *(self._scaled(width) for width in (_MIN_NAME_WIDTH, 84, 124, 68, 68, _BEST_WIDTH)),
        )
        return [*fixed, *(self._label_width(column) for column in range(len(fixed), self.count()))]

    def _label_width(self, column: int) -> int:
        """Return the default width of a label's column: room for the number, and for the name unless it is long."""
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal, _ROLE.DisplayRole) or "")
        width = QFontMetrics(body_font(self.font())).horizontalAdvance(title) + 2 * GAP + _DOT + 6 + 2
        return min(max(width, self._scaled(_LABEL_WIDTH)), self._scaled(_MAX_LABEL_WIDTH))

    def _scaled(self, width: int) -> int:
        """Scale a width with the user's font size."""
        return round(width * body_font(self.font()).pixelSize() / 13)

    @Slot()
    def _on_section_resized(self) -> None:
        if not self._is_applying and self.count() and self.viewport().underMouse():
            self._layout.fills = False

    @Slot()
    def _on_section_moved(self) -> None:
        if not self._is_applying:
            self._layout.moved = True

    # --- many labels

    @property
    def can_fold(self) -> bool:
        """Whether there are so many labels that their columns can be folded behind *Best three*."""
        return self.count() > 0 and BEST_KEY not in self._layout.put_away(column_keys(self))

    @property
    def is_folded(self) -> bool:
        return self.can_fold and self._layout.folded

    @Slot(bool)
    def set_folded(self, folded: bool) -> None:
        """Show *Best three* instead of a column for each label, or both."""
        if folded != self._layout.folded:
            self._layout.learn(self)
            self._layout.folded = folded
            self.apply_layout()
            self.viewport().update()

    def _chevron_rect(self) -> QRect:
        """Return the area that folds and unfolds, in the title of *Best three*. Empty if there is nothing to fold."""
        if not self.can_fold or self.isSectionHidden(Column.BEST):
            return QRect()
        right = self.sectionViewportPosition(Column.BEST) + self.sectionSize(Column.BEST)
        return QRect(right - _CHEVRON - 4, 0, _CHEVRON, self.height())

    # --- menu

    def fill_menu(self, menu: QMenu) -> None:
        """Fill the menu with checkable columns and a way to reset the layout."""
        menu.clear()
        keys = column_keys(self)
        put_away = self._layout.put_away(keys)
        for place in range(self.count()):
            column = self.logicalIndex(place)
            if keys[column] in put_away:
                continue
            title = str(self.model().headerData(column, Qt.Orientation.Horizontal, _ROLE.DisplayRole))
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(column))
            action.setEnabled(column != Column.NAME)
            action.toggled.connect(lambda shown, key=keys[column]: self._show_column(key, shown))
        menu.addSeparator()
        if self.can_fold:
            action = menu.addAction(self.tr("A column for each label"))
            action.setCheckable(True)
            action.setChecked(not self.is_folded)
            action.toggled.connect(lambda shown: self.set_folded(not shown))
        menu.addAction(self.tr("Show all columns")).triggered.connect(self._show_all_columns)
        menu.addAction(self.tr("Reset order and widths")).triggered.connect(self.reset_layout)

    def fill_sort_menu(self, menu: QMenu) -> None:
        """Fill the menu with the columns to sort by. Choosing the same column again reverses the order."""
        menu.clear()
        by = self.sortIndicatorSection()
        for place in range(self.count()):
            column = self.logicalIndex(place)
            if column == Column.MATCH and not self._layout.searches:
                continue
            if column not in (Column.PICTURE, Column.BEST):
                title = str(self.model().headerData(column, Qt.Orientation.Horizontal, _ROLE.DisplayRole))
                action = menu.addAction(title.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(column == by)
                action.triggered.connect(lambda _=False, column=column: self._sort_by(column))
        menu.addSeparator()
        action = menu.addAction(self.tr("Order added"))
        action.setCheckable(True)
        action.setChecked(by < 0)
        action.triggered.connect(lambda: self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder))

    def _sort_by(self, column: int) -> None:
        first = self.model().headerData(column, Qt.Orientation.Horizontal, _ROLE.InitialSortOrderRole)
        order = first if first is not None else Qt.SortOrder.AscendingOrder
        if column == self.sortIndicatorSection():
            descends = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            order = Qt.SortOrder.AscendingOrder if descends else Qt.SortOrder.DescendingOrder
        self.setSortIndicator(column, order)

    def _show_column(self, key: str, shown: bool) -> None:
        keys = column_keys(self)
        if key in keys:
            with self._applying():
                self.setSectionHidden(keys.index(key), not shown)
            self.fill_width()

    @Slot()
    def _show_all_columns(self) -> None:
        if self.can_fold:
            self.set_folded(False)
        put_away = self._layout.put_away(column_keys(self))
        for key in column_keys(self):
            if key not in put_away:
                self._show_column(key, True)

    @Slot(QPoint)
    def _on_menu_requested(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.viewport().mapToGlobal(position))

    def _title(self, column: int) -> str:
        """Return the column's title, or a shorter one if it does not fit."""
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal, _ROLE.DisplayRole) or "")
        short = self.model().headerData(column, Qt.Orientation.Horizontal, SHORT_TITLE_ROLE)
        width = QFontMetrics(body_font(self.font(), 13, semibold=True)).horizontalAdvance(title)
        return str(short) if short and width + 2 * GAP + _ARROW_WIDTH + 4 > self.sectionSize(column) else title

    def _title_rect(self, rect: QRect, *, right: bool, has_arrow: bool) -> QRect:
        """Return the area of the title. A right-aligned title keeps its right edge: the arrow is on its left."""
        arrow = _ARROW_WIDTH + 4 if has_arrow else 0
        return rect.adjusted(GAP + (arrow if right else 0), 0, -GAP - (0 if right else arrow), 0)

    # --- Qt

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        t, model = tokens(), self.model()
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        is_hovered = logicalIndex == self._hovered
        painter.fillRect(rect, mixed(t.text, 0.05) if is_hovered else QColor(t.panel))
        painter.setPen(QPen(QColor(t.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if is_hovered:
            painter.drawLine(rect.right(), rect.top() + 8, rect.right(), rect.bottom() - 8)

        title = self._title(logicalIndex)
        alignment = model.headerData(logicalIndex, Qt.Orientation.Horizontal, _ROLE.TextAlignmentRole)
        color = model.headerData(logicalIndex, Qt.Orientation.Horizontal, COLOR_ROLE)
        right = bool(alignment & Qt.AlignmentFlag.AlignRight)
        if self.visualIndex(logicalIndex) == 0 and self.sectionSize(logicalIndex) < 120:
            title = ""  # thumbnails need no title
        area = self._title_rect(rect, right=right, has_arrow=is_sorted)
        if logicalIndex == Column.BEST and not (chevron := self._chevron_rect()).isEmpty():
            area.setRight(chevron.left())
            symbol = icons.pixmap("chevron-right" if self.is_folded else "chevron-down", 16, t.secondary)
            painter.drawPixmap(chevron.center().x() - 7, chevron.center().y() - 7, symbol)
        dot_width = _DOT + 6 if color is not None else 0
        painter.setFont(body_font(self.font(), 13, semibold=is_sorted))
        text = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, area.width() - dot_width)
        width = painter.fontMetrics().horizontalAdvance(text)
        left = area.right() + 1 - width if right else area.left() + dot_width
        painter.setPen(QColor(t.text if is_sorted or is_hovered else t.secondary))
        painter.drawText(QRect(left, rect.top(), width + 2, rect.height() - 1), Qt.AlignmentFlag.AlignVCenter, text)

        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = rect.top() + rect.height() / 2
        if color is not None:
            painter.setBrush(color)
            painter.drawEllipse(QPointF(left - dot_width + _DOT / 2, middle), _DOT / 2, _DOT / 2)
        if is_sorted:
            at = left - dot_width - _ARROW_WIDTH / 2 - 4 if right else left + width + _ARROW_WIDTH / 2 + 4
            painter.setBrush(QColor(t.secondary))
            painter.drawPolygon(
                _arrow(QPointF(at, middle), up=self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder)
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]  # QPaintEvent
        # Continue the line to the right of the last section.
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(tokens().line), 1))
        bottom = self.viewport().height() - 1
        painter.drawLine(0, bottom, self.viewport().width(), bottom)
        painter.end()

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        size.setHeight(max(_HEIGHT, body_font(self.font()).pixelSize() + 18))
        return size

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._chevron_rect().contains(event.position().toPoint()):
            self.set_folded(not self.is_folded)
            event.accept()
        else:
            super().mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.Leave):
            leaves = event.type() == QEvent.Type.Leave
            hovered = -1 if leaves else self.logicalIndexAt(event.position().toPoint())  # type: ignore[attr-defined]
            if hovered != self._hovered:
                self._hovered = hovered
                self.viewport().update()
        return super().viewportEvent(event)


def _arrow(middle: QPointF, *, up: bool) -> QPolygonF:
    half, height = _ARROW_WIDTH / 2, -2.5 if up else 2.5
    x, y = middle.x(), middle.y()
    return QPolygonF([QPointF(x - half, y - height), QPointF(x + half, y - height), QPointF(x, y + height)])
