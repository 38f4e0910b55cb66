"""The panel on the right: a preview of the image, its scores, and facts about the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.icons import icon, pixmap
from clipdesk.gui.kit.number_texts import percent_text
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, RADIUS, tokens
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import missing_text, size_text
from clipdesk.gui.loading.picture_loader import PictureLoader, full_size
from clipdesk.gui.picture.facts_grid import FactsGrid, fact_rows
from clipdesk.gui.picture.picture_view import PictureView
from clipdesk.gui.picture.score_bars import BarsArea, ScoreBars, image_bars, selection_bars
from clipdesk.gui.session.match_words import MatchWords
from clipdesk.gui.session.verdict import Verdict, alone_text, dot_pixmap, verdict

if TYPE_CHECKING:
    from clipdesk.core.find.ranking import Ranking
    from clipdesk.core.pictures.facts import ImageFacts

_MIN_PREVIEW_HEIGHT = 180

_NO_ROWS = np.empty(0, np.intp)


class Inspector(QWidget):
    """Shows one image of the desk, or a summary of several."""

    quick_look_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, loader: PictureLoader | None = None) -> None:
        """Share `loader` with the quick look so that it opens instantly. Creates its own if it is None."""
        super().__init__(parent)
        # A QWidget subclass in Python needs this to paint the background of its stylesheet.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._loader = loader or PictureLoader(self)
        self._desk: Desk | None = None
        self._path: Path | None = None
        self._rows: NDArray[np.intp] = _NO_ROWS
        self._facts: ImageFacts | None = None
        self._shown: Path | None = None
        self._loaded: Path | None = None
        self._verdict: Verdict | None = None

        self.preview = PictureView(corner=RADIUS)
        self._dot = QLabel()
        self.headline = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self.percentage = QLabel()
        for title in (self.headline, self.percentage):
            title.setProperty("role", "title")
        self.quick_look_button = QToolButton(autoRaise=True)
        self.quick_look_button.setToolTip(self.tr("Quick look (Space)"))
        self.quick_look_button.setAccessibleName(self.tr("Quick look"))
        self.error_text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.error_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bars = ScoreBars()
        self._bars_area = BarsArea(self.bars)
        self.alone_note = QLabel(alone_text(), wordWrap=True)
        self.alone_note.setProperty("role", "small")
        self.alone_note.hide()
        self._ranking: Ranking | None = None
        self._match_words = MatchWords()
        self.match_title = QLabel(self.tr("Search"))
        self.match_title.setProperty("role", "small")
        self.match = FactsGrid()
        self.facts_title = QLabel(self.tr("Facts"))
        self.facts_title.setProperty("role", "small")
        self.facts = FactsGrid()
        self._lay_out()

        self.preview.double_clicked.connect(self.quick_look_requested)
        self.quick_look_button.clicked.connect(self.quick_look_requested)
        self._loader.picture_loaded.connect(self._on_picture_loaded)
        self._loader.picture_failed.connect(self._on_picture_failed)
        self._refresh_icons()
        self.clear()

    @property
    def path(self) -> Path | None:
        """The path of the image that is shown, None for none or several."""
        return self._path

    def clear(self) -> None:
        """Show that nothing is selected."""
        self._desk, self._path, self._rows = None, None, _NO_ROWS
        self._forget_preview()
        self.preview.show_message(self.tr("Select a picture"), "picture")
        self._show_verdict(None)
        self.error_text.hide()
        self.bars.set_bars([])
        self.alone_note.hide()
        self._bars_area.fit_bars()
        self._show_facts([])

    def show_picture(self, desk: Desk, row: int | None) -> None:
        """Show the image in this row, or that nothing is selected if it is None."""
        if row is None:
            self.clear()
            return
        self._desk, self._rows = desk, np.array([row])
        self._path = desk.images.path(row)
        if self._shown != self._path:
            self._load_preview(desk, row)
        self._show_results(desk, row)

    def show_selection(self, desk: Desk, rows: Sequence[int] | NDArray[np.integer]) -> None:
        """Show a summary of several images: the number with each label."""
        if len(rows) < 2:
            self.show_picture(desk, int(rows[0]) if len(rows) else None)
            return
        self._desk, self._path, self._rows = desk, None, np.asarray(rows, np.intp)
        self._forget_preview()
        self.preview.show_message(self.tr("Select a single picture to see it here"), "picture")
        self._show_verdict(Verdict(tr("%Ln picture(s) selected", "", len(rows))))
        self.error_text.hide()
        self.bars.set_bars(selection_bars(desk, self._rows))
        self.alone_note.hide()
        self._bars_area.fit_bars()
        self._show_facts([(self.tr("Size"), size_text(desk.images.total_bytes(self._rows)))])

    def show_ranking(self, ranking: Ranking | None) -> None:
        """Say of each image how well it fits this search, None without one."""
        self._ranking = ranking
        self._show_match()

    def _show_match(self) -> None:
        """Show what the search says of the image that is shown."""
        desk, facts = self._desk, list[tuple[str, str]]()
        if self._ranking is not None and desk is not None and self._path is not None:
            row = desk.row_of(self._path)
            facts = [] if row is None else self._match_words.facts(self._ranking, row)
        self.match.set_facts(facts)
        self.match.setVisible(bool(facts))
        self.match_title.setVisible(bool(facts))

    def refresh(self) -> None:
        """Update what is shown after a change of the desk."""
        desk = self._desk
        if desk is None:
            return
        if self._path is not None:
            self.show_picture(desk, desk.row_of(self._path))
        elif len(self._rows) and self._rows.max() < len(desk):
            self.show_selection(desk, self._rows)
        else:
            self.clear()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self._dot)
        line.addWidget(self.headline, 1)
        line.addWidget(self.percentage)
        line.addWidget(self.quick_look_button)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(GAP)
        column.addWidget(self.preview)
        column.addLayout(line)
        column.addWidget(self.error_text)
        column.addWidget(self._bars_area, 1000)
        column.addWidget(self.alone_note)
        column.addSpacing(GRID)
        column.addWidget(self.match_title)
        column.addWidget(self.match)
        column.addSpacing(GRID)
        column.addWidget(self.facts_title)
        column.addWidget(self.facts)
        column.addStretch(1)
        # Scroll if the window is too low for everything, instead of forcing it to grow.
        outer = QScrollArea(widgetResizable=True)
        outer.setAccessibleName(self.tr("Inspector"))
        outer.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.setWidget(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(outer)
        self.setMinimumWidth(220)

    def _load_preview(self, desk: Desk, row: int) -> None:
        path = desk.images.path(row)
        self._shown, self._loaded, self._facts = path, None, None
        if row in desk.errors:
            self.preview.show_message(self.tr("No preview"), "warning")
        else:
            self.preview.show_loading()
            self._loader.load(path)

    def _forget_preview(self) -> None:
        self._shown, self._loaded, self._facts = None, None, None

    def _show_results(self, desk: Desk, row: int) -> None:
        self._show_verdict(verdict(desk, row))
        error = desk.errors.get(row, missing_text() if desk.is_missing(row) else "")
        self.error_text.setText(translated(error))
        self.error_text.setVisible(bool(error))
        self.bars.set_bars(image_bars(desk, row))
        self.alone_note.setVisible(desk.ranks_by_similarity and bool(self.bars.bars))
        self._bars_area.fit_bars()
        self._show_facts(fact_rows(desk, row, self._facts))

    def _show_verdict(self, said: Verdict | None) -> None:
        self._verdict = said
        self.headline.setText(said.text if said else "")
        known = said is not None and said.probability is not None
        self.percentage.setText(percent_text(said.probability) if said and said.probability is not None else "")
        self.percentage.setVisible(known)
        self._dot.setVisible(said is not None and (said.color is not None or said.status == Status.ERROR))
        self.quick_look_button.setVisible(self._path is not None)
        self._refresh_icons()

    def _show_facts(self, rows: list[tuple[str, str]]) -> None:
        self._show_match()
        self.facts.set_facts(rows)
        self.facts_title.setVisible(bool(rows))

    def _refresh_icons(self) -> None:
        self.quick_look_button.setIcon(icon("eye"))
        said = self._verdict
        if said is not None and said.status == Status.ERROR:
            self._dot.setPixmap(pixmap("warning", 16, tokens().bad))
        elif said is not None and said.color is not None:
            is_guess = said.status == Status.UNSURE
            ratio = self.devicePixelRatioF()
            self._dot.setPixmap(dot_pixmap(said.color, ratio, hollow=is_guess, learned=said.is_learned))

    def _on_picture_loaded(self, path: Path, image: QImage, facts: ImageFacts | None) -> None:
        # The quick look may load the same image again at full size.
        if path != self._path or path == self._loaded:
            return
        self._loaded, self._facts = path, facts
        self.preview.set_picture(image, full_size(image, facts))
        self.preview.setAccessibleDescription(path.name)
        self._show_facts_again()

    def _on_picture_failed(self, path: Path, reason: str) -> None:
        if path == self._path:
            self.preview.show_message(reason, "warning")

    def _show_facts_again(self) -> None:
        row = self._desk.row_of(self._path) if self._desk is not None and self._path is not None else None
        if self._desk is not None and row is not None:
            self._show_facts(fact_rows(self._desk, row, self._facts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._path is not None:
            self.quick_look_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Prefer an aspect ratio of about 4:3, but leave room for the bars.
        wanted = (self.width() - 2 * PADDING) * 4 // 5
        self.preview.setFixedHeight(max(_MIN_PREVIEW_HEIGHT, min(wanted, self.height() * 2 // 5)))
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(300, 600)
