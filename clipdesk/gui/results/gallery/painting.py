"""Paint the cells and headings of the gallery."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText

from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import GAP, RADIUS, body_font, font_scale, mixed, tokens
from clipdesk.gui.results.delegates import paint_thumbnail
from clipdesk.gui.results.gallery.captions import Caption, Mark
from clipdesk.gui.results.gallery.layout import MARGIN, Measures
from clipdesk.gui.results.gallery.marks import MARK, mark_pixmap

#: Space around a picture in its cell.
PADDING = 6
_ROUNDING = 3
#: From this size on there is room for the probability beside the label.
_ROOM_FOR_NUMBER = 128
_CHEVRON = 16
#: Laid-out texts that are kept. A page shows a few hundred.
_MAX_TEXTS = 5_000


class _Texts:
    """Lays out texts of one font, shortened to fit, and keeps them: painting a kept one takes a quarter of the time."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.height = round(self.metrics.height())
        self._kept: dict[tuple[str, str, int], QStaticText] = {}

    def fitted(self, text: str, width: float, before: str = "") -> QStaticText:
        """Return `before` and `text`, of which only `text` is shortened, in its middle."""
        key = (before, text, int(width))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) > _MAX_TEXTS:
                self._kept.clear()
            room = width - self.metrics.horizontalAdvance(before)
            shown = before + self.metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(room, 0))
            if room < self.metrics.averageCharWidth() * 3:
                shown = self.metrics.elidedText(before, Qt.TextElideMode.ElideRight, width)
            found = self._kept[key] = QStaticText(shown)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(font=self.font)
        return found


