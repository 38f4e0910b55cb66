"""What is said about a picture: its label, how sure that is, and in which colour."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
    QPixmap,
)

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.gui.kit.theme import label_color

_DOT = 10


@dataclass(frozen=True)
class Verdict:
    """What is said about an image: words, and the label's colour and probability where there is one.

    `status` is None for what is no image, such as a selection of several.
    """

    text: str
    status: Status | None = None
    color: QColor | None = None
    probability: float | None = None


def verdict(desk: Desk, row: int) -> Verdict:
    """Put the desk's decision about the image in this row into words."""
    decisions = desk.decisions
    status, column = Status(decisions.status.item(row)), decisions.column.item(row)
    if status == Status.ERROR:
        return Verdict(_tr("Can't be read"), status)
    if status == Status.NONE:
        return Verdict(_tr("None of these"), status)
    if column < 0:
        return Verdict(_tr("No labels yet") if desk.is_embedded(row) else _tr("Not looked at yet"), status)
    name, probability = desk.scored_labels[column], decisions.probability.item(row)
    text = _tr("Unsure · {}").format(name) if status == Status.UNSURE else name
    return Verdict(text, status, color_of(desk, column), None if math.isnan(probability) else probability)


def color_of(desk: Desk, column: int) -> QColor:
    """Return the colour of a scored label: its own, or that of its place among the desk's labels."""
    label = desk.scored[column]
    place = desk.label_set.place_of(label.id)
    return label_color(column if place is None else place, label.color)


def percent_text(probability: float) -> str:
    """`97 %`, rounded as in the table."""
    return _tr("{} %").format(QLocale().toString(round(100 * probability))) if not math.isnan(probability) else "–"


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
    return QCoreApplication.translate("verdict", text)
