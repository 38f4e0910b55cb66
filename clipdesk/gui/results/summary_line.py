"""A line of counts: all images, each label, unsure ones, unreadable ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QFont, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from clipdesk.core.desk.order import ResultsCounts
from clipdesk.core.labels.label_set import Label
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import tokens
from clipdesk.gui.kit.words import pictures_text

_SEPARATOR = " · "
_LABEL = "label:"
_MORE = "more"


class _Part(NamedTuple):
    """A part of the line. A click emits its `key`: `label:ID`, `unsure`, `error` or `all`. Empty if not clickable.

    The key `more` is not emitted: it opens the menu of the parts that do not fit.
    """

    text: str
    key: str


class SummaryLine(QWidget):
    """A line such as “3,214 pictures · 128 dog · 96 cat · 12 unsure”, with clickable parts.

    If it is too narrow, labels are left out first, starting from the end. Instead, “+3 more” opens them as a menu, and
    the tooltip shows the whole line.
    """

    part_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = NumberTexts()
        self._labels: tuple[Label, ...] = ()
        self._counts = ResultsCounts()
        self._parts: list[_Part] = []
        self._widths: list[int] = []  # of the parts, empty until they are needed
        self._places: list[tuple[QRect, _Part]] = []
        self._hovered = ""
        self.menu = QMenu(self)
        self.menu.triggered.connect(lambda action: self.part_clicked.emit(action.data()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMouseTracking(True)

    def set_labels(self, labels: Sequence[Label]) -> None:
        if tuple(labels) != self._labels:
            self._labels = tuple(labels)
            self._refresh()

    def set_counts(self, counts: ResultsCounts) -> None:
        if counts != self._counts:
            self._counts = counts
            self._refresh()

    def text(self) -> str:
        """Return the whole line, including parts that do not fit."""
        return _SEPARATOR.join(part.text for part in self._parts)

    def shown_text(self) -> str:
        """Return the line as it is shown: the parts that fit, and “+3 more” for the rest."""
        return _SEPARATOR.join(part.text for _, part in self._places_for(self.width())[0])

    def _refresh(self) -> None:
        counts, number = self._counts, self._texts.count
        if counts.shown == counts.total:
            first = pictures_text(counts.total)
        else:
            first = self.tr("{shown} of {total} pictures").format(
                shown=number(counts.shown), total=number(counts.total)
            )
        self._parts = [_Part(first, "" if counts.shown == counts.total else "all")]
        per_label, unsure, errors = counts.per_label, counts.unsure, counts.errors
        if counts.shown != counts.total:
            per_label, unsure, errors = counts.shown_per_label, counts.shown_unsure, counts.shown_errors
        if counts.by_similarity and self._labels:
            # The label fits every picture more or less, so a count would say nothing.
            text = self.tr("ranked by similarity to {label}").format(label=self._labels[0].name)
            self._parts.append(_Part(text, ""))
        else:
            self._parts += [
                _Part(self.tr("{count} {label}").format(count=number(count), label=label.name), f"{_LABEL}{label.id}")
                for label, count in zip(self._labels, per_label, strict=False)
                if count
            ]
        if unsure:
            self._parts.append(_Part(self.tr("{count} unsure").format(count=number(unsure)), "unsure"))
        if errors:
            self._parts.append(_Part(self.tr("{count} can't be read").format(count=number(errors)), "error"))
        self._widths = []
        self._refresh_tooltip()
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def _refresh_tooltip(self) -> None:
        self.setToolTip(self.text() if self._places_for(self.width())[1] else "")

    def _places_for(self, width: int) -> tuple[list[tuple[QRect, _Part]], list[_Part]]:
        """Return the areas of the parts that fit, and the parts that do not.

        Leaves out labels from the end first, then other parts from the end. The first part always stays.
        """
        metrics = self.fontMetrics()
        gap = metrics.horizontalAdvance(_SEPARATOR)
        if not self._widths:
            self._widths = [metrics.horizontalAdvance(part.text) for part in self._parts]
        labels = [place for place, part in enumerate(self._parts) if part.key.startswith(_LABEL)]
        others = [place for place, part in enumerate(self._parts) if place and not part.key.startswith(_LABEL)]
        going = [*others, *labels]  # from the end
        kept, used = set(range(len(self._parts))), sum(self._widths) + gap * (len(self._widths) - 1)
        more = 0  # the width of “+3 more”
        while going and used + more + 2 > width:
            place = going.pop()
            kept.remove(place)
            used -= self._widths[place] + gap
            more = gap + metrics.horizontalAdvance(self._more(len(self._parts) - len(kept)).text)
        left, places = 0, []
        for part in self._with_more([self._parts[place] for place in sorted(kept)], len(self._parts) - len(kept)):
            rect = QRect(left, 0, metrics.horizontalAdvance(part.text), self.height())
            places.append((rect, part))
            left = rect.right() + 1 + gap
        return places, [part for place, part in enumerate(self._parts) if place not in kept]

    def _with_more(self, kept: Sequence[_Part], hidden_count: int) -> list[_Part]:
        """Return the parts with “+3 more” after the last label if parts are hidden."""
        if not hidden_count:
            return list(kept)
        end = 1 + sum(part.key.startswith(_LABEL) for part in kept)
        return [*kept[:end], self._more(hidden_count), *kept[end:]]

    def _more(self, hidden_count: int) -> _Part:
        return _Part(self.tr("+{count} more").format(count=self._texts.count(hidden_count)), _MORE)

    def _open_menu(self, position: QPoint) -> None:
        """Open the parts that do not fit as a menu."""
        self.menu.clear()
        for part in self._places_for(self.width())[1]:
            action = self.menu.addAction(part.text.replace("&", "&&"))
            action.setData(part.key)
        self.menu.popup(self.mapToGlobal(position))

    def _width_of(self, parts: Sequence[_Part]) -> int:
        return self.fontMetrics().horizontalAdvance(_SEPARATOR.join(part.text for part in parts)) + 2

    def _key_at(self, position: QPoint) -> str:
        return next((part.key for rect, part in self._places if rect.contains(position)), "")

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter, metrics = tokens(), QPainter(self), self.fontMetrics()
        self._places, _ = self._places_for(self.width())
        for place, (rect, part) in enumerate(self._places):
            if place:
                painter.setPen(QColor(t.disabled))
                separator = rect.translated(-metrics.horizontalAdvance(_SEPARATOR), 0)
                painter.setFont(self.font())
                painter.drawText(separator, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, _SEPARATOR)
            hovered = bool(part.key) and part.key == self._hovered
            font = QFont(self.font())
            font.setUnderline(hovered)
            painter.setFont(font)
            painter.setPen(QColor(t.text if hovered or not place else t.secondary))
            text = metrics.elidedText(part.text, Qt.TextElideMode.ElideRight, self.width() - rect.left())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh_tooltip()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._widths = []

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._parts), self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        key = self._key_at(event.position().toPoint())
        if key != self._hovered:
            self._hovered = key
            self.setCursor(QCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor))
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = ""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self._key_at(event.position().toPoint())
        if not key or event.button() != Qt.MouseButton.LeftButton:
            return
        if key == _MORE:
            left = next(rect.left() for rect, part in self._places if part.key == _MORE)
            self._open_menu(QPoint(left, self.height()))
        else:
            self.part_clicked.emit(key)
