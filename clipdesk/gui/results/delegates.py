"""Paint the cells of the results table. The table paints the background of each row first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clipdesk.core.desk.decisions import Status
from clipdesk.gui.kit.theme import GAP, body_font, font_scale, is_dark, mixed, tokens
from clipdesk.gui.results.cells import BY_USER_ROLE, COLOR_ROLE, LEARNED_ROLE, MISSING_ROLE, PATH_ROLE, STATUS_ROLE
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.verdict import diamond

Index = QModelIndex | QPersistentModelIndex

#: Margin around a thumbnail in its row.
THUMBNAIL_MARGIN = 4
_TEXT, _PICTURE = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.DecorationRole)
_DOT = 8
_TICK = 13
_BAR_HEIGHT = 24
#: Minimum row height at which the folder fits below the name.
_TWO_LINES = 44
#: Numbers with a shorter bar than this are painted in the secondary colour.
_QUIET_HEAT = 0.05
_SELECTED = QStyle.StateFlag.State_Selected


class CellStyle:
    """Fonts and colours of the cells. Created again when the theme or the font changes."""

    def __init__(self, font: QFont) -> None:
        t = tokens()
        self.body, self.strong, self.small = (
            body_font(font), body_font(font, semibold=True), body_font(font, 11),
        )  # fmt: skip
        self.struck = QFont(self.body)
        self.struck.setStrikeOut(True)
        self.number, self.strong_number = _tabular(self.body), _tabular(self.strong)
        self.body_metrics, self.strong_metrics, self.small_metrics = map(
            QFontMetricsF, (self.body, self.strong, self.small)
        )
        self.number_height = round(self.body_metrics.height())
        self.text, self.secondary, self.bad = QColor(t.text), QColor(t.secondary), QColor(t.bad)
        self.empty = mixed(t.text, 0.07)
        self.selected_ground = mixed(t.accent, t.selection_alpha).name()
        self._bar_share = 0.33 if is_dark() else 0.30
        self._bars: dict[tuple[int, bool], QColor] = {}
        self._numbers: dict[tuple[str, bool], tuple[QStaticText, float]] = {}

    def bar(self, color: QColor, *, selected: bool) -> QColor:
        """Return a label's colour, pale enough to read a number on it."""
        key = (color.rgb(), selected)
        if key not in self._bars:
            self._bars[key] = mixed(color, self._bar_share, self.selected_ground if selected else None)
        return self._bars[key]

    def laid_out(self, number: str, *, strong: bool) -> tuple[QStaticText, float]:
        """Return a laid-out number and its width, from a cache.

        There are few different numbers, and painting a cached one takes 4 µs instead of 15.
        """
        key = (number, strong)
        found = self._numbers.get(key)
        if found is None:
            if len(self._numbers) > 10_000:
                self._numbers.clear()
            text = QStaticText(number)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=self.strong_number if strong else self.number)
            found = self._numbers[key] = (text, text.size().width())
        return found


def _tabular(font: QFont) -> QFont:
    """Return the font with digits of equal width."""
    metrics = QFontMetricsF(font)
    if len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1:
        return font
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


class CellDelegate(QStyledItemDelegate):
    """The base class of the delegates. The table replaces `style_` when the theme changes.

    They read the model directly: `index.data` takes twice as long, as it goes through Qt.
    """

    def __init__(self, model: ResultsModel, style: CellStyle, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._read = model, model.value
        self.style_ = style

    def paint_number(self, painter: QPainter, rect: QRect, text: str, color: QColor, *, strong: bool = False) -> None:
        """Paint a right-aligned number."""
        style = self.style_
        laid_out, width = style.laid_out(text, strong=strong)
        painter.setFont(style.strong_number if strong else style.number)
        painter.setPen(color)
        top = rect.y() + (rect.height() - style.number_height) // 2
        painter.drawStaticText(QPointF(rect.x() + rect.width() - GAP - width, top), laid_out)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.style_.strong_metrics.horizontalAdvance(self._read(index, _TEXT) or "")
        return QSize(round(width) + 2 * GAP + 2, option.rect.height())


class HeatDelegate(CellDelegate):
    """Paints a label's score: a bar of proportional length with the number on it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        score = self._model.score(index)
        if score is None:
            return
        rect, style = option.rect, self.style_
        height = min(_BAR_HEIGHT, rect.height() - 12)
        length = score.heat * (rect.width() - 6)
        if length >= 1:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.bar(score.color, selected=bool(option.state & _SELECTED)))
            top = rect.y() + (rect.height() - height) / 2
            radius = min(3.0, length / 2)
            painter.drawRoundedRect(QRectF(rect.x() + 3, top, length, height), radius, radius)
        color = style.secondary if score.heat < _QUIET_HEAT and not score.is_best else style.text
        self.paint_number(painter, rect, score.text, color, strong=score.is_best)


class BestDelegate(CellDelegate):
    """Paints the three best labels, the first one in the text colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text, rect, style = self._read(index, _TEXT), option.rect, self.style_
        if not text:
            return
        metrics = style.body_metrics
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 2 * GAP)
        first = shown[: shown.find(" · ")] if " · " in shown else shown
        left = float(rect.x() + GAP)
        painter.setFont(style.body)
        painter.setPen(style.text)
        painter.drawText(QPointF(left, _baseline(rect, metrics)), first)
        painter.setPen(style.secondary)
        painter.drawText(
            QPointF(left + metrics.horizontalAdvance(first), _baseline(rect, metrics)), shown[len(first) :]
        )


