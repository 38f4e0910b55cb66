"""Paint the cells and headings of the gallery."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText

from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import GAP, RADIUS, body_font, font_scale, mixed, tokens
from clipdesk.gui.results.gallery.captions import Caption
from clipdesk.gui.results.gallery.layout import MARGIN, Measures
from clipdesk.gui.results.gallery.marks import MARK, mark_pixmap

#: Space around a picture in its cell.
PADDING = 6
_ROUNDING = 3
#: From this size on there is room for the probability beside the label.
_ROOM_FOR_NUMBER = 128
_CHEVRON = 16
#: A name with less room than this is left out.
_LEAST_NAME = 24
#: Laid-out texts that are kept. A page shows a few hundred.
_MAX_TEXTS = 5_000


class _Texts:
    """Lays out texts of one font, shortened to fit, and keeps them: painting a kept one takes a quarter of the time."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.height = round(self.metrics.height())
        self._kept: dict[tuple[str, int], QStaticText] = {}

    def width(self, text: str) -> float:
        """Return the width of a text that is not shortened."""
        return self.fitted(text, 10_000).size().width()

    def paint(self, painter: QPainter, left: float, middle: float, text: str, width: float) -> float:
        """Paint a text, shortened to this width, around the height `middle`. Return the width it takes."""
        shown = self.fitted(text, width)
        size = shown.size()
        painter.setFont(self.font)
        # A font for another script may be higher than ours.
        painter.drawStaticText(QPointF(left, round(middle - size.height() / 2)), shown)
        return size.width()

    def fitted(self, text: str, width: float) -> QStaticText:
        """Return the text, shortened in its middle to this width."""
        key = (text, int(width))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) > _MAX_TEXTS:
                self._kept.clear()
            shown = self.metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
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
            cell_height=size + 2 * PADDING + 6 + self._body.height + self._small.height,
            heading=round(36 * font_scale()),
        )

    def paint_ground(self, painter: QPainter, area: QRect) -> None:
        """Paint the background."""
        painter.fillRect(area, self._panel)

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
            painter.setPen(QPen(self._accent, 1) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(self._selected if selected else self._hover)
            painter.drawRoundedRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        frame = QRect(cell.x() + PADDING, cell.y() + PADDING, self.size, self.size)
        if pixmap is None or caption.mark == "warning":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._empty)
            painter.drawRoundedRect(frame, _ROUNDING, _ROUNDING)
        if pixmap is not None:
            _paint_picture(painter, pixmap, frame)
        self._paint_label(painter, frame, caption, ratio)
        self._paint_name(painter, frame, caption)

    def _paint_label(self, painter: QPainter, frame: QRect, caption: Caption, ratio: float) -> None:
        top, left, right = frame.bottom() + 5, frame.x(), frame.right() + 1
        mark_top = top + (self._body.height - MARK) // 2
        painter.drawPixmap(left, mark_top, mark_pixmap(caption, ratio))
        left += MARK + 4
        if caption.number and self.size >= _ROOM_FOR_NUMBER:
            right -= round(self._small.width(caption.number))
            painter.setPen(self._secondary)
            self._small.paint(painter, right, top + self._body.height / 2, caption.number, self.size)
            right -= GAP
        # A status in words is longer than most labels.
        texts = self._small if not caption.color else self._body
        quiet = self._bad if caption.mark == "warning" else self._secondary
        painter.setPen(self._text if caption.mark in ("dot", "tick", "diamond") else quiet)
        texts.paint(painter, left, top + self._body.height / 2, caption.label, right - left)

    def _paint_name(self, painter: QPainter, frame: QRect, caption: Caption) -> None:
        left, room = float(frame.x()), float(frame.width())
        middle = frame.bottom() + 7 + self._body.height + self._small.height / 2
        painter.setPen(self._secondary)
        if caption.word:
            # The word stays whole, and the name takes what is left.
            width = self._small.paint(painter, left, middle, f"{caption.word} · ", room)
            left, room = left + width, room - width
        texts = self._struck if caption.is_missing else self._small
        if room > _LEAST_NAME:
            texts.paint(painter, left, middle, caption.name, room)

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
        room = area.width() - left - 2 * GAP - self._body.width(caption.number) - MARGIN
        painter.setPen(self._text)
        left += round(self._title.paint(painter, left, middle, caption.label, room)) + GAP
        painter.setPen(self._secondary)
        self._body.paint(painter, left, middle, caption.number, area.width())

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
        width, height = min(self._title.width(text), area.width() - 8 * GAP), self._title.height + GAP
        middle = area.y() + self.measures.heading / 2
        note = QRectF(area.center().x() - width / 2 - 1.5 * GAP, middle - height / 2, width + 3 * GAP, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._accent)
        painter.drawRoundedRect(note, RADIUS, RADIUS)
        painter.setPen(QColor(tokens().on_accent))
        self._title.paint(painter, note.x() + 1.5 * GAP, middle, text, width)


def _paint_picture(painter: QPainter, pixmap: QPixmap, frame: QRect) -> None:
    """Paint a pixmap at the bottom of its frame, just above its caption. Enlarges it to at most twice its size.

    Its corners are square: round ones take as much time as everything else in a cell.
    """
    size = pixmap.deviceIndependentSize()
    scale = min(frame.width() / size.width(), frame.height() / size.height(), 2.0)
    if abs(scale - 1) * max(size.width(), size.height()) < 1:
        scale = 1.0  # less than a pixel off: unscaled is sharper, and faster
    width, height = size.width() * scale, size.height() * scale
    at = QPoint(frame.x() + round((frame.width() - width) / 2), frame.y() + round(frame.height() - height))
    if scale == 1:
        painter.drawPixmap(at, pixmap)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRectF(at.x(), at.y(), width, height), pixmap, QRectF(pixmap.rect()))
