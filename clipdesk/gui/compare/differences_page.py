"""The pictures on which two wordings differ, by label pair."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QWidget

from clipdesk.core.compare.wordings import Agreement, LabelPair
from clipdesk.gui.compare.pictures_grid import PicturesGrid
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import GAP, ROW_HEIGHT, font_scale, tokens
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.loading.thumbnails import Thumbnails

_PAIRS_WIDTH = 232
_PAIR = Qt.ItemDataRole.UserRole


class DifferencesPage(QWidget):
    """At the left the label pairs, the most frequent first; at the right the pictures of the chosen pair."""

    picture_opened = Signal(object)  # Path

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs = QListWidget(self)
        self.pairs.setAccessibleName(self.tr("What changes"))
        self.pairs.setFrameShape(QFrame.Shape.NoFrame)
        self.pairs.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.pairs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid = PicturesGrid(thumbnails, self.tr("Pictures that differ"), self)
        split = QSplitter(self)
        split.setHandleWidth(GAP)
        split.setChildrenCollapsible(False)
        split.addWidget(self.pairs)
        split.addWidget(self.grid)
        split.setStretchFactor(1, 1)
        split.setSizes([round(_PAIRS_WIDTH * font_scale()), 400])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GAP, 0, 0)
        row.addWidget(split)
        self._snapshot: Snapshot | None = None
        self._agreement: Agreement | None = None
        self.pairs.currentItemChanged.connect(lambda *_: self._show_pictures())
        self.grid.picture_opened.connect(self.picture_opened)

    def show_differences(self, snapshot: Snapshot, agreement: Agreement | None) -> None:
        """Show the pairs of this agreement, and stay at the chosen pair if it is still there."""
        self._snapshot, self._agreement = snapshot, agreement
        chosen = self._chosen_pair()
        self.pairs.blockSignals(True)
        self.pairs.clear()
        pairs = agreement.pairs if agreement is not None else ()
        if pairs:
            self._add(self.tr("All differences"), sum(len(pair.rows) for pair in pairs), None)
        for pair in pairs:
            self._add(self._pair_text(pair), len(pair.rows), (pair.a, pair.b))
        places = [row for row in range(self.pairs.count()) if self.pairs.item(row).data(_PAIR) == chosen]
        if self.pairs.count():
            self.pairs.setCurrentRow(places[0] if places else 0)
        self.pairs.blockSignals(False)
        self._show_pictures()

    def _add(self, text: str, count: int, pair: tuple[int, int] | None) -> None:
        item = QListWidgetItem(f"{text}   {NumberTexts().count(count)}")
        item.setToolTip(plain_tooltip(f"{text}: {pictures_text(count)}"))
        item.setData(_PAIR, pair)
        item.setSizeHint(QSize(0, round(ROW_HEIGHT * font_scale())))
        item.setForeground(QColor(tokens().text))
        self.pairs.addItem(item)

    def _pair_text(self, pair: LabelPair) -> str:
        assert self._snapshot is not None
        names = self._snapshot.label_set.names
        return f"{names[pair.a]} → {names[pair.b]}"

    def _chosen_pair(self) -> tuple[int, int] | None:
        item = self.pairs.currentItem()
        pair: tuple[int, int] | None = None if item is None else item.data(_PAIR)
        return pair

    def _show_pictures(self) -> None:
        if self._snapshot is None:
            return
        agreement, chosen = self._agreement, self._chosen_pair()
        rows = np.empty(0, np.intp)
        if agreement is not None:
            found = [pair.rows for pair in agreement.pairs if (pair.a, pair.b) == chosen]
            rows = found[0] if found else agreement.differing
        self.grid.show_rows(rows, self._snapshot.path_of)
