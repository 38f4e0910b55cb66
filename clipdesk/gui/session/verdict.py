"""An image's label, certainty and colour, in words for the window."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.gui.kit.theme import label_color

_DOT = 10


@dataclass(frozen=True)
class Verdict:
    """A headline about an image, with the label's colour and probability if it has one.

    `status` is None if this is not about a single image but about a selection of several.
    """

    text: str
    status: Status | None = None
    color: QColor | None = None
    probability: float | None = None


def verdict(desk: Desk, row: int) -> Verdict:
    """Return the desk's decision about the image in this row, in words."""
    decisions = desk.decisions
    status, column = Status(decisions.status.item(row)), decisions.column.item(row)
    if status == Status.ERROR:
        return Verdict(_tr("Can't be read"), status)
    if status == Status.NONE:
        return Verdict(_tr("None of these"), status)
    if column < 0:
        return Verdict(_tr("No labels yet") if desk.is_embedded(row) else _tr("Not labelled yet"), status)
    name, probability = desk.labels[column].name, decisions.probability.item(row)
    text = _tr("Unsure · {}").format(name) if status == Status.UNSURE else name
    if decisions.source.item(row) == Source.USER:
        text = by_user_text(name)
    if desk.ranks_by_similarity:
        probability = math.nan  # that of a label alone is always 1
    return Verdict(text, status, color_of(desk, column), None if math.isnan(probability) else probability)


def by_user_text(label: str) -> str:
    """Return a label that the user chose by hand, in words."""
    return _tr("{} · by you").format(label)


def alone_text() -> str:
    """Return why there are no probabilities with one label alone, and what helps."""
    return _tr(
        "With one label, pictures are ranked by similarity. Add a counter-label such as “something else” to get "
        "percentages."
    )


def color_of(desk: Desk, column: int) -> QColor:
    """Return the colour of a label: its own, or its default, which it keeps when labels are moved or deleted."""
    label = desk.labels[column]
    return label_color(column if label.color_index is None else label.color_index, label.color)


def dot_pixmap(color: QColor, ratio: float, *, hollow: bool = False) -> QPixmap:
    """Return a dot in the label's colour, hollow for a guess. `ratio` is the device pixel ratio."""
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
    """Return a file's name, or its whole path, for display. Bytes that are not valid Unicode become �."""
    return os.fsencode(str(path) if whole else path.name).decode("utf-8", "replace")


def _tr(text: str) -> str:
    return QCoreApplication.translate("verdict", text)
