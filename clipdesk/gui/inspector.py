"""The panel on the right: the picture large, what was found, and the facts of the file."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QDateTime, QEvent, QLocale, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.decode import ImageFacts
from clipdesk.core.project import Desk, RowState
from clipdesk.gui.icons import icon, pixmap
from clipdesk.gui.job_bar import ElidedLabel, plain_tooltip
from clipdesk.gui.picture_loader import PictureLoader, full_size
from clipdesk.gui.picture_view import PictureView
from clipdesk.gui.theme import GAP, GRID, PADDING, RADIUS, label_color, mixed, tokens

_LOWEST_PREVIEW = 180
_DOT = 10


class Kind(Enum):
    """What is known about a picture."""

    SURE = "sure"
    UNSURE = "unsure"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """What is said about a picture: words, and the label's colour and probability where there is one."""

    kind: Kind
    text: str
    color: QColor | None = None
    probability: float | None = None


def verdict(desk: Desk, row: int, threshold: float) -> Verdict:
    """What the desk knows about the picture in this row; unsure below `threshold`, 0…1."""
    if row in desk.errors:
        return Verdict(Kind.FAILED, _tr("Can't be read"))
    best = int(desk.scores.best[row])
    if best < 0:
        waits = desk.table is None or desk.table.states[row] == RowState.WAITING
        return Verdict(Kind.UNKNOWN, _tr("Not looked at yet") if waits else _tr("No labels yet"))
    name, top = desk.scored_labels[best], float(desk.scores.top[row])
    color = color_of(desk, best)
    if top < threshold:
        return Verdict(Kind.UNSURE, _tr("Unsure · {}").format(name), color, top)
    return Verdict(Kind.SURE, name, color, top)


def color_of(desk: Desk, column: int) -> QColor:
    """The colour of a scored label: its own, or that of its place among the labels now."""
    name = desk.scored_labels[column]
    for place, label in enumerate(desk.label_set.labels):
        if label.name == name:
            return label_color(place, label.color)
    return label_color(column)


def percent_text(probability: float) -> str:
    """`97 %`, and `<1 %` for what is little but not nothing."""
    if math.isnan(probability):
        return "–"
    rounded = round(100 * probability)
    if rounded == 0 and probability > 0:
        return _tr("<1 %")
    return _tr("{} %").format(QLocale().toString(rounded))


