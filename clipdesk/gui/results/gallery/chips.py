"""The chips above the gallery: a filter for each label and status, with its count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.order import ResultsCounts, ResultsFilter
from clipdesk.core.labels.label_set import Label, LabelId
from clipdesk.gui.kit.menu_button import MenuButton
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import GRID, font_scale, mixed, tokens
from clipdesk.gui.results.gallery.captions import Caption, Mark
from clipdesk.gui.results.gallery.marks import MARK, mark_pixmap

#: What a chip filters by. None means all pictures.
Choice = LabelId | Status | None

_MAX_NAME = 140
_PADDING = 9
#: More labels than this fit on no screen.
_MAX_CHIPS = 60


class _Content(NamedTuple):
    choice: Choice
    caption: Caption | None  # its label is the text, and its number the count


class LabelChips(QWidget):
    """A line of chips. Those that do not fit are in the menu of the last one, “+3 more”.

    Tab reaches the line, and the arrow keys move in it.
    """

    #: The filter to show, and whether the label is to be added to those shown, or taken away (Ctrl was held down).
    chosen = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = NumberTexts()
        self._labels: tuple[Label, ...] = ()
        self._colors: tuple[str, ...] = ()
        self._counts = ResultsCounts()
        self._filter = ResultsFilter()
        self._chips: list[_Chip] = []
        self._hidden: list[_Content] = []
        self.more = MenuButton(self)
        self.more.setMenu(QMenu(self.more))
        self.more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._refresh()

    @property
    def chips(self) -> list[_Chip]:
        """The chips that are shown, from left to right."""
        return [chip for chip in self._chips if not chip.isHidden()]

    def set_labels(self, labels: Sequence[Label], colors: Sequence[str]) -> None:
        """Set the labels, with colours as #RRGGBB."""
        if (tuple(labels), tuple(colors)) != (self._labels, self._colors):
            self._labels, self._colors = tuple(labels), tuple(colors)
            self._refresh()

    def set_counts(self, counts: ResultsCounts) -> None:
        if counts != self._counts:
            self._counts = counts
            self._refresh()

    def set_filter(self, wanted: ResultsFilter) -> None:
        """Check the chips of this filter."""
        self._filter = wanted
        self._refresh()

    def move_focus(self, chip: QToolButton, step: int) -> None:
        """Move the focus to the next chip, or to the one before."""
        stops: list[QToolButton] = [*self.chips, *([] if self.more.isHidden() else [self.more])]
        if chip in stops and 0 <= stops.index(chip) + step < len(stops):
            stops[stops.index(chip) + step].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- contents

    def _contents(self) -> list[_Content]:
        counts, wanted = self._counts, self._filter
        contents = [self._all_content()]
        if not counts.by_similarity:
            for label, color, count in zip(self._labels, self._colors, counts.per_label, strict=False):
                if count or label.id in (wanted.labels or ()):
                    contents.append(self._content(label.id, "dot", color, label.name, count))
        statuses: tuple[tuple[Status, Mark, str, int], ...] = (
            (Status.UNSURE, "ring", self.tr("unsure"), counts.unsure),
            (Status.NONE, "crossed", self.tr("none of these"), counts.none),
            (Status.ERROR, "warning", self.tr("can't be read"), counts.errors),
            (Status.WAITING, "dots", self.tr("not labelled yet"), counts.waiting),
        )
        for status, mark, text, count in statuses:
            if count or wanted.status == status:
                contents.append(self._content(status, mark, "", text, count))
        return contents

    def _all_content(self) -> _Content:
        """Return the chip of all pictures. During a search it says how many of them were found."""
        counts, number = self._counts, self._texts.count
        if counts.shown == counts.total or not self._is_chosen(None):
            return self._content(None, "dot", "", self.tr("All"), counts.total)
        words = self.tr("{shown} of {total}").format(shown=number(counts.shown), total=number(counts.total))
        return _Content(None, Caption("dot", "", self.tr("All"), words, "", ""))

    def _content(self, choice: Choice, mark: Mark, color: str, text: str, count: int) -> _Content:
        return _Content(choice, Caption(mark, color, text, self._texts.count(count), "", ""))

    def _is_chosen(self, choice: Choice) -> bool:
        if choice is None:
            return self._filter.labels is None and self._filter.status is None and self._filter.origin is None
        if isinstance(choice, Status):
            return self._filter.status == choice
        return choice in (self._filter.labels or ())

    def _refresh(self) -> None:
        """Show the chips that fit. What is chosen comes first among those that do not all fit.

        While the line is hidden, this waits until it is shown: beside the table, each change of a label took 8 ms.
        """
        if self.isHidden():
            return
        contents = self._contents()[:_MAX_CHIPS]
        while len(self._chips) < len(contents):
            self._chips.append(_Chip(self))
        for chip, content in zip(self._chips, contents, strict=False):
            chip.show_content(content, chosen=self._is_chosen(content.choice))
        widths = [chip.sizeHint().width() for chip in self._chips[: len(contents)]]
        shown = self._fitting(contents, widths)
        self._hidden = [content for place, content in enumerate(contents) if place not in shown]
        left = 0
        for place, chip in enumerate(self._chips):
            if place in shown:
                chip.setGeometry(left, 0, widths[place], self.height())
                left += widths[place] + GRID
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == 0 else Qt.FocusPolicy.ClickFocus)
            chip.setVisible(place in shown)
        self._show_more(left)

    def _fitting(self, contents: Sequence[_Content], widths: Sequence[int]) -> set[int]:
        """Return the places of the chips to show."""
        if sum(widths) + GRID * (len(widths) - 1) <= self.width():
            return set(range(len(widths)))
        room = self.width() - self._more_width(len(contents))
        # The first chip, what is chosen, and the rest in order, statuses after labels.
        order = sorted(range(len(contents)), key=lambda place: (place > 0, not self._is_chosen(contents[place].choice)))
        shown: set[int] = set()
        for place in order:
            room -= widths[place] + GRID
            if room < 0 and shown:
                break
            shown.add(place)
        return shown

    def _more_width(self, count: int) -> int:
        text = self.tr("+{count} more").format(count=self._texts.count(count))
        return self.fontMetrics().horizontalAdvance(text) + 40

    def _show_more(self, left: int) -> None:
        menu = self.more.menu()
        menu.clear()
        for content in self._hidden:
            assert content.caption is not None
            action = menu.addAction(f"{content.caption.label}\t{content.caption.number}".replace("&", "&&"))
            action.setIcon(QIcon(mark_pixmap(content.caption, self.devicePixelRatioF())))
            action.triggered.connect(lambda _=False, choice=content.choice: self.chosen.emit(choice, False))
        self.more.setVisible(bool(self._hidden))
        self.more.setText(self.tr("+{count} more").format(count=self._texts.count(len(self._hidden))))
        self.more.setGeometry(left, 0, self._more_width(len(self._hidden)), self.height())

    # --- Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(300, round(28 * font_scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(28 * font_scale()))