class NumberDelegate(CellDelegate):
    """Paints the probability or margin, in the secondary colour if the label is a guess."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text = self._read(index, _TEXT)
        if text:
            sure = self._read(index, STATUS_ROLE) == Status.OK
            self.paint_number(painter, option.rect, text, self.style_.text if sure else self.style_.secondary)


class LabelDelegate(CellDelegate):
    """Paints the image's label with a dot in its colour.

    It is a ring if the label is a guess, has a tick if the user chose it, and is a diamond if it was learned.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text, status, rect, style = self._read(index, _TEXT), self._read(index, STATUS_ROLE), option.rect, self.style_
        left, color, name = float(rect.x() + GAP), self._read(index, COLOR_ROLE), self._read(index, BY_USER_ROLE)
        learned = self._read(index, LEARNED_ROLE)
        if color is not None and status in (Status.OK, Status.UNSURE):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = QPointF(left + _DOT / 2, rect.y() + rect.height() / 2)
            is_sure = status == Status.OK
            painter.setPen(Qt.PenStyle.NoPen if is_sure else QPen(color, 1.5))
            painter.setBrush(color if is_sure else Qt.BrushStyle.NoBrush)
            if name is not None:
                paint_tick(painter, middle, color)
            elif learned is not None:
                painter.drawPolygon(diamond(middle, _DOT / 2 + (1.0 if is_sure else 0.25)))
            else:
                radius = _DOT / 2 if is_sure else _DOT / 2 - 0.75
                painter.drawEllipse(middle, radius, radius)
            left += _DOT + 7
        elif learned is not None:  # none of these
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(style.secondary, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(diamond(QPointF(left + _DOT / 2, rect.y() + rect.height() / 2), _DOT / 2 + 0.25))
            left += _DOT + 7
        name = name if name is not None else learned
        if name is not None and style.body_metrics.horizontalAdvance(text) > rect.right() - GAP - left:
            text = name  # the tick or diamond says by whom
        pens = {Status.OK: style.text, Status.ERROR: style.bad}
        painter.setFont(style.body)
        painter.setPen(pens.get(status, style.secondary))
        _paint_elided(painter, text, left, rect, style.body_metrics)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(_DOT + 7, 0)


class NameDelegate(CellDelegate):
    """Paints the file's name, and below it the folder if there is room. Struck out if the file no longer exists."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, style = option.rect, self.style_
        left, folder = float(rect.x() + GAP), ""
        if rect.height() >= _TWO_LINES * font_scale():
            folder = _folder_name(self._read(index, PATH_ROLE))
        missing = self._read(index, MISSING_ROLE)
        painter.setFont(style.struck if missing else style.body)
        painter.setPen(style.secondary if missing else style.text)
        if not folder:
            _paint_elided(painter, self._read(index, _TEXT), left, rect, style.body_metrics)
            return
        # Centre both lines together in the row.
        above, below = round(style.body_metrics.height()) + 1, round(style.small_metrics.height())
        top = rect.y() + (rect.height() - above - below) // 2
        upper = QRect(rect.x(), top, rect.width(), above)
        _paint_elided(painter, self._read(index, _TEXT), left, upper, style.body_metrics)
        painter.setFont(style.small)
        painter.setPen(style.secondary)
        lower = QRect(rect.x(), top + above, rect.width(), below)
        _paint_elided(painter, folder, left, lower, style.small_metrics)


class ThumbnailDelegate(CellDelegate):
    """Paints the whole thumbnail with rounded corners, or a placeholder until it is loaded."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        edge = rect.height() - 2 * THUMBNAIL_MARGIN
        frame = QRectF(rect.center().x() - edge / 2, rect.y() + THUMBNAIL_MARGIN, edge, edge)
        pixmap = self._read(index, _PICTURE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if pixmap is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.style_.empty)
            painter.drawRoundedRect(frame, 4, 4)
            return
        paint_thumbnail(painter, pixmap, frame, radius=4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.height() + 2 * GAP, option.rect.height())


def paint_thumbnail(painter: QPainter, pixmap: QPixmap, frame: QRectF, radius: float) -> None:
    """Paint a pixmap centred in the frame with rounded corners, enlarged to fit but at most to twice its size."""
    size = pixmap.deviceIndependentSize()
    scale = min(frame.width() / size.width(), frame.height() / size.height(), 2.0)
    if abs(scale - 1) * max(size.width(), size.height()) < 1:
        scale = 1.0  # less than a pixel off: unscaled is sharper
    width, height = size.width() * scale, size.height() * scale
    target = QRectF(frame.center().x() - width / 2, frame.center().y() - height / 2, width, height)
    target.moveTo(round(target.x()), round(target.y()))
    outline = QPainterPath()
    outline.addRoundedRect(target, radius, radius)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
    painter.restore()


def paint_tick(painter: QPainter, middle: QPointF, color: QColor) -> None:
    """Paint a tick on a dot in the label's colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(middle, _TICK / 2, _TICK / 2)
    # White on dark labels, black on light ones.
    on_label = Qt.GlobalColor.white if color.lightnessF() < 0.6 else Qt.GlobalColor.black
    pen = QPen(on_label, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline([middle + QPointF(-2.8, 0.2), middle + QPointF(-0.8, 2.2), middle + QPointF(2.8, -2)])


def _paint_elided(painter: QPainter, text: str, left: float, rect: QRect, metrics: QFontMetricsF) -> None:
    width = rect.x() + rect.width() - GAP - left
    text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
    painter.drawText(QPointF(left, _baseline(rect, metrics)), text)


def _baseline(rect: QRect, metrics: QFontMetricsF) -> float:
    return rect.y() + (rect.height() - metrics.height()) / 2 + metrics.ascent()


def _folder_name(path: Path) -> str:
    return path.parent.name or str(path.parent)