class Inspector(QWidget):
    """Shows one picture of the desk, or sums up several."""

    quick_look_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, loader: PictureLoader | None = None) -> None:
        """`loader` may be shared with the quick look, so that it opens at once; without one it makes its own."""
        super().__init__(parent)
        # A QWidget of Python paints the stylesheet's background only when told.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._loader = loader or PictureLoader(self)
        self._desk: Desk | None = None
        self._path: Path | None = None
        self._rows: Sequence[int] = ()
        self._threshold = 0.0
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
        self._bars_area = _BarsArea(self.bars)
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
        """The one picture that is shown."""
        return self._path

    def clear(self) -> None:
        """Nothing is selected."""
        self._desk, self._path, self._rows = None, None, ()
        self._forget_preview()
        self.preview.show_message(self.tr("Select a picture"), "picture")
        self._show_verdict(None)
        self.error_text.hide()
        self.bars.set_bars([])
        self._bars_area.fit_bars()
        self._show_facts([])

    def show_picture(self, desk: Desk, row: int | None, threshold: float) -> None:
        """Show the picture in this row; None: none is selected."""
        self._threshold = threshold
        if row is None:
            self.clear()
            return
        self._desk, self._rows = desk, (row,)
        self._path = desk.images[row].path
        if self._shown != self._path:
            self._load_preview(desk, row)
        self._show_results(desk, row)

    def show_selection(self, desk: Desk, rows: Sequence[int], threshold: float | None = None) -> None:
        """Sum up several pictures: how many of each label. `threshold` None: the one given last."""
        if threshold is not None:
            self._threshold = threshold
        if len(rows) < 2:
            self.show_picture(desk, rows[0] if len(rows) else None, self._threshold)
            return
        self._desk, self._path, self._rows = desk, None, rows
        self._forget_preview()
        self.preview.show_message(self.tr("Select one to see it here"), "picture")
        self._show_verdict(Verdict(Kind.UNKNOWN, self.tr("%Ln pictures selected", "", len(rows))))
        self.error_text.hide()
        self.bars.set_bars(selection_bars(desk, rows, self._threshold))
        self._bars_area.fit_bars()
        self._show_facts([(self.tr("Size"), size_text(sum(desk.images[row].size_bytes for row in rows)))])

    def refresh(self, threshold: float | None = None) -> None:
        """Show again what is shown, after scores, labels or the threshold changed."""
        if threshold is not None:
            self._threshold = threshold
        desk = self._desk
        if desk is None:
            return
        if self._path is not None:
            self.show_picture(desk, desk.row_of(self._path), self._threshold)
        elif self._rows and max(self._rows) < len(desk):
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
        column.addSpacing(GRID)
        column.addWidget(self.facts_title)
        column.addWidget(self.facts)
        column.addStretch(1)
        # For windows too low for all of it, so that they need not grow.
        outer = QScrollArea(widgetResizable=True)
        outer.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.setWidget(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(outer)
        self.setMinimumWidth(220)

    def _load_preview(self, desk: Desk, row: int) -> None:
        path = desk.images[row].path
        self._shown, self._loaded, self._facts = path, None, None
        if row in desk.errors:
            self.preview.show_message(self.tr("No preview"), "warning")
        else:
            self.preview.show_loading()
            self._loader.load(path)

    def _forget_preview(self) -> None:
        self._shown, self._loaded, self._facts = None, None, None

    def _show_results(self, desk: Desk, row: int) -> None:
        self._show_verdict(verdict(desk, row, self._threshold))
        error = desk.errors.get(row, "")
        self.error_text.setText(error)
        self.error_text.setVisible(bool(error))
        self.bars.set_bars(picture_bars(desk, row))
        self._bars_area.fit_bars()
        self._show_facts(fact_rows(desk, row, self._facts))

    def _show_verdict(self, said: Verdict | None) -> None:
        self._verdict = said
        self.headline.setText(said.text if said else "")
        known = said is not None and said.probability is not None
        self.percentage.setText(percent_text(said.probability) if said and said.probability is not None else "")
        self.percentage.setVisible(known)
        self._dot.setVisible(said is not None and (said.color is not None or said.kind is Kind.FAILED))
        self.quick_look_button.setVisible(self._path is not None)
        self._refresh_icons()

    def _show_facts(self, rows: list[tuple[str, str]]) -> None:
        self.facts.set_facts(rows)
        self.facts_title.setVisible(bool(rows))

    def _refresh_icons(self) -> None:
        self.quick_look_button.setIcon(icon("eye"))
        said = self._verdict
        if said is not None and said.kind is Kind.FAILED:
            self._dot.setPixmap(pixmap("warning", 16, tokens().bad))
        elif said is not None and said.color is not None:
            self._dot.setPixmap(dot_pixmap(said.color, self.devicePixelRatioF(), hollow=said.kind is Kind.UNSURE))

    def _on_picture_loaded(self, path: Path, image: QImage, facts: ImageFacts | None) -> None:
        # The quick look may ask for the same picture once more, in full.
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
        # As wide as four to three wants it, and never so high that the bars have no room.
        wanted = (self.width() - 2 * PADDING) * 4 // 5
        self.preview.setFixedHeight(max(_LOWEST_PREVIEW, min(wanted, self.height() * 2 // 5)))
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(300, 600)


@dataclass(frozen=True)
class Bar:
    """One line of ScoreBars. `share` 0…1 is the bar's length; `color` None: it is no label."""

    name: str
    color: QColor | None
    share: float
    value: str
    tooltip: str


class ScoreBars(QWidget):
    """Lines of name, bar and number. The first is the one that counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        """Mirrored where one reads from right to left."""
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
        # Beside a scroll bar the numbers keep a distance.
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


class _BarsArea(QScrollArea):
    """As high as its bars where there is room, else it scrolls."""

    def __init__(self, bars: ScoreBars) -> None:
        super().__init__(widgetResizable=True)
        self._bars = bars
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(bars)

    def fit_bars(self) -> None:
        """Take the height that the bars have now."""
        height = self._bars.row_height * len(self._bars.bars)
        self.setMaximumHeight(height)
        self.setMinimumHeight(min(height, 4 * self._bars.row_height))
        self.setVisible(bool(self._bars.bars))
        # A stop for the keyboard only where there is something to scroll to.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if len(self._bars.bars) > 4 else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(100, self.maximumHeight())


def picture_bars(desk: Desk, row: int) -> list[Bar]:
    """Every label with its probability for this picture, the best first."""
    probability, cosine = desk.scores.probability[row], desk.scores.cosine[row]
    if desk.scores.best[row] < 0:
        return []
    bars = []
    for column in np.argsort(-probability, kind="stable").tolist():
        name, value = desk.scored_labels[column], float(probability[column])
        tooltip = _tr(
            "{name}: {probability} % · cosine similarity {cosine}. How alike the picture and the label's words are "
            "to the model, from −1 to 1; the probability compares it with the other labels."
        ).format(
            name=name,
            probability=QLocale().toString(100 * value, "f", 2),
            cosine=QLocale().toString(float(cosine[column]), "f", 4),
        )
        bars.append(Bar(name, color_of(desk, column), value, percent_text(value), tooltip))
    return bars


def selection_bars(desk: Desk, rows: Sequence[int], threshold: float) -> list[Bar]:
    """How many of these pictures each label has, the most frequent first; then those without one."""
    chosen = np.asarray(rows, np.intp)
    best, top = desk.scores.best[chosen], desk.scores.top[chosen]
    failed = np.isin(chosen, np.fromiter(desk.errors, np.intp, len(desk.errors)))
    unsure = (best >= 0) & (top < threshold)
    counts = np.bincount(best[(best >= 0) & ~unsure], minlength=len(desk.scored_labels))
    found: list[tuple[str, QColor | None, int]] = [
        (desk.scored_labels[column], color_of(desk, column), int(counts[column]))
        for column in np.argsort(-counts, kind="stable").tolist()
        if counts[column]
    ]
    found.append((_tr("unsure"), None, int(unsure.sum())))
    found.append((_tr("can't be read"), None, int(failed.sum())))
    found.append((_tr("without a label yet"), None, int(((best < 0) & ~failed).sum())))
    return [
        Bar(
            name,
            color,
            count / len(chosen),
            QLocale().toString(count),
            _tr("{name}: {count} of {total}").format(
                name=name, count=QLocale().toString(count), total=QLocale().toString(len(chosen))
            ),
        )
        for name, color, count in found
        if count
    ]


class FactsGrid(QWidget):
    """Names and values of facts; the values can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(PADDING)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, FactValue]] = []

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these names and values."""
        while len(self._rows) < len(facts):
            name, value = QLabel(), FactValue()
            name.setProperty("role", "secondary")
            name.setBuddy(value)
            self._grid.addWidget(name, len(self._rows), 0)
            self._grid.addWidget(value, len(self._rows), 1)
            self._rows.append((name, value))
        for place, (name, value) in enumerate(self._rows):
            known = place < len(facts)
            name.setVisible(known)
            value.setVisible(known)
            if known:
                name.setText(facts[place][0])
                value.setAccessibleName(facts[place][0])
                value.set_value(facts[place][1])

    def values(self) -> dict[str, str]:
        """What is shown, whole."""
        return {name.text(): value.value for name, value in self._rows if not value.isHidden()}

    def value_widget(self, name: str) -> FactValue:
        return next(value for caption, value in self._rows if caption.text() == name)


class FactValue(QLineEdit):
    """One line that can be selected: cut in the middle while it is only looked at, whole once it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = ""
        self.setReadOnly(True)
        self.setFrame(False)
        self.setStyleSheet(
            "QLineEdit { background: transparent; border: 1px solid transparent; padding: 1px 0;"
            f" min-height: {self.fontMetrics().height()}px; }}"
            "QLineEdit:focus { border-color: palette(link); }"
        )

    def set_value(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self._show()

    def _show(self) -> None:
        room = self.contentsRect().width() - 6
        elided = self.fontMetrics().elidedText(self.value, Qt.TextElideMode.ElideMiddle, max(room, 20))
        whole = self.hasFocus() or elided == self.value
        self.setText(self.value if whole else elided)
        self.setToolTip("" if elided == self.value else plain_tooltip(self.value))
        self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.setText(self.value)
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # The menu with Copy takes the focus for a moment.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.deselect()
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())


def fact_rows(desk: Desk, row: int, facts: ImageFacts | None) -> list[tuple[str, str]]:
    """The facts of a picture; those inside the file once it was read."""
    image, locale = desk.images[row], QLocale()
    rows = [(_tr("Name"), shown_name(image.path)), (_tr("Folder"), shown_name(image.path.parent, whole=True))]
    if facts is not None:
        size = _tr("{width} × {height} px").format(width=facts.width, height=facts.height)
        rows += [
            (_tr("Pixels"), size),
            (_tr("Format"), _tr("{format}, {colours}").format(format=facts.format_name, colours=facts.colours)),
        ]
    rows.append((_tr("Size"), size_text(image.size_bytes)))
    if facts is not None:
        rows += [(_tr("Taken"), _shown_time(facts.taken or "")), (_tr("Camera"), facts.camera or "")]
    changed = QDateTime.fromMSecsSinceEpoch(image.mtime_ns // 1_000_000)
    rows.append((_tr("Changed"), locale.toString(changed, QLocale.FormatType.ShortFormat)))
    return [(name, value) for name, value in rows if value]


def size_text(size_bytes: int) -> str:
    """`2.4 MB`, as file managers count."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _shown_time(taken: str) -> str:
    """As the locale writes it; as it came where it is no date."""
    time = QDateTime.fromString(taken, "yyyy-MM-dd HH:mm:ss")
    return QLocale().toString(time, QLocale.FormatType.ShortFormat) if time.isValid() else taken


def dot_pixmap(color: QColor, ratio: float, *, hollow: bool = False) -> QPixmap:
    """A label's dot; hollow when it is only a guess."""
    result = QPixmap(round(_DOT * ratio), round(_DOT * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if hollow:
        painter.setPen(QPen(color, 2))
        painter.drawEllipse(QRectF(1, 1, _DOT - 2, _DOT - 2))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QRectF(0, 0, _DOT, _DOT))
    painter.end()
    return result


def shown_name(path: Path, *, whole: bool = False) -> str:
    """A file's name (or whole path) as it can be shown: bytes that are no Unicode become �."""
    return os.fsencode(str(path) if whole else path.name).decode("utf-8", "replace")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inspector", text)