class GalleryPainter:
    """Fonts, colours and sizes of the gallery. Created again when the theme, the font or the size changes."""

    def __init__(self, font: QFont, size: int) -> None:
        t = tokens()
        self.size = size
        self._body, self._small = _Texts(body_font(font)), _Texts(body_font(font, 11))
        struck = body_font(font, 11)
        struck.setStrikeOut(True)
        self._struck = _Texts(struck)
        self._title = _Texts(body_font(font, semibold=True))
        self._text, self._secondary, self._bad = QColor(t.text), QColor(t.secondary), QColor(t.bad)
        self._empty, self._hover = mixed(t.text, 0.07), mixed(t.text, 0.035)
        self._selected, self._accent, self._strong = (
            mixed(t.accent, t.selection_alpha), QColor(t.accent), QColor(t.line_strong),
        )  # fmt: skip
        self._panel, self._line = QColor(t.panel), QColor(t.line)
        self.measures = Measures(
            cell_width=size + 2 * PADDING,
            cell_height=size + 2 * PADDING + 4 + self._body.height + self._small.height,
            heading=round(36 * font_scale()),
        )

    def paint_cell(
        self,
        painter: QPainter,
        cell: QRect,
        pixmap: QPixmap | None,
        caption: Caption,
        *,
        selected: bool,
        hovered: bool,
        ratio: float,
    ) -> None:
        """Paint a picture with its caption. `ratio` is the device pixel ratio."""
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._selected if selected else self._hover)
            painter.drawRoundedRect(cell, RADIUS, RADIUS)
        frame = QRect(cell.x() + PADDING, cell.y() + PADDING, self.size, self.size)
        if pixmap is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._empty)
            painter.drawRoundedRect(frame, _ROUNDING, _ROUNDING)
        else:
            paint_thumbnail(painter, pixmap, QRectF(frame), _ROUNDING)
        self._paint_label(painter, frame, caption, ratio)
        self._paint_name(painter, frame, caption)

    def _paint_label(self, painter: QPainter, frame: QRect, caption: Caption, ratio: float) -> None:
        top, left, right = frame.bottom() + 5, frame.x(), frame.right() + 1
        mark_top = top + (self._body.height - MARK) // 2
        painter.drawPixmap(left, mark_top, mark_pixmap(caption, ratio))
        left += MARK + 4
        if caption.number and self.size >= _ROOM_FOR_NUMBER:
            number = self._small.fitted(caption.number, self.size)
            right -= round(number.size().width())
            painter.setFont(self._small.font)
            painter.setPen(self._secondary)
            painter.drawStaticText(
                QPointF(right, top + self._body.metrics.ascent() - self._small.metrics.ascent()), number
            )
            right -= GAP
        painter.setFont(self._body.font)
        quiet = self._bad if caption.mark == Mark.WARNING else self._secondary
        painter.setPen(self._text if caption.mark in (Mark.DOT, Mark.TICK) else quiet)
        painter.drawStaticText(QPointF(left, top), self._body.fitted(caption.label, right - left))

    def _paint_name(self, painter: QPainter, frame: QRect, caption: Caption) -> None:
        texts = self._struck if caption.is_missing else self._small
        before = f"{caption.word} · " if caption.word else ""
        painter.setFont(texts.font)
        painter.setPen(self._secondary)
        at = QPointF(frame.x(), frame.bottom() + 5 + self._body.height)
        if caption.is_missing:
            # The word says why the name is struck out, and is not.
            word = self._small.fitted("", frame.width(), before)
            painter.setFont(self._small.font)
            painter.drawStaticText(at, word)
            painter.setFont(texts.font)
            width = word.size().width()
            painter.drawStaticText(at + QPointF(width, 0), texts.fitted(caption.name, frame.width() - width))
        else:
            painter.drawStaticText(at, texts.fitted(caption.name, frame.width(), before))

    def paint_current(self, painter: QPainter, cell: QRect, *, focused: bool) -> None:
        """Paint the mark of the current picture."""
        painter.setPen(QPen(self._accent, 2) if focused else QPen(self._strong, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = 1 if focused else 0.5
        painter.drawRoundedRect(QRectF(cell).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def paint_heading(
        self, painter: QPainter, area: QRect, caption: Caption, *, collapsed: bool, hovered: bool, ratio: float
    ) -> None:
        """Paint the heading of a group: an arrow, its label and its count."""
        painter.fillRect(area, self._panel)
        if hovered:
            painter.fillRect(area, self._hover)
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, self._line)
        left, middle = MARGIN + PADDING, area.y() + area.height() // 2
        arrow = icons.pixmap("chevron-right" if collapsed else "chevron-down", _CHEVRON, tokens().secondary, ratio)
        painter.drawPixmap(left, middle - _CHEVRON // 2, arrow)
        left += _CHEVRON + 6
        painter.drawPixmap(left, middle - MARK // 2, mark_pixmap(caption, ratio))
        left += MARK + 6
        count = self._body.fitted(caption.number, area.width())
        room = area.width() - left - 2 * GAP - count.size().width() - MARGIN
        title = self._title.fitted(caption.label, room)
        top = middle - self._title.height / 2
        painter.setFont(self._title.font)
        painter.setPen(self._text)
        painter.drawStaticText(QPointF(left, top), title)
        painter.setFont(self._body.font)
        painter.setPen(self._secondary)
        painter.drawStaticText(QPointF(left + title.size().width() + GAP, top), count)

    def paint_band(self, painter: QPainter, area: QRect) -> None:
        """Paint the rubber band."""
        ground = QColor(self._accent)
        ground.setAlphaF(0.12)
        painter.setPen(QPen(self._accent, 1))
        painter.setBrush(ground)
        painter.drawRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5))

    def paint_target(self, painter: QPainter, area: QRect, text: str) -> None:
        """Paint the group into which a drop would move the dragged pictures, and what it would do."""
        ground = QColor(self._accent)
        ground.setAlphaF(0.10)
        painter.setPen(QPen(self._accent, 2))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(area).adjusted(2, 1, -2, -1), RADIUS, RADIUS)
        shown = self._title.fitted(text, area.width() - 8 * GAP)
        width, height = shown.size().width() + 3 * GAP, self._title.height + GAP
        at = QPointF(area.center().x() - width / 2, area.y() + (self.measures.heading - height) / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._accent)
        painter.drawRoundedRect(QRectF(at.x(), at.y(), width, height), RADIUS, RADIUS)
        painter.setFont(self._title.font)
        painter.setPen(QColor(tokens().on_accent))
        painter.drawStaticText(at + QPointF(1.5 * GAP, GAP / 2), shown)
