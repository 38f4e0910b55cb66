"""Drag images out, with a pixmap under the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QFontMetricsF, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from clipdesk.gui.kit.theme import body_font, mixed, tokens
from clipdesk.gui.results.cells import Column
from clipdesk.gui.results.delegates import paint_thumbnail
from clipdesk.gui.results.model import ResultsModel

_EDGE = 72
_BADGE_HEIGHT = 20
#: Extra space around the thumbnail for the badge.
_ROOM = 12


def drag_rows(source: QWidget, model: ResultsModel, desk_rows: Sequence[int], current: QModelIndex) -> None:
    """Drag these files out, always as copies, so that no target can move them away. Returns after the drop."""
    drag = QDrag(source)
    drag.setMimeData(model.mime_data(desk_rows))
    thumbnail = current.siblingAtColumn(Column.PICTURE).data(Qt.ItemDataRole.DecorationRole)
    drag.setPixmap(drag_pixmap(thumbnail, len(desk_rows), source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-12, -12))
    drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)


def drag_pixmap(thumbnail: QPixmap | None, count: int, ratio: float) -> QPixmap:
    """Return the thumbnail, or a placeholder if it is None, with a badge that shows `count` if it is above 1.

    `ratio` is the device pixel ratio.
    """
    t = tokens()
    result = QPixmap(round((_EDGE + 2 * _ROOM) * ratio), round((_EDGE + _ROOM) * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(0, _ROOM, _EDGE, _EDGE)
    if thumbnail is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(t.text, 0.12))
        painter.drawRoundedRect(frame, 6, 6)
    else:
        paint_thumbnail(painter, thumbnail, frame, radius=6)
    if count > 1:
        font = body_font(QGuiApplication.font(), 11, semibold=True)
        text = QLocale().toString(count)
        width = max(_BADGE_HEIGHT, QFontMetricsF(font).horizontalAdvance(text) + 12)
        badge = QRectF(min(_EDGE - 10, _EDGE + 2 * _ROOM - width), 0, width, _BADGE_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent))
        painter.drawRoundedRect(badge, _BADGE_HEIGHT / 2, _BADGE_HEIGHT / 2)
        painter.setFont(font)
        painter.setPen(QColor(t.on_accent))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return result