class _Chip(QToolButton):
    """A label or status with its count. A click shows only its pictures, Ctrl+click adds them."""

    def __init__(self, line: LabelChips) -> None:
        super().__init__(line)
        self._line = line
        self._content = _Content(None, None)
        self.setCheckable(True)
        self.clicked.connect(self._on_clicked)

    @property
    def choice(self) -> Choice:
        return self._content.choice

    def show_content(self, content: _Content, *, chosen: bool) -> None:
        self._content = content
        self.setChecked(chosen)
        assert content.caption is not None
        self.setText(f"{content.caption.label} {content.caption.number}")
        self.setAccessibleName(self.tr("Show only: {group}").format(group=self.text()))
        if content.choice is None:
            self.setToolTip(self.tr("Show all pictures"))
        else:
            self.setToolTip(
                self.tr("Show only “{label}”. Ctrl+click shows several labels").format(label=content.caption.label)
            )
        self.update()

    def _on_clicked(self) -> None:
        self.setChecked(not self.isChecked())  # the filter decides
        adds = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        self._line.chosen.emit(self.choice, adds)

    def _parts(self) -> tuple[str, float, float]:
        """Return the text, its width, and the width of the count."""
        caption, metrics = self._content.caption, self.fontMetrics()
        assert caption is not None
        text = metrics.elidedText(caption.label, Qt.TextElideMode.ElideMiddle, round(_MAX_NAME * font_scale()))
        return text, metrics.horizontalAdvance(text), metrics.horizontalAdvance(caption.number)

    @property
    def _has_mark(self) -> bool:
        return self._content.choice is not None

    def sizeHint(self) -> QSize:
        _, width, count = self._parts()
        mark = MARK + 4 if self._has_mark else 0
        return QSize(round(width + count) + mark + 6 + 2 * _PADDING, round(28 * font_scale()))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter, caption = tokens(), QPainter(self), self._content.caption
        assert caption is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, chosen = QRectF(self.rect()).adjusted(1, 2, -1, -2), self.isChecked()
        edge = t.accent if chosen or self.hasFocus() else t.line_strong
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        ground = mixed(t.accent, t.selection_alpha) if chosen else mixed(t.text, 0.05) if self.underMouse() else t.panel
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        left, middle = float(_PADDING), self.height() / 2
        if self._has_mark:
            painter.drawPixmap(QPointF(left, round(middle - MARK / 2)), mark_pixmap(caption, self.devicePixelRatioF()))
            left += MARK + 4
        text, width, _ = self._parts()
        metrics = self.fontMetrics()
        baseline = middle - metrics.height() / 2 + metrics.ascent()
        painter.setFont(self.font())
        painter.setPen(QColor(t.text))
        painter.drawText(QPointF(left, baseline), text)
        painter.setPen(QColor(t.text if chosen else t.secondary))
        painter.drawText(QPointF(left + width + 6, baseline), caption.number)
        if chosen:  # a bar, as below the chosen segment of a switch: not everybody sees the tint
            painter.fillRect(QRectF(left, area.bottom() - 3, width, 2), QColor(t.accent))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._line.move_focus(self, step)
