"""How good each wording is on the pictures that the person labelled by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.compare.judging import may_count
from clipdesk.core.compare.wordings import Report, rank, report
from clipdesk.core.desk.comparison import Wording
from clipdesk.gui.compare.labels_page import number_item, plain_table, set_titles
from clipdesk.gui.compare.pictures_grid import PicturesGrid
from clipdesk.gui.compare.snapshot import Snapshot
from clipdesk.gui.compare.words import rank_text
from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import GAP, GRID, body_font, font_scale, mixed, tokens
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.kit.wrapped_label import WrappedLabel
from clipdesk.gui.loading.thumbnails import Thumbnails

_MATRIX_COLUMN, _MATRIX_NAMES = 48, 108


class AccuracyPage(QWidget):
    """A table of all wordings, and for the chosen one a confusion matrix whose cells filter the pictures."""

    picture_opened = Signal(object)  # Path
    wording_chosen = Signal(object)  # Wording

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._places: list[int] = []
        self._reports: list[Report] = []
        self._names: list[str] = []
        self.ranking = WrappedLabel(parent=self)
        self.note = WrappedLabel(parent=self)
        self.note.setProperty("role", "small")
        self.table = QTableWidget(0, 4, self)
        plain_table(self.table, self.tr("Wordings"))
        numbers = [self.tr("Right"), self.tr("Accuracy"), self.tr("90 % range")]
        set_titles(self.table, [self.tr("Wording")], numbers)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.matrix = QTableWidget(self)
        plain_table(self.matrix, self.tr("What is labelled as what"))
        self.matrix.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.matrix.horizontalHeader().setMinimumSectionSize(round(_MATRIX_COLUMN * font_scale()))
        self.matrix.horizontalHeader().setMaximumSectionSize(round(_MATRIX_NAMES * font_scale()))
        self.matrix.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.matrix.verticalHeader().show()
        self.matrix.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.matrix.verticalHeader().setMaximumWidth(round(_MATRIX_NAMES * font_scale()))
        for part in (self.matrix.horizontalHeader(), self.matrix.verticalHeader()):
            part.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.matrix_title = QLabel(self)
        self.matrix_title.setProperty("role", "secondary")
        self.grid = PicturesGrid(thumbnails, self.tr("Pictures of this cell"), self)
        self._lay_out()
        self.table.currentCellChanged.connect(lambda *_: self._on_row_chosen())
        self.matrix.currentCellChanged.connect(lambda *_: self._show_pictures())
        self.grid.picture_opened.connect(self.picture_opened)

    def _lay_out(self) -> None:
        upper, lower = QWidget(self), QWidget(self)
        for part, widgets in (
            (upper, (self.table, self.ranking, self.note)),
            (lower, (self.matrix_title, self.matrix)),
        ):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(GRID)
            for widget in widgets:
                column.addWidget(widget, int(widget in (self.table, self.matrix)))
        tables = QSplitter(Qt.Orientation.Vertical, self)
        whole = QSplitter(self)
        for split, parts in ((tables, (upper, lower)), (whole, (tables, self.grid))):
            split.setHandleWidth(GAP)
            split.setChildrenCollapsible(False)
            for part in parts:
                split.addWidget(part)
        tables.setSizes([150, 250])
        whole.setSizes([500, 236])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.addWidget(whole)

    # --- the wordings

    def show_snapshot(
        self, snapshot: Snapshot, name_of: Callable[[Wording], str], text_of: Callable[[Wording], str]
    ) -> None:
        """Show how good the wordings are that have results. `text_of` describes a wording in one line."""
        chosen = self.chosen
        self._snapshot = snapshot
        self._places = snapshot.scored if len(snapshot.reviewed) else []
        wordings = [snapshot.comparison.wordings[place] for place in self._places]
        rows, count = snapshot.reviewed, len(snapshot.label_set.labels)
        truth = snapshot.truth[rows]
        found = [snapshot.results[wording].labels[rows] for wording in wordings]
        self._reports = [report(labels, truth, count) for labels in found]
        groups = rank(found, truth) if found else []
        order = [place for group in groups for place in group]
        self._places, self._reports = [self._places[i] for i in order], [self._reports[i] for i in order]
        names = [name_of(wording) for wording in wordings]
        self.ranking.setText(rank_text([[names[i] for i in sorted(group)] for group in groups]) if found else "")
        self.ranking.setVisible(bool(self.ranking.text()))
        self.note.setText(self._note(found, names, truth))
        self._names = [names[i] for i in order]
        self.table.blockSignals(True)
        self.table.setRowCount(len(order))
        for row, (i, one) in enumerate(zip(order, self._reports, strict=True)):
            self._fill_row(row, names[i], text_of(wordings[i]), one)
        kept = [row for row, i in enumerate(order) if wordings[i] == chosen]
        if order:
            self.table.setCurrentCell(kept[0] if kept else 0, 0)
        self.table.blockSignals(False)
        self._show_matrix()

    def _note(self, found: list[NDArray[np.int32]], names: list[str], truth: NDArray[np.int32]) -> str:
        if not found:
            return self.tr("Label some pictures by hand first: then you see here how often each wording is right.")
        text = self.tr("About the {pictures} that you labelled by hand.").format(pictures=pictures_text(len(truth)))
        known = found[0] >= 0
        if not may_count(found[0][known], truth[known]):
            text += " " + self.tr("Most of them are mistakes of {name}, so {name} looks worse here than it is.").format(
                name=names[0]
            )
        return text

    def _fill_row(self, row: int, name: str, text: str, one: Report) -> None:
        texts = NumberTexts()
        reviewed = self.tr("{right} of {reviewed}").format(
            right=texts.count(one.right), reviewed=texts.count(one.reviewed)
        )
        span = f"{texts.percent_number(one.low)}–{texts.percent(one.high)}"
        words = QTableWidgetItem(f"{name}   {text}")
        words.setToolTip(plain_tooltip(text))
        self.table.setItem(row, 0, words)
        for column, number in ((1, reviewed), (2, texts.percent(one.accuracy)), (3, span)):
            self.table.setItem(row, column, number_item(number))

    @property
    def chosen(self) -> Wording | None:
        """The wording whose confusion matrix is shown."""
        row, snapshot = self.table.currentRow(), self._snapshot
        if snapshot is None or not 0 <= row < len(self._places):
            return None
        return snapshot.comparison.wordings[self._places[row]]

    def _on_row_chosen(self) -> None:
        self._show_matrix()
        if self.chosen is not None:
            self.wording_chosen.emit(self.chosen)

    # --- the matrix

    def _show_matrix(self) -> None:
        """Show a row for each true label with its recall, a column for each found one with its precision."""
        snapshot, row = self._snapshot, self.table.currentRow()
        matrix = self.matrix
        matrix.blockSignals(True)
        has_report = snapshot is not None and 0 <= row < len(self._reports)
        matrix.setVisible(has_report)
        self.matrix_title.setVisible(has_report)
        if snapshot is not None and has_report:
            one, names = self._reports[row], snapshot.label_set.names
            self.matrix_title.setText(
                self.tr("Down: what the pictures are. Across: what {wording} says.").format(wording=self._names[row])
            )
            count = len(names)
            matrix.clear()
            matrix.setRowCount(count + 2)
            matrix.setColumnCount(count + 1)
            set_titles(matrix, [], [*names, self.tr("Recall")])
            matrix.setVerticalHeaderLabels([*names, self.tr("None of these"), self.tr("Precision")])
            for place, name in enumerate(names):
                for item in (matrix.horizontalHeaderItem(place), matrix.verticalHeaderItem(place)):
                    if item is not None:
                        item.setToolTip(name)
            self._fill_matrix(one, count)
        matrix.blockSignals(False)
        self._show_pictures()

    def _fill_matrix(self, one: Report, count: int) -> None:
        texts, largest = NumberTexts(), max(1, int(one.confusion.max(initial=0)))
        for true in range(count + 1):
            for said in range(count):
                number = int(one.confusion[true, said])
                item = number_item(texts.count(number) if number else "·")
                color = tokens().good if true == said else tokens().bad
                if number:
                    item.setBackground(mixed(color, 0.10 + 0.30 * number / largest))
                if true == said:  # right: not everybody tells green from red
                    item.setFont(body_font(self.font(), semibold=True))
                self.matrix.setItem(true, said, item)
        for place in range(count):
            for row, column, share in ((place, count, one.recall[place]), (count + 1, place, one.precision[place])):
                item = number_item(texts.percent(float(share)))
                item.setForeground(QColor(tokens().secondary))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.matrix.setItem(row, column, item)
        for row in (count, count + 1):
            empty = QTableWidgetItem()
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.matrix.setItem(row, count, empty)

    def _show_pictures(self) -> None:
        """Show the pictures of the chosen cell, or the mistakes of the wording."""
        snapshot, wording = self._snapshot, self.chosen
        if snapshot is None or wording is None:
            self.grid.show_rows(np.empty(0, np.intp), lambda _: Path())
            return
        rows, count = snapshot.reviewed, len(snapshot.label_set.labels)
        said, truth = snapshot.results[wording].labels[rows], snapshot.truth[rows]
        true_place, said_place = self.matrix.currentRow(), self.matrix.currentColumn()
        if 0 <= true_place <= count and 0 <= said_place < count:
            is_shown = (said == said_place) & (truth == (true_place if true_place < count else -1))
        else:
            is_shown = (said >= 0) & (said != truth)
        self.grid.show_rows(rows[is_shown], snapshot.path_of)
