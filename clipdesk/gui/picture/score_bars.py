"""Bars for the scores of one image, or for the labels of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLocale, QRect, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QHelpEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QScrollArea,
    QSizePolicy,
    QStyle,
    QToolTip,
    QWidget,
)

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.gui.kit.accessible_roles import set_accessible_role
from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.number_texts import percent_text
from clipdesk.gui.kit.theme import GAP, GRID, mixed, tokens
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.session.verdict import color_of


@dataclass(frozen=True)
class Bar:
    """One line of ScoreBars. `share` (0…1) is the length of the bar. `color` is None if the line is not a label."""

    name: str
    color: QColor | None
    share: float
    value: str
    tooltip: str


class ScoreBars(QWidget):
    """Lines with a name, a bar and a number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_accessible_role(self, QAccessible.Role.Chart)
        self.bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Labels of this picture"))

    def set_bars(self, bars: list[Bar]) -> None:
        self.bars = bars
        self.setAccessibleDescription(", ".join(f"{bar.name} {bar.value}" for bar in bars))
        self.setFixedHeight(self.row_height * len(bars))
        self.update()

    @property
    def row_height(self) -> int:
        return max(24, self.fontMetrics().height() + 8)

    def _paint_bar(self, painter: QPainter, bar: Bar, area: QRect, name_width: int, value_width: int) -> None:
        t = tokens()
        middle = area.center().y() + 1
        painter.setPen(Qt.PenStyle.NoPen)
        if bar.color is not None:
            painter.setBrush(bar.color)
            painter.drawEllipse(self._placed(QRect(0, middle - 4, 8, 8)))
        name = self._placed(QRect(8 + GAP, area.top(), name_width, area.height()))
        painter.setPen(QColor(t.text if bar.color is not None else t.secondary))
        text = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideMiddle, name_width)
        start = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(name, int(start | Qt.AlignmentFlag.AlignVCenter), text)
        end = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignRight)
        value = self._placed(QRect(area.width() - value_width, area.top(), value_width, area.height()))
        painter.drawText(value, int(end | Qt.AlignmentFlag.AlignVCenter), bar.value)

        left = 8 + GAP + name_width + GAP
        track = QRect(left, middle - 3, area.width() - value_width - GAP - left, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(t.text, 0.07))
        painter.drawRoundedRect(self._placed(track), 3, 3)
        if round(100 * bar.share) > 0:
            filled = QRect(track.left(), track.top(), max(6, round(track.width() * bar.share)), 6)
            painter.setBrush(bar.color or QColor(t.secondary))
            painter.drawRoundedRect(self._placed(filled), 3, 3)

    def _placed(self, area: QRect) -> QRect:
        """Mirror the area in right-to-left layouts."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)

    def _tabular(self) -> QFont:
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._tabular())
        measure = painter.fontMetrics().horizontalAdvance
        value_width = max((measure(bar.value) for bar in self.bars), default=0) + 1
        name_width = max((measure(bar.name) for bar in self.bars), default=0) + 1
        viewport = self.parentWidget()
        # Keep numbers away from the scroll bar.
        scrolls = viewport is not None and viewport.height() < self.height()
        width = self.width() - (GRID if scrolls else 0)
        name_width = min(name_width, (width - value_width - 3 * GAP - 8) * 11 // 20)
        for place, bar in enumerate(self.bars):
            area = QRect(0, place * self.row_height, width, self.row_height)
            if area.intersects(event.rect()):
                self._paint_bar(painter, bar, area, name_width, value_width)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = event.pos().y() // self.row_height
            text = self.bars[place].tooltip if 0 <= place < len(self.bars) else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(self.row_height * len(self.bars))
        super().changeEvent(event)


class BarsArea(QScrollArea):
    """A scroll area that is as high as its bars if there is room."""

    def __init__(self, bars: ScoreBars) -> None:
        super().__init__(widgetResizable=True)
        self._bars = bars
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setProperty("ring", True)
        self.setAccessibleName(bars.accessibleName())
        self.setWidget(bars)

    def fit_bars(self) -> None:
        """Adapt the height to the bars."""
        height = self._bars.row_height * len(self._bars.bars) + 2 * self.frameWidth()
        self.setMaximumHeight(height)
        self.setMinimumHeight(min(height, 4 * self._bars.row_height))
        self.setVisible(bool(self._bars.bars))
        # Accept the focus only if there is something to scroll.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if len(self._bars.bars) > 4 else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(100, self.maximumHeight())


def image_bars(desk: Desk, row: int) -> list[Bar]:
    """Return a bar per label with its probability for this image, best first. Empty if there are no scores."""
    scores = desk.scores
    probability, cosine = scores.probability[row], scores.cosine[row]
    if np.isnan(probability).any():
        return []
    if desk.ranks_by_similarity:
        return [_alone_bar(desk, float(cosine[0]))]
    bars = []
    for column in np.argsort(-probability, kind="stable").tolist():
        name, value = desk.scored_labels[column], float(probability[column])
        tooltip = tr(
            "{name}: {probability} % · cosine similarity {cosine}. The similarity says how well picture and label "
            "match, from −1 to 1. The probability compares it with the other labels."
        ).format(
            name=name,
            probability=QLocale().toString(100 * value, "f", 2),
            cosine=QLocale().toString(float(cosine[column]), "f", 4),
        )
        if scores.scale is not None and scores.scale.has_references[column]:
            tooltip += " " + tr(
                "Pictures resemble example pictures more than words. So that this label does not outweigh the others, "
                "its similarity is first put on their scale."
            )
        bars.append(Bar(name, color_of(desk, column), value, percent_text(value), tooltip))
    return bars


def _alone_bar(desk: Desk, cosine: float) -> Bar:
    """Return the bar of a label that is alone: its similarity, within the range of all images."""
    values = desk.scores.cosine[:, 0]
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    share = (cosine - low) / (high - low) if high > low else 1.0
    tooltip = tr(
        "{name}: cosine similarity {cosine}. It says how well picture and label match, from −1 to 1. The bar compares "
        "it with the other pictures."
    ).format(name=desk.scored_labels[0], cosine=QLocale().toString(cosine, "f", 4))
    return Bar(desk.scored_labels[0], color_of(desk, 0), share, QLocale().toString(cosine, "f", 3), tooltip)


def selection_bars(desk: Desk, rows: Sequence[int] | NDArray[np.intp]) -> list[Bar]:
    """Return a bar per label with its number of images, most frequent first, then those that have no certain label."""
    decisions = desk.decisions.take(np.asarray(rows, np.intp))
    counts = decisions.take(np.flatnonzero(decisions.status == Status.OK)).count_labels(len(desk.labels))
    found: list[tuple[str, QColor | None, int]] = [
        (desk.labels[column].name, color_of(desk, column), int(counts[column]))
        for column in np.argsort(-counts, kind="stable").tolist()
        if counts[column]
    ]
    for status, text in (
        (Status.UNSURE, tr("unsure")),
        (Status.NONE, tr("none of these")),
        (Status.ERROR, tr("can't be read")),
        (Status.WAITING, tr("not labelled yet")),
    ):
        found.append((text, None, decisions.count_status(status)))
    return [
        Bar(
            name,
            color,
            count / len(decisions),
            QLocale().toString(count),
            tr("{name}: {count} of {total}").format(
                name=name, count=QLocale().toString(count), total=QLocale().toString(len(decisions))
            ),
        )
        for name, color, count in found
        if count
    ]
