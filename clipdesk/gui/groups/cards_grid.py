"""The cards of all groups, in as many columns as fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from clipdesk.gui.groups.group_card import GroupCard
from clipdesk.gui.kit.theme import PADDING, font_scale
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.loading.thumbnails import Thumbnails

#: The least width of a card in px.
_CARD_WIDTH = 320


class CardsGrid(QScrollArea):
    """Keeps the cards that were made, and shows the first ones."""

    end_neared = Signal()  # less than a page of cards is left below

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[GroupCard] = []
        self._thumbnails = thumbnails
        self._columns = 0
        self._content = QWidget(self)
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, PADDING, 0)
        self._grid.setHorizontalSpacing(PADDING)
        self._grid.setVerticalSpacing(PADDING + PADDING // 2)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._arrange_soon = single_shot(self, 0, self._arrange)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_scrolled)

    def make_cards(self, count: int) -> list[GroupCard]:
        """Make cards until there are `count`. Return the new ones."""
        new = [GroupCard(self._thumbnails) for _ in range(count - len(self.cards))]
        self.cards += new
        for place in range(len(self.cards) - len(new), len(self.cards)):
            self._place(place)
        return new

    def show_first(self, count: int) -> None:
        """Show the first `count` cards, and hide the others."""
        for place, card in enumerate(self.cards):
            card.setVisible(place < count)
        self._arrange()

    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < bar.pageStep():
            self.end_neared.emit()

    def _place(self, place: int) -> None:
        columns = max(1, self._columns)
        self._grid.addWidget(self.cards[place], place // columns, place % columns)

    def _arrange(self) -> None:
        card = max([round(_CARD_WIDTH * font_scale()), *(card.minimumSizeHint().width() for card in self.cards[:1])])
        columns = max(1, (self.viewport().width() + PADDING) // (card + PADDING))
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place in range(len(self.cards)):
            self._place(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange_soon.start()

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        least = self._content.minimumSizeHint().width() if self._columns <= 1 else 0
        return QSize(max(least, _CARD_WIDTH) + bar, 240)
