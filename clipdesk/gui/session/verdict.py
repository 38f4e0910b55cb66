"""An image's label, certainty and colour, in words for the window."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from clipdesk.core.desk.decisions import Origin, Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.gui.kit.theme import label_color
from clipdesk.gui.kit.translation import tr

_DOT = 10


@dataclass(frozen=True)
class Verdict:
    """A headline about an image, with the label's colour and probability if it has one.

    `status` is None if this is not about a single image but about a selection of several. `is_learned` says whether
    the label comes from what was learned from the user's corrections.
    """

    text: str
    status: Status | None = None
    color: QColor | None = None
    probability: float | None = None
    is_learned: bool = False


def verdict(desk: Desk, row: int) -> Verdict:
    """Return the desk's decision about the image in this row, in words."""
    decisions = desk.decisions
    status, column = Status(decisions.status.item(row)), decisions.column.item(row)
    if status == Status.ERROR:
        return Verdict(tr("Can't be read"), status)
    is_learned = decisions.source.item(row) == Source.TAUGHT
    if status == Status.NONE:
        text = tr("None of these")
        return Verdict(learned_text(text) if is_learned else text, status)
    if column < 0:
        return Verdict(tr("No labels yet") if desk.is_embedded(row) else tr("Not labelled yet"), status)
    name, probability = desk.labels[column].name, decisions.probability.item(row)
    text = origin_text(name, decisions.origin(row))
    if status == Status.UNSURE:
        text = tr("Unsure · {label}").format(label=text)
    if desk.ranks_by_similarity:
        probability = math.nan  # that of a label alone is always 1
    known = None if math.isnan(probability) else probability
    return Verdict(text, status, color_of(desk, column), known, is_learned)


def by_user_text(label: str) -> str:
    """Return a label that the user chose by hand, in words."""
    return tr("{label} · by you").format(label=label)


def confirmed_text(label: str) -> str:
    """Return a label that the user confirmed, in words."""
    return tr("{label} · confirmed").format(label=label)


def learned_text(label: str) -> str:
    """Return a label that was learned from the user's corrections, in words."""
    return tr("{label} · learned").format(label=label)


def origin_text(label: str, origin: Origin | None) -> str:
    """Return a label and how the image got it, in words; only the label if it comes from the words."""
    texts = {Origin.CORRECTED: by_user_text, Origin.CONFIRMED: confirmed_text, Origin.TAUGHT: learned_text}
    return label if origin is None or origin not in texts else texts[origin](label)


def alone_text() -> str:
    """Return why there are no probabilities with one label alone, and what helps."""
    return tr(
        "With one label, pictures are ranked by similarity. Add a counter-label such as “something else” to get "
        "percentages."
    )


def color_of(desk: Desk, column: int) -> QColor:
    """Return the colour of a label: its own, or its default, which it keeps when labels are moved or deleted."""
    label = desk.labels[column]
    return label_color(column if label.color_index is None else label.color_index, label.color)


def dot_icon(color: QColor) -> QIcon:
    """Return a dot in a label's colour as an icon."""
    return QIcon(dot_pixmap(color, 2.0))


def diamond(middle: QPointF, radius: float) -> QPolygonF:
    """Return the shape that marks a label that was learned from the user's corrections."""
    x, y = middle.x(), middle.y()
    return QPolygonF([QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)])


def dot_pixmap(color: QColor, ratio: float, *, hollow: bool = False, learned: bool = False) -> QPixmap:
    """Return a dot in the label's colour, or a diamond if it was learned, hollow for a guess.

    `ratio` is the device pixel ratio.
    """
    result = QPixmap(round(_DOT * ratio), round(_DOT * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if hollow:
        painter.setPen(QPen(color, 2))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
    inset = 1 if hollow else 0
    if learned:
        painter.drawPolygon(diamond(QPointF(_DOT / 2, _DOT / 2), _DOT / 2 - 1.4 * inset))
    else:
        painter.drawEllipse(QRectF(inset, inset, _DOT - 2 * inset, _DOT - 2 * inset))
    painter.end()
    return result


def shown_name(path: Path, *, whole: bool = False) -> str:
    """Return a file's name, or its whole path, for display. Bytes that are not valid Unicode become �."""
    return os.fsencode(str(path) if whole else path.name).decode("utf-8", "replace")
