"""What is said about a picture: its label, how sure that is, and in which colour."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPen,
    QPixmap,
)

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.embedding_table import RowState
from clipdesk.gui.kit.theme import label_color

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
