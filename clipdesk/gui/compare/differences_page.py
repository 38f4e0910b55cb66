"""The pictures on which two wordings differ, by label pair."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from clipdesk.core.compare.wordings import Agreement, LabelPair
from clipdesk.gui.compare.labels_page import number_item, plain_table
from clipdesk.gui.compare.pictures_grid import PicturesGrid
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import GAP, font_scale
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.loading.thumbnails import Thumbnails

_PAIRS_WIDTH = 232


class DifferencesPage(QWidget):
    """At the left the label pairs, the most frequent first; at the right the pictures of the chosen pair."""

    picture_opened = Signal(object)  # Path

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._agreement: Agreement | None = None
        self._pairs: list[LabelPair | None] = []  # of each row of the table; None for all differences
        self.pairs = QTableWidget(0, 2, self)
        plain_table(self.pairs, self.tr("What changes"))
        self.pairs.horizontalHeader().hide()
        self.pairs.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.pairs.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.grid = PicturesGrid(thumbnails, self.tr("Pictures that differ"), self)
        split = QSplitter(self)
        split.setHandleWidth(GAP)
        split.setChildrenCollapsible(False)
        split.addWidget(self.pairs)
        split.addWidget(self.grid)
        split.setStretchFactor(1, 1)
        split.setSizes([round(_PAIRS_WIDTH * font_scale()), 400])
        self.nothing = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.nothing.setProperty("role", "secondary")
        self._stack = QStackedLayout()
        self._stack.addWidget(split)
        self._stack.addWidget(self.nothing)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GAP, 0, 0)
        row.addLayout(self._stack)
        self.pairs.currentCellChanged.connect(lambda *_: self._show_pictures())
        self.grid.picture_opened.connect(self.picture_opened)

    def show_differences(self, snapshot: Snapshot, agreement: Agreement | None) -> None:
        """Show the pairs of this agreement, and stay at the chosen pair if it is still there."""
        chosen = _key(self._chosen_pair())
        self._snapshot, self._agreement = snapshot, agreement
        found = agreement.pairs if agreement is not None else ()
        self._pairs = [None, *found] if found else []
        alike, none = self.tr("Both label all pictures alike."), self.tr("Nothing to compare yet.")
        self.nothing.setText(none if agreement is None else alike)
        self._stack.setCurrentIndex(0 if found else 1)
        self.pairs.blockSignals(True)
        self.pairs.setRowCount(len(self._pairs))
        for row, pair in enumerate(self._pairs):
            count = len(pair.rows if pair is not None else agreement.differing if agreement is not None else ())
            text = self._pair_text(pair)
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tooltip(f"{text}: {pictures_text(count)}"))
            self.pairs.setItem(row, 0, item)
            self.pairs.setItem(row, 1, number_item(NumberTexts().count(count)))
        places = [row for row, pair in enumerate(self._pairs) if _key(pair) == chosen]
        if self._pairs:
            self.pairs.setCurrentCell(places[0] if places else 0, 0)
        self.pairs.blockSignals(False)
        self._show_pictures()

    def _pair_text(self, pair: LabelPair | None) -> str:
        if pair is None or self._snapshot is None:
            return self.tr("All differences")
        names = self._snapshot.label_set.names
        return f"{names[pair.a]} → {names[pair.b]}"

    def _chosen_pair(self) -> LabelPair | None:
        row = self.pairs.currentRow()
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def _show_pictures(self) -> None:
        if self._snapshot is None:
            return
        agreement, chosen = self._agreement, self._chosen_pair()
        rows = np.empty(0, np.intp)
        if agreement is not None:
            rows = agreement.differing if chosen is None else chosen.rows
        self.grid.show_rows(rows, self._snapshot.path_of)


def _key(pair: LabelPair | None) -> tuple[int, int] | None:
    return None if pair is None else (pair.a, pair.b)
